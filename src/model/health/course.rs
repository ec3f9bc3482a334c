//! Odd pages in a row: a paper's own, or the end of a design. Decided over the last readings, however many runs they took.

use super::Seen;
use crate::model::timeline::Moment;

/// From some capture on, so many more pages were odd than sound: a break.
pub const BREAK: i64 = 5;
/// From an odd page on, so many more pages were sound than odd: it was alone.
const ALONE: i64 = 2;

/// How a site's readings go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Course {
    /// Since which capture its pages are odd, if that is a break.
    pub broken_since: Option<Moment>,
    /// Captures that waited, and were alone.
    pub alone: Vec<Moment>,
}

/// Decides by the latest reading of each page, as far as today's rules made it; `waiting` are the captures that wait.
///
/// A sum runs from each odd capture to the last one, up for an odd page and down for a sound one. What is chance comes down
/// soon; the end of a design does not. A page that is read again and again counts once.
#[must_use]
pub fn course(latest: &[Seen], waiting: &[Moment]) -> Course {
    let latest: Vec<&Seen> = latest.iter().filter(|seen| seen.by_todays_rules).collect();
    let sum = |from: &Moment, until: Option<&Moment>| -> i64 {
        let inside = |seen: &&&Seen| seen.moment >= *from && until.is_none_or(|until| seen.moment < *until);
        latest.iter().filter(inside).map(|seen| seen.standing.weight()).sum()
    };
    let odd = latest.iter().filter(|seen| seen.standing.weight() > 0).map(|seen| &seen.moment);
    let sums = odd.chain(waiting).map(|moment| (sum(moment, None), moment));
    let worst: Option<(i64, &Moment)> = sums.max_by(|(a, at), (b, bt)| a.cmp(b).then(bt.cmp(at)));
    let broken_since = worst.filter(|(sum, _)| *sum >= BREAK).map(|(_, moment)| moment);
    let before = waiting.iter().filter(|moment| broken_since.is_none_or(|since| *moment < since));
    let alone = before.filter(|moment| sum(moment, broken_since) <= -ALONE).cloned().collect();
    Course { broken_since: broken_since.cloned(), alone }
}
