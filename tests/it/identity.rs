//! What is one article: pages that are one, pages that only say so, and addresses that begin another story.

use std::path::Path;

use crate::crawl::{BODY, griot, page, sums};
use crate::support::{Server, Site};

mod measured;
mod reuse;

/// Articles stand under `/posts/`, and again under `/imprimer/`.
pub(crate) fn profile(archive: &Path) {
    let toml = r#"
name = "Le Matin"
zone = "Africa/Bamako"
language = "fr"
hosts = ["lessor.ml", "www.lessor.ml"]
provisional = true

[pace]
delay = 0

[[listing]]
kind = "front"
url = "https://lessor.ml/"

[article]
paths = ['^/(?:posts|imprimer)/(?P<slug>[^?]+?)(?:-(?P<id>\d{6}))?(?:\?|$)']

[[layout]]
title = [{ css = "h1" }]
published = [{ label = "Publié" }]
body = [{ css = "article p" }]
drop_text = ["^Le chapeau", "^Publié", "^Lire aussi", "^Awa", "^Rédaction", "^-"]
"#;
    std::fs::create_dir_all(archive.join("selectors")).unwrap();
    std::fs::write(archive.join("selectors/matin.toml"), toml).unwrap();
}

/// An article's page; `canonical` goes into its head.
pub(crate) fn story(title: &str, body: &[&str], canonical: Option<&str>) -> String {
    let html =
        page(title, body, "/posts/ailleurs").replace("<div>", "<div><article>").replace("</div>", "</article></div>");
    match canonical {
        Some(url) => html.replace("</head>", &format!("<link rel=\"canonical\" href=\"{url}\"></head>")),
        None => html,
    }
}

pub(crate) const OTHER: [&str; 3] = [
    "Les premières charrettes de coton sont arrivées à l’usine, où deux cents saisonniers ont été recrutés cette semaine.",
    "Les producteurs parlent d’une saison meilleure que la précédente, malgré le retard des pluies et le prix des engrais.",
    "Les transporteurs réclament une remise en état de la piste qui mène aux villages avant la fin de la campagne.",
];

/// A front page that leads to these.
pub(crate) fn front(site: &Site, paths: &[&str]) {
    let links: Vec<String> = paths.iter().map(|path| format!("<a href=\"{path}\">Un titre à lire</a>")).collect();
    site.put("/", links.concat());
}

pub(crate) fn crawl(archive: &Path, server: &Server) -> serde_json::Value {
    sums(&griot(archive, server, &["crawl", "matin", "--quiet", "--revisit", "all"]))
}

/// Each page with its article's first address and how that is known, those that ended left out.
pub(crate) fn pages(archive: &Path) -> Vec<(String, String, String)> {
    let database = rusqlite::Connection::open(archive.join("archive.sqlite")).unwrap();
    let mut statement = database
        .prepare(
            "SELECT p.key, a.url, pa.how FROM page_article pa JOIN page p ON p.id = pa.page_id
             JOIN article a ON a.id = pa.article_id WHERE pa.until_at IS NULL ORDER BY p.key",
        )
        .unwrap();
    let row = |r: &rusqlite::Row<'_>| {
        let path = |text: String| text.split_once("lessor.ml").map_or(text.clone(), |(_, path)| path.to_owned());
        Ok((path(r.get(0)?), path(r.get(1)?), r.get(2)?))
    };
    statement.query_map([], row).unwrap().collect::<Result<_, _>>().unwrap()
}

pub(crate) fn one<T: rusqlite::types::FromSql>(archive: &Path, sql: &str) -> T {
    rusqlite::Connection::open(archive.join("archive.sqlite")).unwrap().query_row(sql, [], |r| r.get(0)).unwrap()
}

fn tied(page: &str, article: &str, how: &str) -> (String, String, String) {
    (page.into(), article.into(), how.into())
}

#[test]
fn a_canonical_that_is_borne_out_makes_one_article_and_a_broken_one_none() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let site = Site::new();
    let pont = "https://www.lessor.ml/posts/pont?utm_source=x";
    site.put("/posts/pont", story("Le pont", &BODY, Some(pont)));
    site.put("/imprimer/pont", story("Le pont (à imprimer)", &BODY[..2], Some(pont)));
    site.put("/posts/coton", story("Le coton", &OTHER, Some(pont)));
    site.put("/posts/une", story("La une", &[OTHER[0], BODY[0]], Some("https://lessor.ml/")));
    site.put("/posts/loin", story("Loin", &[OTHER[1], BODY[1]], Some("https://autre.example/posts/loin")));
    front(&site, &["/imprimer/pont", "/posts/pont", "/posts/coton", "/posts/une", "/posts/loin"]);
    let server = site.serve();
    let crawled = crawl(folder.path(), &server);
    assert_eq!((&crawled["new_articles"], &crawled["new_versions"]), (&4.into(), &0.into()), "{crawled}");
    let of_pont = ("/imprimer/pont", "/posts/pont");
    let pages = pages(folder.path());
    let tie = |page: &str| pages.iter().find(|(p, ..)| p == page).cloned().unwrap();
    // Whichever of the two came first names the article; the other one joins it.
    let (print, web) = (tie(of_pont.0), tie(of_pont.1));
    assert_eq!(print.1, web.1);
    assert!(print.2 == "canonical" || web.2 == "canonical", "{pages:?}");
    for alone in ["/posts/coton", "/posts/une", "/posts/loin"] {
        assert_eq!(tie(alone), tied(alone, alone, "own"));
    }
    let said = |path: &str| -> String {
        one(
            folder.path(),
            &format!("SELECT r.reason FROM reading r JOIN page p ON p.id = r.page_id WHERE p.key = 'lessor.ml{path}'"),
        )
    };
    assert!(said("/posts/coton").contains("which tells another story: not believed"), "{}", said("/posts/coton"));
    assert!(said("/posts/une").contains("which is no article: not believed"), "{}", said("/posts/une"));
    assert!(said("/posts/loin").contains("which is no page of this site: not believed"), "{}", said("/posts/loin"));

    // The print view goes on printing less: no visit makes a version of that, and an edit of the article makes one.
    let again = crawl(folder.path(), &server);
    assert_eq!(again["new_versions"], 0, "{again}");
    let counting = if print.2 == "own" { of_pont.0 } else { of_pont.1 };
    site.edit(counting, |html| html.replace("hier", "avant-hier"));
    let edited = crawl(folder.path(), &server);
    assert_eq!((&edited["new_versions"], &edited["new_articles"]), (&1.into(), &0.into()), "{edited}");
    for path in [of_pont.0, of_pont.1] {
        let shown = griot(folder.path(), &server, &["show", &format!("https://lessor.ml{path}")]);
        assert!(String::from_utf8(shown.stdout).unwrap().contains("avant-hier"), "{path}");
    }
}

#[test]
fn an_address_that_is_retitled_keeps_its_article_by_its_id() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let site = Site::new();
    site.put("/posts/le-pont-est-ouvert-104455", story("Le pont est ouvert", &BODY, None));
    site.put("/posts/un-autre-104456", story("Le coton", &OTHER, None));
    front(&site, &["/posts/le-pont-est-ouvert-104455", "/posts/un-autre-104456"]);
    let server = site.serve();
    crawl(folder.path(), &server);
    // The paper edits title and text: the old address is gone, the new one stands.
    let body = [&BODY[0].replace("hier", "lundi"), BODY[1], BODY[2]];
    site.remove("/posts/le-pont-est-ouvert-104455");
    site.put("/posts/le-pont-rouvre-104455", story("Le pont rouvre", &body, None));
    front(&site, &["/posts/le-pont-rouvre-104455", "/posts/un-autre-104456"]);
    let moved = crawl(folder.path(), &server);
    assert_eq!((&moved["new_articles"], &moved["removed"]), (&0.into(), &0.into()), "{moved}");
    crawl(folder.path(), &server);
    let pages = pages(folder.path());
    assert_eq!(pages.len(), 3, "{pages:?}");
    assert_eq!(pages[1], tied("/posts/le-pont-rouvre-104455", "/posts/le-pont-est-ouvert-104455", "id"));
    assert_eq!(one::<i64>(folder.path(), "SELECT count(*) FROM edits"), 1);
    let shown = griot(folder.path(), &server, &["show", "https://lessor.ml/posts/le-pont-est-ouvert-104455"]);
    assert!(String::from_utf8(shown.stdout).unwrap().contains("Le pont rouvre"), "by its old address too");
}

#[test]
fn one_text_under_forty_addresses_is_one_article() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let site = Site::new();
    let long = [BODY, OTHER].concat();
    let paths: Vec<String> = (0..40).map(|n| format!("/posts/pont?vue={n}")).collect();
    for path in &paths {
        site.put(path, story("Le pont", &long, None));
    }
    // The same few words of a notice under two addresses are two notices.
    for path in ["/posts/avis-a", "/posts/avis-b"] {
        site.put(path, story("Avis", &["Le journal ne paraîtra pas demain."], None));
    }
    let mut all: Vec<&str> = paths.iter().map(String::as_str).collect();
    all.extend(["/posts/avis-a", "/posts/avis-b"]);
    front(&site, &all);
    let server = site.serve();
    let crawled = crawl(folder.path(), &server);
    assert_eq!(crawled["new_articles"], 3, "{crawled}");
    let how = "SELECT count(*) FROM page_article WHERE how = 'text'";
    assert_eq!(one::<i64>(folder.path(), how), 39);
}
