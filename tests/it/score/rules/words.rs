//! wcxb's rule: how many words two texts share, wherever they stand.

use std::collections::HashMap;

use super::shingles::words;
use crate::score::measure::ratio;

/// F1 over words in lower case. Nothing wanted and nothing said is right.
pub(crate) fn word_f1(wanted: &str, said: &str) -> f64 {
    let (wanted, said) = (wanted.to_lowercase(), said.to_lowercase());
    let (wanted, said) = (words(&wanted), words(&said));
    if wanted.is_empty() || said.is_empty() {
        return f64::from(u8::from(wanted.is_empty() && said.is_empty()));
    }
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in &wanted {
        *left.entry(word).or_default() += 1;
    }
    let mut shared = 0;
    for word in &said {
        if let Some(n) = left.get_mut(word).filter(|n| **n > 0) {
            (*n, shared) = (*n - 1, shared + 1);
        }
    }
    ratio(2 * shared, wanted.len() + said.len())
}
