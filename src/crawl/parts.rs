//! Articles that stand on several pages.
//!
//! Each part is a page and a capture of its own, and leads to the next one through the frontier. A part that goes on is
//! set aside; the reading of the last one tells the text of all, and is judged for the page of part one. Which pages are
//! whose parts is no state: it is what the latest capture of each led to, so a chain goes on from the archive whenever it
//! was broken off.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::CrawlError;
use super::consequence::Consequence;
use super::context::{Context, Site};
use super::judging::{as_article, read_stored};
use super::leads::related;
use super::next;
use super::reading::Read;
use crate::model::article::{Attributes, Text};
use crate::model::reading::{Outcome, Proof, Role};
use crate::model::url::PageUrl;
use crate::profile::rules::Field;
use crate::store::{Before, Due, OldReading, PageId, Part, ReadAttributes, ReadText, Related, StoreError};

/// Parts of one article; what goes on beyond goes round, or is no article.
const MOST: usize = 20;
/// Images and related links kept of all parts together.
const MOST_LISTED: usize = 200;

/// The page of part one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PartOne {
    /// Its row.
    pub page: PageId,
    /// Its key.
    pub key: PageUrl,
}

/// Which part of an article a page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// All of it, or none of any.
    Alone,
    /// Part one, which goes on.
    First,
    /// A later part that tells nothing yet.
    Later,
    /// The last part: its reading tells the whole.
    Last(PartOne),
}

impl Place {
    /// Part one, where the reading tells the whole.
    pub(super) fn whole(&self) -> Option<&PartOne> {
        if let Self::Last(part_one) = self { Some(part_one) } else { None }
    }
}

/// Does the layout of an instant say how articles go on?
#[must_use]
pub(super) fn are_told(site: &Site, at: Timestamp) -> bool {
    site.profile.layout_at(at).is_some_and(|layout| !layout.rules.of(Field::NextPage).is_empty())
}

/// Settles which part of an article a visit brought, and puts the parts together where it is the last one.
///
/// # Errors
/// The store's.
pub(super) async fn settle(
    context: &Context,
    site: &Arc<Site>,
    due: &Due,
    now: Timestamp,
    consequence: &mut Consequence,
) -> Result<(), CrawlError> {
    if due.role != Role::Article || !are_told(site, now) {
        return Ok(());
    }
    let Some(read) = &mut consequence.read else { return Ok(()) };
    let Before { parts, orphan } = context.store.parts_before(due.page, now).await?;
    if orphan {
        read.reading.signs = None;
        read.reading.outcome = Outcome::Part;
        read.reading.reason = Some("no page leads to it as its next part any more".into());
        read.next = None;
        consequence.part = Place::Later;
        return Ok(());
    }
    let Some(first) = parts.first() else {
        if leads_nowhere(read) {
            read.reading.outcome = Outcome::ExtractionFailed;
            read.reading.reason = Some(hole(1, &due.key, "cannot be read back"));
        } else if read.reading.outcome == Outcome::Part {
            consequence.part = Place::First;
            keep_to_the_rule(site, &due.key, read);
        }
        return Ok(());
    };
    let part_one = PartOne { page: first.page, key: first.key.clone() };
    keep_to_the_rule(site, &part_one.key, read);
    read.reading.signs = None;
    let given_up = consequence.trouble.is_some_and(|trouble| next::gives_up(due, now, trouble));
    let Some(end) = end_of(site, due, read, &parts, given_up) else {
        consequence.part = Place::Later;
        return Ok(());
    };
    let mut found = Vec::new();
    let whole = match (stored(context, site, &parts).await, end) {
        (Err(hole), _) | (_, End::Unread(hole)) => {
            Read::bare(site, Role::Article, Outcome::ExtractionFailed, Some(hole))
        }
        (Ok(all), End::Before(flag)) => joined(site, all, Some(flag)),
        (Ok(mut all), End::With(flag)) => {
            found = std::mem::take(&mut read.found);
            all.push(std::mem::replace(read, Read::bare(site, Role::Article, Outcome::Part, None)));
            joined(site, all, flag)
        }
    };
    consequence.related = Related::Printed(related(context, site, &whole));
    consequence.read = Some(Read { found, ..whole });
    consequence.part = Place::Last(part_one);
    Ok(())
}

/// The pages of an article lead to its parts by the layout's rule and by no other link: the numbers under it would make
/// each part an article of its own.
fn keep_to_the_rule(site: &Site, part_one: &PageUrl, read: &mut Read) {
    let next = read.next.as_ref().and_then(|url| site.profile.page(url).ok());
    let is_part = |key: &PageUrl| {
        let rest = key.as_str().strip_prefix(part_one.as_str());
        Some(key) == next.as_ref() || rest.is_some_and(|rest| rest.starts_with(['?', '&', '/']))
    };
    read.found.retain(|found| !site.profile.page(&found.url).is_ok_and(|key| is_part(&key)));
}

/// How an article ends with the visit to a later part.
enum End {
    /// With that part's own text; and what is odd about it.
    With(Option<String>),
    /// With the part before it; and why.
    Before(String),
    /// Nobody knows how: why this part cannot be read.
    Unread(String),
}

/// How an article ends with this visit; `None` where it goes on, or may be had yet.
fn end_of(site: &Site, due: &Due, read: &Read, before: &[Part], given_up: bool) -> Option<End> {
    let number = before.len() + 1;
    let without =
        |what: &str| Some(End::Before(format!("part {number} ({}) {what}: the text ends before it", due.url)));
    let next = read.next.as_ref().and_then(|url| site.profile.page(url).ok());
    match read.reading.outcome {
        Outcome::Part => match next {
            Some(next) if next == due.key || before.iter().any(|part| part.key == next) => {
                Some(End::With(Some(format!("part {number} goes on at a part before it"))))
            }
            Some(_) if number >= MOST => Some(End::With(Some(format!("goes on beyond {MOST} parts")))),
            None if leads_nowhere(read) => Some(End::Unread(hole(number, &due.key, "cannot be read back"))),
            _ => None,
        },
        // Later parts need no headline.
        Outcome::Article | Outcome::ExtractionFailed if has_text(read) => Some(End::With(None)),
        Outcome::ExtractionFailed | Outcome::ParseLimit => without("shows no text"),
        Outcome::Gone | Outcome::SoftGone => without("is gone"),
        _ if given_up => without("cannot be had"),
        _ => None,
    }
}

fn hole(number: usize, key: &PageUrl, what: &str) -> String {
    format!("part {number} ({key}) {what}: the text would have a hole")
}

/// A part that goes on, nobody knows where: it repeats a payload that cannot be read back.
fn leads_nowhere(read: &Read) -> bool {
    read.reading.outcome == Outcome::Part && read.next.is_none()
}

fn has_text(read: &Read) -> bool {
    matches!(&read.reading.text, Some(ReadText::New(text)) if !text.body.is_empty())
}

/// The parts as they stand in the archive, read by today's rules; or why one of them leaves a hole in the text.
async fn stored(context: &Context, site: &Arc<Site>, parts: &[Part]) -> Result<Vec<Read>, String> {
    let mut all = Vec::with_capacity(parts.len() + 1);
    for (at, part) in parts.iter().enumerate() {
        let hole = |what| hole(at + 1, &part.key, what);
        let read = read_stored(context, site, &part.location, as_article(part.captured_at)).await;
        let read = read.ok_or_else(|| hole("cannot be read back"))?;
        if !has_text(&read) {
            return Err(hole("shows no text by today's rules"));
        }
        all.push(read);
    }
    Ok(all)
}

/// A capture that was read by other rules, read by today's: with the parts before it, if it is the last of several. `None`
/// where it, or a part before it, cannot be read today.
///
/// # Errors
/// The store's.
pub(super) async fn read_again(
    context: &Context,
    site: &Arc<Site>,
    old: &OldReading,
) -> Result<Option<Read>, StoreError> {
    let own = read_stored(context, site, &old.location, as_article(old.captured_at)).await;
    if !are_told(site, old.captured_at) {
        return Ok(own);
    }
    let before = context.store.parts_before(old.page, old.captured_at).await?;
    if before.parts.is_empty() {
        return Ok(own);
    }
    let Ok(mut all) = stored(context, site, &before.parts).await else { return Ok(None) };
    all.extend(own.filter(has_text));
    Ok(Some(joined(site, all, None)))
}

/// One reading of all parts: headline, day and names of part one, the text, images and related links of all.
fn joined(site: &Site, parts: Vec<Read>, flag: Option<String>) -> Read {
    let mut whole = Read::bare(site, Role::Article, Outcome::ExtractionFailed, flag);
    let (mut text, mut attributes) = (Text::default(), Attributes::default());
    let count = parts.len();
    for (at, part) in parts.into_iter().enumerate() {
        let (Some(ReadText::New(own)), Some(ReadAttributes::New(more))) = (part.reading.text, part.reading.attributes)
        else {
            continue;
        };
        whole.reading.ended = part.reading.ended;
        whole.related.extend(part.related);
        if at == 0 {
            (text, attributes) = (*own, *more);
            whole.reading.proofs = part.reading.proofs;
            continue;
        }
        text.body.extend(own.body);
        if text.authors.is_empty() {
            text.authors = own.authors;
        }
        attributes.images.extend(more.images);
        attributes.related.extend(more.related);
    }
    let mut seen = HashSet::new();
    attributes.images.retain(|image| seen.insert(image.url.clone()));
    let mut seen = HashSet::new();
    attributes.related.retain(|link| seen.insert((link.url.clone(), link.title.clone())));
    let mut seen = HashSet::new();
    whole.related.retain(|link| seen.insert((link.url.clone(), link.title.clone())));
    attributes.images.truncate(MOST_LISTED);
    attributes.related.truncate(MOST_LISTED);
    whole.related.truncate(MOST_LISTED);
    if text.title.is_empty() || text.body.is_empty() {
        whole.reading.reason = Some("part one has no title, or no part a text".into());
    } else {
        whole.reading.outcome = Outcome::Article;
    }
    let value = Some(format!("{count} parts, {} blocks", text.body.len()));
    let rule = Some("next_page".to_owned());
    whole.reading.proofs.push(Proof { field: "parts".into(), rule, value, notes: Vec::new() });
    whole.reading.text = Some(ReadText::New(Box::new(text)));
    whole.reading.attributes = Some(ReadAttributes::New(Box::new(attributes)));
    whole
}
