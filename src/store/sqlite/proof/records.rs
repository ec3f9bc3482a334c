//! What the rows say of the WARC files, record by record.

use rusqlite::{Row, params};

use super::super::read::Reader;
use super::super::row::{at, signed, unsigned};
use super::{lossy, maybe_lossy};
use crate::store::{Location, Result};

/// A WARC file as the rows answer for it.
#[derive(Debug, Clone)]
pub struct Answered {
    /// Its name.
    pub name: String,
    /// Bytes committed.
    pub length: u64,
    /// It is never touched again.
    pub closed: bool,
    /// Of the whole file, once it is closed.
    pub sha256: Option<String>,
}

/// A record as its rows tell it.
#[derive(Debug, Clone)]
pub struct KeptRecord {
    /// Where it stands.
    pub location: Location,
    /// Bytes of its member.
    pub length: u64,
    /// `WARC-Record-ID`.
    pub record_id: String,
    /// `WARC-Type`.
    pub kind: String,
    /// SHA-256 of its block, labelled.
    pub block_digest: String,
    /// The capture that it belongs to, by its record.
    pub owner: Option<String>,
    /// What the rows of that capture, its visit, its run and the capture that it repeats say: by column, as text.
    pub told: Vec<(&'static str, Option<String>)>,
}

/// What a capture's rows tell that its record tells too.
const TOLD: [&str; 25] = [
    "run.uuid",
    "visit.url",
    "visit.asked_at",
    "visit.took_ms",
    "visit.outcome",
    "visit.status",
    "visit.bytes",
    "visit.conditional",
    "visit.clock_adjusted",
    "capture.captured_at",
    "capture.kind",
    "capture.status",
    "capture.payload_digest",
    "capture.payload_bytes",
    "capture.content_type",
    "capture.etag",
    "capture.last_modified",
    "capture.location",
    "capture.protocol",
    "capture.server_address",
    "capture.tls_verified",
    "capture.truncated",
    "repeated.record_id",
    "repeated.captured_at",
    "repeated.payload_digest",
];

/// Columns before those told.
const OWN: usize = 6;

impl Reader {
    /// Every WARC file that the rows know, by name.
    ///
    /// # Errors
    /// The engine's.
    pub fn answered(&self) -> Result<Vec<Answered>> {
        let sql = "SELECT name, committed_length, closed_at IS NOT NULL, sha256 FROM warc_file ORDER BY name";
        self.rows(sql, |r| {
            let (name, length) = (lossy(r, 0)?, unsigned(r.get(1)?));
            Ok(Answered { name, length, closed: r.get(2)?, sha256: maybe_lossy(r, 3)? })
        })
    }

    /// At most `most` records of a file with a row, from `from` on and before `end`, by offset.
    ///
    /// # Errors
    /// The engine's.
    pub fn records(&self, file: &str, from: u64, end: u64, most: usize) -> Result<Vec<KeptRecord>> {
        let sql = format!(
            "SELECT w.offset, w.length, w.record_id, w.type, w.block_digest, capture.record_id, {}
             FROM warc_record w JOIN warc_file f ON f.id = w.file_id
             LEFT JOIN capture ON capture.id = w.capture_id
             LEFT JOIN visit ON visit.id = capture.visit_id
             LEFT JOIN run ON run.id = visit.run_id
             LEFT JOIN capture repeated ON repeated.id = capture.refers_to
             WHERE f.name = ?1 AND w.offset >= ?2 AND w.offset < ?3 ORDER BY w.offset LIMIT ?4",
            TOLD.join(", ")
        );
        let of = |r: &Row<'_>| {
            let told = TOLD.iter().enumerate().map(|(n, name)| Ok((*name, maybe_lossy(r, OWN + n)?)));
            Ok(KeptRecord {
                location: Location { file: file.to_owned(), offset: unsigned(r.get(0)?) },
                length: unsigned(r.get(1)?),
                record_id: lossy(r, 2)?,
                kind: lossy(r, 3)?,
                block_digest: lossy(r, 4)?,
                owner: maybe_lossy(r, 5)?,
                told: told.collect::<rusqlite::Result<_>>()?,
            })
        };
        self.connection
            .prepare_cached(&sql)
            .and_then(|mut statement| {
                let values = params![file, signed(from), signed(end), signed(most as u64)];
                statement.query_map(values, of).and_then(Iterator::collect)
            })
            .map_err(at("listing records"))
    }
}
