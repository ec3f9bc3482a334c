//! The sets whose pages come from everywhere: article-extraction-benchmark, trafilatura, wcxb, goose3.

use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;

use super::{Body, Page, UTF8, Wanted, files, gunzipped, json, text, texts, url};
use crate::score::rules::exact::When;

/// The day after the newest page of a set.
fn end_of(day: &str) -> Timestamp {
    format!("{day}T00:00:00Z").parse().unwrap()
}

pub(crate) fn article_extraction_benchmark(shared: &Path) -> Vec<Page> {
    let folder = shared.join("article-extraction-benchmark");
    let truth = json(&std::fs::read(folder.join("ground-truth.json")).unwrap());
    let page = |(id, item): (&String, &Value)| Page {
        file: folder.join("html").join(format!("{id}.html.gz")),
        id: id.clone(),
        url: url(item["url"].as_str().unwrap_or_default()),
        content_type: UTF8,
        saved_at: end_of("2019-12-01"),
        wanted: Wanted { body: Body::Shingles(text(&item["articleBody"]).unwrap_or_default()), ..Wanted::default() },
    };
    truth.as_object().unwrap().iter().map(page).collect()
}

pub(crate) fn trafilatura(shared: &Path) -> Vec<Page> {
    let folder = shared.join("trafilatura");
    let truth = json(&std::fs::read(folder.join("evaldata.json")).unwrap());
    let page = |(address, item): (&String, &Value)| {
        let id = item["file"].as_str().unwrap().to_owned();
        let one = text(&item["author"]).map(|author| vec![author]);
        let authors = one.or_else(|| Some(texts(&item["author"])).filter(|names| !names.is_empty()));
        Page {
            file: folder.join("pages").join(format!("{id}.gz")),
            id,
            url: url(address),
            content_type: None,
            saved_at: end_of("2023-12-01"),
            wanted: Wanted {
                title: text(&item["title"]),
                published: item["date"].as_str().and_then(When::parse),
                authors,
                body: Body::Segments { must: texts(&item["with"]), must_not: texts(&item["without"]) },
                images: None,
            },
        }
    };
    truth.as_object().unwrap().iter().map(page).collect()
}

pub(crate) fn wcxb(shared: &Path) -> Vec<Page> {
    let folder = shared.join("wcxb/dev");
    let page = |path: &std::path::PathBuf| {
        let item = json(&std::fs::read(path).unwrap());
        let truth = &item["ground_truth"];
        let id = path.file_stem().unwrap().to_string_lossy().into_owned();
        Page {
            file: folder.join("html").join(format!("{id}.html.gz")),
            id,
            url: url(item["url"].as_str().unwrap_or_default()),
            content_type: UTF8,
            saved_at: end_of("2026-04-01"),
            wanted: Wanted {
                title: text(&truth["title"]),
                published: truth["publish_date"].as_str().and_then(When::parse),
                authors: text(&truth["author"]).map(|author| vec![author]),
                body: Body::Words(text(&truth["main_content"]).unwrap_or_default()),
                images: None,
            },
        }
    };
    files(&folder.join("ground-truth"), ".json").iter().map(page).collect()
}

/// Pages of goose3's own tests that say what text or date they should give. Some tell only how the text begins.
pub(crate) fn goose(shared: &Path) -> Vec<Page> {
    let folder = shared.join("goose3/tests/data");
    let page = |path: &std::path::PathBuf| {
        let item = json(&gunzipped(path));
        let file = path.to_string_lossy().replace(".json.gz", ".html.gz");
        let expected = &item["expected"];
        Page {
            file: file.into(),
            id: path.strip_prefix(&folder).unwrap().to_string_lossy().replace(".json.gz", ""),
            url: url(item["url"].as_str().unwrap_or_default()),
            content_type: None,
            saved_at: end_of("2024-01-01"),
            wanted: Wanted {
                title: text(&expected["title"]),
                published: expected["publish_date"].as_str().and_then(When::parse),
                authors: Some(texts(&expected["authors"])).filter(|names| !names.is_empty()),
                ..Wanted::default()
            },
        }
    };
    let mut pages: Vec<Page> = files(&folder, ".json.gz").iter().map(page).collect();
    pages.retain(|page| page.file.is_file());
    pages
}
