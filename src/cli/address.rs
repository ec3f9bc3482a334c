//! From what a person types or pastes to the article meant.

use std::path::Path;

use jiff::tz::TimeZone;
use url::Url;

use super::reader::failed;
use super::{Exit, Failure};
use crate::model::url::{Canon, PageUrl};
use crate::profile::{Profile, find};
use crate::store::ArticleId;
use crate::store::sqlite::{PageState, Reader};

/// Redirects that are followed from an address that once led to an article.
const HOPS: usize = 5;

/// The article that an address names: with or without scheme, under any of the paper's hosts, with noise in its query,
/// and where a redirect was kept also under its former address.
pub(super) fn article(reader: &Reader, archive: &Path, said: &str) -> Result<ArticleId, Failure> {
    let canons = canons(reader, archive)?;
    let mut url = parse(said).ok_or_else(|| Failure::new(Exit::Usage, format!("`{said}` is no address")))?;
    let mut first_state = None;
    for _ in 0..=HOPS {
        let mut state = None;
        for key in keys(&canons, &url) {
            if let Some(article) = reader.article_of(key.as_str()).map_err(failed)? {
                return Ok(article);
            }
            state = state.or(reader.page_state(key.as_str()).map_err(failed)?);
        }
        let location = state.as_ref().and_then(|s| s.location.as_deref()).and_then(|to| url.join(to).ok());
        first_state = first_state.or(state);
        match location {
            Some(next) => url = next,
            None => break,
        }
    }
    Err(Failure::new(Exit::Failed, unknown(archive, said, first_state)))
}

fn unknown(archive: &Path, said: &str, state: Option<PageState>) -> String {
    let archive = archive.display();
    let Some(state) = state else {
        return format!(
            "{said} is not in {archive}; `griot list` shows what is, `griot search WORDS` looks for words in it"
        );
    };
    let last = match state.last_visit {
        None => "it was seen on a listing and has not been asked for yet".to_owned(),
        Some((at, came)) => {
            let reason = state.reason.map(|r| format!(": {r}")).unwrap_or_default();
            format!("its last visit, {at}, gave {came}{reason}")
        }
    };
    format!("{said} shows no article in {archive}; {last}")
}

/// An address of the web as a flag takes it.
pub(super) fn web(said: &str) -> Result<Url, String> {
    let url = Url::parse(said).map_err(|e| format!("{e}; write it whole, as https://…"))?;
    let fits = matches!(url.scheme(), "http" | "https") && url.has_host();
    fits.then_some(url).ok_or_else(|| "is no address of the web; write it as https://…".to_owned())
}

/// An address as typed; people leave out the scheme.
fn parse(said: &str) -> Option<Url> {
    let said = said.trim();
    let whole = if said.contains("://") { said.to_owned() } else { format!("https://{said}") };
    Url::parse(&whole).ok().filter(Url::has_host)
}

/// The zone of a paper's days.
pub(super) fn zone(reader: &Reader, archive: &Path, site: &str) -> Result<TimeZone, Failure> {
    let rules = reader.rules().map_err(failed)?;
    let kept = rules.iter().filter(|(of, _)| of == site).find_map(|(_, toml)| Profile::parse(site, "", toml).ok());
    let profile = kept.or_else(|| find(site, Some(&archive.join("selectors"))).ok());
    Ok(profile.map_or(TimeZone::UTC, |p| p.zone))
}

/// How this archive's sites write their pages: by the rules kept in it, then by today's profiles.
fn canons(reader: &Reader, archive: &Path) -> Result<Vec<Canon>, Failure> {
    let rules = reader.rules().map_err(failed)?;
    let mut canons: Vec<Canon> = Vec::new();
    for (site, toml) in &rules {
        let kept = Profile::parse(site, "the archive", toml).ok();
        let now = find(site, Some(&archive.join("selectors"))).ok();
        for canon in kept.into_iter().chain(now).map(|p| p.canon) {
            if !canons.iter().any(|c| c.hosts == canon.hosts && c.drop_params == canon.drop_params) {
                canons.push(canon);
            }
        }
    }
    Ok(canons)
}

/// The pages that an address may be.
fn keys(canons: &[Canon], url: &Url) -> Vec<PageUrl> {
    let nobodys = Canon { hosts: Vec::new(), scheme: "https".to_owned(), drop_params: Vec::new() };
    let owners = canons.iter().filter(|c| c.owns(url));
    let mut keys: Vec<PageUrl> = owners.chain([&nobodys]).filter_map(|c| c.page(url).ok()).collect();
    keys.dedup();
    keys
}
