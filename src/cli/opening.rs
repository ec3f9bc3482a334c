//! An archive opened to be written to, and the exit code of what stands in the way.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::owners::Owners;
use super::reach::user_agent;
use super::reader::exit_of;
use super::{Exit, Failure};
use crate::archive::{Archive, ArchiveError, Opening};
use crate::profile::Profile;
use crate::warc::About;
use crate::warc::recovery::RecoveryError;
use crate::warc::writer::{Rotation, WriteError};

/// Who opens which archive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Access<'a> {
    /// Its folder.
    pub folder: &'a Path,
    /// The command that opens it.
    pub command: &'a str,
    /// The profiles that say which site owns a record that a crash left without a row.
    pub profiles: &'a [Profile],
    /// Written into each WARC file.
    pub contact: &'a str,
    /// For a new archive: how long a cut or an absence must last.
    pub confirm_after: SignedDuration,
    /// When a WARC file is closed.
    pub rotation: Rotation,
    /// Wait for another command.
    pub wait: bool,
    /// Open it on a network file system all the same.
    pub allow_network_fs: bool,
}

impl Access<'_> {
    /// Opens the archive.
    pub(super) async fn open(&self, now: Timestamp) -> Result<Archive, Failure> {
        let owners = Owners::new(self.profiles, self.folder.join("selectors"));
        let owner = |url: &Url| owners.page(url);
        let opening = Opening {
            folder: self.folder,
            command: self.command,
            wait: self.wait,
            allow_network_fs: self.allow_network_fs,
            now,
            confirm_after: self.confirm_after,
            about: About {
                software: format!("griot/{}", env!("CARGO_PKG_VERSION")),
                user_agent: user_agent(self.contact),
                contact: self.contact.to_owned(),
            },
            rotation: self.rotation,
            owner: &owner,
        };
        Archive::open(&opening).await.map_err(|e| failure(&e))
    }
}

/// What stands in the way, with its exit code.
pub(super) fn failure(error: &ArchiveError) -> Failure {
    let exit = match error {
        ArchiveError::Held(_) => Exit::Held,
        ArchiveError::NetworkFs { .. } => Exit::Configuration,
        ArchiveError::Store(error) => exit_of(error),
        ArchiveError::Folder { source, .. } if source.kind() == std::io::ErrorKind::PermissionDenied => {
            Exit::Configuration
        }
        ArchiveError::Warc(WriteError::DiskFull { .. })
        | ArchiveError::Recovery(RecoveryError::Write(WriteError::DiskFull { .. })) => Exit::DiskFull,
        ArchiveError::Recovery(RecoveryError::Write(_)) => Exit::Failed,
        ArchiveError::Recovery(_) | ArchiveError::Adoption(_) => Exit::Damage,
        _ => Exit::Failed,
    };
    Failure::new(exit, error)
}
