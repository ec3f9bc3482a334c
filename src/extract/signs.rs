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
/// The same of two headlines or lists of names: papers write them shorter for search engines.
const SAME_LINE: usize = 34;

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
        body: named(own),
        face: mark(if other.is_empty() { &own.title } else { other }),
    }
}

/// The signs of an article that stands on several pages, from those of its parts and the text of all: what part one tells,
/// and text and images of all of them.
#[must_use]
pub fn signs_of_parts(parts: &[Signs], whole: &Text) -> Signs {
    let Some(first) = parts.first() else { return Signs::default() };
    let all = |sign: &Sign| match sign.field.as_str() {
        "body" | "images" => together(sign, parts),
        _ => sign.clone(),
    };
    Signs { fields: first.fields.iter().map(all).collect(), body: named(whole), ..first.clone() }
}

/// A field of all parts: one part on which the witness says something else is enough.
fn together(first: &Sign, parts: &[Signs]) -> Sign {
    let signs: Vec<&Sign> = parts.iter().filter_map(|part| part.of(&first.field)).collect();
    let length = signs.iter().map(|sign| sign.length).sum();
    let agrees = |said: bool| signs.iter().any(|sign| sign.agrees == Some(said)).then_some(said);
    Sign {
        field: first.field.clone(),
        found: length > 0,
        length,
        witness: signs.iter().filter_map(|sign| sign.witness).reduce(|sum, more| sum + more),
        agrees: agrees(false).or(agrees(true)),
    }
}

/// Names a text that is long enough to tell a story.
fn named(text: &Text) -> Option<String> {
    (text.length() >= STORY).then(|| mark(&text.plain()))
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
            "title" => Some(shared(&own.title, &other.title) >= SAME_LINE),
            "body" => Some(shared(&own.plain(), &other.plain()) >= SAME_BODY),
            "published" => {
                let day = |reading: &ArticleReading| -> Option<Date> {
                    reading.attributes.published.as_ref().map(|date| date.on)
                };
                Some(days_apart(day(self.reading)?, day(self.witness)?) <= 1)
            }
            "authors" => {
                let names = |text: &Text| text.authors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(" ");
                Some(shared(&names(own), &names(other)) >= SAME_LINE)
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

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::extract::read;

    const TEXT: &str = "<p>La réunion s’est tenue hier devant un public nombreux, sous le grand arbre de la place, et les \
        débats y ont duré jusqu’au soir.</p><p>Le maire y a promis que la route serait refaite avant les pluies, ce que \
        nul ne croyait plus guère.</p>";

    /// The signs of a page by a layout.
    fn of(layout: &str, main: &str) -> Signs {
        let toml = format!(
            "name = 'Le Matin'\nzone = 'Africa/Bamako'\nlanguage = 'fr'\nhosts = ['matin.example']\n\
             [article]\npaths = ['^/a/']\n[[layout]]\n{layout}"
        );
        let profile = Profile::parse("matin", "matin.toml", &toml).unwrap();
        let html = format!(
            "<html><head><title>La route | Le Matin</title></head><body><article><h1>La route</h1>{main}</article>\
             <div class=vu><p>Les plus lus de la semaine, avec trois récits.</p></div></body></html>"
        );
        let url = Url::parse("https://matin.example/a/une-page").unwrap();
        let captured_at = "2026-01-15T12:00:00Z".parse().unwrap();
        let page = Page { url: &url, html: &html, captured_at, status: 200, headers: &[], names: &[] };
        signs(&page, &profile, &read(&page, &profile).article)
    }

    fn agreed(signs: &Signs, field: &str) -> Option<bool> {
        signs.of(field).unwrap().agrees
    }

    #[test]
    fn a_rule_that_reads_what_griots_own_read_agrees_with_them() {
        let signs =
            of("title = [{ css = 'h1' }]\nbody = [{ css = '.texte' }]", &format!("<div class=texte>{TEXT}</div>"));
        assert_eq!((agreed(&signs, "body"), agreed(&signs, "title")), (Some(true), Some(true)));
        assert!(signs.is_whole() && signs.body.is_some() && signs.title == Some(mark("la route")), "{signs:?}");
    }

    #[test]
    fn a_rule_that_reads_the_column_or_nothing_does_not() {
        let main = format!("<div class=x1>{TEXT}</div>");
        let column = of("body = [{ css = '.vu' }]", &main);
        assert_eq!(agreed(&column, "body"), Some(false));
        let nothing = of("body = [{ css = '.texte' }]", &main);
        let body = nothing.of("body").unwrap();
        assert!(!body.found && body.witness > Some(150) && body.agrees.is_none(), "{body:?}");
        assert!(!nothing.is_whole() && nothing.body.is_none(), "{nothing:?}");
        assert_eq!((&column.face, &nothing.face), (&mark("La route"), &mark("La route")));
    }

    #[test]
    fn two_that_read_by_the_same_rule_are_no_witnesses_of_each_other() {
        let signs = of("title = ['default']", &format!("<div class=x1>{TEXT}</div>"));
        assert_eq!((agreed(&signs, "body"), agreed(&signs, "title")), (None, None));
        assert!(signs.is_whole(), "{signs:?}");
    }

    #[test]
    fn fields_without_rules_leave_no_sign() {
        let signs = of("section = []\ntags = []", TEXT);
        assert!(signs.of("section").is_none() && signs.of("lead").is_some(), "{signs:?}");
    }

    #[test]
    fn parts_are_told_together() {
        let part = |layout: &str, main: &str| of(&format!("title = [{{ css = 'h1' }}]\n{layout}"), main);
        let layout = "body = [{ css = '.texte' }]";
        let sound = part(layout, &format!("<div class=texte>{TEXT}</div>"));
        let column = part("body = [{ css = '.vu' }]", &format!("<div class=x1>{TEXT}</div>"));
        let text = Text { title: "La route".into(), ..Text::default() };
        let both = signs_of_parts(&[sound.clone(), column.clone()], &text);
        assert_eq!((agreed(&both, "title"), agreed(&both, "body")), (Some(true), Some(false)));
        let length = |signs: &Signs| signs.of("body").unwrap().length;
        assert_eq!(length(&both), length(&sound) + length(&column));
        assert_eq!((both.body, &both.face), (None, &sound.face));
        assert_eq!(signs_of_parts(&[], &text), Signs::default());
    }

    #[test]
    fn half_of_a_text_is_not_the_same_text() {
        let all = "un deux trois quatre cinq six sept huit";
        assert_eq!((shared(all, all), shared(all, "un deux trois quatre"), shared(all, "neuf")), (100, 66, 0));
        assert_eq!((shared("Été", "été !"), shared("", "")), (100, 0));
    }
}
