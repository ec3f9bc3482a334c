//! The pace of one group of hosts: when its next request may leave. Kept in the archive, so ten runs are as polite as one.

#[cfg(test)]
mod tests;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::retry_after::{MAX_WAIT, wait_asked};
use crate::model::answer::{Answer, FailureKind, Response, Wire};

/// The penalty of a group that behaves: hundredths, so that the state has no fractions.
pub const NO_PENALTY: u32 = 100;

/// A group is slowed down by this much at most.
pub const MAX_PENALTY: u32 = 64 * NO_PENALTY;

/// A penalty never makes the delay longer than this (a site's own longer delay stands).
pub const MAX_SLOWED: Duration = Duration::from_mins(15);

/// What each good answer takes off the penalty.
const RECOVERY: u32 = 25;

/// What an answer or its absence says about how the group bears our visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// An ordinary answer: 2xx, 3xx, 404 …
    Fine,
    /// "Slow down": 429 or 503, with the wait it asks for.
    TooMuch(Option<Duration>),
    /// The server labours: another 5xx, a time-out, a connection that breaks.
    Labouring,
    /// Nothing that our pace could have caused: refused, unknown name, TLS.
    Silent,
}

impl Sign {
    /// Reads the sign of an answer that ended at `now`.
    #[must_use]
    pub fn of(answer: &Answer, now: Timestamp) -> Self {
        match &answer.wire {
            Wire::Response(response) => Self::of_response(response, now),
            Wire::Failure(failure) => match failure.kind {
                FailureKind::Timeout | FailureKind::Reset => Self::Labouring,
                _ => Self::Silent,
            },
        }
    }

    fn of_response(response: &Response, now: Timestamp) -> Self {
        let asked = || wait_asked(response.header("retry-after")?, response.header("date"), now);
        match response.status {
            429 | 503 => Self::TooMuch(asked()),
            // Any status may carry the wish (RFC 9110 names 3xx); a wish is a wish.
            _ if asked().is_some_and(|wait| !wait.is_zero()) => Self::TooMuch(asked()),
            401 | 403 => Self::Silent,
            500..=599 => Self::Labouring,
            _ => Self::Fine,
        }
    }
}

/// One pace group's state. Serialisable; instants and whole numbers only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaceState {
    /// The delay in force without penalty: the profile's, or the longer one that robots.txt asks for.
    pub delay: Duration,
    /// By how much the delay is stretched, in hundredths: [`NO_PENALTY`]…[`MAX_PENALTY`].
    pub penalty: u32,
    /// No request leaves before.
    pub next_allowed: Timestamp,
    /// The server asked for silence until then.
    pub blocked_until: Option<Timestamp>,
    /// Somebody asks the group and has not said that they are done: who finds this set after them waits one full delay.
    #[serde(default)]
    pub under_way: bool,
    /// The delay that `next_allowed` holds already, however often the delay has changed since the last answer.
    #[serde(default)]
    pub held: Option<Duration>,
}

impl PaceState {
    /// A group that has never been asked: its first request may leave at `now`.
    #[must_use]
    pub fn new(delay: Duration, now: Timestamp) -> Self {
        Self { delay, penalty: NO_PENALTY, next_allowed: now, blocked_until: None, under_way: false, held: None }
    }

    /// From the end of an answer to the next request, penalty included.
    #[must_use]
    pub fn stretched(&self) -> Duration {
        let stretched = self.delay.saturating_mul(self.penalty.clamp(NO_PENALTY, MAX_PENALTY)) / NO_PENALTY;
        stretched.min(MAX_SLOWED).max(self.delay)
    }

    /// Takes the delay of today's profile and robots.txt. A longer one holds for the turn that is waited for already; says
    /// by how much that is put off.
    pub fn set_delay(&mut self, delay: Duration) -> Duration {
        let held = self.held.unwrap_or_else(|| self.stretched());
        self.delay = delay;
        let longer = self.stretched().saturating_sub(held);
        self.held = Some(held.saturating_add(longer));
        self.next_allowed = later(self.next_allowed, longer);
        longer
    }

    /// A request leaves at `now`: should its end never be recorded, the next one still waits a delay.
    pub fn before_request(&mut self, now: Timestamp) {
        self.put_off_a_delay(now);
    }

    /// The answer ended at `now`.
    pub fn after_answer(&mut self, sign: Sign, now: Timestamp) {
        match sign {
            Sign::Fine => self.penalty = self.penalty.saturating_sub(RECOVERY).max(NO_PENALTY),
            Sign::TooMuch(_) => self.penalty = self.penalty.saturating_mul(2).clamp(NO_PENALTY, MAX_PENALTY),
            Sign::Labouring => self.penalty = self.penalty.saturating_add(NO_PENALTY / 2).min(MAX_PENALTY),
            Sign::Silent => {}
        }
        if let Sign::TooMuch(Some(wait)) = sign {
            let wait = wait.min(MAX_WAIT);
            self.blocked_until = self.blocked_until.max(Some(later(now, wait)));
            self.put_off(now, wait);
        }
        self.put_off_a_delay(now);
    }

    /// The last run did not end as it should: what it asked last is not known, so one full delay passes first.
    pub fn after_unclean_end(&mut self, now: Timestamp) {
        self.put_off_a_delay(now);
    }

    /// Somebody took this pace up and may have been killed: then the end of their last request is not known.
    pub fn taken_up_again(&mut self, now: Timestamp) {
        if std::mem::take(&mut self.under_way) {
            self.after_unclean_end(now);
        }
    }

    /// How long to wait at `now` before the next request. A moment that lies further off than any wait this type makes
    /// means that the clock was set back: then one delay is waited.
    #[must_use]
    pub fn wait(&self, now: Timestamp) -> Duration {
        if self.is_ours(now) {
            Duration::try_from(self.next_allowed.duration_since(now)).unwrap_or_default()
        } else {
            self.stretched()
        }
    }

    fn put_off_a_delay(&mut self, now: Timestamp) {
        self.held = Some(self.stretched());
        self.put_off(now, self.stretched());
    }

    fn put_off(&mut self, now: Timestamp, by: Duration) {
        let at = later(now, by);
        self.next_allowed = if self.is_ours(now) { self.next_allowed.max(at) } else { at };
    }

    /// Is the next moment one that this type could have set by a clock that agrees with `now`?
    fn is_ours(&self, now: Timestamp) -> bool {
        self.next_allowed <= later(now, MAX_WAIT + self.stretched())
    }
}

fn later(now: Timestamp, by: Duration) -> Timestamp {
    SignedDuration::try_from(by).ok().and_then(|by| now.checked_add(by).ok()).unwrap_or(Timestamp::MAX)
}
