//! Whether two texts tell one story: what makes two pages one article, and one page two.
//!
//! Measured on 994 texts of public sets (fundus, wcxb) by `cargo test --test it identity::measured`: of 83 pairs of
//! different articles of one paper none shares more than 5.8 % of the shorter one's three-word sequences; a copy under
//! another title that lost half of its paragraphs shares 51.9 % and more.

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::civil::Date;

use super::article::{Text, normal};

/// Below this share of three-word sequences two texts share nothing.
const NOTHING: f64 = 0.10;

/// From this share on two texts tell one story, whatever their titles say.
const ALIKE: f64 = 0.50;

/// From this share of its words on a title is kept.
const TITLE: f64 = 0.34;

/// Texts with fewer words are never told apart: two lines may share nothing by chance.
const WORDS: usize = 40;

/// Characters from which on two pages with the same text, title, names and printed day are one article; shorter ones may be
/// a notice that stands in for many.
const SAME_TEXT: usize = 500;

/// How two texts of one page, one after the other, go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kin {
    /// The same story, edited at most.
    Same,
    /// Hardly a word in common, and nothing else that tells: another visit must confirm it.
    Doubtful,
    /// Another story: neither title nor text nor printed day.
    Another,
}

/// A text as far as it is compared.
#[derive(Debug, Clone)]
pub struct Gist {
    title: HashSet<String>,
    sequences: HashSet<u64>,
    words: usize,
    day: Option<Date>,
}

impl Gist {
    /// The gist of a text.
    #[must_use]
    pub fn of(text: &Text) -> Self {
        let plain = normal(&text.plain()).to_lowercase();
        let words: Vec<&str> = words(&plain).collect();
        let sequences = words.windows(3).map(hash).collect();
        let title = normal(&text.title).to_lowercase();
        let title = self::words(&title).filter(|w| w.chars().count() >= 4).map(str::to_owned).collect();
        Self { title, sequences, words: words.len(), day: text.published_on }
    }

    /// The share of the shorter text's three-word sequences that the other has too.
    #[must_use]
    pub fn shared(&self, other: &Self) -> f64 {
        share(&self.sequences, &other.sequences)
    }

    /// What a later text of the same page is to this one.
    #[must_use]
    pub fn kin(&self, later: &Self) -> Kin {
        let short = self.words.min(later.words) < WORDS;
        if short || self.shared(later) >= NOTHING || self.titles(later) >= TITLE {
            return Kin::Same;
        }
        let days = self.day.zip(later.day);
        if days.is_some_and(|(before, now)| before != now) { Kin::Another } else { Kin::Doubtful }
    }

    /// Do two pages that are said to be one article tell one story?
    #[must_use]
    pub fn is_alike(&self, other: &Self) -> bool {
        let shared = self.shared(other);
        shared >= ALIKE || (shared >= NOTHING && self.titles(other) >= TITLE)
    }

    fn titles(&self, other: &Self) -> f64 {
        share(&self.title, &other.title)
    }
}

/// May two pages with one digest be taken for one article without being told so?
#[must_use]
pub fn tells_enough(length: usize, day: Option<Date>) -> bool {
    length >= SAME_TEXT && day.is_some()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

fn hash(words: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

fn share<T: Eq + Hash>(a: &HashSet<T>, b: &HashSet<T>) -> f64 {
    let (fewer, more) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let both = u32::try_from(fewer.iter().filter(|x| more.contains(*x)).count()).unwrap_or(u32::MAX);
    let all = u32::try_from(fewer.len()).unwrap_or(u32::MAX).max(1);
    f64::from(both) / f64::from(all)
}
