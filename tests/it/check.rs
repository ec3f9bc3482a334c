//! A profile tried on its live site, on saved pages and on what the archive has.

use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::crawl::{BODY, FIRST, SECOND, fast_profile, page, paper, sums};
use crate::support::{Server, Site};

fn check(archive: &std::path::Path, server: &Server, words: &[&str]) -> Output {
    checking(archive, server, words).output().expect("the built binary starts")
}

fn checking(archive: &std::path::Path, server: &Server, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
    command.args(["check", "lessor", "--contact", "archive@example.org", "--allow-private", "--archive"]).arg(archive);
    command.arg("--cacert").arg(server.cacert_path()).args(server.resolve_args(&["lessor.ml", "www.lessor.ml"]));
    command.args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn found(archive: &std::path::Path, server: &Server, words: &[&str]) -> serde_json::Value {
    sums(&check(archive, server, &[words, &["--json"]].concat()))
}

/// The paths asked, robots.txt left out.
fn asked(server: &Server) -> Vec<String> {
    let targets = server.hits().into_iter().map(|hit| hit.ask.target);
    targets.filter(|target| target != "/robots.txt").collect()
}

fn many(count: usize) -> Site {
    let site = Site::new();
    let path = |n: usize| format!("/posts/un-article-de-la-semaine-694a5b{n:02x}0a1b2");
    let links: Vec<_> = (0..count).map(|n| format!("<a href=\"{}\">Article {n}</a>", path(n))).collect();
    site.put("/", format!("<html><body>{}</body></html>", links.concat()));
    for n in 0..count {
        site.put(&path(n), page(&format!("Article {n} de la semaine"), &BODY, FIRST));
    }
    site.put_typed("/robots.txt", "text/plain", "User-agent: *\nCrawl-delay: 1\nDisallow: /admin\n");
    site
}

#[test]
fn five_pages_at_most_are_asked_of_the_live_site_and_nothing_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.05");
    let server = many(12).serve();
    let report = found(folder.path(), &server, &[]);
    let check = &report["check"];
    assert_eq!(check["robots"][0]["crawl_delay_s"], 1, "{report}");
    assert_eq!(
        (&check["listings"][0]["status"], &check["listings"][0]["shows"]),
        (&200.into(), &12.into()),
        "{report}"
    );
    assert_eq!(check["asked_again"][1], 304, "{report}");
    let pages = check["pages"].as_array().unwrap();
    assert!(!pages.is_empty() && pages.iter().all(|p| p["outcome"] == "article"), "{report}");
    assert_eq!(pages[0]["charset"], serde_json::json!(["UTF-8", "header"]), "{report}");
    let title = pages[0]["fields"].as_array().unwrap().iter().find(|f| f["field"] == "title").unwrap();
    assert!(title["rule"].as_str().unwrap().starts_with("title["), "{title}");
    assert!(report["unproven"].as_array().unwrap().contains(&"images".into()), "{report}");
    assert_eq!((&check["provisional"], &report["holds"]), (&true.into(), &true.into()), "{report}");
    let asked = asked(&server);
    assert!(asked.len() <= 5 && asked.len() >= 4, "{asked:?}");
    assert!(!folder.path().join("archive.sqlite").exists(), "a check makes no archive");
    for pair in server.hits().windows(2) {
        let gap = pair[1].arrived.saturating_duration_since(pair[0].finished.unwrap());
        assert!(gap.as_millis() >= 980, "robots.txt asks for a second: {gap:?}");
    }
}

#[test]
fn a_check_and_a_crawl_share_the_sites_pace_and_the_archives_lock() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.4");
    let server = paper().serve();
    sums(&crate::crawl::griot(folder.path(), &server, &["crawl", "lessor"]));
    let before = server.hits().len();
    let kept = std::fs::read(folder.path().join("selectors/lessor.toml")).unwrap();
    found(folder.path(), &server, &[&format!("https://lessor.ml{FIRST}")]);
    sums(&crate::crawl::griot(folder.path(), &server, &["crawl", "lessor", "--revisit", "all"]));
    let hits = server.hits();
    for pair in hits[before - 1..].windows(2) {
        let gap = pair[1].arrived.saturating_duration_since(pair[0].finished.unwrap());
        assert!(gap.as_millis() >= 380, "{gap:?} before {}", pair[1].ask.target);
    }
    assert_eq!(kept, std::fs::read(folder.path().join("selectors/lessor.toml")).unwrap());

    let lock = std::fs::File::open(folder.path().join("lock")).unwrap();
    lock.lock().unwrap();
    let refused = check(folder.path(), &server, &[]);
    assert_eq!(refused.status.code(), Some(75), "{}", String::from_utf8_lossy(&refused.stderr));
    assert_eq!(server.hits().len(), hits.len());
}

#[test]
fn after_a_check_that_was_killed_the_next_crawl_waits_a_whole_delay() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.8");
    let site = paper();
    let slow = Arc::new(AtomicBool::new(false));
    let server = {
        let slow = slow.clone();
        Server::start(move |ask| {
            let stuck = slow.load(Ordering::SeqCst) && ask.target == FIRST;
            let pause = if stuck { Duration::from_secs(2) } else { Duration::ZERO };
            site.answer(ask).delay(pause)
        })
    };
    sums(&crate::crawl::griot(folder.path(), &server, &["crawl", "lessor"]));
    slow.store(true, Ordering::SeqCst);
    let before = server.seen();
    let mut child = checking(folder.path(), &server, &[&format!("https://lessor.ml{FIRST}")]).spawn().unwrap();
    // robots.txt, then the page that does not come.
    while server.seen() < before + 2 && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    let killed = Instant::now();
    child.wait().unwrap();
    slow.store(false, Ordering::SeqCst);
    sums(&crate::crawl::griot(folder.path(), &server, &["crawl", "lessor", "--revisit", "all"]));
    let next = server.hits().into_iter().find(|hit| hit.arrived > killed).expect("the crawl asks");
    let gap = next.arrived.saturating_duration_since(killed);
    assert!(gap.as_millis() >= 780, "{gap:?} before {}", next.ask.target);
}

#[test]
fn a_profile_that_does_not_hold_is_told_with_what_it_misses() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let site = paper();
    site.put(FIRST, "<html><body><ul><li>Menu</li></ul></body></html>")
        .put(SECOND, "<html><body><p>-</p></body></html>");
    let server = site.serve();
    let output = check(folder.path(), &server, &[]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(10), "{said}");
    assert!(said.contains("extraction-failed") && said.contains("no rule held"), "{said}");
    let foreign = check(folder.path(), &server, &["https://example.org/posts/x"]);
    assert_eq!(foreign.status.code(), Some(2), "{}", String::from_utf8_lossy(&foreign.stderr));
}

#[test]
fn stored_captures_are_tried_without_asking_anybody_and_differences_are_named() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let server = paper().serve();
    sums(&crate::crawl::griot(folder.path(), &server, &["crawl", "lessor"]));
    let before = server.hits().len();
    let same = found(folder.path(), &server, &["--stored"]);
    assert_eq!(same["check"]["pages"].as_array().unwrap().len(), 2, "{same}");
    assert_eq!((&same["check"]["read_otherwise"], &same["holds"]), (&serde_json::json!([]), &true.into()), "{same}");

    let path = folder.path().join("selectors/lessor.toml");
    let edited = std::fs::read_to_string(&path).unwrap().replacen(
        "text = \"^L['",
        "text = \"^Les taxis\" },\n  { text = \"^L['",
        1,
    );
    std::fs::write(&path, edited).unwrap();
    let other = found(folder.path(), &server, &["--stored", "1"]);
    let pages = other["check"]["pages"].as_array().unwrap();
    assert_eq!(pages.len(), 1, "{other}");
    assert_eq!(other["check"]["read_otherwise"].as_array().unwrap().len(), 1, "{other}");
    assert_eq!(server.hits().len(), before, "nobody was asked");
}
