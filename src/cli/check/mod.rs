//! `griot check`: a profile tried on pages, field by field, before years of crawling rest on it.

use std::io::{self, Read};
use std::path::Path;

use clap::Args;
use url::Url;

use super::reach::Reach;
use super::words::harmless;
use super::{Done, Exit, Failure, Place, address, sites};
use crate::model::answer::Limits;
use crate::profile::Profile;
use report::Report;

mod live;
mod pace;
mod report;
mod saved;
mod stored;
mod unnamed;

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

Without a site, pages are read by what they say of themselves and by griot's own rules, whether a profile ships for their \
paper or not:

  griot check https://lefleuve.example/un-article      one live page, by its site's robots.txt and pace
  griot check page.html                                a saved page, under the address that it gives itself or --url

A profile is <archive>/selectors/SITE.toml, or the one built in.")]
pub(super) struct CheckArgs {
    /// The profile's name; without one, the first page.
    #[arg(value_name = "SITE|URL|FILE")]
    site: String,
    /// Live pages by their address, or saved pages by their file.
    #[arg(value_name = "URL|FILE")]
    pages: Vec<String>,
    /// The address that saved pages are read under.
    #[arg(long, value_name = "URL", value_parser = address::web)]
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
    let report = match named(args)? {
        Some(profile) => of_site(args, &profile)?,
        None => unnamed::check(args)?,
    };
    report.tell(args.json)?;
    Ok(if report.holds() { Exit::Well } else { Exit::Person })
}

/// The profile that the first word names; `None` when it names a page. A profile goes before a file of its name.
fn named(args: &CheckArgs) -> Result<Option<Profile>, Failure> {
    let (word, archive) = (args.site.as_str(), &args.place.archive);
    if word.contains("://") {
        return Ok(None);
    }
    match sites::profile(word, archive) {
        Ok(profile) => Ok(Some(profile)),
        Err(_) if !sites::is_known(word, archive) && is_there(word) => Ok(None),
        Err(_) if sites::is_named_as_file(word) && !sites::is_known(word, archive) => {
            let words = format!("{word}: no such file; name a saved page, a live one with its https://, or a profile");
            Err(Failure::new(Exit::Usage, words))
        }
        Err(unknown) => Err(unknown),
    }
}

fn of_site(args: &CheckArgs, profile: &Profile) -> Result<Report, Failure> {
    let (live, files) = parted(&args.pages)?;
    match (args.stored, files.is_empty()) {
        (Some(count), _) => stored::try_stored(&args.place.archive, profile, count),
        (None, true) => live::try_live(args, profile, &addresses(profile, &live)?),
        (None, false) => of_files(args, profile, &files),
    }
}

/// Live pages and saved ones; never both.
fn parted(pages: &[String]) -> Result<(Vec<&String>, Vec<&String>), Failure> {
    let (live, files): (Vec<&String>, Vec<&String>) = pages.iter().partition(|page| page.contains("://"));
    if !live.is_empty() && !files.is_empty() {
        return Err(Failure::new(Exit::Usage, "live pages and saved pages are checked apart; name one kind"));
    }
    Ok((live, files))
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
    let pages = files.iter().map(|file| Ok((profile.clone(), (*file).clone(), url.clone(), bytes_of(file)?)));
    saved::try_saved(&pages.collect::<Result<Vec<_>, Failure>>()?)
}

/// A file, or a pipe that a shell names as one.
fn is_there(word: &str) -> bool {
    let path = Path::new(word);
    path.exists() && !path.is_dir()
}

fn bytes_of(file: &str) -> Result<Vec<u8>, Failure> {
    page_bytes(file).map_err(|e| {
        let words = format!("{}: {e}; name a saved page, or a live one with its https://", harmless(file));
        Failure::new(Exit::Failed, words)
    })
}

/// The bytes of a saved page, no more than of a page from the web.
pub(super) fn page_bytes(file: &str) -> io::Result<Vec<u8>> {
    let most = Limits::PAGE.decoded_bytes;
    let mut bytes = Vec::new();
    std::fs::File::open(file)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("is larger than {} MB", most >> 20)));
    }
    Ok(bytes)
}
