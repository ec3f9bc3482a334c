//! The thresholds of `model::identity` on real texts, where the public sets are at hand: different articles of one paper
//! against edited copies of each.

use std::collections::BTreeMap;
use std::path::Path;

use griot::model::article::{Block, BlockKind, Text};
use griot::model::identity::{Gist, Kin};
use serde_json::Value;

/// Every string inside, in order.
fn strings(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) => out.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, out)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, out)),
        _ => {}
    }
}

fn text(title: &str, blocks: Vec<String>) -> Text {
    let body = blocks.into_iter().filter(|b| !b.trim().is_empty());
    let body = body.map(|text| Block { kind: BlockKind::Paragraph, text }).collect();
    Text { title: title.into(), body, ..Text::default() }
}

fn host(url: &str) -> String {
    url.split('/').nth(2).unwrap_or_default().to_owned()
}

fn fundus(folder: &Path, papers: &mut BTreeMap<String, Vec<Text>>) {
    let index = std::fs::read_to_string(folder.join("index.tsv")).unwrap();
    let mut rows = index.lines().map(|row| row.split('\t').collect::<Vec<_>>());
    let head = rows.next().unwrap();
    let column = |name: &str| head.iter().position(|h| *h == name).unwrap();
    let (path, url) = (column("path"), column("url"));
    for row in rows {
        let expected = folder.join(row[path].replace(".html.gz", ".expected.json"));
        let expected: Value = serde_json::from_str(&std::fs::read_to_string(expected).unwrap()).unwrap();
        let mut blocks = Vec::new();
        strings(&expected["body"], &mut blocks);
        papers.entry(host(row[url])).or_default().push(text(expected["title"].as_str().unwrap_or_default(), blocks));
    }
}

fn wcxb(folder: &Path, papers: &mut BTreeMap<String, Vec<Text>>) {
    for file in std::fs::read_dir(folder).unwrap() {
        let said: Value = serde_json::from_str(&std::fs::read_to_string(file.unwrap().path()).unwrap()).unwrap();
        let truth = &said["ground_truth"];
        let content = truth["main_content"].as_str().unwrap_or_default();
        let blocks = content.split('\n').map(str::to_owned).collect();
        let title = truth["title"].as_str().unwrap_or_default();
        papers.entry(host(said["url"].as_str().unwrap_or_default())).or_default().push(text(title, blocks));
    }
}

/// The copy an editor might leave: another title, every other paragraph gone, the rest turned round.
fn edited(original: &Text) -> Text {
    let kept: Vec<Block> = original.body.iter().rev().step_by(2).cloned().collect();
    Text { title: "Mise à jour".into(), body: kept, ..Text::default() }
}

#[test]
fn stories_of_one_paper_share_nothing_and_edited_copies_most() {
    let Some(folder) = crate::shared::folder() else { return };
    let mut papers = BTreeMap::new();
    fundus(&folder.join("fundus"), &mut papers);
    wcxb(&folder.join("wcxb/dev/ground-truth"), &mut papers);
    for texts in papers.values_mut() {
        texts.retain(|t| t.plain().split_whitespace().count() >= 80);
    }
    let (mut most, mut pairs, mut copies, mut least, mut texts) = (0f64, 0, 0, 1f64, 0);
    for paper in papers.values() {
        texts += paper.len();
        for (n, one) in paper.iter().enumerate() {
            let gist = Gist::of(one);
            let after = Gist::of(&edited(one));
            least = least.min(gist.shared(&after));
            assert_eq!(gist.kin(&after), Kin::Same, "an edited copy of `{}`", one.title);
            for other in &paper[n + 1..] {
                let other_gist = Gist::of(other);
                let shared = gist.shared(&other_gist);
                if shared > 0.9 {
                    copies += 1;
                    continue;
                }
                (most, pairs) = (most.max(shared), pairs + 1);
                let what = format!("`{}` and `{}` share {shared:.3}", one.title, other.title);
                assert!(!gist.is_alike(&other_gist) && shared < 0.10, "{what}");
            }
        }
    }
    println!(
        "{texts} texts; {pairs} pairs of different articles of one paper share {most:.3} at most ({copies} pairs are copies); \
         an edited copy shares {least:.3} at least"
    );
    assert!(texts > 900 && pairs >= 80, "{texts} texts, {pairs} pairs");
}
