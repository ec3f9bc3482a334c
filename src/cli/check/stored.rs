//! A profile tried on what the archive has, without asking anybody.

use std::path::Path;

use jiff::Timestamp;

use super::report::Report;
use crate::archive::read_record;
use crate::cli::reader::{failed, reader};
use crate::cli::{Exit, Failure};
use crate::crawl::{Trial, of_answer};
use crate::profile::Profile;
use crate::store::sqlite::Captured;
use crate::warc::facts::replay;

/// Tries the profile on the last captures of its site's articles.
pub(super) fn try_stored(archive: &Path, profile: &Profile, count: u32) -> Result<Report, Failure> {
    let mut report = Report::of(profile);
    let reader = reader(archive)?;
    let names = reader.names(&profile.site).map_err(failed)?;
    for captured in reader.captured(&profile.site, true, count).map_err(failed)? {
        // The last part of an article tells nothing alone.
        if captured.last_part {
            continue;
        }
        match try_captured(archive, profile, &names, &captured) {
            Ok(trial) => {
                if captured.text_digest.is_some() && trial.text != captured.text_digest {
                    report.read_otherwise.push(captured.url.clone());
                }
                report.pages.push(trial);
            }
            Err(why) => report.failed.push((captured.url.clone(), why)),
        }
    }
    if report.pages.is_empty() && report.failed.is_empty() {
        let words = format!("{} has no capture of an article of {} yet", archive.display(), profile.site);
        return Err(Failure::new(Exit::Failed, words));
    }
    Ok(report)
}

/// Tries the profile on one capture.
pub(super) fn try_captured(
    archive: &Path,
    profile: &Profile,
    names: &[String],
    captured: &Captured,
) -> Result<Trial, String> {
    let record = read_record(archive, &captured.location)?;
    let answer = replay(&record, None).map_err(|e| e.to_string())?;
    let captured_at: Timestamp = captured.captured_at.parse().map_err(|e: jiff::Error| e.to_string())?;
    of_answer(profile, names, &answer, captured_at).ok_or_else(|| "the record holds no answer".to_owned())
}
