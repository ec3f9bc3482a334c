//! An answer as rows and records: what happened, before anybody reads it.

use jiff::Timestamp;
use uuid::Uuid;

use super::context::Context;
use crate::model::answer::{Answer, Truncation, Wire};
use crate::store::{Capture, CaptureKind, Due, Payload, Visit};
use crate::warc::record::{Kind, Profile, Record};
use crate::warc::visit::{self, Prior, VisitFacts};

/// One visit's facts.
pub(super) struct Facts {
    /// The visit's row.
    pub visit: Visit,
    /// The capture's row, if an answer came.
    pub capture: Option<Capture>,
    /// Its WARC records.
    pub records: Vec<Record>,
    /// The earlier payload that the capture repeats.
    pub repeats: Option<Payload>,
    /// The capture's instant.
    pub at: Timestamp,
}

/// Makes the facts of an answer to a page's visit.
pub(super) fn of_page(context: &Context, due: &Due, answer: &Answer, robots_rule: Option<String>) -> Facts {
    of(context, due.payload.as_ref(), due.accepted.as_ref(), answer, robots_rule)
}

/// Makes the facts of an answer. `payload` is the page's last payload, `accepted` the one that validators came from.
pub(super) fn of(
    context: &Context,
    payload: Option<&Payload>,
    accepted: Option<&Payload>,
    answer: &Answer,
    robots_rule: Option<String>,
) -> Facts {
    let (at, clock_adjusted) = context.stamp(answer.asked_at);
    let record_id = Uuid::new_v4();
    let repeats = repeated(payload, accepted, answer);
    let facts = VisitFacts {
        record_id,
        captured_at: at,
        clock_adjusted,
        run: context.run_uuid,
        prior: repeats.as_ref().map(prior),
    };
    let records = visit::response(&facts, answer);
    let capture = capture(record_id, answer, &records);
    let visit = Visit {
        url: answer.url.clone(),
        asked_at: at,
        took_ms: i64::try_from(answer.took.as_millis()).unwrap_or(i64::MAX),
        outcome: wire_word(answer, capture.as_ref()).to_owned(),
        status: capture.as_ref().map(|c| c.status),
        bytes: capture.as_ref().map_or(0, |c| c.payload_bytes),
        conditional: !answer.validators.is_empty(),
        detail: detail(answer),
        robots_rule,
        clock_adjusted,
    };
    let repeats = repeats.filter(|_| capture.as_ref().is_some_and(|c| c.kind != CaptureKind::Response));
    Facts { visit, capture, records, repeats, at }
}

/// The earlier payload that an answer says to be unchanged, or that it repeats.
fn repeated(payload: Option<&Payload>, accepted: Option<&Payload>, answer: &Answer) -> Option<Payload> {
    let Wire::Response(response) = &answer.wire else { return None };
    if response.status == 304 {
        return accepted.filter(|_| !answer.validators.is_empty()).cloned();
    }
    let digest = visit::payload_digest(response);
    [accepted, payload].into_iter().flatten().find(|p| p.digest == digest).cloned()
}

fn prior(payload: &Payload) -> Prior {
    Prior {
        record_id: payload.record_id,
        target_uri: payload.url.to_string(),
        captured_at: payload.captured_at,
        payload_digest: payload.digest.clone(),
    }
}

fn capture(record_id: Uuid, answer: &Answer, records: &[Record]) -> Option<Capture> {
    let Wire::Response(response) = &answer.wire else { return None };
    let own = records.iter().find(|r| r.id == record_id)?;
    let kind = match (own.kind, own.profile) {
        (Kind::Revisit, Some(Profile::NotModified)) => CaptureKind::NotModified,
        (Kind::Revisit, _) => CaptureKind::IdenticalPayload,
        _ => CaptureKind::Response,
    };
    let header = |name: &str| response.header(name).map(str::to_owned);
    Some(Capture {
        record_id,
        kind,
        status: response.status,
        payload_digest: (kind != CaptureKind::NotModified).then(|| visit::payload_digest(response)),
        payload_bytes: response.body.len() as u64,
        refers_to: own.refers_to.as_ref().and_then(|to| to.id),
        content_type: header("content-type"),
        validators: response.validators(),
        location: header("location"),
        protocol: Some(response.protocol.to_owned()),
        server_address: response.peer.map(|p| p.to_string()),
        tls_verified: response.tls_verified,
        truncated: response.truncated.map(Truncation::word),
    })
}

fn wire_word(answer: &Answer, capture: Option<&Capture>) -> &'static str {
    match (&answer.wire, capture.map(|c| c.kind)) {
        (Wire::Failure(failure), _) => failure.kind.word(),
        (_, Some(CaptureKind::NotModified)) => "not-modified",
        _ => "answer",
    }
}

fn detail(answer: &Answer) -> Option<String> {
    match &answer.wire {
        Wire::Failure(failure) => Some(failure.detail.clone()),
        Wire::Response(_) => None,
    }
}

/// The row of a visit that never left: robots.txt, or the run itself, kept it.
#[must_use]
pub(super) fn unasked(
    context: &Context,
    due: &Due,
    outcome: &str,
    detail: String,
    robots_rule: Option<String>,
) -> Visit {
    let (at, clock_adjusted) = context.stamp(context.clock.now());
    Visit {
        url: due.url.clone(),
        asked_at: at,
        took_ms: 0,
        outcome: outcome.to_owned(),
        status: None,
        bytes: 0,
        conditional: false,
        detail: Some(detail),
        robots_rule,
        clock_adjusted,
    }
}
