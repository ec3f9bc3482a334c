//! What the reading commands share: an archive opened to be read, and its errors with their exit codes.

use std::path::Path;

use super::{Exit, Failure};
use crate::store::StoreError;
use crate::store::sqlite::{FILE, Reader};

/// Opens an archive for reading.
pub(super) fn reader(archive: &Path) -> Result<Reader, Failure> {
    refuse_absence(archive)?;
    Reader::open(archive).map_err(failed)
}

/// Says what to do where there is no archive.
pub(super) fn refuse_absence(archive: &Path) -> Result<(), Failure> {
    if !archive.join(FILE).exists() {
        let words = format!(
            "there is no archive in {}; name one with --archive DIR or GRIOT_ARCHIVE, or make it with `griot crawl SITE`",
            archive.display()
        );
        return Err(Failure::new(Exit::Configuration, words));
    }
    Ok(())
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
    let exit = match &error {
        StoreError::Newer { .. } | StoreError::NotAnArchive(_) => Exit::Configuration,
        StoreError::Damaged(_) => Exit::Damage,
        StoreError::Full(_) => Exit::DiskFull,
        _ => Exit::Failed,
    };
    Failure::new(exit, error)
}
