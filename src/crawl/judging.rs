//! From a reading to its article's history: the former rules' readings are made anew first, then the fold judges.

use std::sync::Arc;

use jiff::Timestamp;

use super::context::{Context, Site};
use super::identity::{self, Placed};
use super::reading::{self, Asked, Read};
use super::report::Event;
use super::reread::read_again;
use crate::archive::read_record;
use crate::model::article::Text;
use crate::model::identity::Kin;
use crate::model::link::Source;
use crate::model::reading::{Outcome, Role};
use crate::model::timeline::{self, Cause, Moment, Shown, Shows, Sighting, Verdict};
use crate::model::url::PageUrl;
use crate::store::{
    ArticleId, Bond, FormerReading, History, Judged, Location, NewReading, PageId, ReadAttributes, ReadText, Rejudged,
    Related, Reread, RulesId, StoreError,
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
    (page, key): (PageId, &PageUrl),
    moment: Moment,
    reading: &mut NewReading,
    related: Related,
) -> Result<Option<Judged>, StoreError> {
    let history = context.store.history(page).await?;
    let shows_text = matches!(shows(reading), Shows::Text(_));
    if history.article.is_none() && !shows_text {
        return Ok(None);
    }
    let placed = if history.article.is_none() {
        identity::place(context, site, key, reading).await?
    } else {
        let also = identity::follow(context, site, &history, reading).await?;
        Placed { history, bond: Bond::Own, also, ident: None }
    };
    let known = placed.bond == Bond::Own && placed.history.article.is_some();
    let (article, seen) = (placed.history.article, placed.history.sightings.len());
    let (sightings, reread) = read_again(context, site, placed.history).await?;
    let timeline = timeline::fold(&sightings, context.confirm_after);
    let mut judged = Judged {
        article,
        bond: placed.bond,
        also: placed.also,
        ident: placed.ident,
        seen,
        timeline,
        reread,
        related: Related::Unread,
        provisional: site.profile.provisional,
    };
    let takes = if known && shows_text {
        another_story(context, site, key, &moment, &sightings, reading, &mut judged).await?
    } else {
        None
    };
    let sighting = Sighting { moment, page: key.as_str().to_owned(), shows: shows(reading) };
    let did = judged.timeline.insert(takes.as_deref().unwrap_or(&sightings), &sighting);
    // The article begins with this judgement, whichever of its readings is the first.
    let begun = matches!(judged.bond, Bond::Begun { .. });
    let verdict = if begun { Verdict::NewVersion(Cause::First) } else { did };
    reading.verdict = Some(verdict);
    let printed = matches!(verdict, Verdict::NewVersion(_) | Verdict::Same | Verdict::Held) && !reading.stranger;
    if printed && judged.timeline.counts(key.as_str()) {
        judged.related = related;
    }
    Ok(Some(judged))
}

/// A page whose text shares nothing with its article's: it begins another at once where the printed days differ too, else
/// when a visit after the time of confirmation shows that story again. Says which readings that one begins with.
async fn another_story(
    context: &Context,
    site: &Site,
    key: &PageUrl,
    moment: &Moment,
    sightings: &[Sighting],
    reading: &mut NewReading,
    judged: &mut Judged,
) -> Result<Option<Vec<Sighting>>, StoreError> {
    reading.stranger = false;
    let Shows::Text(now) = shows(reading) else { return Ok(None) };
    let own: Vec<(&Sighting, &Shown)> = texts(sightings).filter(|(s, _)| s.page == key.as_str()).collect();
    if texts(sightings).any(|(_, shown)| shown.digest == now.digest && !shown.stranger) {
        return Ok(None);
    }
    let head = head_text(context, judged).await?;
    let since = judged.timeline.strange_since(key.as_str()).cloned();
    let mut strangers: Vec<(&Sighting, &Shown)> =
        own.iter().copied().filter(|(s, shown)| shown.stranger && since.as_ref() <= Some(&s.moment)).collect();
    strangers.sort_by(|a, b| a.0.moment.cmp(&b.0.moment));
    let kin = identity::kin(context, head, reading, own.is_empty()).await?;
    let takes: Vec<Sighting> = match (kin, since, strangers.last()) {
        (Kin::Same, ..) => return Ok(None),
        (Kin::Another, ..) => Vec::new(),
        (Kin::Doubtful, Some(since), Some((_, last)))
            if moment.at.duration_since(since.at) >= context.confirm_after
                && identity::tells(context, last.digest.clone(), reading).await? =>
        {
            strangers.iter().map(|(s, _)| at_home(s)).collect()
        }
        (Kin::Doubtful, ..) => {
            reading.stranger = true;
            return Ok(None);
        }
    };
    let ident = site.profile.article.group(key.path_and_query(), "id").map(str::to_owned);
    begin(judged, &takes, moment, ident, context.confirm_after)?;
    Ok(Some(takes))
}

/// Turns a judgement of what the page showed before into one of the article that begins there with `takes`, or now.
fn begin(
    judged: &mut Judged,
    takes: &[Sighting],
    now: &Moment,
    ident: Option<String>,
    confirm_after: jiff::SignedDuration,
) -> Result<(), StoreError> {
    let after = judged.article.take();
    judged.bond = Bond::Begun {
        after: after.ok_or_else(|| StoreError::Damaged("a history without its article".into()))?,
        seen: judged.seen,
        takes: takes.iter().map(|s| s.moment.record.clone()).collect(),
        from: takes.iter().map(|s| s.moment.at).min().unwrap_or(now.at),
    };
    judged.seen = 0;
    judged.timeline = timeline::fold(takes, confirm_after);
    judged.reread = Vec::new();
    judged.ident = ident;
    Ok(())
}

/// The text that the article showed last, by today's rules.
async fn head_text(context: &Context, judged: &Judged) -> Result<Option<Text>, StoreError> {
    let Some(head) = judged.timeline.head() else { return Ok(None) };
    match text_read_again(&head.digest, &judged.reread) {
        Some(text) => Ok(Some(text)),
        None => context.store.text(head.digest.clone()).await,
    }
}

fn texts(sightings: &[Sighting]) -> impl Iterator<Item = (&Sighting, &Shown)> {
    sightings.iter().filter_map(|s| match &s.shows {
        Shows::Text(shown) => Some((s, shown)),
        _ => None,
    })
}

/// The same reading as one of its own story.
fn at_home(sighting: &Sighting) -> Sighting {
    let mut own = sighting.clone();
    if let Shows::Text(shown) = &mut own.shows {
        shown.stranger = false;
    }
    own
}

fn text_read_again(digest: &str, reread: &[Reread]) -> Option<Text> {
    reread.iter().find_map(|again| match &again.reading.text {
        Some(ReadText::New(text)) if text.digest() == digest => Some((**text).clone()),
        _ => None,
    })
}

/// The digest of the text that an article shows now, as it was read.
#[must_use]
pub(super) fn head_digest(context: &Context, history: &History) -> Option<String> {
    let timeline = timeline::fold(&history.sightings, context.confirm_after);
    timeline.head().map(|head| head.digest.clone())
}

/// Folds an article's history once more, after its facts gained weight.
///
/// # Errors
/// The store's.
pub(super) async fn judge_again(context: &Context, article: ArticleId) -> Result<(), StoreError> {
    let history = context.store.history_of(article).await?;
    let timeline = timeline::fold(&history.sightings, context.confirm_after);
    let judged = Rejudged { timeline, reread: Vec::new(), at: context.clock.now() };
    context.store.rejudge(article, history.sightings.len(), judged).await
}

/// The same, what other rules had read read again first.
///
/// # Errors
/// The store's.
pub(super) async fn judge_anew(context: &Context, site: &Arc<Site>, article: ArticleId) -> Result<(), StoreError> {
    let history = context.store.history_of(article).await?;
    let seen = history.sightings.len();
    let (sightings, reread) = read_again(context, site, history).await?;
    let timeline = timeline::fold(&sightings, context.confirm_after);
    context.store.rejudge(article, seen, Rejudged { timeline, reread, at: context.clock.now() }).await
}

/// What a reading shows of its article.
pub(super) fn shows(reading: &NewReading) -> Shows {
    match (reading.outcome, &reading.text) {
        (Outcome::Article, Some(text)) => {
            let (digest, length) = named(text);
            let rules = RulesId::name(reading.rules, &reading.extractor);
            Shows::Text(Shown { digest, length, ended: reading.ended, rules, stranger: reading.stranger })
        }
        (Outcome::Redirect, _) => match &reading.moved_to {
            Some(to) => Shows::Moved { to: to.as_str().to_owned() },
            None => Shows::SetAside,
        },
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

/// Asks a capture for the article that it holds.
pub(super) fn as_article(captured_at: Timestamp) -> Asked {
    Asked { role: Role::Article, source: Source::Article, depth: 0, captured_at, leads_on: false, twice: false }
}

/// Reads a stored payload by today's rules; `None`, with a note, where the record cannot be read back.
pub(super) async fn read_stored(
    context: &Context,
    site: &Arc<Site>,
    location: &Location,
    asked: Asked,
) -> Option<Read> {
    let (folder, location, site) = (context.folder.clone(), location.clone(), site.clone());
    let loaded = tokio::task::spawn_blocking(move || {
        let record = read_record(&folder, &location)?;
        let answer = replay(&record, None).map_err(|e| format!("{} at {}: {e}", location.file, location.offset))?;
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
    if former.rules != Some(site.rules) || former.extractor != site.extractor {
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
