//! Text that went through a wrong charset on its way into the page: "fÃ©vrier", "aoÃ»t", "d&eacute;cembre".

use std::sync::LazyLock;

use crate::extract::pattern::pattern;
use encoding_rs::WINDOWS_1252;
use regex::Regex;

/// Undoes UTF-8 that was taken for Windows-1252, once or twice, and entities that were escaped twice. What is no such
/// thing stays as it is.
pub(super) fn repaired(text: &str) -> String {
    let mut text = entities(text);
    for _ in 0..2 {
        let again = decoded(&text);
        if again == text {
            break;
        }
        text = again;
    }
    // What U+FFFD itself becomes.
    text.replace("ï¿½", "\u{fffd}")
}

fn entities(text: &str) -> String {
    static LETTER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"&(?:amp;)?([A-Za-z])(?:acute|grave|circ|uml|cedil|tilde);"));
    if !text.contains('&') {
        return text.to_owned();
    }
    LETTER.replace_all(text, "$1").replace("&nbsp;", " ").replace("&#160;", " ")
}

/// Runs of letters that were bytes are read as UTF-8 where they are UTF-8.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    let mut bytes = Vec::new();
    for c in text.chars() {
        if let Some(byte) = high_byte(c) {
            bytes.push(byte);
            run.push(c);
        } else {
            flush(&mut out, &mut run, &mut bytes);
            out.push(c);
        }
    }
    flush(&mut out, &mut run, &mut bytes);
    out
}

fn flush(out: &mut String, run: &mut String, bytes: &mut Vec<u8>) {
    match std::str::from_utf8(bytes) {
        Ok(read) if !bytes.is_empty() => out.push_str(read),
        _ => out.push_str(run),
    }
    run.clear();
    bytes.clear();
}

/// The byte that a letter was, if it was one beyond ASCII.
fn high_byte(c: char) -> Option<u8> {
    if c.is_ascii() {
        return None;
    }
    if let Ok(byte) = u8::try_from(c) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (coded, _, lost) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    if lost { None } else { coded.first().copied() }
}

#[cfg(test)]
mod tests {
    use super::repaired;

    #[test]
    fn wrong_charsets_are_undone() {
        for (broken, whole) in [
            ("fÃ©vrier", "février"),
            ("aoÃ»t", "août"),
            ("DÃ‰CEMBRE", "DÉCEMBRE"),
            ("fÃƒÂ©vrier", "février"),
            ("f&amp;eacute;vrier", "fevrier"),
            ("aoï¿½t", "ao\u{fffd}t"),
            ("12\u{c2}\u{a0}mars", "12\u{a0}mars"),
        ] {
            assert_eq!(repaired(broken), whole);
        }
    }

    #[test]
    fn sound_text_stays() {
        for text in ["août", "24 février à 7 h 31 – mis à jour", "zuwɛn", "Müller & Söhne", "", "年"] {
            assert_eq!(repaired(text), text);
        }
    }
}
