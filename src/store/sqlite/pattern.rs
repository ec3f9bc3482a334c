//! Patterns of addresses: how barren each is, and until when it is left alone.

use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::row::at;
use crate::model::instant::written;
use crate::store::{Candidate, PageId, Pattern, Result, Yielded};

/// Counts a visit for its pattern; says how the pattern stands after it.
pub(super) fn count(tx: &Transaction<'_>, yielded: &Yielded) -> Result<(u32, u32)> {
    let Pattern { site, class, shape } = &yielded.pattern;
    tx.prepare_cached(
        "INSERT INTO pattern (site, class, shape, barren) VALUES (?1, ?2, ?3, NOT ?4)
         ON CONFLICT DO UPDATE SET barren = CASE WHEN ?4 THEN 0 ELSE barren + 1 END,
             closures = CASE WHEN ?4 THEN 0 ELSE closures END, note = CASE WHEN ?4 THEN NULL ELSE note END
         RETURNING barren, closures",
    )
    .and_then(|mut statement| {
        statement.query_row(params![site, class.word(), shape, yielded.new_article], |r| Ok((r.get(0)?, r.get(1)?)))
    })
    .map_err(at("counting a barren page"))
}

/// Leaves a pattern alone until an instant; a page of it that waits says why.
pub(super) fn leave_alone(
    tx: &Transaction<'_>,
    pattern: &Pattern,
    before: u32,
    until: Timestamp,
    note: &str,
) -> Result<bool> {
    let Pattern { site, class, shape } = pattern;
    let until = written(until);
    let left = tx
        .execute(
            "UPDATE pattern SET barren = 0, closures = closures + 1, closed_until = ?4, note = ?5
             WHERE site = ?1 AND class = ?2 AND shape = ?3 AND closures = ?6",
            params![site, class.word(), shape, until, note, before],
        )
        .map_err(at("leaving a barren pattern alone"))?;
    if left == 0 {
        return Ok(false);
    }
    tx.execute(
        "UPDATE frontier SET due_at = ?4, note = ?5 WHERE site = ?1 AND class = ?2 AND shape = ?3 AND due_at < ?4",
        params![site, class.word(), shape, until, note],
    )
    .map_err(at("leaving a barren pattern alone"))?;
    Ok(true)
}

/// A page of a pattern that is left alone waits as long as its pattern; one that a trusted listing shows waits no more.
pub(super) fn hold_back(tx: &Transaction<'_>, page: PageId, candidate: &Candidate) -> Result<()> {
    match &candidate.shape {
        Some(shape) => {
            tx.prepare_cached(
                "UPDATE frontier SET due_at = p.closed_until, note = p.note FROM pattern p
                 WHERE page_id = ?1 AND p.site = ?2 AND p.class = ?3 AND p.shape = ?4 AND p.closed_until > due_at",
            )
            .and_then(|mut statement| statement.execute(params![page.0, candidate.site, candidate.class.word(), shape]))
        }
        None => tx
            .prepare_cached(
                "UPDATE frontier SET shape = NULL, note = NULL, due_at = min(due_at, ?2), place = min(place, ?3)
                 WHERE page_id = ?1 AND shape IS NOT NULL AND class = 'new' AND attempts = 0",
            )
            .and_then(|mut statement| statement.execute(params![page.0, written(candidate.due_at), candidate.place])),
    }
    .map_err(at("giving a page its pattern"))?;
    Ok(())
}
