//! One finished visit, written whole: facts, reading, article, finds, next visit, manners.

use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::row::{at, instant, signed};
use super::{article, facts, frontier, health, identity, links, manners, pattern, reread, seal, version};
use crate::model::timeline::Verdict;
use crate::store::{
    ArticleId, CaptureId, Fact, Finished, NewReading, PageId, Recorded, Related, Result, RunId, StoreError,
};

/// Writes one finished visit inside the caller's transaction.
pub(super) fn record(tx: &Transaction<'_>, run: RunId, finished: &Finished) -> Result<Recorded> {
    let (capture, now) = fact(tx, run, finished)?;
    let mut versions = 0;
    if let (Some(reading), Some(capture)) = (&finished.reading, capture) {
        let page = finished.of.unwrap_or(finished.page);
        let article = finished.judged.as_ref().map(|j| identity::bind(tx, page, j, now)).transpose()?;
        insert_reading(tx, page, capture, article, reading)?;
        if let (Some(judged), Some(article)) = (&finished.judged, article) {
            reread::take(tx, article, &judged.reread, now)?;
            version::write(tx, article, &judged.timeline)?;
            relate(tx, article, capture, now, &judged.related)?;
            versions = judged.timeline.versions.len();
            if reading.verdict == Some(Verdict::Elsewhere) && reading.text.is_none() {
                identity::ask_others(tx, page, article, now)?;
            }
        }
    }
    let new_pages = find(tx, capture, finished)?;
    if let Some(capture) = capture.filter(|_| finished.reading.is_some()) {
        seal::seal(tx, capture)?;
    }
    if let Some(step) = &finished.step {
        frontier::step(tx, finished.page, capture, step, now)?;
    }
    if let Some(pace) = &finished.pace {
        manners::keep_pace(tx, pace)?;
    }
    if let Some(robots) = &finished.robots {
        manners::keep_robots(tx, robots, capture)?;
    }
    let pattern = finished.yielded.as_ref().map(|y| pattern::count(tx, y)).transpose()?;
    Ok(Recorded { capture, new_pages, versions, pattern })
}

fn fact(tx: &Transaction<'_>, run: RunId, finished: &Finished) -> Result<(Option<CaptureId>, Timestamp)> {
    match &finished.fact {
        Fact::Fresh { visit, capture, records } => {
            let visit_id = facts::insert_visit(tx, run, finished.page, visit)?;
            let capture = capture
                .as_ref()
                .map(|c| facts::insert_capture(tx, visit_id, finished.page, visit.asked_at, c))
                .transpose()?;
            for record in records {
                let owner = capture.filter(|_| record.kind != "warcinfo");
                facts::insert_record(tx, owner, record, visit.asked_at)?;
            }
            Ok((capture, visit.asked_at))
        }
        Fact::Known(capture) => {
            let captured: String = tx
                .query_row("SELECT captured_at FROM capture WHERE id = ?1", [capture.0], |r| r.get(0))
                .map_err(at("finding a capture"))?;
            Ok((Some(*capture), instant(&captured)?))
        }
    }
}

/// Appends a reading; a capture that was read already is read anew, and keeps the version that it shows until the
/// history says otherwise.
pub(super) fn insert_reading(
    tx: &Transaction<'_>,
    page: PageId,
    capture: CaptureId,
    article: Option<ArticleId>,
    reading: &NewReading,
) -> Result<()> {
    let (text, length) = article::keep_text(tx, reading.text.as_ref())?;
    let attributes = article::keep_attributes(tx, reading.attributes.as_ref())?;
    let proofs = serde_json::to_string(&reading.proofs)
        .map_err(|e| StoreError::Engine { doing: "writing proofs", reason: e.to_string() })?;
    tx.prepare_cached(
        "INSERT INTO reading (capture_id, page_id, article_id, rules_id, extractor, role, outcome, verdict,
             reason, text_digest, attributes_digest, length, ended, host_alive, proofs, stranger, moved_to)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
         ON CONFLICT DO UPDATE SET article_id = excluded.article_id, rules_id = excluded.rules_id,
             extractor = excluded.extractor, role = excluded.role, outcome = excluded.outcome,
             verdict = coalesce(excluded.verdict, verdict), reason = excluded.reason,
             text_digest = excluded.text_digest, attributes_digest = excluded.attributes_digest,
             length = excluded.length, ended = excluded.ended, host_alive = excluded.host_alive,
             proofs = excluded.proofs, stranger = excluded.stranger, moved_to = excluded.moved_to, read_as = NULL",
    )
    .and_then(|mut statement| {
        statement.execute(params![
            capture.0,
            page.0,
            article.map(|a| a.0),
            reading.rules.map(|r| r.0),
            reading.extractor,
            reading.role.word(),
            reading.outcome.word(),
            reading.verdict.map(Verdict::word),
            reading.reason,
            text,
            attributes,
            signed(length as u64),
            reading.ended,
            reading.host_alive,
            proofs,
            reading.stranger,
            reading.moved_to.as_ref().map(crate::model::url::PageUrl::as_str),
        ])
    })
    .map_err(at("recording a reading"))?;
    match &reading.signs {
        Some(marked) => health::keep(tx, page, capture, reading, marked),
        None => health::repeat(tx, capture),
    }
}

fn relate(
    tx: &Transaction<'_>,
    article: ArticleId,
    capture: CaptureId,
    now: Timestamp,
    related: &Related,
) -> Result<()> {
    match related {
        Related::Unread => Ok(()),
        Related::AsBefore => links::extend_all(tx, article, capture, now),
        Related::Printed(printed) => links::print(tx, article, capture, now, printed),
    }
}

fn find(tx: &Transaction<'_>, capture: Option<CaptureId>, finished: &Finished) -> Result<usize> {
    let mut new = 0;
    for (candidate, sighting) in &finished.found {
        let page = frontier::page(tx, &candidate.site, &candidate.key, &candidate.found_as)?;
        new += usize::from(frontier::enqueue_one(tx, page, candidate)?);
        if let Some(capture) = capture {
            links::sight(tx, capture, page, candidate, sighting)?;
        }
    }
    Ok(new)
}
