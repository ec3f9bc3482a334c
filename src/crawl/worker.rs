//! One worker, one pace group: the best page that is due, in its turn, one after the other (or as many at once as the
//! site's owner allows).

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;
use tokio::time::sleep;

use super::conclude::{Content, Happened, conclude};
use super::context::{Context, Site, Stop};
use super::gate::Gate;
use super::report::{Event, Visited};
use super::turnstile::{PATIENCE, Turnstile};
use super::{CrawlError, facts, interrupt};
use crate::frontier::place::{ROUND_LENGTH, given, preference};
use crate::frontier::retry::Trouble;
use crate::model::answer::{Limits, Request};
use crate::model::reading::Role;
use crate::politeness::robots::Admission;
use crate::store::{Class, Due, Fact, PageId, Selection, Wanted};

/// Hosts that share one pace.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// The sites in it.
    pub sites: Vec<Arc<Site>>,
    /// The longest delay any of them asks for.
    pub delay: Duration,
    /// Requests under way at once.
    pub concurrency: usize,
}

/// Works a group until nothing is due, or the run stops.
///
/// # Errors
/// When nothing can be saved any more, or the store fails.
pub(super) async fn work(context: Arc<Context>, group: Group) -> Result<(), CrawlError> {
    let turnstile = Turnstile::open(context.clone(), &group.name, group.delay).await?;
    let gate = Gate::new(context.clone(), group.delay);
    let mut worker = Worker { gate, taken: HashSet::new(), turn: 0, closed: false, context, group };
    let mut under_way = FuturesUnordered::new();
    loop {
        while under_way.len() < worker.group.concurrency
            && !worker.closed
            && worker.context.may_ask(under_way.len())
            && let Some((site, due)) = worker.next().await?
        {
            // Refused, or at the run's end, what is under way stays taken.
            if let Some(admission) = worker.admit(&site, &due, &turnstile).await? {
                under_way.push(visit(worker.context.clone(), site, due, admission, &turnstile));
            }
        }
        match under_way.next().await {
            Some(done) => {
                let page: PageId = done?;
                worker.taken.remove(&page);
            }
            None if worker.closed || !worker.wait_for_work().await? => return Ok(()),
            None => {}
        }
    }
}

struct Worker {
    context: Arc<Context>,
    group: Group,
    gate: Gate,
    taken: HashSet<PageId>,
    /// Pages handed out so far: whose share of the round comes next.
    turn: u64,
    /// The group's turn does not come in this run any more.
    closed: bool,
}

impl Worker {
    async fn next(&mut self) -> Result<Option<(Arc<Site>, Due)>, CrawlError> {
        let mut sites = self.sites();
        // Sites of one pace take turns at being first, each for a whole round.
        let first = self.turn / ROUND_LENGTH % sites.len().max(1) as u64;
        sites.rotate_left(usize::try_from(first).unwrap_or(0));
        let now = self.context.clock.now();
        let wanted = Wanted {
            sites,
            now,
            selection: self.selection(now),
            bands: if self.context.only_given { vec![given()] } else { preference(self.turn) },
            taken: self.taken.clone(),
        };
        let Some(due) = self.context.store.next(wanted).await? else { return Ok(None) };
        let site = self.context.sites.get(&due.site).cloned();
        let site = site.ok_or_else(|| CrawlError::Defect(format!("a page of {} came due unasked", due.site)))?;
        self.taken.insert(due.page);
        self.turn = self.turn.wrapping_add(1);
        Ok(Some((site, due)))
    }

    fn sites(&self) -> Vec<String> {
        self.group.sites.iter().map(|s| s.profile.site.clone()).collect()
    }

    fn selection(&self, now: Timestamp) -> Selection {
        self.context.caps.selection(self.context.purse.open_for_revisits(now))
    }

    /// Asks robots.txt and waits for the turn; records a page that may not be asked for.
    async fn admit(
        &mut self,
        site: &Arc<Site>,
        due: &Due,
        turnstile: &Turnstile,
    ) -> Result<Option<Admission>, CrawlError> {
        let Some(admission) = self.gate.admit(site, &due.url, turnstile).await? else {
            self.closed = true;
            return Ok(None);
        };
        if !admission.allowed {
            refuse(&self.context, site, due, &admission).await?;
            self.taken.remove(&due.page);
            return Ok(None);
        }
        if !turnstile.pass().await {
            self.closed = true;
            return Ok(None);
        }
        Ok(Some(admission))
    }

    /// Waits for the next page to fall due, if that is soon; `false`: the group has nothing more to do in this run.
    async fn wait_for_work(&self) -> Result<bool, CrawlError> {
        if self.context.only_given || self.context.stopped() != Stop::GoOn || !self.context.may_ask(0) {
            return Ok(false);
        }
        let now = self.context.clock.now();
        let next = self.context.store.next_due(self.sites(), self.selection(now), now).await?;
        let Some(next) = next else { return Ok(false) };
        let wait = Duration::try_from(next.duration_since(now)).unwrap_or_default();
        if wait > PATIENCE {
            return Ok(false);
        }
        self.context.tell(Event::Waiting { group: self.group.name.clone(), seconds: wait.as_secs() });
        let mut stop = self.context.stop.subscribe();
        tokio::select! {
            biased;
            _ = stop.wait_for(|s| *s != Stop::GoOn) => Ok(false),
            () = sleep(wait + Duration::from_millis(1)) => Ok(true),
        }
    }
}

/// Asks for one page and brings the visit to its end.
async fn visit(
    context: Arc<Context>,
    site: Arc<Site>,
    due: Due,
    admission: Admission,
    turnstile: &Turnstile,
) -> Result<PageId, CrawlError> {
    let request = request(&context, &site, &due);
    let Some(answer) = interrupt::fetch(&context, request, due.page, turnstile).await? else { return Ok(due.page) };
    let pace = turnstile.answered(&answer);
    context.heard(due.url.host_str().unwrap_or_default(), &answer.wire);
    let facts = facts::of_page(&context, &due, &answer, admission.rule.or_else(|| Some(admission.basis.to_string())));
    context.count(facts.visit.bytes);
    let visited = conclude(&context, &site, &due, Happened::now(facts, answer, Some(pace))).await?;
    context.tell(Event::Visited(visited));
    Ok(due.page)
}

/// A conditional request where the last accepted answer gave validators, but for one in thirty days.
fn request(context: &Context, site: &Site, due: &Due) -> Request {
    let unconditional = due.unconditional_at.is_some_and(|at| context.clock.now() >= at);
    let validators = due.accepted.as_ref().filter(|_| !unconditional).map(|p| p.validators.clone());
    Request {
        url: due.url.clone(),
        validators: validators.unwrap_or_default(),
        headers: site.profile.headers.clone(),
        limits: if due.class == Class::Listing && due.role != Role::Section { Limits::LISTING } else { Limits::PAGE },
    }
}

async fn refuse(context: &Context, site: &Arc<Site>, due: &Due, admission: &Admission) -> Result<(), CrawlError> {
    let why =
        admission.rule.as_ref().map_or_else(|| admission.basis.to_string(), |r| format!("{r} ({})", admission.basis));
    let row = facts::unasked(context, due, "refused-by-robots", why.clone(), admission.rule.clone());
    let happened = Happened {
        at: row.asked_at,
        wire: row.outcome.clone(),
        fact: Fact::Fresh { visit: row, capture: None, records: Vec::new() },
        records: Vec::new(),
        moment: None,
        content: Content::Refused(admission.again_at.map_or(Trouble::Robots, Trouble::Closed), why),
        status: None,
        bytes: 0,
        conditional: false,
        validators: false,
        pace: None,
    };
    let visited: Visited = conclude(context, site, due, happened).await?;
    context.tell(Event::Visited(visited));
    Ok(())
}
