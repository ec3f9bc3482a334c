//! `griot list`: the articles kept.

use clap::Args;

use super::reader::{failed, reader};
use super::{Done, Exit, Place, words};

/// What `list` is told.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    place: Place,
    /// Only this site.
    site: Option<String>,
    /// At most so many.
    #[arg(long, default_value_t = 50)]
    limit: u32,
    /// Print one JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Runs `griot list`.
pub(super) fn run(args: &ListArgs) -> Done {
    for article in reader(&args.place.archive)?.list(args.site.as_deref(), args.limit).map_err(failed)? {
        if args.json {
            println!("{}", serde_json::json!(article));
        } else {
            let day = article.published_on.as_deref().unwrap_or("undated   ");
            let edited = if article.version > 1 { format!(" ({} versions)", article.version) } else { String::new() };
            println!("{day} {}{edited}\n           {}", words::harmless(&article.title), words::harmless(&article.url));
        }
    }
    Ok(Exit::Well)
}
