//! Two profiles tried on the same stored captures, side by side.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Serialize;

use super::known::{Known, letters, same, same_set};
use super::{Sample, THIN};
use crate::extract::{Page, read};
use crate::model::article::AuthorRole;
use crate::model::reading::{ArticleReading, Outcome};
use crate::profile::Profile;

/// Agreement is told to a thousandth; less is noise of counting.
const NOISE: f64 = 0.0005;

/// What one profile reads of one field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Side {
    /// Captures on which it finds something, of those tried.
    pub found: usize,
    /// Mean agreement with the archived text over the captures that have one, 0 to 1.
    pub agreed: f64,
}

/// One field, before or behind the break.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// "article" for the page as a whole, "text" for the very text that makes versions, else the field.
    pub field: String,
    /// Behind the break?
    pub after: bool,
    /// Captures tried.
    pub tried: usize,
    /// Those of which the archive knows what they say.
    pub known: usize,
    /// The profile as it stands.
    pub old: Side,
    /// As proposed.
    pub new: Side,
}

/// Both profiles on all captures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tried {
    /// Field by field.
    pub rows: Vec<Row>,
    /// Captures from before the break whose text the proposal reads otherwise: none, or it is no good.
    pub read_otherwise: Vec<String>,
}

impl Tried {
    /// No field is read worse, and one is read better.
    #[must_use]
    pub fn is_better(&self) -> bool {
        let worse = |row: &Row| row.new.found < row.old.found || row.new.agreed < row.old.agreed - NOISE;
        let better = |row: &Row| row.new.found > row.old.found || row.new.agreed > row.old.agreed + NOISE;
        self.read_otherwise.is_empty() && !self.rows.iter().any(worse) && self.rows.iter().any(better)
    }

    /// Enough captures to believe it?
    #[must_use]
    pub fn is_thin(&self) -> bool {
        self.rows.iter().filter(|row| row.field == "article").map(|row| row.tried).max().unwrap_or(0) < THIN
    }
}

/// Tries both on captures; those from `at` on lie behind the break.
#[must_use]
pub fn trial(old: &Profile, new: &Profile, samples: &[Sample], at: Option<Timestamp>) -> Tried {
    let mut rows: Vec<Row> = Vec::new();
    let mut read_otherwise = Vec::new();
    for sample in samples {
        let after = at.is_none_or(|at| sample.captured_at >= at);
        let [old, new] = [old, new].map(|profile| reading(sample, profile));
        if !after && old.text.digest() != new.text.digest() {
            read_otherwise.push(sample.name.clone());
        }
        let bound = at.map_or(sample.captured_at, |at| at.min(sample.captured_at));
        let known = sample.versions.iter().rfind(|(since, _)| *since < bound || !after && *since <= bound);
        let known = known.or_else(|| sample.versions.first().filter(|_| at.is_none())).map(|(_, known)| known);
        for field in FIELDS {
            let place = rows.iter().position(|row| row.field == field && row.after == after).unwrap_or_else(|| {
                let (old, new) = (Side::default(), Side::default());
                rows.push(Row { field: field.to_owned(), after, tried: 0, known: 0, old, new });
                rows.len() - 1
            });
            let row = &mut rows[place];
            row.tried += 1;
            let told = known.filter(|known| tells(known, field));
            row.known += usize::from(told.is_some());
            for (side, read) in [(&mut row.old, &old), (&mut row.new, &new)] {
                side.found += usize::from(is_found(read, field));
                side.agreed += told.map_or(0.0, |known| agreement(read, known, field));
            }
        }
    }
    for row in &mut rows {
        let known = f64::from(u32::try_from(row.known.max(1)).unwrap_or(u32::MAX));
        row.old.agreed /= known;
        row.new.agreed /= known;
    }
    rows.sort_by_key(|row| row.after);
    Tried { rows, read_otherwise }
}

const FIELDS: [&str; 7] = ["article", "title", "lead", "body", "published", "byline", "text"];

fn reading(sample: &Sample, profile: &Profile) -> ArticleReading {
    let (url, html) = (&sample.url, &sample.html);
    read(&Page { url, html, captured_at: sample.captured_at, status: 200, headers: &[], names: &[] }, profile).article
}

fn names(read: &ArticleReading) -> Vec<String> {
    let names = read.text.authors.iter().filter(|author| author.role == AuthorRole::Byline);
    names.map(|author| author.name.clone()).collect()
}

fn is_found(read: &ArticleReading, field: &str) -> bool {
    match field {
        "article" | "text" => read.outcome == Outcome::Article,
        "title" => !read.text.title.is_empty(),
        "lead" => read.text.lead.is_some(),
        "body" => !read.text.body.is_empty(),
        "published" => read.attributes.published.is_some(),
        _ => !names(read).is_empty(),
    }
}

fn tells(known: &Known, field: &str) -> bool {
    match field {
        "title" => !known.title.is_empty(),
        "lead" => known.lead.is_some(),
        "body" => !known.body.is_empty(),
        "published" => known.published_on.is_some(),
        "byline" => !known.authors.is_empty(),
        "text" => known.digest.is_some(),
        _ => false,
    }
}

/// 0 to 1.
fn agreement(read: &ArticleReading, known: &Known, field: &str) -> f64 {
    let yes = |right: bool| if right { 1.0 } else { 0.0 };
    match field {
        "title" => yes(same(&read.text.title, &known.title)),
        "lead" => yes(read.text.lead.as_deref().map(letters) == known.lead.as_deref().map(letters)),
        "body" => likeness(&known.body, &read.text.body.iter().map(|b| b.text.clone()).collect::<Vec<_>>()),
        "text" => yes(Some(read.text.digest()) == known.digest),
        "published" => yes(read.attributes.published.as_ref().map(|p| p.on) == known.published_on),
        _ => yes(same_set(&names(read), &known.authors)),
    }
}

/// F1 over the words of two bodies, each word as often as it stands there.
pub(super) fn likeness(one: &[String], other: &[String]) -> f64 {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let words = |blocks: &[String]| -> Vec<String> {
        blocks.iter().flat_map(|b| b.split_whitespace()).map(letters).filter(|word| !word.is_empty()).collect()
    };
    let (one, other) = (words(one), words(other));
    let sum = one.len() + other.len();
    for word in one {
        *counts.entry(word).or_default() += 1;
    }
    let mut both = 0_u32;
    for word in other {
        if let Some(left) = counts.get_mut(&word).filter(|left| **left > 0) {
            *left -= 1;
            both += 1;
        }
    }
    if sum == 0 { 1.0 } else { 2.0 * f64::from(both) / f64::from(u32::try_from(sum).unwrap_or(u32::MAX)) }
}
