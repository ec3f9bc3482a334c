//! "Lire aussi" and the like on the French-language pages, by the set's own program against a truth that people annotated.

use std::path::{Path, PathBuf};
use std::process::Command;

use griot::model::link::RelatedKind;
use griot::model::reading::ArticleReading;
use serde_json::{Value, json};

use super::table::Row;
use super::{pages, reader, sets};
use crate::support::tools::python;

/// As hashes; the papers' sentences stay where they are.
const TRUTH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/related/truth.json");

/// F1 over links, and the pages with a related title left in the body; a word instead where nobody has annotated them.
pub(crate) fn rows(shared: &Path) -> Vec<Row> {
    let row = |field: &str, of: &Value, value: String, beside: &str| Row {
        set: "francophone, related".to_owned(),
        field: field.to_owned(),
        of: usize::try_from(of.as_u64().unwrap_or(0)).unwrap(),
        values: vec![value],
        beside: beside.to_owned(),
    };
    let truth = PathBuf::from(TRUTH);
    if !truth.is_file() {
        return vec![row("links", &Value::Null, "–".to_owned(), "no truth at tests/fixtures/related/truth.json")];
    }
    let summary = summary(shared, &truth);
    let links = |name: &str| summary["article"][name].as_f64().unwrap_or(0.0);
    let share = |name: &str| format!("{:.3}", links(name));
    let leaks = &summary["article"]["pages_with_leak"];
    vec![
        row("links, precision", &summary["article"]["related_predicted"], share("related_precision"), ""),
        row("links, recall", &summary["article"]["related_truth"], share("related_recall"), ""),
        row("links, F1", &summary["article"]["related_truth"], share("related_f1"), "aim .950"),
        row("pages with a leak", &summary["article"]["pages"], leaks.to_string(), "aim 0"),
    ]
}

fn summary(shared: &Path, truth: &Path) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let profiles = pages::shipped();
    for page in sets::francophone(shared) {
        let (article, _) = reader::article(&page, &profiles);
        std::fs::write(folder.path().join(format!("{}.json", page.id)), said(&article).to_string()).unwrap();
    }
    let out = folder.path().join("summary");
    let mut command = Command::new(python());
    command.arg(shared.join("francophone/score.py")).arg(truth).arg(folder.path()).arg("--json").arg(&out);
    let output = command.env("PYTHONUTF8", "1").env("PYTHONDONTWRITEBYTECODE", "1").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told: Value = serde_json::from_slice(&std::fs::read(out).unwrap()).unwrap();
    if super::worst().is_some() {
        told["pages"].as_array().into_iter().flatten().for_each(|page| println!("  related {page}"));
    }
    told["summary"].clone()
}

/// In the form that the program reads. An author's other articles stand in no list made for this one.
fn said(article: &ArticleReading) -> Value {
    let related = article.attributes.related.iter().map(|link| {
        let place = if link.kind == RelatedKind::Author { RelatedKind::Side } else { link.kind };
        json!({ "href": link.url, "label": link.label, "title": link.title, "place": place.word() })
    });
    let body: Vec<&str> = article.text.body.iter().map(|block| block.text.as_str()).collect();
    json!({
        "title": article.text.title,
        "lead": article.text.lead,
        "body": body,
        "related": related.collect::<Vec<_>>(),
    })
}
