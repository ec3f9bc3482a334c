//! Pages without a site: read by a bare profile of their host, as griot reads a paper that it knows nothing of.

use url::Url;

use super::report::Report;
use super::{CheckArgs, addresses, bytes_of, live, parted, saved};
use crate::cli::words::harmless;
use crate::cli::{Exit, Failure, sites};
use crate::extract::own_address;
use crate::fetch::decode;
use crate::profile::Profile;

/// Where a saved page stands that does not say it; nothing is ever there (RFC 6761, section 6.4).
const NOWHERE: &str = "https://page.invalid/";

/// Checks the pages named, the first of them in the place of the site.
pub(super) fn check(args: &CheckArgs) -> Result<Report, Failure> {
    if args.stored.is_some() {
        let words = "--stored tries a profile on the archive: name the site, as griot check lessor --stored";
        return Err(Failure::new(Exit::Usage, words));
    }
    let pages: Vec<String> = std::iter::once(&args.site).chain(&args.pages).cloned().collect();
    let (live, files) = parted(&pages)?;
    match live.first() {
        Some(first) => of_live(args, first, &live),
        None => of_files(args, &files),
    }
}

fn of_live(args: &CheckArgs, first: &str, live: &[&String]) -> Result<Report, Failure> {
    let url = Url::parse(first);
    let url = url.map_err(|e| Failure::new(Exit::Usage, format!("`{}` is no URL: {e}", harmless(first))))?;
    if !matches!(url.scheme(), "http" | "https") {
        let words = format!("`{}` is not fetched over http or https", harmless(first));
        return Err(Failure::new(Exit::Usage, words));
    }
    let mut profile = bare(&url)?;
    // Whoever asks, it is the same site: its pace is the one that a crawl by its own profile keeps.
    if let Some(owner) = sites::owner_if_any(&url, &args.place.archive)? {
        tell_of(&owner);
        profile.pace = owner.pace;
        profile.pace.concurrency = 1;
    }
    live::try_live(args, &profile, &addresses(&profile, live)?)
}

fn of_files(args: &CheckArgs, files: &[&String]) -> Result<Report, Failure> {
    let mut pages = Vec::with_capacity(files.len());
    for file in files {
        let bytes = bytes_of(file)?;
        let said = || own_address(&decode::text(&bytes, None).text);
        let url = args.url.clone().or_else(said).map_or_else(|| nowhere(file), Ok)?;
        pages.push((bare(&url)?, (*file).clone(), url, bytes));
    }
    saved::try_saved(&pages)
}

fn bare(url: &Url) -> Result<Profile, Failure> {
    Profile::bare(url).map_err(|e| Failure::new(Exit::Usage, format!("{url}: {e}")))
}

fn nowhere(file: &str) -> Result<Url, Failure> {
    eprintln!("{} does not say its address: name it with --url, if its links and its host matter", harmless(file));
    Url::parse(NOWHERE).map_err(|e| Failure::new(Exit::Failed, e))
}

fn tell_of(owner: &Profile) {
    eprintln!("{0} has a profile: griot check {0} … tries it; this is read without one", owner.site);
}
