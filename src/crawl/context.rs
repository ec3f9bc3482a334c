//! What all workers of a run share.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use tokio::sync::{mpsc, watch};
use url::Url;
use uuid::Uuid;

use super::purse::Purse;
use super::reading::EXTRACTOR;
use super::recorder::Recorder;
use super::report::Event;
use crate::clock::Clock;
use crate::fetch::Fetch;
use crate::frontier::order::Window;
use crate::model::answer::{FailureKind, Wire};
use crate::model::health::Recent;
use crate::model::instant::to_millisecond;
use crate::model::url::PageUrl;
use crate::politeness::ceiling::Ceiling;
use crate::politeness::connectivity::Connectivity;
use crate::profile::Profile;
use crate::store::{Doubted, RulesId, RunId, Selection, Store, WayOfReading};

/// A site with the row of its rules.
#[derive(Debug)]
pub struct Site {
    /// Its profile.
    pub profile: Profile,
    /// The row of the profile's text.
    pub rules: RulesId,
    /// Those of its texts that read pages alike.
    pub alike: Vec<RulesId>,
    /// What its pages taught of its names.
    pub names: Vec<String>,
    /// How its pages are read: by this binary, with these names.
    pub extractor: String,
}

impl Site {
    /// A site with the texts of its profile that read alike, and the names learnt so far, in order.
    #[must_use]
    pub fn new(profile: Profile, rules: RulesId, alike: Vec<RulesId>, names: Vec<String>) -> Self {
        let digest = Sha256::digest(names.join("\n").as_bytes());
        let extractor = match names.len() {
            0 => EXTRACTOR.to_owned(),
            _ => format!("{EXTRACTOR}+{}", data_encoding::HEXLOWER.encode(&digest[..4])),
        };
        Self { profile, rules, alike, names, extractor }
    }

    /// How this run reads the site, as far as a site's memory is concerned.
    #[must_use]
    pub fn way_of_reading(&self) -> WayOfReading {
        WayOfReading { rules: self.alike.clone(), extractor: EXTRACTOR.to_owned() }
    }

    /// Is a capture's last reading what this run would make of it?
    #[must_use]
    pub fn reads_as(&self, one: &Doubted) -> bool {
        one.rules.is_some_and(|rules| self.alike.contains(&rules)) && one.extractor == self.extractor
    }
}

/// What a run may spend.
#[derive(Debug, Clone, Copy, Default)]
pub struct Caps {
    /// Pages asked, robots.txt left out.
    pub pages: Option<u64>,
    /// Body bytes received.
    pub bytes: Option<u64>,
    /// The instant at which no new request leaves.
    pub until: Option<Timestamp>,
    /// Publication dates wanted.
    pub window: Window,
}

impl Caps {
    /// The pages that are asked for at all.
    #[must_use]
    pub fn selection(&self, revisits: bool) -> Selection {
        let Window { since, until } = self.window.of_hints();
        Selection { revisits, since, until }
    }
}

/// Why a run ends before nothing is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Not yet.
    GoOn,
    /// A signal.
    Signal(Signal),
    /// `--max-pages`.
    Pages,
    /// `--max-bytes`.
    Bytes,
    /// `--max-time`.
    Time,
    /// The budget's limit of this name.
    Budget(&'static str),
    /// Something is due, but its group's turn comes later than a run waits.
    Later,
    /// Nothing answers.
    Offline,
    /// The archive cannot be written.
    Broken,
}

/// The signals that end a run well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// SIGHUP: the terminal is gone.
    HangUp,
    /// SIGINT: Ctrl-C.
    Interrupt,
    /// SIGTERM: the system, or somebody, asks for the end.
    Terminate,
}

impl Signal {
    /// As the system calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::HangUp => "SIGHUP",
            Self::Interrupt => "SIGINT",
            Self::Terminate => "SIGTERM",
        }
    }
}

impl Stop {
    /// Tells everybody who waits to stop for this reason; the first reason stands.
    pub(super) fn tell(self, everybody: &watch::Sender<Self>) {
        everybody.send_if_modified(|now| {
            let first = *now == Self::GoOn;
            if first {
                *now = self;
            }
            first
        });
    }

    /// Words for the run's row and for people.
    #[must_use]
    pub fn words(self) -> String {
        let words = match self {
            Self::GoOn => "nothing is due",
            Self::Signal(signal) => return format!("stopped by {}", signal.name()),
            Self::Pages => "--max-pages",
            Self::Bytes => "--max-bytes",
            Self::Time => "--max-time",
            Self::Budget(limit) => return format!("the budget of {limit} is spent"),
            Self::Later => "the next turn comes later than a run waits",
            Self::Offline => "offline",
            Self::Broken => "the archive cannot be written",
        };
        words.to_owned()
    }
}

/// What all workers of a run share.
pub struct Context {
    /// Facts, readings, state.
    pub store: Arc<dyn Store>,
    /// The web, or a scripted one.
    pub fetch: Arc<dyn Fetch>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// The way to the disk.
    pub recorder: Recorder,
    /// The archive's folder, for reading records back.
    pub folder: PathBuf,
    /// This run.
    pub run: RunId,
    /// Its public name.
    pub run_uuid: Uuid,
    /// When the latest run that was killed was found so.
    pub killed_at: Option<Timestamp>,
    /// How long a cut or an absence must last here.
    pub confirm_after: SignedDuration,
    /// Every site of this run, by name.
    pub sites: HashMap<String, Arc<Site>>,
    /// Pages named by hand, and where they lead by redirects, are all that is asked for.
    pub only_given: bool,
    /// What this run may spend.
    pub caps: Caps,
    /// What may be spent a day and a month.
    pub purse: Purse,
    /// What the whole process keeps to.
    pub ceiling: Ceiling,
    /// Where events go.
    pub events: mpsc::UnboundedSender<Event>,
    /// Tells every waiting worker to stop.
    pub stop: watch::Sender<Stop>,
    pub(super) later: AtomicBool,
    pub(super) asked: AtomicU64,
    pub(super) received: AtomicU64,
    pub(super) last_stamp: Mutex<Timestamp>,
    pub(super) connectivity: Mutex<Connectivity>,
    pub(super) alive: Mutex<HashSet<String>>,
    /// How each site was read of late.
    pub(super) memory: Mutex<HashMap<String, Recent>>,
}

impl Context {
    /// An instant for a visit, later than every one given out before, so that the order of visits is never in doubt; says
    /// whether the clock stood earlier.
    pub fn stamp(&self, at: Timestamp) -> (Timestamp, bool) {
        let mut last = self.last_stamp.lock().unwrap_or_else(PoisonError::into_inner);
        let at = to_millisecond(at);
        let raised = at < *last;
        let next = last.checked_add(SignedDuration::from_millis(1)).unwrap_or(Timestamp::MAX);
        *last = at.max(next);
        (*last, raised)
    }

    /// The site that owns a URL, and the page it is there. A URL of no site of this run belongs to none.
    #[must_use]
    pub fn owner(&self, url: &Url) -> Option<(Arc<Site>, PageUrl)> {
        let site = self.sites.values().find(|s| s.profile.canon.owns(url))?;
        let page = site.profile.canon.page(url).ok()?;
        Some((site.clone(), page))
    }

    /// Counts a page's cost and stops the run where a cap is reached.
    pub fn count(&self, bytes: u64) {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        if self.caps.pages.is_some_and(|most| asked >= most) {
            self.stop_for(Stop::Pages);
        }
        self.count_bytes(bytes);
    }

    /// Counts what robots.txt costs, which is no page.
    pub(super) fn count_bytes(&self, bytes: u64) {
        let received = self.received.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if self.caps.bytes.is_some_and(|most| received >= most) {
            self.stop_for(Stop::Bytes);
        }
    }

    /// May one more page be asked, the pages under way counted?
    #[must_use]
    pub fn may_ask(&self, under_way: usize) -> bool {
        let asked = self.asked.load(Ordering::Relaxed) + under_way as u64;
        if self.caps.until.is_some_and(|until| self.clock.now() >= until) {
            self.stop_for(Stop::Time);
        }
        if let Err(exhausted) = self.purse.open(self.clock.now()) {
            self.stop_for(Stop::Budget(exhausted.limit));
        }
        self.stopped() == Stop::GoOn && self.caps.pages.is_none_or(|most| asked < most)
    }

    /// Takes in what a request to a host met with. When everything fails at once it is nobody's fault: the run ends before
    /// anybody pays for it.
    pub(super) fn heard(&self, host: &str, wire: &Wire) {
        let mut connectivity = self.connectivity.lock().unwrap_or_else(PoisonError::into_inner);
        match wire {
            Wire::Response(_) => connectivity.answered(),
            Wire::Failure(failure) => connectivity.failed(host, failure.kind),
        }
        if connectivity.is_offline() {
            self.stop_for(Stop::Offline);
        }
    }

    /// May a failure of this kind be our own line's, by all that the run has met with?
    pub(super) fn may_be_ours(&self, kind: FailureKind) -> bool {
        self.connectivity.lock().unwrap_or_else(PoisonError::into_inner).may_be_ours(kind)
    }

    /// Ends the run for a reason; the first reason stands.
    pub fn stop_for(&self, reason: Stop) {
        reason.tell(&self.stop);
    }

    /// Why the run is to end, if it is.
    #[must_use]
    pub fn stopped(&self) -> Stop {
        *self.stop.borrow()
    }

    /// A group's turn comes later than this run waits.
    pub(super) fn leaves_some_for_later(&self) {
        self.later.store(true, Ordering::Relaxed);
    }

    /// Nothing is left to do now: was all that is due done?
    pub(super) fn close(&self) {
        if self.later.load(Ordering::Relaxed) {
            self.stop_for(Stop::Later);
        }
    }

    /// Tells an event; nobody listening is no loss.
    pub fn tell(&self, event: Event) {
        drop(self.events.send(event));
    }

    /// Notes that a host served a page in this run. One name of a paper may die while another lives.
    pub fn served(&self, host: &str) {
        self.alive.lock().unwrap_or_else(PoisonError::into_inner).insert(host.to_owned());
    }

    /// Has the host served a page in this run?
    #[must_use]
    pub fn is_alive(&self, host: &str) -> bool {
        self.alive.lock().unwrap_or_else(PoisonError::into_inner).contains(host)
    }
}
