//! A disk without room, and one that fails: nothing that was saved is lost, and the next run goes on.

use std::path::Path;
use std::process::{Command, Output};

use super::HOSTS;
use crate::crawl::{fast_profile, page};
use crate::support::faults::Fault;
use crate::support::run::{crawl, rows, sums, verified};
use crate::support::{Server, Site};

const ARTICLES: u32 = 24;

/// Articles that no compression makes small: about `kilobytes` each.
fn heavy(kilobytes: u32) -> Site {
    let site = Site::new();
    let path = |n: u32| format!("/posts/un-article-lourd-{:08x}0a1b2", 0x694a_5b2f + n);
    let links: Vec<String> = (0..ARTICLES).map(|n| format!("<p><a href=\"{}\">Article {n}</a></p>", path(n))).collect();
    let links = links.concat();
    site.put("/", format!("<html><body>{links}</body></html>"));
    for n in 0..ARTICLES {
        let mut state = u64::from(n) + 1;
        let words = std::iter::repeat_with(|| {
            // xorshift64: the same in every run.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            format!("{state:016x}")
        });
        let text: Vec<String> = words.take(kilobytes as usize * 60).collect();
        site.put(&path(n), page(&format!("Article {n}"), &[&text.join(" ")], "/posts/rien-694a5b2f0a1b2"));
    }
    site
}

/// What must hold whenever the disk came back: every article once, and the archive whole.
fn assert_goes_on(archive: &Path, server: &Server) {
    sums(&mut crawl(archive, server, &HOSTS, &["lessor"]));
    let versions = rows(archive, "SELECT count(*), count(DISTINCT article_id) FROM version");
    assert_eq!(versions, [format!("{ARTICLES}|{ARTICLES}")]);
    let captures =
        rows(archive, "SELECT v.url FROM capture c JOIN visit v ON v.id = c.visit_id GROUP BY 1 HAVING count(*) > 1");
    assert!(captures.is_empty(), "asked for again: {captures:?}");
    verified(archive);
}

fn faulty(archive: &Path, server: &Server, fault: Fault) -> Output {
    let mut command = crawl(archive, server, &HOSTS, &["lessor"]);
    fault.put_into(&mut command, &archive.join("fault"));
    let output = command.output().unwrap();
    assert!(archive.join("fault").exists(), "{fault} did not happen: {}", String::from_utf8_lossy(&output.stderr));
    std::fs::remove_file(archive.join("fault")).unwrap();
    output
}

#[test]
fn a_disk_that_is_full_ends_the_run_with_its_own_code_wherever_it_strikes() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    std::fs::write(folder.path().join("griot.toml"), "requests_per_second = 1000\n[warc]\nmax_bytes = 9000\n").unwrap();
    let server = heavy(2).serve();
    let (warc, log) = (".warc.gz", "archive.sqlite-wal");
    let strikes = [
        Fault::at("write", warc, 1, "full"),
        Fault::at("write", warc, 2, "full"),
        Fault::at("write", log, 1, "full"),
        Fault::at("write", warc, 3, "full"),
        Fault::at("write", log, 5, "full"),
        Fault::at("create", warc, 1, "full"),
        Fault::at("write", log, 30, "full"),
        Fault::at("write", log, 2, "full").since_new_file(),
    ];
    for fault in strikes {
        let output = faulty(folder.path(), &server, fault);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{fault}: {said}");
        assert!(said.contains("full") && said.contains("room"), "what to do is told: {said}");
        verified(folder.path());
    }
    assert_goes_on(folder.path(), &server);
}

#[test]
fn a_sync_that_fails_is_the_last_word_of_its_run() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    std::fs::write(folder.path().join("griot.toml"), "requests_per_second = 1000\n[warc]\nmax_bytes = 9000\n").unwrap();
    let server = heavy(2).serve();
    let strikes = [
        Fault::at("fsync", ".warc.gz", 1, "broken"),
        Fault::at("fdatasync", ".warc.gz", 1, "broken"),
        Fault::at("fsync", "archive.sqlite-wal", 1, "broken"),
        Fault::at("fsync-folder", "/warc", 1, "broken"),
        Fault::at("write", ".warc.gz", 2, "broken"),
        Fault::at("write", "archive.sqlite-wal", 3, "broken"),
    ];
    for fault in strikes {
        let before = server.seen();
        let output = faulty(folder.path(), &server, fault);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{fault}: {said}");
        let of_run = "SELECT count(*) FROM visit WHERE run_id = (SELECT max(id) FROM run)";
        let saved: usize = rows(folder.path(), of_run)[0].parse().unwrap();
        assert!(saved < server.seen() - before, "{fault}: what was not synced counts as saved: {said}");
    }
    assert_goes_on(folder.path(), &server);
}

#[test]
fn a_small_disk_fills_up_and_grows_again() {
    let folder = tempfile::tempdir().unwrap();
    let (small, kept) = (folder.path().join("small"), folder.path().join("kept"));
    fast_profile(&kept, "0.01");
    std::fs::create_dir(&small).unwrap();
    let server = heavy(60).serve();
    let crawl = crawl(&small, &server, &HOSTS, &["lessor"]);
    // A mount of its own that nobody else sees; the second run finds the same disk with more room.
    let mut script = Command::new("unshare");
    script.args(["--map-root-user", "--mount", "sh", "-c", SCRIPT, "sh"]).arg(&small).arg(&kept);
    script.arg(crawl.get_program()).args(crawl.get_args());
    let output = script.output().expect("util-linux");
    let (said, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.code() == Some(99) {
        eprintln!("skipped: no file system can be mounted here: {told}");
        return;
    }
    assert!(said.contains("first run: 3\n") && said.contains("second run: 0\n"), "{said}{told}");
    assert!(told.contains("room"), "{told}");
    assert_goes_on(&kept, &server);
}

const SCRIPT: &str = r#"
small=$1 kept=$2; shift 2
mount -t tmpfs -o size=3m none "$small" || exit 99
cp -a "$kept/." "$small"
"$@"; echo "first run: $?"
mount -o remount,size=64m "$small" || exit 98
"$@"; echo "second run: $?"
cp -a "$small/." "$kept"
"#;

#[test]
fn what_a_kill_left_without_rows_is_adopted_with_its_headers() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let site = crate::crawl::paper();
    let server = site.serve();
    sums(&mut crawl(folder.path(), &server, &HOSTS, &["lessor"]));
    // The 304 of the front page is recorded, and its rows are not.
    let mut command = crawl(folder.path(), &server, &HOSTS, &["lessor", "--revisit", "all"]);
    Fault::at("write", "archive.sqlite-wal", 1, "before").put_into(&mut command, &folder.path().join("fault"));
    assert_eq!(command.output().unwrap().status.code(), None);
    std::fs::remove_file(folder.path().join("fault")).unwrap();
    let told = "SELECT kind, content_type FROM capture WHERE kind <> 'response' ORDER BY id";
    assert!(rows(folder.path(), told).is_empty());
    sums(&mut crawl(folder.path(), &server, &HOSTS, &["lessor"]));
    let adopted = rows(
        folder.path(),
        "SELECT c.kind, c.content_type FROM capture c JOIN visit v ON v.id = c.visit_id
                                       WHERE v.detail LIKE 'recovered%'",
    );
    let sent = rows(
        folder.path(),
        "SELECT 'not-modified', content_type FROM capture WHERE kind = 'not-modified' AND id =
                                    (SELECT max(id) FROM capture)",
    );
    assert_eq!(adopted, sent, "the headers of a 304 stand in its metadata record");
    assert!(adopted[0].contains("text/html"), "{adopted:?}");
}

/// Damage below a run that was cut off is not written over.
#[test]
fn a_database_is_looked_through_before_a_run_that_follows_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let server = crate::crawl::paper().serve();
    sums(&mut crawl(folder.path(), &server, &HOSTS, &["lessor"]));
    let size: u64 = rows(folder.path(), "PRAGMA page_size")[0].parse().unwrap();
    let page = "SELECT rootpage FROM sqlite_schema WHERE name = 'sighting_by_page'";
    let page: u64 = rows(folder.path(), page)[0].parse().unwrap();
    let mut command = crawl(folder.path(), &server, &HOSTS, &["lessor", "--revisit", "all"]);
    Fault::at("write", "archive.sqlite-wal", 9, "before").put_into(&mut command, &folder.path().join("fault"));
    assert_eq!(command.output().unwrap().status.code(), None);

    let path = folder.path().join("archive.sqlite");
    let file = std::fs::OpenOptions::new().read(true).write(true).open(&path).unwrap();
    // A leaf of an index that says to be a leaf of a table.
    std::os::unix::fs::FileExt::write_all_at(&file, &[0x0d], (page - 1) * size).unwrap();
    let files = || [std::fs::read(&path).unwrap(), std::fs::read(path.with_extension("sqlite-wal")).unwrap()];
    let before = files();
    server.forget_hits();
    let refused = crawl(folder.path(), &server, &HOSTS, &["lessor"]).output().unwrap();
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(5), "{said}");
    assert!(said.contains("is damaged") && said.contains("bring it back from a copy"), "{said}");
    assert!(files() == before && server.hits().is_empty(), "nothing is written over the damage, and nobody asked");
}

/// Bytes whose sync failed may count as written though they never were: they are written again before they are believed.
#[test]
fn what_is_adopted_is_written_once_more_before_it_is_synced() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let server = crate::crawl::paper().serve();
    let log = folder.path().join("fault");
    let with = |fault: Fault| {
        let mut command = crawl(folder.path(), &server, &HOSTS, &["lessor"]);
        fault.put_into(&mut command, &log);
        let output = command.output().unwrap();
        std::fs::remove_file(&log).expect("the fault happened");
        output
    };
    assert_eq!(with(Fault::at("fdatasync", ".warc.gz", 1, "broken")).status.code(), Some(1));
    server.forget_hits();
    let output = with(Fault::at("write", ".warc.gz", 1, "broken").since_start());
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(server.hits().is_empty(), "it is the first thing that the next run writes");
    sums(&mut crawl(folder.path(), &server, &HOSTS, &["lessor"]));
    verified(folder.path());
}

#[test]
fn the_names_of_new_folders_are_synced() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("nouveau/dossier");
    let server = crate::crawl::paper().serve();
    let mut command = crawl(&archive, &server, &HOSTS, &["lessor"]);
    let log = folder.path().join("fault");
    Fault::at("fsync-folder", "/nouveau", 1, "broken").since_start().put_into(&mut command, &log);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(log.exists() && output.status.code() == Some(1) && said.contains("/nouveau: Input/output error"), "{said}");
}
