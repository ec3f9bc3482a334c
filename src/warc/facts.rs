//! Back from the records: the answer as it was, and what the rows `visit` and `capture` say, without the database.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use url::Url;
use uuid::Uuid;

use super::record::{Kind, Malformed, Profile, Record, RefersTo};
use super::visit::{field, headers_id};
use super::{block, digest};
use crate::model::answer::{Answer, Response, Truncation, Validators, Wire};
use crate::model::instant;

/// What one record alone tells about its visit and capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The capture's public name.
    pub record_id: Uuid,
    /// The capture's instant.
    pub captured_at: Timestamp,
    /// The clock stood earlier than that.
    pub clock_adjusted: bool,
    /// The run that asked; `None` in records of other tools.
    pub run: Option<Uuid>,
    /// The URL asked.
    pub url: Url,
    /// When the request left; the capture's instant where the record does not tell.
    pub asked_at: Timestamp,
    /// Until the last byte; zero where the record does not tell.
    pub took: Duration,
    /// What the request was conditional on.
    pub conditional_on: Validators,
    /// The status that came, 304 included.
    pub status: u16,
    /// "HTTP/1.1", "HTTP/1.0" or "h2".
    pub protocol: &'static str,
    /// Where the bytes came from; port 0 where the record does not tell.
    pub peer: Option<SocketAddr>,
    /// TLS and verified, TLS and not verified, or plain (or unknown, in records of other tools).
    pub tls_verified: Option<bool>,
    /// Why the body is not whole.
    pub truncated: Option<Truncation>,
    /// SHA-256 of the payload; that of the earlier capture after a 304. `None` where a record of another tool does
    /// not hold the body.
    pub payload_digest: Option<String>,
    /// Bytes of the body as sent in this visit: 0 after a 304.
    pub body_bytes: u64,
    /// The validators that this answer gave.
    pub validators: Validators,
    /// Which earlier capture it repeats, and why.
    pub revisit: Option<(Profile, RefersTo)>,
}

/// Why no answer can be made of a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreplayable {
    /// It records no visit.
    #[error("a {} record is no answer of a server", .0.word())]
    Kind(Kind),
    /// The block does not begin with a status line.
    #[error("the block holds no HTTP answer")]
    Block,
    /// A field is not readable.
    #[error(transparent)]
    Field(#[from] Malformed),
    /// The other record that [`needs`] names was not given, or is another one.
    #[error("record {0} is needed to make this answer again")]
    Missing(Uuid),
    /// A record of another tool that repeats a body without naming where it is kept, and no other record was given.
    #[error("the record repeats a body but does not say which record holds it")]
    Unnamed,
    /// The other record does not hold the body that this one repeats.
    #[error("record {0} holds another body than the one repeated")]
    OtherBody(Uuid),
}

/// The other record that [`replay`] needs: the one that holds the body of an identical payload, or the headers of a
/// 304. Nothing for a response.
#[must_use]
pub fn needs(record: &Record) -> Option<Uuid> {
    match record.profile.filter(|_| record.kind == Kind::Revisit)? {
        Profile::IdenticalPayload => record.refers_to.as_ref()?.id,
        Profile::NotModified => Some(headers_id(record.id)),
    }
}

/// Reads the facts off a response or revisit.
///
/// # Errors
/// When the record is of another kind, or broken.
pub fn facts(record: &Record) -> Result<Facts, Unreplayable> {
    let url = record.target_uri.as_deref().unwrap_or_default();
    let url = Url::parse(url).map_err(|_| malformed("WARC-Target-URI", url))?;
    let (status, validators, body) = seen(record)?;
    let body_bytes = body.as_ref().map_or(0, |body| body.len() as u64);
    let payload_digest = record.extra(field::PAYLOAD_SHA256).map(str::to_owned);
    let port = read(record, field::PORT, |v| v.parse().ok())?.unwrap_or(0);
    Ok(Facts {
        record_id: record.id,
        captured_at: record.date,
        clock_adjusted: record.extra(field::CLOCK_ADJUSTED) == Some("yes"),
        run: read(record, field::RUN, |v| Uuid::parse_str(v).ok())?,
        url,
        asked_at: read(record, field::ASKED_AT, |v| instant::read(v).ok())?.unwrap_or(record.date),
        took: Duration::from_millis(read(record, field::TOOK, |v| v.parse().ok())?.unwrap_or(0)),
        conditional_on: Validators {
            etag: unguarded(record, field::IF_NONE_MATCH),
            last_modified: unguarded(record, field::IF_MODIFIED_SINCE),
        },
        status,
        protocol: protocol(record),
        peer: record.ip.map(|ip| SocketAddr::new(ip, port)),
        tls_verified: match record.extra(field::TLS) {
            Some("verified") => Some(true),
            Some("unverified") => Some(false),
            _ => None,
        },
        truncated: record.truncated,
        payload_digest: payload_digest.or_else(|| body.as_deref().map(digest::sha256)),
        body_bytes: read(record, field::PAYLOAD_LENGTH, |v| v.parse().ok())?.unwrap_or(body_bytes),
        validators,
        revisit: record.profile.zip(record.refers_to.clone()).filter(|_| record.kind == Kind::Revisit),
    })
}

/// Makes the model's answer again. `other` is the record that [`needs`] names; where a record of another tool names its
/// body by URL and date only, the record found by those. Times come back to the millisecond, and a port
/// that the record does not tell as 0.
///
/// # Errors
/// When the record holds no answer, or `other` is not the record needed.
pub fn replay(record: &Record, other: Option<&Record>) -> Result<Answer, Unreplayable> {
    let facts = facts(record)?;
    let other = match needs(record) {
        Some(id) => Some(other.filter(|other| other.id == id).ok_or(Unreplayable::Missing(id))?),
        None => other,
    };
    let (headers, body) = match (record.profile.filter(|_| record.kind == Kind::Revisit), other) {
        (Some(Profile::NotModified), Some(metadata)) => (block::read_header_lines(&metadata.block), Bytes::new()),
        (Some(_), other) => (head(record)?.headers, repeated_body(&facts, other)?),
        (None, _) => {
            let (head, body) = block::split(&record.block).ok_or(Unreplayable::Block)?;
            (head.headers, record.block.slice(body))
        }
    };
    Ok(Answer {
        url: facts.url,
        validators: facts.conditional_on,
        asked_at: facts.asked_at,
        took: facts.took,
        wire: Wire::Response(Response {
            status: facts.status,
            protocol: facts.protocol,
            headers,
            body,
            truncated: facts.truncated,
            peer: facts.peer,
            tls_verified: facts.tls_verified,
        }),
    })
}

/// The first value of a header of the answer that a record tells of. `other` is the record that [`needs`] names, where it is
/// at hand: the headers of a 304 stand in it; any other answer's stand in its own record.
#[must_use]
pub fn header(record: &Record, other: Option<&Record>, name: &str) -> Option<String> {
    let headers = match record.profile.filter(|_| record.kind == Kind::Revisit) {
        Some(Profile::NotModified) => {
            let metadata = other.filter(|other| other.id == headers_id(record.id))?;
            block::read_header_lines(&metadata.block)
        }
        _ => head(record).ok()?.headers,
    };
    bare(0, headers).header(name).map(str::to_owned)
}

/// Status, validators given, and the body if the record itself holds one.
fn seen(record: &Record) -> Result<(u16, Validators, Option<Bytes>), Unreplayable> {
    match (record.kind, record.profile) {
        (Kind::Revisit, Some(Profile::NotModified)) => {
            let given = Validators {
                etag: unguarded(record, field::ETAG),
                last_modified: unguarded(record, field::LAST_MODIFIED),
            };
            Ok((304, given, None))
        }
        (Kind::Response | Kind::Revisit, _) => {
            let (head, body) = block::split(&record.block).ok_or(Unreplayable::Block)?;
            let body = (record.kind == Kind::Response).then(|| record.block.slice(body));
            let status = head.status;
            Ok((status, validators(head), body))
        }
        (kind, _) => Err(Unreplayable::Kind(kind)),
    }
}

fn validators(head: block::Head) -> Validators {
    bare(head.status, head.headers).validators()
}

/// An answer of which nothing but its head is looked at.
fn bare(status: u16, headers: Vec<(String, Vec<u8>)>) -> Response {
    let (body, protocol) = (Bytes::new(), "HTTP/1.1");
    Response { status, protocol, headers, body, truncated: None, peer: None, tls_verified: None }
}

fn head(record: &Record) -> Result<block::Head, Unreplayable> {
    block::split(&record.block).map(|(head, _)| head).ok_or(Unreplayable::Block)
}

fn repeated_body(facts: &Facts, other: Option<&Record>) -> Result<Bytes, Unreplayable> {
    let other = other.ok_or(Unreplayable::Unnamed)?;
    let body = other.payload().ok_or(Unreplayable::OtherBody(other.id))?;
    match &facts.payload_digest {
        Some(named) if *named != digest::sha256(&body) => Err(Unreplayable::OtherBody(other.id)),
        _ => Ok(body),
    }
}

fn protocol(record: &Record) -> &'static str {
    match record.protocol.as_deref() {
        Some("h2") => "h2",
        Some("http/1.0") => "HTTP/1.0",
        _ => "HTTP/1.1",
    }
}

fn read<T>(record: &Record, name: &'static str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Unreplayable> {
    let Some(value) = record.extra(name) else { return Ok(None) };
    parse(value).map(Some).ok_or_else(|| malformed(name, value))
}

fn unguarded(record: &Record, name: &str) -> Option<String> {
    let value = record.extra(name)?;
    Some(percent_encoding::percent_decode_str(value).decode_utf8_lossy().into_owned())
}

fn malformed(field: &'static str, value: &str) -> Unreplayable {
    Unreplayable::Field(Malformed { field, value: value.chars().take(200).collect() })
}
