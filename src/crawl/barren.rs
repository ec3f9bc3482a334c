//! Whether a visit was worth its request, and what follows for the pattern of its address.

use jiff::Timestamp;

use super::CrawlError;
use super::consequence::Consequence;
use super::context::Context;
use super::report::Event;
use crate::frontier::barren::{Kind, Standing as Budget};
use crate::model::health::Standing;
use crate::model::reading::Outcome;
use crate::model::timeline::{Cause, Verdict};
use crate::store::{Class, Due, Pattern, Yielded};

fn pattern(due: &Due) -> Option<Pattern> {
    let shape = due.shape.clone()?;
    Some(Pattern { site: due.site.clone(), class: due.class, shape })
}

/// What a visit tells of its pattern. Trouble on the way tells nothing, and neither does a page that was had before or one
/// that could be read and waits for what the next ones tell.
#[must_use]
pub(super) fn yielded(due: &Due, consequence: &Consequence, new: usize) -> Option<Yielded> {
    let read = consequence.read.as_ref().filter(|_| consequence.trouble.is_none())?;
    let waiting = read
        .reading
        .signs
        .as_ref()
        .is_some_and(|marked| marked.standing == Standing::Waiting && marked.signs.is_whole());
    if waiting || read.reading.outcome == Outcome::Part {
        return None;
    }
    let new_article = match due.class {
        Class::New => read.reading.verdict == Some(Verdict::NewVersion(Cause::First)),
        Class::Listing if due.interval.is_none() => new > 0,
        Class::Listing | Class::Revisit => return None,
    };
    Some(Yielded { pattern: pattern(due)?, new_article })
}

/// Leaves the pattern alone when its budget is spent; tells so, and says it in words.
///
/// # Errors
/// The store's.
pub(super) async fn leave_alone(
    context: &Context,
    due: &Due,
    standing: Option<(u32, u32)>,
    now: Timestamp,
) -> Result<Option<String>, CrawlError> {
    let (Some((barren, closures)), Some(pattern)) = (standing, pattern(due)) else { return Ok(None) };
    let kind = if due.class == Class::Listing { Kind::Listing } else { Kind::Article };
    let Some(wait) = (Budget { barren, closures }).closes(kind) else { return Ok(None) };
    let until = crate::model::instant::to_millisecond(now.saturating_add(wait).unwrap_or(now));
    let words = format!(
        "{}{}: {barren} pages in a row gave no new article; the pattern is left alone until {}",
        pattern.site,
        pattern.shape,
        crate::model::instant::written(until)
    );
    if !context.store.leave_alone(pattern, closures, until, words.clone()).await? {
        return Ok(None);
    }
    context.tell(Event::Note(words.clone()));
    Ok(Some(words))
}
