//! XPath as tokens, XPath 1.0 §3.7.

use super::NotRead;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A name, with its prefix if it has one.
    Name(String),
    Text(String),
    Number(u32),
    /// `(`, `)`, `[`, `]`, `@`, `,`, `.`, `..`, `/`, `//`, `|`, `*`, `+`, `-`, `=`, `!=`, `<`, `<=`, `>`, `>=`, `::`.
    Sign(&'static str),
}

/// Longest first, so that `//` is not read as two.
const SIGNS: [&str; 21] =
    ["::", "//", "..", "!=", "<=", ">=", "(", ")", "[", "]", "@", ",", ".", "/", "|", "*", "+", "-", "=", "<", ">"];

pub(super) fn tokens(said: &str) -> Result<Vec<Token>, NotRead> {
    let mut out = Vec::new();
    let mut rest = said.trim_start();
    while let Some(c) = rest.chars().next() {
        let (token, after) = if c == '"' || c == '\'' {
            let (text, after) = rest[1..].split_once(c).ok_or_else(|| NotRead("a quote is not closed".to_owned()))?;
            (Token::Text(text.to_owned()), after)
        } else if c.is_ascii_digit() {
            let (digits, after) = split(rest, |c| c.is_ascii_digit());
            let number = digits.parse().map_err(|_| NotRead(format!("`{digits}` is no number that can be meant")))?;
            (Token::Number(number), after)
        } else if c.is_alphabetic() || c == '_' {
            let (name, after) = name(rest);
            (Token::Name(name), after)
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Token::Sign(sign), &rest[sign.len()..])
        } else {
            return Err(NotRead(format!("`{}` is no part of XPath", c.escape_debug())));
        };
        out.push(token);
        rest = after.trim_start();
    }
    Ok(out)
}

/// A name with its prefix; `child::x` is no prefix.
fn name(rest: &str) -> (String, &str) {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let (first, after) = split(rest, part);
    if let Some(more) = after.strip_prefix(':')
        && more.starts_with(|c: char| c.is_alphabetic() || c == '_')
    {
        let (second, after) = split(more, part);
        return (format!("{first}:{second}"), after);
    }
    (first.to_owned(), after)
}

fn split(text: &str, while_is: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !while_is(c)).unwrap_or(text.len()))
}
