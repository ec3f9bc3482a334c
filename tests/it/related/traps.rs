//! Pages of our own, one trap each, with what griot should read of them in a JSON file beside each.

use std::path::{Path, PathBuf};

use griot::extract::{Page, read};
use griot::model::reading::{ArticleReading, Outcome};
use griot::profile::Profile;
use serde::Deserialize;
use url::Url;

/// Every page has this address and belongs to this paper.
const ADDRESS: &str = "https://matin.example/a/la-route-de-nioro";
const PROFILE: &str = "name = 'Le Matin'\nzone = 'Africa/Bamako'\nlanguage = 'fr'\nhosts = ['matin.example']\n\
    [article]\npaths = []\n";

/// What griot should read of a page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    related: Vec<Link>,
    /// The body, block by block.
    body: Vec<String>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Link {
    kind: String,
    label: Option<String>,
    title: String,
    url: String,
    teaser: Option<String>,
}

#[test]
fn each_trap_is_passed() {
    let pages = pages();
    assert!(pages.len() >= 25, "only {} pages", pages.len());
    let wrong: Vec<String> = pages.iter().filter_map(|page| differs(page)).collect();
    assert!(wrong.is_empty(), "{} of {} pages:\n{}", wrong.len(), pages.len(), wrong.join("\n"));
}

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/related/pages");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|e| e == "html")).collect();
    pages.sort();
    pages
}

/// What is wrong with the reading of a page.
fn differs(page: &Path) -> Option<String> {
    let text = std::fs::read_to_string(page.with_extension("json")).unwrap();
    let expected: Expected = serde_json::from_str(&text).unwrap();
    let html = std::fs::read_to_string(page).unwrap();
    let url = Url::parse(ADDRESS).unwrap();
    let profile = Profile::parse("matin", "matin.toml", PROFILE).unwrap();
    let captured_at = "2026-02-01T00:00:00Z".parse().unwrap();
    let article =
        read(&Page { url: &url, html: &html, captured_at, status: 200, headers: &[], names: &[] }, &profile).article;
    let name = page.file_stem().unwrap_or_default().to_string_lossy();
    if article.outcome != Outcome::Article {
        return Some(format!("{name}: {:?}", article.outcome));
    }
    let (links, body) = told(&article);
    let links_differ = (links != expected.related).then(|| format!("{name}: {links:#?}"));
    links_differ.or_else(|| (body != expected.body).then(|| format!("{name}: {body:#?}")))
}

fn told(article: &ArticleReading) -> (Vec<Link>, Vec<String>) {
    let links = article.attributes.related.iter().map(|link| Link {
        kind: link.kind.word().to_owned(),
        label: link.label.clone(),
        title: link.title.clone(),
        url: link.url.clone(),
        teaser: link.teaser.clone(),
    });
    (links.collect(), article.text.body.iter().map(|block| block.text.clone()).collect())
}
