//! Captures read anew by other rules: which ones wait for it, and what becomes of the readings they had.

use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::row::{at, instant, unsigned};
use super::{record, seal};
use crate::model::instant::written;
use crate::store::{ArticleId, CaptureId, Location, OldReading, PageId, Reread, Result, RulesId};

/// The readings of an article's texts that stand by other rules than today's. Strangers are none of its texts.
pub(super) fn old_readings(
    tx: &Transaction<'_>,
    article: ArticleId,
    rules: RulesId,
    extractor: &str,
) -> Result<Vec<OldReading>> {
    type Columns = (i64, String, String, i64, String, i64);
    let mut statement = tx
        .prepare_cached(
            "SELECT r.capture_id, c.record_id, f.name, w.offset, c.captured_at, c.page_id
             FROM reading r JOIN reading e ON e.capture_id = coalesce(r.read_as, r.capture_id)
             JOIN capture c ON c.id = r.capture_id
             JOIN capture h ON h.id = coalesce(c.refers_to, c.id)
             JOIN warc_record w ON w.capture_id = h.id AND w.type = 'response'
             JOIN warc_file f ON f.id = w.file_id
             WHERE r.article_id = ?1 AND r.outcome = 'article' AND (r.stranger = 0 OR r.version_id IS NOT NULL)
               AND (e.rules_id IS NOT ?2 OR e.extractor <> ?3)",
        )
        .map_err(at("finding readings by former rules"))?;
    let rows: Vec<Columns> = statement
        .query_map(params![article.0, rules.0, extractor], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?))
        })
        .and_then(Iterator::collect)
        .map_err(at("finding readings by former rules"))?;
    let old = |(capture, record, file, offset, captured, page): Columns| {
        Ok(OldReading {
            capture: CaptureId(capture),
            record,
            location: Location { file, offset: unsigned(offset) },
            captured_at: instant(&captured)?,
            page: PageId(page),
        })
    };
    rows.into_iter().map(old).collect()
}

/// Takes today's readings of captures that former rules had read. What those read is kept: the former digests go on
/// resolving, and changes stay comparable under the rules that saw both sides of them.
pub(super) fn take(tx: &Transaction<'_>, article: ArticleId, reread: &[Reread], now: Timestamp) -> Result<()> {
    reread.iter().try_for_each(|again| take_one(tx, article, again, now))
}

fn take_one(tx: &Transaction<'_>, article: ArticleId, again: &Reread, now: Timestamp) -> Result<()> {
    let capture = again.capture;
    supersede(tx, again, now)?;
    let page = tx
        .query_row("SELECT page_id FROM reading WHERE capture_id = ?1", [capture.0], |r| r.get(0))
        .map_err(at("finding a reading"))?;
    record::insert_reading(tx, PageId(page), capture, Some(article), &again.reading)?;
    seal::seal(tx, capture)?;
    for other in &again.speaks_for {
        tx.prepare_cached("UPDATE reading SET read_as = ?2 WHERE capture_id = ?1")
            .and_then(|mut statement| statement.execute([other.0, capture.0]))
            .map_err(at("naming the capture that was read anew"))?;
    }
    Ok(())
}

fn supersede(tx: &Transaction<'_>, again: &Reread, now: Timestamp) -> Result<()> {
    let doing = || at("keeping a former reading");
    tx.execute(
        "INSERT OR REPLACE INTO superseded (capture_id, rules_id, extractor, text_digest, attributes_digest, at)
         SELECT capture_id, rules_id, extractor, text_digest, attributes_digest, ?2 FROM reading WHERE capture_id = ?1",
        params![again.capture.0, written(now)],
    )
    .map_err(doing())?;
    // Rules that are in force again have superseded nothing.
    tx.execute(
        "DELETE FROM superseded WHERE capture_id = ?1 AND rules_id IS ?2 AND extractor = ?3",
        params![again.capture.0, again.reading.rules.map(|r| r.0), again.reading.extractor],
    )
    .map_err(doing())?;
    Ok(())
}
