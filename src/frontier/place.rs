//! Which page comes first, so that news is had at once and nothing that is due waits for ever.
//!
//! A place is a band and a deadline in it. Inside a band the earliest deadline goes first: a page that waits is overtaken
//! only by pages whose deadline is earlier, and every page that falls due later than its deadline comes after it. Between
//! bands each request in a round of eight has its own order of preference: news has five of eight, and each of the others
//! one, whatever waits before it; a turn that a band does not use goes to the next. So a backfill of years does not keep
//! the edits of the morning waiting, and a morning full of edits does not stop the backfill.

#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;

use jiff::{SignedDuration, Timestamp};

use super::order::{DateHint, NEWS};
use crate::model::link::Source;

/// More seconds than any deadline has, so that no band reaches into the next.
const BAND: i64 = 1 << 42;

/// What a listing of the profile's own is ahead of news by: it is asked first, unless news has waited for a day.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// A deeper page of a listing is had so much later for each level.
const PER_LEVEL: SignedDuration = SignedDuration::from_mins(5);

/// A page looked at again at least so often is fresh.
const FRESH: SignedDuration = SignedDuration::from_hours(12);

/// No revisit may be later than this because its interval is long.
const LATEST: SignedDuration = SignedDuration::from_hours(10 * 24);

/// Backfill of unknown age comes after nearly all that has a date.
const UNDATED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What a page waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    /// Named by hand, or a visit under way that a redirect leads on.
    Given,
    /// A listing.
    Listing {
        /// When it falls due.
        due: Timestamp,
        /// Pages of pagination or levels of sitemap indexes above it.
        depth: u32,
        /// When it was last changed, as the listing above it tells.
        changed: Option<Timestamp>,
    },
    /// A page never had, found on a listing of this kind.
    New {
        /// How it became known.
        source: Source,
        /// What is told of its date.
        hint: DateHint,
    },
    /// A page to be looked at again.
    Revisit {
        /// When it falls due.
        due: Timestamp,
        /// How long it is left alone between visits: it may be late by as much.
        interval: SignedDuration,
    },
}

/// What shares the requests among it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Band {
    /// Visits under way and pages named by hand: they are few, and served before all.
    Given,
    /// Listings, and articles of the last thirty days.
    News,
    /// Revisits of articles that are looked at twice a day or more.
    Fresh,
    /// Older articles never had.
    Backfill,
    /// Revisits of older articles.
    Old,
}

use Band::{Backfill, Fresh, Given, News, Old};

/// Turns in a round.
pub const ROUND_LENGTH: u64 = ROUND.len() as u64;

/// Who is asked first, second … at each turn of a round.
const ROUND: [[Band; 5]; 8] = [
    [Given, News, Fresh, Backfill, Old],
    [Given, News, Fresh, Backfill, Old],
    [Given, Fresh, News, Backfill, Old],
    [Given, News, Fresh, Old, Backfill],
    [Given, Backfill, Old, News, Fresh],
    [Given, News, Fresh, Backfill, Old],
    [Given, News, Fresh, Backfill, Old],
    [Given, Old, Backfill, News, Fresh],
];

/// A page's place in the queue: one whole number, so that any store can order by it; the smaller of two in one band, the
/// sooner.
#[must_use]
pub fn place(errand: Errand, now: Timestamp) -> i64 {
    let (band, ready, patience) = match errand {
        Errand::Given => (Given, now, SignedDuration::ZERO),
        Errand::Listing { due, depth: 0, .. } => (News, due, -AHEAD),
        Errand::Listing { due, depth, changed } => {
            let age = changed.map_or(SignedDuration::ZERO, |at| now.duration_since(at));
            let band = if age < NEWS { News } else { Backfill };
            let levels = PER_LEVEL.saturating_mul(i32::try_from(depth).unwrap_or(i32::MAX));
            (band, due, patience(age).saturating_add(levels))
        }
        Errand::New { source, hint } => match hint.believed(now) {
            Some(at) if now.duration_since(at) < NEWS => (News, now, patience(now.duration_since(at))),
            Some(at) => (Backfill, now, patience(now.duration_since(at))),
            // A page without a date that a paper shows where it shows its news is news; of about yesterday.
            None if shows_news(source) => (News, now, patience(SignedDuration::from_hours(24))),
            None => (Backfill, now, UNDATED),
        },
        Errand::Revisit { due, interval } if interval <= FRESH => (Fresh, due, interval),
        Errand::Revisit { due, interval } => (Old, due, interval.min(LATEST)),
    };
    base(band) + ready.as_second().saturating_add(patience.as_secs())
}

/// How long an article of this age may wait: none when it is new, an hour for each day of the first month, and a day more
/// for each year, so that what is found together is had newest first.
fn patience(age: SignedDuration) -> SignedDuration {
    let recent = age.clamp(-super::order::FUTURE, NEWS);
    let rest = age.saturating_sub(recent).max(SignedDuration::ZERO);
    recent / 24 + rest / 365
}

fn shows_news(source: Source) -> bool {
    matches!(source, Source::Feed | Source::NewsSitemap | Source::Front | Source::Section)
}

fn base(band: Band) -> i64 {
    BAND * band as i64
}

/// The bands as ranges of places, in the order in which the `turn`-th request prefers them.
#[must_use]
pub fn preference(turn: u64) -> Vec<RangeInclusive<i64>> {
    let order = ROUND[usize::try_from(turn % ROUND_LENGTH).unwrap_or(0)];
    order.iter().map(|band| range(*band)).collect()
}

/// The places of pages named by hand and of visits under way.
#[must_use]
pub fn given() -> RangeInclusive<i64> {
    range(Given)
}

fn range(band: Band) -> RangeInclusive<i64> {
    base(band) - BAND / 2..=base(band) + BAND / 2 - 1
}
