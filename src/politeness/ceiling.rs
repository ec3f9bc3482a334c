//! The whole process's ceiling: however many sites are crawled side by side, the line is not flooded.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

/// Requests a second over all pace groups, by the generic cell rate algorithm (ITU-T I.371).
#[derive(Debug)]
pub struct Ceiling {
    limiter: DefaultDirectRateLimiter,
    clock: DefaultClock,
}

impl Ceiling {
    /// At most `per_second` requests in any second.
    #[must_use]
    pub fn new(per_second: NonZeroU32) -> Self {
        Self { limiter: RateLimiter::direct(Quota::per_second(per_second)), clock: DefaultClock::default() }
    }

    /// Counts one request that leaves now.
    ///
    /// # Errors
    /// How long to wait before asking again; nothing is counted then.
    pub fn take(&self) -> Result<(), Duration> {
        self.limiter.check().map_err(|not_yet| not_yet.wait_time_from(self.clock.now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_the_ceiling_waits() {
        let ceiling = Ceiling::new(NonZeroU32::new(2).unwrap());
        assert_eq!((ceiling.take(), ceiling.take()), (Ok(()), Ok(())));
        let wait = ceiling.take().unwrap_err();
        assert!(wait > Duration::ZERO && wait <= Duration::from_millis(500), "{wait:?}");
    }
}
