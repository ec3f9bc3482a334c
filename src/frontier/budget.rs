//! What may be spent a day and a month: new articles first, revisits with what is left.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

pub use crate::model::amount::Amount;

/// What may be spent in a span; `None`: as much as there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limit {
    /// Requests.
    pub requests: Option<u64>,
    /// Bytes.
    pub bytes: Option<u64>,
}

/// The limits of an archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Budget {
    /// A day, UTC.
    pub day: Limit,
    /// A calendar month, UTC.
    pub month: Limit,
}

/// What has been spent. Kept between runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// On the day of `last`.
    pub day: Amount,
    /// In the month of `last`.
    pub month: Amount,
    /// When the last request was counted.
    pub last: Option<Timestamp>,
}

/// Which limit is reached, and when it is lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exhausted {
    /// "requests a day", "bytes a day", "requests a month", "bytes a month".
    pub limit: &'static str,
    /// The first moment of the next day or month.
    pub until: Timestamp,
}

impl Spent {
    /// Counts a request at `now`. A new day or month begins with it where it falls in one; a clock that goes back begins none.
    pub fn count(&mut self, bytes: u64, now: Timestamp) {
        *self = self.as_of(now);
        for span in [&mut self.day, &mut self.month] {
            span.requests = span.requests.saturating_add(1);
            span.bytes = span.bytes.saturating_add(bytes);
        }
        self.last = self.last.max(Some(now));
    }

    /// What is spent of the day and month of `now`.
    #[must_use]
    pub fn as_of(&self, now: Timestamp) -> Self {
        let mut spent = *self;
        let Some(last) = self.last.filter(|last| *last < now) else { return spent };
        let (before, today) = (TimeZone::UTC.to_datetime(last), TimeZone::UTC.to_datetime(now));
        if before.date() != today.date() {
            spent.day = Amount::default();
        }
        if (before.year(), before.month()) != (today.year(), today.month()) {
            spent.month = Amount::default();
        }
        spent
    }
}

impl Budget {
    /// May one more request leave at `now`? `reserve` is what must be left untouched of the day: nothing for a new article;
    /// for a revisit, what new articles are expected to need before the day ends.
    ///
    /// # Errors
    /// The limit that is reached; of several the one that is lifted last.
    pub fn allows(&self, spent: &Spent, reserve: Amount, now: Timestamp) -> Result<(), Exhausted> {
        let spent = spent.as_of(now);
        let full =
            |limit: Option<u64>, used: u64, kept: u64| limit.is_some_and(|most| used.saturating_add(kept) >= most);
        let reached = [
            (full(self.month.requests, spent.month.requests, reserve.requests), "requests a month", true),
            (full(self.month.bytes, spent.month.bytes, reserve.bytes), "bytes a month", true),
            (full(self.day.requests, spent.day.requests, reserve.requests), "requests a day", false),
            (full(self.day.bytes, spent.day.bytes, reserve.bytes), "bytes a day", false),
        ];
        match reached.into_iter().find(|(reached, ..)| *reached) {
            None => Ok(()),
            Some((_, limit, of_month)) => Err(Exhausted { limit, until: span_end(now, of_month) }),
        }
    }
}

/// The first moment of the next day or month, UTC.
fn span_end(now: Timestamp, of_month: bool) -> Timestamp {
    let today = TimeZone::UTC.to_datetime(now).date();
    let next = if of_month { today.first_of_month().checked_add(1.month()) } else { today.checked_add(1.day()) };
    next.and_then(|date| TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)))
        .unwrap_or_else(|_| now.saturating_add(SignedDuration::from_hours(24)).unwrap_or(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn after(requests: u32, bytes: u64, now: &str) -> Spent {
        let mut spent = Spent::default();
        for _ in 0..requests {
            spent.count(bytes, at(now));
        }
        spent
    }

    const NONE: Amount = Amount { requests: 0, bytes: 0 };

    #[test]
    fn limits_are_reached_and_lifted() {
        let budget = Budget {
            day: Limit { requests: Some(10), bytes: Some(1000) },
            month: Limit { requests: None, bytes: Some(5000) },
        };
        let noon = "2026-12-31T12:00:00Z";
        assert_eq!(budget.allows(&after(9, 10, noon), NONE, at(noon)), Ok(()));
        let day = Exhausted { limit: "requests a day", until: at("2027-01-01T00:00:00Z") };
        assert_eq!(budget.allows(&after(10, 10, noon), NONE, at(noon)), Err(day));
        let bytes = Exhausted { limit: "bytes a day", ..day };
        assert_eq!(budget.allows(&after(2, 500, noon), NONE, at(noon)), Err(bytes));
        let early = "2026-11-24T10:00:00Z";
        let month = Exhausted { limit: "bytes a month", until: at("2026-12-01T00:00:00Z") };
        assert_eq!(budget.allows(&after(1, 5000, early), NONE, at(early)), Err(month));
        assert_eq!(budget.allows(&after(1, 5000, early), NONE, at("2026-12-01T00:00:00Z")), Ok(()));
        assert_eq!(Budget::default().allows(&after(50, u64::MAX, noon), NONE, at(noon)), Ok(()));
    }

    #[test]
    fn revisits_leave_what_new_articles_will_need() {
        let budget = Budget { day: Limit { requests: Some(10), bytes: None }, month: Limit::default() };
        let noon = "2026-11-24T12:00:00Z";
        let spent = after(6, 1, noon);
        let reserve = Amount { requests: 4, bytes: 0 };
        assert!(budget.allows(&spent, NONE, at(noon)).is_ok() && budget.allows(&spent, reserve, at(noon)).is_err());
    }

    #[test]
    fn a_new_day_keeps_the_month_and_a_clock_set_back_gives_nothing_back() {
        let spent = after(3, 7, "2026-11-24T23:59:59Z");
        let tomorrow = spent.as_of(at("2026-11-25T00:00:00Z"));
        assert_eq!((tomorrow.day, tomorrow.month), (NONE, Amount { requests: 3, bytes: 21 }));
        assert_eq!(spent.as_of(at("2026-12-01T00:00:00Z")).month, NONE);
        assert_eq!(spent.as_of(at("2026-11-20T00:00:00Z")).day, spent.day);
    }
}
