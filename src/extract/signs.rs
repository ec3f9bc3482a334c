//! The second witness: a page read once more by griot's own rules alone, and held against what the profile's rules read.
//! It costs as much as the first reading, so nobody pays for it who only wants to read.

use std::collections::HashMap;

use jiff::civil::Date;

use super::dateline::days_apart;
use super::sight::Sight;
use super::{Page, article, parse};
use crate::model::article::{Text, normal};
use crate::model::health::{Sign, Signs, mark};
use crate::model::reading::ArticleReading;
use crate::profile::rules::{Field, Rules};
use crate::profile::{Profile, plain_rules};

/// Bodies shorter than this in characters tell no story: many pages may have the same.
const STORY: usize = 60;
/// Of the words of two bodies that say the same, so much is shared: F1 over words, in hundredths.
const SAME_BODY: usize = 75;
/// The same of two headlines: papers write them shorter for search engines.
const SAME_TITLE: usize = 50;

/// What a reading tells of how its page was read.
#[must_use]
pub fn signs(page: &Page<'_>, profile: &Profile, reading: &ArticleReading) -> Signs {
    let Some(layout) = profile.layout_at(page.captured_at) else { return Signs::default() };
    let Ok(html) = parse(page.html) else { return Signs::default() };
    let witness = article(&Sight::new(page, profile, plain_rules(), &html));
    let own = &reading.text;
    let both = Both { reading, witness: &witness };
    let signs = FIELDS.iter().filter(|field| has_rules(&layout.rules, field)).map(|field| both.sign(field));
    let other = &witness.text.title;
    Signs {
        fields: signs.collect(),
        title: (!own.title.is_empty()).then(|| mark(&own.title)),
        body: (own.length() >= STORY).then(|| mark(&own.plain())),
        face: mark(if other.is_empty() { &own.title } else { other }),
    }
}

const FIELDS: [&str; 9] = ["title", "lead", "body", "published", "modified", "authors", "section", "tags", "images"];

fn has_rules(rules: &Rules, field: &str) -> bool {
    let of = |field| !rules.of(field).is_empty();
    match field {
        "authors" => [Field::Byline, Field::Signature, Field::Credit].into_iter().any(of),
        _ => Field::ALL.into_iter().any(|known| known.word() == field && of(known)),
    }
}

/// The profile's reading beside the witness's.
struct Both<'r> {
    reading: &'r ArticleReading,
    witness: &'r ArticleReading,
}

impl Both<'_> {
    fn sign(&self, field: &str) -> Sign {
        let (length, witness) = (length(self.reading, field), length(self.witness, field));
        let comparable = length > 0 && witness > 0 && self.are_independent(field);
        Sign {
            field: field.to_owned(),
            found: length > 0,
            length,
            witness: (witness > 0).then_some(witness),
            agrees: self.agree(field).filter(|_| comparable),
        }
    }

    /// Two that have a value from the same place agree about nothing.
    fn are_independent(&self, field: &str) -> bool {
        let source = |reading: &ArticleReading| {
            let words = if field == "authors" { &["byline", "signature", "credit"][..] } else { &[field] };
            let proofs = reading.proofs.iter().filter(|proof| words.contains(&proof.field.as_str()));
            let rules = proofs.filter_map(|proof| proof.rule.as_deref());
            rules.map(|rule| rule.split_once(' ').map_or(rule, |(_, source)| source).to_owned()).collect::<Vec<_>>()
        };
        let (own, other) = (source(self.reading), source(self.witness));
        !own.iter().any(|source| other.contains(source))
    }

    fn agree(&self, field: &str) -> Option<bool> {
        let (own, other) = (&self.reading.text, &self.witness.text);
        match field {
            "title" => Some(shared(&own.title, &other.title) >= SAME_TITLE),
            "body" => Some(shared(&own.plain(), &other.plain()) >= SAME_BODY),
            "published" => {
                let day = |reading: &ArticleReading| -> Option<Date> {
                    reading.attributes.published.as_ref().map(|date| date.on)
                };
                Some(days_apart(day(self.reading)?, day(self.witness)?) <= 1)
            }
            "authors" => {
                let names =
                    |text: &Text| text.authors.iter().map(|a| normal(&a.name).to_lowercase()).collect::<Vec<_>>();
                let other = names(other);
                Some(names(own).iter().any(|name| other.contains(name)))
            }
            _ => None,
        }
    }
}

/// Characters of a text, the number of a list; 0 where there is none.
fn length(reading: &ArticleReading, field: &str) -> usize {
    let (text, attributes) = (&reading.text, &reading.attributes);
    let characters = |text: &str| text.chars().count();
    let date =
        |date: &Option<crate::model::article::PrintedDate>| date.as_ref().map_or(0, |d| characters(&d.text).max(1));
    match field {
        "title" => characters(&text.title),
        "lead" => text.lead.as_deref().map_or(0, characters),
        "body" => text.body.iter().map(|block| characters(&block.text)).sum(),
        "published" => date(&attributes.published),
        "modified" => date(&attributes.modified),
        "authors" => text.authors.len(),
        "section" => attributes.section.as_deref().map_or(0, characters),
        "tags" => attributes.tags.len(),
        _ => attributes.images.len(),
    }
}

/// How much two texts share: F1 over their words, each as often as it stands there, in hundredths.
fn shared(one: &str, other: &str) -> usize {
    let (one, other) = (words(one), words(other));
    let count = |words: &HashMap<String, usize>| words.values().sum::<usize>();
    let all = count(&one) + count(&other);
    let common: usize = one.iter().map(|(word, n)| other.get(word).copied().unwrap_or(0).min(*n)).sum();
    (200 * common).checked_div(all).unwrap_or(0)
}

fn words(text: &str) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    for word in normal(text).to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}
