//! Appends records to the archive's files. One writer at a time; the archive's lock sees to that.
//!
//! A failed write or sync is final: what the kernel holds of a file after one is not known, so nothing is tried again
//! in this process. The next opening recovers.

use std::io;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::naming::{file_name, serial};
use super::reader::read_at;
use super::record::{Kind, Record};
use super::warcinfo::{About, warcinfo};
use super::{digest, member};

mod tail;

use tail::Tail;
pub(super) use tail::sync_folder;

/// When a file is closed for good. Nothing in it is ever touched afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rotation {
    /// Bytes that a file may have, one record more than the head at least.
    pub max_bytes: u64,
    /// Age of its first record.
    pub max_age: SignedDuration,
}

impl Default for Rotation {
    /// 1 GB or 30 days.
    fn default() -> Self {
        Self { max_bytes: 1_000_000_000, max_age: SignedDuration::from_hours(30 * 24) }
    }
}

/// A file as the archive's rows know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// Its name in the folder.
    pub file: String,
    /// Up to where it is committed.
    pub length: u64,
    /// Closed for good.
    pub closed: bool,
}

/// Where a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The file's name in the folder.
    pub file: String,
    /// Where its gzip member begins.
    pub offset: u64,
    /// How many bytes the member has.
    pub length: u64,
    /// What it is.
    pub kind: Kind,
    /// SHA-256 of its block, labelled.
    pub block_digest: String,
    /// Its public name.
    pub record_id: Uuid,
}

/// What is safe on the disk now, and may be committed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synced {
    /// Every file appended to since the last sync, with its length.
    pub files: Vec<(String, u64)>,
    /// Files closed since then.
    pub closed: Vec<ClosedFile>,
    /// The warcinfo records that the writer put in by itself.
    pub warcinfo: Vec<Placed>,
}

/// A file that is never touched again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedFile {
    /// Its name.
    pub file: String,
    /// Its length in bytes.
    pub length: u64,
    /// SHA-256 of the whole file, labelled.
    pub sha256: String,
}

/// Why nothing more is written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// No room, or the quota is used up. What was synced before is safe.
    #[error("the disk of {path} is full: make room and run again, nothing that was saved is lost")]
    DiskFull {
        /// The file or folder.
        path: PathBuf,
        /// The system's words.
        #[source]
        source: io::Error,
    },
    /// Anything else the disk says.
    #[error("{path} cannot be written: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's words.
        #[source]
        source: io::Error,
    },
    /// The folder does not stand as the rows say; recovery comes first.
    #[error("{path} has {found} bytes where {committed} are committed: run recovery before writing")]
    Unrecovered {
        /// The file.
        path: PathBuf,
        /// Its length on the disk.
        found: u64,
        /// Its length in the rows.
        committed: u64,
    },
    /// The file that should be continued does not begin with a record.
    #[error("{path} does not begin with a readable record ({reason}): run `griot verify`")]
    Headless {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// An earlier write or sync failed.
    #[error("an earlier write to the archive failed; nothing more is written by this process")]
    Refused,
}

impl WriteError {
    /// The system's error, with disk-full told apart.
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path, source },
            _ => Self::Io { path, source },
        }
    }
}

/// The one writer of an archive's files.
#[derive(Debug)]
pub struct Writer {
    dir: PathBuf,
    archive: Uuid,
    about: About,
    rotation: Rotation,
    next_serial: u32,
    current: Option<Current>,
    pending: Synced,
    refused: bool,
}

#[derive(Debug)]
struct Current {
    tail: Tail,
    file: String,
    /// The instant of the file's first record.
    started: Option<Timestamp>,
    /// The record that describes what this writer appends here.
    warcinfo: Option<Uuid>,
}

impl Writer {
    /// Opens the folder, and makes it if it is not there. `committed` names every file that the archive knows, after
    /// [`super::recovery::recover_folder`] and the commit of what that adopted. Older files that a crash kept from being
    /// closed are closed with the next [`Writer::sync`].
    ///
    /// # Errors
    /// When a file's length is not the committed one, a file of the archive's own naming is not known, or the disk fails.
    pub fn open(
        dir: &Path,
        archive: Uuid,
        committed: &[Committed],
        about: About,
        rotation: Rotation,
    ) -> Result<Self, WriteError> {
        tail::make_folder(dir)?;
        let known = |name: &str| committed.iter().find(|known| known.file == name);
        let mut last = committed.iter().filter_map(|known| serial(archive, &known.file)).max().unwrap_or(0);
        // A crash came between the file's making and its first whole record.
        let mut begun = None;
        for entry in std::fs::read_dir(dir).map_err(|e| WriteError::io(dir, e))? {
            let entry = entry.map_err(|e| WriteError::io(dir, e))?;
            let Some((name, number)) =
                entry.file_name().to_str().and_then(|n| Some((n.to_owned(), serial(archive, n)?)))
            else {
                continue;
            };
            last = last.max(number);
            let found = entry.metadata().map_err(|e| WriteError::io(&entry.path(), e))?.len();
            let length = known(&name).map_or(0, |known| known.length);
            if found == 0 && known(&name).is_none() {
                begun = Some(Committed { file: name, length, closed: false });
            } else if found != length || known(&name).is_none() {
                return Err(WriteError::Unrecovered { path: entry.path(), found, committed: length });
            }
        }
        let newest = file_name(archive, last);
        let begun = begun.as_ref().filter(|begun| begun.file == newest);
        let current = match known(&newest).or(begun).filter(|known| !known.closed) {
            Some(known) => Some(continue_file(dir, known)?),
            None => None,
        };
        let mut pending = Synced::default();
        for left in committed.iter().filter(|known| !known.closed) {
            if serial(archive, &left.file).is_some_and(|number| number < last) {
                pending.closed.push(closed_file(dir, left.file.clone(), left.length)?);
            }
        }
        let (dir, next_serial) = (dir.to_owned(), last + 1);
        Ok(Self { dir, archive, about, rotation, next_serial, current, pending, refused: false })
    }

    /// Appends a record, after rotating where that is due. It is not safe before the next [`Writer::sync`].
    ///
    /// # Errors
    /// When the disk fails; the file is cut back to its last whole record where the disk lets us, and every later call
    /// is refused.
    pub fn append(&mut self, record: &Record) -> Result<Placed, WriteError> {
        self.guarded(|writer| writer.append_now(record))
    }

    /// Makes everything appended safe: the files' bytes, and the folder's when a file is new.
    ///
    /// # Errors
    /// When the disk does not say that it is; every later call is refused.
    pub fn sync(&mut self) -> Result<Synced, WriteError> {
        self.guarded(|writer| {
            if let Some(current) = &mut writer.current
                && current.tail.sync(&writer.dir)?
            {
                writer.pending.files.push((current.file.clone(), current.tail.length()));
            }
            Ok(std::mem::take(&mut writer.pending))
        })
    }

    fn guarded<T>(&mut self, act: impl FnOnce(&mut Self) -> Result<T, WriteError>) -> Result<T, WriteError> {
        if self.refused {
            return Err(WriteError::Refused);
        }
        let done = act(self);
        self.refused = done.is_err();
        done
    }

    fn append_now(&mut self, record: &Record) -> Result<Placed, WriteError> {
        let bytes = |id| member::pack(&record.encode(id)).map_err(|e| WriteError::io(&self.dir, e));
        let mut described = self.current.as_ref().and_then(|current| current.warcinfo);
        let mut packed = bytes(described)?;
        if self.is_due(record.date, packed.len() as u64) {
            self.close_current()?;
            described = None;
        }
        if described.is_none() {
            let id = self.describe(record.date)?;
            packed = member::pack(&record.encode(Some(id))).map_err(|e| WriteError::io(&self.dir, e))?;
        }
        self.put(record, &packed)
    }

    fn is_due(&self, now: Timestamp, more: u64) -> bool {
        let Some(Current { tail, started: Some(started), .. }) = &self.current else { return false };
        tail.length().saturating_add(more) > self.rotation.max_bytes
            || now.duration_since(*started) >= self.rotation.max_age
    }

    /// Syncs the file and notes that it is closed.
    fn close_current(&mut self) -> Result<(), WriteError> {
        let Some(mut current) = self.current.take() else { return Ok(()) };
        if current.tail.sync(&self.dir)? {
            self.pending.files.push((current.file.clone(), current.tail.length()));
        }
        let closed = closed_file(&self.dir, current.file, current.tail.length())?;
        self.pending.closed.push(closed);
        Ok(())
    }

    /// Puts a warcinfo record into the current file, which is made if there is none: at the head of each file, and again
    /// when another run continues it, since that may be another software under another name.
    fn describe(&mut self, date: Timestamp) -> Result<Uuid, WriteError> {
        if self.current.is_none() {
            let file = file_name(self.archive, self.next_serial);
            let tail = Tail::create(&self.dir.join(&file))?;
            self.next_serial += 1;
            self.current = Some(Current { tail, file, started: None, warcinfo: None });
        }
        let file = self.current.as_ref().map(|current| current.file.clone()).unwrap_or_default();
        let id = Uuid::new_v4();
        let record = warcinfo(&self.about, self.archive, &file, id, date);
        let packed = member::pack(&record.encode(None)).map_err(|e| WriteError::io(&self.dir, e))?;
        let placed = self.put(&record, &packed)?;
        self.pending.warcinfo.push(placed);
        if let Some(current) = &mut self.current {
            current.warcinfo = Some(id);
            current.started.get_or_insert(date);
        }
        Ok(id)
    }

    fn put(&mut self, record: &Record, packed: &[u8]) -> Result<Placed, WriteError> {
        let current = self.current.as_mut().ok_or(WriteError::Refused)?;
        let offset = current.tail.append(packed)?;
        Ok(Placed {
            file: current.file.clone(),
            offset,
            length: packed.len() as u64,
            kind: record.kind,
            block_digest: digest::sha256(&record.block),
            record_id: record.id,
        })
    }
}

fn closed_file(dir: &Path, file: String, length: u64) -> Result<ClosedFile, WriteError> {
    let path = dir.join(&file);
    let sha256 = std::fs::File::open(&path).and_then(digest::sha256_of).map_err(|e| WriteError::io(&path, e))?;
    Ok(ClosedFile { file, length, sha256 })
}

fn continue_file(dir: &Path, known: &Committed) -> Result<Current, WriteError> {
    let path = dir.join(&known.file);
    let started = if known.length == 0 {
        None
    } else {
        let headless = |reason: String| WriteError::Headless { path: path.clone(), reason };
        let first = read_at(&path, 0).map_err(|fault| headless(fault.to_string()))?;
        Some(first.record().map_err(|malformed| headless(malformed.to_string()))?.date)
    };
    let tail = Tail::open(&path, known.length)?;
    Ok(Current { tail, file: known.file.clone(), started, warcinfo: None })
}

#[cfg(test)]
mod tests;
