//! What an archive has of a site: captures with what their pages were known to say, spread over the years.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use jiff::Timestamp;
use url::Url;

use crate::archive::read_record;
use crate::cli::Failure;
use crate::cli::reader::failed;
use crate::fetch::decode;
use crate::learn::{Break, Known, Sample, Teller, find_break};
use crate::model::answer::{Limits, Wire};
use crate::model::article::AuthorRole;
use crate::profile::Profile;
use crate::store::sqlite::{Captured, Reader, Shown};
use crate::warc::facts::replay;

/// Captures of which the newest are looked at.
const REACH: u32 = 5_000;
/// The newest captures, each of another page,
const NEWEST: usize = 24;
/// those of the same pages before them, and some out of all before.
const EARLIER: usize = 24;
/// Captures looked at between the last that is sound and the first that is not, at once,
const BETWEEN: usize = 24;
/// and how often.
const ROUNDS: usize = 4;
/// Bytes of HTML held at once.
const BYTES: usize = 96 << 20;
/// Versions of one article.
const VERSIONS: usize = 8;

/// Samples in order of time, the break among them, and captures that could not be read.
pub(super) type Found = (Vec<Sample>, Option<Break>, Vec<(String, String)>);

/// An archive's captures of one site.
pub(super) struct Stored<'a> {
    pub(super) folder: &'a Path,
    pub(super) reader: &'a Reader,
    pub(super) profile: &'a Profile,
}

impl Stored<'_> {
    /// Captures to learn from, and where their design breaks.
    pub(super) fn samples(&self) -> Result<Found, Failure> {
        let mut all = self.reader.captured(&self.profile.site, true, REACH).map_err(failed)?;
        // The last part of an article on several pages has the text of all in the archive, and one of them on the page.
        all.retain(|captured| !captured.last_part);
        all.reverse();
        let mut left_out = Vec::new();
        let mut taken: BTreeMap<usize, Sample> = BTreeMap::new();
        self.take(&all, choose(&all), &mut taken, &mut left_out)?;
        let mut found = self.find(&taken);
        for _ in 0..ROUNDS {
            let Some(at) = found.as_ref().map(|found| found.at) else { break };
            let Some((bad, _)) = taken.iter().find(|(_, sample)| sample.captured_at >= at) else { break };
            let good = taken.range(..*bad).next_back().map_or(0, |(good, _)| good + 1);
            let between: Vec<usize> = (good..*bad).collect();
            if between.is_empty() {
                break;
            }
            self.take(&all, spread(&between, BETWEEN), &mut taken, &mut left_out)?;
            found = self.find(&taken);
        }
        Ok((taken.into_values().collect(), found, left_out))
    }

    fn find(&self, taken: &BTreeMap<usize, Sample>) -> Option<Break> {
        let samples: Vec<&Sample> = taken.values().collect();
        find_break(&samples, self.profile)
    }

    fn take(
        &self,
        all: &[Captured],
        chosen: Vec<usize>,
        taken: &mut BTreeMap<usize, Sample>,
        left_out: &mut Vec<(String, String)>,
    ) -> Result<(), Failure> {
        for at in chosen {
            if taken.contains_key(&at) {
                continue;
            }
            if taken.values().map(|sample| sample.html.len()).sum::<usize>() > BYTES {
                left_out.push((all[at].url.clone(), format!("{} MB of captures are enough", BYTES >> 20)));
                continue;
            }
            match self.page(&all[at]) {
                Ok((url, html, captured_at)) => {
                    let versions = self.versions(&url)?;
                    taken.insert(at, Sample { name: url.to_string(), url, html, captured_at, versions });
                }
                Err(why) => left_out.push((all[at].url.clone(), why)),
            }
        }
        Ok(())
    }

    /// A capture's address, text and instant.
    fn page(&self, captured: &Captured) -> Result<(Url, String, Timestamp), String> {
        let record = read_record(self.folder, &captured.location)?;
        let answer = replay(&record, None).map_err(|e| e.to_string())?;
        let captured_at: Timestamp = captured.captured_at.parse().map_err(|e: jiff::Error| e.to_string())?;
        let Wire::Response(response) = &answer.wire else { return Err("the record holds no answer".into()) };
        let limit = Limits::PAGE.decoded_bytes;
        let inflated = decode::inflate(&response.body, response.header("content-encoding"), limit);
        let bytes = inflated.map_or_else(decode::DecodeError::into_bytes, |inflated| inflated.bytes);
        let text = decode::text(&bytes, response.header("content-type"));
        Ok((answer.url.clone(), text.text, captured_at))
    }

    /// What the archive knows that a page said, and since when; the last versions.
    fn versions(&self, url: &Url) -> Result<Vec<(Timestamp, Known)>, Failure> {
        let Ok(page) = self.profile.page(url) else { return Ok(Vec::new()) };
        let Some(article) = self.reader.article_of(page.as_str()).map_err(failed)? else { return Ok(Vec::new()) };
        let versions = self.reader.versions(article).map_err(failed)?;
        let mut out = Vec::new();
        for version in versions.iter().rev().take(VERSIONS).rev() {
            let shown = self.reader.show(article, version.number).map_err(failed)?;
            out.extend(version.first_seen_at.parse().ok().zip(shown.map(|shown| known(&shown))));
        }
        Ok(out)
    }
}

fn known(shown: &Shown) -> Known {
    let about = &shown.attributes;
    let day = |text: &Option<String>| text.as_deref().and_then(|day| day.parse().ok());
    let instant = |text: &Option<String>| text.as_deref().and_then(|at| at.parse().ok());
    let names = shown.authors.iter().filter(|author| author.role == AuthorRole::Byline);
    Known {
        teller: Teller::Archive,
        digest: Some(shown.text_digest.clone()),
        title: shown.title.clone(),
        lead: shown.lead.clone(),
        body: shown.body.split("\n\n").filter(|block| !block.is_empty()).map(str::to_owned).collect(),
        authors: names.map(|author| author.name.clone()).collect(),
        published_on: day(&about.published_on),
        published_at: instant(&about.published_at),
        modified_on: day(&about.modified_on),
        modified_at: instant(&about.modified_at),
        section: about.section.clone(),
        tags: about.tags.clone(),
    }
}

/// The newest capture of each of the newest pages, the captures of these before, and some out of all years.
fn choose(all: &[Captured]) -> Vec<usize> {
    let mut pages = HashSet::new();
    let newest: Vec<usize> = (0..all.len()).rev().filter(|at| pages.insert(&all[*at].url)).take(NEWEST).collect();
    let chosen: HashSet<usize> = newest.iter().copied().collect();
    let their: HashSet<&String> = newest.iter().map(|at| &all[*at].url).collect();
    let mut before = HashSet::new();
    let earlier: Vec<usize> = (0..all.len())
        .filter(|at| !chosen.contains(at) && their.contains(&all[*at].url) && before.insert(&all[*at].url))
        .take(EARLIER)
        .collect();
    let rest: Vec<usize> = (0..all.len()).filter(|at| !chosen.contains(at)).collect();
    newest.into_iter().chain(earlier).chain(spread(&rest, EARLIER)).collect()
}

/// So many of them, evenly.
fn spread(all: &[usize], most: usize) -> Vec<usize> {
    let step = all.len().div_ceil(most).max(1);
    all.iter().copied().step_by(step).chain(all.last().copied()).collect()
}

/// Each page once, as it was captured last; `samples` in that order, the newest first.
pub(super) fn latest(samples: Vec<Sample>) -> Vec<Sample> {
    let mut pages = HashSet::new();
    samples.into_iter().filter(|sample| pages.insert(sample.url.clone())).collect()
}
