//! `griot export sqlite`: one file that everybody's tools open.

use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};

use super::{address, complaint, demo, griot, one, said};
use crate::crawl::{FIRST, fast_profile, paper};
use crate::support::Server;

fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}

/// Asked of both tools: the search without accents, views with window functions, the words about the file itself.
const QUESTIONS: [(&str, &str); 5] = [
    ("SELECT count(*) FROM search WHERE search MATCH 'eleves'", "5"),
    ("SELECT count(*) FROM edits", "2"),
    ("SELECT count(DISTINCT article_id) FROM changes WHERE field = 'body'", "2"),
    ("SELECT count(*) FROM removed WHERE first_status = 404", "1"),
    ("SELECT count(*) FROM about WHERE name = 'griot' AND field = 'export'", "1"),
];

#[test]
fn the_file_is_one_and_opens_in_debians_sqlite3_and_in_python() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("griot's copy.sqlite");
    let name = file.to_str().unwrap();
    let told = said(demo(), &["export", "sqlite", name]);
    assert!(told.contains("bytes") && told.contains("about"), "{told}");
    assert_eq!(names_in(folder.path()), ["griot's copy.sqlite"]);
    let bytes = std::fs::read(&file).unwrap();
    assert_eq!(bytes[18..20], [1, 1], "the file's own mark: written without a write-ahead log");
    assert_eq!(one::<String>(&file, "PRAGMA integrity_check"), "ok");
    for table in ["frontier", "pace", "pattern"] {
        assert_eq!(one::<i64>(&file, &format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    let live = demo().join("archive.sqlite");
    for table in ["run", "visit", "capture", "version", "reading", "sighting", "related_link", "text", "warc_record"] {
        let count = format!("SELECT count(*) FROM {table}");
        assert_eq!(one::<i64>(&file, &count), one::<i64>(&live, &count), "{table}");
    }
    let answers: Vec<String> = QUESTIONS.iter().map(|(sql, _)| one::<i64>(&file, sql).to_string()).collect();
    assert_eq!(answers, QUESTIONS.map(|(_, answer)| answer.to_owned()));
    for (sql, answer) in QUESTIONS {
        asked_in_python(&file, sql, answer);
        match Command::new("sqlite3").arg("-readonly").arg(&file).arg(sql).output() {
            Ok(output) => assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), answer, "{sql}: {output:?}"),
            Err(error) => eprintln!("skipped: sqlite3 ({error})"),
        }
    }
    assert_eq!(names_in(folder.path()), ["griot's copy.sqlite"], "a reader leaves nothing beside it");
}

fn asked_in_python(file: &Path, sql: &str, answer: &str) {
    let python = std::env::var("GRIOT_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])";
    let output = Command::new(python).args(["-c", script]).arg(file).arg(sql).output().expect("python starts");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), answer, "{sql}: {output:?}");
}

#[test]
fn nothing_is_replaced_unless_it_is_meant() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kept.sqlite");
    let name = file.to_str().unwrap();
    std::fs::write(&file, "somebody's own").unwrap();
    assert!(complaint(demo(), &["export", "sqlite", name], 2).contains("--force"));
    assert_eq!(std::fs::read(&file).unwrap(), b"somebody's own");
    std::fs::write(folder.path().join("kept.sqlite-journal"), "hot").unwrap();
    assert!(complaint(demo(), &["export", "sqlite", name, "--force"], 2).contains("kept.sqlite-journal"));
    std::fs::remove_file(folder.path().join("kept.sqlite-journal")).unwrap();
    let told = said(demo(), &["export", "sqlite", name, "--force", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["bytes"], std::fs::metadata(&file).unwrap().len());
    assert_eq!(one::<i64>(&file, "SELECT count(*) FROM article"), 32);

    std::os::unix::fs::symlink(folder.path().join("nowhere"), folder.path().join("link")).unwrap();
    complaint(demo(), &["export", "sqlite", folder.path().join("link").to_str().unwrap()], 2);
    complaint(demo(), &["export", "sqlite", folder.path().to_str().unwrap(), "--force"], 2);
    complaint(demo(), &["export", "sqlite", folder.path().join("none/x.sqlite").to_str().unwrap()], 2);
    assert_eq!(names_in(folder.path()), ["kept.sqlite", "link"]);
}

#[test]
fn the_archives_own_files_are_safe() {
    let before = std::fs::read(demo().join("archive.sqlite")).unwrap();
    for own in ["archive.sqlite", "archive.sqlite-wal", "warc/x.sqlite", "x.sqlite", "lock"] {
        let name = demo().join(own);
        let said = complaint(demo(), &["export", "sqlite", name.to_str().unwrap(), "--force"], 2);
        assert!(said.contains("inside the archive"), "{said}");
    }
    assert!(std::fs::read(demo().join("archive.sqlite")).unwrap() == before);
    let nothing = tempfile::tempdir().unwrap();
    let file = nothing.path().join("x.sqlite");
    complaint(&nothing.path().join("none"), &["export", "sqlite", file.to_str().unwrap()], 4);
    assert!(names_in(nothing.path()).is_empty());
}

#[test]
fn a_copy_is_made_and_everything_is_read_while_a_crawl_holds_the_archive() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    fast_profile(&archive, "0.01");
    let site = paper();
    // The second crawl gets no answer for one article until the test has its copy.
    let gate = Arc::new((Mutex::new(true), Condvar::new()));
    let (pages, closed) = (site.clone(), gate.clone());
    let server = Server::start(move |ask| {
        if ask.target == FIRST {
            let open = closed.1.wait_while(closed.0.lock().unwrap(), |open| !*open).unwrap();
            drop(open);
        }
        pages.answer(ask)
    });
    crate::crawl::griot(&archive, &server, &["crawl", "lessor"]);
    *gate.0.lock().unwrap() = false;
    let mut crawl = Command::new(env!("CARGO_BIN_EXE_griot"))
        .args(["crawl", "lessor", "--revisit", "all", "--quiet", "--allow-private", "--contact", "a@example.org"])
        .args(server.resolve_args(&["lessor.ml"]))
        .arg("--cacert")
        .arg(server.cacert_path())
        .arg("--archive")
        .arg(&archive)
        .spawn()
        .unwrap();
    let before = server.connections();
    while server.connections() == before {
        assert!(crawl.try_wait().unwrap().is_none(), "the crawl waits at the gate");
        std::thread::yield_now();
    }
    let file = folder.path().join("copy.sqlite");
    said(&archive, &["export", "sqlite", file.to_str().unwrap()]);
    let url = address(FIRST);
    for words in [&["list"][..], &["status"], &["search", "pont"], &["show", &url], &["history", &url], &["verify"]] {
        assert!(!said(&archive, words).is_empty(), "{words:?}");
    }
    assert!(crawl.try_wait().unwrap().is_none(), "the crawl goes on");
    *gate.0.lock().unwrap() = true;
    gate.1.notify_all();
    assert!(crawl.wait().unwrap().success());
    assert_eq!(one::<String>(&file, "PRAGMA integrity_check"), "ok");
    assert_eq!(one::<i64>(&file, "SELECT count(*) FROM version"), 2);
    assert_eq!(one::<i64>(&file, "SELECT count(*) FROM run WHERE ended_at IS NULL"), 1, "the run that was under way");
}

#[test]
fn a_full_disk_leaves_no_part_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let small = folder.path().join("small");
    std::fs::create_dir(&small).unwrap();
    // A disk of 256 kB that only this process and its children see.
    let script = "mount -t tmpfs -o size=256k none \"$1\" || exit 99
        \"$2\" export sqlite \"$1/x.sqlite\" --archive \"$3\"; code=$?
        test -z \"$(ls -A \"$1\")\" || exit 98
        exit $code";
    let output = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"])
        .args([&small, Path::new(env!("CARGO_BIN_EXE_griot")), demo()])
        .output();
    let Some(output) = output.ok().filter(|o| ![Some(99), Some(1)].contains(&o.status.code())) else {
        eprintln!("skipped: no small disk can be mounted here");
        return;
    };
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{words}");
    assert!(words.contains("x.sqlite is full"), "{words}");
}

#[test]
fn what_a_killed_export_left_is_used_again_and_a_running_one_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.sqlite");
    let part = folder.path().join(".x.sqlite.griot-export");
    std::fs::write(&part, "torn").unwrap();
    let running = std::fs::File::open(&part).unwrap();
    running.lock().unwrap();
    griot(demo(), &["export", "sqlite", file.to_str().unwrap()], 75);
    assert_eq!(std::fs::read(&part).unwrap(), b"torn");
    drop(running);
    said(demo(), &["export", "sqlite", file.to_str().unwrap()]);
    assert_eq!(names_in(folder.path()), ["x.sqlite"]);
}
