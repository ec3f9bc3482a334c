//! Proves an archive: the rows agree with themselves, the histories with their readings, the rows with the records, and
//! every byte of the WARC files with its digests.
//!
//! Nothing is changed, and nothing ends the look at what can still be read: what cannot be is a finding. The rows are asked
//! in short reads and the files walked record by record, so that a crawl goes on beside it and the size of the archive is
//! no matter of memory.

use std::path::Path;

use super::WARC_FOLDER;
use crate::disk;
use crate::store::StoreError;
use crate::store::sqlite::{Reader, plain};

mod files;
mod histories;
mod record;

/// What the proof of an archive came to.
#[derive(Debug, Default)]
pub struct Proof {
    /// WARC files looked at.
    pub files: usize,
    /// Records read in them.
    pub records: usize,
    /// Everything that is wrong, in words for people.
    pub findings: Vec<String>,
    /// What is well, and yet to be known.
    pub notes: Vec<String>,
}

/// Proves the archive in `folder`.
///
/// # Errors
/// When there is no archive to be proven, or one of a newer griot. Damage is not an error but a finding.
pub fn prove(folder: &Path) -> Result<Proof, StoreError> {
    let mut proof = Proof::default();
    let warc = folder.join(WARC_FOLDER);
    let reader = match Reader::to_prove(folder) {
        Ok(reader) => reader,
        Err(error) if is_damage(&error) => {
            proof.findings.push(plain(&error));
            files::alone(&warc, &mut proof);
            return Ok(proof);
        }
        Err(error) => return Err(error),
    };
    // On a network file system a crawl would have the database for itself in the middle of this: so it waits.
    let _kept = match disk::network(folder) {
        Ok(Some(_)) => Some(Reader::open(folder).and_then(|reader| reader.identity().map(|_| reader))?),
        _ => None,
    };
    proof.findings.extend(reader.unsound());
    let moved = histories::disagreeing(&reader, &mut proof.findings);
    files::with_rows(&reader, &warc, &mut proof);
    // A crawl may have been between two commits.
    proof.findings.extend(histories::still_disagreeing(&reader, &moved));
    Ok(proof)
}

/// Is it the database that cannot be read, and not its absence or its age?
fn is_damage(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Damaged(_) | StoreError::Broken { .. } | StoreError::Lost { .. } | StoreError::Engine { .. }
    )
}
