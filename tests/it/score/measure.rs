//! The measures: what was found of a page and what of it is right, field by field, whoever tells what was found.

use std::collections::{BTreeSet, HashMap};

use griot::model::article::{AuthorRole, normal};
use griot::model::reading::ArticleReading;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

/// A body is right from this F1 over words on.
const RIGHT: f64 = 0.90;

/// What griot says of a page: the reader, or the archive.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(crate) title: String,
    pub(crate) lead: Option<String>,
    pub(crate) body: String,
    pub(crate) day: Option<Date>,
    pub(crate) instant: Option<Timestamp>,
    /// Bylines and signatures.
    pub(crate) authors: Vec<String>,
    pub(crate) tags: Vec<String>,
    /// Addresses.
    pub(crate) images: Vec<String>,
    pub(crate) related: usize,
}

impl Said {
    /// Pages print no more than seconds; the sets keep what their scripts say.
    pub(crate) fn second(&self) -> Option<i64> {
        self.instant.map(Timestamp::as_second)
    }
}

impl From<&ArticleReading> for Said {
    fn from(article: &ArticleReading) -> Self {
        let (text, attributes) = (&article.text, &article.attributes);
        let names = text.authors.iter().filter(|a| a.role != AuthorRole::Credit);
        let blocks: Vec<&str> = text.body.iter().map(|b| b.text.as_str()).collect();
        Self {
            title: text.title.clone(),
            lead: text.lead.clone(),
            body: blocks.join("\n\n"),
            day: attributes.published.as_ref().map(|p| p.on),
            instant: attributes.published.as_ref().and_then(|p| p.at),
            authors: names.map(|a| a.name.clone()).collect(),
            tags: attributes.tags.clone(),
            images: attributes.images.iter().map(|i| i.url.clone()).collect(),
            related: attributes.related.len(),
        }
    }
}

/// One field of one page.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) found: bool,
    /// `None`: nobody says what it should be.
    pub(crate) right: Option<bool>,
}

/// One page's marks.
pub(crate) struct Mark {
    pub(crate) name: String,
    pub(crate) fields: Vec<Field>,
    /// F1 over the words of lead and body.
    pub(crate) body: Option<f64>,
    /// What was said and what was wanted, for people.
    said: String,
}

/// Holds what was said against what is expected.
pub(crate) fn mark(name: String, expected: Option<&Value>, said: &Said) -> Mark {
    let wanted = expected.map(Wanted::of).unwrap_or_default();
    let printed = format!("{} {}", said.lead.as_deref().unwrap_or_default(), said.body);
    let body = wanted.body.as_deref().map(|text| f1(&words(text), &words(&printed)));
    let field = |name, found, right| Field { name, found, right };
    let fields = vec![
        field("title", !said.title.is_empty(), wanted.title.as_deref().map(|t| normal(t) == normal(&said.title))),
        field("day", said.day.is_some(), wanted.published.as_deref().map(|text| is_day(text, said))),
        field("instant", said.instant.is_some(), wanted.instant().map(|at| said.second() == Some(at.as_second()))),
        field("body", !said.body.is_empty(), body.map(|f1| f1 >= RIGHT)),
        field("lead", said.lead.is_some(), wanted.lead.as_deref().map(|lead| is_lead(lead, said))),
        field("authors", !said.authors.is_empty(), wanted.authors.map(|names| set(&names) == set(&said.authors))),
        field("tags", !said.tags.is_empty(), wanted.tags.map(|tags| set(&tags) == set(&said.tags))),
        field("cover", !said.images.is_empty(), wanted.cover.map(|urls| shows(&urls, &said.images))),
        field("related", said.related > 0, None),
    ];
    let said = format!(
        "title {:?}\n      want  {:?}\n      date {:?} want {:?}",
        said.title, wanted.title, said.day, wanted.published
    );
    Mark { name, fields, body, said }
}

/// What fundus expects; `None` where it says nothing.
#[derive(Default)]
struct Wanted {
    title: Option<String>,
    published: Option<String>,
    body: Option<String>,
    lead: Option<String>,
    authors: Option<Vec<String>>,
    tags: Option<Vec<String>>,
    cover: Option<Vec<String>>,
}

impl Wanted {
    fn of(expected: &Value) -> Self {
        let word = |key: &str| expected[key].as_str().map(str::to_owned);
        let some = |list: Vec<String>| Some(list).filter(|l| !l.is_empty());
        let list = |key: &str| some(texts(&expected[key]).map(str::to_owned).collect());
        let lead = texts(&expected["body"]["summary"]).collect::<Vec<_>>().join(" ");
        let cover = expected["images"].as_array().into_iter().flatten().find(|i| i["is_cover"] == true);
        let versions = |image: &Value| {
            let versions = image["versions"].as_array().into_iter().flatten();
            some(versions.filter_map(|v| v["url"].as_str().map(str::to_owned)).collect())
        };
        Self {
            title: word("title"),
            published: word("publishing_date"),
            body: expected.get("body").map(text_of),
            lead: Some(lead).filter(|l| !l.is_empty()),
            authors: list("authors"),
            tags: list("topics"),
            cover: cover.and_then(versions),
        }
    }

    fn instant(&self) -> Option<Timestamp> {
        self.published.as_deref()?.parse().ok()
    }
}

/// Summary, headlines and paragraphs, in order.
fn text_of(body: &Value) -> String {
    let mut out: Vec<&str> = texts(&body["summary"]).collect();
    for section in body["sections"].as_array().into_iter().flatten() {
        out.extend(texts(&section["headline"]));
        out.extend(texts(&section["paragraphs"]));
    }
    out.join(" ")
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// The wanted day is the day at the paper, or that of the very instant.
fn is_day(wanted: &str, said: &Said) -> bool {
    let (day, instant) = (wanted[..10].parse().ok(), wanted.parse::<Timestamp>().ok());
    said.day.is_some() && (said.day == day || instant.is_some_and(|at| said.second() == Some(at.as_second())))
}

/// The wanted lead stands where leads stand, word for word or nearly.
fn is_lead(wanted: &str, said: &Said) -> bool {
    said.lead.as_deref().is_some_and(|lead| f1(&words(wanted), &words(lead)) >= RIGHT)
}

fn set(names: &[String]) -> BTreeSet<String> {
    names.iter().map(|name| normal(name).to_lowercase()).collect()
}

/// Is one of these addresses among the images, whatever size its query asks for?
fn shows(wanted: &[String], images: &[String]) -> bool {
    let bare = |url: &String| url.split('?').next().unwrap_or_default().to_owned();
    let images: BTreeSet<String> = images.iter().map(bare).collect();
    wanted.iter().any(|url| images.contains(&bare(url)))
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

/// A share; of nothing it is 0.
pub(crate) fn ratio(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole.max(1)).unwrap())
}

/// A set's shares of right titles and right days, and its mean F1 of bodies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shares {
    pub(crate) title: f64,
    pub(crate) day: f64,
    pub(crate) body: f64,
}

impl Shares {
    /// At least these, all three.
    pub(crate) fn reach(&self, title: f64, day: f64, body: f64) -> bool {
        self.title >= title && self.day >= day && self.body >= body
    }
}

/// Prints the table of a set: field, found, right, of how many pages whose right value is known.
pub(crate) fn table<'m>(what: &str, marks: impl Iterator<Item = &'m Mark>) -> Shares {
    let marks: Vec<&Mark> = marks.collect();
    let verbose = std::env::var_os("GRIOT_SCORE_PAGES").is_some();
    for mark in marks.iter().filter(|m| verbose && m.fields.iter().take(4).any(|f| f.right == Some(false))) {
        let wrong = mark.fields.iter().filter(|f| f.right == Some(false)).map(|f| f.name).collect::<Vec<_>>();
        println!("  {} wrong: {} body {:?}\n      {}", mark.name, wrong.join(", "), mark.body, mark.said);
    }
    println!("{what}: {} pages\n  {:8} {:>5} {:>5} {:>5}", marks.len(), "field", "found", "right", "of");
    let mut shares = HashMap::new();
    for (at, name) in marks.first().iter().flat_map(|m| m.fields.iter().map(|f| f.name)).enumerate() {
        let column = || marks.iter().map(|m| &m.fields[at]);
        let found = column().filter(|f| f.found).count();
        let right = column().filter(|f| f.right == Some(true)).count();
        let of = column().filter(|f| f.right.is_some()).count();
        let share = if of == 0 { String::new() } else { format!(" {:.3}", ratio(right, of)) };
        println!("  {name:8} {found:>5} {right:>5} {of:>5}{share}");
        shares.insert(name, ratio(right, of));
    }
    let bodies: Vec<f64> = marks.iter().filter_map(|m| m.body).collect();
    let body = bodies.iter().sum::<f64>() / f64::from(u32::try_from(bodies.len().max(1)).unwrap());
    if !bodies.is_empty() {
        println!("  body F1 {body:.3}, mean of {}", bodies.len());
    }
    let share = |name| shares.get(name).copied().unwrap_or_default();
    Shares { title: share("title"), day: share("day"), body }
}
