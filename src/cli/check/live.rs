//! A profile tried on its live site: an ordinary, polite crawl of five pages at most, into an archive that is thrown away.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::{mpsc, watch};
use url::Url;

use super::pace::{Pace, outwait};
use super::report::{Report, Shown};
use super::stored::try_captured;
use super::{CheckArgs, PAGES};
use crate::cli::opening::Access;
use crate::cli::reach::user_agent;
use crate::cli::reader::{failed, reader};
use crate::cli::{Exit, Failure, contact};
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::crawl::{self, Caps, Event, Order, Stop, entrance};
use crate::fetch::HttpFetch;
use crate::frontier::budget::Budget;
use crate::model::instant::written;
use crate::model::timeline::CONFIRM_AFTER;
use crate::profile::Profile;
use crate::store::Selection;
use crate::store::sqlite::{Captured, Question, Reach};
use crate::warc::writer::Rotation;

/// Listings asked before articles are.
const LISTINGS: usize = 2;

/// Takes at most [`PAGES`] pages of the site, those of `only` or the newest that its listings show.
pub(super) fn try_live(args: &CheckArgs, profile: &Profile, only: &[Url]) -> Result<Report, Failure> {
    let archive = &args.place.archive;
    let config = Config::read(archive).map_err(|e| Failure::new(Exit::Configuration, e))?;
    let contact = contact::find(args.contact.as_deref(), &config, archive)?;
    let fetch = Arc::new(args.reach.fetch(&contact)?);
    let scratch = Scratch::new()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|e| Failure::new(Exit::Failed, e))?;
    let trial = Trial { folder: &scratch.0, profile, contact: &contact, fetch, ceiling: config.requests_per_second };
    runtime.block_on(async {
        let pace = Pace::of(archive, &profile.pace)?;
        pace.hand_over(&scratch.0).await?;
        let done = trial.take(only, &pace).await;
        // However it went, the site was asked, and the next crawl has to know.
        pace.take_back(&scratch.0, false).await?;
        if !pace.is_kept() {
            outwait(&scratch.0, &profile.pace.group).await?;
        }
        done
    })?;
    report(&scratch.0, profile)
}

/// A folder that goes when the check ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self, Failure> {
        let folder = std::env::temp_dir().join(format!("griot-check-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&folder).map_err(|e| Failure::new(Exit::Failed, format!("{}: {e}", folder.display())))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left behind among the temporary files is no harm.
        drop(std::fs::remove_dir_all(&self.0));
    }
}

struct Trial<'a> {
    folder: &'a Path,
    profile: &'a Profile,
    contact: &'a str,
    fetch: Arc<HttpFetch>,
    ceiling: NonZeroU32,
}

impl Trial<'_> {
    async fn take(&self, only: &[Url], pace: &Pace<'_>) -> Result<(), Failure> {
        let mut left = PAGES;
        let articles = if only.is_empty() {
            self.crawl(Vec::new(), LISTINGS, pace).await?;
            left -= LISTINGS;
            self.newest(left - 1)?
        } else {
            only.to_vec()
        };
        let Some(first) = articles.first().cloned() else { return Ok(()) };
        left = left.saturating_sub(articles.len());
        self.crawl(articles, PAGES, pace).await?;
        if left > 0 {
            self.crawl(vec![first], 1, pace).await?;
        }
        Ok(())
    }

    /// The articles that the listings show first.
    fn newest(&self, count: usize) -> Result<Vec<Url>, Failure> {
        let selection = Selection { revisits: true, since: None, until: None };
        let question = Question { site: &self.profile.site, reach: Reach::Ever, selection };
        let waiting = reader(self.folder)?.waiting(question).map_err(failed)?;
        let new = waiting.into_iter().filter(|page| page.class == "new");
        Ok(new.filter_map(|page| Url::parse(&page.url).ok()).take(count).collect())
    }

    async fn crawl(&self, only: Vec<Url>, pages: usize, pace: &Pace<'_>) -> Result<(), Failure> {
        let clock = Arc::new(SystemClock);
        let mut profile = self.profile.clone();
        profile.listings.truncate(LISTINGS);
        let access = Access {
            folder: self.folder,
            command: "check",
            profiles: std::slice::from_ref(&profile),
            contact: self.contact,
            confirm_after: CONFIRM_AFTER,
            rotation: Rotation::default(),
            wait: false,
            allow_network_fs: true,
        };
        let archive = access.open(clock.now()).await?;
        let (events, mut told) = mpsc::unbounded_channel();
        let (stop, _) = watch::channel(Stop::GoOn);
        let order = Order {
            command: "check".into(),
            settings: serde_json::json!({}),
            profiles: vec![profile],
            only,
            revisit_all: false,
            caps: Caps { pages: Some(pages as u64), ..Caps::default() },
            budget: Budget::default(),
            requests_per_second: self.ceiling,
            user_agent: user_agent(self.contact),
            contact: Some(self.contact.to_owned()),
            events,
            stop,
        };
        let crawled = Box::pin(crawl::crawl(archive, self.fetch.clone(), clock, order));
        let kept = async {
            while let Some(event) = told.recv().await {
                if matches!(event, Event::Visited(_)) {
                    pace.take_back(self.folder, true).await?;
                }
            }
            Ok(())
        };
        let (done, kept) = tokio::join!(crawled, kept);
        kept.and(done.map(drop).map_err(|e| Failure::new(Exit::Failed, e)))
    }
}

fn report(scratch: &Path, profile: &Profile) -> Result<Report, Failure> {
    let reader = reader(scratch)?;
    let mut report = Report::of(profile);
    report.robots = reader.robots_now().map_err(failed)?.iter().map(entrance).collect();
    report.failed = reader.unanswered().map_err(failed)?;
    let now = written(SystemClock.now());
    let paces = reader.status(&now, None).map_err(failed)?.paces;
    report.silent_until = paces.into_iter().find_map(|pace| pace.blocked_until).filter(|until| *until > now);
    let names = reader.names(&profile.site).map_err(failed)?;
    let mut captured = reader.captured(&profile.site, false, u32::MAX).map_err(failed)?;
    captured.reverse();
    for (n, capture) in captured.iter().enumerate() {
        match capture.role.as_deref() {
            Some("article") if is_repeat(&captured[..n], capture) => {
                report.asked_again = Some((capture.url.clone(), capture.status));
            }
            // It tells nothing alone.
            Some("article") if capture.last_part => {}
            Some("article") => match try_captured(scratch, profile, &names, capture) {
                Ok(trial) => report.pages.push(trial),
                Err(why) => report.failed.push((capture.url.clone(), why)),
            },
            Some("robots") | None => {}
            Some(_) => report.listings.push(Shown {
                url: capture.url.clone(),
                status: capture.status,
                outcome: capture.outcome.clone().unwrap_or_default(),
                shows: capture.shows,
            }),
        }
    }
    Ok(report)
}

fn is_repeat(before: &[Captured], capture: &Captured) -> bool {
    before.iter().any(|earlier| earlier.url == capture.url)
}
