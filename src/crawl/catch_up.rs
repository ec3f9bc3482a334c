//! After a crash: captures whose facts were adopted and that nobody has read. They are read before anything is asked.

use std::sync::Arc;

use super::conclude::{Content, Happened, conclude};
use super::context::{Context, Site, Stop};
use super::reading::Read;
use super::recorder::{Entry, SaveError};
use super::report::Event;
use super::{CrawlError, gate, turnstile};
use crate::archive::read_record;
use crate::model::answer::Answer;
use crate::model::reading::{Outcome, Role};
use crate::model::timeline::Moment;
use crate::store::{CaptureId, Fact, Finished, Location, Unread};
use crate::warc::facts::{facts, replay};
use crate::warc::record::Record;

/// Reads every capture that waits; says how many.
///
/// # Errors
/// When nothing can be saved any more, or a record cannot be read back.
pub(super) async fn catch_up(context: &Arc<Context>) -> Result<u64, CrawlError> {
    let mut read = 0;
    for unread in context.store.unread().await? {
        if context.stopped() != Stop::GoOn {
            break;
        }
        let record = load(context, &unread.location).await?;
        match site_of(context, &unread, &record) {
            Some(site) => one(context, &site, unread, &record).await?,
            // Its site is not part of this run: it waits for one that has its profile.
            None => continue,
        }
        read += 1;
    }
    Ok(read)
}

async fn load(context: &Context, location: &Location) -> Result<Record, CrawlError> {
    let (folder, location) = (context.folder.clone(), location.clone());
    let read = tokio::task::spawn_blocking(move || read_record(&folder, &location)).await;
    read.map_err(|e| e.to_string()).and_then(|r| r).map_err(CrawlError::Unreadable)
}

fn site_of(context: &Context, unread: &Unread, record: &Record) -> Option<Arc<Site>> {
    let by_frontier = unread.due.as_ref().and_then(|due| context.sites.get(&due.site).cloned());
    by_frontier.or_else(|| context.owner(&facts(record).ok()?.url).map(|(site, _)| site))
}

async fn one(context: &Arc<Context>, site: &Arc<Site>, unread: Unread, record: &Record) -> Result<(), CrawlError> {
    let facts = facts(record).map_err(|e| CrawlError::Unreadable(e.to_string()))?;
    let Some(due) = unread.due else {
        return bare(context, site, &unread, record).await;
    };
    let (content, pace) = match unread.repeats {
        // A 304 asks for no pace of its own.
        Some((payload, _)) if facts.status == 304 => (Content::Repeat(payload), None),
        repeats => {
            let answer = replayed(record, repeated(context, repeats).await?.as_ref())?;
            let pace = turnstile::caught_up(context, &site.profile.pace, &answer).await?;
            (Content::of(answer, repeats), Some(pace))
        }
    };
    let happened = Happened {
        fact: Fact::Known(unread.capture),
        records: Vec::new(),
        moment: Some(Moment { at: facts.captured_at, record: facts.record_id.to_string() }),
        at: facts.captured_at,
        content,
        wire: if facts.status == 304 { "not-modified" } else { "answer" }.to_owned(),
        status: Some(facts.status),
        bytes: facts.body_bytes,
        conditional: !facts.conditional_on.is_empty(),
        validators: !facts.validators.is_empty(),
        pace,
    };
    let visited = conclude(context, site, &due, happened).await?;
    context.tell(Event::Note(format!("read after a crash: {}", visited.url)));
    Ok(())
}

/// The record whose payload a capture repeats.
async fn repeated(context: &Context, repeats: Option<(CaptureId, u16)>) -> Result<Option<Record>, CrawlError> {
    let Some((payload, _)) = repeats else { return Ok(None) };
    match context.store.locate(payload).await? {
        Some(location) => load(context, &location).await.map(Some),
        None => Ok(None),
    }
}

fn replayed(record: &Record, other: Option<&Record>) -> Result<Answer, CrawlError> {
    replay(record, other).map_err(|e| CrawlError::Unreadable(e.to_string()))
}

/// A capture without a place in the frontier: robots.txt, whose rules hold from its instant on, or a page of no frontier,
/// whose bytes are kept.
async fn bare(context: &Context, site: &Site, unread: &Unread, record: &Record) -> Result<(), CrawlError> {
    let answer = replayed(record, repeated(context, unread.repeats).await?.as_ref())?;
    let pace = turnstile::caught_up(context, &site.profile.pace, &answer).await?;
    let mut finished = Finished {
        page: unread.page.0,
        fact: Fact::Known(unread.capture),
        reading: None,
        of: None,
        judged: None,
        found: Vec::new(),
        yielded: None,
        step: None,
        pace: Some(pace),
        robots: None,
    };
    let read = if answer.url.path() == "/robots.txt" {
        let outcome = robots(context, site, &answer, unread.repeats.is_none(), &mut finished).await?;
        Read::bare(site, Role::Robots, outcome, None)
    } else {
        Read::bare(
            site,
            Role::Article,
            Outcome::ErrorAnswer,
            Some("read after a crash, without its place in the frontier".into()),
        )
    };
    finished.reading = Some(read.reading);
    let saved = context.recorder.save(Entry { finished, records: Vec::new() }).await;
    saved.map(drop).map_err(|e| match e {
        SaveError::Broken(broken) => CrawlError::Broken(broken),
        SaveError::Stale(_) => CrawlError::Defect("a page without a history cannot be stale".into()),
    })
}

/// What a robots.txt teaches about its own origin. One that an origin redirects to is asked for again through it.
async fn robots(
    context: &Context,
    site: &Site,
    answer: &Answer,
    fresh: bool,
    finished: &mut Finished,
) -> Result<Outcome, CrawlError> {
    if gate::redirect_of(answer).is_some() {
        return Ok(Outcome::Redirect);
    }
    let origin = answer.url.origin().ascii_serialization();
    let before = gate::kept(context, &origin).await?;
    let (robots, outcome, row) = gate::lesson(&origin, before, answer, answer.asked_at)?;
    if fresh {
        finished.found = gate::sitemaps(context, site, answer.asked_at, robots.sitemaps());
    }
    finished.robots = Some(row);
    Ok(outcome)
}
