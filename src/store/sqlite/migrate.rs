//! The schema's numbered steps, each one transaction; `user_version` counts them.

use std::path::Path;

use rusqlite::Connection;

use super::row::at;
use super::standing;
use crate::store::{Result, StoreError};

/// Never edited once released: a change is a new folder.
const STEPS: [&str; 1] = [concat!(
    include_str!("migrations/0001/facts.sql"),
    include_str!("migrations/0001/readings.sql"),
    include_str!("migrations/0001/seals.sql"),
    include_str!("migrations/0001/state.sql"),
    include_str!("migrations/0001/views.sql"),
    include_str!("migrations/0001/health.sql"),
)];

/// What every table and column means; rewritten at each step, so that it is always this binary's own words.
const ABOUT: &str = concat!(
    include_str!("migrations/about/archive.sql"),
    include_str!("migrations/about/facts.sql"),
    include_str!("migrations/about/readings.sql"),
    include_str!("migrations/about/seals.sql"),
    include_str!("migrations/about/state.sql"),
    include_str!("migrations/about/views.sql"),
    include_str!("migrations/about/health.sql"),
);

/// "griot" in ASCII, cut to four letters: marks the file as ours.
pub(super) const APPLICATION_ID: i64 = 0x6772_696f;

fn number(connection: &Connection, pragma: &str) -> Result<i64> {
    connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0)).map_err(at("reading the schema's number"))
}

/// Refuses, without a write, a file that a newer griot or another program made, or that cannot be read.
pub(super) fn refuse_newer_or_foreign(connection: &Connection, path: &Path) -> Result<()> {
    let found = number(connection, "user_version").map_err(|e| broken(e, path))?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(at("reading the schema"))
        .map_err(|e| broken(e, path))?;
    if number(connection, "application_id")? != APPLICATION_ID && tables > 0 {
        return Err(standing::foreign(path));
    }
    refuse_newer(path, found)
}

/// Refuses the number of a schema that this griot does not know.
pub(super) fn refuse_newer(path: &Path, found: i64) -> Result<()> {
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    if found > known { Err(StoreError::Newer { path: path.to_path_buf(), found, known }) } else { Ok(()) }
}

/// Refuses a database without tables, to those who would read them.
pub(super) fn refuse_unmade(connection: &Connection, folder: &Path) -> Result<()> {
    match number(connection, "user_version")? {
        0 => Err(StoreError::Absent(folder.to_path_buf())),
        _ => Ok(()),
    }
}

/// Damage that is met in opening: nothing was asked of the rows yet.
fn broken(error: StoreError, path: &Path) -> StoreError {
    match error {
        StoreError::Damaged(reason) => StoreError::Broken { path: path.to_path_buf(), reason },
        other => other,
    }
}

/// An empty database with the schema as it should be.
pub(super) fn model() -> Result<Connection> {
    let mut connection = Connection::open_in_memory().map_err(at("making the schema to compare"))?;
    up(&mut connection, Path::new(":memory:"))?;
    Ok(connection)
}

/// Takes the steps that are missing.
pub(super) fn up(connection: &mut Connection, path: &Path) -> Result<()> {
    let done = usize::try_from(number(connection, "user_version")?)
        .map_err(|_| StoreError::NotAnArchive(path.to_path_buf()))?;
    for (index, step) in STEPS.iter().enumerate().skip(done) {
        let transaction = connection.transaction().map_err(at("bringing the schema up to date"))?;
        let stamp = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {};", index + 1);
        for part in [*step, ABOUT, &stamp] {
            transaction.execute_batch(part).map_err(at("bringing the schema up to date"))?;
        }
        transaction.commit().map_err(at("bringing the schema up to date"))?;
    }
    Ok(())
}
