//! Traps: addresses without end among thirty real articles. All articles are had; each trap costs a bounded number of requests.

use std::collections::BTreeMap;
use std::path::Path;

use crate::crawl::{BODY, griot, page, sums};
use crate::support::{Ask, Reply, Server};

/// A profile as careless as a profile can be: any path of two segments or more is an article's.
fn careless(archive: &Path) {
    let toml = r#"
name = "Le Piège"
zone = "Africa/Bamako"
language = "fr"
hosts = ["lessor.ml", "www.lessor.ml"]
provisional = true

[pace]
delay = 0
concurrency = 8

[[listing]]
kind = "front"
url = "https://lessor.ml/"

[[listing]]
kind = "sitemap"
url = "https://lessor.ml/sitemap.xml"

[[listing]]
kind = "section"
url = "https://lessor.ml/rubrique"
next = "a.suite"
most = 100000

[article]
paths = ['^/[^/?]+/[^?]+', '^/go\?']

[[layout]]
title = [{ css = "h1" }]
body = [{ css = "article p" }]
"#;
    std::fs::create_dir_all(archive.join("selectors")).unwrap();
    std::fs::write(archive.join("selectors/piege.toml"), toml).unwrap();
}

fn real(number: usize) -> String {
    format!("/posts/un-vrai-titre-{number}")
}

/// Ten articles stand on the front page; each leads to one that only it knows; ten more stand in a sitemap.
fn article(number: usize) -> Reply {
    let body: Vec<String> = BODY.iter().map(|p| format!("{p} C’est le numéro {number}.")).collect();
    let body: Vec<&str> = body.iter().map(String::as_str).collect();
    let also = if number < 10 { real(number + 10) } else { real(number) };
    let html = page(&format!("Un vrai titre {number}"), &body, &also).replace("<div>", "<div><article>");
    Reply::html(html.replace("</div>", "</article></div>"))
}

fn links(to: impl IntoIterator<Item = String>) -> Reply {
    let links = to.into_iter().map(|to| format!("<a href=\"{to}\">{to}</a> ")).collect::<Vec<_>>().concat();
    Reply::html(format!("<html><body>{links}</body></html>"))
}

fn sitemaps(kind: &str, to: impl IntoIterator<Item = String>) -> Reply {
    let (outer, inner) = if kind == "index" { ("sitemapindex", "sitemap") } else { ("urlset", "url") };
    let entry = |to: String| format!("<{inner}><loc>https://lessor.ml{to}</loc></{inner}>");
    let entries = to.into_iter().map(entry).collect::<Vec<_>>().concat();
    Reply::new("application/xml", format!("<?xml version=\"1.0\"?><{outer}>{entries}</{outer}>"))
}

/// Each number has its own hexadecimal digits, as sessions have.
fn session(seed: usize) -> String {
    format!("{:016x}", (seed as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn number_after(target: &str, mark: &str) -> usize {
    let rest = target.split_once(mark).map_or("", |(_, rest)| rest);
    rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default().parse().unwrap_or(0)
}

/// The traps by their first segment: each page leads to two more that nobody has seen.
const TRAPS: [&str; 8] = ["/agenda/", "/tri/", "/profond", "/s-", "/go?", "/rubrique", "/plan-", "/tag/"];

fn answer(ask: &Ask) -> Reply {
    let target = ask.target.as_str();
    match target {
        "/" => links(
            (0..10).map(real).chain(
                ["/agenda/2026/11/1", "/tri/articles?page=1", "/profond/a", "/s-0/accueil", "/go?vers=1", "/tag/mot-0"]
                    .map(str::to_owned),
            ),
        ),
        // Nested without end, and a crowd of sitemaps in which nothing stands.
        "/sitemap.xml" => {
            let crowd = (0..3_000).map(|n| format!("/plan-foule-{n}.xml"));
            sitemaps("index", ["/plan-vrai.xml".to_owned(), "/plan-index-1.xml".to_owned()].into_iter().chain(crowd))
        }
        "/plan-vrai.xml" => sitemaps("urlset", (20..30).map(real)),
        _ if target.starts_with("/plan-index-") => {
            let n = number_after(target, "index-");
            sitemaps("index", [2 * n, 2 * n + 1].map(|n| format!("/plan-index-{n}.xml")))
        }
        _ if target.starts_with("/plan-foule-") => sitemaps("urlset", Vec::new()),
        _ if target.starts_with("/posts/") => article(number_after(target, "titre-")),
        // A section that goes on for ever and shows what is known.
        _ if target.starts_with("/rubrique") => {
            let next = number_after(target, "page=") + 1;
            Reply::html(format!(
                "<a href=\"{}\">Un vrai titre</a><a class=suite href=\"/rubrique?page={next}\">Suite</a>",
                real(0)
            ))
        }
        _ if target.starts_with("/agenda/") => {
            let day = number_after(target, "11/");
            links([2 * day, 2 * day + 1].map(|day| format!("/agenda/2026/11/{day}")))
        }
        _ if target.starts_with("/tri/") => {
            let n = number_after(target, "page=");
            links([2 * n, 2 * n + 1].map(|n| format!("/tri/articles?page={n}&ordre={n}")))
        }
        _ if target.starts_with("/profond") => {
            let here = target.trim_end_matches('/');
            links(["est", "ouest", "nord"].map(|way| format!("{here}/{way}{}", here.len())))
        }
        // The session changes on every page and stands in the path.
        _ if target.starts_with("/s-") => links([0, 1].map(|n| format!("/s-{}/accueil", session(2 * ask.order + n)))),
        _ if target.starts_with("/go?") => Reply::redirect(302, &format!("/go?vers={}", number_after(target, "=") + 1)),
        // Words without digits: no pattern of digits tells them.
        _ if target.starts_with("/tag/") => {
            let word = |n: u64| session(usize::try_from(n).unwrap()).replace(|c: char| c.is_ascii_digit(), "-");
            links([0, 1].map(|n| format!("/tag/mot-{}", word(2 * ask.order as u64 + n))))
        }
        _ => Reply::status(404),
    }
}

fn asked(server: &Server) -> BTreeMap<&'static str, usize> {
    let hits = server.hits();
    TRAPS.iter().map(|trap| (*trap, hits.iter().filter(|hit| hit.ask.target.starts_with(trap)).count())).collect()
}

#[test]
fn every_article_is_had_and_every_trap_is_left() {
    let folder = tempfile::tempdir().unwrap();
    careless(folder.path());
    let server = Server::start(answer);
    let crawled = sums(&griot(folder.path(), &server, &["crawl", "piege", "--quiet"]));
    let cost = asked(&server);
    println!("requests per trap: {cost:?}; {crawled}");
    assert_eq!((&crawled["new_articles"], &crawled["end"]), (&30.into(), &"nothing is due".into()), "{crawled}");
    assert!(cost.values().all(|requests| *requests <= 270), "{cost:?}");
    assert!(cost["/rubrique"] <= 55 && cost["/plan-"] <= 100, "{cost:?}");
    assert!(crawled["left_alone"].as_u64().unwrap() >= 6, "{crawled}");

    let database = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    let noted: i64 = database
        .query_row("SELECT count(*) FROM frontier WHERE note LIKE '%the pattern is left alone until%'", [], |r| {
            r.get(0)
        })
        .unwrap();
    assert!(noted >= 100, "{noted} pages that wait say why");

    // Within the day nothing of a trap is asked again, but the listings and articles are.
    server.forget_hits();
    let again = sums(&griot(folder.path(), &server, &["crawl", "piege", "--quiet"]));
    let trapped: usize = asked(&server).iter().filter(|(trap, _)| **trap != "/rubrique").map(|(_, n)| n).sum();
    assert_eq!((trapped, &again["new_articles"]), (0, &0.into()), "{:?}", asked(&server));
}

#[test]
fn three_hundred_monthly_sitemaps_are_read_and_old_ones_are_not_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    careless(folder.path());
    let dated = |months: usize| {
        let entry = |n: usize| {
            format!(
                "<sitemap><loc>https://lessor.ml/plan-mois-{n}.xml</loc><lastmod>{}-{:02}-28</lastmod></sitemap>",
                2000 + n / 12,
                n % 12 + 1
            )
        };
        let entries: String = (0..months).map(entry).collect();
        Reply::new("application/xml", format!("<?xml version=\"1.0\"?><sitemapindex>{entries}</sitemapindex>"))
    };
    let server = Server::start(move |ask| match ask.target.as_str() {
        "/sitemap.xml" => dated(300),
        "/" | "/rubrique" => links([real(0)]),
        target if target.starts_with("/plan-mois-") => sitemaps("urlset", [real(number_after(target, "mois-"))]),
        target if target.starts_with("/posts/") => article(number_after(target, "titre-")),
        _ => Reply::status(404),
    });
    let some = |most: &str| sums(&griot(folder.path(), &server, &["crawl", "piege", "--quiet", "--max-pages", most]));
    let first = some("330");
    let months = |server: &Server| server.hits().iter().filter(|h| h.ask.target.starts_with("/plan-mois-")).count();
    assert_eq!(first["left_alone"], 0, "{first}");
    assert_eq!(months(&server), 300, "what lists articles comes before old articles");

    // The index is read again, and nothing it says has changed.
    let database = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    database
        .execute("UPDATE frontier SET due_at = '2020-01-01T00:00:00.000Z' WHERE url LIKE '%/sitemap.xml'", [])
        .unwrap();
    drop(database);
    server.forget_hits();
    some("40");
    assert_eq!((server.hits().iter().filter(|h| h.ask.target == "/sitemap.xml").count(), months(&server)), (1, 0));
}
