//! `griot check`: a profile tried on pages, field by field.

use std::path::PathBuf;

use clap::Args;
use url::Url;

use super::{Done, Exit, Failure, Place, words};
use crate::clock::{Clock, SystemClock};
use crate::extract::{self, Page};
use crate::fetch::decode;
use crate::profile::find;

/// What `check` is told.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// The profile's name.
    site: String,
    /// Saved pages to read.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The address the pages are read under.
    #[arg(long, value_name = "URL")]
    url: Option<Url>,
    #[command(flatten)]
    place: Place,
}

/// Runs `griot check`.
pub(super) fn run(args: &CheckArgs) -> Done {
    let own = args.place.archive.join("selectors");
    let profile = find(&args.site, Some(&own)).map_err(|e| Failure::new(Exit::Configuration, e))?;
    let host = profile.canon.hosts.first().cloned().unwrap_or_default();
    let url = args.url.clone().map_or_else(|| Url::parse(&format!("https://{host}/")), Ok);
    let url = url.map_err(|e| Failure::new(Exit::Configuration, e))?;
    for file in &args.files {
        let bytes = std::fs::read(file).map_err(|e| Failure::new(Exit::Failed, format!("{}: {e}", file.display())))?;
        let text = decode::text(&bytes, None);
        let page = Page { url: &url, html: &text.text, captured_at: SystemClock.now(), status: 200, headers: &[] };
        let read = extract::read(&page, &profile).article;
        println!("{}: {} ({})", file.display(), read.outcome.word(), text.charset);
        if let Some(reason) = &read.reason {
            println!("  {}", words::harmless(reason));
        }
        for proof in &read.proofs {
            let rule = proof.rule.as_deref().unwrap_or("no rule held");
            println!("  {:10} {}  [{rule}]", proof.field, words::harmless(proof.value.as_deref().unwrap_or("-")));
        }
        for link in &read.attributes.related {
            println!("  related    {} {}", link.kind.word(), words::harmless(&link.title));
        }
    }
    if profile.provisional {
        println!("{} is provisional: it has not been seen to hold on its live site.", profile.site);
    }
    Ok(Exit::Well)
}
