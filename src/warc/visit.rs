//! How an answer becomes records: a response, or a revisit where the body is already kept.

use bytes::{Bytes, BytesMut};
use jiff::Timestamp;
use uuid::Uuid;

use super::record::{Kind, Profile, Record, RefersTo};
use super::{block, digest};
use crate::model::answer::{Answer, Response, Wire};
use crate::model::instant;

/// What the recorder knows about a visit beside the answer itself.
#[derive(Debug, Clone)]
pub struct VisitFacts {
    /// The capture's public name, made for this visit.
    pub record_id: Uuid,
    /// The capture's instant: not earlier than the archive's previous one.
    pub captured_at: Timestamp,
    /// The machine's clock stood earlier than `captured_at`.
    pub clock_adjusted: bool,
    /// The run that asked.
    pub run: Uuid,
    /// For a 304: the capture whose validators were sent. For any other answer: a capture with the same payload, if
    /// the archive has one ([`payload_digest`] finds it). Always one whose record holds its body whole.
    pub prior: Option<Prior>,
}

/// An earlier capture, whole, that a revisit points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prior {
    /// Its record: a response, never itself a revisit.
    pub record_id: Uuid,
    /// The URL that it was asked under.
    pub target_uri: String,
    /// Its instant.
    pub captured_at: Timestamp,
    /// Its payload, as [`payload_digest`] names it.
    pub payload_digest: String,
}

/// Names of griot's own fields.
pub(super) mod field {
    pub(in crate::warc) const RUN: &str = "Griot-Run";
    pub(in crate::warc) const ASKED_AT: &str = "Griot-Asked-At";
    pub(in crate::warc) const TOOK: &str = "Griot-Took-Ms";
    pub(in crate::warc) const CLOCK_ADJUSTED: &str = "Griot-Clock-Adjusted";
    pub(in crate::warc) const PORT: &str = "Griot-Port";
    pub(in crate::warc) const TLS: &str = "Griot-Tls";
    pub(in crate::warc) const IF_NONE_MATCH: &str = "Griot-If-None-Match";
    pub(in crate::warc) const IF_MODIFIED_SINCE: &str = "Griot-If-Modified-Since";
    pub(in crate::warc) const ETAG: &str = "Griot-Etag";
    pub(in crate::warc) const LAST_MODIFIED: &str = "Griot-Last-Modified";
    pub(in crate::warc) const PAYLOAD_SHA256: &str = "Griot-Payload-Sha256";
    pub(in crate::warc) const PAYLOAD_LENGTH: &str = "Griot-Payload-Length";
}

/// The archive's identity of a body: SHA-256 of it as sent, content-coding on.
#[must_use]
pub fn payload_digest(response: &Response) -> String {
    digest::sha256(&response.body)
}

/// The records of one visit in the order to append them; none when no status line came.
///
/// - The same payload as `prior`, whole and not empty: a revisit with this answer's headers.
/// - 304 and a `prior`: a metadata record with the headers, then a revisit with an empty block (readers would show
///   a page "304" if it held the status line). The metadata goes first so that a crash between the two leaves no
///   capture without its headers.
/// - Everything else: a response.
#[must_use]
pub fn response(visit: &VisitFacts, answer: &Answer) -> Vec<Record> {
    let Wire::Response(response) = &answer.wire else { return Vec::new() };
    match &visit.prior {
        Some(prior) if response.status == 304 => not_modified(visit, answer, response, prior),
        Some(prior) if repeats(response, prior) => {
            let mut record = on_the_wire(visit, answer, response, Kind::Revisit);
            record.block = Bytes::from(block::head(response.status, &response.headers, response.body.len()));
            point_to(&mut record, Profile::IdenticalPayload, prior);
            vec![with_payload(record, response)]
        }
        _ => {
            let mut record = on_the_wire(visit, answer, response, Kind::Response);
            let head = block::head(response.status, &response.headers, response.body.len());
            let mut whole = BytesMut::with_capacity(head.len() + response.body.len());
            whole.extend_from_slice(&head);
            whole.extend_from_slice(&response.body);
            record.block = whole.freeze();
            vec![with_payload(record, response)]
        }
    }
}

/// The id of the metadata record that holds the headers of a 304. Made from the revisit's, so that writing the same
/// visit twice can never give two.
#[must_use]
pub fn headers_id(revisit: Uuid) -> Uuid {
    let mut seed = revisit.as_bytes().to_vec();
    seed.extend_from_slice(b" headers of a 304");
    let name = digest::sha256(&seed);
    let half = u128::from_str_radix(&name["sha256:".len()..][..32], 16).unwrap_or_default();
    uuid::Builder::from_custom_bytes(half.to_be_bytes()).into_uuid()
}

fn repeats(response: &Response, prior: &Prior) -> bool {
    response.truncated.is_none() && !response.body.is_empty() && payload_digest(response) == prior.payload_digest
}

fn not_modified(visit: &VisitFacts, answer: &Answer, response: &Response, prior: &Prior) -> Vec<Record> {
    let mut revisit = on_the_wire(visit, answer, response, Kind::Revisit);
    point_to(&mut revisit, Profile::NotModified, prior);
    let validators = response.validators();
    push(&mut revisit, field::ETAG, validators.etag.as_deref().map(guarded));
    push(&mut revisit, field::LAST_MODIFIED, validators.last_modified.as_deref().map(guarded));
    push(&mut revisit, field::PAYLOAD_SHA256, Some(prior.payload_digest.clone()));
    push(&mut revisit, field::PAYLOAD_LENGTH, Some("0".to_owned()));

    let lines = Bytes::from(block::header_lines(&response.headers, None));
    let mut headers = Record::bare(Kind::Metadata, headers_id(visit.record_id), visit.captured_at, lines);
    headers.target_uri.clone_from(&revisit.target_uri);
    headers.content_type = Some("application/warc-fields".to_owned());
    headers.concurrent_to = Some(revisit.id);
    headers.refers_to =
        Some(RefersTo { id: Some(revisit.id), target_uri: revisit.target_uri.clone(), date: Some(revisit.date) });
    vec![headers, revisit]
}

fn on_the_wire(visit: &VisitFacts, answer: &Answer, response: &Response, kind: Kind) -> Record {
    let mut record = Record::bare(kind, visit.record_id, visit.captured_at, Bytes::new());
    record.target_uri = Some(answer.url.as_str().to_owned());
    record.content_type = Some("application/http; msgtype=response".to_owned());
    record.ip = response.peer.map(|peer| peer.ip());
    record.protocol = Some(response.protocol.to_ascii_lowercase());
    record.truncated = response.truncated;
    push(&mut record, field::RUN, Some(visit.run.to_string()));
    push(&mut record, field::ASKED_AT, Some(instant::written(answer.asked_at)));
    push(&mut record, field::TOOK, Some(answer.took.as_millis().to_string()));
    push(&mut record, field::CLOCK_ADJUSTED, visit.clock_adjusted.then(|| "yes".to_owned()));
    push(&mut record, field::PORT, response.peer.map(|peer| peer.port().to_string()));
    push(&mut record, field::TLS, Some(tls_word(response.tls_verified).to_owned()));
    push(&mut record, field::IF_NONE_MATCH, answer.validators.etag.as_deref().map(guarded));
    push(&mut record, field::IF_MODIFIED_SINCE, answer.validators.last_modified.as_deref().map(guarded));
    record
}

fn with_payload(mut record: Record, response: &Response) -> Record {
    record.payload_digest = Some(digest::sha1(&response.body));
    push(&mut record, field::PAYLOAD_SHA256, Some(payload_digest(response)));
    push(&mut record, field::PAYLOAD_LENGTH, Some(response.body.len().to_string()));
    record
}

fn point_to(record: &mut Record, profile: Profile, prior: &Prior) {
    record.profile = Some(profile);
    record.refers_to = Some(RefersTo {
        id: Some(prior.record_id),
        target_uri: Some(prior.target_uri.clone()),
        date: Some(instant::to_millisecond(prior.captured_at)),
    });
}

fn push(record: &mut Record, name: &str, value: Option<String>) {
    record.extra.extend(value.map(|value| (name.to_owned(), value)));
}

/// The word for [`Response::tls_verified`].
fn tls_word(verified: Option<bool>) -> &'static str {
    match verified {
        Some(true) => "verified",
        Some(false) => "unverified",
        None => "none",
    }
}

/// A header's value as a field of ours: controls, `%` and white space at the ends are percent-encoded, so that it
/// comes back to the byte.
fn guarded(value: &str) -> String {
    let last = value.chars().count().saturating_sub(1);
    let mut out = String::with_capacity(value.len());
    for (at, c) in value.chars().enumerate() {
        if c == '%' || c.is_control() || (c.is_whitespace() && (at == 0 || at == last)) {
            let mut letter = [0; 4];
            out.extend(c.encode_utf8(&mut letter).bytes().map(percent_encoding::percent_encode_byte));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests;
