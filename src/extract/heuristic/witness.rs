//! A third witness: the `articleBody` that some pages give machines. It is never taken for the text, for it may be cut,
//! or another's; but where it agrees with the lines that were found, it knows where they end.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::extract::sight::Sight;

/// Words that are looked for as one.
const WINDOW: usize = 4;
/// Bytes of a witness that are heard.
const MOST: usize = 1 << 20;
/// A line is confirmed by so much, in percent, of its windows.
const CONFIRMED: usize = 60;
/// The witness agrees when so much, in percent, of the lines is in it, and of it in the lines.
const AGREES: usize = 70;

/// Cuts off what stands behind the last line that the witness confirms. (What stands before the first may be a standfirst,
/// which few pages give their machines.)
pub(super) fn cut(sight: &Sight<'_>, kept: &mut Vec<usize>) {
    let said = sight.structured.values(&["articleBody".to_owned()], &[]);
    let Some(said) = said.into_iter().max_by_key(String::len).filter(|said| said.len() <= MOST) else { return };
    let wanted: HashSet<u64> = windows(&said).collect();
    if wanted.is_empty() {
        return;
    }
    let mut heard: HashSet<u64> = HashSet::new();
    let (mut all, mut confirmed) = (0, Vec::new());
    for (place, at) in kept.iter().enumerate() {
        let own: Vec<u64> = windows(&sight.flow.lines[*at].text).collect();
        let found = own.iter().filter(|window| wanted.contains(window)).count();
        heard.extend(own.iter().filter(|window| wanted.contains(window)));
        all += own.len();
        if !own.is_empty() && found * 100 >= own.len() * CONFIRMED {
            confirmed.push((place, own.len()));
        }
    }
    let agreed: usize = confirmed.iter().map(|(_, windows)| windows).sum();
    if agreed * 100 < all * AGREES || heard.len() * 100 < wanted.len() * AGREES {
        return;
    }
    if let Some((last, _)) = confirmed.last() {
        kept.truncate(last + 1);
    }
}

/// The text's words in windows, each as its hash.
fn windows(text: &str) -> impl Iterator<Item = u64> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let hash = |window: &[String]| {
        let mut hasher = DefaultHasher::new();
        window.hash(&mut hasher);
        hasher.finish()
    };
    words.windows(WINDOW).map(hash).collect::<Vec<_>>().into_iter()
}
