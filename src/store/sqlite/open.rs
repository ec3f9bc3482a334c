//! The database opened to be read: beside a writer, without one, and in a folder where nothing may be written.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};
use url::Url;

use super::row::{BUSY, at};
use super::{FILE, migrate};
use crate::store::{Result, StoreError};

/// Opens the database for reading only.
///
/// # Errors
/// [`StoreError::NotAnArchive`], [`StoreError::Newer`], or the engine's.
pub(super) fn to_read(folder: &Path) -> Result<Connection> {
    let path = folder.join(FILE);
    if !path.is_file() {
        return Err(StoreError::NotAnArchive(folder.to_path_buf()));
    }
    let mut connection = open(&path, "").map_err(at("opening the archive"))?;
    if needs_a_writable_folder(&connection) {
        refuse_lost_commits(&path)?;
        connection = open(&path, "?immutable=1").map_err(at("opening the archive"))?;
    }
    migrate::refuse_newer_or_foreign(&connection, &path)?;
    connection.pragma_update(None, "trusted_schema", false).map_err(at("opening the archive"))?;
    Ok(connection)
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
