//! Two commands on one archive, and an archive of a newer griot.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{HOSTS, LONG, hanging, started};
use crate::crawl::{fast_profile, paper};
use crate::support::run::{crawl, griot, rows, sums, verified};

#[test]
fn a_second_crawl_names_the_holder_and_leaves_and_one_that_waits_goes_on_when_the_holder_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let ((server, asked), well) = (hanging(), paper().serve());
    let mut holder = started(folder.path(), &server, &[]);
    asked.recv_timeout(LONG).expect("the holder asks for the article that hangs");

    let mut patient = started(folder.path(), &well, &["--wait"]);
    for _ in 0..3 {
        let begun = Instant::now();
        let refused = crawl(folder.path(), &well, &HOSTS, &["lessor"]).output().unwrap();
        assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
        let said = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(75), "{said}");
        assert!(said.contains(&format!("process {}", holder.id())) && said.contains("griot crawl"), "{said}");
    }
    assert!(patient.try_wait().unwrap().is_none(), "who says --wait waits");
    assert!(well.hits().is_empty(), "nobody but the holder asks for anything");

    holder.kill().unwrap();
    holder.wait().unwrap();
    let output = patient.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let ends = rows(folder.path(), "SELECT end_reason FROM run ORDER BY id");
    assert_eq!(ends, ["killed", "nothing is due"]);
    verified(folder.path());
}

/// Every file of an archive but the lock, which names who looked last.
fn bytes(archive: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for folder in [archive.to_path_buf(), archive.join("warc"), archive.join("selectors")] {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_file() && entry.file_name() != "lock" {
                let name = entry.path().display().to_string();
                files.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    files
}

#[test]
fn an_archive_of_a_newer_griot_is_refused_and_not_one_byte_changes() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let server = paper().serve();
    sums(&mut crawl(folder.path(), &server, &HOSTS, &["lessor"]));
    let known: i64 = rows(folder.path(), "PRAGMA user_version")[0].parse().unwrap();
    rows(folder.path(), &format!("PRAGMA user_version = {}", known + 1));
    server.forget_hits();
    let before = bytes(folder.path());
    assert!(before.len() >= 3, "{:?}", before.keys());

    let crawled = crawl(folder.path(), &server, &HOSTS, &["lessor"]).output().unwrap();
    assert!(bytes(folder.path()) == before, "{:?} {:?}", before.keys(), bytes(folder.path()).keys());
    let listed = griot(folder.path(), &["list"]);
    let checked = griot(folder.path(), &["verify"]);
    for output in [crawled, listed, checked] {
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(4), "{said}");
        assert!(said.contains(&(known + 1).to_string()), "the number is told: {said}");
    }
    let after = bytes(folder.path());
    // SQLite's readers may leave an empty log behind.
    assert!(before.iter().all(|(name, was)| after.get(name) == Some(was)), "{:?}", before.keys());
    assert!(server.hits().is_empty());
}
