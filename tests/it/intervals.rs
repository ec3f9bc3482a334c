//! Intervals of related links: a link that stands at every visit is one row, whatever else the article's pages do.

use std::path::Path;

use crate::crawl::{BODY, griot, sums};
use crate::identity::{OTHER, front, one, profile, story};
use crate::support::{Server, Site};

const PAGE: &str = "/posts/pont";
const PRINT: &str = "/imprimer/pont";

/// The article with links under it.
fn linking(links: &[&str]) -> String {
    let links: Vec<String> =
        links.iter().map(|to| format!("<p>Lire aussi : <a href=\"{to}\">Un titre à lire</a></p>")).collect();
    let html = story("Le pont est ouvert", &BODY, Some("https://lessor.ml/posts/pont"));
    let own = "<p>Lire aussi : <a href=\"/posts/ailleurs\">Un autre article de la même journée</a></p>";
    assert!(html.contains(own), "the page is made otherwise now");
    html.replace(own, &links.concat())
}

fn visit(archive: &Path, server: &Server) {
    sums(&griot(archive, server, &["crawl", "matin", "--quiet", "--revisit", "all"]));
}

/// Each row's sightings, in order.
fn sightings(archive: &Path) -> String {
    one(archive, "SELECT coalesce(group_concat(sightings, ' '), '') FROM (SELECT * FROM related_link ORDER BY id)")
}

#[test]
fn another_page_of_the_article_ends_no_interval() {
    for validators in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        profile(folder.path());
        let site = if validators { Site::new() } else { Site::new().without_validators() };
        site.put(PAGE, linking(&["/posts/ailleurs"]));
        site.put(PRINT, linking(&[]));
        front(&site, &[PAGE]);
        let server = site.serve();
        visit(folder.path(), &server);
        front(&site, &[PAGE, PRINT]);
        for _ in 0..4 {
            visit(folder.path(), &server);
        }
        assert_eq!(one::<i64>(folder.path(), "SELECT count(*) FROM article"), 1);
        assert_eq!(sightings(folder.path()), "5", "validators: {validators}");
    }
}

#[test]
fn a_text_that_shares_nothing_ends_no_interval() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let site = Site::new();
    front(&site, &[PAGE]);
    let server = site.serve();
    let other = story("La récolte commence", &OTHER, None);
    for html in [linking(&["/posts/ailleurs"]), other, linking(&["/posts/ailleurs"])] {
        site.put(PAGE, html);
        visit(folder.path(), &server);
    }
    assert_eq!(one::<i64>(folder.path(), "SELECT sum(stranger) FROM reading"), 1);
    assert_eq!(sightings(folder.path()), "2");
}

#[test]
fn two_addresses_of_one_target_are_one_link_at_every_visit() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let site = Site::new().without_validators();
    site.put(PAGE, linking(&["/posts/ailleurs?utm_source=a", "/posts/ailleurs?utm_source=b"]));
    front(&site, &[PAGE]);
    let server = site.serve();
    for _ in 0..3 {
        visit(folder.path(), &server);
    }
    assert_eq!(sightings(folder.path()), "3");
}
