//! What a record alone tells of its visit and capture: the rows that adoption writes, and that verification compares with.

use crate::store::{self, Capture, CaptureKind, Location, Visit};
use crate::warc::facts::{self, Facts, Unreplayable};
use crate::warc::record::{Profile, Record};
use crate::warc::writer::Placed;

/// The visit and capture of a response or revisit. `headers` is the record that holds the headers of a 304, where it is at
/// hand.
pub(super) fn told(record: &Record, headers: Option<&Record>) -> Result<(Facts, Visit, Capture), Unreplayable> {
    let facts = facts::facts(record)?;
    let capture = capture(&facts, record, headers);
    let visit = visit(&facts, capture.kind);
    Ok((facts, visit, capture))
}

fn visit(facts: &Facts, kind: CaptureKind) -> Visit {
    Visit {
        url: facts.url.clone(),
        asked_at: facts.captured_at,
        took_ms: i64::try_from(facts.took.as_millis()).unwrap_or(i64::MAX),
        outcome: if kind == CaptureKind::NotModified { "not-modified" } else { "answer" }.to_owned(),
        status: Some(facts.status),
        bytes: facts.body_bytes,
        conditional: !facts.conditional_on.is_empty(),
        detail: Some("recovered from its record after a crash".to_owned()),
        robots_rule: None,
        clock_adjusted: facts.clock_adjusted,
    }
}

fn capture(facts: &Facts, record: &Record, headers: Option<&Record>) -> Capture {
    let header = |name: &str| facts::header(record, headers, name);
    let kind = match facts.revisit {
        None => CaptureKind::Response,
        Some((Profile::IdenticalPayload, _)) => CaptureKind::IdenticalPayload,
        Some((Profile::NotModified, _)) => CaptureKind::NotModified,
    };
    Capture {
        record_id: facts.record_id,
        kind,
        status: facts.status,
        // A 304 brought no payload of its own.
        payload_digest: facts.payload_digest.clone().filter(|_| kind != CaptureKind::NotModified),
        payload_bytes: facts.body_bytes,
        refers_to: facts.revisit.as_ref().and_then(|(_, to)| to.id),
        content_type: header("content-type"),
        validators: facts.validators.clone(),
        location: header("location"),
        protocol: Some(facts.protocol.to_owned()),
        server_address: facts.peer.map(|p| p.to_string()),
        tls_verified: facts.tls_verified,
        truncated: facts.truncated.map(crate::model::answer::Truncation::word),
    }
}

impl From<&Placed> for store::Record {
    fn from(placed: &Placed) -> Self {
        Self {
            record_id: placed.record_id,
            kind: placed.kind.word().to_owned(),
            location: Location { file: placed.file.clone(), offset: placed.offset },
            length: placed.length,
            block_digest: placed.block_digest.clone(),
        }
    }
}
