//! Real pages of real papers against what the public set of fundus expects of them. Prints what was found and right per
//! field and holds the targets; says that it was passed over where the set is not at hand.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::Path;

use griot::extract::{Extracted, Page, read};
use griot::model::article::normal;
use griot::model::reading::Outcome;
use griot::profile::{self, Profile};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use url::Url;

const TITLE: f64 = 0.95;
const DAY: f64 = 0.95;
const BODY: f64 = 0.90;

/// One page's marks.
struct Mark {
    name: String,
    outcome: Outcome,
    title: bool,
    day: Option<bool>,
    body: f64,
    said: String,
}

#[test]
fn pages_with_a_profile_reach_the_targets() {
    let Some(folder) = crate::shared::folder() else { return };
    let profiles: Vec<Profile> = profile::shipped().iter().map(|s| profile::find(s, None).unwrap()).collect();
    let marks = marks(&folder.join("fundus"), |url| profiles.iter().find(|p| p.canon.owns(url)).cloned());
    let [title, day, body] = table("pages with a profile", &marks);
    assert!(marks.len() >= 14, "only {} pages have a profile", marks.len());
    let lost: Vec<&str> = marks.iter().filter(|m| m.outcome != Outcome::Article).map(|m| m.name.as_str()).collect();
    assert!(lost.is_empty(), "no article: {lost:?}");
    assert!(title >= TITLE && day >= DAY && body >= BODY, "title {title:.3}, day {day:.3}, body {body:.3}");
}

#[test]
fn pages_without_a_profile_are_no_walls() {
    let Some(folder) = crate::shared::folder() else { return };
    let marks = marks(&folder.join("fundus"), |url| Some(minimal(url)));
    let [title, day, body] = table("the same rules for every page: structured data and HTML's own elements", &marks);
    let walls = [Outcome::Challenge, Outcome::Consent, Outcome::SoftGone];
    let wrong: Vec<&str> = marks.iter().filter(|m| walls.contains(&m.outcome)).map(|m| m.name.as_str()).collect();
    assert!(wrong.is_empty(), "articles taken for walls: {wrong:?}");
    assert!(title >= 0.80 && day >= 0.85 && body >= 0.75, "title {title:.3}, day {day:.3}, body {body:.3}");
}

/// A profile that says nothing but where the page is from.
fn minimal(url: &Url) -> Profile {
    let host = url.host_str().unwrap();
    let toml = format!("name = '{host}'\nzone = 'UTC'\nlanguage = 'und'\nhosts = ['{host}']\n[article]\npaths = []\n");
    Profile::parse(host, host, &toml).unwrap()
}

fn marks(folder: &Path, choose: impl Fn(&Url) -> Option<Profile>) -> Vec<Mark> {
    let index = std::fs::read_to_string(folder.join("index.tsv")).unwrap();
    let mut rows = index.lines().map(|row| row.split('\t').collect::<Vec<_>>());
    let head = rows.next().unwrap();
    let mut out = Vec::new();
    for row in rows {
        let row: HashMap<&str, &str> = head.iter().copied().zip(row).collect();
        let url = Url::parse(row["url"]).unwrap();
        let Some(profile) = choose(&url) else { continue };
        let path = folder.join(row["path"]);
        let mut html = Vec::new();
        flate2::read::MultiGzDecoder::new(std::fs::File::open(&path).unwrap()).read_to_end(&mut html).unwrap();
        let html = String::from_utf8_lossy(&html);
        let expected = path.to_string_lossy().replace(".html.gz", ".expected.json");
        let expected: Value = serde_json::from_str(&std::fs::read_to_string(expected).unwrap()).unwrap();
        let captured: Date = row["crawl_date"].parse().unwrap();
        let captured_at = captured.at(23, 59, 59, 0).in_tz("UTC").unwrap().timestamp();
        let page = Page { url: &url, html: &html, captured_at, status: 200, headers: &[] };
        out.push(mark(format!("{}/{}", row["path"], profile.site), &expected, &read(&page, &profile)));
    }
    out
}

fn mark(name: String, expected: &Value, found: &Extracted) -> Mark {
    let article = &found.article;
    let wanted = expected["title"].as_str().map(normal);
    let title = wanted.as_ref().is_none_or(|t| *t == normal(&article.text.title));
    let day = expected["publishing_date"].as_str().map(|wanted| {
        let published = article.attributes.published.as_ref();
        let wanted_day: Option<Date> = wanted[..10].parse().ok();
        let instant: Option<Timestamp> = wanted.parse().ok();
        published.is_some_and(|p| Some(p.on) == wanted_day || (p.at.is_some() && p.at == instant))
    });
    let printed: Vec<&str> =
        article.text.lead.iter().map(String::as_str).chain(article.text.body.iter().map(|b| b.text.as_str())).collect();
    let body = f1(&words(&expected_text(expected)), &words(&printed.join(" ")));
    let date = article.attributes.published.as_ref().map(|p| p.on.to_string());
    let said = format!(
        "{:?} {:?}\n      title {:?}\n      want  {:?}\n      date {date:?} want {:?}",
        article.outcome,
        article.proofs.iter().find(|p| p.field == "body").and_then(|p| p.rule.as_deref()),
        article.text.title,
        expected["title"],
        expected["publishing_date"]
    );
    Mark { name, outcome: article.outcome, title, day, body, said }
}

/// Summary, headlines and paragraphs, in order.
fn expected_text(expected: &Value) -> String {
    let body = &expected["body"];
    let mut out: Vec<&str> = texts(&body["summary"]);
    for section in body["sections"].as_array().into_iter().flatten() {
        out.extend(texts(&section["headline"]));
        out.extend(texts(&section["paragraphs"]));
    }
    out.join(" ")
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn words(text: &str) -> HashMap<String, usize> {
    let mut out = HashMap::new();
    for word in normal(text).to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        *out.entry(word.to_owned()).or_default() += 1;
    }
    out
}

/// Harmonic mean of precision and recall over words.
fn f1(wanted: &HashMap<String, usize>, found: &HashMap<String, usize>) -> f64 {
    let count = |words: &HashMap<String, usize>| words.values().sum::<usize>();
    let both: usize = wanted.iter().map(|(word, n)| (*n).min(found.get(word).copied().unwrap_or(0))).sum();
    let total = count(wanted) + count(found);
    if total == 0 { 1.0 } else { ratio(2 * both, total) }
}

fn ratio(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole.max(1)).unwrap())
}

/// Prints the table; the shares of right titles and days and the mean body.
fn table(what: &str, marks: &[Mark]) -> [f64; 3] {
    let verbose = std::env::var_os("GRIOT_SCORE_PAGES").is_some();
    for m in marks.iter().filter(|m| verbose && !(m.title && m.day != Some(false) && m.body >= 0.9)) {
        println!("  {} title {} day {:?} body {:.3}\n    {}", m.name, m.title, m.day, m.body, m.said);
    }
    let days: Vec<bool> = marks.iter().filter_map(|m| m.day).collect();
    let title = ratio(marks.iter().filter(|m| m.title).count(), marks.len());
    let day = ratio(days.iter().filter(|d| **d).count(), days.len());
    let total: f64 = marks.iter().map(|m| m.body).sum();
    let body = total / f64::from(u32::try_from(marks.len().max(1)).unwrap());
    println!(
        "{what}: {} pages; title {title:.3}, right day {day:.3} of {}, body F1 {body:.3}",
        marks.len(),
        days.len()
    );
    [title, day, body]
}
