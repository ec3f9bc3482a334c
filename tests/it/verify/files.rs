//! WARC files that were changed, lost or added.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use griot::warc::digest::sha256;

use super::{change, copy, finds, said, warc};
use crate::support::faults::Fault;

/// Closes an archive's one file as griot does.
fn close(archive: &Path) {
    let digest = sha256(&std::fs::read(warc(archive)).unwrap());
    change(archive, &format!("UPDATE warc_file SET closed_at = created_at, sha256 = '{digest}'"));
}

#[test]
fn a_closed_file_is_held_to_its_digest_and_its_end() {
    let archive = copy();
    close(archive.path());
    assert_eq!(said(archive.path()).0, Some(0));
    OpenOptions::new().append(true).open(warc(archive.path())).unwrap().write_all(b"junk").unwrap();
    finds(archive.path(), "4 bytes stand behind the end of a closed file");

    let other = copy();
    change(other.path(), "UPDATE warc_file SET closed_at = created_at, sha256 = 'sha256:00'");
    finds(other.path(), "is closed with sha256:00, and is sha256:");
    change(other.path(), "UPDATE warc_file SET sha256 = NULL");
    finds(other.path(), "is closed without a digest");
}

#[test]
fn a_file_that_no_row_tells_of_is_a_stranger_unless_a_crawl_may_adopt_it() {
    let archive = copy();
    let own = warc(archive.path());
    let next = own.with_file_name(own.file_name().unwrap().to_str().unwrap().replace("-00001", "-00002"));
    std::fs::write(&next, b"").unwrap();
    let (code, told) = said(archive.path());
    assert!(code == Some(0) && told.contains("-00002.warc.gz has no rows yet"), "{told}");
    std::fs::copy(&own, own.with_file_name("deadbeef-00001.warc.gz")).unwrap();
    finds(archive.path(), "deadbeef-00001.warc.gz is of no row");
}

#[test]
fn a_file_that_is_gone_is_told_and_the_rows_are_proven_all_the_same() {
    let archive = copy();
    std::fs::remove_file(warc(archive.path())).unwrap();
    change(archive.path(), "DELETE FROM removal");
    finds(archive.path(), "is not there: bring it back from a copy");
    finds(archive.path(), "removal 1 of ");
}

/// One place that the disk cannot read hides nothing else.
#[test]
fn a_place_that_the_disk_cannot_read_is_one_finding_among_others() {
    let archive = copy();
    change(archive.path(), "UPDATE visit SET url = url || '?' WHERE id = (SELECT max(visit_id) FROM capture)");
    let strikes =
        [(".warc.gz", 3, "reading failed: Input/output error"), ("archive.sqlite", 40, "unable to get the page")];
    for (path, nth, words) in strikes {
        let mut verify = Command::new(env!("CARGO_BIN_EXE_griot"));
        verify.arg("verify").arg("--archive").arg(archive.path());
        let log = archive.path().join("fault");
        Fault::at("read", path, nth, "broken").since_start().put_into(&mut verify, &log);
        let output = verify.output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        std::fs::remove_file(&log).expect("the fault happened");
        assert_eq!(output.status.code(), Some(5), "{told}");
        assert!(told.contains(words), "{told}");
        assert!(told.contains("visit.url is "), "the rest is looked at: {told}");
    }
}
