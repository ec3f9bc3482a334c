//! The archive's folder, opened to be written: locked, recovered, ready.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use url::Url;
use uuid::Uuid;

use crate::model::url::PageUrl;
use crate::store::sqlite::{FILE, SqliteStore};
use crate::store::{Identity, Store, StoreError};
use crate::warc::naming::serial;
use crate::warc::recovery::RecoveryError;
use crate::warc::writer::{Committed, Rotation, WriteError, Writer};
use crate::warc::{About, reader};

mod adopt;
mod disk;
mod lock;
pub mod proof;
mod told;

pub use crate::store::sqlite::WARC_FOLDER;
pub use disk::Reserve;
pub use lock::{Held, Lock};

/// An archive that this process alone may write to.
pub struct Archive {
    /// Its folder.
    pub folder: PathBuf,
    /// Facts, readings, state.
    pub store: SqliteStore,
    /// The one writer of its WARC files.
    pub writer: Writer,
    /// Who it is.
    pub identity: Identity,
    /// What recovery did, in words for people; empty after a clean end.
    pub recovered: Vec<String>,
    /// Held until the archive is dropped.
    _lock: Lock,
}

/// How an archive is opened.
pub struct Opening<'a> {
    /// Its folder; made if it is not there.
    pub folder: &'a Path,
    /// The command that opens it: what another process is told.
    pub command: &'a str,
    /// Wait for another process to end.
    pub wait: bool,
    /// Open it though the file system is a network's.
    pub allow_network_fs: bool,
    /// The present instant.
    pub now: Timestamp,
    /// For a new archive: how long a cut or an absence must last before it is believed.
    pub confirm_after: SignedDuration,
    /// Who writes, for the head of each WARC file.
    pub about: About,
    /// When a WARC file is closed.
    pub rotation: Rotation,
    /// Which site owns a URL, and its page; asked for records that a crash left without rows.
    pub owner: &'a (dyn Fn(&Url) -> (String, PageUrl) + Sync),
}

/// Why an archive cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Another process writes to it.
    #[error("{0}")]
    Held(Held),
    /// The folder is on a network file system, where locks and write-ahead logs cannot be trusted.
    #[error(
        "{folder} is on a network file system ({kind}), where SQLite's log and locks cannot be trusted; \
         keep the archive on a local disk, or say --allow-network-fs"
    )]
    NetworkFs {
        /// The folder.
        folder: PathBuf,
        /// Which.
        kind: &'static str,
    },
    /// The folder cannot be made or looked at.
    #[error("{path}: {source}")]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// The system's words.
        source: std::io::Error,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The WARC files do not stand as the rows say.
    #[error(transparent)]
    Recovery(#[from] RecoveryError),
    /// The WARC files cannot be written.
    #[error(transparent)]
    Warc(#[from] WriteError),
    /// A record that was found past the committed length cannot be read back.
    #[error("{0}")]
    Adoption(String),
}

impl Archive {
    /// Locks the folder, opens the database, adopts what a crash left in the WARC files and cuts what is torn.
    ///
    /// # Errors
    /// See [`ArchiveError`]; nothing is changed unless recovery itself had begun.
    pub async fn open(opening: &Opening<'_>) -> Result<Self, ArchiveError> {
        let folder = opening.folder.to_path_buf();
        disk::make_folder(&folder)?;
        if !opening.allow_network_fs {
            disk::refuse_network(&folder)?;
        }
        SqliteStore::refuse(&folder)?;
        let lock = Lock::take(&folder, opening.command, opening.wait)?;
        let store = SqliteStore::open(&folder, opening.now, opening.confirm_after)?;
        let identity = store.identity().await?;
        let warc = folder.join(WARC_FOLDER);
        refuse_strangers(&store, &folder, identity.uuid).await?;
        let recovered = adopt::recover(&store, &warc, identity.uuid, opening.owner).await?;
        let committed = committed(&store).await?;
        let about = opening.about.clone();
        let mut writer = Writer::open(&warc, identity.uuid, &committed, about, opening.rotation)?;
        for file in writer.sync()?.closed {
            store.close_warc_file(file.into(), opening.now).await?;
        }
        Ok(Self { folder, store, writer, identity, recovered, _lock: lock })
    }
}

/// A database that knows no file stands beside files of another archive: the one that knew them is gone.
async fn refuse_strangers(store: &SqliteStore, folder: &Path, archive: Uuid) -> Result<(), ArchiveError> {
    if !store.warc_files().await?.is_empty() {
        return Ok(());
    }
    let Ok(entries) = folder.join(WARC_FOLDER).read_dir() else { return Ok(()) };
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    if names.filter(|name| name.ends_with(".warc.gz")).any(|name| serial(archive, &name).is_none()) {
        let how = "knows none of the archive's records";
        return Err(StoreError::Lost { path: folder.join(FILE), how }.into());
    }
    Ok(())
}

async fn committed(store: &SqliteStore) -> Result<Vec<Committed>, StoreError> {
    let known = store.warc_files().await?;
    Ok(known.into_iter().map(|f| Committed { file: f.name, length: f.committed_length, closed: f.closed }).collect())
}

/// Reads one record of an archive's.
///
/// # Errors
/// Words that name the file, the offset and what is wrong.
pub fn read_record(folder: &Path, location: &crate::store::Location) -> Result<crate::warc::record::Record, String> {
    let path = folder.join(WARC_FOLDER).join(&location.file);
    let words = |e: &dyn std::fmt::Display| format!("{} at {}: {e}", path.display(), location.offset);
    let stored = reader::read_at(&path, location.offset).map_err(|e| words(&e))?;
    stored.record().map_err(|e| words(&e))
}
