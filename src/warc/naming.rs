//! What the archive's files are called: `<first 8 hex digits of the archive's UUID>-<serial>.warc.gz`.

use uuid::Uuid;

/// The file of a serial number, five digits or more.
#[must_use]
pub fn file_name(archive: Uuid, serial: u32) -> String {
    format!("{}-{serial:05}.warc.gz", prefix(archive))
}

/// The serial number of a file of this archive's own; `None` for every other name.
#[must_use]
pub fn serial(archive: Uuid, file: &str) -> Option<u32> {
    let digits = file.strip_prefix(&prefix(archive))?.strip_prefix('-')?.strip_suffix(".warc.gz")?;
    let serial = digits.parse().ok()?;
    (file == file_name(archive, serial)).then_some(serial)
}

fn prefix(archive: Uuid) -> String {
    let mut hex = archive.simple().to_string();
    hex.truncate(8);
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_it_gives_are_its_own() {
        let archive = Uuid::from_u128(0xdead_beef_0000_4000_8000_0000_0000_0001);
        assert_eq!(file_name(archive, 7), "deadbeef-00007.warc.gz");
        assert_eq!(serial(archive, "deadbeef-00007.warc.gz"), Some(7));
        assert_eq!(serial(archive, &file_name(archive, 123_456)), Some(123_456));
        for other in
            ["deadbeef-7.warc.gz", "deadbeef-000007.warc.gz", "cafebabe-00007.warc.gz", "deadbeef-+0007.warc.gz"]
        {
            assert_eq!(serial(archive, other), None, "{other}");
        }
        assert_eq!(serial(archive, "deadbeef-00007.warc.gz.tail"), None);
    }
}
