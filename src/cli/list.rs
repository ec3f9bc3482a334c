//! `griot list`: the articles kept.

use std::io::Write;

use clap::Args;
use jiff::civil::Date;

use super::out::{out, print_json};
use super::reader::{failed, known_site, reader};
use super::words::harmless;
use super::{Done, Exit, Failure, Place};
use crate::store::sqlite::{Listed, Wish};

/// What `list` is told.
#[derive(Debug, Args)]
#[command(after_long_help = "\
An article without a known day of publication stands at the end, and nowhere where --since or --until is said.

Examples:
  griot list lessor --since 2026-03-01 --until 2026-04-01 --limit 0
  griot list --removed --json | head -1")]
pub(super) struct ListArgs {
    #[command(flatten)]
    place: Place,
    /// Only this site.
    site: Option<String>,
    /// Only those published on this day (YYYY-MM-DD) or later.
    #[arg(long, value_name = "DAY")]
    since: Option<Date>,
    /// Only those published before this day.
    #[arg(long, value_name = "DAY")]
    until: Option<Date>,
    /// Only those that are believed gone.
    #[arg(long)]
    removed: bool,
    /// Only those of which a doubtful text waits.
    #[arg(long)]
    held: bool,
    /// At most so many; 0: all.
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
    /// Print one JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Runs `griot list`.
pub(super) fn run(args: &ListArgs) -> Done {
    if let (Some(since), Some(until)) = (args.since, args.until)
        && since > until
    {
        return Err(Failure::new(Exit::Usage, format!("{since} is after {until}: no day lies between")));
    }
    let wish = Wish {
        site: args.site.clone(),
        since: args.since.map(|day| day.to_string()),
        until: args.until.map(|day| day.to_string()),
        removed: args.removed,
        held: args.held,
        limit: args.limit,
    };
    let reader = reader(&args.place.archive)?;
    known_site(&reader, &args.place.archive, args.site.as_deref())?;
    let articles = reader.list(&wish).map_err(failed)?;
    let mut out = out();
    for article in &articles {
        if args.json {
            print_json(&mut out, article)?;
        } else {
            let day = article.published_on.as_deref().unwrap_or("undated   ");
            let (title, url) = (harmless(&article.title).replace('\n', " "), harmless(&article.url));
            writeln!(out, "{day} {title}{}\n           {url}", marks(article))?;
        }
    }
    out.flush()?;
    Ok(Exit::Well)
}

/// What is special about an article.
fn marks(article: &Listed) -> String {
    let versions = (article.version > 1).then(|| format!("{} versions", article.version));
    let removed = article.removed.then(|| "removed".to_owned());
    let held = article.held.then(|| "a doubtful text waits".to_owned());
    let marks: Vec<String> = versions.into_iter().chain(removed).chain(held).collect();
    if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) }
}
