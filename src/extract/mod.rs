//! A page and a profile in, a reading out. Pure: nothing here fetches, keeps or reads the time of day.
//!
//! One tree is parsed behind a gate ([`parse`]), turned into the lines a reader meets, and looked at by the rules of
//! the profile's layout, field by field. Every field says which rule gave it.

mod authors;
mod body;
mod called;
pub mod date;
mod dateline;
mod elsewhere;
mod fields;
mod flow;
mod heading;
mod headline;
mod heuristic;
mod images;
mod index;
mod labels;
mod links;
mod nodes;
mod outcome;
mod parse;
mod pattern;
mod related;
mod replace;
mod sight;
mod signed;
mod signs;
mod structured;
#[cfg(test)]
mod tests;
mod text;
mod witness;
mod words;

use jiff::Timestamp;
use url::Url;

use crate::model::article::{Attributes, Text};
use crate::model::link::Found;
use crate::model::reading::{ArticleReading, Outcome, Proof};
use crate::profile::Profile;
use crate::profile::rules::Field;

use flow::LineKind;
pub use links::own_address;
pub use parse::{ParseLimit, parse};
use sight::Sight;
pub use signs::{signs, signs_of_parts};
pub use witness::{Seen, Small, Witness};

/// A captured page that should hold an article.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The address asked.
    pub url: &'a Url,
    /// The body, decoded.
    pub html: &'a str,
    /// When it was captured: chooses the layout, and nothing is dated long after it.
    pub captured_at: Timestamp,
    /// The status of the answer.
    pub status: u16,
    /// Its headers.
    pub headers: &'a [(String, Vec<u8>)],
    /// What many pages of the site were titled alike: names of the site, and no headline.
    pub names: &'a [String],
}

/// What a page gave.
#[derive(Debug, Clone)]
pub struct Extracted {
    /// The article, or what the page is instead.
    pub article: ArticleReading,
    /// The page of the site on which the article stands whole, where this one is a part of it and names it.
    pub whole: Option<Url>,
    /// The page of the site on which the article goes on.
    pub next: Option<Url>,
    /// Every web address of the page, in document order, each once, at most 5,000; not yet canonical.
    pub links: Vec<Found>,
}

/// Reads a page by a profile. Never fails: what cannot be read says so in its outcome.
#[must_use]
pub fn read(page: &Page<'_>, profile: &Profile) -> Extracted {
    let Some(layout) = profile.layout_at(page.captured_at) else {
        let reason = format!("no layout of the profile holds at {}", page.captured_at);
        return nothing(Outcome::ExtractionFailed, reason);
    };
    let mended = match replace::all(page.html, &layout.rules.replace) {
        Ok(mended) => mended,
        Err(reason) => return nothing(Outcome::ParseLimit, reason),
    };
    let html = match parse(&mended) {
        Ok(html) => html,
        Err(limit) => return nothing(Outcome::ParseLimit, limit.to_string()),
    };
    let page = Page { html: &mended, ..*page };
    let sight = Sight::new(&page, profile, &layout.rules, &html);
    let mut article = article(&sight);
    let whole = other_page(&sight, &mut article, Field::SinglePage, elsewhere::whole);
    let next = other_page(&sight, &mut article, Field::NextPage, elsewhere::next);
    Extracted { article, whole, next, links: links::all(&html, &sight.base) }
}

fn nothing(outcome: Outcome, reason: String) -> Extracted {
    let (text, attributes) = (Text::default(), Attributes::default());
    let article = ArticleReading { outcome, reason: Some(reason), text, attributes, proofs: Vec::new() };
    Extracted { article, whole: None, next: None, links: Vec::new() }
}

/// Another page of the article, if this is a page to believe and its layout has rules for it.
fn other_page(
    sight: &Sight<'_>,
    article: &mut ArticleReading,
    field: Field,
    find: impl Fn(&Sight<'_>) -> fields::Read<Url>,
) -> Option<Url> {
    if sight.rules.of(field).is_empty() {
        return None;
    }
    let page = take(find(sight), &mut article.proofs);
    page.filter(|_| matches!(article.outcome, Outcome::Article | Outcome::PaywallExcerpt | Outcome::ExtractionFailed))
}

fn article(sight: &Sight<'_>) -> ArticleReading {
    let mut proofs = Vec::new();
    let title = take(fields::title(sight), &mut proofs);
    if let Some(title) = &title {
        let line = title.line.or_else(|| sight.find(&title.text)).or_else(|| headline(sight));
        sight.title.get_or_init(|| (title.text.clone(), line));
    }
    let published = take(fields::date(sight, Field::Published), &mut proofs);
    if let Some((_, Some(line))) = &published {
        sight.published.get_or_init(|| *line);
    }
    let published = published.map(|(date, _)| date);
    let modified = take(fields::date(sight, Field::Modified), &mut proofs).map(|(date, _)| date);
    let lead = take(fields::lead(sight), &mut proofs);
    let chosen = body::choose(sight);
    let related = related::find(sight, &chosen.lines);
    let mut lines = body_lines(sight, &chosen, &related, lead.as_deref());
    let names = authors::read(sight, &mut lines);
    let text = Text {
        title: title.map(|t| t.text).unwrap_or_default(),
        lead,
        body: blocks(sight, &chosen, lines),
        authors: names.authors,
        published_on: published.as_ref().filter(|p| p.absolute).map(|p| p.on),
    };
    proofs.push(body_proof(&chosen, &text));
    proofs.extend(names.proofs);
    let within = chosen.lines.first().copied().zip(chosen.lines.last().copied());
    let (images, image_rule) = images::read(sight, within);
    let count = |n: usize| Some(n.to_string()).filter(|_| n > 0);
    proofs.push(proof("images", image_rule, count(images.len())));
    proofs.push(proof("related", count(related.links.len()).map(|_| "labels".into()), count(related.links.len())));
    let attributes = Attributes {
        url_created_at: sight.profile.article.created_at(&sight.path, &sight.profile.zone),
        date_conflict: published.as_ref().and_then(|p| fields::conflict(sight, p)),
        published,
        modified,
        section: take(fields::word(sight, Field::Section, 120), &mut proofs),
        tags: take(fields::tags(sight), &mut proofs).unwrap_or_default(),
        language: take(fields::word(sight, Field::Language, 35), &mut proofs)
            .or_else(|| Some(sight.profile.language.clone())),
        images,
        canonical: take(fields::word(sight, Field::Canonical, 2048), &mut proofs)
            .and_then(|c| sight.absolute(&c))
            .map(String::from),
        related: related.links,
    };
    let (outcome, reason) = outcome::judge(sight, &text, &attributes);
    ArticleReading { outcome, reason, text, attributes, proofs }
}

/// The line of the one first heading outside of the page's frame: there the headline stands in other words.
fn headline(sight: &Sight<'_>) -> Option<usize> {
    let lines = sight.flow.lines.iter().enumerate();
    let mut found = lines.filter(|(_, line)| line.kind == LineKind::Heading(1) && !line.frame && !line.aside);
    let (at, _) = found.next()?;
    found.next().is_none().then_some(at)
}

fn take<T>(read: fields::Read<T>, proofs: &mut Vec<Proof>) -> Option<T> {
    proofs.push(read.proof);
    read.value
}

fn proof(field: &str, rule: Option<String>, value: Option<String>) -> Proof {
    Proof { field: field.to_owned(), rule, value, notes: Vec::new() }
}

/// The body's lines with their text, related links cut out.
fn body_lines(
    sight: &Sight<'_>,
    chosen: &body::Chosen,
    related: &related::Related,
    lead: Option<&str>,
) -> Vec<(usize, String)> {
    let captions = images::captions(sight);
    let kept: Vec<usize> = chosen.lines.iter().copied().filter(|at| !related.taken.contains(at)).collect();
    let kept = body::clean(sight, &kept, lead, &captions).into_iter();
    let text = |at: usize| related.left_of(at, &sight.flow.lines[at].text);
    kept.map(|at| (at, text(at))).filter(|(_, text)| !text.is_empty()).collect()
}

fn blocks(sight: &Sight<'_>, chosen: &body::Chosen, lines: Vec<(usize, String)>) -> Vec<crate::model::article::Block> {
    use crate::model::article::{Block, BlockKind};
    let loose = chosen.loose.iter().map(|text| Block { kind: BlockKind::Paragraph, text: text.clone() });
    lines.into_iter().map(|(at, text)| body::block(&sight.flow.lines[at], text)).chain(loose).collect()
}

fn body_proof(chosen: &body::Chosen, text: &Text) -> Proof {
    let first = text.body.first().map(|b| text::head(&b.text, 100));
    let value = first.map(|f| format!("{} blocks: {f}", text.body.len()));
    Proof { field: "body".into(), rule: chosen.rule.clone(), value, notes: chosen.notes.clone() }
}
