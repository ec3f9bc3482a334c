//! Names and strings as CSS writes them, CSS Syntax Level 3 §2.1, and words as patterns.

use std::fmt::Write;

/// A string in quotes.
pub(in super::super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => write!(out, "\\{:x} ", u32::from(c)).expect("a string takes every letter"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A name of an element or attribute: the colon of a prefix is part of it, as the HTML parser has it.
pub(super) fn name(name: &str) -> String {
    name.chars().map(|c| if matches!(c, ':' | '.') { format!("\\{c}") } else { c.to_string() }).collect()
}

/// Can the text stand behind `.` or `#` as it is?
pub(super) fn is_plain(text: &str) -> bool {
    let bare = text.trim_start_matches('-');
    bare.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// Words as a pattern for text whose white space is folded.
pub(super) fn pattern(words: &str) -> String {
    let gap = |c: char| c.is_whitespace();
    let parts: Vec<String> = words.split(gap).filter(|part| !part.is_empty()).map(regex::escape).collect();
    parts.join(r"\s+")
}
