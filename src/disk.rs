//! The disk that a folder is on: is it a network's?

use std::io;
use std::path::Path;

/// File systems over a network, by the magic numbers of `statfs(2)`; and those that hand files over from elsewhere, where
/// a network's may be behind: FUSE, and what virtual machines share.
const NETWORK: [(i64, &str); 15] = [
    (0x6969, "NFS"),
    (0x517B, "SMB"),
    (0xFF53_4D42, "CIFS"),
    (0xFE53_4D42, "SMB2"),
    (0x0102_1997, "9P"),
    (0x5346_414F, "AFS"),
    (0x7375_7245, "CODA"),
    (0x00C3_6400, "Ceph"),
    (0x0BD0_0BD0, "Lustre"),
    (0x6573_5546, "FUSE"),
    (0x2003_0528, "OrangeFS"),
    (0x1983_0326, "BeeGFS"),
    (0x4750_4653, "GPFS"),
    (0x786F_4256, "VirtualBox's shared folders"),
    (0xBACB_ACBC, "VMware's shared folders"),
];

/// The name of the network file system that holds `folder`, if one does.
///
/// # Errors
/// When the system does not tell.
pub fn network(folder: &Path) -> io::Result<Option<&'static str>> {
    let kind = rustix::fs::statfs(folder)?.f_type;
    // Some systems give the number with a sign.
    Ok(NETWORK.iter().find(|(magic, _)| *magic == kind & 0xFFFF_FFFF).map(|(_, name)| *name))
}
