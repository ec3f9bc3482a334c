//! A signal comes while a server hangs in its answer, or the time is over while a group waits for its turn: the run does
//! not wait for that, and forgets nothing.

use std::future::pending;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::sleep;
use url::Url;

use super::CrawlError;
use super::context::{Context, Stop};
use super::recorder::{Entry, SaveError};
use super::report::Event;
use super::turnstile::Turnstile;
use crate::model::answer::{Answer, Request};
use crate::store::{Fact, Finished, PageId, Visit};

/// How long an answer that is under way when the signal comes may still take.
const GRACE: Duration = Duration::from_secs(2);

/// One request; `None` when a signal came and the answer did not end soon after it. That is recorded then: the request
/// left, so the next one waits its delay, in whatever run.
///
/// # Errors
/// When nothing can be saved any more.
pub(super) async fn fetch(
    context: &Context,
    request: Request,
    page: PageId,
    turnstile: &Turnstile,
) -> Result<Option<Answer>, CrawlError> {
    let (url, asked_at) = (request.url.clone(), context.clock.now());
    let conditional = !request.validators.is_empty();
    tokio::select! {
        answer = context.fetch.fetch(request) => return Ok(Some(answer)),
        () = patience_ends(context) => {}
    }
    let visit = visit(context, url, asked_at, conditional);
    context.tell(Event::Note(format!("interrupted: {}", visit.url)));
    let finished = Finished {
        page,
        fact: Fact::Fresh { visit, capture: None, records: Vec::new() },
        reading: None,
        of: None,
        judged: None,
        found: Vec::new(),
        yielded: None,
        step: None,
        pace: Some(turnstile.interrupted()),
        robots: None,
    };
    match context.recorder.save(Entry { finished, records: Vec::new() }).await {
        Ok(_) => Ok(None),
        Err(SaveError::Broken(broken)) => Err(CrawlError::Broken(broken)),
        Err(SaveError::Stale(_)) => Err(CrawlError::Defect("a visit without a reading cannot be stale".into())),
    }
}

/// Ends the run when its time is over, whatever it waits for then. Holds nothing of the run but the way to stop it.
pub(super) fn end_in_time(context: &Context) -> impl Future<Output = ()> + Send + use<> {
    let left = context.caps.until.map(|until| until.duration_since(context.clock.now()));
    let stop = context.stop.clone();
    async move {
        let Some(left) = left else { return };
        sleep(Duration::try_from(left).unwrap_or_default()).await;
        Stop::Time.tell(&stop);
    }
}

async fn patience_ends(context: &Context) {
    let mut stop = context.stop.subscribe();
    if stop.wait_for(|stop| matches!(stop, Stop::Signal(_))).await.is_err() {
        // Nobody can stop this run any more.
        pending::<()>().await;
    }
    sleep(GRACE).await;
}

fn visit(context: &Context, url: Url, asked_at: Timestamp, conditional: bool) -> Visit {
    let took = context.clock.now().duration_since(asked_at);
    let (asked_at, clock_adjusted) = context.stamp(asked_at);
    Visit {
        url,
        asked_at,
        took_ms: i64::try_from(took.as_millis()).unwrap_or(i64::MAX).max(0),
        outcome: "interrupted".to_owned(),
        status: None,
        bytes: 0,
        conditional,
        detail: Some(context.stopped().words()),
        robots_rule: None,
        clock_adjusted,
    }
}
