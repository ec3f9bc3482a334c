//! Where pages were seen, and what articles print under "Lire aussi", by interval.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::facts::SETTLED;
use super::row::at;
use crate::model::instant::written;
use crate::model::link::RelatedLink;
use crate::store::{ArticleId, Candidate, CaptureId, PageId, Result, RunId, SightingRow};

/// Appends where a listing shows a page; the first place of a page that stands there twice.
pub(super) fn sight(
    tx: &Transaction<'_>,
    capture: CaptureId,
    page: PageId,
    candidate: &Candidate,
    sighting: &SightingRow,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO sighting (capture_id, page_id, source, rank, url, title, date_hint)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
    )
    .and_then(|mut statement| {
        statement.execute(params![
            capture.0,
            page.0,
            candidate.source.word(),
            sighting.rank,
            candidate.found_as.as_str(),
            sighting.title,
            sighting.date_hint.map(written),
        ])
    })
    .map_err(at("recording a sighting"))?;
    Ok(())
}

/// The capture of the same page before this one that showed the article's text: another page of it prints other links, and
/// a text that shares nothing with it prints none of its.
const BEFORE: &str = "(SELECT r.capture_id FROM reading r JOIN capture c ON c.id = r.capture_id
    WHERE r.article_id = ?1 AND r.page_id = (SELECT page_id FROM reading WHERE capture_id = ?2)
      AND r.outcome = 'article' AND r.stranger = 0 AND r.capture_id <> ?2
    ORDER BY c.captured_at DESC, c.record_id DESC LIMIT 1)";

/// The page's bytes are those of before: every link that stood there stands there still.
pub(super) fn extend_all(tx: &Transaction<'_>, article: ArticleId, capture: CaptureId, now: Timestamp) -> Result<()> {
    let sql = format!(
        "UPDATE related_link SET last_capture_id = ?2, last_seen_at = ?3, sightings = sightings + 1
         WHERE article_id = ?1 AND last_capture_id = {BEFORE}"
    );
    tx.prepare_cached(&sql)
        .and_then(|mut statement| statement.execute(params![article.0, capture.0, written(now)]))
        .map_err(at("extending related links"))?;
    Ok(())
}

/// Takes the links as printed now: one that stood there in the capture before goes on, any other begins an interval. Two
/// addresses of one target under one title are one link.
pub(super) fn print(
    tx: &Transaction<'_>,
    article: ArticleId,
    capture: CaptureId,
    now: Timestamp,
    printed: &[(RelatedLink, String)],
) -> Result<()> {
    let extend = format!(
        "UPDATE related_link SET last_capture_id = ?2, last_seen_at = ?3, sightings = sightings + 1, rank = ?7
         WHERE article_id = ?1 AND last_capture_id = {BEFORE} AND kind = ?4 AND target = ?5 AND title = ?6"
    );
    let mut seen = HashSet::new();
    for (link, target) in printed.iter().filter(|(link, target)| seen.insert((link.kind.word(), target, &link.title))) {
        let extended = tx
            .prepare_cached(&extend)
            .and_then(|mut statement| {
                statement.execute(params![
                    article.0,
                    capture.0,
                    written(now),
                    link.kind.word(),
                    target,
                    link.title,
                    link.rank
                ])
            })
            .map_err(at("extending a related link"))?;
        if extended == 0 {
            begin(tx, article, capture, now, link, target)?;
        }
    }
    Ok(())
}

fn begin(
    tx: &Transaction<'_>,
    article: ArticleId,
    capture: CaptureId,
    now: Timestamp,
    link: &RelatedLink,
    target: &str,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO related_link (article_id, kind, label, title, teaser, teaser_truncated, rank, url, target,
             first_capture_id, last_capture_id, first_seen_at, last_seen_at, sightings)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11, ?11, 1)",
    )
    .and_then(|mut statement| {
        statement.execute(params![
            article.0,
            link.kind.word(),
            link.label,
            link.title,
            link.teaser,
            link.teaser_truncated,
            link.rank,
            link.url,
            target,
            capture.0,
            written(now),
        ])
    })
    .map_err(at("recording a related link"))?;
    Ok(())
}

/// A target that half of the articles seen in one run print, and five at least, is the site's list, not an editor's
/// choice. What killed runs before it saw counts with what the run sees that goes on where they stopped.
pub(super) fn mark_sitewide(tx: &Transaction<'_>, run: RunId) -> Result<()> {
    tx.execute(
        &format!(
            "WITH seen AS (
             SELECT l.id, l.kind, l.target, l.article_id, a.site
             FROM related_link l
             JOIN article a ON a.id = l.article_id
             JOIN capture c ON c.id = l.last_capture_id
             JOIN visit v ON v.id = c.visit_id
             WHERE v.run_id > {SETTLED} AND v.run_id <= ?1
         ), papers AS (
             SELECT site, count(DISTINCT article_id) AS articles FROM seen GROUP BY site
         ), shared AS (
             SELECT s.site, s.kind, s.target FROM seen s JOIN papers p ON p.site = s.site
             GROUP BY s.site, s.kind, s.target
             HAVING count(DISTINCT s.article_id) >= 5 AND 2 * count(DISTINCT s.article_id) >= max(p.articles)
         )
         UPDATE related_link SET sitewide = 1
         WHERE sitewide = 0 AND id IN (SELECT s.id FROM seen s JOIN shared USING (site, kind, target))"
        ),
        [run.0],
    )
    .map_err(at("marking links of the whole site"))?;
    Ok(())
}
