//! A database that is gone, cut or overwritten while its WARC files are there: every command says the same, none makes a
//! new archive over the old one.

use std::fs::OpenOptions;
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Output};

use super::HOSTS;
use crate::crawl::{BODY, FIRST, SECOND, fast_profile, page, paper};
use crate::support::Server;
use crate::support::run::{crawl, griot, rows, sums, verified};

fn crawled() -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let server = paper().serve();
    sums(&mut crawl(folder.path(), &server, &HOSTS, &["lessor"]));
    server.forget_hits();
    (folder, server)
}

/// What every command that opens an archive says.
fn every(archive: &Path, server: &Server) -> Vec<Output> {
    let mut outputs: Vec<Output> = [&["lessor"][..], &[], &["lessor", "--dry-run"], &["--dry-run"]]
        .iter()
        .map(|words| crawl(archive, server, &HOSTS, words).output().unwrap())
        .collect();
    let to = archive.join("copy.sqlite");
    for words in [&["list"][..], &["status"], &["export", "sqlite", to.to_str().unwrap()]] {
        outputs.push(griot(archive, words));
    }
    outputs
}

#[track_caller]
fn all_say(outputs: &[Output], code: i32, words: &[&str]) {
    for (n, output) in outputs.iter().enumerate() {
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "command {n}: {said}");
        assert!(words.iter().all(|word| said.contains(word)), "command {n}: {said}");
    }
}

/// `verify` says so too, and looks at the files all the same.
#[track_caller]
fn verify_says(archive: &Path, words: &str) {
    let output = griot(archive, &["verify"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(5), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains(words) && said.contains("1 WARC files, ") && !said.contains(" 0 records"), "{said}");
    assert!(!said.contains("griot verify`"), "{said}");
}

#[test]
fn a_database_that_is_gone_or_empty_is_not_begun_anew_over_its_records() {
    for how in ["is not there", "is empty"] {
        let (folder, server) = crawled();
        let path = folder.path().join("archive.sqlite");
        if how == "is empty" {
            OpenOptions::new().write(true).open(&path).unwrap().set_len(0).unwrap();
        } else {
            std::fs::remove_file(&path).unwrap();
        }
        let words = [how, "bring archive.sqlite back from a copy, or name a new folder"];
        all_say(&every(folder.path(), &server), 5, &words);
        verify_says(folder.path(), how);
        assert!(server.hits().is_empty());
        assert_eq!(path.metadata().map_or(0, |file| file.len()), 0, "nothing was made");
    }
}

#[test]
fn a_new_database_beside_the_records_of_another_is_refused() {
    let (folder, server) = crawled();
    let (other, _) = crawled();
    std::fs::copy(other.path().join("archive.sqlite"), folder.path().join("archive.sqlite")).unwrap();
    let forget = "PRAGMA foreign_keys = OFF; DELETE FROM warc_record; DELETE FROM warc_file;";
    rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap().execute_batch(forget).unwrap();
    let output = crawl(folder.path(), &server, &HOSTS, &["lessor"]).output().unwrap();
    all_say(&[output], 5, &["knows none of the archive's records", "bring archive.sqlite back from a copy"]);
}

#[test]
fn a_database_that_is_cut_or_overwritten_is_damage_and_no_strangers_file() {
    let (folder, server) = crawled();
    let path = folder.path().join("archive.sqlite");
    let whole = std::fs::read(&path).unwrap();
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    for length in [100_000, 4096, 512, 10] {
        file.set_len(length).unwrap();
        all_say(&every(folder.path(), &server), 5, &["is damaged", "bring it back from a copy"]);
        verify_says(folder.path(), "is damaged");
        std::fs::write(&path, &whole).unwrap();
    }
    for at in [0, 100, 20] {
        file.write_all_at(&[0x5a; 60], at).unwrap();
        let outputs = every(folder.path(), &server);
        all_say(&outputs, 5, &["archive.sqlite"]);
        verify_says(folder.path(), "");
        std::fs::write(&path, &whole).unwrap();
    }
    assert_eq!(griot(folder.path(), &["verify"]).status.code(), Some(0), "nothing else was changed");
    assert!(server.hits().is_empty());
}

/// Pages in the middle: the database opens, and its rows cannot be listed.
#[test]
fn verify_looks_at_the_files_though_their_rows_cannot_be_read() {
    let (folder, _server) = crawled();
    let path = folder.path().join("archive.sqlite");
    let root: u64 =
        rows(folder.path(), "SELECT rootpage FROM sqlite_schema WHERE name = 'warc_file'")[0].parse().unwrap();
    let size: u64 = rows(folder.path(), "PRAGMA page_size")[0].parse().unwrap();
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    file.write_all_at(&vec![0x5a; usize::try_from(size).unwrap()], (root - 1) * size).unwrap();
    verify_says(folder.path(), "malformed");
}

#[test]
fn a_folder_that_may_not_be_read_is_not_one_without_an_archive() {
    let (folder, _server) = crawled();
    let closed = std::fs::Permissions::from_mode(0o700);
    std::fs::set_permissions(folder.path(), closed).unwrap();
    // The superuser may read everything: a nobody asks.
    let mut command = Command::new("setpriv");
    command.args([
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
        env!("CARGO_BIN_EXE_griot"),
        "list",
        "--archive",
    ]);
    let output = command.arg(folder.path()).output().expect("util-linux");
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("setpriv:") {
        eprintln!("skipped: nobody else can be played here: {said}");
        return;
    }
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.contains("permission denied; run griot as the user whose archive it is"), "{said}");
}

/// The newer schema's number stands in the log alone: not a byte of either changes, and the lock keeps its last words.
#[test]
fn a_newer_archive_whose_log_is_not_folded_in_stays_as_it_is() {
    let (folder, server) = crawled();
    let known: i64 = rows(folder.path(), "PRAGMA user_version")[0].parse().unwrap();
    let newer = tempfile::tempdir().unwrap();
    fast_profile(newer.path(), "0.01");
    let open = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    open.execute_batch(&format!("PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = {}", known + 1)).unwrap();
    for name in ["archive.sqlite", "archive.sqlite-wal", "lock"] {
        std::fs::copy(folder.path().join(name), newer.path().join(name)).unwrap();
    }
    drop(open);
    let bytes =
        || ["archive.sqlite", "archive.sqlite-wal", "lock"].map(|name| std::fs::read(newer.path().join(name)).unwrap());
    let before = bytes();
    assert!(
        !before[1].is_empty() && before[0][63] == u8::try_from(known).unwrap(),
        "the number stands in the log alone"
    );
    let crawled = crawl(newer.path(), &server, &HOSTS, &["lessor"]).output().unwrap();
    assert!(bytes() == before, "changed");
    let listed = griot(newer.path(), &["list"]);
    assert!(bytes() == before, "changed by a reader");
    all_say(&[crawled, listed], 4, &[&(known + 1).to_string(), "nothing was changed"]);
}

/// A copy of the database from before the last run, brought back beside all of the WARC files.
#[test]
fn a_database_that_is_older_than_its_records_takes_them_in_and_says_whose_row_is_lost() {
    let (folder, server) = crawled();
    let path = folder.path().join("archive.sqlite");
    let older = std::fs::read(&path).unwrap();
    let site = paper();
    site.put(FIRST, page("Le pont est ouvert", &[BODY[0], BODY[1], "Une phrase nouvelle."], SECOND));
    let edited = site.serve();
    sums(&mut crawl(folder.path(), &edited, &HOSTS, &["lessor", "--revisit", "all"]));
    let captures = "SELECT record_id FROM capture ORDER BY record_id";
    let kept = rows(folder.path(), captures);
    for name in ["archive.sqlite-wal", "archive.sqlite-shm"] {
        let _ = std::fs::remove_file(folder.path().join(name));
    }
    std::fs::write(&path, older).unwrap();
    assert!(rows(folder.path(), captures).len() < kept.len());

    server.forget_hits();
    sums(&mut crawl(folder.path(), &edited, &HOSTS, &["lessor"]));
    assert_eq!(rows(folder.path(), captures), kept, "all of them, and nothing is asked twice");
    assert_eq!(rows(folder.path(), "SELECT max(number) FROM version"), ["2"]);
    let lost =
        rows(folder.path(), "SELECT command, settings ->> 'lost', end_reason FROM run WHERE user_agent = 'unknown'");
    assert_eq!(lost, ["unknown|this run's row is lost; it was made anew from the records that name the run|killed"]);
    verified(folder.path());
}

#[test]
fn a_file_in_place_of_the_folder_is_no_archive_and_stays_as_it_is() {
    let (folder, server) = crawled();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "Ce n’est pas une archive.\n").unwrap();
    for output in [crawl(&file, &server, &HOSTS, &["lessor"]).output().unwrap(), griot(&file, &["status"])] {
        let said = String::from_utf8_lossy(&output.stderr);
        let words = format!("{} is no griot archive; name an empty or new folder", file.display());
        assert!(said.contains(&words) && !output.status.success(), "{said}");
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "Ce n’est pas une archive.\n");
}
