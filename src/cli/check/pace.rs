//! A check asks the site itself, so it keeps the site's pace in the archive though nothing else of it is kept there.

use std::path::Path;
use std::time::Duration;

use crate::archive::Lock;
use crate::cli::Failure;
use crate::cli::opening;
use crate::cli::reader::{failed, reader};
use crate::clock::{Clock, SystemClock};
use crate::model::timeline::CONFIRM_AFTER;
use crate::politeness::pace::PaceState;
use crate::profile;
use crate::store::sqlite::{FILE, SqliteStore};
use crate::store::{PaceRow, Store};

/// The group's pace in the archive that the check is not kept in: asked by either, the site is asked.
pub(super) struct Pace<'a> {
    archive: Option<(SqliteStore, Lock)>,
    group: &'a profile::Pace,
}

impl<'a> Pace<'a> {
    pub(super) fn of(archive: &Path, group: &'a profile::Pace) -> Result<Self, Failure> {
        if !archive.join(FILE).is_file() {
            return Ok(Self { archive: None, group });
        }
        let lock = Lock::take(archive, "check", false).map_err(|e| opening::failure(&e))?;
        Ok(Self { archive: Some((store(archive)?, lock)), group })
    }

    /// Does an archive remember it?
    pub(super) fn is_kept(&self) -> bool {
        self.archive.is_some()
    }

    /// Gives the trial the pace as it stands, and says in the archive that the site is being asked: should the check be
    /// killed, the next crawl waits.
    pub(super) async fn hand_over(&self, trial: &Path) -> Result<(), Failure> {
        let Some((archive, _)) = &self.archive else { return Ok(()) };
        let kept = archive.pace(self.group.group.clone()).await.map_err(failed)?;
        if let Some(row) = kept.clone() {
            store(trial)?.keep_pace(row).await.map_err(failed)?;
        }
        let now = SystemClock.now();
        let fresh = || {
            let state = serde_json::to_string(&PaceState::new(self.group.delay, now)).unwrap_or_default();
            PaceRow { name: self.group.group.clone(), next_allowed: now, state }
        };
        archive.keep_pace(under_way(kept.unwrap_or_else(fresh), true)).await.map_err(failed)
    }

    /// Brings back what the trial has learnt of the site's pace so far.
    pub(super) async fn take_back(&self, trial: &Path, goes_on: bool) -> Result<(), Failure> {
        let Some((archive, _)) = &self.archive else { return Ok(()) };
        let learnt = reader(trial)?.pace(&self.group.group).map_err(failed)?;
        let kept = archive.pace(self.group.group.clone()).await.map_err(failed)?;
        let Some(pace) = learnt.or(kept) else { return Ok(()) };
        archive.keep_pace(under_way(pace, goes_on)).await.map_err(failed)
    }
}

/// Waits until the site may be asked again, where no archive remembers that it was: whatever comes next is as polite as
/// if one did.
pub(super) async fn outwait(trial: &Path, group: &str) -> Result<(), Failure> {
    /// A longer silence than this nobody waits for in front of a screen; it is told instead.
    const PATIENCE: Duration = Duration::from_mins(1);
    let Some(pace) = reader(trial)?.pace(group).map_err(failed)? else { return Ok(()) };
    let wait = pace.next_allowed.duration_since(SystemClock.now());
    let wait = Duration::try_from(wait).unwrap_or_default();
    if wait > PATIENCE {
        eprintln!(
            "the site may be asked again from {} on: no archive remembers that, so do not crawl before",
            pace.next_allowed
        );
    } else {
        tokio::time::sleep(wait).await;
    }
    Ok(())
}

fn store(folder: &Path) -> Result<SqliteStore, Failure> {
    SqliteStore::open(folder, SystemClock.now(), CONFIRM_AFTER).map_err(failed)
}

/// The pace with the mark that somebody asks; one that cannot be read is kept as it is.
fn under_way(row: PaceRow, goes_on: bool) -> PaceRow {
    let read: Option<PaceState> = serde_json::from_str(&row.state).ok();
    let state = read.and_then(|pace| serde_json::to_string(&PaceState { under_way: goes_on, ..pace }).ok());
    PaceRow { state: state.unwrap_or(row.state), ..row }
}
