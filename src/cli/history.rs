//! `griot history`: everything that happened to one article, on a time line.

use std::io::{self, Write};

use clap::Args;

use super::out::{Out, out, print_json};
use super::reader::{failed, reader};
use super::words::{counted, harmless, shortened};
use super::{Done, Exit, Place, address};
use crate::store::sqlite::{Evidence, Past, PastChange, PastHeld, PastRemoval, PastVersion};

/// What `history` is told.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Each version tells the interval in which the change happened: after the last visit that showed the former text, and \
not after the first that showed this one. Numbers are for the eye and may change when rules change; a version's name \
(address @ instant of its first capture, digest of its text) stays.

Examples:
  griot history https://lessor.ml/posts/le-pont-694a5b2f0a1b2
  griot history lessor.ml/posts/le-pont-694a5b2f0a1b2 --json")]
pub(super) struct HistoryArgs {
    /// Any of the article's addresses.
    url: String,
    #[command(flatten)]
    place: Place,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs `griot history`.
pub(super) fn run(args: &HistoryArgs) -> Done {
    let reader = reader(&args.place.archive)?;
    let article = address::article(&reader, &args.place.archive, &args.url)?;
    let past = reader.past(article).map_err(failed)?;
    let mut out = out();
    if args.json {
        print_json(&mut out, &past)?;
    } else {
        print(&mut out, &past)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}

/// What stands on the time line.
enum Event<'a> {
    Version(&'a PastVersion),
    Held(&'a PastHeld),
    Missed(&'a PastRemoval),
    Confirmed(&'a Evidence),
    Returned,
    Change(&'a PastChange),
}

fn print(out: &mut Out, past: &Past) -> io::Result<()> {
    let title = past.versions.last().map_or("", |v| v.title.as_str());
    writeln!(out, "{}\n{}", harmless(&past.url), harmless(title))?;
    if past.provisional {
        writeln!(out, "provisional: the profile of {} has not been seen to hold on the live site", past.site)?;
    }
    for (at, event) in events(past) {
        writeln!(out)?;
        match event {
            Event::Version(version) => print_version(out, past, version)?,
            Event::Held(held) => print_held(out, held)?,
            Event::Missed(removal) => {
                print_evidence(out, "not there", &removal.first)?;
                if let Some(last) = &removal.last_seen_at {
                    writeln!(out, "  last seen {last}")?;
                }
                if removal.confirmed.is_none() {
                    writeln!(out, "  not believed yet: a second negative answer must confirm it")?;
                }
            }
            Event::Confirmed(evidence) => print_evidence(out, "removed: still not there", evidence)?,
            Event::Returned => writeln!(out, "{at}  there again")?,
            Event::Change(change) => print_change(out, change)?,
        }
    }
    Ok(())
}

/// Everything that happened, in order; what happened at one instant in the order of the list.
fn events(past: &Past) -> Vec<(&str, Event<'_>)> {
    let versions = past.versions.iter().map(|v| (v.first_seen_at.as_str(), Event::Version(v)));
    let held = past.held.iter().map(|h| (h.captured_at.as_str(), Event::Held(h)));
    let missed = past.removals.iter().map(|r| (r.first.at.as_str(), Event::Missed(r)));
    let confirmed = past.removals.iter().filter_map(|r| r.confirmed.as_ref());
    let confirmed = confirmed.map(|e| (e.at.as_str(), Event::Confirmed(e)));
    let returned = past.removals.iter().filter_map(|r| r.returned_at.as_deref()).map(|at| (at, Event::Returned));
    let changes = past.changes.iter().map(|c| (c.seen_at.as_str(), Event::Change(c)));
    let mut events: Vec<_> =
        returned.chain(versions).chain(held).chain(missed).chain(confirmed).chain(changes).collect();
    events.sort_by_key(|(at, _)| *at);
    events
}

fn print_version(out: &mut Out, past: &Past, version: &PastVersion) -> io::Result<()> {
    writeln!(out, "{}  version {}: {}", version.first_seen_at, version.number, cause(past, version))?;
    if let Some(after) = &version.changed_after {
        writeln!(out, "  changed after {after} and not after {}", version.first_seen_at)?;
    }
    if version.flap {
        writeln!(out, "  it keeps coming and going within a week: two copies of a page rather than an editor")?;
    }
    writeln!(
        out,
        "  {}, seen {}, last {}",
        counted(version.length, "character"),
        counted(version.sightings, "time"),
        version.last_seen_at
    )?;
    writeln!(out, "  {}", harmless(&version.name))
}

/// Why a version began, in words.
fn cause(past: &Past, version: &PastVersion) -> String {
    match version.cause.as_str() {
        "first" => "the first text seen".to_owned(),
        "edited" => "the paper changed the text".to_owned(),
        "restored" => {
            let same = |v: &&PastVersion| v.number < version.number && v.text_digest == version.text_digest;
            let of = past.versions.iter().rev().find(same).map(|v| format!(", that of version {}", v.number));
            format!("an earlier text came back{}", of.unwrap_or_default())
        }
        "confirmed-cut" => "a cut, held as doubtful until a later visit confirmed it".to_owned(),
        "rules" => "read by other rules than the text before; no edit is claimed".to_owned(),
        other => other.to_owned(),
    }
}

fn print_held(out: &mut Out, held: &PastHeld) -> io::Result<()> {
    let state = if held.waits { "it waits for a visit that confirms it" } else { "no later visit confirmed it" };
    let length = counted(held.length, "character");
    writeln!(out, "{}  held: a doubtful text of {length}; {state}", held.captured_at)?;
    writeln!(out, "  record {}, {}", held.record_id, held.text_digest)
}

fn print_evidence(out: &mut Out, what: &str, evidence: &Evidence) -> io::Result<()> {
    let how = if evidence.how == "replaced" { "its page shows another story, " } else { "" };
    writeln!(out, "{}  {what}: {how}answered {}, record {}", evidence.at, evidence.status, evidence.record_id)
}

fn print_change(out: &mut Out, change: &PastChange) -> io::Result<()> {
    let value = |v: &Option<String>| shortened(&harmless(v.as_deref().unwrap_or("nothing")).replace('\n', " "), 200);
    writeln!(out, "{}  {} changed, no new version", change.seen_at, change.field)?;
    if let Some(after) = &change.after {
        writeln!(out, "  changed after {after} and not after {}", change.seen_at)?;
    }
    writeln!(out, "  from {}\n  to   {}", value(&change.old), value(&change.new))
}
