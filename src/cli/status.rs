//! `griot status`: what the archive holds, what waits, and how its last runs went.

use std::io::{self, Write};

use clap::Args;

use super::out::{Out, out, print_json};
use super::reader::{failed, known_site, reader};
use super::words::{counted, harmless};
use super::{Done, Exit, Place};
use crate::clock::{Clock, SystemClock};
use crate::model::health::FieldHealth;
use crate::model::instant::written;
use crate::store::sqlite::{PaceStatus, SiteStatus, Status};
use crate::store::{Break, ToldCapture};

/// What `status` is told.
#[derive(Debug, Args)]
#[command(after_long_help = "\
A pace group is slowed while its server complains or labours; griot waits by itself. Pages that could not be read are \
those of the last run: the profile may no longer fit the paper. How each field of the articles was read is held against \
how it is read when all is well; where too many pages differ, their readings are set aside until the profile is mended.

Examples:
  griot status --archive /srv/lessor
  griot status --json | jq '.sites[] | {site, due, unreadable, broken}'")]
pub(super) struct StatusArgs {
    #[command(flatten)]
    place: Place,
    /// Only this site.
    site: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs `griot status`.
pub(super) fn run(args: &StatusArgs) -> Done {
    let now = written(SystemClock.now());
    let reader = reader(&args.place.archive)?;
    known_site(&reader, &args.place.archive, args.site.as_deref())?;
    let status = reader.status(&now, args.site.as_deref()).map_err(failed)?;
    let mut out = out();
    if args.json {
        print_json(&mut out, &status)?;
    } else {
        print(&mut out, &status, &now)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}

fn print(out: &mut Out, status: &Status, now: &str) -> io::Result<()> {
    for site in &status.sites {
        print_site(out, site, now)?;
    }
    if status.sites.len() != 1 {
        let (articles, versions) = (counted(status.articles, "article"), counted(status.versions, "version"));
        writeln!(out, "in all: {articles}, {versions}, {}", counted(status.captures, "capture"))?;
    }
    for pace in &status.paces {
        print_pace(out, pace, now)?;
    }
    for robots in &status.robots {
        let origin = harmless(&robots.origin);
        let says = match robots.access.as_str() {
            "rules" => "has rules",
            "allow-all" => "forbids nothing",
            _ => "cannot be read, so nobody enters",
        };
        writeln!(out, "robots.txt of {origin} {says}, since {}, looked at {}", robots.from_at, robots.checked_at)?;
    }
    for concern in &status.concerns {
        let lasted = counted(concern.runs, "run");
        writeln!(out, "needs a person, for {lasted} so far: {}", harmless(&concern.words))?;
    }
    for run in &status.runs {
        let end = run.ended_at.as_deref().unwrap_or("still running, or killed");
        let reason = harmless(run.end_reason.as_deref().unwrap_or("-"));
        writeln!(out, "{} {} to {end}: {reason}", harmless(&run.command), run.started_at)?;
    }
    Ok(())
}

fn print_site(out: &mut Out, site: &SiteStatus, now: &str) -> io::Result<()> {
    writeln!(
        out,
        "{}: {}, {}, {}; {} held, {} removed",
        harmless(&site.site),
        counted(site.articles, "article"),
        counted(site.versions, "version"),
        counted(site.captures, "capture"),
        site.held,
        site.removed
    )?;
    let next = site.next_due.as_ref().map(|at| format!(", the next one {at}")).unwrap_or_default();
    let last = site.last_visit.as_deref().unwrap_or("never");
    writeln!(out, "  last visit {last}; {} due now{next}", counted(site.due, "page"))?;
    if site.unreadable > 0 {
        let pages = counted(site.unreadable, "page");
        writeln!(out, "  {pages} of the last run could not be read: try `griot check {}`", harmless(&site.site))?;
    }
    if site.waiting > 0 {
        let pages = counted(site.waiting, "odd page");
        writeln!(out, "  {pages} set aside until the next ones tell whether that is the paper or the profile")?;
    }
    if site.aside > 0 {
        let (pages, name) = (counted(site.aside, "capture"), harmless(&site.site));
        writeln!(out, "  {pages} set aside until the profile is mended: try `griot check {name} --stored`")?;
    }
    print_health(out, site)?;
    site.broken.as_ref().map_or(Ok(()), |broken| print_break(out, &site.site, broken, now))
}

/// The fields that the last run read otherwise than usual.
fn print_health(out: &mut Out, site: &SiteStatus) -> io::Result<()> {
    for (now, usual) in site.health.iter().filter_map(|now| {
        let usual = site.usual.iter().find(|usual| usual.field == now.field)?;
        now.differs(usual).then_some((now, usual))
    }) {
        writeln!(out, "  {} of the last run: {}; usually {}", now.field, told(now), told(usual))?;
    }
    Ok(())
}

fn told(field: &FieldHealth) -> String {
    let length = field.median_length.map(|length| format!(", of {length}")).unwrap_or_default();
    let witness = match field.compared {
        0 => String::new(),
        compared => format!(", griot's own rules agree on {} of {compared}", field.agreed),
    };
    format!("found on {} of {}{length}{witness}", field.found, field.pages)
}

fn print_break(out: &mut Out, site: &str, broken: &Break, now: &str) -> io::Result<()> {
    let (site, doubt) = (harmless(site), broken.doubt.as_deref().map(harmless).unwrap_or_default());
    let readings = counted(broken.set_aside, "reading");
    writeln!(out, "  the profile may not hold any more since {}: {readings} set aside, no version made", broken.since)?;
    let capture = |out: &mut Out, what: &str, it: &ToldCapture| {
        writeln!(out, "    {what}: {} at {} (record {})", harmless(&it.url), it.captured_at, harmless(&it.record_id))
    };
    if let Some(good) = &broken.last_good {
        capture(out, "last good capture", good)?;
    }
    capture(out, "first bad capture", &broken.first_bad)?;
    writeln!(out, "    what is wrong with it: {doubt}")?;
    writeln!(
        out,
        "    next: `griot check {site} --stored`, and `griot profile learn {site}` for a new layout; the next crawl reads them by it"
    )?;
    let today = now.split('T').next().unwrap_or(now);
    writeln!(
        out,
        "    if they are read well: `checked = {today}` in the profile's layout, and the next crawl believes them"
    )
}

/// Nothing to say of a group that may be asked and is asked as usual.
fn print_pace(out: &mut Out, pace: &PaceStatus, now: &str) -> io::Result<()> {
    let group = harmless(&pace.group);
    if pace.penalty > 1.0 {
        writeln!(out, "pace of {group}: {} times slower than usual", pace.penalty)?;
    }
    if let Some(until) = pace.blocked_until.as_ref().filter(|until| until.as_str() > now) {
        writeln!(out, "pace of {group}: the server asked for silence until {until}")?;
    } else if pace.next_allowed.as_str() > now {
        writeln!(out, "pace of {group}: the next request may leave at {}", pace.next_allowed)?;
    }
    Ok(())
}
