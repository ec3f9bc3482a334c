//! A rule file line by line: directives with their values.

/// Bytes of a line: the longest that people write have a few hundred.
const LONGEST: usize = 4096;
/// Lines looked at: the longest file that people wrote has a few hundred.
const MOST: usize = 5_000;

/// One line that says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// From 1.
    pub(super) number: usize,
    /// In lower case: `strip`, `http_header`.
    pub(super) directive: String,
    /// What stands in its parentheses.
    pub(super) argument: Option<String>,
    pub(super) value: String,
}

/// A line that is no directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unread {
    pub(super) number: usize,
    pub(super) text: String,
    pub(super) because: &'static str,
}

/// Reads a file. Comments and empty lines say nothing.
pub(super) fn lines(text: &str) -> Vec<Result<Line, Unread>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut out = Vec::new();
    for (at, raw) in text.lines().enumerate() {
        let unread = |because| Err(Unread { number: at + 1, text: cut(raw), because });
        let said = raw.trim();
        if said.is_empty() || said.starts_with('#') || said.starts_with("// ") {
            continue;
        }
        if out.len() == MOST {
            out.push(unread("the file has more lines than anybody writes; this one and the rest are left"));
            break;
        }
        out.push(if said.len() > LONGEST {
            unread("the line is longer than any rule")
        } else {
            match line(said) {
                Some((directive, argument, value)) => {
                    let (directive, argument) = (directive.trim().to_lowercase(), argument.map(str::to_owned));
                    Ok(Line { number: at + 1, directive, argument, value: value.trim().to_owned() })
                }
                None => unread("it is no directive"),
            }
        });
    }
    out
}

/// Name, what stands in parentheses, and value. The text that is to be replaced may hold colons and parentheses.
fn line(said: &str) -> Option<(&str, Option<&str>, &str)> {
    let name_end = said.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
    let (name, rest) = said.split_at(name_end);
    if name.is_empty() {
        return None;
    }
    if let Some(inside) = rest.strip_prefix('(') {
        let (argument, value) = inside.split_once("):")?;
        return Some((name, Some(argument), value));
    }
    Some((name, None, rest.trim_start().strip_prefix(':')?))
}

/// The beginning of a line, for people.
pub(super) fn cut(text: &str) -> String {
    const MOST_SHOWN: usize = 200;
    match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_have_names_arguments_and_values() {
        let file = "\u{feff}# a comment\n\ntitle: //h1\r\nauthor://meta[@name='a']/@content\nBody : //div\n\
                    replace_string(<a href=\"http://x\">): </a>:\nreplace_string(x):\nhttp_header(user-agent): me\nnonsense\n// so";
        let read: Vec<String> = lines(file)
            .into_iter()
            .map(|line| match line {
                Ok(l) => format!("{} {} {:?} {}", l.number, l.directive, l.argument, l.value),
                Err(u) => format!("{} {}", u.number, u.because),
            })
            .collect();
        assert_eq!(
            read,
            [
                "3 title None //h1",
                "4 author None //meta[@name='a']/@content",
                "5 body None //div",
                "6 replace_string Some(\"<a href=\\\"http://x\\\">\") </a>:",
                "7 replace_string Some(\"x\") ",
                "8 http_header Some(\"user-agent\") me",
                "9 it is no directive",
            ]
        );
    }

    #[test]
    fn hostile_files_cost_nothing() {
        let long = format!("title: {}", "x".repeat(10 << 20));
        assert!(matches!(lines(&long).as_slice(), [Err(u)] if u.because.contains("longer") && u.text.len() < 1_000));
        assert_eq!(lines(&"body: //p\n".repeat(100_000)).len(), MOST + 1);
        assert_eq!(lines("\0\u{1}\n:::\n()():\n").len(), 3);
    }
}
