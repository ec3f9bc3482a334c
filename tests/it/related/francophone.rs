//! The French-language pages of the shared sets against what was annotated by hand: with the profiles that ship, and with
//! one that says nothing but the page's host.

use std::path::Path;

use griot::extract::{Page, read};
use griot::model::reading::ArticleReading;
use griot::profile::Profile;
use sha2::{Digest, Sha256};
use url::Url;

use super::measure::{Annotated, Sum, compare, leaks};
use crate::score::pages::{self, Case};

const F1: f64 = 0.95;

#[test]
fn related_links_are_those_that_a_person_finds() {
    let Some(folder) = crate::shared::folder() else { return };
    let truth = annotated();
    let cases = cases(&folder);
    let shipped = pages::shipped();
    let by_host = |case: &Case| match pages::owner(&shipped, &case.url) {
        Some(profile) => read_with(case, profile),
        None => read_with(case, &minimal(&case.url)),
    };
    measure("with the profiles that ship", &truth, &cases, by_host);
    measure("without a profile", &truth, &cases, |case| read_with(case, &minimal(&case.url)));
}

fn measure(what: &str, truth: &[Annotated], cases: &[Case], read: impl Fn(&Case) -> ArticleReading) {
    let (mut sum, mut leaking, mut pages) = (Sum::default(), 0, 0);
    println!("\n{what}");
    for case in cases {
        let page = truth.iter().find(|page| page.copy == case.name).expect("every page is annotated");
        if truth.iter().position(|other| other.html_sha256 == page.html_sha256)
            != truth.iter().position(|other| other.copy == page.copy)
        {
            continue;
        }
        let found = digest(case);
        assert_eq!(found, page.html_sha256, "{} is not the page that was annotated", page.copy);
        let article = read(case);
        let differences = compare(page, &article.attributes.related);
        let body: Vec<&str> = article.text.body.iter().map(|block| block.text.as_str()).collect();
        let left = leaks(page, &body);
        sum.add(differences.sum);
        leaking += usize::from(!left.is_empty());
        pages += 1;
        for (word, addresses) in [("wrong", &differences.wrong), ("missed", &differences.missed), ("left", &left)] {
            for address in addresses {
                println!("  {}: {word} {address}", page.copy);
            }
        }
    }
    println!(
        "{pages} pages: precision {:.3}, recall {:.3}, F1 {:.3} ({} right of {} told, {} annotated); {leaking} leak",
        sum.precision(),
        sum.recall(),
        sum.f1(),
        sum.right,
        sum.told,
        sum.annotated
    );
    assert!(sum.f1() >= F1, "{what}: {sum:?}");
    assert_eq!(leaking, 0, "{what}: labels or titles of related links stand in the body");
}

fn cases(folder: &Path) -> Vec<Case> {
    let mut cases = pages::francophone(folder);
    cases.push(nameless(folder));
    cases
}

/// The one page whose address the index does not give; it stands in the page.
fn nameless(folder: &Path) -> Case {
    let name = "francophone/pages/33-htmldate-loldf.org.html.gz.html.gz";
    Case {
        sets: vec![pages::FRANCOPHONE],
        name: name.to_owned(),
        url: Url::parse("http://www.loldf.org/spip.php?article717").unwrap(),
        gzip: std::fs::read(folder.join(name)).unwrap(),
        saved_at: None,
        expected: None,
    }
}

fn annotated() -> Vec<Annotated> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/related/truth.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn digest(case: &Case) -> String {
    let mut html = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(case.gzip.as_slice()), &mut html).unwrap();
    data_encoding::HEXLOWER.encode(&Sha256::digest(html))
}

fn read_with(case: &Case, profile: &Profile) -> ArticleReading {
    let html = case.html();
    // The set does not say when its pages were saved; no layout that ships ends.
    let captured_at = "2026-02-01T00:00:00Z".parse().unwrap();
    read(&Page { url: &case.url, html: &html, captured_at, status: 200, headers: &[], names: &[] }, profile).article
}

fn minimal(url: &Url) -> Profile {
    let host = url.host_str().unwrap();
    let toml = format!("name = '{host}'\nzone = 'UTC'\nlanguage = 'und'\nhosts = ['{host}']\n[article]\npaths = []\n");
    Profile::parse(host, host, &toml).unwrap()
}
