//! robots.txt before everything else: asked for in the group's turn, remembered in the archive, obeyed by origin.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::context::{Context, Site};
use super::facts;
use super::leads::{self, Lead};
use super::reading::Read;
use super::recorder::Entry;
use super::report::{Event, Visited};
use super::turnstile::Turnstile;
use super::{CrawlError, interrupt, recorder};
use crate::fetch::decode::{self, DecodeError};
use crate::model::answer::{Answer, Limits, Request, Response, Truncation, Validators, Wire};
use crate::model::instant::to_millisecond;
use crate::model::link::Found;
use crate::model::reading::{Outcome, Role};
use crate::politeness::robots::{Admission, Learnt, MAX_REDIRECTS, Robots};
use crate::store::{CaptureKind, Fact, Finished, PaceRow, PageId, Payload, RobotsRow};

/// What one worker knows of its origins' robots.txt.
pub(super) struct Gate {
    context: Arc<Context>,
    /// The longest delay that any site of the group asks for.
    least: Duration,
    known: HashMap<String, Robots>,
}

/// One asking for robots.txt: where, and what of it is to be remembered.
struct Hop {
    site: Arc<Site>,
    page: PageId,
    payload: Option<Payload>,
    answer: Answer,
    pace: PaceRow,
}

/// What asking for robots.txt came to.
enum Asked {
    /// Something is known now.
    Learnt(Robots),
    /// No answer came, and it may be that none could.
    Unheard,
    /// The run ends.
    Stopped,
}

impl Gate {
    /// Knows nothing yet.
    #[must_use]
    pub(super) fn new(context: Arc<Context>, least: Duration) -> Self {
        Self { context, least, known: HashMap::new() }
    }

    /// May this URL be asked for? Asks for robots.txt first where that is due; `None` when the run stops meanwhile.
    ///
    /// # Errors
    /// When nothing can be saved any more.
    pub(super) async fn admit(
        &mut self,
        site: &Arc<Site>,
        url: &Url,
        turnstile: &Turnstile,
    ) -> Result<Option<Admission>, CrawlError> {
        let origin = url.origin().ascii_serialization();
        let mut robots = self.recall(&origin).await?;
        while robots.is_due(self.context.clock.now()) {
            match self.ask(site, &origin, &robots, turnstile).await? {
                Asked::Learnt(learnt) => {
                    robots = learnt;
                    break;
                }
                // It may be our own line: rules that were read stand until somebody answers. Without any it is asked for
                // again, in its turn, until somebody answers or it is clear that nobody can.
                Asked::Unheard if robots.rules().is_some() => break,
                Asked::Unheard => {}
                Asked::Stopped => return Ok(None),
            }
        }
        turnstile.set_delay(robots.delay(self.least));
        let admission = robots.admit(url, self.context.clock.now());
        self.known.insert(origin, robots);
        Ok(Some(admission))
    }

    async fn recall(&self, origin: &str) -> Result<Robots, CrawlError> {
        match self.known.get(origin) {
            Some(known) => Ok(known.clone()),
            None => kept(&self.context, origin).await,
        }
    }

    /// Follows robots.txt through its redirects, each hop in the group's turn and recorded.
    async fn ask(
        &self,
        site: &Arc<Site>,
        origin: &str,
        robots: &Robots,
        turnstile: &Turnstile,
    ) -> Result<Asked, CrawlError> {
        let mut url = Url::parse(&format!("{origin}/robots.txt")).map_err(|e| CrawlError::Defect(e.to_string()))?;
        for hops_left in (0..=MAX_REDIRECTS).rev() {
            let Some(hop) = self.one_hop(site, origin, &url, turnstile).await? else { return Ok(Asked::Stopped) };
            if let Wire::Failure(failure) = &hop.answer.wire
                && self.context.may_be_ours(failure.kind)
            {
                self.record(hop, Outcome::ErrorAnswer, None).await?;
                return Ok(Asked::Unheard);
            }
            let target = redirect_of(&hop.answer).filter(|target| hops_left > 0 && site.profile.page(target).is_ok());
            let Some(target) = target else { return self.learn(hop, origin, robots.clone()).await.map(Asked::Learnt) };
            self.record(hop, Outcome::Redirect, None).await?;
            url = target;
        }
        Err(CrawlError::Defect("robots.txt redirects on after the last redirect".into()))
    }

    async fn one_hop(
        &self,
        site: &Arc<Site>,
        origin: &str,
        url: &Url,
        turnstile: &Turnstile,
    ) -> Result<Option<Hop>, CrawlError> {
        let key = site.profile.page(url).map_err(|e| CrawlError::Defect(e.to_string()))?;
        let (page, payload) = self.context.store.page(site.profile.site.clone(), key, url.clone()).await?;
        if !turnstile.pass().await {
            return Ok(None);
        }
        // A profile's headers may be a key: nobody else is to see them.
        let own = url.origin().ascii_serialization() == origin;
        let request = Request {
            url: url.clone(),
            validators: Validators::default(),
            headers: if own { site.profile.headers.clone() } else { Vec::new() },
            limits: Limits::ROBOTS,
        };
        let fetched = interrupt::fetch(&self.context, request, page, turnstile).await?;
        let Some(answer) = fetched else { return Ok(None) };
        let pace = turnstile.answered(&answer);
        self.context.heard(url.host_str().unwrap_or_default(), &answer.wire);
        Ok(Some(Hop { site: site.clone(), page, payload, answer, pace }))
    }

    async fn learn(&self, hop: Hop, origin: &str, before: Robots) -> Result<Robots, CrawlError> {
        let (robots, outcome, row) = lesson(origin, before, &hop.answer, self.context.clock.now())?;
        self.record(hop, outcome, Some((row, robots.sitemaps().to_vec()))).await?;
        Ok(robots)
    }

    async fn record(
        &self,
        hop: Hop,
        outcome: Outcome,
        learnt: Option<(RobotsRow, Vec<Url>)>,
    ) -> Result<(), CrawlError> {
        let context = &self.context;
        let facts = facts::of(context, hop.payload.as_ref(), None, &hop.answer, None);
        let fresh = facts.capture.as_ref().is_some_and(|c| c.kind == CaptureKind::Response);
        let listed = learnt.as_ref().filter(|_| fresh).map(|(_, listed)| listed.as_slice()).unwrap_or_default();
        let found = sitemaps(context, &hop.site, facts.at, listed);
        context.count_bytes(facts.visit.bytes);
        let read = Read::bare(&hop.site, Role::Robots, outcome, None);
        let visited = Visited {
            url: facts.visit.url.to_string(),
            wire: facts.visit.outcome.clone(),
            status: facts.visit.status,
            bytes: facts.visit.bytes,
            outcome: facts.capture.as_ref().map(|_| outcome.word()),
            verdict: None,
            reason: facts.visit.detail.clone(),
            new_pages: 0,
            left_alone: None,
        };
        let finished = Finished {
            page: hop.page,
            reading: facts.capture.as_ref().map(|_| read.reading),
            of: None,
            fact: Fact::Fresh { visit: facts.visit, capture: facts.capture, records: Vec::new() },
            judged: None,
            found,
            yielded: None,
            step: None,
            pace: Some(hop.pace),
            robots: learnt.map(|(row, _)| row),
        };
        let saved = context.recorder.save(Entry { finished, records: facts.records }).await;
        let recorded = saved.map_err(|e| match e {
            recorder::SaveError::Broken(broken) => CrawlError::Broken(broken),
            recorder::SaveError::Stale(_) => CrawlError::Defect("robots.txt has no history to be stale".into()),
        })?;
        context.tell(Event::Visited(Visited { new_pages: recorded.new_pages, ..visited }));
        Ok(())
    }
}

/// What the archive knows of an origin's robots.txt.
///
/// # Errors
/// The store's.
pub(super) async fn kept(context: &Context, origin: &str) -> Result<Robots, CrawlError> {
    let kept = context.store.robots(origin.to_owned()).await?;
    Ok(kept.and_then(|row| serde_json::from_str(&row.state).ok()).unwrap_or_default())
}

/// What an answer that leads no further teaches about an origin, and the row that keeps it.
///
/// # Errors
/// A defect: the row cannot be written as text.
pub(super) fn lesson(
    origin: &str,
    before: Robots,
    answer: &Answer,
    now: Timestamp,
) -> Result<(Robots, Outcome, RobotsRow), CrawlError> {
    let mut robots = before;
    let (learnt, outcome) = learnt(answer);
    robots.learn(learnt, now);
    let (access, why) = robots.standing();
    let rules = robots.rules().map_or_else(|| why.unwrap_or_default().to_owned(), |r| r.text().to_owned());
    let row = RobotsRow {
        origin: origin.to_owned(),
        checked_at: to_millisecond(now),
        from_at: to_millisecond(now),
        access: access.to_owned(),
        rules,
        state: serde_json::to_string(&robots).map_err(|e| CrawlError::Defect(e.to_string()))?,
    };
    Ok((robots, outcome, row))
}

/// Where an answer leads. As for pages, what was asked for in secret is not asked for in the open.
pub(super) fn redirect_of(answer: &Answer) -> Option<Url> {
    let Wire::Response(response) = &answer.wire else { return None };
    if !is_redirect(response.status) {
        return None;
    }
    let mut target = answer.url.join(response.header("location")?).ok()?;
    target.set_fragment(None);
    (target.scheme() == "https" || target.scheme() == "http" && answer.url.scheme() == "http").then_some(target)
}

fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

fn learnt(answer: &Answer) -> (Learnt, Outcome) {
    match &answer.wire {
        Wire::Failure(failure) => (Learnt::from_failure(failure.kind), Outcome::ErrorAnswer),
        Wire::Response(response) if is_redirect(response.status) => {
            let followed = redirect_of(answer).is_some();
            let learnt = if followed { Learnt::lost_in_redirects() } else { Learnt::led_nowhere(response.status) };
            (learnt, Outcome::Redirect)
        }
        Wire::Response(response) => {
            let learnt = match body(response) {
                Err(why) if matches!(response.status, 200..=299) => {
                    Learnt::Unreachable(format!("{}, {why}", response.status))
                }
                body => Learnt::from_answer(response.status, &body.unwrap_or_default(), response.truncated),
            };
            let outcome = match (&learnt, response.status) {
                (Learnt::Rules(_), _) => Outcome::Rules,
                (_, 404 | 410) => Outcome::Gone,
                _ => Outcome::ErrorAnswer,
            };
            (learnt, outcome)
        }
    }
}

/// The file without its content-coding. The front of one that is longer than anybody has to read is enough (RFC 9309
/// §2.5); of one whose coding fails, nobody knows which rules are missing.
fn body(response: &Response) -> Result<Vec<u8>, String> {
    let encoding = response.header("content-encoding");
    match decode::inflate(&response.body, encoding, Limits::ROBOTS.decoded_bytes) {
        Ok(inflated) => Ok(inflated.bytes),
        Err(DecodeError::TooLong { bytes, .. }) => Ok(bytes),
        Err(DecodeError::Cut { bytes, .. }) if response.truncated == Some(Truncation::Length) => Ok(bytes),
        Err(fault) => Err(fault.to_string()),
    }
}

/// The sitemaps that robots.txt lists are listings of the site.
pub(super) fn sitemaps(context: &Context, site: &Site, at: Timestamp, listed: &[Url]) -> Vec<Lead> {
    let found = |(rank, url): (usize, &Url)| Found {
        url: url.clone(),
        rank: u32::try_from(rank).unwrap_or(u32::MAX),
        title: None,
        date_hint: None,
    };
    let found: Vec<Found> = listed.iter().enumerate().map(found).collect();
    leads::of_robots(context, site, at, &found)
}
