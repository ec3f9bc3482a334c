//! The shipped profile of L'Essor rests on no class name: one text in eight quite different pages reads the same.

pub(crate) mod sample;
pub(crate) mod shapes;

use griot::extract::{Page, read};
use griot::model::article::{AuthorRole, normal};
use griot::model::link::RelatedKind;
use griot::model::reading::Outcome;
use griot::profile;
use sample::Sample;
use url::Url;

/// A text of our own with L'Essor's structure and traps.
const OWN: &str = include_str!("../fixtures/lessor/own.txt");

#[test]
fn our_own_text_reads_right_in_every_shape() {
    let sample = Sample::parse(OWN);
    every_shape(&sample, "2025-03-04T09:12:00Z", "67c6c4d05e031");
}

#[test]
fn the_real_text_reads_right_in_every_shape() {
    let Some(text) = crate::shared::read("lessor/000_6d5abc2c03b2a52d.txt") else { return };
    every_shape(&Sample::parse(&text), "2025-01-24T07:31:00Z", "6793434ecba12");
}

fn every_shape(sample: &Sample, published: &str, uniqid: &str) {
    let profile = profile::find("lessor", None).unwrap();
    let url = Url::parse(&format!("https://lessor.ml/posts/un-titre-{uniqid}")).unwrap();
    for (name, shape) in shapes::ALL {
        let html = shape(sample);
        let captured_at = "2025-12-27T10:00:00Z".parse().unwrap();
        let page = Page { url: &url, html: &html, captured_at, status: 200, headers: &[], names: &[] };
        let read = read(&page, &profile).article;
        assert_eq!(read.outcome, Outcome::Article, "{name}: {:?}", read.reason);
        assert_eq!(normal(&read.text.title), normal(&sample.title), "{name}: title");
        assert_eq!(read.text.lead.as_deref().map(normal), Some(normal(&sample.lead)), "{name}: lead");
        let body: Vec<String> = read.text.body.iter().map(|b| normal(&b.text)).collect();
        let expected: Vec<String> = sample.body().map(normal).collect();
        assert_eq!(body, expected, "{name}: body");
        let date = read.attributes.published.as_ref().unwrap_or_else(|| panic!("{name}: no date"));
        assert_eq!(date.at.map(|at| at.to_string()).as_deref(), Some(published), "{name}: date");
        assert_eq!(read.attributes.date_conflict, None, "{name}: the URL tells the same minute");
        let authors: Vec<(AuthorRole, &str)> = read.text.authors.iter().map(|a| (a.role, a.name.as_str())).collect();
        let names = [(AuthorRole::Byline, sample.account()), (AuthorRole::Credit, sample.credit())];
        assert_eq!(authors, names, "{name}: authors");
        related(name, sample, &read.attributes.related);
        let captions: Vec<&str> = sample.captions().collect();
        let kept = read.attributes.images.iter().filter_map(|i| i.caption.as_deref());
        assert_eq!(kept.collect::<Vec<_>>(), captions, "{name}: captions");
        for field in ["title", "lead", "body", "published"] {
            let proof = read.proofs.iter().find(|p| p.field == field).unwrap();
            assert!(proof.rule.is_some(), "{name}: {field} names no rule");
        }
    }
}

fn related(name: &str, sample: &Sample, found: &[griot::model::link::RelatedLink]) {
    let of = |kind| found.iter().filter(move |l| l.kind == kind).collect::<Vec<_>>();
    let (end, author) = (of(RelatedKind::End), of(RelatedKind::Author));
    assert_eq!(found.len(), sample.related.len() + sample.cards.len(), "{name}: {found:#?}");
    assert_eq!(end.len(), sample.related.len(), "{name}: read-also");
    for (link, (title, teaser)) in end.iter().zip(&sample.related) {
        assert_eq!(normal(&link.title), normal(title), "{name}: read-also title");
        assert_eq!(link.teaser.as_deref().map(normal), Some(normal(teaser)), "{name}: teaser of {title}");
        let letters_cut = teaser.matches('\u{fffd}').count();
        let cut = (299..=301).contains(&(teaser.len() - 2 * letters_cut));
        assert_eq!(link.teaser_truncated, cut, "{name}: `{teaser}`");
        assert_eq!(link.label.as_deref(), Some("Lire aussi"), "{name}");
        assert!(link.url.starts_with("https://lessor.ml/posts/"), "{name}: {}", link.url);
    }
    assert_eq!(author.len(), sample.cards.len(), "{name}: author's list");
    for (link, card) in author.iter().zip(&sample.cards) {
        assert_eq!(normal(&link.title), normal(&card.title), "{name}: card");
        assert_eq!(link.teaser.as_deref().map(normal), Some(normal(&card.lead)), "{name}: card's teaser");
    }
}
