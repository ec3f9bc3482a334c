//! One gzip member a record, RFC 1952, with a head of fixed bytes: no name, no time, no system.

use std::io::Write;

use flate2::{Compression, GzBuilder};

/// The first ten bytes of every member written here; a member that begins otherwise was not written here, or changed since.
pub(super) const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, UNKNOWN_SYSTEM];

const UNKNOWN_SYSTEM: u8 = 255;

/// The whole record as one member.
///
/// # Errors
/// None that memory alone can raise; the library's signature carries one.
pub(super) fn pack(record: &[u8]) -> std::io::Result<Vec<u8>> {
    let out = Vec::with_capacity(record.len() / 3 + 256);
    let mut encoder = GzBuilder::new().mtime(0).operating_system(UNKNOWN_SYSTEM).write(out, Compression::default());
    encoder.write_all(record)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_begins_with_the_same_ten_bytes() {
        for record in [&b""[..], b"WARC/1.1", &[7; 9000]] {
            assert_eq!(pack(record).unwrap()[..10], HEAD);
        }
    }
}
