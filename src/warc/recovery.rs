//! Mends the files after a crash: whole records past the committed length are facts and are adopted, the torn rest is
//! copied aside, synced, and only then cut.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::naming::serial;
use super::reader::{Fault, FaultKind, Reader, Stored};
use super::record::Record;
use super::verify::disagreements;
use super::writer::{Committed, Placed, WriteError, sync_folder};

/// One file after recovery: what it holds is whole, and the rows may follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// The file.
    pub path: PathBuf,
    /// Its length now.
    pub length: u64,
    /// The rows know it as closed.
    pub closed: bool,
    /// Whole records past the committed length, in their order: to be adopted.
    pub whole: Vec<Placed>,
    /// What was cut off.
    pub cut: Option<Cut>,
}

/// The torn end of a file, kept beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// Where it is kept.
    pub tail: PathBuf,
    /// How many bytes.
    pub bytes: u64,
    /// What was wrong with it.
    pub why: String,
}

/// Why a file could not be mended. Nothing was changed, or what was changed is named.
#[derive(Debug, thiserror::Error)]
pub enum RecoveryError {
    /// Committed bytes are missing: damage that nobody should repair silently.
    #[error(
        "{path} has {found} bytes but {committed} were committed: bring it back from a copy, or run `griot verify`"
    )]
    Short {
        /// The file.
        path: PathBuf,
        /// Its length; 0 when it is not there.
        found: u64,
        /// What the rows say.
        committed: u64,
    },
    /// A closed file has grown: somebody else wrote to it.
    #[error("{path} is closed at {committed} bytes but has {found}: something else wrote to it")]
    Grown {
        /// The file.
        path: PathBuf,
        /// Its length.
        found: u64,
        /// What the rows say.
        committed: u64,
    },
    /// Reading a record failed for the disk's reasons, so nothing is cut.
    #[error("{path} {fault}; nothing was cut")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Where and why.
        #[source]
        fault: Fault,
    },
    /// Copying or cutting failed.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl Recovered {
    /// The file as the rows should know it now. Of a closed file nothing changed.
    #[must_use]
    pub fn committed(&self) -> Committed {
        Committed { file: name_of(&self.path), length: self.length, closed: self.closed }
    }

    /// The records of [`Recovered::whole`] with their blocks, read one at a time.
    ///
    /// # Errors
    /// When the file cannot be opened or, an item's, when it was changed since.
    pub fn records(&self) -> Result<impl Iterator<Item = Result<(Placed, Record), Fault>>, Fault> {
        let from = self.whole.first().map_or(self.length, |placed| placed.offset);
        let reader = Reader::open(&self.path, from, Some(self.length))?;
        Ok(self.whole.iter().zip(reader).map(|(placed, stored)| {
            let stored = stored?;
            let damaged = |e| Fault { offset: placed.offset, kind: FaultKind::Damaged(format!("{e}")) };
            Ok((placed.clone(), stored.record().map_err(damaged)?))
        }))
    }
}

/// Recovers every file of the archive's own naming; those that the rows do not know are adopted from their beginning.
/// In the order of their names.
///
/// # Errors
/// At the first file that cannot be mended.
pub fn recover_folder(dir: &Path, archive: Uuid, committed: &[Committed]) -> Result<Vec<Recovered>, RecoveryError> {
    let mut files: Vec<Committed> = committed.to_vec();
    match std::fs::read_dir(dir) {
        Ok(entries) => {
            for entry in entries {
                let entry = entry.map_err(|e| WriteError::io(dir, e))?;
                let Ok(file) = entry.file_name().into_string() else { continue };
                if serial(archive, &file).is_some() && !committed.iter().any(|known| known.file == file) {
                    files.push(Committed { file, length: 0, closed: false });
                }
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(WriteError::io(dir, error).into()),
    }
    files.sort_by(|a, b| a.file.cmp(&b.file));
    files.iter().map(|known| recover_known(&dir.join(&known.file), known)).collect()
}

fn recover_known(path: &Path, known: &Committed) -> Result<Recovered, RecoveryError> {
    let found = length_of(path)?;
    if known.closed && found > known.length {
        return Err(RecoveryError::Grown { path: path.to_owned(), found, committed: known.length });
    }
    let recovered = recover(path, known.length)?;
    Ok(Recovered { closed: known.closed, ..recovered })
}

/// Recovers one file behind `committed_length`.
///
/// # Errors
/// When committed bytes are missing, or the disk fails.
pub fn recover(path: &Path, committed_length: u64) -> Result<Recovered, RecoveryError> {
    let found = length_of(path)?;
    if found < committed_length {
        return Err(RecoveryError::Short { path: path.to_owned(), found, committed: committed_length });
    }
    let mut recovered =
        Recovered { path: path.to_owned(), length: committed_length, closed: false, whole: Vec::new(), cut: None };
    if found == committed_length {
        return Ok(recovered);
    }
    let unreadable = |fault| RecoveryError::Unreadable { path: path.to_owned(), fault };
    let mut why = String::new();
    for stored in Reader::open(path, committed_length, None).map_err(unreadable)? {
        match stored {
            Ok(stored) => match whole(path, &stored, recovered.length) {
                Ok(placed) => {
                    recovered.length += placed.length;
                    recovered.whole.push(placed);
                }
                Err(words) => {
                    why = words;
                    break;
                }
            },
            Err(fault @ Fault { kind: FaultKind::Io(_), .. }) => return Err(unreadable(fault)),
            Err(fault) => {
                why = fault.kind.to_string();
                break;
            }
        }
    }
    if recovered.length < found {
        let tail = set_aside(path, recovered.length, found)?;
        cut(path, recovered.length)?;
        recovered.cut = Some(Cut { tail, bytes: found - recovered.length, why });
    }
    if !recovered.whole.is_empty() {
        make_safe(path, committed_length, recovered.length)?;
    }
    Ok(recovered)
}

/// A record that may be adopted stands where the last one ended, as griot writes, and agrees with its digests.
fn whole(path: &Path, stored: &Stored, expected: u64) -> Result<Placed, String> {
    if stored.offset != expected {
        return Err(format!("bytes that are no record stand from {expected} to {}", stored.offset));
    }
    let record = stored.record().map_err(|malformed| malformed.to_string())?;
    if let Some(words) = disagreements(stored, &record).into_iter().next() {
        return Err(words);
    }
    Ok(Placed {
        file: name_of(path),
        offset: stored.offset,
        length: stored.length,
        kind: record.kind,
        block_digest: super::digest::sha256(&record.block),
        record_id: record.id,
    })
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn length_of(path: &Path) -> Result<u64, WriteError> {
    match std::fs::metadata(path) {
        Ok(metadata) => Ok(metadata.len()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(WriteError::io(path, error)),
    }
}

/// Copies the bytes from `from` to `to` beside the file, under a name that was free, and makes the copy safe.
fn set_aside(path: &Path, from: u64, to: u64) -> Result<PathBuf, WriteError> {
    let (tail, mut copy) = free_tail(path)?;
    let copied = File::open(path).and_then(|mut file| {
        file.seek(SeekFrom::Start(from))?;
        let copied = io::copy(&mut file.take(to - from), &mut copy)?;
        copy.sync_all()?;
        if copied == to - from { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    });
    if let Err(error) = copied {
        // An unfinished copy that cannot be taken away does no harm: the next one gets a name of its own.
        drop(std::fs::remove_file(&tail));
        return Err(WriteError::io(&tail, error));
    }
    sync_folder(path.parent().unwrap_or(Path::new(".")))?;
    Ok(tail)
}

/// `<name>.tail`, or `<name>.tail.2` and so on: an older tail is never written over.
fn free_tail(path: &Path) -> Result<(PathBuf, File), WriteError> {
    let mut number = 1_u32;
    loop {
        let mut name = path.as_os_str().to_owned();
        name.push(".tail");
        if number > 1 {
            name.push(format!(".{number}"));
        }
        let tail = PathBuf::from(name);
        match OpenOptions::new().write(true).create_new(true).open(&tail) {
            Ok(file) => return Ok((tail, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 10_000 => number += 1,
            Err(error) => return Err(WriteError::io(&tail, error)),
        }
    }
}

/// Nobody has said yet that these bytes are on the disk, nor the file's name; rows will soon.
///
/// They are written once more before they are synced. Where a sync failed in the run before, the system may have marked
/// them as written although they never reached the disk; they are still read from its memory, and a sync now would find
/// nothing to do and say that all is well. The same bytes in the same place harm nobody, wherever this is cut off.
fn make_safe(path: &Path, from: u64, to: u64) -> Result<(), WriteError> {
    let again = || {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        let mut piece = vec![0; 64 << 10];
        let mut at = from;
        while at < to {
            let wanted = usize::try_from(to - at).unwrap_or(piece.len()).min(piece.len());
            file.read_exact_at(&mut piece[..wanted], at)?;
            file.write_all_at(&piece[..wanted], at)?;
            at += wanted as u64;
        }
        file.sync_all()
    };
    again().map_err(|e| WriteError::io(path, e))?;
    sync_folder(path.parent().unwrap_or(Path::new(".")))
}

fn cut(path: &Path, length: u64) -> Result<(), WriteError> {
    let cut = || {
        let file = OpenOptions::new().write(true).open(path)?;
        file.set_len(length)?;
        file.sync_all()
    };
    cut().map_err(|error| WriteError::io(path, error))
}

#[cfg(test)]
mod tests;
