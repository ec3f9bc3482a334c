//! fundus: what its reviewed parsers say of pages of their own papers.

use std::path::Path;

use serde_json::Value;

use super::{Body, Page, UTF8, Wanted, text, texts};
use crate::score::pages::{self, Case};
use crate::score::rules::exact::When;

pub(crate) fn fundus(shared: &Path) -> Vec<Page> {
    let page = |case: Case| Page {
        file: shared.join("fundus").join(&case.name),
        url: case.url,
        content_type: UTF8,
        saved_at: case.saved_at.unwrap(),
        wanted: wanted(&case.expected.unwrap()),
        id: case.name,
    };
    pages::fundus(shared).into_iter().map(page).collect()
}

/// A parser that returns no such field has no key for it; one that found nothing has an empty value.
fn wanted(expected: &Value) -> Wanted {
    let body = match expected.get("body") {
        Some(body) if !body.is_null() => Body::Paragraphs(paragraphs(body)),
        _ => Body::Unknown,
    };
    Wanted {
        title: text(&expected["title"]),
        published: expected["publishing_date"].as_str().and_then(When::parse),
        authors: expected["authors"].is_array().then(|| texts(&expected["authors"])),
        body,
        images: expected["images"].as_array().filter(|all| !all.is_empty()).map(|all| all.iter().map(sizes).collect()),
    }
}

/// Summary, headlines and paragraphs, in order.
fn paragraphs(body: &Value) -> Vec<String> {
    let mut out = texts(&body["summary"]);
    for section in body["sections"].as_array().into_iter().flatten() {
        out.extend(texts(&section["headline"]));
        out.extend(texts(&section["paragraphs"]));
    }
    out
}

fn sizes(image: &Value) -> Vec<String> {
    let versions = image["versions"].as_array().into_iter().flatten();
    versions.filter_map(|version| text(&version["url"])).collect()
}
