//! One visit brought to its end: read, judged, recorded. The same way for a page just fetched and for a capture that a
//! crash had left unread.

use std::sync::Arc;

use jiff::Timestamp;

use super::consequence::{self, Consequence};
use super::context::{Context, Site, Stop};
use super::facts::Facts;
use super::next::{self, ArticleVisit};
use super::parts::{self, Place};
use super::reading::Read;
use super::recorder::{Broken, Entry, SaveError};
use super::report::Visited;
use super::{CrawlError, barren, identity, judging, leads, rot};
use crate::frontier::retry::Trouble;
use crate::frontier::revisit::ListingVisit;
use crate::model::answer::{Answer, FailureKind, Wire};
use crate::model::link::Found;
use crate::model::reading::{Outcome, Role};
use crate::model::timeline::{Cause, Moment, Verdict};
use crate::model::url::PageUrl;
use crate::store::{CaptureId, Class, Due, Fact, Finished, Judged, PaceRow, ReadAttributes, Recorded, Related, Step};
use crate::warc::record::Record;

/// A visit that has happened.
pub(super) struct Happened {
    /// What is to be written of it.
    pub fact: Fact,
    /// Its records, not yet placed.
    pub records: Vec<Record>,
    /// The capture's instant and public name, if an answer came.
    pub moment: Option<Moment>,
    /// Its instant.
    pub at: Timestamp,
    /// What it brought.
    pub content: Content,
    /// The word for the wire.
    pub wire: String,
    /// HTTP status.
    pub status: Option<u16>,
    /// Body bytes received.
    pub bytes: u64,
    /// Validators were sent.
    pub conditional: bool,
    /// Validators came.
    pub validators: bool,
    /// The group's pace after it.
    pub pace: Option<PaceRow>,
}

/// What a visit brought.
pub(super) enum Content {
    /// A body, or a refusal.
    Answer(Box<Answer>),
    /// The page of an earlier capture, unchanged.
    Repeat(CaptureId),
    /// Nothing.
    Failure(FailureKind, String),
    /// It was not asked for: robots.txt.
    Refused(Trouble, String),
}

impl Content {
    /// What an answer brought, that repeats the payload of an earlier capture with its status.
    ///
    /// The same bytes are the same page only under a status that says so: an error page that a 404 showed says another
    /// thing under a 503, and redirects to different places may all have the same body.
    #[must_use]
    pub(super) fn of(answer: Answer, repeats: Option<(CaptureId, u16)>) -> Self {
        const WITH_A_PAGE: [u16; 2] = [200, 203];
        let status = match &answer.wire {
            Wire::Failure(failure) => return Self::Failure(failure.kind, failure.detail.clone()),
            Wire::Response(response) => response.status,
        };
        match repeats {
            Some((capture, _)) if status == 304 => Self::Repeat(capture),
            Some((capture, former)) if WITH_A_PAGE.contains(&status) && WITH_A_PAGE.contains(&former) => {
                Self::Repeat(capture)
            }
            _ => Self::Answer(Box::new(answer)),
        }
    }
}

impl Happened {
    /// A visit that just ended.
    #[must_use]
    pub(super) fn now(facts: Facts, answer: Answer, pace: Option<PaceRow>) -> Self {
        let moment = facts.capture.as_ref().map(|c| Moment { at: facts.at, record: c.record_id.to_string() });
        let validators = facts.capture.as_ref().is_some_and(|c| !c.validators.is_empty());
        let content = Content::of(answer, facts.repeats.map(|payload| (payload.capture, payload.status)));
        Self {
            wire: facts.visit.outcome.clone(),
            status: facts.visit.status,
            bytes: facts.visit.bytes,
            conditional: facts.visit.conditional,
            at: facts.at,
            fact: Fact::Fresh { visit: facts.visit, capture: facts.capture, records: Vec::new() },
            records: facts.records,
            moment,
            content,
            validators,
            pace,
        }
    }
}

/// Brings one visit to its end.
///
/// # Errors
/// When nothing can be saved any more.
pub(super) async fn conclude(
    context: &Context,
    site: &Arc<Site>,
    due: &Due,
    happened: Happened,
) -> Result<Visited, CrawlError> {
    let mut consequence = consequence::of_visit(context, site, due, &happened).await?;
    let host = due.url.host_str().unwrap_or_default();
    if let Some(read) = &mut consequence.read {
        consequence::mend_redirect(context, site, due, read);
    }
    parts::settle(context, site, due, happened.at, &mut consequence).await?;
    if let Some(read) = &mut consequence.read {
        if matches!(read.reading.outcome, Outcome::Article | Outcome::Part | Outcome::Listing) {
            context.served(host);
        }
        read.reading.host_alive = context.is_alive(host);
        if let Some(moment) = &happened.moment {
            let article = consequence.part.whole().map_or(due.page, |part_one| part_one.page);
            rot::question(context, site, (article, &due.key), moment, &mut read.reading).await?;
        }
    }
    let judged = judge(context, site, due, &happened, &mut consequence).await?;
    let leads = leads::of_visit(context, site, due, happened.at, consequence.read.as_ref()).await?;
    consequence.note = consequence.note.or(leads.note);
    let step = step(site, due, &happened, &consequence, judged.as_ref(), (leads.found.len(), leads.new));
    let visited = visited(due, &happened, &consequence);
    let yielded = barren::yielded(due, &consequence, leads.new);
    let whole = consequence.part.whole().cloned();
    let finished = Finished {
        page: due.page,
        fact: happened.fact,
        reading: consequence.read.map(|r| r.reading),
        of: whole.as_ref().map(|part_one| part_one.page),
        judged,
        found: leads.found,
        yielded,
        step: Some(step),
        pace: happened.pace,
        robots: None,
    };
    let entry = Entry { finished, records: happened.records };
    let key = whole.map_or_else(|| due.key.clone(), |part_one| part_one.key);
    let recorded = save(context, site, &key, entry, happened.moment).await?;
    let left_alone = barren::leave_alone(context, due, recorded.pattern, happened.at).await?;
    Ok(Visited { new_pages: recorded.new_pages, left_alone, ..visited })
}

async fn judge(
    context: &Context,
    site: &Arc<Site>,
    due: &Due,
    happened: &Happened,
    consequence: &mut Consequence,
) -> Result<Option<Judged>, CrawlError> {
    let (Some(read), Some(moment), Role::Article) = (&mut consequence.read, &happened.moment, due.role) else {
        return Ok(None);
    };
    if consequence.part == Place::Later {
        return Ok(None);
    }
    let related = std::mem::replace(&mut consequence.related, Related::Unread);
    let page = consequence.part.whole().map_or((due.page, &due.key), |part_one| (part_one.page, &part_one.key));
    read.reading.moved_to = read
        .redirect
        .as_ref()
        .filter(|_| matches!(happened.status, Some(301 | 308)))
        .and_then(|target| context.owner(target).map(|(_, key)| key).filter(|key| *key != due.key));
    let judged = judging::judge(context, site, page, moment.clone(), &mut read.reading, related).await?;
    if read.reading.outcome == Outcome::SoftGone {
        read.redirect = None;
    }
    if let Some(other) = identity::other_page(context, site, page.1, &read.reading) {
        let rank = u32::try_from(read.found.len()).unwrap_or(u32::MAX);
        read.found.push(Found { url: other.url, rank, title: None, date_hint: None });
    }
    Ok(judged)
}

fn step(
    site: &Site,
    due: &Due,
    happened: &Happened,
    consequence: &Consequence,
    judged: Option<&Judged>,
    (shown, new): (usize, usize),
) -> Step {
    let note = consequence.note.clone();
    if let Some(trouble) = consequence.trouble {
        return next::after_trouble(due, happened.at, trouble, note.unwrap_or_default());
    }
    let Some(read) = &consequence.read else {
        return next::after_trouble(due, happened.at, Trouble::Status(0), note.unwrap_or_default());
    };
    if let Some(target) = &read.redirect {
        return match site.profile.canon.page(target) {
            Ok(key) if key == due.key => next::after_hop(due, happened.at, target.clone()),
            _ => next::after_redirect(due, happened.at, note),
        };
    }
    if matches!(consequence.part, Place::Later | Place::Last(_)) {
        return next::of_part(due, note);
    }
    let outcome = read.reading.outcome;
    let whole = happened.status != Some(304);
    if due.class == Class::Listing {
        let accepted = next::Acceptance { accepted: outcome == Outcome::Listing, whole };
        let visit = if consequence.repeats { ListingVisit::Unchanged } else { ListingVisit::Read { shown, new } };
        let deeper = due.depth > 0 && matches!(due.role, Role::Section);
        return if deeper {
            next::of_deeper_page(due, happened.at, accepted, note)
        } else {
            next::of_listing(due, happened.at, visit, accepted, note)
        };
    }
    if judged.is_none() && consequence.part != Place::First {
        return next::of_no_article(due, happened.at, note);
    }
    let changed = matches!(read.reading.verdict, Some(Verdict::NewVersion(cause)) if cause != Cause::First);
    let not_modified = happened.status == Some(304);
    let visit = ArticleVisit {
        now: happened.at,
        published: published(read),
        timeline: judged.map(|j| &j.timeline),
        validators_work: not_modified || happened.validators && (!happened.conditional || changed),
        accepted: outcome == Outcome::Article,
        whole: whole && outcome == Outcome::Article,
        changed,
    };
    next::of_article(due, &visit, note)
}

fn published(read: &Read) -> Option<Timestamp> {
    let Some(ReadAttributes::New(attributes)) = &read.reading.attributes else { return None };
    attributes.url_created_at.or_else(|| attributes.published.as_ref().and_then(|p| p.at))
}

fn visited(due: &Due, happened: &Happened, consequence: &Consequence) -> Visited {
    let reading = consequence.read.as_ref().map(|r| &r.reading);
    Visited {
        url: due.url.to_string(),
        wire: happened.wire.clone(),
        status: happened.status,
        bytes: happened.bytes,
        outcome: reading.map(|r| r.outcome.word()),
        verdict: reading.and_then(|r| r.verdict),
        reason: reading.and_then(|r| r.reason.clone()).or_else(|| consequence.note.clone()),
        new_pages: 0,
        left_alone: None,
    }
}

/// How often a history may move under a judgement before something is wrong.
const JUDGED_AGAIN: usize = 8;

/// Saves, and judges again for as long as another worker was faster with the same article.
///
/// # Errors
/// When nothing can be saved any more.
pub(super) async fn save(
    context: &Context,
    site: &Arc<Site>,
    key: &PageUrl,
    entry: Entry,
    moment: Option<Moment>,
) -> Result<Recorded, CrawlError> {
    let mut entry = entry;
    for _ in 0..JUDGED_AGAIN {
        let finished = match context.recorder.save(entry).await {
            Ok(recorded) => return Ok(recorded),
            Err(SaveError::Broken(broken)) => {
                context.stop_for(Stop::Broken);
                return Err(CrawlError::Broken(broken));
            }
            Err(SaveError::Stale(finished)) => finished,
        };
        let mut finished = *finished;
        if let (Some(reading), Some(moment), Some(judged)) = (&mut finished.reading, &moment, finished.judged.take()) {
            let related = judged.related;
            let page = (finished.of.unwrap_or(finished.page), key);
            finished.judged = judging::judge(context, site, page, moment.clone(), reading, related).await?;
        }
        entry = Entry { finished, records: Vec::new() };
    }
    Err(CrawlError::Broken(Broken::Failed("one article's history moved again and again; this is a defect".into())))
}
