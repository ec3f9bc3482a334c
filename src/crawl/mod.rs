//! Where the stages meet: a run from its first lease to its last commit.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use url::Url;
use uuid::Uuid;

use crate::archive::Archive;
use crate::clock::Clock;
use crate::fetch::Fetch;
use crate::frontier::budget::Budget;
use crate::model::link::Source;
use crate::politeness::ceiling::Ceiling;
use crate::politeness::connectivity::Connectivity;
use crate::profile::{Profile, reads_alike};
use crate::store::{Concern, RunBegun, RunStart, Store, StoreError};

mod barren;
mod catch_up;
mod concern;
mod conclude;
mod consequence;
mod context;
mod facts;
mod gate;
mod identity;
mod interrupt;
mod judging;
mod leads;
mod names;
mod next;
mod parts;
mod plan;
mod purse;
mod reading;
mod recorder;
mod report;
mod reread;
mod rot;
mod trial;
mod turnstile;
mod whole;
mod worker;

pub use context::{Caps, Context, Signal, Site, Stop};
pub use plan::{GroupPlan, Intent, plan};
pub use purse::Purse;
pub use reading::{Asked, EXTRACTOR, Read, read};
pub use recorder::Broken;
pub use report::{Event, Summary, Visited};
pub use trial::{Entrance, Trial, entrance, of_answer, of_bytes, unproven};
pub use turnstile::PATIENCE;
pub use worker::Group;

/// Redirects one page may lead through.
pub const HOPS: u8 = 10;

/// Pages of pagination below a profile's own listing.
pub const MAX_DEPTH: u32 = 200;

/// What a run is asked to do.
pub struct Order {
    /// The command line's words, for the run's row.
    pub command: String,
    /// The settings in force, for the run's row.
    pub settings: serde_json::Value,
    /// The sites to crawl.
    pub profiles: Vec<Profile>,
    /// Pages to take now; with them, nothing else is asked.
    pub only: Vec<Url>,
    /// Look at every known page again, due or not.
    pub revisit_all: bool,
    /// What this run may spend.
    pub caps: Caps,
    /// What may be spent a day and a month.
    pub budget: Budget,
    /// Requests a second, over all sites.
    pub requests_per_second: NonZeroU32,
    /// As sent.
    pub user_agent: String,
    /// As sent in `From`.
    pub contact: Option<String>,
    /// Where events go.
    pub events: mpsc::UnboundedSender<Event>,
    /// Tells the run to stop.
    pub stop: watch::Sender<Stop>,
}

/// Why a run failed.
#[derive(Debug, thiserror::Error)]
pub enum CrawlError {
    /// The disk.
    #[error("{0}")]
    Broken(Broken),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record that the archive answers for cannot be read.
    #[error("{0}; run `griot verify`")]
    Unreadable(String),
    /// A page named by hand that no profile knows.
    #[error("{url} is no article of {sites} ({reason}); name an article by its whole address, or a site by its name")]
    NotAPage {
        /// As given.
        url: Box<Url>,
        /// The sites of the run.
        sites: String,
        /// Why.
        reason: String,
    },
    /// Two profiles of one run that own the same pages.
    #[error(
        "`{one}` and `{other}` both name the host {host}; crawl them in two runs, or take the host out of one profile"
    )]
    SharedHost {
        /// A site.
        one: String,
        /// Another.
        other: String,
        /// The host.
        host: String,
    },
    /// Something that cannot be.
    #[error("{0}; this is a defect of griot's")]
    Defect(String),
}

/// How a run ended.
#[derive(Debug)]
pub struct Ended {
    /// Why.
    pub stop: Stop,
    /// Captures of an earlier run that were read first.
    pub recovered: u64,
    /// What a person has to look at, where that is new or has lasted for long.
    pub concerns: Vec<Concern>,
}

/// Crawls until nothing is due, a cap is reached or a signal comes. Everything told is saved.
///
/// # Errors
/// When nothing can be saved any more. What was saved before is safe, and the run's row says so.
pub async fn crawl(
    archive: Archive,
    fetch: Arc<dyn Fetch>,
    clock: Arc<dyn Clock>,
    order: Order,
) -> Result<Ended, CrawlError> {
    refuse_shared_hosts(&order.profiles)?;
    let store = archive.store.clone();
    let now = clock.now();
    let run_uuid = Uuid::new_v4();
    let begun = begin(&store, &order, run_uuid, now).await?;
    let (recorder, desk) = recorder::start(archive.writer, store.clone(), begun.id, archive.folder.clone());
    let sites: Vec<String> = order.profiles.iter().map(|p| p.site.clone()).collect();
    let setting = Setting { confirm_after: archive.identity.confirm_after, folder: archive.folder, run_uuid, begun };
    let context = Arc::new(context(&store, fetch, clock.clone(), recorder, setting, order).await?);
    let result = stages(&context).await;
    let stop = context.stopped();
    drop(context);
    if desk.await.is_err() {
        return Err(CrawlError::Defect("the recorder panicked".into()));
    }
    if let Err(CrawlError::Broken(_)) = &result {
        // The row stays open: the next run sees an unclean end and waits before it asks.
        return result.map(|recovered| Ended { stop, recovered, concerns: Vec::new() });
    }
    let reason = result.as_ref().map_or_else(ToString::to_string, |_| stop.words());
    let ended_at = crate::model::instant::to_millisecond(clock.now());
    let mut found = Vec::new();
    for site in &sites {
        let tally = store.tally(begun.id, site.clone(), concern::FAILING).await?;
        found.extend(concern::concerns(site, &tally, ended_at));
    }
    if stop == Stop::Offline {
        found.retain(|concern| !concern.is_silence());
    }
    let mut concerns = store.end_run(begun.id, ended_at, reason, found).await?;
    concerns.retain(concern::is_due);
    store.checkpoint().await?;
    result.map(|recovered| Ended { stop, recovered, concerns })
}

/// Whose page an address is must be plain: two owners would have it in turns.
fn refuse_shared_hosts(profiles: &[Profile]) -> Result<(), CrawlError> {
    let mut owners: HashMap<&str, &str> = HashMap::new();
    for profile in profiles {
        for host in &profile.canon.hosts {
            if let Some(one) = owners.insert(host, &profile.site).filter(|one| *one != profile.site) {
                let (one, other) = (one.to_owned(), profile.site.clone());
                return Err(CrawlError::SharedHost { one, other, host: host.clone() });
            }
        }
    }
    Ok(())
}

async fn begin(store: &dyn Store, order: &Order, uuid: Uuid, at: Timestamp) -> Result<RunBegun, StoreError> {
    let start = RunStart {
        uuid,
        command: order.command.clone(),
        at,
        settings: order.settings.clone(),
        user_agent: order.user_agent.clone(),
        contact: order.contact.clone(),
    };
    store.begin_run(start).await
}

struct Setting {
    confirm_after: jiff::SignedDuration,
    folder: PathBuf,
    run_uuid: Uuid,
    begun: RunBegun,
}

async fn context(
    store: &crate::store::sqlite::SqliteStore,
    fetch: Arc<dyn Fetch>,
    clock: Arc<dyn Clock>,
    recorder: recorder::Recorder,
    setting: Setting,
    order: Order,
) -> Result<Context, CrawlError> {
    let now = clock.now();
    let (mut sites, mut memory) = (HashMap::new(), HashMap::new());
    for profile in order.profiles {
        let (site, digest, toml) = (profile.site.clone(), profile.digest.clone(), profile.toml.to_string());
        let rules = store.keep_rules(site.clone(), digest, toml, now).await?;
        let names = store.names(site.clone()).await?;
        let kept = store.rules_of(site.clone()).await?.into_iter();
        let alike = kept.filter(|(_, toml)| reads_alike(toml, &profile.toml)).map(|(id, _)| id).collect();
        let owner = Site::new(profile, rules, alike, names);
        memory.insert(site.clone(), store.recent_signs(site.clone(), owner.way_of_reading()).await?);
        sites.insert(site, Arc::new(owner));
    }
    let last = store.last_visit().await?.unwrap_or(Timestamp::MIN);
    let context = Context {
        store: Arc::new(store.clone()),
        fetch,
        clock,
        recorder,
        folder: setting.folder,
        run: setting.begun.id,
        run_uuid: setting.run_uuid,
        killed_at: setting.begun.killed_at,
        confirm_after: setting.confirm_after,
        sites,
        only_given: !order.only.is_empty(),
        caps: order.caps,
        purse: Purse::new(order.budget, store.spending(now).await?),
        ceiling: Ceiling::new(order.requests_per_second),
        events: order.events,
        stop: order.stop,
        later: AtomicBool::new(false),
        asked: AtomicU64::new(0),
        received: AtomicU64::new(0),
        last_stamp: Mutex::new(last),
        connectivity: Mutex::new(Connectivity::default()),
        alive: Mutex::new(HashSet::new()),
        memory: Mutex::new(memory),
    };
    seed(&context, &order.only, order.revisit_all, now).await?;
    Ok(context)
}

/// Gives the profiles' listings and the pages named by hand their place.
async fn seed(context: &Context, only: &[Url], revisit_all: bool, now: Timestamp) -> Result<(), CrawlError> {
    let names: Vec<String> = context.sites.keys().cloned().collect();
    let mut seeds = Vec::new();
    for url in only {
        seeds.push(given(context, url, &names, now)?);
    }
    for site in context.sites.values().filter(|_| only.is_empty()) {
        for listing in &site.profile.listings {
            let seed = leads::seed(site, listing, now, false).map_err(|e| CrawlError::NotAPage {
                url: Box::new(listing.url.clone()),
                sites: site.profile.site.clone(),
                reason: e.to_string(),
            })?;
            seeds.push(seed);
        }
    }
    context.store.enqueue(seeds).await?;
    if revisit_all && only.is_empty() {
        context.store.make_due(names, now).await?;
    }
    Ok(())
}

fn given(
    context: &Context,
    url: &Url,
    names: &[String],
    now: Timestamp,
) -> Result<crate::store::Candidate, CrawlError> {
    let refuse = |reason: &str| CrawlError::NotAPage {
        url: Box::new(url.clone()),
        sites: names.join(", "),
        reason: reason.to_owned(),
    };
    let (site, key) = context.owner(url).ok_or_else(|| refuse("its host belongs to none of them"))?;
    let listing = crate::profile::ListingSource { source: Source::Given, url: url.clone(), pagination: None };
    let seed = leads::seed(&site, &listing, now, true).map_err(|e| refuse(&e.to_string()))?;
    if !site.profile.is_article(&key) {
        return Err(refuse("its path has no article's shape"));
    }
    let place = crate::frontier::place::place(crate::frontier::place::Errand::Given, now);
    Ok(crate::store::Candidate { class: crate::store::Class::New, place, ..seed })
}

/// Reads what a crash left unread, works every group side by side, and settles what only a whole run can tell.
async fn stages(context: &Arc<Context>) -> Result<u64, CrawlError> {
    let recovered = catch_up::catch_up(context).await?;
    let mut timer = JoinSet::new();
    timer.spawn(interrupt::end_in_time(context));
    rot::read_by_mended_rules(context).await?;
    let mut workers = JoinSet::new();
    for group in groups(context) {
        workers.spawn(worker::work(context.clone(), group));
    }
    let mut result = Ok(recovered);
    while let Some(done) = workers.join_next().await {
        let done = done.unwrap_or_else(|panic| Err(CrawlError::Defect(panic.to_string())));
        if let Err(error) = done {
            context.stop_for(Stop::Broken);
            result = result.and(Err(error));
        }
    }
    timer.abort_all();
    if result.is_ok() {
        context.close();
        settle(context).await?;
    }
    result
}

/// The pace groups of the run's sites; sites that share a name share a pace.
fn groups(context: &Context) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for site in context.sites.values() {
        let pace = &site.profile.pace;
        let group = groups.entry(pace.group.clone()).or_insert_with(|| Group {
            name: pace.group.clone(),
            sites: Vec::new(),
            delay: pace.delay,
            concurrency: usize::from(pace.concurrency.max(1)),
        });
        group.delay = group.delay.max(pace.delay);
        group.concurrency = group.concurrency.min(usize::from(pace.concurrency.max(1)));
        group.sites.push(site.clone());
    }
    groups.into_values().collect()
}

/// What only a whole run can tell: whether odd pages were alone, absences on hosts that were alive after all, articles
/// whose page shows another story, links that the whole site shows, and what its articles taught of its names.
async fn settle(context: &Arc<Context>) -> Result<(), CrawlError> {
    rot::settle(context).await?;
    for article in context.store.settle_absences(context.run).await? {
        judging::judge_again(context, article).await?;
    }
    context.store.mark_sitewide(context.run).await?;
    for site in context.sites.values() {
        names::learn(context, site).await?;
    }
    Ok(())
}
