//! What stands in a folder, told from the files alone before any engine opens them: an engine would make what is not there,
//! and take away a log whose database is gone.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::{FILE, WARC_FOLDER, migrate};
use crate::store::{Result, StoreError};

/// What stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// No archive, or one whose making ended before anything was kept.
    Nothing,
    /// A database; whether it is sound, the engine must say.
    Database {
        /// It is written through a write-ahead log.
        log: bool,
    },
}

/// Looks at a folder.
///
/// # Errors
/// [`StoreError::Lost`], [`StoreError::Broken`], [`StoreError::NotAnArchive`], [`StoreError::Newer`],
/// [`StoreError::Denied`], or the disk's.
pub(super) fn of(folder: &Path) -> Result<Standing> {
    let path = folder.join(FILE);
    let length = match path.metadata() {
        Ok(there) => there.len(),
        Err(error) if error.kind() == ErrorKind::NotFound => return absent(folder, path, "is not there"),
        Err(error) => return Err(unreadable(path, &error)),
    };
    if length == 0 {
        return absent(folder, path, "is empty");
    }
    let header = Header::read(&path).map_err(|error| unreadable(path.clone(), &error))?;
    let Some(header) = header else { return Err(foreign(&path)) };
    if header.application_id == migrate::APPLICATION_ID {
        migrate::refuse_newer(&path, header.user_version.into())?;
    }
    if let Some(due) = header.length().filter(|due| *due > length && log_length(folder) == 0) {
        return Err(StoreError::Broken { path, reason: format!("it has {length} bytes where {due} are due") });
    }
    Ok(Standing::Database { log: header.log })
}

/// A file that is no griot archive; but where an archive's records lie beside it, it was one.
pub(super) fn foreign(path: &Path) -> StoreError {
    let path = path.to_path_buf();
    if path.parent().is_some_and(holds_records) {
        StoreError::Broken { path, reason: "it does not begin as an archive does".to_owned() }
    } else {
        StoreError::NotAnArchive(path)
    }
}

/// Nothing to open: well, unless records tell that there was something.
fn absent(folder: &Path, path: PathBuf, how: &'static str) -> Result<Standing> {
    if holds_records(folder) || log_length(folder) > 0 {
        Err(StoreError::Lost { path, how })
    } else {
        Ok(Standing::Nothing)
    }
}

/// WARC files lie in the archive's folder.
fn holds_records(folder: &Path) -> bool {
    let Ok(mut entries) = folder.join(WARC_FOLDER).read_dir() else { return false };
    entries.any(|entry| entry.is_ok_and(|entry| entry.file_name().to_string_lossy().ends_with(".warc.gz")))
}

/// Bytes of the write-ahead log beside the database.
pub(super) fn log_length(folder: &Path) -> u64 {
    folder.join(format!("{FILE}-wal")).metadata().map_or(0, |log| log.len())
}

/// The last who wrote was cut off: a log or a journal is left that a good end takes away.
pub(super) fn is_cut_off(folder: &Path) -> bool {
    log_length(folder) > 0 || folder.join(format!("{FILE}-journal")).metadata().is_ok_and(|journal| journal.len() > 0)
}

fn unreadable(path: PathBuf, error: &io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::PermissionDenied => StoreError::Denied(path),
        // A file stands where the folder should.
        ErrorKind::NotADirectory => StoreError::NotAnArchive(path.parent().map(Path::to_path_buf).unwrap_or(path)),
        _ => StoreError::Engine { doing: "opening the archive", reason: format!("{}: {error}", path.display()) },
    }
}

/// What the first bytes of a database tell, <https://www.sqlite.org/fileformat2.html#the_database_header>.
struct Header {
    page_size: u64,
    pages: Option<u32>,
    user_version: u32,
    application_id: i64,
    log: bool,
}

impl Header {
    /// `None` for a file that does not begin as a database does.
    fn read(path: &Path) -> io::Result<Option<Self>> {
        let mut bytes = Vec::with_capacity(100);
        File::open(path)?.take(100).read_to_end(&mut bytes)?;
        Ok(Self::of(&bytes))
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        let number = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
        if !bytes.starts_with(b"SQLite format 3\0") {
            return None;
        }
        let page_size = match bytes.get(16..18)? {
            [0, 1] => 65_536,
            size => u64::from(u16::from_be_bytes(size.try_into().ok()?)),
        };
        // The count holds only if the file was last changed by who wrote it.
        let pages = number(28).filter(|_| number(24) == number(92));
        Some(Self {
            page_size,
            pages,
            user_version: number(60)?,
            application_id: number(68)?.into(),
            log: bytes.get(18..20)? == [2, 2],
        })
    }

    /// Bytes that the file should have.
    fn length(&self) -> Option<u64> {
        self.pages.map(|pages| u64::from(pages) * self.page_size)
    }
}
