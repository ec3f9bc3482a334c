//! `griot check`: a profile tried on pages, field by field, before years of crawling rest on it.

use std::path::{Path, PathBuf};

use clap::Args;
use url::Url;

use super::reach::Reach;
use super::{Done, Exit, Failure, Place, sites};
use crate::clock::{Clock, SystemClock};
use crate::crawl::of_bytes;
use crate::profile::Profile;
use report::Report;

mod live;
mod pace;
mod report;
mod stored;

/// Pages that are asked for at most, robots.txt left out.
const PAGES: usize = 5;

/// What `check` is told.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Without pages, griot takes at most five from the site, in its pace and by its robots.txt: a listing or two, the newest \
articles they show, and one of these again, to see whether its validators work. Nothing of it is kept.

  griot check lessor                                   the live site
  griot check lessor https://lessor.ml/posts/...       one live page
  griot check lessor page.html --url https://...       a saved page
  griot check lessor --stored 20                       what the archive has

A profile is <archive>/selectors/SITE.toml, or the one built in.")]
pub(super) struct CheckArgs {
    /// The profile's name.
    site: String,
    /// Live pages by their address, or saved pages by their file.
    #[arg(value_name = "URL|FILE")]
    pages: Vec<String>,
    /// The address that saved pages are read under.
    #[arg(long, value_name = "URL")]
    url: Option<Url>,
    /// Try the archive's last N captures of articles.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "5", conflicts_with = "pages")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    stored: Option<u32>,
    #[command(flatten)]
    place: Place,
    /// How a site's owner reaches you; sent with every request.
    #[arg(long, env = "GRIOT_CONTACT", hide_env_values = true)]
    contact: Option<String>,
    /// Print what was found as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten, next_help_heading = "The web")]
    reach: Reach,
}

/// Runs `griot check`.
pub(super) fn run(args: &CheckArgs) -> Done {
    let profile = sites::profile(&args.site, &args.place.archive)?;
    let (live, files): (Vec<&String>, Vec<&String>) = args.pages.iter().partition(|page| page.contains("://"));
    let report = match (args.stored, live.is_empty(), files.is_empty()) {
        (Some(count), ..) => stored::try_stored(&args.place.archive, &profile, count)?,
        (None, true, false) => of_files(args, &profile, &files)?,
        (None, _, true) => live::try_live(args, &profile, &addresses(&profile, &live)?)?,
        (None, false, false) => {
            return Err(Failure::new(Exit::Usage, "live pages and saved pages are checked apart; name one kind"));
        }
    };
    report.tell(args.json)?;
    Ok(if report.holds() { Exit::Well } else { Exit::Person })
}

fn addresses(profile: &Profile, pages: &[&String]) -> Result<Vec<Url>, Failure> {
    if pages.len() > PAGES {
        return Err(Failure::new(Exit::Usage, format!("at most {PAGES} live pages are checked at once")));
    }
    let parse = |page: &&String| {
        let url = Url::parse(page).map_err(|e| Failure::new(Exit::Usage, format!("`{page}` is no URL: {e}")))?;
        if profile.canon.owns(&url) {
            return Ok(url);
        }
        let words = format!("{url} is not on a host of {}: {}", profile.site, profile.canon.hosts.join(", "));
        Err(Failure::new(Exit::Usage, words))
    };
    pages.iter().map(parse).collect()
}

fn of_files(args: &CheckArgs, profile: &Profile, files: &[&String]) -> Result<Report, Failure> {
    let host = profile.canon.hosts.first().cloned().unwrap_or_default();
    let url = args.url.clone().map_or_else(|| Url::parse(&format!("https://{host}/")), Ok);
    let url = url.map_err(|e| Failure::new(Exit::Configuration, e))?;
    let mut report = Report::of(profile);
    for file in files {
        let read = |path: &Path| {
            std::fs::read(path).map_err(|e| {
                Failure::new(Exit::Failed, format!("{file}: {e}; name a saved page, or a live one with its https://"))
            })
        };
        let bytes = read(&PathBuf::from(file))?;
        report.pages.push(of_bytes(profile, (*file).clone(), &url, &bytes, SystemClock.now()));
    }
    Ok(report)
}
