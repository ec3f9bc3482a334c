//! One writer at a time: an advisory lock on the archive's `lock` file, which names its holder.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::ArchiveError;

/// The lock, held until it is dropped or the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Who holds the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The archive's folder.
    pub folder: PathBuf,
    /// What the holder wrote of itself: process and command.
    pub holder: String,
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let folder = self.folder.display();
        write!(
            f,
            "{folder} is in use by {}; try again when it has ended (griot crawl --wait waits for it)",
            self.holder
        )
    }
}

impl Lock {
    /// Takes the lock of the archive in `folder` for `command`.
    ///
    /// # Errors
    /// [`ArchiveError::Held`] unless `wait` is said; or the disk's.
    pub fn take(folder: &Path, command: &str, wait: bool) -> Result<Self, ArchiveError> {
        let path = folder.join("lock");
        let fail = |source| ArchiveError::Folder { path: path.clone(), source };
        let mut options = OpenOptions::new();
        let mut file = options.read(true).write(true).create(true).truncate(false).open(&path).map_err(fail)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if wait => file.lock().map_err(fail)?,
            Err(TryLockError::WouldBlock) => {
                return Err(ArchiveError::Held(Held { folder: folder.to_path_buf(), holder: holder(&mut file) }));
            }
            Err(TryLockError::Error(source)) => return Err(fail(source)),
        }
        let name = format!("process {} (griot {command})\n", std::process::id());
        file.set_len(0).and_then(|()| file.seek(SeekFrom::Start(0))).map_err(fail)?;
        file.write_all(name.as_bytes()).map_err(fail)?;
        Ok(Self { _file: file })
    }
}

/// The holder's own words, made harmless: the file is anybody's to write.
fn holder(file: &mut File) -> String {
    let mut words = String::new();
    let read = Read::by_ref(file).take(200).read_to_string(&mut words);
    let words: String = words.trim().chars().filter(|c| !c.is_control()).collect();
    if read.is_err() || words.is_empty() { "another process".to_owned() } else { words }
}
