//! When a page is due again: by age and history for articles, by what they showed for listings.

#[cfg(test)]
mod tests;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Between two negative answers that prove a removal, and between a doubtful text and the visit that confirms it.
pub const CONFIRMATION: SignedDuration = SignedDuration::from_hours(24);

/// The longest time an article is left alone.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Age of the text, and how often it is looked at while younger: from a quarter of an hour to [`LONGEST`]. Newspapers edit
/// most in the first hours; a visit then costs little, since validators answer it without a body.
const CURVE: [(SignedDuration, SignedDuration); 4] = [
    (SignedDuration::from_hours(3), SignedDuration::from_mins(15)),
    (SignedDuration::from_hours(24), SignedDuration::from_hours(1)),
    (SignedDuration::from_hours(7 * 24), SignedDuration::from_hours(3)),
    (SignedDuration::from_hours(30 * 24), SignedDuration::from_hours(3 * 24)),
];

/// The same where no validator works, and every visit costs the site and the line a whole page.
const THIN_CURVE: [(SignedDuration, SignedDuration); 4] = [
    (SignedDuration::from_hours(3), SignedDuration::from_hours(3)),
    (SignedDuration::from_hours(24), SignedDuration::from_hours(12)),
    (SignedDuration::from_hours(7 * 24), SignedDuration::from_hours(2 * 24)),
    (SignedDuration::from_hours(30 * 24), SignedDuration::from_hours(10 * 24)),
];

/// An edit makes an old text young again, but no younger than this: the second curve step, not the first.
const YOUNG_AGAIN: SignedDuration = SignedDuration::from_hours(3);

/// What the archive knows of an article when it asks when to look again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArticleHistory {
    /// When it was published, or first seen where that is not known.
    pub born: Timestamp,
    /// The last visit that gave a reading or "not modified".
    pub last_visit: Timestamp,
    /// The first capture of its newest version, where there is more than one.
    pub last_edit: Option<Timestamp>,
    /// Has a conditional request been answered "not modified", or has none been tried yet?
    pub validators_work: bool,
    /// Since when something waits to be confirmed: a text held as doubtful, or a first negative answer.
    pub doubtful_since: Option<Timestamp>,
    /// It is removed, by evidence, and may come back; or another page of the article is the one that counts.
    pub resting: bool,
}

impl ArticleHistory {
    /// When the article is due again.
    #[must_use]
    pub fn due(&self) -> Timestamp {
        let by_age = self.last_visit.saturating_add(self.interval()).unwrap_or(self.last_visit);
        match self.doubtful_since.and_then(|since| since.saturating_add(CONFIRMATION).ok()) {
            // Neither before the confirmation can count nor long after it.
            Some(confirmable) if self.last_visit < confirmable => confirmable,
            _ => by_age,
        }
    }

    /// How late its next visit may be: as late as it is left alone, but a doubt is settled soon after it can be.
    #[must_use]
    pub fn patience(&self) -> SignedDuration {
        if self.doubtful_since.is_some() { self.interval().min(YOUNG_AGAIN) } else { self.interval() }
    }

    /// How long the article is left alone after its last visit.
    #[must_use]
    pub fn interval(&self) -> SignedDuration {
        if self.resting {
            return LONGEST;
        }
        let curve = if self.validators_work { &CURVE } else { &THIN_CURVE };
        let age = self.last_visit.duration_since(self.born);
        let since_edit = self.last_edit.map(|edit| self.last_visit.duration_since(edit).max(YOUNG_AGAIN));
        let age = since_edit.map_or(age, |since| since.min(age));
        curve.iter().find(|(younger_than, _)| age < *younger_than).map_or(LONGEST, |(_, interval)| *interval)
    }
}

/// The shortest interval of a listing.
pub const LISTING_FLOOR: Duration = Duration::from_mins(10);

/// The longest interval of a profile's own listing.
pub const LISTING_CAP: Duration = Duration::from_hours(24);

/// The longest interval of a sitemap that an index names: an old month does not change.
pub const DEEPER_CAP: Duration = Duration::from_hours(30 * 24);

/// The interval of a listing that has been read once.
pub const LISTING_START: Duration = Duration::from_hours(1);

/// What a visit to a listing gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListingVisit {
    /// It was read: how many pages it shows, and how many of them were not known.
    Read {
        /// All pages shown.
        shown: usize,
        /// Those that the archive had not seen before.
        new: usize,
    },
    /// "Not modified".
    Unchanged,
}

/// The interval after a visit: longer when over two thirds were known, shorter when under one third was; an empty listing
/// is asked more rarely, and so is one that did not change.
#[must_use]
pub fn listing_interval(before: Duration, visit: ListingVisit, cap: Duration) -> Duration {
    let (longer, shorter) = (before.saturating_mul(3) / 2, before / 2);
    let learnt = match visit {
        ListingVisit::Unchanged | ListingVisit::Read { shown: 0, .. } => longer,
        ListingVisit::Read { shown, new } => {
            let known = shown.saturating_sub(new);
            match (known.saturating_mul(3) > shown.saturating_mul(2), known.saturating_mul(3) < shown) {
                (true, _) => longer,
                (_, true) => shorter,
                _ => before,
            }
        }
    };
    learnt.clamp(LISTING_FLOOR, cap)
}
