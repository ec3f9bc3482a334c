//! A profile that does not hold any more makes no versions; a paper that prints something odd breaks nothing.

mod calm;
mod in_parts;
mod measured;
mod mended;
mod paper;
mod turns;

use std::path::Path;

use crate::support::run::{crawl, griot, rows, verified};
use crate::support::{Server, Site};

use paper::{BODY, Design, HOST, path, print, profile};

/// A run over every page: its exit code, its sums and the kinds of what it left for a person.
pub(crate) fn run(archive: &Path, server: &Server, words: &[&str]) -> (Option<i32>, serde_json::Value, Vec<String>) {
    let output = crawl(archive, server, &[HOST], &[&["matin"], words].concat()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let told = String::from_utf8_lossy(&output.stderr);
    let sums: serde_json::Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}{told}"));
    let kinds = sums["concerns"].as_array().unwrap().iter().map(|c| c["kind"].as_str().unwrap().to_owned()).collect();
    (output.status.code(), sums, kinds)
}

pub(crate) const ALL: [&str; 2] = ["--revisit", "all"];

/// A paper of fourteen articles that was crawled while the profile held.
pub(crate) fn crawled(archive: &Path, site: &Site) -> Server {
    profile(archive, BODY);
    print(site, 0..14, Design::First, 1);
    let server = site.serve();
    let (code, sums, _) = run(archive, &server, &[]);
    assert_eq!((code, &sums["new_articles"]), (Some(0), &14.into()), "{sums}");
    server
}

pub(crate) fn versions(archive: &Path) -> Vec<String> {
    let sql = "SELECT a.url, v.number, v.text_digest, v.cause FROM version v JOIN article a ON a.id = v.article_id
               ORDER BY a.url, v.number";
    rows(archive, sql)
}

pub(crate) fn standings(archive: &Path) -> Vec<String> {
    rows(archive, "SELECT standing, count(*) FROM sign GROUP BY standing ORDER BY standing")
}

fn status(archive: &Path) -> (String, serde_json::Value) {
    let said = String::from_utf8(griot(archive, &["status"]).stdout).unwrap();
    let json = griot(archive, &["status", "--json"]).stdout;
    (said, serde_json::from_slice(&json).unwrap())
}

fn assert_nothing_was_made_of_it(archive: &Path, before: &[String], bad: usize) {
    assert_eq!(versions(archive), before, "no version was made");
    assert_eq!(rows(archive, "SELECT count(*) FROM held"), ["0"]);
    let aside = "SELECT count(*) FROM reading r JOIN sign s USING (capture_id)
                 WHERE r.outcome = 'extraction-failed' AND s.standing = 'broken' AND s.doubt <> '' AND r.reason <> ''";
    assert_eq!(rows(archive, aside), [bad.to_string()]);
}

/// In a new design; then the profile is mended, and what was set aside is read by it without a request for it.
fn breaks_and_is_mended(design: Design, mended: &str) {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    let server = crawled(folder.path(), &site);
    let before = versions(folder.path());
    // All that was known, and six new ones.
    print(&site, 0..20, design, 2);
    let (code, sums, kinds) = run(folder.path(), &server, &ALL);
    assert_eq!((code, kinds), (Some(10), vec!["broken".to_owned()]), "{design:?}: {sums}");
    assert_eq!((&sums["new_articles"], &sums["new_versions"]), (&0.into(), &0.into()), "{design:?}: {sums}");
    assert_nothing_was_made_of_it(folder.path(), &before, 20);
    told_by_status(folder.path(), design);
    let (code, _, _) = run(folder.path(), &server, &ALL);
    assert_eq!(code, Some(0), "{design:?}: it was told");
    assert_eq!(versions(folder.path()), before);
    verified(folder.path());

    profile(folder.path(), mended);
    server.forget_hits();
    rows(folder.path(), "UPDATE frontier SET due_at = '2999-01-02T03:04:05.000Z'");
    let (code, sums, kinds) = run(folder.path(), &server, &[]);
    assert_eq!((code, kinds), (Some(0), Vec::new()), "{design:?}: {sums}");
    let asked: Vec<String> = server.hits().into_iter().map(|hit| hit.ask.target).collect();
    assert!(asked.iter().all(|target| !target.starts_with("/posts/")), "{design:?}: asked for again: {asked:?}");
    let causes = rows(folder.path(), "SELECT cause, count(*) FROM version GROUP BY cause");
    assert_eq!(causes, ["first|20"], "{design:?}: no edit is claimed, and the new ones are there");
    let sightings = rows(
        folder.path(),
        "SELECT DISTINCT sightings FROM version v JOIN article a ON a.id = article_id
        ORDER BY sightings",
    );
    assert_eq!(sightings, ["2", "3"], "{design:?}: each capture of the new design shows its text");
    assert_eq!(rows(folder.path(), "SELECT count(*) FROM reading WHERE outcome = 'extraction-failed'"), ["0"]);
    assert!(!status(folder.path()).0.contains("may not hold"), "{design:?}");
    verified(folder.path());
}

fn told_by_status(archive: &Path, design: Design) {
    let (said, json) = status(archive);
    let broken = &json["sites"][0]["broken"];
    let first = rows(
        archive,
        "SELECT v.url, c.captured_at, c.record_id FROM sign s JOIN capture c ON c.id = s.capture_id
        JOIN visit v ON v.id = c.visit_id WHERE s.standing = 'broken' ORDER BY c.captured_at LIMIT 1",
    );
    let good = rows(
        archive,
        "SELECT v.url, c.captured_at, c.record_id FROM sign s JOIN capture c ON c.id = s.capture_id
        JOIN visit v ON v.id = c.visit_id WHERE s.standing = 'sound' ORDER BY c.captured_at DESC LIMIT 1",
    );
    for (what, row) in [("first_bad", &first[0]), ("last_good", &good[0])] {
        let told = &broken[what];
        let told = ["url", "captured_at", "record_id"].map(|key| told[key].as_str().unwrap().to_owned()).join("|");
        assert_eq!(&told, row, "{design:?} {what}");
        let words = format!(
            "{} capture: {} at {}",
            what.replace('_', " "),
            row.split('|').next().unwrap(),
            row.split('|').nth(1).unwrap()
        );
        assert!(said.contains(&words), "{design:?}: `{words}` in\n{said}");
    }
    assert_eq!(broken["set_aside"], 20);
    assert!(said.contains("griot check matin --stored") && said.contains("griot profile learn matin"), "{said}");
    let body = |of: &str| {
        let fields = json["sites"][0][of].as_array().unwrap();
        fields.iter().find(|field| field["field"] == "body").unwrap().clone()
    };
    let (now, usual) = (body("health"), body("usual"));
    assert_eq!((&now["pages"], &usual["agreed"]), (&20.into(), &14.into()), "{design:?} {now} {usual}");
    assert!(said.contains("  body of the last run: found on "), "{design:?}: {said}");
}

#[test]
fn a_body_rule_that_catches_the_column_breaks() {
    breaks_and_is_mended(Design::Column, ".x1");
}

#[test]
fn a_body_rule_that_catches_one_teaser_breaks() {
    breaks_and_is_mended(Design::Teaser, ".x1");
}

#[test]
fn a_body_rule_that_catches_nothing_breaks() {
    breaks_and_is_mended(Design::Nothing, ".x1");
}

#[test]
fn a_body_rule_that_catches_half_breaks() {
    breaks_and_is_mended(Design::Half, ".x1");
}

#[test]
fn a_byline_that_vanishes_from_known_articles_is_no_edit_of_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    let server = crawled(folder.path(), &site);
    let before = versions(folder.path());
    print(&site, 0..14, Design::NoByline, 2);
    let (code, sums, kinds) = run(folder.path(), &server, &ALL);
    assert_eq!((code, kinds), (Some(10), vec!["broken".to_owned()]), "{sums}");
    assert_nothing_was_made_of_it(folder.path(), &before, 14);
    verified(folder.path());
}

#[test]
fn one_page_a_run_breaks_as_well_and_makes_no_version_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    let server = crawled(folder.path(), &site);
    let before = versions(folder.path());
    let mut codes = Vec::new();
    for n in 14..21 {
        print(&site, [n], Design::Column, n);
        rows(folder.path(), "UPDATE frontier SET due_at = '2026-01-02T03:04:05.000Z' WHERE class = 'listing'");
        let (code, sums, _) = run(folder.path(), &server, &[]);
        assert_eq!(sums["requests"], 2, "the front page and one article: {sums}");
        codes.push(code.unwrap());
        assert_eq!(versions(folder.path()), before);
    }
    assert_eq!(codes, [0, 0, 0, 0, 10, 0, 0], "five in a row are a break, which is told once");
    assert_eq!(standings(folder.path()), ["broken|7", "sound|14"]);
    let first = rows(
        folder.path(),
        "SELECT v.url FROM sign s JOIN capture c ON c.id = s.capture_id
        JOIN visit v ON v.id = c.visit_id WHERE s.standing = 'broken' ORDER BY c.captured_at LIMIT 1",
    );
    assert_eq!(first, [format!("https://{HOST}{}", path(14))]);
    verified(folder.path());
}
