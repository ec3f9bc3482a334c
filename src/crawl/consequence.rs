//! What a visit brought, read: by today's rules, or as the same payload was read before.

use std::sync::Arc;

use jiff::Timestamp;

use super::conclude::{Content, Happened};
use super::context::{Context, Site};
use super::leads::related;
use super::parts::{self, Place};
use super::reading::{self, Asked, Read};
use super::{CrawlError, judging, next};
use crate::frontier::retry::Trouble;
use crate::model::link::Source;
use crate::model::reading::{Outcome, Role};
use crate::store::{CaptureId, Due, Related};

/// What follows from a visit, before it is judged.
pub(super) struct Consequence {
    /// What the answer turned out to be.
    pub read: Option<Read>,
    /// The capture repeats bytes that the archive has.
    pub repeats: bool,
    /// What it prints under "Lire aussi".
    pub related: Related,
    /// Why there is nothing to keep from it.
    pub trouble: Option<Trouble>,
    /// For people.
    pub note: Option<String>,
    /// Which part of an article on several pages it is.
    pub part: Place,
}

/// Reads what a visit brought.
///
/// # Errors
/// The store's.
pub(super) async fn of_visit(
    context: &Context,
    site: &Arc<Site>,
    due: &Due,
    happened: &Happened,
) -> Result<Consequence, CrawlError> {
    let bare = |read, repeats| Consequence {
        read,
        repeats,
        related: Related::Unread,
        trouble: None,
        note: None,
        part: Place::Alone,
    };
    match &happened.content {
        Content::Failure(kind, detail) => {
            let note = Some(format!("{}: {detail}", kind.word()));
            Ok(Consequence { trouble: Some(next::of_failure(context, *kind)), note, ..bare(None, false) })
        }
        Content::Refused(trouble, why) => {
            Ok(Consequence { trouble: Some(*trouble), note: Some(why.clone()), ..bare(None, false) })
        }
        Content::Repeat(payload) => repeated(context, site, due, *payload, happened).await,
        Content::Answer(answer) => {
            let (asked, status) = (asked(due, happened.at), happened.status);
            let (owner, answer) = (site.clone(), answer.clone());
            let read = tokio::task::spawn_blocking(move || reading::read(&owner, &asked, &answer));
            // A page that makes the reader panic is set aside like any page that cannot be read; its bytes are kept.
            let read = read.await.unwrap_or_else(|panic| {
                Read::bare(site, due.role, Outcome::ExtractionFailed, Some(format!("the reader failed: {panic}")))
            });
            let trouble = trouble(read.reading.outcome, status);
            let note = read.reading.reason.clone();
            let related = Related::Printed(related(context, site, &read));
            Ok(Consequence { related, trouble, note, ..bare(Some(read), false) })
        }
    }
}

/// A repeated payload is read as it was read before; by today's rules, if others had read it.
async fn repeated(
    context: &Context,
    site: &Arc<Site>,
    due: &Due,
    payload: CaptureId,
    happened: &Happened,
) -> Result<Consequence, CrawlError> {
    let former = context.store.reading_of(payload).await?;
    // Of an article on several pages each part is read anew: it leads on, and the parts before it may have changed.
    let alone = due.role != Role::Article || !parts::are_told(site, happened.at);
    if let Some(reading) = former.as_ref().filter(|_| alone).and_then(|f| judging::repeated(site, due.role, f)) {
        let read = Read { reading, ..Read::bare(site, due.role, Outcome::Listing, None) };
        let trouble = trouble(read.reading.outcome, happened.status);
        let (repeats, related, part) = (true, Related::AsBefore, Place::Alone);
        return Ok(Consequence { read: Some(read), repeats, related, trouble, note: None, part });
    }
    let again = match context.store.locate(payload).await? {
        Some(location) => {
            let asked = asked(due, happened.at);
            judging::read_stored(context, site, &location, asked).await
        }
        None => None,
    };
    // A listing that other rules had read shows today's rules pages that it never showed before.
    let repeats = due.role == Role::Article || again.is_none();
    let outcome = former.map_or(Outcome::ExtractionFailed, |f| f.outcome);
    let printed = again.as_ref().map(|read| related(context, site, read));
    let read = again.unwrap_or_else(|| Read::bare(site, due.role, outcome, None));
    let related = printed.map_or(Related::AsBefore, Related::Printed);
    let trouble = trouble(read.reading.outcome, happened.status);
    Ok(Consequence { read: Some(read), repeats, related, trouble, note: None, part: Place::Alone })
}

fn asked(due: &Due, captured_at: Timestamp) -> Asked {
    Asked {
        role: due.role,
        source: due.source,
        depth: due.depth,
        captured_at,
        leads_on: due.source != Source::Redirect,
        twice: due.role == Role::Article,
    }
}

fn trouble(outcome: Outcome, status: Option<u16>) -> Option<Trouble> {
    match outcome {
        Outcome::Truncated => Some(Trouble::Truncated),
        Outcome::ErrorAnswer => Some(Trouble::Status(status.unwrap_or_default())),
        Outcome::Challenge => Some(Trouble::Status(403)),
        _ => None,
    }
}

/// An article's page that leads to the front page, or to any page that is no article, is gone in all but name.
pub(super) fn mend_redirect(context: &Context, site: &Site, due: &Due, read: &mut Read) {
    let Some(target) = &read.redirect else { return };
    let Some((owner, key)) = context.owner(target) else {
        read.reading.reason = Some(format!("leads to another site ({target}), which is not followed"));
        read.redirect = None;
        return;
    };
    if due.role == Role::Article && key != due.key && !owner.profile.is_article(&key) {
        read.reading.outcome = Outcome::SoftGone;
        read.reading.reason = Some(format!("redirected to {target}, which is no article"));
        read.redirect = None;
    }
    if owner.profile.site != site.profile.site {
        read.redirect = None;
    }
}
