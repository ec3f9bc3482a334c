//! Colour: only for eyes, and not for those who asked for none.

use std::io::IsTerminal;

/// How marks are put on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink {
    colour: bool,
}

impl Ink {
    /// Colour on a terminal, unless `NO_COLOR` (<https://no-color.org>) is set to anything or the terminal is a plain one.
    pub(super) fn for_stdout() -> Self {
        let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty());
        Self::chosen(
            std::io::stdout().is_terminal(),
            set("NO_COLOR").is_some(),
            set("TERM").is_some_and(|t| t == "dumb"),
        )
    }

    fn chosen(terminal: bool, no_color: bool, dumb: bool) -> Self {
        Self { colour: terminal && !no_color && !dumb }
    }

    /// No colour at all.
    #[cfg(test)]
    pub(super) fn plain() -> Self {
        Self { colour: false }
    }

    /// What was looked for.
    pub(super) fn hit(self, text: &str) -> String {
        if self.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { format!("[{text}]") }
    }

    /// Gone from a text; `strong`: the very words, which wdiff's marks show where there is no colour.
    pub(super) fn gone(self, text: &str, strong: bool) -> String {
        self.marked(text, 31, strong, ["[-", "-]"])
    }

    /// New in a text; `strong`: the very words.
    pub(super) fn added(self, text: &str, strong: bool) -> String {
        self.marked(text, 32, strong, ["{+", "+}"])
    }

    fn marked(self, text: &str, colour: u8, strong: bool, [open, close]: [&str; 2]) -> String {
        match (self.colour, strong) {
            (false, false) => text.to_owned(),
            (false, true) => format!("{open}{text}{close}"),
            (true, false) => format!("\u{1b}[{colour}m{text}\u{1b}[0m"),
            (true, true) => format!("\u{1b}[{colour};1;7m{text}\u{1b}[0m"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_for_terminals_that_want_it() {
        assert_eq!(Ink::chosen(true, false, false).gone("a", true), "\u{1b}[31;1;7ma\u{1b}[0m");
        for ink in [Ink::chosen(false, false, false), Ink::chosen(true, true, false), Ink::chosen(true, false, true)] {
            assert_eq!(
                (ink.gone("a", true), ink.added("b", false), ink.hit("c")),
                ("[-a-]".into(), "b".into(), "[c]".into())
            );
        }
    }
}
