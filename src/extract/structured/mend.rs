//! JSON in whatever state a page left it, read as far as it can be.

use serde_json::Value;

/// Every JSON value in a script, mended where it is broken; what cannot be mended is no value.
pub(super) fn json_values(text: &str) -> Vec<Value> {
    let text = text.trim_start_matches('\u{feff}');
    if let Ok(value) = serde_json::from_str(text) {
        return vec![value];
    }
    let bare = bare(text);
    let values = |json: &str| {
        serde_json::Deserializer::from_str(json).into_iter::<Value>().map_while(Result::ok).collect::<Vec<_>>()
    };
    let whole = values(&Mender::default().mend(&bare));
    if whole.is_empty() && bare.contains("&quot;") {
        return values(&Mender::default().mend(&bare.replace("&quot;", "\"")));
    }
    whole
}

/// The script without the marks of comments and CDATA that were to hide it from old browsers.
fn bare(text: &str) -> String {
    text.replace("<!--", " ").replace("-->", " ").replace("<![CDATA[", " ").replace("]]>", " ")
}

/// Undoes what breaks JSON in the wild: comments, control characters, wrong escapes and bare quotes in strings, single
/// quotes around them, commas before a closing bracket, semicolons behind the value.
#[derive(Default)]
struct Mender {
    out: String,
    /// The sign that opened the string under reading.
    quote: Option<char>,
}

impl Mender {
    fn mend(mut self, text: &str) -> String {
        self.out.reserve(text.len());
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let rest = &text[at + c.len_utf8()..];
            at += c.len_utf8()
                + match self.quote {
                    Some(quote) => self.inside(c, quote, rest),
                    None => self.outside(c, rest),
                };
        }
        self.out
    }

    /// A character of a string; how many bytes behind it are done with too.
    fn inside(&mut self, c: char, quote: char, rest: &str) -> usize {
        match c {
            '\\' => return self.escape(rest),
            '\n' | '\r' | '\t' => self.out.push_str("\\n"),
            c if c.is_control() => {}
            c if c == quote && closes(rest) => {
                self.quote = None;
                self.out.push('"');
            }
            // A quote that nothing of JSON follows is the headline's own.
            '"' => self.out.push_str("\\\""),
            c => self.out.push(c),
        }
        0
    }

    fn escape(&mut self, rest: &str) -> usize {
        let Some(next) = rest.chars().next() else { return 0 };
        let four = rest.get(1..5).is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        match next {
            '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => self.out.extend(['\\', next]),
            'u' if four => self.out.push_str("\\u"),
            c if c.is_control() => self.out.push_str("\\n"),
            other => self.out.push(other),
        }
        next.len_utf8()
    }

    /// A character between strings; how many bytes behind it are done with too.
    fn outside(&mut self, c: char, rest: &str) -> usize {
        match c {
            '/' if rest.starts_with('/') => return rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with('*') => return rest.find("*/").map_or(rest.len(), |end| end + 2),
            ';' => {}
            '}' | ']' => {
                let kept = self.out.trim_end().trim_end_matches(',').len();
                self.out.truncate(kept);
                self.out.push(c);
            }
            '"' | '\'' => {
                self.quote = Some(c);
                self.out.push('"');
            }
            c => self.out.push(c),
        }
        0
    }
}

/// May what follows a quote follow a string?
fn closes(rest: &str) -> bool {
    let behind = rest.trim_start();
    behind.is_empty() || behind.starts_with([':', ',', '}', ']', ';', '/'])
}
