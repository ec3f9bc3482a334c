//! From a reading to its article's history: the former rules' readings are made anew first, then the fold judges.

use std::sync::Arc;

use jiff::Timestamp;

use super::context::{Context, Site};
use super::reading::{self, Asked, EXTRACTOR, Read};
use super::report::Event;
use crate::archive::read_record;
use crate::model::link::Source;
use crate::model::reading::{Outcome, Role};
use crate::model::timeline::{self, Moment, Shown, Shows, Sighting, Verdict};
use crate::store::{
    FormerReading, History, Judged, Location, NewReading, OldReading, PageId, ReadAttributes, ReadText, Related,
    Reread, RulesId, StoreError,
};
use crate::warc::facts::replay;

/// Judges a reading against everything the archive knows of the page's article.
///
/// Nothing comes of it when the page never showed an article and does not show one now.
///
/// # Errors
/// The store's.
pub(super) async fn judge(
    context: &Context,
    site: &Arc<Site>,
    page: PageId,
    moment: Moment,
    reading: &mut NewReading,
    related: Related,
) -> Result<Option<Judged>, StoreError> {
    let history = context.store.history(page, site.rules, EXTRACTOR.to_owned()).await?;
    let shows = shows(reading);
    if history.article.is_none() && !matches!(shows, Shows::Text(_)) {
        return Ok(None);
    }
    let seen = history.sightings.len();
    let article = history.article;
    let (sightings, superseded, reread) = read_again(context, site, history).await;
    let mut timeline = timeline::fold(&sightings, &superseded, context.confirm_after);
    let verdict = timeline.push(&Sighting { moment, shows });
    reading.verdict = Some(verdict);
    let related = if matches!(verdict, Verdict::NewVersion(_) | Verdict::Same | Verdict::Held) {
        related
    } else {
        Related::Unread
    };
    Ok(Some(Judged { article, seen, timeline, reread, related, provisional: site.profile.provisional }))
}

/// Folds an article's history once more, after its facts gained weight.
///
/// # Errors
/// The store's.
pub(super) async fn judge_again(context: &Context, page: PageId) -> Result<(), StoreError> {
    let Some(site) = context.sites.values().next() else { return Ok(()) };
    let history = context.store.history(page, site.rules, EXTRACTOR.to_owned()).await?;
    let Some(article) = history.article else { return Ok(()) };
    let timeline = timeline::fold(&history.sightings, &history.superseded, context.confirm_after);
    context.store.rejudge(article, history.sightings.len(), timeline).await
}

/// What a reading shows of its article.
fn shows(reading: &NewReading) -> Shows {
    match (reading.outcome, &reading.text) {
        (Outcome::Article, Some(text)) => {
            let (digest, length) = named(text);
            let rules = RulesId::name(reading.rules, &reading.extractor);
            Shows::Text(Shown { digest, length, ended: reading.ended, rules })
        }
        (Outcome::Gone | Outcome::SoftGone, _) => Shows::Absence { host_alive: reading.host_alive },
        _ => Shows::SetAside,
    }
}

fn named(text: &ReadText) -> (String, usize) {
    match text {
        ReadText::New(text) => (text.digest(), text.length()),
        ReadText::Kept(digest, length) => (digest.clone(), *length),
    }
}

type Names = std::collections::HashMap<String, String>;

/// Reads each version's last capture by today's rules where others had read it.
async fn read_again(context: &Context, site: &Arc<Site>, history: History) -> (Vec<Sighting>, Names, Vec<Reread>) {
    let (mut sightings, mut superseded) = (history.sightings, history.superseded);
    let mut again = Vec::new();
    for old in history.old_rules {
        // A capture that cannot be read today keeps its former reading; the fold then claims no edit.
        let Some(read) = read_stored(context, site, &old.location, old.captured_at).await else { continue };
        if read.reading.outcome != Outcome::Article {
            continue;
        }
        again.push(renamed(&old, read.reading, &mut sightings, &mut superseded));
    }
    (sightings, superseded, again)
}

fn renamed(old: &OldReading, reading: NewReading, sightings: &mut [Sighting], superseded: &mut Names) -> Reread {
    let (digest, length) = reading.text.as_ref().map(named).unwrap_or_default();
    if let Some(sighting) = sightings.iter_mut().find(|s| s.moment.record == old.record) {
        let rules = RulesId::name(reading.rules, &reading.extractor);
        sighting.shows = Shows::Text(Shown { digest: digest.clone(), length, ended: reading.ended, rules });
    }
    superseded.remove(&digest);
    if digest != old.digest {
        superseded.insert(old.digest.clone(), digest);
    }
    Reread { capture: old.capture, old_digest: old.digest.clone(), reading }
}

/// Reads a stored payload by today's rules; `None`, with a note, where the record cannot be read back.
pub(super) async fn read_stored(
    context: &Context,
    site: &Arc<Site>,
    location: &Location,
    captured_at: Timestamp,
) -> Option<Read> {
    let (folder, location, site) = (context.folder.clone(), location.clone(), site.clone());
    let loaded = tokio::task::spawn_blocking(move || {
        let record = read_record(&folder, &location)?;
        let answer = replay(&record, None).map_err(|e| format!("{} at {}: {e}", location.file, location.offset))?;
        let asked = Asked { role: Role::Article, source: Source::Article, depth: 0, captured_at };
        Ok(reading::read(&site, &asked, &answer))
    });
    match loaded.await.map_err(|e| e.to_string()).and_then(|read: Result<Read, String>| read) {
        Ok(read) => Some(read),
        Err(words) => {
            context.tell(Event::Note(format!("a stored page cannot be read again: {words}")));
            None
        }
    }
}

/// The reading of a capture that repeats a payload: the payload's own, if today's rules made it.
#[must_use]
pub(super) fn repeated(site: &Site, role: Role, former: &FormerReading) -> Option<NewReading> {
    if former.rules != Some(site.rules) || former.extractor != EXTRACTOR {
        return None;
    }
    let mut reading = Read::bare(site, role, former.outcome, former.reason.clone()).reading;
    if let Some((digest, length, ended)) = &former.text {
        reading.text = Some(ReadText::Kept(digest.clone(), *length));
        reading.ended = *ended;
    }
    reading.attributes = former.attributes.clone().map(ReadAttributes::Kept);
    Some(reading)
}
