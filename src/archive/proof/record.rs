//! One record against the rows that tell of it: they must say what adoption would write if the rows were lost.

use std::net::SocketAddr;

use uuid::Uuid;

use super::super::told::told;
use crate::model::instant::written;
use crate::store::sqlite::KeptRecord;
use crate::warc::facts::needs;
use crate::warc::record::{Kind, Profile, Record};
use crate::warc::writer::Placed;

/// What of a record's rows is not as the record says. `headers` is the last record of headers before it.
pub(super) fn disagreements(
    row: &KeptRecord,
    placed: &Placed,
    record: &Record,
    headers: Option<&Record>,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut must = |column: &str, row: &str, record: &str| {
        if row != record {
            found.push(format!("warc_record.{column} is {row}, the record says {record}"));
        }
    };
    must("record_id", &row.record_id, &placed.record_id.to_string());
    must("length", &row.length.to_string(), &placed.length.to_string());
    must("type", &row.kind, placed.kind.word());
    must("block_digest", &row.block_digest, &placed.block_digest);
    let owner = owner(record);
    // The headers of a 304 that never was recorded belong to nobody.
    if row.owner != owner && !(record.kind == Kind::Metadata && row.owner.is_none()) {
        found.push(format!("its row is of {}, the record is of {}", whose(row.owner.as_ref()), whose(owner.as_ref())));
    }
    if row.owner.as_deref() == Some(&record.id.to_string()) {
        found.extend(of_capture(row, record, headers));
    }
    found
}

/// The capture that a record belongs to.
fn owner(record: &Record) -> Option<String> {
    match record.kind {
        Kind::Response | Kind::Revisit => Some(record.id.to_string()),
        _ => record.concurrent_to.as_ref().map(Uuid::to_string),
    }
}

fn whose(owner: Option<&String>) -> String {
    owner.map_or_else(|| "no capture".to_owned(), |record| format!("capture {record}"))
}

fn of_capture(row: &KeptRecord, record: &Record, headers: Option<&Record>) -> Vec<String> {
    let headers = headers.filter(|headers| needs(record) == Some(headers.id));
    let wanted = match columns(record, headers) {
        Ok(wanted) => wanted,
        Err(words) => return vec![words],
    };
    let said = |name: &str| row.told.iter().find(|(n, _)| *n == name).and_then(|(_, value)| value.clone());
    let unlike = wanted.into_iter().filter_map(|(name, wanted)| {
        let said = said(name);
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
        (said != wanted && !is_same_address(name, said.as_ref(), wanted.as_ref()))
            .then(|| format!("{name} is {}, the record says {}", shown(&said), shown(&wanted)))
    });
    unlike.collect()
}

/// A record tells no scope of an address.
fn is_same_address(name: &str, said: Option<&String>, wanted: Option<&String>) -> bool {
    let read = |value: Option<&String>| value.and_then(|v| v.parse::<SocketAddr>().ok()).map(|a| (a.ip(), a.port()));
    name == "capture.server_address" && said.is_some() && read(said) == read(wanted)
}

type Columns = Vec<(&'static str, Option<String>)>;

/// What the columns must say.
fn columns(record: &Record, headers: Option<&Record>) -> Result<Columns, String> {
    let (facts, visit, capture) = told(record, headers).map_err(|e| e.to_string())?;
    let flag = |yes: bool| Some(u8::from(yes).to_string());
    let at = Some(written(record.date));
    let mut columns: Columns = vec![
        ("run.uuid", Some(facts.run.unwrap_or_default().to_string())),
        ("visit.url", Some(visit.url.to_string())),
        ("visit.asked_at", at.clone()),
        ("visit.took_ms", Some(visit.took_ms.to_string())),
        ("visit.outcome", Some(visit.outcome)),
        ("visit.status", visit.status.map(|s| s.to_string())),
        ("visit.bytes", Some(visit.bytes.to_string())),
        ("visit.conditional", flag(visit.conditional)),
        ("visit.clock_adjusted", flag(visit.clock_adjusted)),
        ("capture.captured_at", at),
        ("capture.kind", Some(capture.kind.word().to_owned())),
        ("capture.status", Some(capture.status.to_string())),
        ("capture.payload_digest", capture.payload_digest),
        ("capture.payload_bytes", Some(capture.payload_bytes.to_string())),
        ("capture.etag", capture.validators.etag),
        ("capture.last_modified", capture.validators.last_modified),
        ("capture.protocol", capture.protocol),
        ("capture.server_address", capture.server_address),
        ("capture.tls_verified", capture.tls_verified.and_then(flag)),
        ("capture.truncated", capture.truncated.map(str::to_owned)),
        ("repeated.record_id", capture.refers_to.map(|id| id.to_string())),
    ];
    if let Some((_, to)) = &facts.revisit {
        columns.push(("repeated.captured_at", to.date.map(written)));
        columns.push(("repeated.payload_digest", facts.payload_digest));
    }
    // The headers of a 304 may stand in the file before this one, which was closed between the two.
    if record.profile != Some(Profile::NotModified) || headers.is_some() {
        columns.push(("capture.content_type", capture.content_type));
        columns.push(("capture.location", capture.location));
    }
    Ok(columns)
}
