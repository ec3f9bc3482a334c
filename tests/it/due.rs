//! Which pages a run asks for, and how soon again: by what listings tell of them.

use std::path::Path;

use griot::clock::{Clock as _, SystemClock};

use crate::crawl::{BODY, griot, page, sums};
use crate::support::run::rows;
use crate::support::{Reply, Server, Site};

/// A paper whose addresses tell nothing; its articles stand in a sitemap.
fn profile(archive: &Path) {
    let toml = r#"
name = "Le Journal"
zone = "Africa/Bamako"
language = "fr"
hosts = ["lessor.ml"]
provisional = true

[pace]
delay = 0.01

[[listing]]
kind = "sitemap"
url = "https://lessor.ml/sitemap.xml"

[article]
paths = ['^/posts/[^/?]+$']

[[layout]]
title = [{ css = "h1" }]
body = [{ css = "div p" }]
"#;
    std::fs::create_dir_all(archive.join("selectors")).unwrap();
    std::fs::write(archive.join("selectors/journal.toml"), toml).unwrap();
}

const ARTICLES: usize = 4;

fn path(number: usize) -> String {
    format!("/posts/article-{number}")
}

/// A sitemap that says of each article that it changed at an instant, and the articles.
fn journal(changed: impl Fn() -> String + Send + Sync + 'static) -> (Site, Server) {
    let site = Site::new().without_validators();
    for number in 0..ARTICLES {
        site.put(&path(number), page(&format!("Article {number}"), &BODY, &path(number)));
    }
    let pages = site.clone();
    let server = Server::start(move |ask| {
        if ask.target != "/sitemap.xml" {
            return pages.answer(ask);
        }
        let url = |n| format!("<url><loc>https://lessor.ml{}</loc><lastmod>{}</lastmod></url>", path(n), changed());
        let urls: Vec<String> = (0..ARTICLES).map(url).collect();
        let space = "http://www.sitemaps.org/schemas/sitemap/0.9";
        Reply::new("application/xml", format!("<urlset xmlns=\"{space}\">{}</urlset>", urls.concat()))
    });
    (site, server)
}

fn asked(archive: &Path, server: &Server, words: &[&str]) -> Vec<String> {
    server.forget_hits();
    sums(&griot(archive, server, &[&["crawl", "journal"], words].concat()));
    let targets = server.hits().into_iter().map(|hit| hit.ask.target);
    targets.filter(|target| target.starts_with("/posts/")).collect()
}

fn listing_is_due(archive: &Path) {
    rows(archive, "UPDATE frontier SET due_at = '2026-01-02T03:04:05.000Z' WHERE class = 'listing'");
}

#[test]
fn a_sitemap_that_always_says_now_makes_no_article_due_at_each_reading() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let (_, server) = journal(|| SystemClock.now().to_string());
    assert_eq!(asked(folder.path(), &server, &[]).len(), ARTICLES);
    let bands = "SELECT group_concat(place + (1 << 41) >> 42) FROM frontier WHERE class = 'revisit'";
    let before = rows(folder.path(), bands);
    listing_is_due(folder.path());
    assert_eq!(asked(folder.path(), &server, &[]), [""; 0], "some hours pass first");

    let hours_ago = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-200 minutes')";
    rows(folder.path(), &format!("UPDATE capture SET captured_at = {hours_ago}"));
    rows(folder.path(), "UPDATE frontier SET due_at = '2099-01-01T00:00:00.000Z' WHERE class = 'revisit'");
    listing_is_due(folder.path());
    assert_eq!(asked(folder.path(), &server, &["--max-pages", "1"]), [""; 0], "the sitemap alone");
    assert_eq!(rows(folder.path(), bands), before, "revisits stay among revisits");
    assert_eq!(asked(folder.path(), &server, &[]).len(), ARTICLES);
}

#[test]
fn until_leaves_out_what_was_published_later_and_not_what_was_changed_later() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let (_, server) = journal(|| "2025-06-01T08:00:00Z".into());
    assert_eq!(asked(folder.path(), &server, &["--since", "2025-07-01"]), [""; 0], "published before its last change");
    assert_eq!(asked(folder.path(), &server, &["--until", "2025-02-01"]).len(), ARTICLES);
}

#[test]
fn to_look_at_all_again_spares_what_failed_and_what_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let (site, server) = journal(|| "2025-06-01T08:00:00Z".into());
    site.put_status(&path(0), 503);
    assert_eq!(asked(folder.path(), &server, &[]).len(), ARTICLES);
    let dry = griot(folder.path(), &server, &["crawl", "journal", "--revisit", "all", "--dry-run"]);
    let told: serde_json::Value = serde_json::from_slice(&dry.stdout).unwrap();
    assert_eq!((&told["revisits"], &told["new_articles"]), (&(ARTICLES - 1).into(), &0.into()), "{told}");
    let again = asked(folder.path(), &server, &["--revisit", "all"]);
    assert!(again.len() == ARTICLES - 1 && !again.contains(&path(0)), "{again:?}");
}

#[test]
fn a_listing_is_asked_for_whole_once_a_month_though_it_never_changes() {
    let folder = tempfile::tempdir().unwrap();
    crate::crawl::fast_profile(folder.path(), "0.01");
    let server = crate::crawl::paper().serve();
    let run = |words: &[&str]| sums(&griot(folder.path(), &server, &[&["crawl", "lessor"], words].concat()));
    run(&[]);
    let of_listing = "SELECT unconditional_at FROM frontier WHERE class = 'listing'";
    let first = rows(folder.path(), of_listing);
    assert_eq!(run(&["--revisit", "all"])["not_modified"], 3);
    assert_eq!(rows(folder.path(), of_listing), first, "a 304 proves nothing about the validators");
    rows(folder.path(), "UPDATE frontier SET unconditional_at = '2026-01-02T03:04:05.000Z'");
    assert_eq!(run(&["--revisit", "all"])["not_modified"], 0, "whatever the validators say");
    let soon = "SELECT count(*) FROM frontier WHERE unconditional_at < strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";
    assert_eq!(rows(folder.path(), soon), ["0"], "the same bytes, but all of them came");
}
