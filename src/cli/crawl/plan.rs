//! `griot crawl --dry-run`: what would be asked for, how fast, until when.

use std::io::{self, Write};

use super::super::out::{Out, out, print_json};
use super::super::words::counted;
use super::super::{Done, Exit, Failure, words};
use super::{CrawlArgs, Revisit, caps};
use crate::cli::reader::reader_if_any;
use crate::cli::sites::Wanted;
use crate::clock::{Clock, SystemClock};
use crate::crawl::{GroupPlan, Intent, plan};

/// Prints the plan of every group.
pub(super) fn tell(args: &CrawlArgs, wanted: &Wanted) -> Done {
    let reader = reader_if_any(&args.place.archive)?;
    let now = SystemClock.now();
    let intent = Intent {
        profiles: &wanted.profiles,
        only: &wanted.only,
        revisit_all: args.revisit == Revisit::All,
        caps: &caps(args, &wanted.profiles, now),
        now,
    };
    let plans = plan(reader.as_ref(), &intent).map_err(|e| Failure::new(Exit::Failed, e))?;
    let mut out = out();
    for plan in &plans {
        if args.json {
            print_json(&mut out, plan)?;
        } else {
            print(&mut out, plan)?;
        }
    }
    if !args.json {
        writeln!(out, "Nothing was asked for: this was a dry run.")?;
    }
    out.flush()?;
    Ok(Exit::Well)
}

fn print(out: &mut Out, plan: &GroupPlan) -> io::Result<()> {
    writeln!(
        out,
        "{}: {}, {}, {}; robots.txt comes first",
        words::harmless(&plan.sites.join(", ")),
        counted(plan.listings as u64, "listing"),
        counted(plan.new_articles as u64, "new article"),
        counted(plan.revisits as u64, "revisit")
    )?;
    writeln!(
        out,
        "  {} s between an answer and the next request, about {} requests a minute",
        plan.delay_s, plan.requests_a_minute
    )?;
    writeln!(out, "  done in about {}, at {}", span(plan.seconds), plan.ends_at)?;
    if plan.first_crawl {
        writeln!(out, "  what its listings show is not known yet and comes on top")?;
    }
    if let Some(next) = &plan.next_due {
        writeln!(out, "  then nothing before {next}")?;
    }
    for url in &plan.first {
        writeln!(out, "  {}", words::harmless(url))?;
    }
    Ok(())
}

fn span(seconds: u64) -> String {
    match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7199 => format!("{} min", seconds / 60),
        7200..=172_799 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}
