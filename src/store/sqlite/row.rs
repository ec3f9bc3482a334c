//! Small agreements on how values stand in rows, and how engine errors become the store's.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode};
use url::Url;
use uuid::Uuid;

use crate::disk;
use crate::model::instant;
use crate::store::{Result, StoreError};

/// How long a reader or writer waits for the other.
pub(super) const BUSY: Duration = Duration::from_secs(10);

/// The log is cut back to this after a checkpoint.
const LOG_BYTES: i64 = 64 << 20;

/// Names what was being done when the engine failed.
pub(super) fn at(doing: &'static str) -> impl FnOnce(rusqlite::Error) -> StoreError {
    move |error| match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full(super::FILE.into()),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            StoreError::Busy { path: super::FILE.into(), why: "" }
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Damaged(format!("{doing}: {error}")),
        _ => StoreError::Engine { doing, reason: error.to_string() },
    }
}

/// Puts the archive's own path into errors that only know the file's name.
pub(super) fn name_disk(error: StoreError, path: &Path) -> StoreError {
    match error {
        StoreError::Full(_) => StoreError::Full(path.to_path_buf()),
        StoreError::Busy { why, .. } => StoreError::Busy { path: path.to_path_buf(), why },
        other => other,
    }
}

/// How commits reach the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Journal {
    /// A write-ahead log, on a local disk: readers read on while a crawl writes.
    Ahead,
    /// On a network file system, whose machines share no memory for a log's index and whose locks are slow to tell: a
    /// rollback journal, and the file for this process alone.
    Rollback,
}

impl Journal {
    /// What the disk of an archive allows.
    pub(super) fn of(folder: &Path) -> Self {
        match disk::network(folder) {
            Ok(Some(_)) => Self::Rollback,
            // A disk that does not tell its kind was let in by its owner.
            Ok(None) | Err(_) => Self::Ahead,
        }
    }
}

/// To be said before anything is read: a log left by a local disk is then read without shared memory.
pub(super) fn set_up_lock(connection: &Connection, journal: Journal) -> Result<()> {
    connection.busy_timeout(BUSY).map_err(at("setting up the archive"))?;
    match journal {
        Journal::Ahead => Ok(()),
        Journal::Rollback => must_say(connection, "PRAGMA locking_mode = EXCLUSIVE", "exclusive"),
    }
}

/// Durability first: a commit is on the disk before it is answered.
pub(super) fn set_up(connection: &Connection, journal: Journal) -> Result<()> {
    let set = |name, value: &dyn rusqlite::ToSql| connection.pragma_update(None, name, value);
    match journal {
        Journal::Ahead => {
            must_say(connection, "PRAGMA journal_mode = WAL", "wal")?;
            set("synchronous", &"FULL").map_err(at("setting up the archive"))?;
        }
        Journal::Rollback => {
            must_say(connection, "PRAGMA journal_mode = DELETE", "delete")?;
            // The journal's name goes from its folder safely too: that is the commit.
            set("synchronous", &"EXTRA").map_err(at("setting up the archive"))?;
        }
    }
    set("foreign_keys", &true).map_err(at("setting up the archive"))?;
    set("trusted_schema", &false).map_err(at("setting up the archive"))?;
    connection
        .query_row(&format!("PRAGMA journal_size_limit = {LOG_BYTES}"), [], |_| Ok(()))
        .map_err(at("setting up the archive"))?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// The engine answers with what it did, which may be another thing than it was told.
fn must_say(connection: &Connection, pragma: &str, word: &str) -> Result<()> {
    let said: String = connection.query_row(pragma, [], |row| row.get(0)).map_err(at("setting up the archive"))?;
    if said == word {
        return Ok(());
    }
    Err(StoreError::Engine { doing: "setting up the archive", reason: format!("`{pragma}` gave {said}") })
}

/// An instant as it stands in a row.
pub(super) fn instant(text: &str) -> Result<Timestamp> {
    instant::read(text).map_err(|e| StoreError::Damaged(e.to_string()))
}

/// An instant that may be absent.
pub(super) fn maybe_instant(text: Option<String>) -> Result<Option<Timestamp>> {
    text.map(|t| instant(&t)).transpose()
}

/// A URL as it stands in a row.
pub(super) fn url(text: &str) -> Result<Url> {
    Url::parse(text).map_err(|e| StoreError::Damaged(format!("`{text}` is no URL ({e})")))
}

/// A record's name as it stands in a row.
pub(super) fn uuid(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|e| StoreError::Damaged(format!("`{text}` is no record id ({e})")))
}

/// A count for `SQLite`, which knows signed integers only.
pub(super) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A count from `SQLite`.
pub(super) fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
