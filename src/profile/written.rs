//! Text of any origin, as a profile's file may hold it.

use std::fmt::Write as _;

/// A string of TOML: in single quotes, where backslashes are what they are, if it can stand there.
pub(crate) fn string(text: &str) -> String {
    if !text.contains('\'') && !text.chars().any(is_hidden) {
        let plain = !text.contains(['"', '\\']);
        return if plain { format!("\"{text}\"") } else { format!("'{text}'") };
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if is_hidden(c) => write!(out, "\\u{:04X}", u32::from(c)).expect("a string takes every letter"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Control characters, and those that turn the order of what is shown.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// Text as a comment may hold it.
pub(crate) fn comment(text: &str) -> String {
    text.chars().map(|c| if is_hidden(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_text_holds_it_is_read_back() {
        for text in ["L’Essor", "L'Essor", r"a\d", r#""'\"#, "a\n\t\u{7f}b", "\u{202e}à\u{200f}", "'''", "\"\"\"", ""]
        {
            let toml: toml::Table = format!("a = {}", string(text)).parse().unwrap();
            assert_eq!(toml["a"].as_str(), Some(text));
            assert!(!string(text).chars().any(is_hidden), "{text}");
        }
        assert_eq!(comment("a\nb\u{202e}"), "a\u{fffd}b\u{fffd}");
    }
}
