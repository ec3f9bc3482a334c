//! Articles that stand on several pages: from a later part back to part one, by what each page's latest capture led to.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::row::{at, instant, unsigned};
use crate::model::instant::written;
use crate::model::url::PageUrl;
use crate::store::{Before, Location, PageId, Part, Result};

/// Pages looked at on the way back, redirects between them too.
const LONGEST_WAY: usize = 64;

/// The capture that led to a page as the next part, or redirected to it, last; and whether its page has been captured since.
const LED: &str = "SELECT c.page_id, p.key, c.captured_at, s.source, f.name, w.offset,
        EXISTS (SELECT 1 FROM capture x WHERE x.page_id = c.page_id AND x.captured_at <= ?2
                AND x.captured_at > c.captured_at)
    FROM sighting s JOIN capture c ON c.id = s.capture_id JOIN page p ON p.id = c.page_id
    JOIN capture h ON h.id = coalesce(c.refers_to, c.id)
    JOIN warc_record w ON w.capture_id = h.id AND w.type = 'response'
    JOIN warc_file f ON f.id = w.file_id
    WHERE s.page_id = ?1 AND s.source IN ('part', 'redirect') AND c.captured_at <= ?2
    ORDER BY c.captured_at DESC, c.id DESC LIMIT 1";

/// The parts before a page, as they stood at an instant.
pub(super) fn before(tx: &Transaction<'_>, page: PageId, moment: Timestamp) -> Result<Before> {
    type Columns = (i64, String, String, String, String, i64, bool);
    let mut parts: Vec<Part> = Vec::new();
    let mut here = page.0;
    for _ in 0..LONGEST_WAY {
        let led: Option<Columns> = tx
            .prepare_cached(LED)
            .and_then(|mut statement| {
                let columns = |r: &rusqlite::Row<'_>| {
                    Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?, r.get(6)?))
                };
                statement.query_row(params![here, written(moment)], columns).optional()
            })
            .map_err(at("finding the part before"))?;
        let Some((from, key, captured, source, file, offset, since)) = led else { break };
        let part = source == "part";
        if part && since {
            // It leads elsewhere now, or nowhere. What listings show was no part in the first place: a rule had taken the
            // link to the next story for one to the next part.
            if is_listed(tx, here)? {
                break;
            }
            return Ok(Before { parts: Vec::new(), orphan: true });
        }
        if from == page.0 || parts.iter().any(|known| known.page.0 == from) {
            break;
        }
        here = from;
        if part {
            parts.push(Part {
                page: PageId(from),
                key: PageUrl::kept(key),
                location: Location { file, offset: unsigned(offset) },
                captured_at: instant(&captured)?,
            });
        }
    }
    parts.reverse();
    Ok(Before { parts, orphan: false })
}

/// By [`Source::is_listing`](crate::model::link::Source::is_listing).
fn is_listed(tx: &Transaction<'_>, page: i64) -> Result<bool> {
    tx.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM sighting WHERE page_id = ?1
                        AND source NOT IN ('article', 'part', 'redirect'))",
    )
    .and_then(|mut statement| statement.query_row([page], |r| r.get(0)))
    .map_err(at("asking which listings show a page"))
}

/// Makes a page due that was taken for a part of an article, and that no page leads to as its part any more.
pub(super) fn free(tx: &Transaction<'_>, page: PageId, now: Timestamp) -> Result<()> {
    let rests: bool = tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM frontier WHERE page_id = ?1 AND due_at IS NULL)
                AND EXISTS (SELECT 1 FROM sighting WHERE page_id = ?1 AND source = 'part')",
        )
        .and_then(|mut statement| statement.query_row([page.0], |r| r.get(0)))
        .map_err(at("looking for a part that is none"))?;
    if !rests {
        return Ok(());
    }
    let before = before(tx, page, now)?;
    if before.orphan || !before.parts.is_empty() {
        return Ok(());
    }
    tx.execute("UPDATE frontier SET due_at = ?2 WHERE page_id = ?1", params![page.0, written(now)])
        .map_err(at("making a page due"))?;
    Ok(())
}
