//! The disk under an archive: of which kind it is, and how much of it is left.

use std::path::Path;

use super::ArchiveError;
use crate::disk;
use crate::store::StoreError;

/// Makes the archive's folder, for its owner and group only.
pub(super) fn make_folder(folder: &Path) -> Result<(), ArchiveError> {
    use std::os::unix::fs::DirBuilderExt;
    if folder.is_file() {
        return Err(StoreError::NotAnArchive(folder.to_path_buf()).into());
    }
    let missing: Vec<&Path> = folder.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.exists()).collect();
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o750).create(folder);
    made.map_err(|source| ArchiveError::Folder { path: folder.to_path_buf(), source })?;
    // Each new folder's name is safe before anything in it is called saved.
    for new in missing.iter().rev() {
        let parent = new.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let synced = std::fs::File::open(parent).and_then(|parent| parent.sync_all());
        synced.map_err(|source| ArchiveError::Folder { path: parent.to_path_buf(), source })?;
    }
    Ok(())
}

/// Refuses a network file system.
pub(super) fn refuse_network(folder: &Path) -> Result<(), ArchiveError> {
    match disk::network(folder) {
        Ok(None) => Ok(()),
        Ok(Some(kind)) => Err(ArchiveError::NetworkFs { folder: folder.to_path_buf(), kind }),
        Err(source) => Err(ArchiveError::Folder { path: folder.to_path_buf(), source }),
    }
}

/// What must stay free so that the last transaction and the next opening have room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserve {
    /// Bytes.
    pub bytes: u64,
}

impl Reserve {
    /// 256 MB, or a fiftieth of a smaller disk.
    const MOST: u64 = 256 << 20;

    /// The reserve of the disk that holds `folder`; nothing where the system does not tell its size.
    #[must_use]
    pub fn of(folder: &Path) -> Self {
        let size = rustix::fs::statvfs(folder).map_or(0, |s| s.f_blocks.saturating_mul(s.f_frsize));
        Self { bytes: (size / 50).min(Self::MOST) }
    }

    /// Is the reserve touched?
    #[must_use]
    pub fn is_touched(&self, folder: &Path) -> bool {
        rustix::fs::statvfs(folder).is_ok_and(|s| s.f_bavail.saturating_mul(s.f_frsize) < self.bytes)
    }
}
