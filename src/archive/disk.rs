//! The disk under an archive: of which kind it is, and how much of it is left.

use std::path::Path;

use super::ArchiveError;

/// File systems over a network, by the magic numbers of `statfs(2)`.
const NETWORK: [(i64, &str); 9] = [
    (0x6969, "NFS"),
    (0x517B, "SMB"),
    (0xFF53_4D42, "CIFS"),
    (0xFE53_4D42, "SMB2"),
    (0x0102_1997, "9P"),
    (0x5346_414F, "AFS"),
    (0x7375_7245, "CODA"),
    (0x00C3_6400, "Ceph"),
    (0x0BD0_0BD0, "Lustre"),
];

/// Makes the archive's folder, for its owner and group only.
pub(super) fn make_folder(folder: &Path) -> Result<(), ArchiveError> {
    use std::os::unix::fs::DirBuilderExt;
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o750).create(folder);
    made.map_err(|source| ArchiveError::Folder { path: folder.to_path_buf(), source })
}

/// Refuses a network file system.
pub(super) fn refuse_network(folder: &Path) -> Result<(), ArchiveError> {
    let fail = |e: rustix::io::Errno| ArchiveError::Folder { path: folder.to_path_buf(), source: e.into() };
    let kind = rustix::fs::statfs(folder).map_err(fail)?.f_type;
    match NETWORK.iter().find(|(magic, _)| *magic == kind) {
        Some((_, kind)) => Err(ArchiveError::NetworkFs { folder: folder.to_path_buf(), kind }),
        None => Ok(()),
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
