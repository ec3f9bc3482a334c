//! Pages as the frontier hands them out and takes them in.

use super::{CaptureId, PageId};
use crate::model::answer::Validators;
use crate::model::link::Source;
use crate::model::reading::Role;
use crate::model::url::PageUrl;
use jiff::SignedDuration;
use jiff::Timestamp;
use std::collections::HashSet;
use std::ops::RangeInclusive;
use url::Url;
use uuid::Uuid;

/// What a page waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// A listing: to show what is new.
    Listing,
    /// An article never read.
    New,
    /// An article to look at again.
    Revisit,
}

impl Class {
    /// The word written to the archive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Listing => "listing",
            Self::New => "new",
            Self::Revisit => "revisit",
        }
    }
}

/// A page to remember, due from an instant on.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The profile that owns it.
    pub site: String,
    /// Its canonical key.
    pub key: PageUrl,
    /// Where to ask for it.
    pub url: Url,
    /// As found, before it was made canonical.
    pub found_as: Url,
    /// What it should be.
    pub role: Role,
    /// How it became known.
    pub source: Source,
    /// What it waits for.
    pub class: Class,
    /// Its place in the order of service (`frontier::place`): the smaller, the sooner.
    pub place: i64,
    /// When it was published or changed, as far as its URL or the listing tells.
    pub hint_at: Option<Timestamp>,
    /// The hint is of its publication; of its last change otherwise, and it may be older.
    pub hint_published: bool,
    /// The listing's own date for it: later than its last capture, it is news of a page that is known.
    pub told_at: Option<Timestamp>,
    /// Not before.
    pub due_at: Timestamp,
    /// Due then even if it is known and waits for later.
    pub again: bool,
    /// Redirects it may still lead through.
    pub hops_left: u8,
    /// Pages of pagination, levels of sitemap indexes or articles between it and a listing of the profile's own.
    pub depth: u32,
    /// The pattern of its address, by which it may be left alone; `None`: it is asked for whatever its pattern.
    pub shape: Option<String>,
}

/// A page that is due.
#[derive(Debug, Clone)]
pub struct Due {
    /// Its row.
    pub page: PageId,
    /// The profile that owns it.
    pub site: String,
    /// Its canonical key.
    pub key: PageUrl,
    /// Where to ask.
    pub url: Url,
    /// What it should be.
    pub role: Role,
    /// How it became known.
    pub source: Source,
    /// What it waits for.
    pub class: Class,
    /// Failed attempts in a row.
    pub attempts: u32,
    /// Redirects it may still lead through.
    pub hops_left: u8,
    /// Depth below the profile's own listings.
    pub depth: u32,
    /// The pattern that its visit counts for.
    pub shape: Option<String>,
    /// When it says it was published.
    pub hint_at: Option<Timestamp>,
    /// The present interval between visits.
    pub interval: Option<SignedDuration>,
    /// The last time its text was seen to change.
    pub changed_at: Option<Timestamp>,
    /// From here on one request is unconditional.
    pub unconditional_at: Option<Timestamp>,
    /// The last whole payload that was captured: what an identical payload refers to.
    pub payload: Option<Payload>,
    /// The payload whose reading was accepted last, with the validators of the answer that showed it last.
    pub accepted: Option<Payload>,
}

/// The last whole payload of a page.
#[derive(Debug, Clone)]
pub struct Payload {
    /// Its capture.
    pub capture: CaptureId,
    /// Its record.
    pub record_id: Uuid,
    /// `sha256:` and hex, over the body as sent.
    pub digest: String,
    /// The status it came with.
    pub status: u16,
    /// The URL it was asked under.
    pub url: Url,
    /// When.
    pub captured_at: Timestamp,
    /// What later requests may be conditional on.
    pub validators: Validators,
}

/// What `next` may hand out.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Pages of these sites.
    pub sites: Vec<String>,
    /// Due by now.
    pub now: Timestamp,
    /// Of these, the ones that the run asks for at all.
    pub selection: Selection,
    /// Ranges of places in the order in which this request prefers them (`frontier::place::preference`).
    pub bands: Vec<RangeInclusive<i64>>,
    /// Under way already.
    pub taken: HashSet<PageId>,
}

/// Which pages a run asks for at all, due or not. Listings always are.
#[derive(Debug, Clone, Copy)]
pub struct Selection {
    /// Known articles to look at again too.
    pub revisits: bool,
    /// Not hinted to be older than this; a page without a hint may be of any age.
    pub since: Option<Timestamp>,
    /// Not hinted to be published at this instant or later; what was changed then may have been published before.
    pub until: Option<Timestamp>,
}

/// What the page's visit means for its next.
#[derive(Debug, Clone)]
pub struct Step {
    /// `None`: never again by itself.
    pub due_at: Option<Timestamp>,
    /// What it waits for next.
    pub class: Class,
    /// Its place in the order of service; `None` keeps the one it has.
    pub place: Option<i64>,
    /// Failed attempts in a row.
    pub attempts: u32,
    /// Redirects left.
    pub hops_left: u8,
    /// Where to ask next.
    pub url: Url,
    /// The interval chosen.
    pub interval: Option<SignedDuration>,
    /// This capture's validators are sound.
    pub accepted: bool,
    /// From here on one request is unconditional; `None` leaves what stands.
    pub unconditional_at: Option<Timestamp>,
    /// Its text changed now.
    pub changed: bool,
    /// For people: why it waits or ended.
    pub note: Option<String>,
}

/// How a listing shows a page.
#[derive(Debug, Clone)]
pub struct SightingRow {
    /// Place on the listing.
    pub rank: u32,
    /// The headline there.
    pub title: Option<String>,
    /// The date there.
    pub date_hint: Option<Timestamp>,
}
