//! Exit code 10: a run that went through, and found something that a person has to look at.

use std::path::Path;

use crate::crawl::{BODY, FIRST, SECOND, fast_profile, griot, page, paper, sums};
use crate::support::run::rows;
use crate::support::{Server, Site};

/// Exit code and the kinds told, of a run over every page.
fn run(archive: &Path, server: &Server) -> (Option<i32>, Vec<String>) {
    let output = griot(archive, server, &["crawl", "lessor", "--revisit", "all"]);
    let concerns = sums(&output)["concerns"].as_array().unwrap().clone();
    (output.status.code(), concerns.iter().map(|c| c["kind"].as_str().unwrap().to_owned()).collect())
}

fn told(kinds: &[&str]) -> (Option<i32>, Vec<String>) {
    (Some(if kinds.is_empty() { 0 } else { 10 }), kinds.iter().map(|k| (*k).to_owned()).collect())
}

/// Every article as a page that no rule of the profile holds on; new bytes each time.
fn redesign(site: &Site, round: u32) {
    for path in [FIRST, SECOND] {
        site.put(path, format!("<html><body><div>{round}</div><ul><li>Menu</li></ul></body></html>"));
    }
}

#[test]
fn a_redesign_is_told_once_and_again_on_the_seventh_run() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let site = paper();
    let server = site.serve();
    assert_eq!(run(folder.path(), &server), told(&[]));
    for round in 1..=8 {
        redesign(&site, round);
        let expected: &[&str] = if matches!(round, 1 | 7) { &["unread"] } else { &[] };
        assert_eq!(run(folder.path(), &server), told(expected), "run {round} after the redesign");
    }
    let stands = || String::from_utf8(griot(folder.path(), &server, &["status"]).stdout).unwrap();
    assert!(stands().contains("needs a person, for 8 runs so far: lessor: 2 of 2 pages"), "{}", stands());
    site.put(FIRST, page("Le pont est ouvert", &BODY, SECOND));
    site.put(SECOND, page("La récolte commence", &BODY, FIRST));
    assert_eq!(run(folder.path(), &server), told(&[]));
    assert!(!stands().contains("needs a person"), "{}", stands());
    redesign(&site, 9);
    assert_eq!(run(folder.path(), &server), told(&["unread"]), "new again");
    let shown = griot(folder.path(), &server, &["show", &format!("https://lessor.ml{FIRST}")]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(
        shown.contains("Le pont a été ouvert") && shown.contains("version 1"),
        "the last good text stands: {shown}"
    );
}

#[test]
fn a_listing_that_shows_nothing_any_more_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let site = paper();
    let server = site.serve();
    assert_eq!(run(folder.path(), &server), told(&[]));
    site.put("/", "<html><body><div id=\"app\"></div></body></html>");
    assert_eq!(run(folder.path(), &server), told(&["emptied"]));
}

#[test]
fn a_site_that_closes_itself_by_robots_is_told_and_quiet_does_not_hide_it() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let site = paper();
    site.put_typed("/robots.txt", "text/plain", "User-agent: *\nDisallow: /\n");
    let server = site.serve();
    let output = griot(folder.path(), &server, &["crawl", "lessor", "--quiet"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(10), "{said}");
    assert!(said.contains("robots.txt") && said.contains("griot check lessor"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_papers_only_listing_is_never_given_up_and_its_failing_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let site = paper();
    let server = site.serve();
    assert_eq!(run(folder.path(), &server), told(&[]));
    let front = site.body("/");
    for round in 1..=12 {
        // Other bytes each time.
        site.put_status("/", 500 + round % 2 * 2);
        rows(folder.path(), "UPDATE frontier SET due_at = '2026-01-02T03:04:05.000Z' WHERE class = 'listing'");
        let expected: &[&str] = if matches!(round, 5 | 11) { &["unlisted"] } else { &[] };
        assert_eq!(run(folder.path(), &server), told(expected), "run {round} of the outage");
        let wait = "SELECT unixepoch(due_at) - unixepoch('now') <= 24 * 3600 FROM frontier WHERE class = 'listing'";
        assert_eq!(rows(folder.path(), wait), ["1"], "run {round} of the outage");
    }
    site.put("/", front);
    rows(folder.path(), "UPDATE frontier SET due_at = '2026-01-02T03:04:05.000Z' WHERE class = 'listing'");
    assert_eq!(run(folder.path(), &server), told(&[]));
    assert_eq!(rows(folder.path(), "SELECT attempts FROM frontier WHERE class = 'listing'"), ["0"]);
}

#[test]
fn a_run_that_asked_for_no_article_does_not_make_an_old_concern_new() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let site = paper();
    let server = site.serve();
    assert_eq!(run(folder.path(), &server), told(&[]));
    redesign(&site, 1);
    assert_eq!(run(folder.path(), &server), told(&["unread"]));
    rows(folder.path(), "UPDATE frontier SET due_at = '2026-01-02T03:04:05.000Z' WHERE class = 'listing'");
    let alone = griot(folder.path(), &server, &["crawl", "lessor"]);
    assert_eq!((alone.status.code(), &sums(&alone)["requests"]), (Some(0), &1.into()), "the listing alone");
    redesign(&site, 2);
    assert_eq!(run(folder.path(), &server), told(&[]), "it was told before");
}

#[test]
fn a_paper_whose_listings_are_all_gone_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let site = paper();
    let server = site.serve();
    assert_eq!(run(folder.path(), &server), told(&[]));
    site.remove("/");
    assert_eq!(run(folder.path(), &server), told(&["unlisted"]));
    assert_eq!(run(folder.path(), &server), told(&[]), "it was said");
}

#[test]
fn articles_that_all_lead_to_a_wall_elsewhere_are_told() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let site = Site::new();
    let path = |n: usize| format!("/posts/un-article-{n}-694a5b3{n}0a1b2");
    let links: Vec<String> = (0..4).map(|n| format!("<a href=\"{}\">Article {n}</a>", path(n))).collect();
    site.put("/", links.concat());
    for n in 0..4 {
        site.put_redirect(&path(n), 302, "https://consent.example/?back=1");
    }
    let server = site.serve();
    assert_eq!(run(folder.path(), &server), told(&["unread"]));
}
