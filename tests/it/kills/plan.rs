//! Where the kills fall.

use crate::support::faults::Fault;

/// The work that a kill interrupts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// A record on its way into a WARC file.
    Append,
    /// The file on its way to the disk.
    Sync,
    /// The rows.
    Commit,
    /// One file closed, the next one begun.
    Rotation,
    /// The server has the request; from outside the process.
    Answer,
}

/// One kill.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kill {
    pub(super) phase: Phase,
    /// `None`: from outside, while the server holds its answer back.
    pub(super) fault: Option<Fault>,
}

impl Kill {
    /// Does it fall before the last answer's record is whole in its file? A file may be synced for the last time, and
    /// another begun, between the two records of a 304.
    pub(super) fn may_lose_its_answer(&self) -> bool {
        self.phase != Phase::Commit && self.fault.is_none_or(|fault| fault.path != LOG)
    }
}

const WARC: &str = ".warc.gz";
const LOG: &str = "archive.sqlite-wal";

const fn append(nth: u32, what: &'static str) -> Kill {
    Kill { phase: Phase::Append, fault: Some(Fault::at("write", WARC, nth, what)) }
}

const fn sync(nth: u32, what: &'static str) -> Kill {
    Kill { phase: Phase::Sync, fault: Some(Fault::at("fdatasync", WARC, nth, what)) }
}

const fn commit(call: &'static str, nth: u32, what: &'static str) -> Kill {
    Kill { phase: Phase::Commit, fault: Some(Fault::at(call, LOG, nth, what)) }
}

const fn rotation(call: &'static str, path: &'static str, nth: u32, what: &'static str) -> Kill {
    Kill { phase: Phase::Rotation, fault: Some(Fault::at(call, path, nth, what).since_new_file()) }
}

const ANSWER: Kill = Kill { phase: Phase::Answer, fault: None };

/// The first two writes of a run are the file's warcinfo and the first visit's record; one sync of the log ends a commit.
const APPEND: [Kill; 12] = [
    append(1, "before"),
    append(1, "torn"),
    append(1, "after"),
    append(2, "before"),
    append(2, "torn"),
    append(2, "after"),
    append(3, "before"),
    append(3, "torn"),
    append(3, "after"),
    append(2, "torn"),
    append(4, "torn"),
    append(4, "after"),
];
const SYNC: [Kill; 10] = [
    sync(1, "before"),
    sync(1, "after"),
    sync(2, "before"),
    sync(2, "after"),
    sync(1, "before"),
    sync(1, "after"),
    sync(2, "before"),
    sync(2, "after"),
    sync(1, "before"),
    sync(1, "after"),
];
const COMMIT: [Kill; 12] = [
    commit("write", 1, "before"),
    commit("write", 1, "torn"),
    commit("write", 2, "torn"),
    commit("write", 3, "after"),
    commit("write", 7, "before"),
    commit("write", 12, "torn"),
    commit("fsync", 1, "before"),
    commit("fsync", 1, "after"),
    commit("write", 20, "torn"),
    commit("write", 30, "before"),
    commit("fsync", 2, "before"),
    commit("fsync", 2, "after"),
];
/// The new file's own sync and its folder's; then the commit, and the closed file's row with a commit of its own.
const ROTATION: [Kill; 12] = [
    rotation("create", WARC, 1, "before"),
    rotation("create", WARC, 1, "after"),
    rotation("write", WARC, 1, "torn"),
    rotation("write", WARC, 1, "after"),
    rotation("write", WARC, 2, "torn"),
    rotation("fsync", WARC, 1, "before"),
    rotation("fsync", WARC, 1, "after"),
    rotation("fsync-folder", "/warc", 1, "before"),
    rotation("fsync-folder", "/warc", 1, "after"),
    rotation("fsync", LOG, 1, "after"),
    rotation("fsync", LOG, 2, "before"),
    rotation("fsync", LOG, 2, "after"),
];

/// One of each kind in turn, until all have fallen.
fn mixed(kinds: &[&[Kill]]) -> Vec<Kill> {
    let most = kinds.iter().map(|kind| kind.len()).max().unwrap_or(0);
    (0..most).flat_map(|n| kinds.iter().filter_map(move |kind| kind.get(n).copied())).collect()
}

/// While everything is new. The first kill leaves robots.txt recorded and without its rows.
pub(super) fn first_crawl() -> Vec<Kill> {
    mixed(&[&COMMIT, &APPEND, &SYNC, &ROTATION, &[ANSWER; 6]])
}

/// While most answers are 304 or the same bytes again: two records a visit, or one that repeats another.
pub(super) fn revisits() -> Vec<Kill> {
    mixed(&[&APPEND[3..8], &SYNC[..4], &COMMIT[2..6], &ROTATION[2..6], &[ANSWER; 1]])
}
