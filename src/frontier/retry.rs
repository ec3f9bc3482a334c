//! When a page that could not be had is tried again. A pure function of the row, so that it survives the process.

use jiff::{SignedDuration, Timestamp};

use crate::model::answer::FailureKind;

/// Why there is nothing to keep from a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// No answer came.
    Failure(FailureKind),
    /// An answer came that is no page: 5xx, 429, 403 … (404 and 410 are news, not trouble).
    Status(u16),
    /// The body was cut off.
    Truncated,
    /// robots.txt refuses.
    Robots,
    /// robots.txt cannot be read; it is asked for again at this instant. Not the page's fault: no attempt is counted.
    Closed(Timestamp),
    /// No answer came, and it may be that none could: we ourselves may be offline. Nobody's fault: no attempt is counted.
    Ours(FailureKind),
}

impl Trouble {
    /// Does it count as an attempt of the page's?
    #[must_use]
    pub fn counts(self) -> bool {
        !matches!(self, Self::Closed(_) | Self::Ours(_))
    }
}

/// The first wait, what it is multiplied by, and how many attempts there are.
struct Plan {
    first: SignedDuration,
    growth: i32,
    attempts: u32,
}

/// No attempt is put off for longer than this.
const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A wait is shifted by up to this share, so that pages that failed together do not come back together.
const JITTER_PERCENT: u64 = 20;

/// When to try again after the `attempts`-th attempt in a row (from 1) failed at `now`; `None`: give up, and leave the page
/// to the ordinary revisits. `key` is the page's: it decides the jitter, so the same row always gives the same moment.
/// What the group's pace says comes on top.
#[must_use]
pub fn next_try(trouble: Trouble, attempts: u32, now: Timestamp, key: &str) -> Option<Timestamp> {
    if let Trouble::Closed(until) = trouble {
        return Some(until);
    }
    let plan = plan(trouble)?;
    if attempts >= plan.attempts {
        return None;
    }
    let mut wait = plan.first;
    for _ in 1..attempts {
        wait = wait.saturating_mul(plan.growth).min(LONGEST);
    }
    Some(now.saturating_add(jittered(wait, key, attempts)).unwrap_or(now))
}

fn plan(trouble: Trouble) -> Option<Plan> {
    let (first, growth, attempts) = match trouble {
        Trouble::Ours(kind) => return plan(Trouble::Failure(kind)),
        Trouble::Failure(FailureKind::BadUrl) | Trouble::Status(400 | 405 | 406 | 414 | 451) | Trouble::Closed(_) => {
            return None;
        }
        Trouble::Failure(FailureKind::Timeout | FailureKind::Reset | FailureKind::Connect) => (5, 3, 7),
        Trouble::Failure(FailureKind::Dns) => (15, 4, 6),
        Trouble::Failure(FailureKind::Tls | FailureKind::Protocol) => (60, 4, 5),
        // The name may be mended; the guard stays.
        Trouble::Failure(FailureKind::ForbiddenAddress) => (24 * 60, 2, 3),
        Trouble::Status(429 | 503) => (10, 3, 8),
        Trouble::Status(401 | 403) => (6 * 60, 4, 4),
        Trouble::Status(_) => (10, 4, 6),
        Trouble::Truncated => (10, 4, 5),
        Trouble::Robots => (24 * 60, 2, 4),
    };
    Some(Plan { first: SignedDuration::from_mins(first), growth, attempts })
}

/// The wait, shifted by -20…+20 %.
fn jittered(wait: SignedDuration, key: &str, attempts: u32) -> SignedDuration {
    let share = fnv(key.bytes().chain(attempts.to_le_bytes())) % (2 * JITTER_PERCENT * 10 + 1);
    let tenths_of_percent = 1000 - JITTER_PERCENT * 10 + share;
    let millis = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).saturating_mul(tenths_of_percent) / 1000;
    SignedDuration::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
}

/// FNV-1a, 64 bits: the same on every machine and in every release, which the standard library's hasher does not promise.
fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "journal.example/posts/un-titre";

    fn now() -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }

    fn minutes(trouble: Trouble, attempts: u32, key: &str) -> Option<i64> {
        next_try(trouble, attempts, now(), key).map(|at| at.duration_since(now()).as_mins())
    }

    #[test]
    fn waits_grow_and_end() {
        let timeout = Trouble::Failure(FailureKind::Timeout);
        let waits: Vec<i64> = (1..).map_while(|attempt| minutes(timeout, attempt, KEY)).collect();
        assert_eq!(waits.len(), 6);
        assert!(waits.windows(2).all(|pair| pair[1] >= 2 * pair[0]), "{waits:?}");
        for (wait, plain) in waits.iter().zip([5, 15, 45, 135, 405, 1215]) {
            assert!((plain * 8 / 10..=plain * 12 / 10).contains(wait), "{wait} for {plain}");
        }
    }

    #[test]
    fn the_same_row_gives_the_same_moment_and_neighbours_do_not_come_together() {
        let trouble = Trouble::Status(503);
        assert_eq!(minutes(trouble, 3, KEY), minutes(trouble, 3, KEY));
        let spread: std::collections::BTreeSet<_> =
            (0..50).map(|n| next_try(trouble, 3, now(), &format!("{KEY}-{n}"))).collect();
        assert!(spread.len() > 40, "{} moments for 50 pages", spread.len());
    }

    #[test]
    fn what_cannot_mend_is_not_tried_and_no_wait_is_without_end() {
        assert_eq!(minutes(Trouble::Failure(FailureKind::BadUrl), 1, KEY), None);
        assert_eq!(minutes(Trouble::Status(414), 1, KEY), None);
        for trouble in [Trouble::Robots, Trouble::Truncated, Trouble::Status(403), Trouble::Failure(FailureKind::Dns)] {
            assert_eq!(minutes(trouble, u32::MAX, KEY), None);
            for attempt in 1..10 {
                assert!(minutes(trouble, attempt, KEY).is_none_or(|wait| (1..=9 * 24 * 60).contains(&wait)));
            }
        }
        assert!(next_try(Trouble::Robots, 1, Timestamp::MAX, KEY).is_some());
    }
}
