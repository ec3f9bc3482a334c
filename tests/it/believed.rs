//! What is believed of titles, dates and names without a profile: a page of our own for each rule, read by the library, and
//! the same pages crawled by a minimal profile through the binary.

use std::path::{Path, PathBuf};

use griot::extract::{Page, read};
use griot::model::reading::ArticleReading;
use griot::profile::Profile;
use serde::Deserialize;
use url::Url;

use crate::crawl::{griot, sums};
use crate::support::Site;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    url: Option<String>,
    title: String,
    published: Option<String>,
    authors: Vec<String>,
    conflict: Option<String>,
    passed: Option<String>,
    passed_byline: Option<String>,
}

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reading/pages");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|e| e == "html")).collect();
    pages.sort();
    pages
}

fn expected(page: &Path) -> Expected {
    serde_json::from_str(&std::fs::read_to_string(page.with_extension("json")).unwrap()).unwrap()
}

fn article(html: &str, address: &str, names: &[String]) -> ArticleReading {
    let url = Url::parse(address).unwrap();
    let profile = Profile::bare(&url).unwrap();
    let captured_at = "2026-02-01T00:00:00Z".parse().unwrap();
    read(&Page { url: &url, html, captured_at, status: 200, headers: &[], names }, &profile).article
}

#[test]
fn each_trap_is_passed() {
    let pages = pages();
    assert!(pages.len() >= 50, "only {} pages", pages.len());
    let wrong: Vec<String> = pages.iter().flat_map(|page| differences(page)).collect();
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is read otherwise than it should be.
fn differences(page: &Path) -> Vec<String> {
    let wanted = expected(page);
    let html = std::fs::read_to_string(page).unwrap();
    let article = article(&html, wanted.url.as_deref().unwrap_or("https://fleuve.example/a/le-bac"), &[]);
    let attributes = &article.attributes;
    let day = attributes.published.as_ref().map(|date| date.on.to_string());
    let names: Vec<&str> = article.text.authors.iter().map(|author| author.name.as_str()).collect();
    let conflict = attributes.date_conflict.as_deref();
    let told = match (&wanted.conflict, conflict) {
        (Some(part), Some(conflict)) => conflict.contains(part.as_str()),
        (wanted, found) => wanted.is_none() && found.is_none(),
    };
    let noted = |field: &str, rule: &Option<String>| {
        let proof = article.proofs.iter().find(|proof| proof.field == field);
        let notes = proof.map(|proof| proof.notes.as_slice()).unwrap_or_default();
        rule.as_ref().is_none_or(|rule| notes.iter().any(|note| note.starts_with(rule.as_str())))
    };
    let name = page.file_stem().unwrap().to_string_lossy();
    let checks = [
        (article.text.title == wanted.title, format!("title {:?}", article.text.title)),
        (day == wanted.published, format!("published {day:?}")),
        (names == wanted.authors, format!("authors {names:?}")),
        (told, format!("conflict {conflict:?}")),
        (noted("published", &wanted.passed), "the date passed over is not told".to_owned()),
        (noted("byline", &wanted.passed_byline), "the name passed over is not told".to_owned()),
    ];
    checks.into_iter().filter(|(right, _)| !right).map(|(_, what)| format!("{name}: {what}")).collect()
}

#[test]
fn a_name_that_was_learnt_is_no_title_and_no_byline() {
    let html = "<h1>Les Nouvelles</h1><h2>Le bac reprend</h2><p>Par Les Nouvelles</p><p>Le bac de Konna traverse de nouveau.</p>";
    let before = article(html, "https://fleuve.example/a", &[]);
    assert_eq!(before.text.title, "Les Nouvelles");
    let named = format!("<meta property=og:title content='Le bac reprend'>{html}");
    let after = article(&named, "https://fleuve.example/a", &["Les Nouvelles".to_owned()]);
    assert_eq!((after.text.title.as_str(), after.text.authors.len()), ("Le bac reprend", 0), "{:?}", after.proofs);
}

/// A minimal profile: its name, its hosts, the shape of an article's path, one listing.
fn minimal(archive: &Path) {
    let toml = "name = \"Le Fleuve\"\nzone = \"Africa/Bamako\"\nlanguage = \"fr\"\nhosts = [\"lessor.ml\"]\n\
        [pace]\ndelay = 0\n[[listing]]\nkind = \"front\"\nurl = \"https://lessor.ml/\"\n[article]\npaths = ['^/a/']\n";
    std::fs::create_dir_all(archive.join("selectors")).unwrap();
    std::fs::write(archive.join("selectors/fleuve.toml"), toml).unwrap();
}

fn front(paths: &[String]) -> String {
    let links: Vec<String> = paths.iter().map(|path| format!("<a href=\"{path}\">{path}</a> ")).collect();
    format!("<html><body>{}</body></html>", links.concat())
}

#[test]
fn a_minimal_profile_crawls_and_reads_whatever_a_page_says_of_itself() {
    let folder = tempfile::tempdir().unwrap();
    minimal(folder.path());
    let site = Site::new();
    let of = |part: &str| pages().into_iter().find(|page| page.to_string_lossy().contains(part)).unwrap();
    let kinds =
        ["json-ld-with-comments", "microdata-alone", "open-graph-alone", "element-of-time-alone", "nothing-at-all"];
    let paths = kinds.map(|kind| format!("/a/{kind}"));
    site.put("/", front(&paths));
    for (kind, path) in kinds.iter().zip(&paths) {
        // One story under five addresses would be one article.
        let html = std::fs::read_to_string(of(kind)).unwrap();
        let own = format!(
            "le bac de {kind} traverse de nouveau, disent les riverains de {kind}, et le port de {kind} s’en réjouit"
        );
        site.put(
            path,
            html.replace("le bac de Konna", &own)
                .replace("service</h1>", &format!("service</h1><p>{own}</p>"))
                .replace("Konna", kind),
        );
    }
    let server = site.serve();
    let crawled = sums(&griot(folder.path(), &server, &["crawl", "fleuve"]));
    assert_eq!((&crawled["set_aside"], &crawled["new_articles"]), (&0.into(), &5.into()), "{crawled}");
    let database = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    for (kind, path) in kinds.iter().zip(&paths) {
        let wanted = expected(&of(kind));
        let sql = "SELECT t.title, a.published_on, t.authors FROM reading r JOIN page p ON p.id = r.page_id
                   JOIN text t ON t.digest = r.text_digest JOIN attributes a ON a.digest = r.attributes_digest
                   WHERE p.key LIKE '%' || ?1";
        let row = database.query_row(sql, [path], |r| {
            Ok((r.get::<_, String>(0)?, r.get::<_, Option<String>>(1)?, r.get::<_, String>(2)?))
        });
        let (title, day, authors) = row.unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert_eq!((title, day), (wanted.title, wanted.published), "{kind}");
        assert!(wanted.authors.iter().all(|name| authors.contains(name.as_str())), "{kind}: {authors}");
    }
}

/// A page whose heading is the paper's name, which no profile says.
fn nameless(n: usize) -> String {
    format!(
        "<html lang=fr><head><title>Dépêche {n} du port de Konna</title></head><body><article><h1>Les Nouvelles du Port</h1>\
         <p>Le bac numéro {n} traverse de nouveau le fleuve, après {n} semaines d’arrêt qui ont pesé sur les marchés.</p>\
         <p>La pièce numéro {n} du moteur était arrivée par la route, et {n} mécaniciens l’ont montée en une nuit.</p>\
         </article></body></html>"
    )
}

#[test]
fn a_title_that_a_whole_site_shares_is_learnt_and_its_pages_are_read_again() {
    let folder = tempfile::tempdir().unwrap();
    minimal(folder.path());
    let site = Site::new();
    let paths: Vec<String> = (1..=4).map(|n| format!("/a/depeche-{n}")).collect();
    site.put("/", front(&paths));
    for (n, path) in paths.iter().enumerate() {
        site.put(path, nameless(n + 1));
    }
    let server = site.serve();
    let first = sums(&griot(folder.path(), &server, &["crawl", "fleuve"]));
    assert_eq!(first["new_articles"], 4, "{first}");
    let rows = |sql: &str| -> Vec<String> {
        let database = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
        let mut statement = database.prepare(sql).unwrap();
        statement.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert_eq!(rows("SELECT site || ' ' || name FROM site_name"), ["fleuve Les Nouvelles du Port"]);
    let wanted: Vec<String> = (1..=4).map(|n| format!("Dépêche {n} du port de Konna")).collect();
    assert_eq!(rows("SELECT title FROM latest ORDER BY title"), wanted);
    assert_eq!(rows("SELECT 'v' || count(*) FROM version"), ["v4"], "no edit is claimed");

    let again = sums(&griot(folder.path(), &server, &["crawl", "fleuve", "--revisit", "all"]));
    assert_eq!((&again["new_versions"], &again["new_articles"]), (&0.into(), &0.into()), "{again}");
    site.put(&paths[0], nameless(9));
    let edited = sums(&griot(folder.path(), &server, &["crawl", "fleuve", "--revisit", "all"]));
    assert_eq!(edited["new_versions"], 1, "{edited}");
    assert_eq!(rows("SELECT 'v' || count(*) FROM version"), ["v5"]);
    assert_eq!(griot(folder.path(), &server, &["verify"]).status.code(), Some(0));

    let files: Vec<String> = (1..=3).map(|n| format!("{n}.html")).collect();
    for (n, file) in files.iter().enumerate() {
        std::fs::write(folder.path().join(file), nameless(n + 1)).unwrap();
    }
    let mut check = std::process::Command::new(env!("CARGO_BIN_EXE_griot"));
    check.arg("check").args(&files).args(["--url", "https://inconnu.example/a", "--json"]).current_dir(folder.path());
    let told = sums(&check.output().unwrap());
    assert_eq!(told["check"]["names"], serde_json::json!(["Les Nouvelles du Port"]), "{told}");
    let fields = told["check"]["pages"][0]["fields"].as_array().unwrap();
    let title = fields.iter().find(|field| field["field"] == "title").unwrap();
    assert_eq!(title["value"], "Dépêche 1 du port de Konna", "{title}");
}
