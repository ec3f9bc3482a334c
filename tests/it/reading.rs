//! The commands that read an archive, through the built binary.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::crawl::{BODY, FIRST, SECOND, fast_profile, page, paper};

mod conventions;
mod diff;
mod export;
mod history;
mod list;
mod search;
mod show;

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

/// A paper crawled five times: its first article edited, put back, and cut so far that the cut is held. An address that
/// only redirects leads to it.
fn lived() -> &'static Path {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    let folder = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        fast_profile(folder.path(), "0.01");
        let site = paper();
        site.edit("/", |front| front.replace("</body>", &format!("<a href=\"{FORMER}\">Avant</a></body>")));
        site.put_redirect(FORMER, 301, FIRST);
        let server = site.serve();
        let edited = BODY[1].replace("moins que prévu", "plus que prévu");
        let bodies: [&[&str]; 4] = [&BODY, &[BODY[0], &edited, BODY[2]], &BODY, &BODY[..1]];
        for body in bodies {
            site.put(FIRST, page("Le pont est ouvert", body, SECOND));
            let crawled = crate::crawl::griot(folder.path(), &server, &["crawl", "lessor", "--revisit", "all"]);
            assert!(crawled.status.success(), "{}", String::from_utf8_lossy(&crawled.stderr));
        }
        folder
    });
    folder.path()
}

/// Redirects to the first article.
const FORMER: &str = "/posts/le-pont-va-ouvrir-694a5b2e0a1b2";

/// A copy of an archive that a test may change.
fn copied(archive: &Path) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    for part in ["", "warc", "selectors"] {
        std::fs::create_dir_all(copy.path().join(part)).unwrap();
        let Ok(entries) = std::fs::read_dir(archive.join(part)) else { continue };
        for file in entries.map(|e| e.unwrap().path()).filter(|p| p.is_file()) {
            std::fs::copy(&file, copy.path().join(part).join(file.file_name().unwrap())).unwrap();
        }
    }
    copy
}

/// The address of a page of [`lived`].
fn address(path: &str) -> String {
    format!("https://lessor.ml{path}")
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

/// What it says as JSON: one value a line.
fn told(archive: &Path, words: &[&str]) -> Vec<serde_json::Value> {
    let words: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
    said(archive, &words).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What it complains of when it ends with this code.
fn complaint(archive: &Path, words: &[&str], code: i32) -> String {
    let output = griot(archive, words, code);
    assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

/// One value from the archive's tables.
fn one<T: rusqlite::types::FromSql>(database: &Path, sql: &str) -> T {
    rusqlite::Connection::open(database).unwrap().query_row(sql, [], |r| r.get(0)).unwrap()
}
