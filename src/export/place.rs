//! Where an export may be written: nowhere inside the archive, over nothing that was not meant.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, OFlags, RenameFlags, renameat_with};
use rustix::io::Errno;

/// Why nothing may be written there.
#[derive(Debug, thiserror::Error)]
pub enum Misplaced {
    /// A file or something else stands there.
    #[error("{0} is there already; name another file, or say --force to replace it")]
    Taken(PathBuf),
    /// A folder or a device.
    #[error("{0} is no file that can be replaced; name a file")]
    NoFile(PathBuf),
    /// The folder above is not there, or the path ends in no name.
    #[error("{path} cannot be written: {reason}")]
    NoFolder {
        /// As given.
        path: PathBuf,
        /// The system's words.
        reason: io::Error,
    },
    /// Inside the archive's folder.
    #[error("{0} is inside the archive; write the export beside it, not into it")]
    InArchive(PathBuf),
    /// Another database's journal has the name that this file's would have.
    #[error("{0} lies there and would be taken for the export's own journal; remove it if nothing uses it")]
    Journal(PathBuf),
}

/// A place that was looked at, and the unfinished file beside it.
#[derive(Debug)]
pub(super) struct Place {
    file: PathBuf,
    /// Absolute; removed unless the export is finished.
    part: PathBuf,
    held: File,
    force: bool,
    finished: bool,
}

/// What came of asking for a place.
pub(super) enum Claim {
    Ours(Place),
    /// Another export to the same file is under way.
    Busy,
}

impl Place {
    /// Looks at the place and makes the unfinished file; one that a killed export left behind is used again.
    pub(super) fn claim(archive: &Path, file: &Path, force: bool) -> Result<io::Result<Claim>, Misplaced> {
        let (folder, name) = folder_and_name(file)?;
        if archive.canonicalize().is_ok_and(|archive| folder.starts_with(archive)) {
            return Err(Misplaced::InArchive(file.to_path_buf()));
        }
        let target = folder.join(&name);
        match target.symlink_metadata() {
            Ok(there) if there.is_dir() => return Err(Misplaced::NoFile(file.to_path_buf())),
            Ok(_) if !force => return Err(Misplaced::Taken(file.to_path_buf())),
            Ok(there) if !(there.is_file() || there.is_symlink()) => return Err(Misplaced::NoFile(file.to_path_buf())),
            _ => {}
        }
        for suffix in ["-journal", "-wal"] {
            let journal = folder.join(with(&name, "", suffix));
            if journal.symlink_metadata().is_ok() {
                return Err(Misplaced::Journal(journal));
            }
        }
        let part = folder.join(with(&name, ".", ".griot-export"));
        Ok(hold(&part).map(|held| match held {
            Some(held) => Claim::Ours(Self { file: target, part, held, force, finished: false }),
            None => Claim::Busy,
        }))
    }

    /// The unfinished file, empty.
    pub(super) fn part(&self) -> &Path {
        &self.part
    }

    /// The finished file.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// Syncs the file, gives it its name, and syncs the folder; says its size.
    pub(super) fn finish(mut self) -> io::Result<u64> {
        self.held.sync_all()?;
        let bytes = self.held.metadata()?.len();
        if self.force {
            std::fs::rename(&self.part, &self.file)?;
        } else {
            rename_to_nothing(&self.part, &self.file)?;
        }
        self.finished = true;
        if let Some(folder) = self.file.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(bytes)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.finished {
            // The lock is still held: nobody else's file has this name.
            let _ = std::fs::remove_file(&self.part);
        }
    }
}

fn folder_and_name(file: &Path) -> Result<(PathBuf, OsString), Misplaced> {
    let fail = |reason| Misplaced::NoFolder { path: file.to_path_buf(), reason };
    let name = file.file_name().ok_or_else(|| Misplaced::NoFile(file.to_path_buf()))?;
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok((folder.canonicalize().map_err(fail)?, name.to_owned()))
}

fn with(name: &OsString, before: &str, after: &str) -> OsString {
    let mut whole = OsString::from(before);
    whole.push(name);
    whole.push(after);
    whole
}

/// The unfinished file, locked and emptied; nothing if another process holds it.
fn hold(part: &Path) -> io::Result<Option<File>> {
    let no_follow = OFlags::NOFOLLOW.bits().cast_signed();
    let mut options = OpenOptions::new();
    let held = options.read(true).write(true).create(true).truncate(false).custom_flags(no_follow).open(part)?;
    match held.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(e)) => return Err(e),
    }
    // Between opening and locking its holder may have finished: then this is a whole export under its own name.
    let still = part.symlink_metadata().is_ok_and(|there| held.metadata().is_ok_and(|ours| ours.ino() == there.ino()));
    if !still {
        return Ok(None);
    }
    held.set_len(0)?;
    Ok(Some(held))
}

/// Renames, but never over a file that came there meanwhile (as far as the file system can say so).
fn rename_to_nothing(from: &Path, to: &Path) -> io::Result<()> {
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Ok(()) => Ok(()),
        Err(Errno::INVAL | Errno::NOSYS) if to.symlink_metadata().is_err() => std::fs::rename(from, to),
        Err(error) => Err(error.into()),
    }
}
