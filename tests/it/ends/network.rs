//! An archive on a network file system, as the system names it: refused, or let in without a log and without shared memory.

use std::path::Path;
use std::process::{Command, Output};

use super::{HOSTS, LONG, hanging};
use crate::crawl::{fast_profile, paper};
use crate::support::Server;
use crate::support::faults::{Fault, on_a_disk_of_kind};
use crate::support::run::{crawl, griot, rows, sums, verified};

const NFS: u32 = 0x6969;
const FUSE: u32 = 0x6573_5546;

fn over_nfs(archive: &Path, server: &Server, words: &[&str]) -> Command {
    let mut command = crawl(archive, server, &HOSTS, words);
    on_a_disk_of_kind(&mut command, NFS);
    command
}

/// A command that reads, on NFS.
fn reads(archive: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
    on_a_disk_of_kind(command.args(words).arg("--archive").arg(archive), NFS);
    command.output().unwrap()
}

fn assert_no_log(archive: &Path) {
    for name in ["archive.sqlite-wal", "archive.sqlite-shm"] {
        assert!(!archive.join(name).exists(), "{name}");
    }
    let header = std::fs::read(archive.join("archive.sqlite")).unwrap();
    assert_eq!(header[18..20], [1, 1], "a rollback journal, the file itself says");
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_network_file_system_is_refused_unless_its_owner_says_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let server = paper().serve();
    for (kind, name) in [(NFS, "NFS"), (FUSE, "FUSE")] {
        let mut command = crawl(folder.path(), &server, &HOSTS, &["lessor"]);
        on_a_disk_of_kind(&mut command, kind);
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(4), "{}", said(&output));
        assert!(said(&output).contains(name) && said(&output).contains("--allow-network-fs"), "{}", said(&output));
        assert!(!folder.path().join("archive.sqlite").exists() && server.hits().is_empty());
    }
}

#[test]
fn an_archive_that_is_let_in_there_keeps_no_log_and_survives_kills() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let server = paper().serve();
    let journal = "archive.sqlite-journal";
    for (call, path, nth) in
        [("write", journal, 2), ("fsync", journal, 1), ("write", "archive.sqlite", 2), ("write", ".warc.gz", 2)]
    {
        let mut command = over_nfs(folder.path(), &server, &["lessor", "--allow-network-fs", "--revisit", "all"]);
        let log = folder.path().join("fault");
        Fault::at(call, path, nth, "before").put_into(&mut command, &log);
        assert_eq!(command.output().unwrap().status.code(), None, "{call} {path}");
        std::fs::remove_file(&log).expect("the kill fell");
        assert_no_log(folder.path());
    }
    let summed = sums(&mut over_nfs(folder.path(), &server, &["lessor", "--allow-network-fs"]));
    assert_no_log(folder.path());
    assert!(!folder.path().join(journal).exists());
    let listed = reads(folder.path(), &["list", "--json"]);
    assert_eq!(said(&listed).lines().count(), 2, "{summed} {}", said(&listed));
    let proven = reads(folder.path(), &["verify"]);
    assert_eq!(proven.status.code(), Some(0), "{}", said(&proven));
    assert_no_log(folder.path());
}

#[test]
fn nobody_looks_while_a_crawl_runs_there() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let (server, asked) = hanging();
    let mut holder = over_nfs(folder.path(), &server, &["lessor", "--allow-network-fs"]).spawn().unwrap();
    asked.recv_timeout(LONG).expect("the article that hangs is asked for");
    let listed = reads(folder.path(), &["list"]);
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert_eq!(listed.status.code(), Some(75), "{}", said(&listed));
    assert!(said(&listed).contains("on a network file system nobody can look while a crawl runs"), "{}", said(&listed));
}

#[test]
fn an_archive_may_move_to_a_network_file_system_and_back() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let server = paper().serve();
    sums(&mut crawl(folder.path(), &server, &HOSTS, &["lessor"]));
    assert_eq!(rows(folder.path(), "PRAGMA journal_mode"), ["wal"]);
    let listed = reads(folder.path(), &["list"]);
    assert!(listed.status.code() == Some(1) && said(&listed).contains("--allow-network-fs"), "{}", said(&listed));

    sums(&mut over_nfs(folder.path(), &server, &["lessor", "--allow-network-fs", "--revisit", "all"]));
    assert_no_log(folder.path());
    assert_eq!(reads(folder.path(), &["list"]).status.code(), Some(0));

    // Readers at home take it as it is; the next crawl gives it its log again.
    assert_eq!(griot(folder.path(), &["list"]).status.code(), Some(0));
    sums(&mut crawl(folder.path(), &server, &HOSTS, &["lessor", "--revisit", "all"]));
    assert_eq!(rows(folder.path(), "PRAGMA journal_mode"), ["wal"]);
    verified(folder.path());
}
