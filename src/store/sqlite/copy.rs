//! A whole copy of the database for other tools, taken while a writer goes on.

use std::path::Path;

use rusqlite::{Connection, params};

use super::row::{at, name_disk};
use crate::store::{Result, StoreError};

/// State: what this archive needs to go on, and what tells a reader nothing about a newspaper.
const STATE: [&str; 3] = ["frontier", "pace", "pattern"];

/// Copies the archive in `folder` as one instant shows it into `to`: an empty file that nobody else writes, named by an
/// absolute path. The state tables stay behind; `note` goes into `about` and tells what the copy is.
///
/// The archive is only read. The copy is whole, checked and out of any log mode; bringing it onto the disk is the
/// caller's.
///
/// # Errors
/// [`StoreError::Full`] and [`StoreError::Damaged`] name what they say; or the engine's.
pub fn copy(folder: &Path, to: &Path, note: &str) -> Result<()> {
    let path = to.to_str().ok_or_else(|| StoreError::Engine {
        doing: "naming the copy",
        reason: format!("{} is not UTF-8", to.display()),
    })?;
    let source = super::open::to_read(folder)?;
    let full = |e: StoreError| name_disk(e, to);
    source.execute("VACUUM INTO ?1", [path]).map_err(at("copying the archive")).map_err(full)?;
    drop(source);
    let copy = Connection::open(to).map_err(at("opening the copy"))?;
    leave_state_behind(&copy, note).map_err(at("finishing the copy")).map_err(full)?;
    refuse_unsound(&copy)?;
    copy.close().map_err(|(_, e)| at("closing the copy")(e))
}

fn leave_state_behind(copy: &Connection, note: &str) -> rusqlite::Result<()> {
    // Nobody else sees this file yet, so its journal may die with the process.
    copy.query_row("PRAGMA journal_mode = MEMORY", [], |_| Ok(()))?;
    // Deleted rows are written over: what stays behind stays behind.
    copy.query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))?;
    copy.execute_batch("BEGIN")?;
    for table in STATE {
        copy.execute(&format!("DELETE FROM {table}"), [])?;
    }
    copy.execute("INSERT OR REPLACE INTO about (name, field, meaning) VALUES ('griot', 'export', ?1)", params![note])?;
    copy.execute_batch("COMMIT")
}

fn refuse_unsound(copy: &Connection) -> Result<()> {
    let said: String =
        copy.query_row("PRAGMA integrity_check(1)", [], |r| r.get(0)).map_err(at("checking the copy"))?;
    if said == "ok" { Ok(()) } else { Err(StoreError::Damaged(said)) }
}
