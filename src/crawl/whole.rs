//! The parts of an article put together: from the archive, by today's rules.

use std::collections::HashSet;
use std::sync::Arc;

use super::context::{Context, Site};
use super::judging::{as_article, read_stored};
use super::parts::{PartOne, are_told, has_text, hole};
use super::reading::{Asked, Read};
use crate::extract;
use crate::model::article::{Attributes, Text};
use crate::model::health::{Signs, Standing};
use crate::model::reading::{Outcome, Proof, Role};
use crate::store::{Location, Marked, PageId, Part, ReadAttributes, ReadText, StoreError};

/// Images and related links kept of all parts together.
const MOST_LISTED: usize = 200;

/// What a stored capture tells of an article.
pub(super) struct Whole {
    /// Read by today's rules.
    pub read: Read,
    /// Part one, where the capture is the last part of several.
    pub part_one: Option<PartOne>,
}

/// A stored capture of a page as today's rules read it: with the parts before it, if it is the last of several. `None`
/// where it, or a part before it, cannot be read today.
///
/// # Errors
/// The store's.
pub(super) async fn read_whole(
    context: &Context,
    site: &Arc<Site>,
    page: PageId,
    location: &Location,
    asked: Asked,
) -> Result<Option<Whole>, StoreError> {
    let (captured_at, twice) = (asked.captured_at, asked.twice);
    let mut own = read_stored(context, site, location, asked).await;
    if let Some(part) = own.as_mut().filter(|own| own.reading.outcome == Outcome::Part) {
        part.reading.signs = None;
    }
    let alone = |own: Option<Read>| Ok(own.map(|read| Whole { read, part_one: None }));
    if !are_told(site, captured_at) {
        return alone(own);
    }
    let before = context.store.parts_before(page, captured_at).await?;
    let Some(first) = before.parts.first() else { return alone(own) };
    let part_one = Some(PartOne { page: first.page, key: first.key.clone() });
    let Ok(mut all) = stored(context, site, &before.parts, twice).await else { return Ok(None) };
    all.extend(own.filter(has_text));
    Ok(Some(Whole { read: joined(site, all, None), part_one }))
}

/// The parts as they stand in the archive, read by today's rules, `twice` for their signs; or why one of them leaves a hole
/// in the text.
pub(super) async fn stored(
    context: &Context,
    site: &Arc<Site>,
    parts: &[Part],
    twice: bool,
) -> Result<Vec<Read>, String> {
    let mut all = Vec::with_capacity(parts.len() + 1);
    for (at, part) in parts.iter().enumerate() {
        let hole = |what| hole(at + 1, &part.key, what);
        let asked = Asked { twice, ..as_article(part.captured_at) };
        let read = read_stored(context, site, &part.location, asked).await;
        let read = read.ok_or_else(|| hole("cannot be read back"))?;
        if !has_text(&read) {
            return Err(hole("shows no text by today's rules"));
        }
        if read.next.is_none() {
            return Err(hole("does not go on by today's rules"));
        }
        all.push(read);
    }
    Ok(all)
}

/// One reading of all parts: headline, day and names of part one, the text, images, related links and signs of all.
pub(super) fn joined(site: &Site, parts: Vec<Read>, flag: Option<String>) -> Read {
    let mut whole = Read::bare(site, Role::Article, Outcome::ExtractionFailed, flag);
    let (mut text, mut attributes) = (Text::default(), Attributes::default());
    let count = parts.len();
    let signs: Option<Vec<Signs>> = parts.iter().map(|part| Some(part.reading.signs.as_ref()?.signs.clone())).collect();
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
    let signs = signs.map(|parts| extract::signs_of_parts(&parts, &text));
    whole.reading.signs = signs.map(|signs| Box::new(Marked { signs, doubt: None, standing: Standing::Sound }));
    let value = Some(format!("{count} parts, {} blocks", text.body.len()));
    let rule = Some("next_page".to_owned());
    whole.reading.proofs.push(Proof { field: "parts".into(), rule, value, notes: Vec::new() });
    whole.reading.text = Some(ReadText::New(Box::new(text)));
    whole.reading.attributes = Some(ReadAttributes::New(Box::new(attributes)));
    whole
}
