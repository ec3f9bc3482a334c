//! Articles that stand on several pages.
//!
//! Each part is a page and a capture of its own, and leads to the next one through the frontier. A part that goes on is
//! set aside; the reading of the last one tells the text of all, and is judged for the page of part one. Which pages are
//! whose parts is no state: it is what the latest capture of each led to, so a chain goes on from the archive whenever it
//! was broken off.

use std::sync::Arc;

use jiff::Timestamp;

use super::CrawlError;
use super::consequence::Consequence;
use super::context::{Context, Site};
use super::leads::related;
use super::next;
use super::reading::Read;
use super::whole;
use crate::model::reading::{Outcome, Role};
use crate::model::url::PageUrl;
use crate::profile::rules::Field;
use crate::store::{Before, Due, PageId, Part, ReadText, Related};

/// Parts of one article; what goes on beyond goes round, or is no article.
const MOST: usize = 20;

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
            read.reading.signs = None;
            read.reading.outcome = Outcome::ExtractionFailed;
            read.reading.reason = Some(hole(1, &due.key, "cannot be read back"));
        } else if read.reading.outcome == Outcome::Part {
            read.reading.signs = None;
            consequence.part = Place::First;
            keep_to_the_rule(site, &due.key, read);
        }
        return Ok(());
    };
    let part_one = PartOne { page: first.page, key: first.key.clone() };
    keep_to_the_rule(site, &part_one.key, read);
    let given_up = consequence.trouble.is_some_and(|trouble| next::gives_up(due, now, trouble));
    let Some(end) = end_of(site, due, read, &parts, given_up) else {
        read.reading.signs = None;
        consequence.part = Place::Later;
        return Ok(());
    };
    let mut found = Vec::new();
    let whole = match (whole::stored(context, site, &parts, true).await, end) {
        (Err(hole), _) | (_, End::Unread(hole)) => {
            Read::bare(site, Role::Article, Outcome::ExtractionFailed, Some(hole))
        }
        (Ok(all), End::Before(flag)) => whole::joined(site, all, Some(flag)),
        (Ok(mut all), End::With(flag)) => {
            found = std::mem::take(&mut read.found);
            all.push(std::mem::replace(read, Read::bare(site, Role::Article, Outcome::Part, None)));
            whole::joined(site, all, flag)
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

pub(super) fn hole(number: usize, key: &PageUrl, what: &str) -> String {
    format!("part {number} ({key}) {what}: the text would have a hole")
}

/// A part that goes on, nobody knows where: it repeats a payload that cannot be read back.
fn leads_nowhere(read: &Read) -> bool {
    read.reading.outcome == Outcome::Part && read.next.is_none()
}

pub(super) fn has_text(read: &Read) -> bool {
    matches!(&read.reading.text, Some(ReadText::New(text)) if !text.body.is_empty())
}
