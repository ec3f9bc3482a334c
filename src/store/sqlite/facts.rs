//! Runs, rules, visits, captures and records: appended, never changed.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use uuid::Uuid;

use super::row::{at, instant, maybe_instant, signed, unsigned, uuid};
use super::{frontier, new_uuid};
use crate::model::instant::written;
use crate::store::{
    Adopted, Capture, CaptureId, ClosedFile, Identity, Location, PageId, Record, Result, RulesId, RunBegun, RunId,
    RunStart, StoreError, Visit, WarcFile,
};

/// Names a fresh archive; an archive that has a name keeps it.
pub(super) fn identify(connection: &Connection, now: Timestamp, confirm_after: SignedDuration) -> Result<()> {
    connection
        .execute(
            "INSERT INTO archive (one, uuid, created_at, confirm_after_s) VALUES (1, ?1, ?2, ?3) ON CONFLICT DO NOTHING",
            params![new_uuid().to_string(), written(now), confirm_after.as_secs()],
        )
        .map_err(at("naming the archive"))?;
    Ok(())
}

/// Who the archive is.
pub(super) fn identity(connection: &Connection) -> Result<Identity> {
    let (name, created, confirm): (String, String, i64) = connection
        .query_row("SELECT uuid, created_at, confirm_after_s FROM archive", [], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?))
        })
        .map_err(at("reading the archive's name"))?;
    Ok(Identity {
        uuid: uuid(&name)?,
        created_at: instant(&created)?,
        confirm_after: SignedDuration::from_secs(confirm),
    })
}

/// Opens a run. A run before it without an end was killed: its row is closed here, and the caller is told.
pub(super) fn begin_run(tx: &Transaction<'_>, start: &RunStart) -> Result<RunBegun> {
    tx.execute("UPDATE run SET ended_at = ?1, end_reason = 'killed' WHERE ended_at IS NULL", [written(start.at)])
        .map_err(at("closing a killed run"))?;
    let killed: Option<String> = tx
        .query_row("SELECT max(ended_at) FROM run WHERE end_reason = 'killed'", [], |r| r.get(0))
        .map_err(at("finding killed runs"))?;
    let id = insert_run(tx, start)?;
    Ok(RunBegun { id, killed_at: maybe_instant(killed)? })
}

fn insert_run(tx: &Transaction<'_>, start: &RunStart) -> Result<RunId> {
    tx.execute(
        "INSERT INTO run (uuid, command, started_at, settings, user_agent, contact, griot_version, sqlite_version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            start.uuid.to_string(),
            start.command,
            written(start.at),
            start.settings.to_string(),
            start.user_agent,
            start.contact,
            env!("CARGO_PKG_VERSION"),
            rusqlite::version(),
        ],
    )
    .map_err(at("opening a run"))?;
    Ok(RunId(tx.last_insert_rowid()))
}

/// The last run before run ?1 that came to its end and settled what only a whole run can tell; 0 if none did.
pub(super) const SETTLED: &str =
    "(SELECT coalesce(max(id), 0) FROM run WHERE id < ?1 AND end_reason IS NOT NULL AND end_reason <> 'killed')";

/// Closes a run.
pub(super) fn end_run(tx: &Transaction<'_>, run: RunId, now: Timestamp, reason: &str) -> Result<()> {
    tx.execute("UPDATE run SET ended_at = ?2, end_reason = ?3 WHERE id = ?1", params![run.0, written(now), reason])
        .map_err(at("closing a run"))?;
    Ok(())
}

/// Keeps a profile's text once.
pub(super) fn keep_rules(
    tx: &Transaction<'_>,
    site: &str,
    digest: &str,
    toml: &str,
    now: Timestamp,
) -> Result<RulesId> {
    tx.execute(
        "INSERT INTO rules (site, digest, toml, first_used_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        params![site, digest, toml, written(now)],
    )
    .map_err(at("keeping a profile"))?;
    tx.query_row("SELECT id FROM rules WHERE site = ?1 AND digest = ?2", [site, digest], |r| r.get(0))
        .map(RulesId)
        .map_err(at("keeping a profile"))
}

/// The texts that a site's profile had.
pub(super) fn rules_of(tx: &Transaction<'_>, site: &str) -> Result<Vec<(RulesId, String)>> {
    tx.prepare_cached("SELECT id, toml FROM rules WHERE site = ?1 ORDER BY id")
        .and_then(|mut statement| {
            statement.query_map([site], |r| Ok((RulesId(r.get(0)?), r.get(1)?))).and_then(Iterator::collect)
        })
        .map_err(at("reading a site's profiles"))
}

/// Appends a visit.
pub(super) fn insert_visit(tx: &Transaction<'_>, run: RunId, page: PageId, visit: &Visit) -> Result<i64> {
    tx.prepare_cached(
        "INSERT INTO visit (run_id, page_id, url, asked_at, took_ms, outcome, status, bytes, conditional, detail,
                            robots_rule, clock_adjusted)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )
    .and_then(|mut statement| {
        statement.insert(params![
            run.0,
            page.0,
            visit.url.as_str(),
            written(visit.asked_at),
            visit.took_ms,
            visit.outcome,
            visit.status,
            signed(visit.bytes),
            visit.conditional,
            visit.detail,
            visit.robots_rule,
            visit.clock_adjusted,
        ])
    })
    .map_err(at("recording a visit"))
}

/// Appends a capture.
pub(super) fn insert_capture(
    tx: &Transaction<'_>,
    visit_id: i64,
    page: PageId,
    captured_at: Timestamp,
    capture: &Capture,
) -> Result<CaptureId> {
    let refers_to = capture.refers_to.map(|record| capture_of(tx, record)).transpose()?.flatten();
    tx.prepare_cached(
        "INSERT INTO capture (visit_id, page_id, record_id, captured_at, kind, status, payload_digest, payload_bytes,
                              refers_to, content_type, etag, last_modified, location, protocol, server_address,
                              tls_verified, truncated)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    )
    .and_then(|mut statement| {
        statement.insert(params![
            visit_id,
            page.0,
            capture.record_id.to_string(),
            written(captured_at),
            capture.kind.word(),
            capture.status,
            capture.payload_digest,
            signed(capture.payload_bytes),
            refers_to.map(|c| c.0),
            capture.content_type,
            capture.validators.etag,
            capture.validators.last_modified,
            capture.location,
            capture.protocol,
            capture.server_address,
            capture.tls_verified,
            capture.truncated,
        ])
    })
    .map(CaptureId)
    .map_err(at("recording a capture"))
}

/// Appends a record and moves the file's committed length past it.
pub(super) fn insert_record(
    tx: &Transaction<'_>,
    capture: Option<CaptureId>,
    record: &Record,
    now: Timestamp,
) -> Result<()> {
    let end = signed(record.location.offset + record.length);
    let file: i64 = tx
        .query_row(
            "INSERT INTO warc_file (name, created_at, committed_length) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET committed_length = max(committed_length, excluded.committed_length)
             RETURNING id",
            params![record.location.file, written(now), end],
            |r| r.get(0),
        )
        .map_err(at("recording a WARC file"))?;
    tx.prepare_cached(
        "INSERT INTO warc_record (record_id, type, file_id, offset, length, block_digest, capture_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )
    .and_then(|mut statement| {
        statement.insert(params![
            record.record_id.to_string(),
            record.kind,
            file,
            signed(record.location.offset),
            signed(record.length),
            record.block_digest,
            capture.map(|c| c.0),
        ])
    })
    .map_err(at("recording a WARC record"))?;
    Ok(())
}

/// The capture that a record is.
pub(super) fn capture_of(tx: &Transaction<'_>, record: Uuid) -> Result<Option<CaptureId>> {
    tx.prepare_cached("SELECT id FROM capture WHERE record_id = ?1")
        .and_then(|mut statement| statement.query_row([record.to_string()], |r| r.get(0)).optional())
        .map(|found| found.map(CaptureId))
        .map_err(at("finding a record"))
}

/// Where the bytes of a capture stand: its own record, or the one it refers to.
pub(super) fn locate(tx: &Transaction<'_>, capture: CaptureId) -> Result<Option<Location>> {
    tx.query_row(
        "SELECT f.name, w.offset FROM capture c
         JOIN warc_record w ON w.capture_id = coalesce(c.refers_to, c.id) AND w.type IN ('response', 'revisit')
         JOIN warc_file f ON f.id = w.file_id
         WHERE c.id = ?1",
        [capture.0],
        |r| Ok(Location { file: r.get(0)?, offset: unsigned(r.get(1)?) }),
    )
    .optional()
    .map_err(at("finding a record"))
}

/// The instant of the latest visit.
pub(super) fn last_visit(tx: &Transaction<'_>) -> Result<Option<Timestamp>> {
    let text =
        tx.query_row("SELECT max(asked_at) FROM visit", [], |r| r.get(0)).map_err(at("reading the last visit"))?;
    maybe_instant(text)
}

/// The WARC files known.
pub(super) fn warc_files(tx: &Transaction<'_>) -> Result<Vec<WarcFile>> {
    let mut statement = tx
        .prepare("SELECT name, committed_length, closed_at IS NOT NULL, created_at FROM warc_file ORDER BY name")
        .map_err(at("listing WARC files"))?;
    let rows: Vec<(String, i64, bool, String)> = statement
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
        .and_then(Iterator::collect)
        .map_err(at("listing WARC files"))?;
    let file = |(name, length, closed, created): (String, i64, bool, String)| {
        Ok(WarcFile { name, committed_length: unsigned(length), closed, created_at: instant(&created)? })
    };
    rows.into_iter().map(file).collect()
}

/// Notes that a file is never touched again.
pub(super) fn close_warc_file(tx: &Transaction<'_>, closed: &ClosedFile, now: Timestamp) -> Result<()> {
    let changed = tx
        .execute(
            "UPDATE warc_file SET closed_at = ?2, sha256 = ?3 WHERE name = ?1 AND committed_length = ?4",
            params![closed.name, written(now), closed.sha256, signed(closed.length)],
        )
        .map_err(at("closing a WARC file"))?;
    if changed == 1 {
        return Ok(());
    }
    Err(StoreError::Damaged(format!("{} is closed at {} bytes, which no row answers for", closed.name, closed.length)))
}

/// The run that a record names. Where the database was brought back from a copy that is older than the record, its row is
/// lost: it is made anew with what the record tells, and says so. It has no end, so that the next run counts it as killed.
fn run_of(tx: &Transaction<'_>, run: Uuid, at_least: Timestamp) -> Result<RunId> {
    let known: Option<i64> = tx
        .query_row("SELECT id FROM run WHERE uuid = ?1", [run.to_string()], |r| r.get(0))
        .optional()
        .map_err(at("finding a record's run"))?;
    if let Some(id) = known {
        return Ok(RunId(id));
    }
    let lost =
        serde_json::json!({ "lost": "this run's row is lost; it was made anew from the records that name the run" });
    tx.execute(
        "INSERT INTO run (uuid, command, started_at, settings, user_agent, griot_version, sqlite_version)
         VALUES (?1, 'unknown', ?2, ?3, 'unknown', 'unknown', 'unknown')",
        params![run.to_string(), written(at_least), lost.to_string()],
    )
    .map_err(at("making a lost run anew"))?;
    Ok(RunId(tx.last_insert_rowid()))
}

/// Writes the facts of a record that a crash left without its rows.
pub(super) fn adopt(tx: &Transaction<'_>, adopted: &Adopted) -> Result<()> {
    let (run, key, site, visit, capture, record, headers) = match adopted {
        Adopted::Bare { record, at } => return insert_record(tx, None, record, *at),
        Adopted::Visit { run, key, site, visit, capture, record, headers } => {
            (run, key, site, visit, capture, record, headers)
        }
    };
    let run_row = run_of(tx, *run, visit.asked_at)?;
    let page = frontier::page(tx, site, key, &visit.url)?;
    let visit_id = insert_visit(tx, run_row, page, visit)?;
    let id = insert_capture(tx, visit_id, page, visit.asked_at, capture)?;
    if let Some(headers) = headers {
        tx.execute("UPDATE warc_record SET capture_id = ?2 WHERE record_id = ?1", params![headers.to_string(), id.0])
            .map_err(at("giving a record its capture"))?;
    }
    insert_record(tx, Some(id), record, visit.asked_at)
}
