//! `griot verify`: what is changed behind griot's back is found, and what is sound is not accused.

mod files;
mod flips;
mod rows;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::support::run::griot;

/// The demo's archive, made once; with an edit, a cut, a removal, links, and a record of each kind.
fn demo() -> &'static Path {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo");
        let demo = Command::new(env!("CARGO_BIN_EXE_griot")).args(["demo", "--archive"]).arg(&path).output().unwrap();
        assert!(demo.status.success(), "{}", String::from_utf8_lossy(&demo.stderr));
        (folder, path)
    });
    path
}

/// A copy of it to be changed.
fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("warc")).unwrap();
    std::fs::copy(demo().join("archive.sqlite"), folder.path().join("archive.sqlite")).unwrap();
    for entry in std::fs::read_dir(demo().join("warc")).unwrap().map(Result::unwrap) {
        std::fs::copy(entry.path(), folder.path().join("warc").join(entry.file_name())).unwrap();
    }
    folder
}

/// The one WARC file of an archive.
fn warc(archive: &Path) -> PathBuf {
    let mut files = std::fs::read_dir(archive.join("warc")).unwrap().map(|entry| entry.unwrap().path());
    files.next().expect("a WARC file")
}

/// Changes rows as somebody with a tool of `SQLite` may; the foreign keys are not looked at.
fn change(archive: &Path, sql: &str) {
    let database = rusqlite::Connection::open(archive.join("archive.sqlite")).unwrap();
    database.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON").unwrap();
    database.execute_batch(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    assert!(database.changes() > 0, "{sql} changes nothing");
}

/// What `verify` says, with its code.
fn said(archive: &Path) -> (Option<i32>, String) {
    let output = griot(archive, &["verify"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{said}");
    (output.status.code(), said)
}

/// Asserts that damage is found, and in these words.
#[track_caller]
fn finds(archive: &Path, words: &str) {
    let (code, said) = said(archive);
    assert!(code == Some(5) && said.contains(words), "`{words}` is not said ({code:?}):\n{said}");
    assert!(!said.contains("run `griot verify`"), "the advice is what is running:\n{said}");
}
