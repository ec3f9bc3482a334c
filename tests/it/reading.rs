//! The commands that read an archive, through the built binary.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

mod export;

/// The demo's archive, made once: thirty articles, an edit, a confirmed cut, a removal, rotated links.
fn demo() -> &'static Path {
    static MADE: OnceLock<(TempDir, std::path::PathBuf)> = OnceLock::new();
    let (_, archive) = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("archive");
        let made =
            Command::new(env!("CARGO_BIN_EXE_griot")).args(["demo", "--archive"]).arg(&archive).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        (folder, archive)
    });
    archive
}

/// griot, reading this archive, with nobody at a terminal.
fn command(archive: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
    command.args(words).arg("--archive").arg(archive).stdin(Stdio::null()).env_remove("GRIOT_ARCHIVE");
    command
}

/// Runs it; it must end with this code.
fn griot(archive: &Path, words: &[&str], code: i32) -> Output {
    let output = command(archive, words).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "griot {words:?}\n{out}{err}");
    output
}

/// What it says when all is well.
fn said(archive: &Path, words: &[&str]) -> String {
    String::from_utf8(griot(archive, words, 0).stdout).unwrap()
}

/// What it complains of when it ends with this code.
fn complaint(archive: &Path, words: &[&str], code: i32) -> String {
    let output = griot(archive, words, code);
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

/// One value from the archive's tables.
fn one<T: rusqlite::types::FromSql>(database: &Path, sql: &str) -> T {
    rusqlite::Connection::open(database).unwrap().query_row(sql, [], |r| r.get(0)).unwrap()
}
