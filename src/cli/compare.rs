//! Two texts side by side: what is gone, what is new, and which words of it.

use std::io::{self, Write};

use serde::Serialize;
use similar::{ChangeTag, DiffTag, TextDiff};

use super::ink::Ink;
use super::words::{harmless, shortened};

/// Lines that were changed together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Hunk {
    /// Which line of the former text it begins at, from 0.
    at: usize,
    /// What stood there.
    old: Vec<Line>,
    /// What stands there now.
    new: Vec<Line>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Line {
    /// Whole.
    text: String,
    /// The same in pieces.
    words: Vec<Words>,
}

/// Words of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Words {
    text: String,
    /// They make the difference; in a line that is new or gone as a whole, none does.
    changed: bool,
}

/// How two lists of lines differ.
pub(super) fn hunks(old: &[String], new: &[String]) -> Vec<Hunk> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
    let diff = TextDiff::from_slices(&old, &new);
    let changed = diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal);
    let hunk = |op: &similar::DiffOp| {
        let mut hunk = Hunk { at: op.old_range().start, old: Vec::new(), new: Vec::new() };
        for change in diff.iter_inline_changes(op) {
            let words: Vec<Words> = change
                .values()
                .iter()
                .map(|(changed, text)| Words { text: (*text).to_owned(), changed: *changed })
                .collect();
            let line = Line { text: words.iter().map(|w| w.text.as_str()).collect(), words };
            match change.tag() {
                ChangeTag::Delete => hunk.old.push(line),
                ChangeTag::Insert => hunk.new.push(line),
                ChangeTag::Equal => {}
            }
        }
        hunk
    };
    changed.map(hunk).collect()
}

/// Prints hunks as `-` and `+` lines of at most so many characters.
pub(super) fn print(out: &mut impl Write, hunks: &[Hunk], ink: Ink, most: usize) -> io::Result<()> {
    for hunk in hunks {
        for line in &hunk.old {
            writeln!(out, "  {} {}", ink.gone("-", false), inked(line, most, |text, strong| ink.gone(text, strong)))?;
        }
        for line in &hunk.new {
            writeln!(out, "  {} {}", ink.added("+", false), inked(line, most, |text, strong| ink.added(text, strong)))?;
        }
    }
    Ok(())
}

fn inked(line: &Line, most: usize, ink: impl Fn(&str, bool) -> String) -> String {
    let mut left = most;
    let mut inked = String::new();
    for words in &line.words {
        let text = shortened(&harmless(&words.text).replace('\n', " "), left);
        inked.push_str(&ink(&text, words.changed));
        let shown = words.text.chars().count();
        if shown > left {
            break;
        }
        left -= shown;
    }
    inked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|l| (*l).to_owned()).collect()
    }

    #[test]
    fn changed_words_are_told_apart_from_their_line() {
        let old = lines(&["Le pont est ouvert.", "Il a coûté moins que prévu, dit le maire.", "Fin."]);
        let new = lines(&["Le pont est ouvert.", "Il a coûté plus que prévu, dit le maire.", "Fin.", "Et après."]);
        let found = hunks(&old, &new);
        assert_eq!(found.iter().map(|h| (h.at, h.old.len(), h.new.len())).collect::<Vec<_>>(), [(1, 1, 1), (3, 0, 1)]);
        let changed = |line: &Line| line.words.iter().filter(|w| w.changed).map(|w| w.text.clone()).collect::<String>();
        assert_eq!((changed(&found[0].old[0]), changed(&found[0].new[0])), ("moins".into(), "plus".into()));
        assert!(hunks(&old, &old).is_empty());
    }

    #[test]
    fn escapes_of_a_page_do_not_reach_the_terminal() {
        let found = hunks(&lines(&["a\u{1b}[31mb"]), &lines(&["a\u{1b}]0;x\u{7}b\nc"]));
        let mut out = Vec::new();
        print(&mut out, &found, Ink::plain(), usize::MAX).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "  - a\u{fffd}[31mb\n  + a\u{fffd}]0;x\u{fffd}b c\n");
    }
}
