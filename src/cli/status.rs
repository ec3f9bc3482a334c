//! `griot status`: what the archive holds, and how its last runs went.

use clap::Args;

use super::reader::{failed, reader};
use super::{Done, Exit, Place, words};

/// What `status` is told.
#[derive(Debug, Args)]
pub(super) struct StatusArgs {
    #[command(flatten)]
    place: Place,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs `griot status`.
pub(super) fn run(args: &StatusArgs) -> Done {
    let status = reader(&args.place.archive)?.status().map_err(failed)?;
    if args.json {
        println!("{}", serde_json::json!(status));
        return Ok(Exit::Well);
    }
    println!(
        "{} articles, {} versions, {} captures; {} held, {} removed",
        status.articles, status.versions, status.captures, status.held, status.removed
    );
    for run in &status.runs {
        let end = run.ended_at.as_deref().unwrap_or("still running, or killed");
        println!("{} to {end}: {}", run.started_at, words::harmless(run.end_reason.as_deref().unwrap_or("-")));
    }
    Ok(Exit::Well)
}
