//! Killed with -9 again and again on one archive: what it holds in the end is what an undisturbed one holds.
//!
//! "The same" is meant to the letter: the same captures (URL, status, kind, payload, what they refer to, what they were
//! read as), and each of them once, because a visit whose record reached the file is adopted and never made again; the
//! same articles, versions, links with their sightings, finds on listings, robots rules and frontier. Only instants,
//! record ids and the order of asking differ. No article is taken down here: an answer of 404 is evidence of that
//! only if the site served another page in the same run, and a run that was killed may have been too short.

mod paper;
mod plan;

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use griot::warc::reader::Reader;
use griot::warc::record::Kind;

use crate::support::Server;
use crate::support::run::{crawl, difference, rows, sums, verified};

use paper::{HOSTS, Paper};
use plan::{Kill, Phase};

/// Between the end of an answer and the next request.
const DELAY: Duration = Duration::from_millis(50);
/// What a loaded machine may take off it, by the server's clock.
const TOLERANCE: Duration = Duration::from_millis(20);

/// What must be the same, one line each.
const SAME: [(&str, &str); 7] = [
    (
        "captures",
        "SELECT v.url, c.status, c.kind, c.payload_digest, c.payload_bytes, c.etag, c.truncated, o.payload_digest,
                v.outcome, v.conditional, r.role, r.outcome, r.verdict, r.text_digest, r.attributes_digest,
                (SELECT count(*) FROM warc_record w WHERE w.capture_id = c.id)
         FROM capture c JOIN visit v ON v.id = c.visit_id LEFT JOIN reading r ON r.capture_id = c.id
         LEFT JOIN capture o ON o.id = c.refers_to",
    ),
    (
        "articles",
        "SELECT a.site, a.url, p.key FROM article a JOIN page_article x ON x.article_id = a.id
                  JOIN page p ON p.id = x.page_id",
    ),
    (
        "versions",
        "SELECT a.url, v.number, v.text_digest, v.attributes_digest, v.cause, v.flap, v.sightings
                  FROM version v JOIN article a ON a.id = v.article_id",
    ),
    ("links", "SELECT from_url, kind, label, title, teaser, rank, url, target, sitewide, sightings FROM links_all"),
    (
        "finds",
        "SELECT l.key, p.key, s.source, s.rank, s.url, s.title FROM sighting s JOIN page p ON p.id = s.page_id
               JOIN capture c ON c.id = s.capture_id JOIN page l ON l.id = c.page_id",
    ),
    ("robots", "SELECT origin, access, rules, until_at, capture_id IS NULL FROM robots"),
    (
        "frontier",
        "SELECT p.key, f.url, f.class, f.attempts, f.interval_s, f.due_at IS NULL, f.accepted_capture IS NULL
                  FROM frontier f JOIN page p ON p.id = f.page_id",
    ),
];

fn kept(archive: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let sorted = |sql| {
        let mut lines = rows(archive, sql);
        lines.sort();
        lines
    };
    SAME.iter().map(|(name, sql)| (*name, sorted(sql))).collect()
}

fn settle(archive: &Path) {
    std::fs::create_dir_all(archive).unwrap();
    crate::crawl::fast_profile(archive, &DELAY.as_secs_f64().to_string());
    // Small files, so that they close every few records.
    std::fs::write(archive.join("griot.toml"), "requests_per_second = 1000\n[warc]\nmax_bytes = 5000\n").unwrap();
}

/// The archive that nobody disturbs: a first crawl, and one of everything after the paper has changed.
fn undisturbed() -> [BTreeMap<&'static str, Vec<String>>; 2] {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path();
    settle(archive);
    let paper = Paper::new();
    let server = paper.serve();
    sums(&mut crawl(archive, &server, &HOSTS, &["lessor"]));
    let first = kept(archive);
    paper.goes_on();
    sums(&mut crawl(archive, &server, &HOSTS, &["lessor", "--revisit", "all"]));
    [first, kept(archive)]
}

/// Answers whose record stands whole in a WARC file, whatever the rows say.
fn recorded(archive: &Path) -> usize {
    let Ok(files) = std::fs::read_dir(archive.join("warc")) else { return 0 };
    let paths = files.map(|f| f.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "gz"));
    let whole = |path: std::path::PathBuf| Reader::open(&path, 0, None).unwrap().map_while(Result::ok);
    let records = paths.flat_map(whole).filter_map(|stored| stored.record().ok());
    records.filter(|record| matches!(record.kind, Kind::Response | Kind::Revisit)).count()
}

/// Runs until the kill falls. The run must have asked for something first.
fn kill(kill: &Kill, command: &mut Command, archive: &Path, paper: &Paper, server: &Server) {
    let (log, before) = (archive.join("fault"), server.hits().len());
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let output = if let Some(fault) = kill.fault {
        fault.put_into(command, &log);
        command.output().unwrap()
    } else {
        let asked = paper.hold();
        let mut child = command.spawn().unwrap();
        asked.recv_timeout(Duration::from_secs(20)).expect("a request of the run that is to be killed");
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        paper.let_go();
        output
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.signal(), Some(9), "{kill:?} did not fall: {said}");
    let told = std::fs::read_to_string(&log).unwrap_or_default();
    assert_eq!(told.lines().count(), usize::from(kill.fault.is_some()), "{kill:?}: {told}");
    // The log goes with its run.
    let _ = std::fs::remove_file(&log);
    assert!(server.hits().len() > before, "{kill:?} fell before the run's first request");
}

/// Every request waits for its turn, across runs and kills.
fn assert_pace(server: &Server) {
    for pair in server.hits().windows(2) {
        let gap = pair[1].arrived.saturating_duration_since(pair[0].finished.expect("hits() waits for ends"));
        assert!(gap + TOLERANCE >= DELAY, "{gap:?} between {} and {}", pair[0].ask.target, pair[1].ask.target);
    }
}

/// No page is asked for twice, unless its answer was lost with the run that asked.
fn assert_asked_once(server: &Server, lost: &[usize]) {
    let mut asked: BTreeMap<String, u32> = BTreeMap::new();
    for (_, hit) in server.hits().iter().enumerate().filter(|(line, _)| !lost.contains(line)) {
        *asked.entry(format!("{}{}", hit.ask.host, hit.ask.target)).or_default() += 1;
    }
    let twice: Vec<_> = asked.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "asked for again although the answer was in the archive: {twice:?}");
}

fn assert_same(undisturbed: &BTreeMap<&str, Vec<String>>, killed: &BTreeMap<&str, Vec<String>>) {
    for (name, lines) in undisturbed {
        assert!(!lines.is_empty(), "no {name}");
        let other = &killed[name];
        assert!(lines == other, "{name} (- undisturbed, + killed):\n{}", difference(lines, other));
    }
}

#[test]
fn fifty_kills_leave_the_archive_that_nobody_disturbed() {
    let calm = std::thread::spawn(undisturbed);
    let expected = LazyCell::new(|| calm.join().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path();
    settle(archive);
    let paper = Paper::new();
    let server = paper.serve();
    let mut fallen: Vec<Phase> = Vec::new();
    for (round, kills) in [plan::first_crawl(), plan::revisits()].iter().enumerate() {
        let (before, mut lost) = (recorded(archive), Vec::new());
        for (number, one) in kills.iter().enumerate() {
            // What is due stays due: only the first run of the second round says that everything is.
            let all = ["lessor", "--revisit", "all"];
            let words = if round == 1 && number == 0 { &all[..] } else { &all[..1] };
            kill(one, &mut crawl(archive, &server, &HOSTS, words), archive, &paper, &server);
            let (asked, kept) = (server.hits().len(), recorded(archive) - before);
            if kept + lost.len() < asked {
                lost.push(asked - 1);
            }
            assert_eq!(kept + lost.len(), asked, "{one:?} lost more than the answer under way");
            let is_lost = lost.last() == Some(&(asked - 1));
            assert!(!is_lost || one.may_lose_its_answer(), "{one:?} lost an answer that was recorded");
            fallen.push(one.phase);
        }
        sums(&mut crawl(archive, &server, &HOSTS, &["lessor"]));
        assert_pace(&server);
        assert_asked_once(&server, &lost);
        assert_same(&expected[round], &kept(archive));
        verified(archive);
        server.forget_hits();
        paper.goes_on();
    }
    let count = |phase| fallen.iter().filter(|p| **p == phase).count();
    let phases = [Phase::Append, Phase::Sync, Phase::Commit, Phase::Rotation, Phase::Answer].map(|p| (p, count(p)));
    assert!(plan::first_crawl().len() >= 50 && phases[..4].iter().map(|(_, n)| n).sum::<usize>() >= 40, "{phases:?}");
    assert!(phases.iter().all(|(_, n)| *n >= 5), "{phases:?}");
    let open = rows(archive, "SELECT name FROM warc_file WHERE closed_at IS NULL OR sha256 IS NULL");
    assert!(open.len() <= 1, "only the newest file may be open: {open:?}");
    let ends = rows(archive, "SELECT end_reason, count(*) FROM run GROUP BY end_reason ORDER BY 1");
    assert_eq!(ends, [format!("killed|{}", fallen.len()), "nothing is due|2".to_owned()]);
}
