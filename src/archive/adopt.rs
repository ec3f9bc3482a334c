//! After a crash: whole records that no row tells about are facts and are adopted; the torn rest is set aside.

use std::path::Path;

use url::Url;
use uuid::Uuid;

use super::{ArchiveError, committed};
use crate::model::answer::Wire;
use crate::model::url::PageUrl;
use crate::store::sqlite::SqliteStore;
use crate::store::{self, Adopted, Capture, CaptureKind, Location, Store, Visit};
use crate::warc::facts::{self, Facts};
use crate::warc::record::{Kind, Profile, Record};
use crate::warc::recovery::{self, Recovered};
use crate::warc::writer::Placed;

/// Brings WARC files and rows back together; says what was done.
pub(super) async fn recover(
    store: &SqliteStore,
    warc: &Path,
    archive: Uuid,
    owner: &(dyn Fn(&Url) -> (String, PageUrl) + Sync),
) -> Result<Vec<String>, ArchiveError> {
    let known = committed(store).await?;
    let mut said = Vec::new();
    for file in recovery::recover_folder(warc, archive, &known)? {
        let name = file.path.display();
        let adopted = adopted(&file, owner)?;
        if !adopted.is_empty() {
            said.push(format!("{name}: {} records past the last commit are whole and were adopted", adopted.len()));
        }
        if let Some(cut) = &file.cut {
            let tail = cut.tail.display();
            said.push(format!("{name}: {} torn bytes were cut off and kept in {tail} ({})", cut.bytes, cut.why));
        }
        store.adopt(adopted).await?;
    }
    Ok(said)
}

fn adopted(file: &Recovered, owner: &(dyn Fn(&Url) -> (String, PageUrl) + Sync)) -> Result<Vec<Adopted>, ArchiveError> {
    if file.whole.is_empty() {
        return Ok(Vec::new());
    }
    let fail = |e: &dyn std::fmt::Display| ArchiveError::Adoption(format!("{}: {e}", file.path.display()));
    let mut adopted = Vec::new();
    for item in file.records().map_err(|e| fail(&e))? {
        let (placed, record) = item.map_err(|e| fail(&e))?;
        adopted.push(one(&placed, &record, owner).map_err(|e| fail(&e))?);
    }
    Ok(adopted)
}

fn one(
    placed: &Placed,
    record: &Record,
    owner: &(dyn Fn(&Url) -> (String, PageUrl) + Sync),
) -> Result<Adopted, facts::Unreplayable> {
    let row = store::Record::from(placed);
    if !matches!(record.kind, Kind::Response | Kind::Revisit) {
        return Ok(Adopted::Bare { record: row, at: record.date });
    }
    let facts = facts::facts(record)?;
    let (site, key) = owner(&facts.url);
    Ok(Adopted::Visit {
        run: facts.run.unwrap_or_default(),
        key,
        site,
        visit: visit(&facts),
        capture: capture(&facts, record),
        headers: (record.profile == Some(Profile::NotModified)).then(|| facts::needs(record)).flatten(),
        record: row,
    })
}

fn visit(facts: &Facts) -> Visit {
    Visit {
        url: facts.url.clone(),
        asked_at: facts.captured_at,
        took_ms: i64::try_from(facts.took.as_millis()).unwrap_or(i64::MAX),
        outcome: if facts.status == 304 { "not-modified" } else { "answer" }.to_owned(),
        status: Some(facts.status),
        bytes: facts.body_bytes,
        conditional: !facts.conditional_on.is_empty(),
        detail: Some("recovered from its record after a crash".to_owned()),
        robots_rule: None,
        clock_adjusted: facts.clock_adjusted,
    }
}

fn capture(facts: &Facts, record: &Record) -> Capture {
    let header = |name: &str| header_of(record, name);
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

/// A header of an answer that the record holds whole.
fn header_of(record: &Record, name: &str) -> Option<String> {
    match facts::replay(record, None).ok()?.wire {
        Wire::Response(response) => response.header(name).map(str::to_owned),
        Wire::Failure(_) => None,
    }
}

impl From<crate::warc::writer::ClosedFile> for store::ClosedFile {
    fn from(closed: crate::warc::writer::ClosedFile) -> Self {
        Self { name: closed.file, length: closed.length, sha256: closed.sha256 }
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
