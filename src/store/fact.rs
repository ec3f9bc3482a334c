//! Facts on their way in and out: runs, visits, captures, records.

use super::{CaptureId, RunId};
use crate::model::amount::Amount;
use crate::model::answer::Validators;
use crate::model::url::PageUrl;
use jiff::SignedDuration;
use jiff::Timestamp;
use url::Url;
use uuid::Uuid;

/// Who the archive is.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Made with the archive; its first eight digits name its WARC files.
    pub uuid: Uuid,
    /// When it was made.
    pub created_at: Timestamp,
    /// How long a cut or an absence must last here before it is believed.
    pub confirm_after: SignedDuration,
}

/// One invocation that writes.
#[derive(Debug, Clone)]
pub struct RunStart {
    /// Names it in WARC records.
    pub uuid: Uuid,
    /// The command line's words.
    pub command: String,
    /// When it began.
    pub at: Timestamp,
    /// The settings in force, as JSON.
    pub settings: serde_json::Value,
    /// As sent.
    pub user_agent: String,
    /// As sent in `From`.
    pub contact: Option<String>,
}

/// A run that has begun.
#[derive(Debug, Clone, Copy)]
pub struct RunBegun {
    /// Its row.
    pub id: RunId,
    /// When the latest run that never said how it ended was found so: its last request, to any group, may have left at
    /// any moment before.
    pub killed_at: Option<Timestamp>,
}

/// What an archive's requests have cost.
#[derive(Debug, Clone, Copy)]
pub struct Spending {
    /// Counted at this instant.
    pub as_of: Timestamp,
    /// On the present day, UTC.
    pub day: Amount,
    /// In the present month, UTC.
    pub month: Amount,
    /// What listings and new articles took a day, over the last week.
    pub usual: Amount,
}

/// A visit's row.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The URL asked.
    pub url: Url,
    /// When.
    pub asked_at: Timestamp,
    /// Milliseconds to the end.
    pub took_ms: i64,
    /// What happened on the wire.
    pub outcome: String,
    /// HTTP status.
    pub status: Option<u16>,
    /// Body bytes received.
    pub bytes: u64,
    /// Conditional on validators.
    pub conditional: bool,
    /// For people.
    pub detail: Option<String>,
    /// The robots rule that let it through or stopped it.
    pub robots_rule: Option<String>,
    /// The clock stood before the archive's previous visit and was raised.
    pub clock_adjusted: bool,
}

/// The three kinds of record a capture can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaptureKind {
    /// New bytes.
    Response,
    /// Bytes that the archive has.
    IdenticalPayload,
    /// 304.
    NotModified,
}

impl CaptureKind {
    /// The word written to the archive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::IdenticalPayload => "identical-payload",
            Self::NotModified => "not-modified",
        }
    }
}

/// A capture's row.
#[derive(Debug, Clone)]
pub struct Capture {
    /// Its public name.
    pub record_id: Uuid,
    /// Its kind.
    pub kind: CaptureKind,
    /// HTTP status.
    pub status: u16,
    /// `sha256:` and hex, over the body as sent; `None` for 304.
    pub payload_digest: Option<String>,
    /// Its length.
    pub payload_bytes: u64,
    /// The record it refers to.
    pub refers_to: Option<Uuid>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// The answer's validators.
    pub validators: Validators,
    /// `Location`.
    pub location: Option<String>,
    /// "HTTP/1.1" or "h2".
    pub protocol: Option<String>,
    /// Address and port.
    pub server_address: Option<String>,
    /// See `model::answer::Response`.
    pub tls_verified: Option<bool>,
    /// The word of the standard.
    pub truncated: Option<&'static str>,
}

/// A record's row.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its name.
    pub record_id: Uuid,
    /// Its WARC type.
    pub kind: String,
    /// Where it stands.
    pub location: Location,
    /// Compressed length.
    pub length: u64,
    /// Digest of its block.
    pub block_digest: String,
}

/// Where a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The WARC file's name.
    pub file: String,
    /// Where its member begins.
    pub offset: u64,
}

/// A WARC file that is never touched again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedFile {
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub length: u64,
    /// SHA-256 of the whole file, labelled.
    pub sha256: String,
}

/// What happened, to be written with what follows from it.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "most are fresh; few are alive at once")]
pub enum Fact {
    /// A visit that just ended.
    Fresh {
        /// Its row.
        visit: Visit,
        /// Its capture, if an answer came.
        capture: Option<Capture>,
        /// The records written for it.
        records: Vec<Record>,
    },
    /// A capture whose facts are in the archive and whose reading is not.
    Known(CaptureId),
}

/// A WARC record found past what was committed.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "made and used up one by one")]
pub enum Adopted {
    /// A record that is no capture: warcinfo, metadata.
    Bare {
        /// Its row.
        record: Record,
        /// Its instant.
        at: Timestamp,
    },
    /// A capture, its rows rebuilt from the record's own headers.
    Visit {
        /// The run that made it.
        run: Uuid,
        /// The page.
        key: PageUrl,
        /// The site that owns it.
        site: String,
        /// The visit's row.
        visit: Visit,
        /// The capture's row.
        capture: Capture,
        /// The record's row.
        record: Record,
        /// The record before it that keeps its headers.
        headers: Option<Uuid>,
    },
}

/// A WARC file as the archive knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarcFile {
    /// Its name.
    pub name: String,
    /// Bytes that the archive answers for.
    pub committed_length: u64,
    /// Never touched again.
    pub closed: bool,
    /// When it was begun.
    pub created_at: Timestamp,
}

/// How robots.txt stands at an origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RobotsRow {
    /// `https://host[:port]`.
    pub origin: String,
    /// When it was last asked for.
    pub checked_at: Timestamp,
    /// Since when it stands so.
    pub from_at: Timestamp,
    /// "rules", "allow-all" or "unreachable".
    pub access: String,
    /// The text in force.
    pub rules: String,
    /// Everything politeness must remember of it, as JSON.
    pub state: String,
}

/// A pace group's state, to be kept with the visit that changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaceRow {
    /// The group.
    pub name: String,
    /// No request before this.
    pub next_allowed: Timestamp,
    /// The rest, as JSON.
    pub state: String,
}
