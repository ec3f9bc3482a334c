//! article-extraction-benchmark's rule: how many runs of four words two texts share.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::Points;

const RUN: usize = 4;

/// A word as Python's `\w+` has it: letters, numbers, underscore; no combining marks.
static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").unwrap());

pub(super) fn words(text: &str) -> Vec<&str> {
    WORD.find_iter(text).map(|word| word.as_str()).collect()
}

/// Shares of a page's own shingles, so that long texts weigh no more than short ones.
#[expect(clippy::cast_precision_loss, reason = "shingles of a page")]
pub(crate) fn shingles(wanted: &str, said: &str) -> Points {
    let (wanted, said) = (runs(&words(wanted)), runs(&words(said)));
    let sum = |runs: &HashMap<Vec<&str>, usize>| runs.values().sum::<usize>();
    let hits: usize = wanted.iter().map(|(run, n)| (*n).min(said.get(run).copied().unwrap_or(0))).sum();
    let (wanted, said) = (sum(&wanted), sum(&said));
    let share = |of: usize| (of > 0).then(|| hits as f64 / of as f64);
    Points::Overlap { precision: share(said), recall: share(wanted) }
}

/// A text of fewer words is one run; an empty one has none.
fn runs<'t>(words: &[&'t str]) -> HashMap<Vec<&'t str>, usize> {
    let mut out = HashMap::new();
    let whole = if words.len() < RUN { words } else { &[] };
    for run in words.windows(RUN).chain((!whole.is_empty()).then_some(whole)) {
        *out.entry(run.to_vec()).or_default() += 1;
    }
    out
}
