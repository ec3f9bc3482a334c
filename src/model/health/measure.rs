//! Signs added up: per field the share found, the usual length, and how often the second witness agreed.

use serde::Serialize;

use super::{Seen, Sign, Signs};

/// The readings, each of another page, that make a site's memory.
pub const MEMORY: usize = 60;

/// Pages on which two witnesses agreed, each by itself, before they are believed.
const WITNESSED: usize = 5;

/// How a field was read on a number of pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldHealth {
    /// Which.
    pub field: String,
    /// Pages that should have it.
    pub pages: usize,
    /// Those that had.
    pub found: usize,
    /// The median of its length, as [`Sign::length`], where it was found.
    pub median_length: Option<usize>,
    /// The length that three quarters of the pages reach.
    pub lower_quartile: Option<usize>,
    /// Pages on which a second witness could be asked.
    pub compared: usize,
    /// Those on which it agreed.
    pub agreed: usize,
    /// Pages on which the witness found at least twice as much.
    #[serde(skip)]
    pub outdone: usize,
}

/// Adds up the signs of readings, in the order of the fields.
#[must_use]
pub fn health<'s>(signs: impl IntoIterator<Item = &'s Signs>) -> Vec<FieldHealth> {
    let mut fields: Vec<(FieldHealth, Vec<usize>)> = Vec::new();
    for sign in signs.into_iter().flat_map(|signs| &signs.fields) {
        let at = fields.iter().position(|(field, _)| field.field == sign.field).unwrap_or_else(|| {
            fields.push((nothing(&sign.field), Vec::new()));
            fields.len() - 1
        });
        let (field, lengths) = &mut fields[at];
        add(field, sign);
        lengths.extend(Some(sign.length).filter(|_| sign.found));
    }
    fields.into_iter().map(|(field, lengths)| with_lengths(field, lengths)).collect()
}

fn nothing(field: &str) -> FieldHealth {
    FieldHealth {
        field: field.to_owned(),
        pages: 0,
        found: 0,
        median_length: None,
        lower_quartile: None,
        compared: 0,
        agreed: 0,
        outdone: 0,
    }
}

fn add(field: &mut FieldHealth, sign: &Sign) {
    field.pages += 1;
    field.found += usize::from(sign.found);
    field.compared += usize::from(sign.agrees.is_some());
    field.agreed += usize::from(sign.agrees == Some(true));
    field.outdone += usize::from(sign.is_outdone());
}

fn with_lengths(field: FieldHealth, mut lengths: Vec<usize>) -> FieldHealth {
    lengths.sort_unstable();
    let at = |quarter: usize| lengths.get(lengths.len().saturating_sub(1) * quarter / 4).copied();
    FieldHealth { median_length: at(2), lower_quartile: at(1), ..field }
}

impl Sign {
    /// Did the witness find at least twice as much?
    #[must_use]
    pub fn is_outdone(&self) -> bool {
        self.witness.is_some_and(|witness| witness >= 2 * self.length.max(1))
    }
}

impl FieldHealth {
    /// Was it found on nearly every page?
    #[must_use]
    pub fn is_usual(&self) -> bool {
        20 * self.found >= 19 * self.pages
    }

    /// Was it found far less often than `usual`, at half the length or less, or against the witness as never before?
    #[must_use]
    pub fn differs(&self, usual: &Self) -> bool {
        let half = |length: usize| usual.median_length.is_some_and(|usual| 2 * length <= usual);
        is_less((self.found, self.pages), (usual.found, usual.pages))
            || is_less((self.agreed, self.compared), (usual.agreed, usual.compared))
            || self.median_length.is_some_and(half)
    }

    /// Did the witness nearly always agree, so often that it can be believed?
    #[must_use]
    pub fn is_witnessed(&self) -> bool {
        self.compared >= WITNESSED && 10 * self.agreed >= 9 * self.compared
    }
}

/// Is one share less than four fifths of another?
fn is_less((part, of): (usize, usize), (usual_part, usual_of): (usize, usize)) -> bool {
    of > 0 && usual_of > 0 && 5 * part * usual_of < 4 * usual_part * of
}

/// What a site's latest readings were like: the latest of each story, in order of capture.
#[derive(Debug, Clone, Default)]
pub struct Recent {
    /// Of those read as a site is read when all is well, the latest [`MEMORY`].
    pub good: Vec<Seen>,
    /// Of all, the latest [`MEMORY`].
    pub latest: Vec<Seen>,
}

impl Recent {
    /// From readings in order of capture.
    #[must_use]
    pub fn of(good: Vec<Seen>, latest: Vec<Seen>) -> Self {
        let mut recent = Self::default();
        for seen in good {
            put(&mut recent.good, seen);
        }
        for seen in latest {
            put(&mut recent.latest, seen);
        }
        recent
    }

    /// Takes one more in.
    pub fn see(&mut self, seen: Seen) {
        if seen.standing.is_good() {
            put(&mut self.good, seen.clone());
        }
        put(&mut self.latest, seen);
    }
}

fn put(list: &mut Vec<Seen>, seen: Seen) {
    if list.iter().any(|other| other.page == seen.page && other.moment > seen.moment) {
        return;
    }
    // One story under many addresses is one page.
    let is_same = |other: &Seen| seen.signs.body.is_some() && other.signs.is_story_of(&seen.signs);
    list.retain(|other| other.page != seen.page && !is_same(other));
    let at = list.partition_point(|other| other.moment < seen.moment);
    list.insert(at, seen);
    if list.len() > MEMORY {
        list.remove(0);
    }
}
