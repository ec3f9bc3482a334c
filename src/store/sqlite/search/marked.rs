//! Hits marked in a text as printed, though the index saw it with œ and æ written out.

use serde::Serialize;

/// Stand around a hit between the engine and [`pieces`]; Unicode promises that no text means anything by them.
pub(super) const MARKS: [char; 2] = ['\u{fdd0}', '\u{fdd1}'];

/// Characters shown before the first hit, and in all.
const BEFORE: usize = 60;
const SHOWN: usize = 200;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// As printed.
    pub text: String,
    /// It is what was looked for.
    pub hit: bool,
}

/// Cuts a text where the marks in its folded form say.
pub(super) fn pieces(text: &str, folded: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut folded = folded.chars();
    let mut hit = false;
    for c in text.chars() {
        let mut now = hit;
        for nth in 0..if matches!(c, 'œ' | 'Œ' | 'æ' | 'Æ') { 2 } else { 1 } {
            for mark in folded.by_ref() {
                match mark {
                    mark if mark == MARKS[0] => hit = true,
                    mark if mark == MARKS[1] => hit = false,
                    _ => break,
                }
            }
            now = if nth == 0 { hit } else { now || hit };
        }
        match pieces.last_mut() {
            Some(last) if last.hit == now => last.text.push(c),
            _ => pieces.push(Piece { text: c.to_string(), hit: now }),
        }
    }
    pieces
}

/// Some words around the first hit, or the beginning where there is none; an ellipsis stands for what is left out.
pub(super) fn around_first_hit(pieces: &[Piece]) -> Vec<Piece> {
    let first = pieces.iter().position(|p| p.hit).unwrap_or(0);
    let before: usize = pieces[..first.min(pieces.len())].iter().map(|p| p.text.chars().count()).sum();
    let skipped = before.saturating_sub(BEFORE);
    let (mut at, mut shown, mut out) = (0, 0, Vec::new());
    let total: usize = pieces.iter().map(|p| p.text.chars().count()).sum();
    for piece in pieces {
        let text: String = piece.text.chars().skip(skipped.saturating_sub(at)).take(SHOWN - shown).collect();
        at += piece.text.chars().count();
        shown += text.chars().count();
        if !text.is_empty() {
            out.push(Piece { text, hit: piece.hit });
        }
    }
    if skipped > 0
        && let Some(first) = out.first_mut().filter(|p| !p.hit)
    {
        let word = first.text.find(char::is_whitespace).map_or(0, |space| space + 1);
        first.text = format!("…{}", first.text[word..].trim_start());
    }
    if skipped + shown < total
        && let Some(last) = out.last_mut()
    {
        last.text.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_fall_where_they_stand_in_the_printed_text() {
        let marked = pieces("Le cœur et l’œuvre", "Le \u{fdd0}coeur\u{fdd1} et l’\u{fdd0}oeuvre\u{fdd1}");
        let hits: Vec<&str> = marked.iter().filter(|p| p.hit).map(|p| p.text.as_str()).collect();
        assert_eq!(hits, ["cœur", "œuvre"]);
        assert_eq!(marked.iter().map(|p| p.text.as_str()).collect::<String>(), "Le cœur et l’œuvre");
    }

    #[test]
    fn a_snippet_begins_at_a_word_and_says_what_it_leaves_out() {
        let text = format!("{}pont{}", "mot ".repeat(50), " suite".repeat(50));
        let folded = text.replace("pont", "\u{fdd0}pont\u{fdd1}");
        let snippet = around_first_hit(&pieces(&text, &folded));
        let shown: String = snippet.iter().map(|p| p.text.as_str()).collect();
        assert!(shown.starts_with("…mot ") && shown.ends_with('…') && shown.chars().count() <= SHOWN + 2, "{shown}");
        assert_eq!(snippet.iter().filter(|p| p.hit).count(), 1);
        assert!(around_first_hit(&[]).is_empty());
    }
}
