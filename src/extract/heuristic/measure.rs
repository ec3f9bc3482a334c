//! Measures of lines: how much of them is prose, and how much is link.

use std::ops::Range;

use crate::extract::flow::{Line, LineKind};

/// A line shorter than this in characters is no prose by itself.
const PROSE: usize = 50;
/// Of prose no more than this, in percent, is link.
const LINKED_PROSE: usize = 50;

/// Sums over lines, each up to the line of its index: any stretch is measured by two of them.
#[derive(Debug, Default)]
pub(super) struct Sums(Vec<usize>);

impl Sums {
    pub(super) fn of(values: impl Iterator<Item = usize>) -> Self {
        let mut sum = 0;
        let sums = values.map(|value| {
            sum += value;
            sum
        });
        Self(std::iter::once(0).chain(sums).collect())
    }

    pub(super) fn over(&self, lines: &Range<usize>) -> usize {
        let at = |line: usize| self.0.get(line).copied().unwrap_or_default();
        at(lines.end).saturating_sub(at(lines.start))
    }
}

/// Its length in characters.
pub(super) fn chars(line: &Line) -> usize {
    line.text.chars().count()
}

/// Characters that are link, about.
pub(super) fn links(line: &Line) -> usize {
    chars(line) * line.linked().min(100) / 100
}

/// Is the line long enough, and little enough link, to be told?
pub(super) fn is_prose(line: &Line) -> bool {
    let kind = !matches!(line.kind, LineKind::Heading(_));
    kind && !line.caption && line.text.len() >= PROSE && chars(line) >= PROSE && line.linked() <= LINKED_PROSE
}

/// Its prose in characters.
pub(super) fn prose(line: &Line) -> usize {
    if is_prose(line) { chars(line) } else { 0 }
}
