//! `griot crawl --dry-run`: what would be asked for, how fast, until when.

use super::super::{Done, Exit, Failure, words};
use super::{CrawlArgs, Revisit, caps};
use crate::cli::sites::Wanted;
use crate::clock::{Clock, SystemClock};
use crate::crawl::{GroupPlan, Intent, plan};
use crate::store::StoreError;
use crate::store::sqlite::Reader;

/// Prints the plan of every group.
pub(super) fn tell(args: &CrawlArgs, wanted: &Wanted) -> Done {
    let reader = match Reader::open(&args.place.archive) {
        Ok(reader) => Some(reader),
        Err(StoreError::NotAnArchive(_)) => None,
        Err(error @ StoreError::Newer { .. }) => return Err(Failure::new(Exit::Configuration, error)),
        Err(error) => return Err(Failure::new(Exit::Failed, error)),
    };
    let now = SystemClock.now();
    let intent = Intent {
        profiles: &wanted.profiles,
        only: &wanted.only,
        revisit_all: args.revisit == Revisit::All,
        caps: &caps(args, &wanted.profiles, now),
        now,
    };
    let plans = plan(reader.as_ref(), &intent).map_err(|e| Failure::new(Exit::Failed, e))?;
    if args.json {
        println!("{}", serde_json::json!(plans));
        return Ok(Exit::Well);
    }
    for plan in &plans {
        print(plan);
    }
    println!("Nothing was asked for: this was a dry run.");
    Ok(Exit::Well)
}

fn print(plan: &GroupPlan) {
    println!(
        "{}: {} listings, {} new articles, {} revisits; robots.txt comes first",
        words::harmless(&plan.sites.join(", ")),
        plan.listings,
        plan.new_articles,
        plan.revisits
    );
    println!(
        "  {} s between an answer and the next request, about {} requests a minute",
        plan.delay_s, plan.requests_a_minute
    );
    println!("  done in about {}, at {}", span(plan.seconds), plan.ends_at);
    if plan.first_crawl {
        println!("  what its listings show is not known yet and comes on top");
    }
    if let Some(next) = &plan.next_due {
        println!("  then nothing before {next}");
    }
    for url in &plan.first {
        println!("  {}", words::harmless(url));
    }
}

fn span(seconds: u64) -> String {
    match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7199 => format!("{} min", seconds / 60),
        7200..=172_799 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}
