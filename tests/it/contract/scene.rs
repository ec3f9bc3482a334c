//! One newspaper's pages and answers, as a crawl would hand them to its store.

use griot::model::answer::Validators;
use griot::model::article::{Author, AuthorRole, Block, BlockKind, Text};
use griot::model::link::Source;
use griot::model::reading::Role;
use griot::model::url::PageUrl;
use griot::store::{Candidate, Capture, CaptureKind, Class, Fact, Finished, Location, PageId, Record, Visit};
use jiff::{SignedDuration, Timestamp};
use url::Url;
use uuid::Uuid;

/// Whose pages they are, unless a sentence says otherwise.
pub(crate) const SITE: &str = "journal";
/// The WARC file that all records are in.
pub(crate) const WARC: &str = "00000000-000001.warc.gz";
/// How long each record is.
pub(crate) const RECORD: u64 = 1000;

/// Hours after the first morning.
pub(crate) fn hour(n: i64) -> Timestamp {
    let morning: Timestamp = "2027-03-01T08:00:00Z".parse().unwrap();
    morning + SignedDuration::from_hours(n)
}

pub(crate) fn key(name: &str) -> PageUrl {
    PageUrl::kept(format!("journal.example/{name}"))
}

pub(crate) fn url(name: &str) -> Url {
    Url::parse(&format!("https://journal.example/{name}")).unwrap()
}

/// A new article's page, due since the first morning.
pub(crate) fn candidate(name: &str) -> Candidate {
    Candidate {
        site: SITE.into(),
        key: key(name),
        url: url(name),
        found_as: url(name),
        role: Role::Article,
        source: Source::Front,
        class: Class::New,
        place: 0,
        hint_at: None,
        hint_published: false,
        told_at: None,
        due_at: hour(0),
        again: false,
        hops_left: 10,
        depth: 0,
        shape: None,
    }
}

/// A text of some length, so that none of them is less than half of another.
pub(crate) fn text(news: &str) -> Text {
    let body = format!("{news} Le pont est resté fermé trois mois, et les camions ont fait le détour par le bac.");
    Text {
        title: "Le pont rouvre".into(),
        lead: None,
        body: vec![Block { kind: BlockKind::Paragraph, text: body }],
        authors: vec![Author { name: "Awa Traoré".into(), role: AuthorRole::Byline }],
        published_on: Some(jiff::civil::date(2027, 3, 1)),
    }
}

pub(crate) fn visit(name: &str, at: Timestamp) -> Visit {
    Visit {
        url: url(name),
        asked_at: at,
        took_ms: 40,
        outcome: "answer".into(),
        status: Some(200),
        bytes: 500,
        conditional: false,
        detail: None,
        robots_rule: None,
        clock_adjusted: false,
    }
}

/// New bytes.
pub(crate) fn capture(record_id: Uuid) -> Capture {
    Capture {
        record_id,
        kind: CaptureKind::Response,
        status: 200,
        payload_digest: Some(format!("sha256:{}", record_id.simple())),
        payload_bytes: 500,
        refers_to: None,
        content_type: Some("text/html".into()),
        validators: Validators { etag: None, last_modified: None },
        location: None,
        protocol: Some("HTTP/1.1".into()),
        server_address: None,
        tls_verified: Some(true),
        truncated: None,
    }
}

/// The record of an instant: one a second, in order, in one file.
pub(crate) fn record(record_id: Uuid, kind: &str, at: Timestamp) -> Record {
    let seconds = u64::try_from(at.duration_since(hour(0)).as_secs()).unwrap();
    let location = Location { file: WARC.into(), offset: seconds * RECORD };
    Record { record_id, kind: kind.into(), location, length: RECORD, block_digest: "sha1:BLOCK".into() }
}

/// An answer with new bytes that nobody has read yet; says its record's name.
pub(crate) fn answer(page: PageId, name: &str, at: Timestamp) -> (Uuid, Finished) {
    let id = Uuid::new_v4();
    let records = vec![record(id, "response", at)];
    (id, finished(page, Fact::Fresh { visit: visit(name, at), capture: Some(capture(id)), records }))
}

/// A fact, and nothing that follows from it.
pub(crate) fn finished(page: PageId, fact: Fact) -> Finished {
    Finished {
        page,
        fact,
        reading: None,
        of: None,
        judged: None,
        found: Vec::new(),
        yielded: None,
        step: None,
        pace: None,
        robots: None,
    }
}
