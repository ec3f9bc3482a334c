//! What politeness must remember: robots rules with their history, and each group's pace.

use rusqlite::{OptionalExtension, Transaction, params};

use super::row::{at, instant};
use crate::model::instant::written;
use crate::store::{CaptureId, PaceRow, Result, RobotsRow};

/// How robots.txt stands at an origin.
pub(super) fn robots(tx: &Transaction<'_>, origin: &str) -> Result<Option<RobotsRow>> {
    let columns: Option<(String, String, String, String, String)> = tx
        .query_row(
            "SELECT checked_at, from_at, access, rules, state FROM robots WHERE origin = ?1 AND until_at IS NULL",
            [origin],
            |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)),
        )
        .optional()
        .map_err(at("reading robots rules"))?;
    let Some((checked, from, access, rules, state)) = columns else { return Ok(None) };
    Ok(Some(RobotsRow {
        origin: origin.to_owned(),
        checked_at: instant(&checked)?,
        from_at: instant(&from)?,
        access,
        rules,
        state,
    }))
}

/// Keeps what robots.txt says now; another text closes the former one's interval.
pub(super) fn keep_robots(tx: &Transaction<'_>, row: &RobotsRow, capture: Option<CaptureId>) -> Result<()> {
    let checked = written(row.checked_at);
    let same = tx
        .execute(
            "UPDATE robots SET checked_at = ?2, state = ?5
             WHERE origin = ?1 AND until_at IS NULL AND access = ?3 AND rules = ?4",
            params![row.origin, checked, row.access, row.rules, row.state],
        )
        .map_err(at("keeping robots rules"))?;
    if same > 0 {
        return Ok(());
    }
    tx.execute("UPDATE robots SET until_at = ?2 WHERE origin = ?1 AND until_at IS NULL", params![row.origin, checked])
        .and_then(|_| {
            tx.execute(
                "INSERT INTO robots (origin, from_at, checked_at, capture_id, access, rules, state)
                 VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6)",
                params![row.origin, checked, capture.map(|c| c.0), row.access, row.rules, row.state],
            )
        })
        .map_err(at("keeping robots rules"))?;
    Ok(())
}

/// A group's pace.
pub(super) fn pace(tx: &Transaction<'_>, group: &str) -> Result<Option<PaceRow>> {
    let columns: Option<(String, String)> = tx
        .query_row("SELECT next_allowed, state FROM pace WHERE name = ?1", [group], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()
        .map_err(at("reading a pace"))?;
    let Some((next, state)) = columns else { return Ok(None) };
    Ok(Some(PaceRow { name: group.to_owned(), next_allowed: instant(&next)?, state }))
}

/// Keeps a group's pace.
pub(super) fn keep_pace(tx: &Transaction<'_>, pace: &PaceRow) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO pace (name, next_allowed, state) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET next_allowed = excluded.next_allowed, state = excluded.state",
    )
    .and_then(|mut statement| statement.execute(params![pace.name, written(pace.next_allowed), pace.state]))
    .map_err(at("keeping a pace"))?;
    Ok(())
}
