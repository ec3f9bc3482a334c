//! One pace group's turn: nobody passes before the group's delay is over.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};

use super::CrawlError;
use super::context::{Context, Stop};
use super::report::Event;
use crate::model::answer::{Answer, Wire};
use crate::politeness::pace::{PaceState, Sign};
use crate::profile::Pace;
use crate::store::{PaceRow, StoreError};

/// A run does not wait for longer than this: the next one goes on.
pub const PATIENCE: Duration = Duration::from_mins(5);

/// Waits from here on are told.
const WORTH_TELLING: Duration = Duration::from_secs(15);

/// The pace of one group, in memory and in the archive.
pub(super) struct Turnstile {
    context: Arc<Context>,
    group: String,
    pace: Mutex<PaceState>,
    /// By the clock that nobody sets: what wall time says is only believed across runs.
    open_at: Mutex<Instant>,
}

impl Turnstile {
    /// Takes up the group's pace where the last run left it.
    ///
    /// # Errors
    /// The store's.
    pub(super) async fn open(context: Arc<Context>, group: &str, delay: Duration) -> Result<Self, CrawlError> {
        let now = context.clock.now();
        let mut pace = kept(&context, group, delay).await?;
        if let Some(killed_at) = context.killed_at {
            pace.after_unclean_end(killed_at);
        }
        let open_at = Instant::now() + pace.wait(now);
        Ok(Self { context, group: group.to_owned(), pace: Mutex::new(pace), open_at: Mutex::new(open_at) })
    }

    /// Waits for the group's turn; `false` when the run stops, or the turn is further off than [`PATIENCE`].
    pub(super) async fn pass(&self) -> bool {
        let open_at = *self.open_at.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = open_at.saturating_duration_since(Instant::now());
        if wait >= WORTH_TELLING {
            self.context.tell(Event::Waiting { group: self.group.clone(), seconds: wait.as_secs() });
        }
        if wait > PATIENCE {
            self.context.leaves_some_for_later();
            return false;
        }
        let mut stop = self.context.stop.subscribe();
        tokio::select! {
            // Where the turn has come and the run ends, it ends.
            biased;
            _ = stop.wait_for(|s| *s != Stop::GoOn) => return false,
            () = self.turn(open_at) => {}
        }
        if self.context.stopped() != Stop::GoOn {
            return false;
        }
        let now = self.context.clock.now();
        self.pace.lock().unwrap_or_else(PoisonError::into_inner).before_request(now);
        true
    }

    /// The group's turn, and then the whole process's.
    async fn turn(&self, open_at: Instant) {
        sleep_until(open_at).await;
        while let Err(wait) = self.context.ceiling.take() {
            sleep(wait).await;
        }
    }

    /// The group's pace after an answer; to be kept with the visit.
    #[must_use]
    pub(super) fn answered(&self, answer: &Answer) -> PaceRow {
        let now = self.context.clock.now();
        self.context.purse.count(bytes_of(answer), now);
        let (row, wait) = {
            let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
            // While we may be offline, no silence tells that the group bears our pace badly.
            let sign = match &answer.wire {
                Wire::Failure(failure) if self.context.may_be_ours(failure.kind) => Sign::Silent,
                _ => Sign::of(answer, now),
            };
            pace.after_answer(sign, now);
            (row(&self.group, &pace), pace.wait(now))
        };
        self.close_for(wait);
        row
    }

    /// The group's pace after a request that nobody waited for any more; to be kept with the visit.
    #[must_use]
    pub(super) fn interrupted(&self) -> PaceRow {
        let now = self.context.clock.now();
        self.context.purse.count(0, now);
        let (row, wait) = {
            let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
            pace.after_answer(Sign::Silent, now);
            (row(&self.group, &pace), pace.wait(now))
        };
        self.close_for(wait);
        row
    }

    fn close_for(&self, wait: Duration) {
        let mut open_at = self.open_at.lock().unwrap_or_else(PoisonError::into_inner);
        *open_at = (*open_at).max(Instant::now() + wait);
    }

    /// Takes the delay that robots.txt asks for. A longer one counts from the last answer on.
    pub(super) fn set_delay(&self, delay: Duration) {
        let longer = self.pace.lock().unwrap_or_else(PoisonError::into_inner).set_delay(delay);
        *self.open_at.lock().unwrap_or_else(PoisonError::into_inner) += longer;
    }
}

/// The group's pace as the archive has it. A longer delay that robots.txt asked for stands until it is looked at again.
async fn kept(context: &Context, group: &str, delay: Duration) -> Result<PaceState, StoreError> {
    let row = context.store.pace(group.to_owned()).await?;
    let now = context.clock.now();
    // A state that another griot wrote may not be readable; the moment that it allows always is.
    let read = |row: PaceRow| {
        let fresh = || PaceState { next_allowed: row.next_allowed, ..PaceState::new(delay, now) };
        serde_json::from_str(&row.state).unwrap_or_else(|_| fresh())
    };
    let mut pace = row.map_or_else(|| PaceState::new(delay, now), read);
    pace.set_delay(delay.max(pace.delay));
    pace.taken_up_again(now);
    Ok(pace)
}

/// What an answer that a crash kept from the archive's pace means for it, long after it came.
///
/// # Errors
/// The store's.
pub(super) async fn caught_up(context: &Context, group: &Pace, answer: &Answer) -> Result<PaceRow, StoreError> {
    let ended = answer.asked_at.saturating_add(answer.took).unwrap_or(answer.asked_at);
    let mut pace = kept(context, &group.group, group.delay).await?;
    pace.after_answer(Sign::of(answer, ended), ended);
    Ok(row(&group.group, &pace))
}

fn row(group: &str, pace: &PaceState) -> PaceRow {
    // Plain numbers and instants: they can always be written.
    let state = serde_json::to_string(pace).unwrap_or_else(|_| "{}".into());
    PaceRow { name: group.to_owned(), next_allowed: pace.next_allowed, state }
}

fn bytes_of(answer: &Answer) -> u64 {
    match &answer.wire {
        Wire::Response(response) => response.body.len() as u64,
        Wire::Failure(_) => 0,
    }
}
