//! `griot crawl`: the main job.

use std::io::Write;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use futures_util::future::select_all;
use jiff::Timestamp;
use tokio::sync::{mpsc, watch};
use url::Url;

use super::opening::Access;
use super::out::{out, print_json};
use super::reach::{Reach, user_agent};

use super::sites::{self, Wanted};
use super::words::counted;
use super::{Done, Exit, Failure, Place, contact, reader, words};
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::crawl::{self, Broken, Caps, CrawlError, Order, Signal, Stop, Summary};
use crate::frontier::order::Window;
use crate::model::timeline::CONFIRM_AFTER;
use crate::profile::Profile;

mod plan;
mod progress;

pub(super) use progress::{Voice, listen};

/// What `crawl` is told.
#[derive(Debug, Args)]
pub(super) struct CrawlArgs {
    /// Sites by name, or the address of one article to take now.
    ///
    /// A site's name is its profile's. Without any, every site of the archive is crawled.
    #[arg(value_name = "SITE|URL")]
    what: Vec<String>,
    #[command(flatten)]
    place: Place,
    /// How a site reaches you.
    ///
    /// An e-mail address or a web page; it is sent with every request and kept with every WARC file.
    #[arg(long, env = "GRIOT_CONTACT", hide_env_values = true)]
    contact: Option<String>,
    /// Known pages to look at again: those that are due, or all.
    #[arg(long, value_enum, value_name = "WHICH", default_value = "due")]
    revisit: Revisit,
    /// Leave out pages of before this day (YYYY-MM-DD).
    ///
    /// The day is the one of publication, as far as address, listing or page tell it.
    #[arg(long, value_name = "DAY")]
    since: Option<jiff::civil::Date>,
    /// Leave out pages of this day or later.
    #[arg(long, value_name = "DAY")]
    until: Option<jiff::civil::Date>,
    /// Ask for so many pages at most.
    #[arg(long, value_name = "N")]
    max_pages: Option<u64>,
    /// Receive so many bytes at most.
    #[arg(long, value_name = "N")]
    max_bytes: Option<u64>,
    /// Ask for nothing more after so many seconds.
    #[arg(long, value_name = "SECONDS")]
    max_time: Option<u64>,
    /// Ask nobody; tell the plan, the pace and the end.
    #[arg(long)]
    dry_run: bool,
    /// Wait for another command that holds the archive.
    #[arg(long)]
    wait: bool,
    /// Print nothing unless something is wrong.
    #[arg(long, short)]
    quiet: bool,
    /// Print the run's sums as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reach: Reach,
    /// Keep the archive on a network file system all the same.
    #[arg(long, hide_short_help = true)]
    allow_network_fs: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Revisit {
    Due,
    All,
}

/// Runs `griot crawl`.
pub(super) fn run(args: &CrawlArgs) -> Done {
    let config = Config::read(&args.place.archive).map_err(|e| Failure::new(Exit::Configuration, e))?;
    let wanted = sites::wanted(&args.what, &args.place.archive)?;
    if args.dry_run {
        return plan::tell(args, &wanted);
    }
    let Wanted { profiles, only } = wanted;
    let contact = contact::find(args.contact.as_deref(), &config, &args.place.archive)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|e| Failure::new(Exit::Failed, e))?;
    let done = runtime.block_on(crawl(args, config, contact, profiles, only));
    // A resolver that hangs in a look-up that nobody waits for any more must not hold the end up.
    runtime.shutdown_background();
    done
}

fn midnight(day: Option<jiff::civil::Date>, profiles: &[Profile]) -> Option<Timestamp> {
    let zone = profiles.first().map_or(jiff::tz::TimeZone::UTC, |p| p.zone.clone());
    day.and_then(|d| zone.to_timestamp(d.at(0, 0, 0, 0)).ok())
}

fn caps(args: &CrawlArgs, profiles: &[Profile], now: Timestamp) -> Caps {
    let most = args.max_time.map(|seconds| jiff::SignedDuration::from_secs(seconds.try_into().unwrap_or(i64::MAX)));
    Caps {
        pages: args.max_pages,
        bytes: args.max_bytes,
        until: most.map(|most| now.saturating_add(most).unwrap_or(Timestamp::MAX)),
        window: Window { since: midnight(args.since, profiles), until: midnight(args.until, profiles) },
    }
}

async fn crawl(args: &CrawlArgs, config: Config, contact: String, profiles: Vec<Profile>, only: Vec<Url>) -> Done {
    let clock = Arc::new(SystemClock);
    let access = Access {
        folder: &args.place.archive,
        command: "crawl",
        profiles: &profiles,
        contact: &contact,
        confirm_after: CONFIRM_AFTER,
        rotation: config.warc.into(),
        wait: args.wait,
        allow_network_fs: args.allow_network_fs,
    };
    let archive = access.open(clock.now()).await?;
    for said in archive.recovered.iter().filter(|_| !args.quiet) {
        eprintln!("{said}");
    }
    let fetch = args.reach.fetch(&contact)?;
    let (events, heard) = mpsc::unbounded_channel();
    let (stop, _) = watch::channel(Stop::GoOn);
    let caps = caps(args, &profiles, clock.now());
    let order = Order {
        command: "crawl".into(),
        settings: serde_json::json!({ "what": args.what, "revisit": args.revisit == Revisit::All, "allow_private": args.reach.allow_private }),
        profiles,
        only,
        revisit_all: args.revisit == Revisit::All,
        caps,
        budget: config.budget,
        requests_per_second: config.requests_per_second,
        user_agent: user_agent(&contact),
        contact: Some(contact),
        events,
        stop: stop.clone(),
    };
    let signals = tokio::spawn(obey_signals(stop));
    let voice = if args.quiet || args.json { Voice::Silent } else { Voice::Lines };
    let listener = tokio::spawn(listen(heard, voice));
    let ended = crawl::crawl(archive, Arc::new(fetch), clock, order).await;
    signals.abort();
    let mut summary = listener.await.map_err(|e| Failure::new(Exit::Failed, e))?;
    let ended = ended.map_err(|e| failure(&e))?;
    summary.recovered = ended.recovered;
    summary.concerns = ended.concerns;
    ended.stop.words().clone_into(&mut summary.end);
    match say(args, &summary) {
        // Nobody reads on: the code still tells how the run ended.
        Err(failure) if failure.exit != Exit::Well => Err(failure),
        _ => Ok(exit_of(ended.stop, &summary)),
    }
}

fn failure(error: &CrawlError) -> Failure {
    let exit = match error {
        CrawlError::Broken(Broken::DiskFull(_)) => Exit::DiskFull,
        CrawlError::Store(error) => reader::exit_of(error),
        CrawlError::NotAPage { .. } => Exit::Usage,
        CrawlError::SharedHost { .. } => Exit::Configuration,
        CrawlError::Unreadable(_) => Exit::Damage,
        _ => Exit::Failed,
    };
    Failure::new(exit, error)
}

/// The first signal ends the run well; the second one ends the process, which is safe too.
async fn obey_signals(stop: watch::Sender<Stop>) {
    use tokio::signal::unix::{SignalKind, signal};
    let kinds = [
        (SignalKind::interrupt(), Signal::Interrupt),
        (SignalKind::terminate(), Signal::Terminate),
        (SignalKind::hangup(), Signal::HangUp),
    ];
    let mut heard = Vec::new();
    for (kind, name) in kinds {
        match signal(kind) {
            Ok(signal) => heard.push((signal, name)),
            Err(error) => eprintln!("griot: {name:?} will end this run at once, for it cannot be listened to: {error}"),
        }
    }
    if heard.is_empty() {
        return;
    }
    for first in [true, false] {
        let (_, which, _) = select_all(heard.iter_mut().map(|(signal, _)| Box::pin(signal.recv()))).await;
        let name = heard[which].1;
        if first {
            // Not `send`, which forgets what it is given at a moment when nobody listens.
            stop.send_replace(Stop::Signal(name));
        } else {
            std::process::exit(exit_of_signal(name).code().into());
        }
    }
}

fn say(args: &CrawlArgs, summary: &Summary) -> Result<(), Failure> {
    for concern in &summary.concerns {
        eprintln!("{}", words::harmless(&concern.words));
    }
    let mut out = out();
    if args.json {
        print_json(&mut out, summary)?;
    } else if !args.quiet {
        writeln!(
            out,
            "{}, {}, {} held, {} removed, {} set aside; {} ({} not modified, {} failed), {}; {}",
            counted(summary.new_articles, "new article"),
            counted(summary.new_versions, "new version"),
            summary.held,
            summary.removed,
            summary.set_aside,
            counted(summary.requests, "request"),
            summary.not_modified,
            summary.failures,
            counted(summary.bytes, "byte"),
            summary.end,
        )?;
    }
    Ok(out.flush()?)
}

fn exit_of_signal(signal: Signal) -> Exit {
    match signal {
        Signal::HangUp => Exit::HungUp,
        Signal::Interrupt => Exit::Interrupted,
        Signal::Terminate => Exit::Terminated,
    }
}

fn exit_of(stop: Stop, summary: &Summary) -> Exit {
    match stop {
        Stop::Signal(signal) => exit_of_signal(signal),
        Stop::Broken => Exit::Failed,
        _ if !summary.concerns.is_empty() => Exit::Person,
        _ => Exit::Well,
    }
}
