//! ROUGE-LSum as the paper on fundus takes it (the package `rouge_score`): for each wanted paragraph the union of its
//! longest common subsequences with all that was said, no word counted twice.
//!
//! Two departures, since these pages are in forty languages and not in English alone: words are runs of letters and digits
//! of any script (the package knows a to z; Han and kana count singly), and the units are paragraphs (the paper cuts
//! them by an English model of sentences).

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use regex::Regex;

use crate::score::measure::ratio;

static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    let single = r"\p{Han}\p{Hiragana}\p{Katakana}";
    Regex::new(&format!(r"[{single}]|[[\p{{L}}\p{{M}}\p{{N}}]--[{single}]]+")).unwrap()
});

/// F1 of the summary-level LCS; 0 where either side has no word.
pub(crate) fn rouge_lsum(wanted: &[String], said: &[String]) -> f64 {
    let mut numbers = HashMap::new();
    let wanted = units(wanted, &mut numbers);
    let said = units(said, &mut numbers);
    let (of_wanted, of_said) = (wanted.iter().map(Vec::len).sum::<usize>(), said.iter().map(Vec::len).sum::<usize>());
    if of_wanted == 0 || of_said == 0 {
        return 0.0;
    }
    let mut left = counts(&said, numbers.len());
    let mut hits = 0;
    for unit in &wanted {
        for at in union(unit, &said) {
            // What is wanted runs out no sooner than it is met; what was said may.
            let word = unit[at];
            if left[word] > 0 {
                (left[word], hits) = (left[word] - 1, hits + 1);
            }
        }
    }
    ratio(2 * hits, of_wanted + of_said)
}

/// Each unit's words, as numbers.
fn units(texts: &[String], numbers: &mut HashMap<String, usize>) -> Vec<Vec<usize>> {
    let mut number = |word: &str| {
        let next = numbers.len();
        *numbers.entry(word.to_owned()).or_insert(next)
    };
    let words = |text: &String| TOKEN.find_iter(&text.to_lowercase()).map(|w| number(w.as_str())).collect();
    texts.iter().map(words).collect()
}

fn counts(units: &[Vec<usize>], words: usize) -> Vec<usize> {
    let mut out = vec![0; words];
    units.iter().flatten().for_each(|word| out[*word] += 1);
    out
}

/// The places of `unit` that stand in a longest common subsequence with one of `said`.
fn union(unit: &[usize], said: &[Vec<usize>]) -> BTreeSet<usize> {
    // A unit that was said as it stands is its own longest: no table needed, and nothing to add.
    if said.iter().any(|other| other == unit) {
        return (0..unit.len()).collect();
    }
    said.iter().flat_map(|other| lcs(unit, other)).collect()
}

/// The places in `left` of one longest common subsequence, read from the end as the package reads them.
fn lcs(left: &[usize], right: &[usize]) -> Vec<usize> {
    let width = right.len() + 1;
    let mut table = vec![0_u16; (left.len() + 1) * width];
    for (i, word) in left.iter().enumerate() {
        for (j, other) in right.iter().enumerate() {
            let longest = if word == other {
                table[i * width + j] + 1
            } else {
                table[i * width + j + 1].max(table[(i + 1) * width + j])
            };
            table[(i + 1) * width + j + 1] = longest;
        }
    }
    let (mut i, mut j, mut out) = (left.len(), right.len(), Vec::new());
    while i > 0 && j > 0 {
        if left[i - 1] == right[j - 1] {
            out.push(i - 1);
            (i, j) = (i - 1, j - 1);
        } else if table[i * width + j - 1] > table[(i - 1) * width + j] {
            j -= 1;
        } else {
            i -= 1;
        }
    }
    out
}
