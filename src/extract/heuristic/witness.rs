//! A third witness: the `articleBody` that some pages give machines. It is never taken for the text, for it may be cut,
//! or another's; but where most of it stands on the page, its lines are text whatever the boxes around them are called,
//! and where it agrees with the lines that were found, it knows where they end.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher};
use std::ops::Range;

use crate::extract::sight::Sight;

/// Words that are looked for as one.
const WINDOW: usize = 4;
/// Bytes of a witness that are heard.
const MOST: usize = 1 << 20;
/// A line is confirmed by so much, in percent, of its windows.
const CONFIRMED: usize = 60;
/// A witness of fewer windows than this widens nothing.
const LONG: usize = 30;
/// The witness agrees when so much, in percent, of the lines is in it, and of it in the lines.
const AGREES: usize = 70;

/// What a page's `articleBody` says of its lines.
pub(super) struct Witness {
    /// The lines that are in it.
    confirmed: Vec<bool>,
    /// How many windows each line has.
    windows: Vec<usize>,
    /// Is most of it on the page?
    present: bool,
    /// How many windows it has.
    wanted: usize,
}

impl Witness {
    pub(super) fn of(sight: &Sight<'_>) -> Self {
        let lines = &sight.flow.lines;
        let said = sight.structured.values(&["articleBody".to_owned()], &[]);
        let said = said.into_iter().max_by_key(String::len).filter(|said| said.len() <= MOST).unwrap_or_default();
        let wanted: HashSet<u64> = windows(&said).collect();
        let mut heard: HashSet<u64> = HashSet::new();
        let (mut confirmed, mut all) = (vec![false; lines.len()], vec![0; lines.len()]);
        for (at, line) in lines.iter().enumerate().filter(|_| !wanted.is_empty()) {
            let (mut found, mut new) = (0, false);
            for window in windows(&line.text) {
                all[at] += 1;
                if wanted.contains(&window) {
                    found += 1;
                    new |= heard.insert(window);
                }
            }
            confirmed[at] = new && found * 100 >= all[at] * CONFIRMED;
        }
        let present = !wanted.is_empty() && heard.len() * 100 >= wanted.len() * AGREES;
        Self { confirmed, windows: all, present, wanted: wanted.len() }
    }

    /// Is the line in it, and it on the page?
    pub(super) fn confirms(&self, line: usize) -> bool {
        self.present && self.confirmed[line]
    }

    /// Does it agree with these lines: so much of the lines is in it, and of it in the lines?
    fn agrees(&self, kept: &[usize]) -> bool {
        let all: usize = kept.iter().map(|at| self.windows[*at]).sum();
        let agreed: usize = kept.iter().filter(|at| self.confirmed[**at]).map(|at| self.windows[*at]).sum();
        agreed * 100 >= all * AGREES && agreed * 100 >= self.wanted * AGREES
    }

    /// The lines of the body with those it knows of.
    pub(super) fn widen(&self, container: Option<Range<usize>>) -> Option<Range<usize>> {
        if self.wanted < LONG {
            return container;
        }
        let first = (0..self.confirmed.len()).find(|at| self.confirms(*at));
        let last = (0..self.confirmed.len()).rev().find(|at| self.confirms(*at));
        let (Some(first), Some(last)) = (first, last) else { return container };
        match container {
            Some(own) if own.start <= last && first < own.end => Some(own.start.min(first)..own.end.max(last + 1)),
            _ => Some(first..last + 1),
        }
    }

    /// Cuts off what stands behind the last line that it confirms. (What stands before the first may be a standfirst, which
    /// few pages give their machines.)
    pub(super) fn cut(&self, kept: &mut Vec<usize>) {
        if self.agrees(kept)
            && let Some(last) = kept.iter().rposition(|at| self.confirmed[*at])
        {
            kept.truncate(last + 1);
        }
    }
}

/// The text's words in windows, each as its hash.
fn windows(text: &str) -> impl Iterator<Item = u64> {
    let words: Vec<u64> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(hash).collect();
    let of = |window: &[u64]| {
        window.iter().fold(0_u64, |sum, word| sum.rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word)
    };
    words.windows(WINDOW).map(of).collect::<Vec<_>>().into_iter()
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    for c in word.chars().flat_map(char::to_lowercase) {
        hasher.write_u32(u32::from(c));
    }
    hasher.finish()
}
