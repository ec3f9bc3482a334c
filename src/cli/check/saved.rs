//! A profile tried on saved pages; a title that many of one site share is learnt as its name, and they are read again.

use std::collections::BTreeMap;

use url::Url;

use super::report::Report;
use crate::cli::{Exit, Failure};
use crate::clock::{Clock, SystemClock};
use crate::crawl::{Trial, of_bytes};
use crate::model::title::shared;
use crate::profile::Profile;

/// A page: the profile it is read by, its file, the address it is read under, its bytes.
pub(super) type Saved = (Profile, String, Url, Vec<u8>);

/// Reads every page, those of one site with the names that they teach together.
pub(super) fn try_saved(pages: &[Saved]) -> Result<Report, Failure> {
    let Some((first, ..)) = pages.first() else { return Err(Failure::new(Exit::Usage, "name a page")) };
    let mut report = Report::of(first);
    let now = SystemClock.now();
    let read =
        |(profile, file, url, bytes): &Saved, names: &[String]| of_bytes(profile, names, file.clone(), url, bytes, now);
    let trials: Vec<Trial> = pages.iter().map(|page| read(page, &[])).collect();
    let mut sites: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    for ((profile, ..), trial) in pages.iter().zip(&trials) {
        sites.entry(&profile.site).or_default().extend(trial.titled.clone());
    }
    let names: BTreeMap<&str, Vec<String>> = sites.into_iter().map(|(site, texts)| (site, shared(&texts))).collect();
    for (page, trial) in pages.iter().zip(trials) {
        let names = &names[page.0.site.as_str()];
        report.pages.push(if names.is_empty() { trial } else { read(page, names) });
    }
    report.names = names.into_values().flatten().collect();
    Ok(report)
}
