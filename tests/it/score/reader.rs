//! griot as one reader among others: what it says of a page, and the processor's time that this took.

use std::time::Duration;

use griot::extract::{self, Page as Captured};
use griot::model::reading::{ArticleReading, Outcome};
use griot::profile::Profile;
use rustix::time::{ClockId, clock_gettime};
use url::Url;

use super::measure::Said;
use super::pages;
use super::sets::Page;

/// What a reader says of a page.
pub(crate) struct Sheet {
    pub(crate) said: Said,
    /// griot's own judgement; peers have none.
    pub(crate) outcome: Option<Outcome>,
    /// Of the processor, from the decoded page on.
    pub(crate) time: Duration,
}

/// By which rules a set is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rules {
    /// The profile that ships for the page's paper.
    Shipped,
    /// The same for every page: griot's own.
    Default,
}

/// Reads all pages, on as many cores as there are; the time of each is its own thread's.
pub(crate) fn read_all(pages: &[Page], rules: Rules) -> Vec<Option<Sheet>> {
    let profiles = if rules == Rules::Shipped { pages::shipped() } else { Vec::new() };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = pages.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let sheets = |part: &[Page]| part.iter().map(|page| Some(sheet(page, &profiles))).collect::<Vec<_>>();
        let parts: Vec<_> = pages.chunks(share).map(|part| scope.spawn(move || sheets(part))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
}

fn sheet(page: &Page, profiles: &[Profile]) -> Sheet {
    let (article, time) = article(page, profiles);
    Sheet { said: Said::from(&article), outcome: Some(article.outcome), time }
}

/// Reads a page by the profile that owns it, or by griot's own rules.
pub(crate) fn article(page: &Page, profiles: &[Profile]) -> (ArticleReading, Duration) {
    match pages::owner(profiles, &page.url) {
        Some(profile) => by(page, profile),
        None => by(page, &minimal(&page.url)),
    }
}

/// Reads a page by a profile, whoever owns it.
pub(crate) fn by(page: &Page, profile: &Profile) -> (ArticleReading, Duration) {
    let html = page.html();
    let captured =
        Captured { url: &page.url, html: &html, captured_at: page.saved_at, status: 200, headers: &[], names: &[] };
    let began = clock_gettime(ClockId::ThreadCPUTime);
    let article = extract::read(&captured, profile).article;
    let ended = clock_gettime(ClockId::ThreadCPUTime);
    (article, Duration::try_from(ended - began).unwrap_or_default())
}

/// A profile that says nothing but where the page is from.
fn minimal(url: &Url) -> Profile {
    let host = url.host_str().unwrap();
    let toml = format!("name = '{host}'\nzone = 'UTC'\nlanguage = 'und'\nhosts = ['{host}']\n[article]\npaths = []\n");
    Profile::parse(host, host, &toml).unwrap()
}
