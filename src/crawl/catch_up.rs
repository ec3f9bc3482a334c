//! After a crash: captures whose facts were adopted and that nobody has read. They are read before anything is asked.

use std::sync::Arc;

use super::CrawlError;
use super::conclude::{Content, Happened, conclude};
use super::context::{Context, Site};
use super::reading::Read;
use super::recorder::Entry;
use super::report::Event;
use crate::archive::read_record;
use crate::model::answer::Answer;
use crate::model::reading::{Outcome, Role};
use crate::model::timeline::Moment;
use crate::store::{Fact, Finished, Unread};
use crate::warc::facts::{facts, replay};
use crate::warc::record::Record;

/// Reads every capture that waits; says how many.
///
/// # Errors
/// When nothing can be saved any more, or a record cannot be read back.
pub(super) async fn catch_up(context: &Arc<Context>) -> Result<u64, CrawlError> {
    let mut read = 0;
    for unread in context.store.unread().await? {
        let record = load(context, &unread).await?;
        match site_of(context, &unread, &record) {
            Some(site) => one(context, &site, unread, &record).await?,
            // Its site is not part of this run: it waits for one that has its profile.
            None => continue,
        }
        read += 1;
    }
    Ok(read)
}

async fn load(context: &Context, unread: &Unread) -> Result<Record, CrawlError> {
    let (folder, location) = (context.folder.clone(), unread.location.clone());
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
        return bare(context, site, &unread, facts.status).await;
    };
    let content = match unread.repeats {
        Some(payload) => Content::Repeat(payload),
        None => Content::Answer(Box::new(answer(record)?)),
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
        pace: None,
    };
    let visited = conclude(context, site, &due, happened).await?;
    context.tell(Event::Note(format!("read after a crash: {}", visited.url)));
    Ok(())
}

fn answer(record: &Record) -> Result<Answer, CrawlError> {
    replay(record, None).map_err(|e| CrawlError::Unreadable(e.to_string()))
}

/// robots.txt, or a page of no frontier: its bytes are kept; the rules are asked for again when they are needed.
async fn bare(context: &Context, site: &Site, unread: &Unread, status: u16) -> Result<(), CrawlError> {
    let is_robots = unread.page.1.path() == "/robots.txt";
    let (role, outcome) = match (is_robots, status) {
        (true, 200) => (Role::Robots, Outcome::Rules),
        (true, _) => (Role::Robots, Outcome::ErrorAnswer),
        (false, _) => (Role::Article, Outcome::ErrorAnswer),
    };
    let read = Read::bare(site, role, outcome, Some("read after a crash, without its place in the frontier".into()));
    let finished = Finished {
        page: unread.page.0,
        fact: Fact::Known(unread.capture),
        reading: Some(read.reading),
        judged: None,
        found: Vec::new(),
        step: None,
        pace: None,
        robots: None,
    };
    let saved = context.recorder.save(Entry { finished, records: Vec::new() }).await;
    saved.map(drop).map_err(|e| CrawlError::Unreadable(e.to_string()))
}
