//! `griot show`: one article, as it stands or as it stood.

use clap::Args;

use super::reader::{failed, reader};
use super::{Done, Exit, Failure, Place, words};

/// What `show` is told.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// Any of the article's addresses.
    url: String,
    #[command(flatten)]
    place: Place,
    /// This version (1 is the first); none: the latest.
    #[arg(long)]
    version: Option<u32>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs `griot show`.
pub(super) fn run(args: &ShowArgs) -> Done {
    let found = reader(&args.place.archive)?.show(&args.url, args.version).map_err(failed)?;
    let Some(text) = found else {
        let words = format!("{} is not in {}; `griot list` shows what is", args.url, args.place.archive.display());
        return Err(Failure::new(Exit::Failed, words));
    };
    if args.json {
        println!("{}", serde_json::json!(text));
        return Ok(Exit::Well);
    }
    println!("{}\n{}\n", words::harmless(&text.title), words::harmless(text.authors.as_deref().unwrap_or("-")));
    if let Some(lead) = &text.lead {
        println!("{}\n", words::harmless(lead));
    }
    println!("{}\n", words::harmless(&text.body));
    println!(
        "version {} ({}), seen {} to {}, {}",
        text.version, text.cause, text.first_seen_at, text.last_seen_at, text.text_digest
    );
    Ok(Exit::Well)
}
