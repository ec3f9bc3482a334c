//! A version means that the text changed: not the side blocks, not the validators, not the profile.

use std::path::Path;

use crate::support::run::{crawl, rows, sums, verified};
use crate::support::{Server, Site};

const HOSTS: [&str; 2] = ["lessor.ml", "www.lessor.ml"];
const ARTICLES: u32 = 30;
const SHIPPED: &str = include_str!("../../selectors/lessor.toml");

fn path(n: u32) -> String {
    format!("/posts/un-article-{:08x}0a1b2", 0x694a_5b2f + 3600 * n)
}

/// What turns with each edition: the day's line, counters, teasers, relative dates, "Lire aussi" and the author's list.
fn article(n: u32, edition: u32, word: &str) -> String {
    let other = |step: u32| path((n + 1 + edition * 7 + step) % ARTICLES);
    let (views, hours) = (1000 * edition + 17 * n, edition + n % 5 + 1);
    format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><title>Lessor</title><meta name=\"build\" content=\"{edition}\"></head><body>\
         <header><p>Édition {edition}, {views} lecteurs en ligne</p><p><a href=\"{}\">À la une : titre {edition}</a></p></header>\
         <div><h1>Le titre de l’article {n}</h1><p>Le chapeau de l’article {n} tient en une phrase entière.</p>\
         <p>Publié mardi 23 décembre 2025 à 08:55</p><h2>Le titre de l’article {n}</h2>\
         <p>Le pont numéro {n} a été ouvert hier en présence des riverains, qui l’attendaient depuis deux ans.</p>\
         <p>Les travaux ont coûté {word} que prévu, et la chaussée a été élargie pour laisser passer les cars.</p>\
         <p>Les taxis reprendront leur ancien trajet dès la semaine prochaine, a promis le maire devant la foule.</p>\
         <p>Awa DIARRA</p><p>Rédaction Lessor</p>\
         <p>Lire aussi : <a href=\"{}\">Un titre qui tourne, numéro {edition}</a></p>\
         <p>Lire aussi : <a href=\"{}\">Un autre, numéro {edition}</a></p></div>\
         <aside><h3>Les plus lus</h3><p><a href=\"{}\">Il y a {hours} heures : un récit</a> {views} vues</p>\
         <p>{edition} commentaires</p></aside><footer><p>Page faite en {edition} ms</p></footer></body></html>",
        other(0),
        other(1),
        other(2),
        other(3),
    )
}

fn print(site: &Site, edition: u32) {
    let links: Vec<String> = (0..ARTICLES).map(|n| format!("<p><a href=\"{}\">Article {n}</a></p>", path(n))).collect();
    site.put("/", format!("<html><body><p>Édition {edition}</p>{}</body></html>", links.concat()));
    for n in 0..ARTICLES {
        site.put(&path(n), article(n, edition, "moins"));
    }
}

/// The shipped profile with a pace for tests, and whatever else is changed in it.
fn profile(archive: &Path, change: impl FnOnce(String) -> String) {
    let fast = SHIPPED.replace("delay = 2\n", "delay = 0.01\n");
    assert_ne!(fast, SHIPPED, "the shipped profile's delay is written otherwise now");
    std::fs::create_dir_all(archive.join("selectors")).unwrap();
    std::fs::write(archive.join("selectors/lessor.toml"), change(fast)).unwrap();
    std::fs::write(archive.join("griot.toml"), "requests_per_second = 1000\n").unwrap();
}

/// Looks at everything; every article must have been asked for in this run, and once.
fn look_again(archive: &Path, server: &Server) -> serde_json::Value {
    server.forget_hits();
    let said = sums(&mut crawl(archive, server, &HOSTS, &["lessor", "--revisit", "all"]));
    let hits = server.hits();
    for n in 0..ARTICLES {
        assert_eq!(hits.iter().filter(|hit| hit.ask.target == path(n)).count(), 1, "{}", path(n));
    }
    said
}

fn assert_no_news(said: &serde_json::Value, archive: &Path) {
    for field in ["new_articles", "new_versions", "held", "removed", "set_aside"] {
        assert_eq!(said[field], 0, "{field}: {said}");
    }
    assert_eq!(rows(archive, "SELECT count(*), max(number) FROM version"), [format!("{ARTICLES}|1")]);
    for view in ["edits", "held", "removed", "changes"] {
        assert!(rows(archive, &format!("SELECT * FROM {view}")).is_empty(), "{view}");
    }
}

fn first_crawl(archive: &Path, site: &Site) -> Server {
    profile(archive, |same| same);
    print(site, 1);
    let server = site.serve();
    let first = sums(&mut crawl(archive, &server, &HOSTS, &["lessor"]));
    assert_eq!(first["new_articles"], ARTICLES, "{first}");
    server
}

#[test]
fn unchanged_bytes_cost_next_to_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = first_crawl(folder.path(), &Site::new());
    let bytes = |server: &Server| server.hits().iter().map(|hit| hit.sent).sum::<u64>();
    let whole = bytes(&server);
    for _ in 0..3 {
        assert_no_news(&look_again(folder.path(), &server), folder.path());
        let hits = server.hits();
        let unchanged = hits.iter().filter(|hit| hit.status == 304).count();
        assert!(100 * unchanged >= 95 * hits.len(), "{unchanged} of {} answered 304", hits.len());
        assert!(100 * bytes(&server) <= 5 * whole, "{} bytes after {whole}", bytes(&server));
    }
    verified(folder.path());
}

#[test]
fn side_blocks_that_turn_make_no_version_and_one_letter_makes_one() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    let server = first_crawl(folder.path(), &site);
    for edition in 2..8 {
        print(&site, edition);
        let said = look_again(folder.path(), &server);
        assert!(server.hits().iter().all(|hit| hit.status != 304), "every answer is whole");
        assert_no_news(&said, folder.path());
    }
    let distinct = rows(folder.path(), "SELECT count(DISTINCT payload_digest) FROM capture WHERE status = 200");
    assert_eq!(distinct, [(7 * (ARTICLES + 1)).to_string()], "every page was another one each time");

    print(&site, 8);
    site.put(&path(11), article(11, 8, "moinz"));
    let said = look_again(folder.path(), &server);
    assert_eq!((&said["new_versions"], &said["held"]), (&1.into(), &0.into()), "{said}");
    let edits = rows(folder.path(), "SELECT url, version, cause FROM edits");
    assert_eq!(edits, [format!("https://lessor.ml{}|2|edited", path(11))]);
    verified(folder.path());
}

/// How the paper answers a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answers {
    NotModified,
    SameBytes,
    OtherSideBlocks,
}

#[test]
fn a_profile_that_is_edited_makes_no_version() {
    for answers in [Answers::NotModified, Answers::SameBytes, Answers::OtherSideBlocks] {
        let folder = tempfile::tempdir().unwrap();
        let site = if answers == Answers::NotModified { Site::new() } else { Site::new().without_validators() };
        let server = first_crawl(folder.path(), &site);
        let text = || rows(folder.path(), "SELECT v.text_digest FROM version v ORDER BY 1");
        let read_at_first = text();

        // A paragraph of every article is read as none of it: another text from the same page.
        let dropping = |own: String| own.replace("drop_text = [\n", "drop_text = [\n  \"^Les taxis reprendront\",\n");
        profile(folder.path(), dropping);
        assert_ne!(dropping(SHIPPED.to_owned()), SHIPPED, "the shipped profile's drop_text is written otherwise now");
        if answers == Answers::OtherSideBlocks {
            print(&site, 2);
        }
        assert_no_news(&look_again(folder.path(), &server), folder.path());
        let read_then = text();
        assert!(
            read_then.iter().all(|digest| !read_at_first.contains(digest)),
            "{answers:?}: the rules read otherwise"
        );
        let resolved =
            "SELECT count(*) FROM superseded s JOIN reading r USING (capture_id) JOIN version v ON v.id = r.version_id
             WHERE s.text_digest <> v.text_digest";
        assert_eq!(rows(folder.path(), resolved), [ARTICLES.to_string()], "{answers:?}: former digests still resolve");

        // Back again, with a remark more: other words, the same rules.
        profile(folder.path(), |own| format!("# Relu.\n{own}"));
        assert_no_news(&look_again(folder.path(), &server), folder.path());
        assert_eq!(text(), read_at_first, "{answers:?}");

        // The rules and one text change at once: one version, and only for that text.
        profile(folder.path(), dropping);
        site.put(&path(4), article(4, 1, "plus"));
        let said = look_again(folder.path(), &server);
        assert_eq!(said["new_versions"], 1, "{answers:?}: {said}");
        let edits = rows(folder.path(), "SELECT url, cause FROM edits");
        assert_eq!(edits, [format!("https://lessor.ml{}|edited", path(4))], "{answers:?}");
        verified(folder.path());
    }
}
