//! Captures that wait for their reading: a crash came between the two.

use rusqlite::Transaction;

use super::frontier;
use super::row::{at, unsigned};
use crate::model::url::PageUrl;
use crate::store::{CaptureId, Location, PageId, Result, Unread};

/// Captures without a reading, oldest first.
pub(super) fn unread(tx: &Transaction<'_>) -> Result<Vec<Unread>> {
    type Columns = (i64, i64, String, String, i64, Option<(i64, u16)>);
    let mut statement = tx
        .prepare(
            "SELECT c.id, p.id, p.key, f.name, w.offset, h.id, h.status
             FROM capture c
             LEFT JOIN capture h ON h.id = c.refers_to
             JOIN page p ON p.id = c.page_id
             JOIN warc_record w ON w.capture_id = c.id AND w.type IN ('response', 'revisit')
             JOIN warc_file f ON f.id = w.file_id
             WHERE NOT EXISTS (SELECT 1 FROM reading r WHERE r.capture_id = c.id)
             ORDER BY c.captured_at, c.id",
        )
        .map_err(at("finding captures that wait"))?;
    let rows: Vec<Columns> = statement
        .query_map([], |r| {
            let repeats = r.get::<_, Option<i64>>(5)?.map(|id| r.get(6).map(|status| (id, status))).transpose()?;
            Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, repeats))
        })
        .and_then(Iterator::collect)
        .map_err(at("finding captures that wait"))?;
    let waiting = |(capture, page, key, file, offset, repeats): Columns| {
        let page = PageId(page);
        Ok(Unread {
            capture: CaptureId(capture),
            due: frontier::due_of(tx, page)?,
            page: (page, PageUrl::kept(key)),
            location: Location { file, offset: unsigned(offset) },
            repeats: repeats.map(|(id, status)| (CaptureId(id), status)),
        })
    };
    rows.into_iter().map(waiting).collect()
}
