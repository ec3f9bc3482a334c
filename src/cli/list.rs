//! `griot list`: the articles kept.

use std::path::Path;

use clap::Args;

use super::{Done, Exit, Failure, Place, words};
use crate::store::StoreError;
use crate::store::sqlite::Reader;

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

/// Opens an archive for reading.
pub(super) fn reader(archive: &Path) -> Result<Reader, Failure> {
    Reader::open(archive).map_err(failed)
}

/// Gives a store error its exit code.
pub(super) fn failed(error: StoreError) -> Failure {
    let exit = match &error {
        StoreError::Newer { .. } | StoreError::NotAnArchive(_) => Exit::Configuration,
        StoreError::Damaged(_) => Exit::Damage,
        _ => Exit::Failed,
    };
    Failure::new(exit, error)
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
