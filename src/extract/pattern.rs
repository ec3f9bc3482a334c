//! Patterns of our own, compiled so that they stay fast on text with accents.

use regex::{Regex, RegexBuilder};

/// Bytes that the automaton of one pattern may keep: with less, long lists of words are matched anew, letter by letter.
const AUTOMATON: usize = 16 << 20;

/// Compiles a pattern of our own.
///
/// `\b` bounds ASCII words: at a boundary of Unicode's words the automaton gives up with the first letter that is none of
/// ASCII's, and the search goes on many times slower (documentation of `regex`, "Performance", "Unicode can impact memory
/// usage and search speed"). So only ASCII letters stand beside a `\b`.
pub(super) fn pattern(text: &str) -> Regex {
    let bounded = text.replace(r"\b", r"(?-u:\b)");
    RegexBuilder::new(&bounded).dfa_size_limit(AUTOMATON).build().expect("a pattern of our own")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_bounded_where_accents_stand_in_them() {
        let ends = pattern(r"(?i)\b(?:maj|mis\s+à\s+jour)\b");
        for text in ["maj", "Été : MAJ à 10 h", "« mis à jour »", "déjà mis à jour"] {
            assert!(ends.is_match(text), "{text}");
        }
        for text in ["majeur", "amaj", "remis à jour"] {
            assert!(!ends.is_match(text), "{text}");
        }
    }
}
