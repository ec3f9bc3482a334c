//! The operator's budget during a run: new articles first, revisits with what is left.

use std::sync::{Mutex, PoisonError};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::frontier::budget::{Amount, Budget, Exhausted, Limit, Spent};
use crate::store::Spending;

/// What may be spent and what is spent, over all sites of the archive.
#[derive(Debug)]
pub struct Purse {
    budget: Budget,
    /// What listings and new articles take on a usual day.
    usual: Amount,
    spent: Mutex<Spent>,
}

impl Purse {
    /// Goes on from what the archive's visits have cost.
    #[must_use]
    pub fn new(budget: Budget, spending: Spending) -> Self {
        let spent = Spent { day: spending.day, month: spending.month, last: Some(spending.as_of) };
        Self { budget, usual: spending.usual, spent: Mutex::new(spent) }
    }

    /// Counts a request.
    pub fn count(&self, bytes: u64, now: Timestamp) {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner).count(bytes, now);
    }

    /// May one more request leave at all?
    ///
    /// # Errors
    /// The limit that is reached.
    pub fn open(&self, now: Timestamp) -> Result<(), Exhausted> {
        self.allows(Amount::default(), now)
    }

    /// May a known article be looked at again? Not while what is left is kept for what is new.
    #[must_use]
    pub fn open_for_revisits(&self, now: Timestamp) -> bool {
        self.allows(self.reserve(now), now).is_ok()
    }

    fn allows(&self, reserve: Amount, now: Timestamp) -> Result<(), Exhausted> {
        let spent = *self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        self.budget.allows(&spent, reserve, now)
    }

    /// What new articles will need before the day ends: a usual day's share, never more than half of a limit.
    fn reserve(&self, now: Timestamp) -> Amount {
        let half = |limit: fn(&Limit) -> Option<u64>| {
            let limits = [limit(&self.budget.day), limit(&self.budget.month)];
            limits.into_iter().flatten().min().map_or(u64::MAX, |most| most / 2)
        };
        Amount {
            requests: share_left(self.usual.requests, now).min(half(|l| l.requests)),
            bytes: share_left(self.usual.bytes, now).min(half(|l| l.bytes)),
        }
    }
}

/// The share of a day's amount that belongs to what is left of the day, UTC.
fn share_left(a_day: u64, now: Timestamp) -> u64 {
    let day = SignedDuration::from_hours(24).as_secs().unsigned_abs();
    let gone = TimeZone::UTC.to_datetime(now).time().duration_since(jiff::civil::Time::midnight());
    let left = day.saturating_sub(gone.as_secs().unsigned_abs());
    u64::try_from(u128::from(a_day) * u128::from(left) / u128::from(day)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: &str = "2026-11-24T12:00:00Z";

    fn purse(usual: u64, spent: u64) -> Purse {
        let budget = Budget { day: Limit { requests: Some(100), bytes: None }, month: Limit::default() };
        let now: Timestamp = NOON.parse().unwrap();
        let amount = Amount { requests: spent, bytes: 0 };
        let usual = Amount { requests: usual, bytes: 0 };
        Purse::new(budget, Spending { as_of: now, day: amount, month: amount, usual })
    }

    #[test]
    fn revisits_stop_where_the_share_of_new_articles_begins() {
        let now = NOON.parse().unwrap();
        // Half of the day is left: 40 a day are 20 more.
        assert!(purse(40, 79).open_for_revisits(now) && !purse(40, 80).open_for_revisits(now));
        assert!(purse(40, 80).open(now).is_ok() && purse(40, 100).open(now).is_err());
    }

    #[test]
    fn a_backfill_does_not_take_it_all() {
        let now = NOON.parse().unwrap();
        assert!(purse(100_000, 49).open_for_revisits(now) && !purse(100_000, 50).open_for_revisits(now));
    }

    #[test]
    fn each_request_is_counted() {
        let now: Timestamp = NOON.parse().unwrap();
        let purse = purse(0, 99);
        purse.count(10, now);
        assert_eq!(purse.open(now).unwrap_err().limit, "requests a day");
    }
}
