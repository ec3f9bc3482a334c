//! `griot export sqlite`: the file to hand on.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::place::{Claim, Misplaced, Place};
use crate::model::instant::written;
use crate::store::StoreError;
use crate::store::sqlite::copy;

/// An export on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Where, absolute.
    pub file: PathBuf,
    /// Its size.
    pub bytes: u64,
}

/// Why there is no export. No part of one is left.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It may not be written there.
    #[error(transparent)]
    Misplaced(#[from] Misplaced),
    /// Another export to the same file is under way.
    #[error("another export is writing {0}; try again when it has ended")]
    Busy(PathBuf),
    /// The archive, or the copy's own pages.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The disk's.
    #[error("{path}: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// The system's words.
        source: std::io::Error,
    },
}

/// Writes the archive's database as one instant shows it into `file`: one file, no log beside it, checked, synced, and
/// under its name only when it is whole. Replaces a file that is there only if `force` is said.
///
/// # Errors
/// See [`ExportError`].
pub fn sqlite(archive: &Path, file: &Path, force: bool, now: Timestamp) -> Result<Exported, ExportError> {
    let fail = |source| ExportError::File { path: file.to_path_buf(), source };
    let place = match Place::claim(archive, file, force)?.map_err(fail)? {
        Claim::Ours(place) => place,
        Claim::Busy => return Err(ExportError::Busy(file.to_path_buf())),
    };
    copy(archive, place.part(), &note(now)).map_err(|e| match e {
        StoreError::Full(_) => StoreError::Full(file.to_path_buf()),
        other => other,
    })?;
    let file = place.file().to_path_buf();
    let bytes = place.finish().map_err(fail)?;
    Ok(Exported { file, bytes })
}

/// What the file says of itself.
fn note(now: Timestamp) -> String {
    format!(
        "A copy made by griot {} at {}. The tables of state (frontier, pace, pattern) are the archive's own and are empty \
         here; the WARC files that warc_file names were not copied with it.",
        env!("CARGO_PKG_VERSION"),
        written(now)
    )
}
