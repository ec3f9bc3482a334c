//! What the reading commands share: an archive opened to be read, and its errors with their exit codes.

use std::path::Path;

use super::{Exit, Failure};
use crate::store::StoreError;
use crate::store::sqlite::Reader;

/// Opens an archive for reading.
pub(super) fn reader(archive: &Path) -> Result<Reader, Failure> {
    Reader::open(archive).map_err(failed)
}

/// Opens an archive for reading, if there is one.
pub(super) fn reader_if_any(archive: &Path) -> Result<Option<Reader>, Failure> {
    match Reader::open(archive) {
        Ok(reader) => Ok(Some(reader)),
        Err(StoreError::Absent(_)) => Ok(None),
        Err(error) => Err(failed(error)),
    }
}

/// Refuses a site that the archive has nothing of: a mistyped name finds nothing, and says nothing.
pub(super) fn known_site(reader: &Reader, archive: &Path, site: Option<&str>) -> Result<(), Failure> {
    let Some(site) = site else { return Ok(()) };
    let known = reader.sites_read().map_err(failed)?;
    if known.iter().any(|name| name == site) {
        return Ok(());
    }
    let words = format!("{site} is not in {}; it has: {}", archive.display(), known.join(", "));
    Err(Failure::new(Exit::Failed, words))
}

/// Gives a store error its exit code.
pub(super) fn failed(error: StoreError) -> Failure {
    Failure::new(exit_of(&error), error)
}

/// The exit code of a store error, whichever command meets it.
pub(super) fn exit_of(error: &StoreError) -> Exit {
    match error {
        StoreError::Newer { .. } | StoreError::NotAnArchive(_) | StoreError::Absent(_) | StoreError::Denied(_) => {
            Exit::Configuration
        }
        StoreError::Damaged(_) | StoreError::Lost { .. } | StoreError::Broken { .. } => Exit::Damage,
        StoreError::Full(_) => Exit::DiskFull,
        StoreError::Busy { .. } => Exit::Held,
        StoreError::OldSqlite(_) | StoreError::Stale | StoreError::Engine { .. } => Exit::Failed,
    }
}
