//! Text from the web on its way to a terminal: it stays text.

/// Takes the power from control characters, escapes and bidirectional overrides; line ends stay.
#[must_use]
pub(super) fn harmless(text: &str) -> String {
    text.chars().map(|c| if c != '\n' && has_power(c) { '\u{fffd}' } else { c }).collect()
}

/// Does a terminal obey the character rather than show it?
#[must_use]
pub(super) fn has_power(c: char) -> bool {
    let is_override =
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    c.is_control() || is_override
}

/// "1 time", "2 times".
pub(super) fn counted(number: impl Into<i128>, what: &str) -> String {
    let number = number.into();
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// The first `most` characters; an ellipsis tells that there are more.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_lose_their_power() {
        assert_eq!(harmless("a\u{1b}]52;c;x\u{7}b\u{202e}c\n\u{9b}d"), "a\u{fffd}]52;c;x\u{fffd}b\u{fffd}c\n\u{fffd}d");
    }
}
