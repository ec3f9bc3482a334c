//! Small agreements on how values stand in rows, and how engine errors become the store's.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode};
use url::Url;
use uuid::Uuid;

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
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged(format!("{doing}: {error}")),
        _ => StoreError::Engine { doing, reason: error.to_string() },
    }
}

/// Puts the archive's own path into errors that only know the file's name.
pub(super) fn name_disk(error: StoreError, path: &Path) -> StoreError {
    match error {
        StoreError::Full(_) => StoreError::Full(path.to_path_buf()),
        other => other,
    }
}

/// Durability first: a commit is on the disk before it is answered.
pub(super) fn set_up(connection: &Connection) -> Result<()> {
    let set = |name, value: &dyn rusqlite::ToSql| connection.pragma_update(None, name, value);
    connection.busy_timeout(BUSY).map_err(at("setting up the archive"))?;
    connection
        .query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0))
        .map_err(at("switching to a write-ahead log"))?;
    set("synchronous", &"FULL").map_err(at("setting up the archive"))?;
    set("foreign_keys", &true).map_err(at("setting up the archive"))?;
    set("trusted_schema", &false).map_err(at("setting up the archive"))?;
    connection
        .query_row(&format!("PRAGMA journal_size_limit = {LOG_BYTES}"), [], |_| Ok(()))
        .map_err(at("setting up the archive"))?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
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
