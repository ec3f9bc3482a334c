//! What mends a break: a profile that reads otherwise, or a person's word, and nothing else.

use std::path::Path;

use super::paper::{BODY, Design, HOST, page, path, print, profile};
use super::{ALL, crawled, run, standings, status, versions};
use crate::support::run::{rows, verified};
use crate::support::{Server, Site};

fn later(archive: &Path) {
    rows(archive, "UPDATE frontier SET due_at = '2999-01-02T03:04:05.000Z'");
}

/// Fourteen known articles and six new ones, of which half is read.
fn broken(archive: &Path, site: &Site) -> (Server, Vec<String>) {
    let server = crawled(archive, site);
    let before = versions(archive);
    print(site, 0..20, Design::Half, 2);
    assert_eq!(run(archive, &server, &ALL).0, Some(10));
    assert_eq!(standings(archive), ["broken|20", "sound|14"]);
    (server, before)
}

fn rewrite(archive: &Path, change: impl Fn(&str) -> String) {
    let toml = archive.join("selectors/matin.toml");
    let text = std::fs::read_to_string(&toml).unwrap();
    assert_ne!(change(&text), text);
    std::fs::write(&toml, change(&text)).unwrap();
}

#[test]
fn a_profile_that_is_changed_elsewhere_mends_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    let (server, before) = broken(folder.path(), &site);
    rewrite(folder.path(), |text| text.replace("delay = 0", "delay = 0.001 # Merci."));
    print(&site, 20..24, Design::Half, 3);
    run(folder.path(), &server, &ALL);
    assert_eq!(versions(folder.path()), before);
    assert!(status(folder.path()).0.contains("may not hold"));
    // Nor does one that reads otherwise, but not what is broken.
    rewrite(folder.path(), |text| format!("{text}section = [{{ css = '.rubrique' }}]\n"));
    later(folder.path());
    run(folder.path(), &server, &[]);
    assert_eq!(versions(folder.path()), before);
    assert_eq!(rows(folder.path(), "SELECT count(*) FROM held"), ["0"]);
    verified(folder.path());
    profile(folder.path(), ".x1");
    run(folder.path(), &server, &[]);
    assert_eq!(rows(folder.path(), "SELECT cause, count(*) FROM version GROUP BY cause"), ["first|24"]);
    verified(folder.path());
}

#[test]
fn a_newer_griot_is_no_mended_profile() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    let (server, before) = broken(folder.path(), &site);
    for table in ["sign", "reading"] {
        rows(folder.path(), &format!("UPDATE {table} SET extractor = 'griot-0+0123abcd'"));
    }
    print(&site, 20..24, Design::Half, 3);
    let (_, sums, _) = run(folder.path(), &server, &ALL);
    assert_eq!((&sums["new_articles"], &sums["new_versions"]), (&0.into(), &0.into()), "{sums}");
    assert_eq!(versions(folder.path()), before);
    assert!(status(folder.path()).0.contains("may not hold"));
}

#[test]
fn what_failed_before_there_was_a_memory_is_read_by_a_mended_profile_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    profile(folder.path(), ".nulle-part");
    print(&site, 0..14, Design::First, 1);
    let server = site.serve();
    let (_, sums, _) = run(folder.path(), &server, &[]);
    assert_eq!((&sums["new_articles"], standings(folder.path())), (&0.into(), vec!["unsure|14".to_owned()]));
    for n in 0..14 {
        site.remove(&path(n));
    }
    profile(folder.path(), BODY);
    later(folder.path());
    run(folder.path(), &server, &[]);
    assert_eq!(rows(folder.path(), "SELECT cause, count(*) FROM version GROUP BY cause"), ["first|14"]);
    verified(folder.path());
}

#[test]
fn what_a_mended_profile_takes_for_a_part_is_broken_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    let server = crawled(folder.path(), &site);
    for n in 0..14 {
        let next = format!("<a class=\"suite\" href=\"https://{HOST}{}?page=2\">Suite</a></article>", path(n));
        let part = page(super::paper::Story { edition: 2, ..super::paper::Story::new(n) }, Design::Half);
        site.put(&path(n), part.replace("</article>", &next));
    }
    super::paper::list(&site);
    assert_eq!(run(folder.path(), &server, &ALL).0, Some(10));
    profile(folder.path(), ".x1");
    rewrite(folder.path(), |text| format!("{text}next_page = [{{ css = 'a.suite', attr = 'href' }}]\n"));
    later(folder.path());
    run(folder.path(), &server, &[]);
    assert_eq!(standings(folder.path()), ["sound|14"]);
    assert!(!status(folder.path()).0.contains("may not hold"));
    verified(folder.path());
}

#[test]
fn a_person_may_vouch_for_what_griot_doubts() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    let (server, _) = broken(folder.path(), &site);
    let today = rows(folder.path(), "SELECT date('now')").remove(0);
    assert!(status(folder.path()).0.contains(&format!("`checked = {today}` in the profile's layout")));
    rewrite(folder.path(), |text| text.replace("[[layout]]", &format!("[[layout]]\nchecked = {today}")));
    later(folder.path());
    let (code, sums, kinds) = run(folder.path(), &server, &[]);
    assert_eq!((code, kinds), (Some(0), vec![]), "{sums}");
    assert_eq!(standings(folder.path()), ["forgiven|20", "sound|14"]);
    assert_eq!(rows(folder.path(), "SELECT count(*) FROM article"), ["20"]);
    assert!(!status(folder.path()).0.contains("may not hold"));
    // What comes then is as usual.
    print(&site, 20..30, Design::Half, 3);
    let (code, sums, kinds) = run(folder.path(), &server, &ALL);
    assert_eq!((code, kinds, &sums["new_articles"]), (Some(0), vec![], &10.into()), "{sums}");
    assert_eq!(rows(folder.path(), "SELECT count(*) FROM sign WHERE standing NOT IN ('sound', 'forgiven')"), ["0"]);
    verified(folder.path());
}
