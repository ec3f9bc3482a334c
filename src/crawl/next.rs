//! What a visit means for the page's next: when it is due again, and where it stands in line.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::context::Context;
use crate::frontier::place::{Errand, place};
use crate::frontier::retry::{Trouble, next_try};
use crate::frontier::revisit::{
    ArticleHistory, DEEPER_CAP, LISTING_CAP, LISTING_START, LONGEST, ListingVisit, listing_interval,
};
use crate::model::answer::FailureKind;
use crate::model::timeline::Timeline;
use crate::store::{Class, Due, Step};

/// How often one request is made without validators, whatever they say.
const UNCONDITIONAL: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A page that is only ever asked again when a listing asks for it.
fn resting(due: &Due, class: Class) -> Step {
    Step {
        due_at: None,
        class,
        place: None,
        attempts: 0,
        hops_left: due.hops_left,
        url: due.url.clone(),
        interval: due.interval,
        accepted: false,
        unconditional_at: None,
        changed: false,
        note: None,
    }
}

/// A later part of an article: asked again only when the part before leads to it.
#[must_use]
pub(super) fn of_part(due: &Due, note: Option<String>) -> Step {
    Step { hops_left: super::HOPS, note, ..resting(due, Class::Revisit) }
}

/// Is this the last try for now?
#[must_use]
pub(super) fn gives_up(due: &Due, now: Timestamp, trouble: Trouble) -> bool {
    let attempts = due.attempts.saturating_add(u32::from(trouble.counts()));
    trouble.counts() && next_try(trouble, attempts.max(1), now, due.key.as_str()).is_none()
}

/// How an article's visit went, as far as its next is concerned.
#[derive(Debug, Clone, Copy)]
pub(super) struct ArticleVisit<'t> {
    /// When it ended.
    pub now: Timestamp,
    /// Publication by page or URL, or else the hint.
    pub published: Option<Timestamp>,
    /// Its history with this visit in it, if it has one.
    pub timeline: Option<&'t Timeline>,
    /// A conditional request was answered 304, or nothing speaks against its being.
    pub validators_work: bool,
    /// The reading was accepted.
    pub accepted: bool,
    /// A whole body came: the month until the next unconditional request begins anew.
    pub whole: bool,
    /// A version began.
    pub changed: bool,
}

/// The next visit of an article.
#[must_use]
pub(super) fn of_article(due: &Due, visit: &ArticleVisit<'_>, note: Option<String>) -> Step {
    let history = history(due, visit);
    let at = history.due();
    Step {
        due_at: Some(at),
        place: Some(place(Errand::Revisit { due: at, interval: history.patience() }, visit.now)),
        interval: Some(history.interval()),
        hops_left: super::HOPS,
        accepted: visit.accepted,
        unconditional_at: visit.whole.then(|| visit.now.saturating_add(UNCONDITIONAL).unwrap_or(visit.now)),
        changed: visit.changed,
        note,
        ..resting(due, Class::Revisit)
    }
}

/// How soon a page that showed no article is looked at again.
const NO_ARTICLE: SignedDuration = SignedDuration::from_hours(24);

/// The next visit of a page that has never shown an article: after a day, then after twice as long each time.
#[must_use]
pub(super) fn of_no_article(due: &Due, now: Timestamp, note: Option<String>) -> Step {
    let interval = due.interval.map_or(NO_ARTICLE, |before| before.saturating_mul(2)).min(LONGEST);
    let at = now.saturating_add(interval).unwrap_or(now);
    Step {
        due_at: Some(at),
        place: Some(place(Errand::Revisit { due: at, interval }, now)),
        interval: Some(interval),
        hops_left: super::HOPS,
        note,
        ..resting(due, Class::Revisit)
    }
}

fn history(due: &Due, visit: &ArticleVisit<'_>) -> ArticleHistory {
    let versions = visit.timeline.map(|t| t.versions.as_slice()).unwrap_or_default();
    let first_seen = versions.first().map(|v| v.first.at);
    let held = visit.timeline.and_then(|t| t.held.as_ref()).and_then(|h| h.texts.first()).map(|v| v.first.at);
    let strange = visit.timeline.and_then(|t| t.strange_since(due.key.as_str())).map(|m| m.at);
    let counts = visit.timeline.is_none_or(|t| t.counts(due.key.as_str()));
    let open = visit.timeline.and_then(|t| t.removals.last()).filter(|r| r.confirmed.is_none()).map(|r| r.first.at);
    let believed = visit.published.or(due.hint_at).filter(|p| *p <= visit.now);
    ArticleHistory {
        born: believed.or(first_seen).unwrap_or(visit.now),
        last_visit: visit.now,
        last_edit: (versions.len() > 1).then(|| versions.last().map(|v| v.first.at)).flatten(),
        validators_work: visit.validators_work,
        doubtful_since: held.or(strange).or(open),
        resting: !counts || visit.timeline.is_some_and(Timeline::is_removed),
    }
}

/// How a listing's visit went, as far as the next request's validators are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Acceptance {
    /// The reading was accepted.
    pub accepted: bool,
    /// A whole body came: the month until the next unconditional request begins anew.
    pub whole: bool,
}

/// The next visit of a listing.
#[must_use]
pub(super) fn of_listing(
    due: &Due,
    now: Timestamp,
    visit: ListingVisit,
    acceptance: Acceptance,
    note: Option<String>,
) -> Step {
    let Acceptance { accepted, whole } = acceptance;
    let before = due.interval.and_then(|i| Duration::try_from(i).ok());
    let cap = if due.depth > 0 { DEEPER_CAP } else { LISTING_CAP };
    let interval = before.map_or(LISTING_START, |before| listing_interval(before, visit, cap));
    let interval = SignedDuration::try_from(interval).unwrap_or(LONGEST);
    let at = now.saturating_add(interval).unwrap_or(now);
    Step {
        due_at: Some(at),
        place: Some(place(Errand::Listing { due: at, depth: due.depth, changed: due.hint_at }, now)),
        interval: Some(interval),
        hops_left: super::HOPS,
        accepted,
        unconditional_at: (accepted && whole).then(|| now.saturating_add(UNCONDITIONAL).unwrap_or(now)),
        note,
        ..resting(due, Class::Listing)
    }
}

/// A deeper page of a listing: asked again only when the page before it shows something new.
#[must_use]
pub(super) fn of_deeper_page(due: &Due, now: Timestamp, acceptance: Acceptance, note: Option<String>) -> Step {
    Step { due_at: None, ..of_listing(due, now, ListingVisit::Unchanged, acceptance, note) }
}

/// What a request without an answer means: it is the page's trouble, unless it may be our own.
#[must_use]
pub(super) fn of_failure(context: &Context, kind: FailureKind) -> Trouble {
    if context.may_be_ours(kind) { Trouble::Ours(kind) } else { Trouble::Failure(kind) }
}

/// The next try after a visit that gave nothing; after the last one, the page is left to the rarest revisits.
#[must_use]
pub(super) fn after_trouble(due: &Due, now: Timestamp, trouble: Trouble, note: String) -> Step {
    let attempts = due.attempts.saturating_add(u32::from(trouble.counts()));
    let retry = next_try(trouble, attempts.max(1), now, due.key.as_str());
    let step = resting(due, due.class);
    let latest = now.saturating_add(longest(due)).unwrap_or(now);
    match retry {
        Some(at) => Step { due_at: Some(at.min(latest)), attempts, note: Some(note), ..step },
        None if is_own_listing(due) || !trouble.counts() => {
            Step { due_at: Some(latest), attempts, note: Some(note), ..step }
        }
        None => Step {
            due_at: Some(latest),
            note: Some(format!("gave up for now after {attempts} attempts: {note}")),
            ..step
        },
    }
}

/// Without its listings a paper shows nothing new: they are never given up, whatever they answer.
fn is_own_listing(due: &Due) -> bool {
    due.class == Class::Listing && due.depth == 0
}

/// The longest time until a page that gave nothing is asked again.
fn longest(due: &Due) -> SignedDuration {
    if is_own_listing(due) { SignedDuration::try_from(LISTING_CAP).unwrap_or(LONGEST) } else { LONGEST }
}

/// The same page under another of its addresses: asked there at once, while hops are left.
#[must_use]
pub(super) fn after_hop(due: &Due, now: Timestamp, target: Url) -> Step {
    match due.hops_left.checked_sub(1) {
        Some(hops_left) => Step {
            due_at: Some(now),
            attempts: due.attempts,
            hops_left,
            url: target,
            place: Some(place(Errand::Given, now)),
            ..resting(due, due.class)
        },
        None => Step {
            due_at: now.saturating_add(longest(due)).ok(),
            hops_left: super::HOPS,
            note: Some("redirect-loop".into()),
            ..resting(due, due.class)
        },
    }
}

/// A page that leads to another one.
#[must_use]
pub(super) fn after_redirect(due: &Due, now: Timestamp, note: Option<String>) -> Step {
    Step { due_at: now.saturating_add(longest(due)).ok(), class: due.class, note, ..resting(due, due.class) }
}
