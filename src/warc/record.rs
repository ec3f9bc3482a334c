//! A WARC record as a value, and its written form: WARC/1.1, ISO 28500:2017.

use std::net::IpAddr;

use bytes::Bytes;
use jiff::Timestamp;
use uuid::Uuid;

use super::{block, digest};
use crate::model::answer::Truncation;
use crate::model::instant;

/// What a record is, `WARC-Type`, §6. griot writes the first four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the standard's own words")]
pub enum Kind {
    Warcinfo,
    Response,
    Revisit,
    Metadata,
    Request,
    Resource,
    Conversion,
    Continuation,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Warcinfo,
        Self::Response,
        Self::Revisit,
        Self::Metadata,
        Self::Request,
        Self::Resource,
        Self::Conversion,
        Self::Continuation,
    ];

    /// The word of the standard, written to the archive too.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Warcinfo => "warcinfo",
            Self::Response => "response",
            Self::Revisit => "revisit",
            Self::Metadata => "metadata",
            Self::Request => "request",
            Self::Resource => "resource",
            Self::Conversion => "conversion",
            Self::Continuation => "continuation",
        }
    }

    /// The kind that a word names.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Why a revisit holds no body of its own, `WARC-Profile`, §6.7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Profile {
    /// The body came again, the same to the byte.
    IdenticalPayload,
    /// The server answered 304.
    NotModified,
}

impl Profile {
    /// The URI of WARC/1.1.
    #[must_use]
    pub fn uri(self) -> &'static str {
        match self {
            Self::IdenticalPayload => "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
            Self::NotModified => "http://netpreserve.org/warc/1.1/revisit/server-not-modified",
        }
    }

    /// By the last word of the URI: the rest differs between WARC/1.0 and 1.1.
    fn named(uri: &str) -> Option<Self> {
        match uri.rsplit('/').next() {
            // Some tools say with "uri-agnostic-" that the earlier record may be of another URL: true of ours as well.
            Some("identical-payload-digest" | "uri-agnostic-identical-payload-digest") => Some(Self::IdenticalPayload),
            Some("server-not-modified") => Some(Self::NotModified),
            _ => None,
        }
    }
}

/// The earlier record that a record points to. Records of others may name it in part only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefersTo {
    /// `WARC-Refers-To`.
    pub id: Option<Uuid>,
    /// `WARC-Refers-To-Target-URI`.
    pub target_uri: Option<String>,
    /// `WARC-Refers-To-Date`.
    pub date: Option<Timestamp>,
}

/// One record. Digests of the block are made when it is written, so that they cannot disagree with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// `WARC-Record-ID`, the public name of a capture.
    pub id: Uuid,
    /// `WARC-Date`, to the millisecond.
    pub date: Timestamp,
    /// `WARC-Type`.
    pub kind: Kind,
    /// `WARC-Target-URI`.
    pub target_uri: Option<String>,
    /// `WARC-IP-Address`.
    pub ip: Option<IpAddr>,
    /// `WARC-Protocol`, an extension that the IIPC proposes: `http/1.1` or `h2`.
    pub protocol: Option<String>,
    /// `WARC-Truncated`. A reason that the model does not know is read as [`Truncation::Disconnect`].
    pub truncated: Option<Truncation>,
    /// `WARC-Payload-Digest`, labelled.
    pub payload_digest: Option<String>,
    /// `WARC-Profile`, on revisits.
    pub profile: Option<Profile>,
    /// `WARC-Refers-To` and its company.
    pub refers_to: Option<RefersTo>,
    /// `WARC-Concurrent-To`, the first one.
    pub concurrent_to: Option<Uuid>,
    /// `Content-Type` of the block.
    pub content_type: Option<String>,
    /// Every other field in the order written: `Griot-…`, and what other tools write.
    pub extra: Vec<(String, String)>,
    /// What the record holds.
    pub block: Bytes,
}

/// A field that is not what the standard asks for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the field {field} says `{value}`, which is no value of it")]
pub struct Malformed {
    /// Its name.
    pub field: &'static str,
    /// Its value, or "nothing".
    pub value: String,
}

impl Record {
    /// A record with nothing but what every record must have.
    #[must_use]
    pub fn bare(kind: Kind, id: Uuid, date: Timestamp, block: Bytes) -> Self {
        Self {
            id,
            date: instant::to_millisecond(date),
            kind,
            target_uri: None,
            ip: None,
            protocol: None,
            truncated: None,
            payload_digest: None,
            profile: None,
            refers_to: None,
            concurrent_to: None,
            content_type: None,
            extra: Vec::new(),
            block,
        }
    }

    /// The first value of an extension field; letters of either case are the same.
    #[must_use]
    pub fn extra(&self, name: &str) -> Option<&str> {
        self.extra.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// What was asked for and came: the body of an HTTP response, the block of a resource.
    #[must_use]
    pub fn payload(&self) -> Option<Bytes> {
        match self.kind {
            Kind::Response => block::split(&self.block).map(|(_, body)| self.block.slice(body)),
            Kind::Resource => Some(self.block.clone()),
            _ => None,
        }
    }

    /// The record as it stands in a file before compression.
    #[must_use]
    pub(super) fn encode(&self, warcinfo: Option<Uuid>) -> Vec<u8> {
        let mut out = b"WARC/1.1\r\n".to_vec();
        for (name, value) in self.fields(warcinfo) {
            push_field(&mut out, &name, &value);
        }
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(&self.block);
        out.extend_from_slice(b"\r\n\r\n");
        out
    }

    fn fields(&self, warcinfo: Option<Uuid>) -> Vec<(String, String)> {
        let refers = self.refers_to.as_ref();
        let standard = [
            ("WARC-Type", Some(self.kind.word().to_owned())),
            ("WARC-Record-ID", Some(urn(self.id))),
            ("WARC-Date", Some(instant::written(self.date))),
            ("WARC-Target-URI", self.target_uri.as_deref().map(safe_uri)),
            ("WARC-Warcinfo-ID", warcinfo.map(urn)),
            ("WARC-Concurrent-To", self.concurrent_to.map(urn)),
            ("WARC-IP-Address", self.ip.map(|ip| ip.to_string())),
            ("WARC-Protocol", self.protocol.clone()),
            ("WARC-Truncated", self.truncated.map(|t| t.word().to_owned())),
            ("WARC-Profile", self.profile.map(|p| p.uri().to_owned())),
            ("WARC-Refers-To", refers.and_then(|r| r.id).map(urn)),
            ("WARC-Refers-To-Target-URI", refers.and_then(|r| r.target_uri.as_deref()).map(safe_uri)),
            ("WARC-Refers-To-Date", refers.and_then(|r| r.date).map(instant::written)),
            ("WARC-Payload-Digest", self.payload_digest.clone()),
            ("WARC-Block-Digest", Some(digest::sha1(&self.block))),
            (BLOCK_SHA256, Some(digest::sha256(&self.block))),
        ];
        let tail =
            [("Content-Type", self.content_type.clone()), ("Content-Length", Some(self.block.len().to_string()))];
        let named = |(name, value): (&str, Option<String>)| value.map(|value| (name.to_owned(), value));
        standard
            .into_iter()
            .filter_map(named)
            .chain(self.extra.clone())
            .chain(tail.into_iter().filter_map(named))
            .collect()
    }
}

/// The whole SHA-256 of the block, where the standard has room for one digest only.
pub(super) const BLOCK_SHA256: &str = "Griot-Block-Sha256";

/// `<urn:uuid:…>`, as every tool writes record ids.
fn urn(id: Uuid) -> String {
    format!("<{}>", id.urn())
}

/// A field is one line whatever its value holds.
fn push_field(out: &mut Vec<u8>, name: &str, value: &str) {
    out.extend(name.bytes().map(|b| if b.is_ascii_alphanumeric() || b == b'-' || b == b'_' { b } else { b'-' }));
    out.extend_from_slice(b": ");
    let line: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    out.extend_from_slice(line.trim().as_bytes());
    out.extend_from_slice(b"\r\n");
}

/// A URI without white space, controls, letters outside ASCII or angle brackets: those are percent-encoded.
pub(super) fn safe_uri(uri: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'<').add(b'>').add(b'"');
    utf8_percent_encode(uri, UNSAFE).to_string()
}

/// Makes the value again from the fields of a written record.
///
/// # Errors
/// When type, id or date are not there or not readable, or another field of the standard is not.
pub(super) fn decode(fields: &[(String, String)], block: Bytes) -> Result<Record, Malformed> {
    let field = |name: &str| fields.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str());
    let kind = required("WARC-Type", field("WARC-Type"), Kind::named)?;
    let id = required("WARC-Record-ID", field("WARC-Record-ID"), read_urn)?;
    let date = required("WARC-Date", field("WARC-Date"), |v| v.parse().ok())?;
    let refers_to = RefersTo {
        id: optional("WARC-Refers-To", field("WARC-Refers-To"), read_urn)?,
        target_uri: field("WARC-Refers-To-Target-URI").map(bare_uri),
        date: optional("WARC-Refers-To-Date", field("WARC-Refers-To-Date"), |v| v.parse().ok())?,
    };
    let points = refers_to.id.is_some() || refers_to.target_uri.is_some() || refers_to.date.is_some();
    Ok(Record {
        id,
        date,
        kind,
        target_uri: field("WARC-Target-URI").map(bare_uri),
        ip: optional("WARC-IP-Address", field("WARC-IP-Address"), |v| v.parse().ok())?,
        protocol: field("WARC-Protocol").map(str::to_owned),
        truncated: field("WARC-Truncated").map(read_truncation),
        payload_digest: field("WARC-Payload-Digest").map(str::to_owned),
        profile: optional("WARC-Profile", field("WARC-Profile"), Profile::named)?,
        refers_to: points.then_some(refers_to),
        concurrent_to: optional("WARC-Concurrent-To", field("WARC-Concurrent-To"), read_urn)?,
        content_type: field("Content-Type").map(str::to_owned),
        extra: fields.iter().filter(|(name, _)| !is_modelled(name)).cloned().collect(),
        block,
    })
}

fn is_modelled(name: &str) -> bool {
    const NAMES: [&str; 18] = [
        "WARC-Type",
        "WARC-Record-ID",
        "WARC-Date",
        "WARC-Target-URI",
        "WARC-Warcinfo-ID",
        "WARC-Concurrent-To",
        "WARC-IP-Address",
        "WARC-Protocol",
        "WARC-Truncated",
        "WARC-Profile",
        "WARC-Refers-To",
        "WARC-Refers-To-Target-URI",
        "WARC-Refers-To-Date",
        "WARC-Payload-Digest",
        "WARC-Block-Digest",
        BLOCK_SHA256,
        "Content-Type",
        "Content-Length",
    ];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn required<T>(name: &'static str, value: Option<&str>, read: impl Fn(&str) -> Option<T>) -> Result<T, Malformed> {
    optional(name, value, read)?.ok_or_else(|| Malformed { field: name, value: "nothing".to_owned() })
}

fn optional<T>(
    field: &'static str,
    value: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Malformed> {
    let Some(value) = value else { return Ok(None) };
    read(value).map(Some).ok_or_else(|| Malformed { field, value: value.chars().take(200).collect() })
}

fn read_urn(value: &str) -> Option<Uuid> {
    Uuid::parse_str(bare_uri(value).strip_prefix("urn:uuid:")?).ok()
}

/// Some tools put angle brackets around target URIs as well.
fn bare_uri(value: &str) -> String {
    value.strip_prefix('<').and_then(|v| v.strip_suffix('>')).unwrap_or(value).to_owned()
}

fn read_truncation(word: &str) -> Truncation {
    [Truncation::Length, Truncation::Time].into_iter().find(|t| t.word() == word).unwrap_or(Truncation::Disconnect)
}
