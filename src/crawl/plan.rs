//! What a crawl would do, told without asking anybody: a dry run.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use url::Url;

use super::context::Caps;
use crate::model::instant::written;
use crate::politeness::pace::PaceState;
use crate::profile::Profile;
use crate::store::Result;
use crate::store::sqlite::{Question, Reach, Reader, WaitingPage};

/// Addresses shown of what comes first.
const SHOWN: usize = 10;

/// An answer's time where none has been measured yet.
const UNMEASURED: Duration = Duration::from_millis(500);

/// What one pace group would do.
#[derive(Debug, Default, Serialize)]
pub struct GroupPlan {
    /// The group.
    pub group: String,
    /// Its sites.
    pub sites: Vec<String>,
    /// Seconds from an answer's end to the next request, penalties included.
    pub delay_s: f64,
    /// At that delay, answers included.
    pub requests_a_minute: f64,
    /// Listings due; robots.txt, which comes first, is not counted.
    pub listings: usize,
    /// Articles never read.
    pub new_articles: usize,
    /// Articles to look at again.
    pub revisits: usize,
    /// Seconds until all of this is done, `--max-pages` and `--max-time` minded.
    pub seconds: u64,
    /// The instant of that.
    pub ends_at: String,
    /// When something falls due that does not count yet.
    pub next_due: Option<String>,
    /// No listing of a site was ever read: what they show comes on top.
    pub first_crawl: bool,
    /// What comes first.
    pub first: Vec<String>,
}

/// What a dry run is asked.
#[derive(Debug, Clone, Copy)]
pub struct Intent<'i> {
    /// The sites.
    pub profiles: &'i [Profile],
    /// Pages to take now; with them, nothing else would be asked for.
    pub only: &'i [Url],
    /// Look at every known page again, due or not.
    pub revisit_all: bool,
    /// What may be spent.
    pub caps: &'i Caps,
    /// The present instant.
    pub now: Timestamp,
}

/// What a crawl would do. Without a reader nothing is known but the profiles.
///
/// # Errors
/// The store's.
pub fn plan(reader: Option<&Reader>, intent: &Intent<'_>) -> Result<Vec<GroupPlan>> {
    let mut groups: BTreeMap<&str, Vec<&Profile>> = BTreeMap::new();
    for profile in intent.profiles {
        groups.entry(&profile.pace.group).or_default().push(profile);
    }
    groups.into_iter().map(|(group, sites)| of_group(reader, group, &sites, intent)).collect()
}

fn of_group(reader: Option<&Reader>, group: &str, sites: &[&Profile], intent: &Intent<'_>) -> Result<GroupPlan> {
    let mut plan = GroupPlan { group: group.to_owned(), ..GroupPlan::default() };
    let mut answers = Vec::new();
    let mut next_due = None;
    for site in sites {
        let pages = pages_of(reader, site, intent)?;
        let count = |class: &str| pages.iter().filter(|p| p.class == class).count();
        plan.listings += count("listing");
        plan.new_articles += count("new");
        plan.revisits += count("revisit");
        plan.sites.push(site.site.clone());
        plan.first.extend(pages.into_iter().map(|p| p.url).take(SHOWN.saturating_sub(plan.first.len())));
        let Some(reader) = reader else { continue };
        answers.extend(reader.mean_answer_ms(&site.site)?);
        next_due = [next_due, reader.next_due(&site.site, intent.caps.selection(true), intent.now)?]
            .into_iter()
            .flatten()
            .min();
    }
    plan.first_crawl = answers.is_empty();
    plan.next_due = next_due.map(written);
    let kept = reader.map(|r| r.pace(group)).transpose()?.flatten();
    let kept = kept.and_then(|row| serde_json::from_str::<PaceState>(&row.state).ok());
    let least = sites.iter().map(|s| s.pace.delay).max().unwrap_or_default();
    let delay = kept.as_ref().map_or(least, |pace| pace.stretched().max(least));
    let wait = kept.as_ref().map_or(Duration::ZERO, |pace| pace.wait(intent.now));
    let concurrency = sites.iter().map(|s| s.pace.concurrency.max(1)).min().unwrap_or(1);
    time(&mut plan, delay, wait, mean(&answers) / u32::from(concurrency), intent);
    Ok(plan)
}

/// The pages that a run would ask for, the profile's own listings before anything is known of them.
fn pages_of(reader: Option<&Reader>, site: &Profile, intent: &Intent<'_>) -> Result<Vec<WaitingPage>> {
    let page = |url: &Url, class: &str| WaitingPage { url: url.to_string(), class: class.to_owned() };
    if !intent.only.is_empty() {
        return Ok(intent.only.iter().filter(|url| site.canon.owns(url)).map(|url| page(url, "new")).collect());
    }
    let mut pages = Vec::new();
    for listing in &site.listings {
        let key = site.canon.page(&listing.url).ok();
        let known = key.zip(reader).map(|(key, reader)| reader.is_known(key.as_str())).transpose()?;
        if known != Some(true) {
            pages.push(page(&listing.url, "listing"));
        }
    }
    if let Some(reader) = reader {
        let reach = if intent.revisit_all { Reach::All(intent.now) } else { Reach::Due(intent.now) };
        pages.extend(reader.waiting(Question { site: &site.site, reach, selection: intent.caps.selection(true) })?);
    }
    Ok(pages)
}

fn mean(answers_ms: &[f64]) -> Duration {
    if answers_ms.is_empty() {
        return UNMEASURED;
    }
    let count = u32::try_from(answers_ms.len()).unwrap_or(u32::MAX);
    Duration::from_secs_f64((answers_ms.iter().sum::<f64>() / f64::from(count) / 1000.0).clamp(0.0, 3600.0))
}

fn time(plan: &mut GroupPlan, delay: Duration, wait: Duration, answer: Duration, intent: &Intent<'_>) {
    let (caps, now) = (intent.caps, intent.now);
    let turn = (delay + answer).max(Duration::from_millis(1));
    let due = plan.listings + plan.new_articles + plan.revisits;
    let pages =
        u32::try_from(due).unwrap_or(u32::MAX).min(caps.pages.map_or(u32::MAX, |p| p.try_into().unwrap_or(u32::MAX)));
    let until = caps.until.map_or(Duration::MAX, |t| Duration::try_from(t.duration_since(now)).unwrap_or_default());
    let whole = wait.saturating_add(turn.saturating_mul(pages)).min(until);
    plan.delay_s = delay.as_secs_f64();
    plan.requests_a_minute = (60.0 / turn.as_secs_f64() * 10.0).round() / 10.0;
    plan.seconds = whole.as_secs() + u64::from(whole.subsec_nanos() > 0);
    let end = SignedDuration::try_from(whole).ok().and_then(|whole| now.checked_add(whole).ok());
    plan.ends_at = written(end.unwrap_or(Timestamp::MAX));
}
