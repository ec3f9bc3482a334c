//! The end of one file: bytes go on behind the last whole record, or not at all.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::WriteError;

/// A file open for appending.
#[derive(Debug)]
pub(super) struct Tail {
    file: File,
    path: PathBuf,
    /// Up to the last whole record.
    length: u64,
    /// The folder does not surely name the file yet.
    new: bool,
    /// Bytes were appended after the last sync.
    dirty: bool,
}

impl Tail {
    /// A file that was not there; never one that was.
    pub(super) fn create(path: &Path) -> Result<Self, WriteError> {
        let file = OpenOptions::new().append(true).create_new(true).open(path).map_err(|e| WriteError::io(path, e))?;
        Ok(Self { file, path: path.to_owned(), length: 0, new: true, dirty: false })
    }

    /// A file that is continued behind `length`, where it ends.
    pub(super) fn open(path: &Path, length: u64) -> Result<Self, WriteError> {
        let file = OpenOptions::new().append(true).open(path).map_err(|e| WriteError::io(path, e))?;
        let found = file.metadata().map_err(|e| WriteError::io(path, e))?.len();
        if found != length {
            return Err(WriteError::Unrecovered { path: path.to_owned(), found, committed: length });
        }
        Ok(Self { file, path: path.to_owned(), length, new: length == 0, dirty: false })
    }

    /// Up to the last whole record.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Writes one member whole; gives where it begins. After an error the file is cut back to its last whole record,
    /// so that the next opening finds less to mend; if that fails too, recovery will do it.
    pub(super) fn append(&mut self, packed: &[u8]) -> Result<u64, WriteError> {
        let offset = self.length;
        self.dirty = true;
        if let Err(error) = self.file.write_all(packed) {
            // Where this fails too, recovery cuts: the error below ends the run, and the next opening looks.
            drop(self.file.set_len(offset));
            return Err(WriteError::io(&self.path, error));
        }
        self.length += packed.len() as u64;
        Ok(offset)
    }

    /// Makes the bytes safe, and the name in the folder. Tells whether there was anything to do.
    pub(super) fn sync(&mut self, dir: &Path) -> Result<bool, WriteError> {
        if !self.dirty {
            return Ok(false);
        }
        if self.new {
            self.file.sync_all().map_err(|e| WriteError::io(&self.path, e))?;
            sync_folder(dir)?;
        } else {
            self.file.sync_data().map_err(|e| WriteError::io(&self.path, e))?;
        }
        (self.new, self.dirty) = (false, false);
        Ok(true)
    }

    /// Over an open file, whatever it is; for tests of failing disks.
    #[cfg(test)]
    pub(super) fn over(file: File, path: &Path) -> Self {
        Self { file, path: path.to_owned(), length: 0, new: false, dirty: false }
    }
}

/// Makes the folder if it is not there, and its name in its own folder safe: also if it is, for who made it may have been
/// killed before that.
pub(super) fn make_folder(dir: &Path) -> Result<(), WriteError> {
    std::fs::create_dir_all(dir).map_err(|e| WriteError::io(dir, e))?;
    match dir.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => sync_folder(parent),
        None => sync_folder(Path::new(".")),
    }
}

/// Makes the names in a folder safe.
pub(in crate::warc) fn sync_folder(dir: &Path) -> Result<(), WriteError> {
    File::open(dir).and_then(|folder| folder.sync_all()).map_err(|e| WriteError::io(dir, e))
}
