//! A profile that nobody had to write: pages of one site in, rules with their evidence out. Pure, as all reading is.
//!
//! What each page says is known beforehand: from the archive, or from structured data and the body heuristic. A selector
//! is learnt where the text of what it finds agrees with what is known, page after page. Griot's own rules stay behind
//! every rule that is written, so that a page of another kind is read no worse than without.

mod address;
mod amend;
mod body;
mod chaff;
mod evidence;
mod field;
mod known;
mod names;
mod redesign;
mod related;
mod selectors;
mod sort;
#[cfg(test)]
mod tests;
mod toml;
mod trial;
mod zone;

use std::collections::BTreeSet;

use jiff::Timestamp;
use scraper::Html;
use serde::Serialize;
use url::Url;

use crate::extract::{Page, Small, Witness, parse};
use crate::profile::Profile;
use crate::profile::rules::Field;

pub use address::Shapes;
pub use amend::{Unamendable, relayed, replaced};
pub use evidence::{Evidence, Rule};
pub use known::{Known, Teller};
pub use redesign::{Break, find_break};
pub use related::Block;
pub use toml::{About, about, minimal, whole};
pub use trial::{Row, Side, Tried, trial};

/// With fewer pages than this what was learnt is weak: nothing tells a rule from chance.
pub const THIN: usize = 3;
/// Pages learnt from at once.
pub const MOST: usize = 40;
/// Bytes of HTML held at once.
const BYTES: usize = 48 << 20;
/// Bytes of HTML looked through for one field, one selector after the other,
const LOOKED_THROUGH: usize = 400 << 20;
/// but by so many at least,
const FEW: usize = 8;
/// and so many at the most.
const MANY: usize = 44;

/// A page to learn from.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Names it for people: its file, or its address.
    pub name: String,
    /// Its address.
    pub url: Url,
    /// Its body, decoded.
    pub html: String,
    /// When it was captured.
    pub captured_at: Timestamp,
    /// What the archive knows that the page said, and since when.
    pub versions: Vec<(Timestamp, Known)>,
}

/// What was learnt.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Learnt {
    /// Pages that had a say.
    pub pages: Vec<String>,
    /// Pages that had none, each with the reason.
    pub left_out: Vec<(String, String)>,
    /// Rules of fields, in the order of a profile; several of one field are tried in order.
    pub rules: Vec<Rule>,
    /// Elements that are no part of any text.
    pub drop: Vec<Rule>,
    /// Sentences that are none, of which no element tells them apart; with the number of pages.
    pub drop_text: Vec<(String, usize)>,
    /// Blocks of related links.
    pub related: Vec<Block>,
    /// Where the body ends.
    pub ends: Vec<Rule>,
    /// What the addresses have in common.
    pub shapes: Shapes,
}

impl Learnt {
    /// Too few pages to tell a rule from chance?
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.pages.len() < THIN
    }
}

/// On so many pages a rule holds at the least: on one it may hold by chance, unless there is but one.
fn least(leaves: &[Leaf<'_>]) -> usize {
    leaves.len().min(2)
}

/// How many selectors are tried for one field: the fewer, the more there is to look through.
fn tried(leaves: &[Leaf<'_>]) -> usize {
    let bytes: usize = leaves.iter().map(|leaf| leaf.bytes).sum();
    (LOOKED_THROUGH / bytes.max(1)).clamp(FEW, MANY)
}

/// A page under learning.
struct Leaf<'p> {
    name: String,
    url: &'p Url,
    witness: Witness<'p>,
    known: Known,
    /// Lines of the known body.
    body: BTreeSet<usize>,
    /// Lines that were believed to be body, and stand on other pages too.
    shared: BTreeSet<usize>,
    /// Headlines that are known or told to machines: their letters.
    titles: BTreeSet<String>,
    /// Summaries for machines: their letters.
    summaries: Vec<String>,
    /// Bytes of its HTML.
    bytes: usize,
    small: Vec<Small<'p>>,
}

impl Leaf<'_> {
    fn is_archived(&self) -> bool {
        self.known.teller == Teller::Archive
    }

    fn length(&self, line: usize) -> usize {
        self.witness.line(line).text.chars().count()
    }

    fn size(&self, lines: &BTreeSet<usize>) -> usize {
        lines.iter().map(|line| self.length(*line)).sum()
    }

    fn body_size(&self) -> usize {
        self.size(&self.body)
    }

    /// F1 of lines against the known body, by characters. What other pages share counts for nothing.
    fn alike(&self, lines: &BTreeSet<usize>) -> f64 {
        let lines: BTreeSet<usize> = lines.difference(&self.shared).copied().collect();
        let both = self.size(&lines.intersection(&self.body).copied().collect());
        let sum = self.size(&lines) + self.body_size();
        let float = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        if sum == 0 { 0.0 } else { 2.0 * float(both) / float(sum) }
    }

    fn reads(&self, field: Field) -> bool {
        field::reads(field, &self.witness, &self.known)
    }
}

/// Learns from pages. `base` reads them: a profile of griot's own rules only, in the paper's zone and language. A text
/// that the archive knew before `before` is believed before the page is.
#[must_use]
pub fn learn(samples: &[Sample], base: &Profile, before: Option<Timestamp>) -> Learnt {
    let mut learnt = Learnt::default();
    let samples = sort::of_one_site(samples, &mut learnt.left_out);
    let parsed = parse_all(&samples, &mut learnt.left_out);
    let mut leaves: Vec<Leaf<'_>> = Vec::new();
    for (sample, page, html) in &parsed {
        match leaf(sample, page, html, base, before) {
            Ok(leaf) if sort::is_repeat(&leaves, &leaf) => {
                learnt.left_out.push((sample.name.clone(), "says the same as another page".into()));
            }
            Ok(leaf) => leaves.push(leaf),
            Err(why) => learnt.left_out.push((sample.name.clone(), why)),
        }
    }
    learnt.pages = leaves.iter().map(|leaf| leaf.name.clone()).collect();
    if leaves.is_empty() {
        return learnt;
    }
    let shared = chaff::repeated(&mut leaves);
    for field in field::FIELDS {
        learnt.rules.extend(field::learn(field, &leaves));
    }
    without_lead(&mut leaves, &learnt.rules);
    let body = body::learn(&leaves);
    let (drop, left) = chaff::learn(&leaves, &body);
    let texts: BTreeSet<&str> = left.iter().map(|(at, line)| leaves[*at].witness.line(*line).text).collect();
    // Two stories may tell the same of what went before: only what most pages say is said of none.
    let usual = |on: usize| on >= THIN.max(leaves.len().div_ceil(2));
    let shared = shared.into_iter().filter(|(text, on)| usual(*on) && texts.contains(text.as_str()));
    learnt.drop_text = shared.take(8).collect();
    (learnt.related, learnt.ends) = related::learn(&leaves);
    learnt.rules.extend(body.rules);
    learnt.drop = drop;
    let order = |rule: &Rule| Field::ALL.iter().position(|field| field.word() == rule.field);
    learnt.rules.sort_by_key(order);
    let urls: Vec<&Url> = leaves.iter().map(|leaf| leaf.url).collect();
    learnt.shapes = address::learn(&urls, &sort::listings(&leaves));
    learnt
}

type Parsed<'s> = (&'s Sample, Page<'s>, Html);

fn parse_all<'s>(samples: &[&'s Sample], left_out: &mut Vec<(String, String)>) -> Vec<Parsed<'s>> {
    let mut out = Vec::new();
    let mut bytes = 0;
    for sample in samples {
        bytes += sample.html.len();
        if out.len() >= MOST || bytes > BYTES {
            left_out.push((sample.name.clone(), format!("{MOST} pages and {} MB are enough", BYTES >> 20)));
            continue;
        }
        let page = Page {
            url: &sample.url,
            html: &sample.html,
            captured_at: sample.captured_at,
            status: 200,
            headers: &[],
            names: &[],
        };
        match parse(&sample.html) {
            Ok(html) => out.push((*sample, page, html)),
            Err(limit) => left_out.push((sample.name.clone(), limit.to_string())),
        }
    }
    out
}

fn leaf<'p>(
    sample: &'p Sample,
    page: &'p Page<'p>,
    html: &'p Html,
    base: &'p Profile,
    before: Option<Timestamp>,
) -> Result<Leaf<'p>, String> {
    let witness = Witness::of(page, base, html).ok_or("no layout holds at its capture")?;
    let archived = before.and_then(|before| sample.versions.iter().rfind(|(since, _)| *since < before));
    let known = match archived {
        Some((_, known)) => known.clone(),
        None => Known::of(&witness).ok_or_else(|| sort::why_no_article(&witness))?,
    };
    let body = match known.teller {
        Teller::Page => witness.body().clone(),
        Teller::Archive => sort::archived_lines(&witness, &known),
    };
    let told = if known.teller == Teller::Page { witness.titles() } else { Vec::new() };
    Ok(Leaf {
        name: sample.name.clone(),
        url: &sample.url,
        titles: told
            .iter()
            .chain([&known.title])
            .map(|title| known::letters(title))
            .filter(|t| !t.is_empty())
            .collect(),
        summaries: witness.summaries().iter().map(|summary| known::letters(summary)).collect(),
        small: witness.small(),
        shared: BTreeSet::new(),
        bytes: sample.html.len(),
        witness,
        known,
        body,
    })
}

/// What a rule reads as the lead is none of the body any more.
fn without_lead(leaves: &mut [Leaf<'_>], rules: &[Rule]) {
    let leads = rules.iter().filter(|rule| rule.field == Field::Lead.word());
    let selectors: Vec<_> = leads.filter_map(|rule| scraper::Selector::parse(&rule.css).ok()).collect();
    for leaf in leaves {
        let found =
            selectors.iter().map(|selector| leaf.witness.values(selector, None)).find(|values| !values.is_empty());
        for (text, line) in found.into_iter().flatten() {
            let Some(line) = line else { continue };
            if known::same(leaf.witness.line(line).text, &text) {
                leaf.body.remove(&line);
            }
        }
    }
}
