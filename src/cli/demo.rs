//! `griot demo`: a bundled newspaper crawled on this machine, in four passes, and what was kept of it.

use std::io::Write;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use jiff::SignedDuration;
use tokio::sync::{mpsc, watch};

use super::ink::Ink;
use super::opening::Access;
use super::out::{Out, out};
use super::reader::{failed, reader};
use super::words::counted;
use super::{Done, Exit, Failure, compare, crawl as command, verify, words};
use crate::archive::WARC_FOLDER;
use crate::clock::{Clock, SystemClock};
use crate::crawl::{self, Caps, Order, Stop, Summary};
use crate::demo::edition::Edition;
use crate::demo::paper::HOSTS;
use crate::demo::serve::Server;
use crate::fetch::{HttpConfig, HttpFetch, ResolveOverride};
use crate::frontier::budget::Budget;
use crate::profile::Profile;
use crate::store::sqlite::{Edit, Printed, Reader};
use crate::warc::writer::Rotation;

/// A gzip member ends with a CRC-32 and a length of four bytes each (RFC 1952, 2.3.1).
const GZIP_TRAILER: usize = 8;

/// What `demo` is told.
#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// Where the demo's archive is made; a new folder among the system's temporary ones, if none is named.
    #[arg(long, value_name = "DIR")]
    archive: Option<PathBuf>,
}

/// Le Piroguier is laid out as L'Essor is, so L'Essor's own layout reads it.
const LESSOR: &str = include_str!("../../selectors/lessor.toml");
const CONTACT: &str = "demo@lepiroguier.example";
const PASSES: [(Edition, &str); 4] = [
    (Edition::First, "the first crawl"),
    (Edition::Turned, "every side block has turned, no text has changed"),
    (Edition::Changed, "an edit, a cut, a removal, a new story"),
    (Edition::Confirmed, "the same again: what was doubtful is confirmed"),
];

/// Runs `griot demo`.
pub(super) fn run(args: &DemoArgs) -> Done {
    let folder = args.archive.clone().unwrap_or_else(|| {
        let name = format!("griot-demo-{}-{}", std::process::id(), SystemClock.now().as_second());
        std::env::temp_dir().join(name)
    });
    if folder.exists() {
        let words = format!("{} is there already; name a new folder", folder.display());
        return Err(Failure::new(Exit::Usage, words));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|e| Failure::new(Exit::Failed, e))?;
    let mut out = out();
    let server = Server::start().map_err(|e| Failure::new(Exit::Failed, format!("the demo's server: {e}")))?;
    writeln!(
        out,
        "Le Piroguier, a newspaper that does not exist, is printed on this machine. griot crawls it four times.\n"
    )?;
    for (number, (edition, what)) in PASSES.iter().enumerate() {
        server.show(*edition);
        let before = server.tally();
        let summary = runtime.block_on(pass(&folder, &server))?;
        let after = server.tally();
        writeln!(
            out,
            "pass {}: {what}\n  {}, {}, {} held, {} removed\n  {} requests, {} answered 304, {} bytes",
            number + 1,
            counted(summary.new_articles, "new article"),
            counted(summary.new_versions, "new version"),
            summary.held,
            summary.removed,
            after.requests - before.requests,
            after.not_modified - before.not_modified,
            after.bytes - before.bytes,
        )?;
        held(&mut out, &folder)?;
        out.flush()?;
    }
    server.stop();
    tell(&mut out, &folder)?;
    damage(&mut out, &folder)?;
    writeln!(out, "\nNext: griot crawl lessor --contact you@example.org   and   griot crawl --help")?;
    out.flush()?;
    Ok(Exit::Well)
}

fn profile() -> Result<Profile, Failure> {
    let layout = LESSOR.find("\n[article]").map_or("", |at| &LESSOR[at..]);
    let [host, www] = HOSTS;
    let toml = format!(
        "name = \"Le Piroguier\"\nzone = \"Africa/Bamako\"\nlanguage = \"fr\"\nhosts = [\"{host}\", \"{www}\"]\n\
         scheme = \"http\"\n\n[pace]\ndelay = 0.01\n\n[[listing]]\nkind = \"front\"\nurl = \"http://{host}/\"\n{layout}"
    );
    Profile::parse("piroguier", "the demo's profile", &toml).map_err(|e| Failure::new(Exit::Configuration, e))
}

async fn pass(folder: &Path, server: &Server) -> Result<Summary, Failure> {
    let clock = Arc::new(SystemClock);
    let profile = profile()?;
    let agent = format!("griot/{} (demo)", env!("CARGO_PKG_VERSION"));
    let access = Access {
        folder,
        command: "demo",
        profiles: std::slice::from_ref(&profile),
        contact: CONTACT,
        // Nobody waits a day for a demo: the next visit confirms.
        confirm_after: SignedDuration::ZERO,
        rotation: Rotation::default(),
        wait: false,
        allow_network_fs: false,
    };
    let archive = access.open(clock.now()).await?;
    let resolve = HOSTS.map(|host| ResolveOverride { host: host.to_owned(), port: 80, address: server.addr() });
    let config = HttpConfig { resolve: resolve.to_vec(), ..HttpConfig::new(agent.clone()) };
    let config = HttpConfig { connect_timeout: Duration::from_secs(5), ..config };
    let fetch = HttpFetch::new(&config, clock.clone()).map_err(|e| Failure::new(Exit::Failed, e))?;
    let (events, heard) = mpsc::unbounded_channel();
    let (stop, _) = watch::channel(Stop::GoOn);
    let order = Order {
        command: "demo".into(),
        settings: serde_json::json!({ "demo": true }),
        profiles: vec![profile.clone()],
        only: Vec::new(),
        revisit_all: true,
        caps: Caps::default(),
        budget: Budget::default(),
        // The server is this process: there is no line to flood.
        requests_per_second: NonZeroU32::MAX,
        user_agent: agent,
        contact: Some(CONTACT.to_owned()),
        events,
        stop,
    };
    let listener = tokio::spawn(command::listen(heard, command::Voice::Silent));
    crawl::crawl(archive, Arc::new(fetch), clock, order).await.map_err(|e| Failure::new(Exit::Failed, e))?;
    listener.await.map_err(|e| Failure::new(Exit::Failed, e))
}

fn held(out: &mut Out, folder: &Path) -> Result<(), Failure> {
    for text in reader(folder)?.held().map_err(failed)? {
        writeln!(out, "  held: {} characters only of {}", text.length, words::harmless(&text.url))?;
    }
    Ok(())
}

/// What was kept: the edits as diffs, the removal with its evidence, the links, the files.
fn tell(out: &mut Out, folder: &Path) -> Result<(), Failure> {
    let reader = reader(folder)?;
    let edits = reader.edits().map_err(failed)?;
    for edit in &edits {
        let after = edit.after.as_deref().unwrap_or("-");
        writeln!(
            out,
            "\n{}: {}\n  changed after {after}, seen {}",
            edit.cause,
            words::harmless(&edit.url),
            edit.seen_at
        )?;
        print_diff(out, &edit.before, &edit.now)?;
    }
    for gone in reader.removed().map_err(failed)? {
        let last = gone.last_seen_at.as_deref().unwrap_or("-");
        writeln!(out, "\nremoved: {}\n  last seen {last}", words::harmless(&gone.url))?;
        for (at, status, record) in [&gone.first, &gone.confirmed] {
            writeln!(out, "  {at} answered {status}, record {record}")?;
        }
    }
    tell_links(out, &reader, &edits)?;
    writeln!(out, "\nthe archive: {}", folder.display())?;
    writeln!(
        out,
        "  sqlite3 {}/archive.sqlite 'SELECT cause, changed_after, first_seen_at, url FROM edits;'",
        folder.display()
    )?;
    Ok(())
}

/// The links of the edited article that has most of an editor's own.
fn tell_links(out: &mut Out, reader: &Reader, edits: &[Edit]) -> Result<(), Failure> {
    let mut printed = Vec::new();
    for edit in edits {
        printed.push((&edit.url, reader.links_of(&edit.url).map_err(failed)?));
    }
    let chosen = |links: &[Printed]| links.iter().filter(|link| !link.sitewide).count();
    let Some((url, links)) = printed.into_iter().max_by_key(|(_, links)| chosen(links)) else { return Ok(()) };
    writeln!(out, "\nlinks printed by {}:", words::harmless(url))?;
    for link in links.iter().take(8) {
        let whose = if link.sitewide { "the whole site's" } else { "the editor's" };
        let label = link.label.as_deref().unwrap_or("-");
        writeln!(out, "  {} ({whose}) {}: {}", link.kind, words::harmless(label), words::harmless(&link.title))?;
    }
    Ok(())
}

fn print_diff(out: &mut Out, before: &str, now: &str) -> std::io::Result<()> {
    let lines = |text: &str| text.lines().filter(|l| !l.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let hunks = compare::hunks(&lines(before), &lines(now));
    compare::print(out, &hunks, Ink::for_stdout(), 160)
}

/// Flips one byte of a copy of the WARC files and lets `verify` name it.
fn damage(out: &mut Out, folder: &Path) -> Result<(), Failure> {
    let fail = |e: std::io::Error| Failure::new(Exit::Failed, e);
    let copy = folder.with_extension("damaged");
    std::fs::create_dir_all(copy.join(WARC_FOLDER)).map_err(fail)?;
    for part in ["archive.sqlite", "warc"] {
        let from = folder.join(part);
        let files = if from.is_dir() {
            let entries = std::fs::read_dir(&from).map_err(fail)?;
            entries
                .map(|e| e.map(|e| Path::new(part).join(e.file_name())))
                .collect::<Result<Vec<_>, _>>()
                .map_err(fail)?
        } else {
            vec![PathBuf::from(part)]
        };
        for file in files {
            let mut bytes = std::fs::read(folder.join(&file)).map_err(fail)?;
            if part == WARC_FOLDER {
                let at = middle(folder, &file, bytes.len())?;
                bytes[at] ^= 1;
            }
            std::fs::write(copy.join(&file), bytes).map_err(fail)?;
        }
    }
    writeln!(out, "\none byte flipped in a copy; griot verify says:")?;
    for finding in verify::proof(&copy)?.findings {
        writeln!(out, "  {}", words::harmless(&finding))?;
    }
    std::fs::remove_dir_all(&copy).map_err(fail)
}

/// The first byte of the checksum of the record in a WARC file's middle. Within the deflated data what `verify` says of one
/// byte depends on which it is, and so on every identifier before it; a checksum that does not fit is always told so.
fn middle(archive: &Path, file: &Path, length: usize) -> Result<usize, Failure> {
    let (name, length) = (file.file_name().unwrap_or_default().to_string_lossy(), length as u64);
    let next = reader(archive)?.records(&name, length / 2, length, 1).map_err(failed)?;
    let end = next.first().map_or(length, |row| row.location.offset);
    Ok(usize::try_from(end).unwrap_or(usize::MAX).saturating_sub(GZIP_TRAILER))
}
