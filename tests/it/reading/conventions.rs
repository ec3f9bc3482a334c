//! What holds for every command that reads: it writes nothing, it speaks JSON, it ends quietly, its help fits.

use std::collections::BTreeMap;
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{address, command, complaint, copied, demo, griot, lived};
use crate::crawl::FIRST;

/// Each reading command as it is used on [`lived`], with results to print.
fn readings(url: &str) -> Vec<Vec<&str>> {
    [
        "list",
        "list --removed --held",
        "status",
        "search pont",
        "search --all-versions ouvert*",
        "verify",
        "show URL",
        "show URL --version 2",
        "history URL",
        "diff URL",
        "diff URL 1",
    ]
    .iter()
    .map(|words| words.split(' ').map(|word| if word == "URL" { url } else { word }).collect())
    .collect()
}

/// Every file of an archive but the index that readers share, with its bytes.
fn bytes_of(archive: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for folder in [archive.to_path_buf(), archive.join("warc"), archive.join("selectors")] {
        for file in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file()) {
            if !file.ends_with("archive.sqlite-shm") {
                found.insert(file.clone(), std::fs::read(&file).unwrap());
            }
        }
    }
    found
}

#[test]
fn no_reading_command_writes_to_the_archive() {
    let archive = copied(lived());
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("x.sqlite");
    // A log that was not folded in, as after a kill: a reader must leave that to the next writer.
    let writer = rusqlite::Connection::open(archive.path().join("archive.sqlite")).unwrap();
    writer.execute("UPDATE run SET end_reason = 'in the log'", []).unwrap();
    let killed = copied(archive.path());
    assert!(std::fs::metadata(killed.path().join("archive.sqlite-wal")).unwrap().len() > 0);
    drop(writer);
    for archive in [archive.path(), killed.path()] {
        let before = bytes_of(archive);
        let url = address(FIRST);
        let export = vec!["export", "sqlite", file.to_str().unwrap(), "--force"];
        for words in readings(&url).into_iter().chain([vec!["show", &url, "--raw"], export]) {
            griot(archive, &words, 0);
            let mut after = bytes_of(archive);
            after.retain(|path, bytes| !(path.ends_with("archive.sqlite-wal") && bytes.is_empty()));
            let mut before = before.clone();
            before.retain(|path, bytes| !(path.ends_with("archive.sqlite-wal") && bytes.is_empty()));
            assert!(before == after, "{words:?} changed {}", archive.display());
        }
    }
    assert_eq!(super::one::<String>(&file, "SELECT end_reason FROM run"), "in the log");
}

#[test]
fn every_reading_command_works_where_nothing_may_be_written() {
    let archive = copied(lived());
    std::fs::remove_file(archive.path().join("archive.sqlite-shm")).ok();
    std::fs::remove_file(archive.path().join("archive.sqlite-wal")).ok();
    // A superuser may write anywhere, so griot runs as nobody, from a place that nobody can read.
    let program = archive.path().join("griot");
    std::fs::copy(env!("CARGO_BIN_EXE_griot"), &program).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
    std::fs::set_permissions(archive.path(), PermissionsExt::from_mode(0o555)).unwrap();
    let url = address(FIRST);
    let out = tempfile::tempdir().unwrap();
    std::fs::set_permissions(out.path(), PermissionsExt::from_mode(0o777)).unwrap();
    let file = out.path().join("x.sqlite");
    let export = vec!["export", "sqlite", file.to_str().unwrap()];
    for words in readings(&url).into_iter().chain([vec!["show", &url, "--raw"], export]) {
        let mut command = Command::new(&program);
        command.args(&words).arg("--archive").arg(archive.path());
        if std::fs::metadata(&program).unwrap().uid() == 0 {
            command.uid(65534).gid(65534);
        }
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{words:?}: {said}");
    }
    assert!(!archive.path().join("archive.sqlite-shm").exists(), "the folder could be written after all");
    std::fs::set_permissions(archive.path(), PermissionsExt::from_mode(0o755)).unwrap();
}

#[test]
fn json_is_one_object_a_line_with_every_command_that_prints_a_result() {
    let url = address(FIRST);
    for mut words in readings(&url) {
        words.push("--json");
        let output = griot(lived(), &words, 0);
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(value.is_object(), "{words:?}: {line}");
        }
    }
}

#[test]
fn a_reader_that_goes_away_ends_a_command_quietly() {
    for words in [&["list", "--limit", "0"][..], &["list", "--limit", "0", "--json"], &["search", "la", "--limit", "0"]]
    {
        // More than a pipe holds, so that griot is still writing when the pipe closes.
        let mut child = command(demo(), words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""), "{words:?}");
    }
    for words in [&["crawl", "lessor", "--dry-run"][..], &["check", "lessor", "--stored"]] {
        let mut child = command(lived(), words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        let code = child.wait().unwrap().code();
        assert!(said.is_empty() && matches!(code, Some(0 | 10)), "{words:?}: {code:?} {said}");
    }
}

#[test]
fn a_missing_archive_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("none");
    for words in readings("https://lessor.ml/x") {
        let said = complaint(&nowhere, &words, 4);
        assert!(said.contains("--archive") && said.contains("griot crawl"), "{words:?}: {said}");
    }
    assert!(!nowhere.exists());
    std::fs::write(folder.path().join("archive.sqlite"), "no database at all, though of that name").unwrap();
    complaint(folder.path(), &["list"], 4);
}

#[test]
fn short_help_fits_a_screen_and_long_help_has_examples() {
    let help = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_griot")).args(words).output().unwrap();
        assert!(output.status.success(), "{words:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let mut commands: Vec<Vec<&str>> =
        ["list", "show", "history", "diff", "search", "status", "verify", "demo", "check"]
            .map(|name| vec![name])
            .to_vec();
    commands.extend([vec![], vec!["export"], vec!["export", "sqlite"]]);
    for words in &commands {
        let short = help(&[&words[..], &["-h"]].concat());
        assert!(short.lines().count() <= 24, "griot {words:?} -h has {} lines\n{short}", short.lines().count());
        let wide = short.lines().find(|l| l.chars().count() > 79);
        assert_eq!(wide, None, "griot {words:?} -h");
    }
    for name in ["list", "show", "history", "diff", "search", "status", "verify"] {
        let long = help(&[name, "--help"]);
        assert!(long.contains("Examples:") && long.contains(&format!("griot {name}")), "{long}");
    }
    assert!(help(&["export", "sqlite", "--help"]).contains("Examples:"));
}
