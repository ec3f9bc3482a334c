//! The database opened to be read: beside a writer, without one, and in a folder where nothing may be written.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};
use url::Url;

use super::row::{BUSY, Journal, at};
use super::standing::{self, Standing};
use super::{FILE, migrate};
use crate::store::{Result, StoreError};

/// Opens the database for reading only.
///
/// # Errors
/// [`StoreError::Absent`], [`StoreError::Lost`], [`StoreError::Broken`], [`StoreError::Denied`],
/// [`StoreError::NotAnArchive`], [`StoreError::Newer`], or the engine's.
pub(super) fn to_read(folder: &Path) -> Result<Connection> {
    let path = folder.join(FILE);
    let Standing::Database { log } = standing::of(folder)? else {
        return Err(StoreError::Absent(folder.to_path_buf()));
    };
    let connection = match Journal::of(folder) {
        Journal::Ahead => beside_a_log(&path)?,
        Journal::Rollback => over_a_network(&path, log)?,
    };
    migrate::refuse_newer_or_foreign(&connection, &path)?;
    migrate::refuse_unmade(&connection, folder)?;
    connection.pragma_update(None, "trusted_schema", false).map_err(at("opening the archive"))?;
    Ok(connection)
}

/// Did the last run not come to its end? A database without runs has none.
pub(super) fn has_open_run(connection: &Connection) -> bool {
    connection.query_row("SELECT 1 FROM run WHERE ended_at IS NULL LIMIT 1", [], |_| Ok(())).is_ok()
}

/// Looks through the pages of a database whose last writer was cut off, before anything is written over the damage.
///
/// # Errors
/// [`StoreError::Broken`].
pub(super) fn refuse_unsound(connection: &Connection, path: &Path) -> Result<()> {
    let broken = |reason: String| StoreError::Broken { path: path.to_path_buf(), reason };
    match connection.query_row("PRAGMA quick_check(1)", [], |r| r.get::<_, String>(0)) {
        Ok(said) if said == "ok" => Ok(()),
        Ok(said) => Err(broken(said)),
        Err(error) => Err(match at("looking through the archive")(error) {
            StoreError::Damaged(reason) => broken(reason),
            other => other,
        }),
    }
}

fn beside_a_log(path: &Path) -> Result<Connection> {
    let connection = open(path, "").map_err(at("opening the archive"))?;
    if !needs_a_writable_folder(&connection) {
        return Ok(connection);
    }
    refuse_lost_commits(path)?;
    open(path, "?immutable=1").map_err(at("opening the archive"))
}

/// No log and no shared memory there; and a file that others may write to is never immutable.
fn over_a_network(path: &Path, log: bool) -> Result<Connection> {
    let say = |reason: &str| StoreError::Engine { doing: "opening the archive", reason: reason.to_owned() };
    if log {
        return Err(say(
            "it was last written on a local disk, and its log cannot be read on a network file system; let \
                        `griot crawl --allow-network-fs` bring it over, or copy it to a local disk",
        ));
    }
    let connection = open(path, "").map_err(at("opening the archive"))?;
    match connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())) {
        Ok(()) => Ok(connection),
        Err(error) => Err(match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy) => StoreError::Busy {
                path: path.to_path_buf(),
                why: ", and on a network file system nobody can look while a crawl runs",
            },
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly) => {
                say("a crawl was cut off in the middle of a commit, and only a crawl can undo what it left; run one")
            }
            _ => at("opening the archive")(error),
        }),
    }
}

fn open(path: &Path, how: &str) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let whole = path.canonicalize().ok().and_then(|path| Url::from_file_path(path).ok());
    let connection = match whole {
        Some(url) => Connection::open_with_flags(format!("{url}{how}"), flags)?,
        None => Connection::open_with_flags(path, flags)?,
    };
    connection.busy_timeout(BUSY)?;
    Ok(connection)
}

/// Readers share an index of the write-ahead log, a file beside the database that the first of them makes. Where it may
/// not be made, and no writer has made it, the engine gives up.
fn needs_a_writable_folder(connection: &Connection) -> bool {
    let tried = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    let code = tried.err().and_then(|e| e.sqlite_error_code());
    matches!(code, Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

/// The file alone tells everything only if the log beside it is empty.
fn refuse_lost_commits(path: &Path) -> Result<()> {
    let log = path.with_file_name(format!("{FILE}-wal"));
    match log.metadata() {
        Ok(log) if log.len() > 0 => Err(StoreError::Engine {
            doing: "opening the archive",
            reason: "its last commits are in archive.sqlite-wal, which cannot be read in a folder that may not be \
                     written; copy the archive to one that may"
                .to_owned(),
        }),
        _ => Ok(()),
    }
}
