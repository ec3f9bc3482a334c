//! A run's end, counted by site, and the concerns that follow from it.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};

use super::health;
use super::row::{at, instant};
use crate::model::instant::written;
use crate::store::{Concern, Result, RunId, Tally};

/// What is older than the last new article by more than this tells nothing about a paper's rhythm.
const MEMORY: SignedDuration = SignedDuration::from_hours(60 * 24);

/// Earlier runs looked at for the site's last one.
const LOOKED_AT: u32 = 1000;

/// One site's run in numbers.
pub(super) fn tally(tx: &Transaction<'_>, run: RunId, site: &str, attempts: u32) -> Result<Tally> {
    let mut tally = tx
        .query_row(
            "SELECT count(*) FILTER (WHERE v.outcome <> 'refused-by-robots'),
                    count(*) FILTER (WHERE v.outcome IN ('answer', 'not-modified')),
                    count(*) FILTER (WHERE v.outcome = 'refused-by-robots'),
                    count(*) FILTER (WHERE v.outcome IN ('answer', 'not-modified') AND r.role IS NOT 'robots')
             FROM visit v JOIN page p ON p.id = v.page_id
             LEFT JOIN capture c ON c.visit_id = v.id LEFT JOIN reading r ON r.capture_id = c.id
             WHERE v.run_id = ?1 AND p.site = ?2",
            params![run.0, site],
            |r| {
                let count = |n: usize| r.get::<_, i64>(n).map(i64::unsigned_abs);
                let (requests, answered) = (count(0)?, count(1)?);
                Ok(Tally { requests, answered, refused: count(2)?, pages: count(3)?, ..Tally::default() })
            },
        )
        .map_err(at("counting a run"))?;
    tally.articles = articles(tx, run, site)?;
    tally.broken = health::break_of(tx, site)?;
    tally.emptied = emptied(tx, run, site)?;
    tally.failing = failing(tx, site, attempts)?;
    tally.unreadable = unreadable(tx, site)?;
    tally.silent_since = silent_since(tx, site)?;
    tally.first_read = first_read(tx, site)?;
    Ok(tally)
}

fn unreadable(tx: &Transaction<'_>, site: &str) -> Result<Vec<String>> {
    let last: Vec<(String, bool)> = tx
        .prepare(
            "SELECT f.url, r.outcome = 'listing' OR c.status >= 500 OR c.status = 429 FROM frontier f
             JOIN capture c ON c.id = (SELECT max(e.id) FROM capture e WHERE e.page_id = f.page_id)
             JOIN reading r ON r.capture_id = c.id
             WHERE f.site = ?1 AND f.class = 'listing' AND f.depth = 0 ORDER BY f.url",
        )
        .and_then(|mut statement| {
            statement.query_map([site], |r| Ok((r.get(0)?, r.get(1)?))).and_then(Iterator::collect)
        })
        .map_err(at("looking for listings that can be read"))?;
    if last.iter().any(|(_, read)| *read) {
        return Ok(Vec::new());
    }
    Ok(last.into_iter().map(|(url, _)| url).collect())
}

fn silent_since(tx: &Transaction<'_>, site: &str) -> Result<Option<Timestamp>> {
    let since: Option<String> = tx
        .query_row(
            "SELECT coalesce(max(v.asked_at) FILTER (WHERE v.outcome IN ('answer', 'not-modified')), min(v.asked_at))
             FROM visit v JOIN page p ON p.id = v.page_id WHERE p.site = ?1",
            [site],
            |r| r.get(0),
        )
        .map_err(at("looking for a site's last answer"))?;
    since.as_deref().map(instant).transpose()
}

fn articles(tx: &Transaction<'_>, run: RunId, site: &str) -> Result<Vec<(String, u64)>> {
    tx.prepare(
        "SELECT r.outcome, count(*) FROM visit v
         JOIN page p ON p.id = v.page_id JOIN capture c ON c.visit_id = v.id JOIN reading r ON r.capture_id = c.id
         WHERE v.run_id = ?1 AND p.site = ?2 AND r.role = 'article' AND c.kind = 'response'
           AND c.status <> 429 AND c.status < 500
           AND NOT EXISTS (SELECT 1 FROM sign s JOIN text t ON t.digest = r.text_digest
                           WHERE s.capture_id = c.id AND s.standing IN ('waiting', 'broken', 'over')
                             AND t.title <> '' AND t.body <> '')
         GROUP BY r.outcome ORDER BY count(*) DESC, r.outcome",
    )
    .and_then(|mut statement| {
        let of = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get::<_, i64>(1)?.unsigned_abs()));
        statement.query_map(params![run.0, site], of).and_then(Iterator::collect)
    })
    .map_err(at("counting readings"))
}

fn emptied(tx: &Transaction<'_>, run: RunId, site: &str) -> Result<Vec<String>> {
    tx.prepare(
        "SELECT v.url FROM visit v
         JOIN page p ON p.id = v.page_id JOIN capture c ON c.visit_id = v.id JOIN frontier f ON f.page_id = p.id
         WHERE v.run_id = ?1 AND p.site = ?2 AND f.class = 'listing' AND f.depth = 0
           AND c.kind = 'response' AND c.status = 200
           AND NOT EXISTS (SELECT 1 FROM sighting s WHERE s.capture_id = c.id)
           AND EXISTS (SELECT 1 FROM capture e JOIN sighting s ON s.capture_id = e.id
                       WHERE e.page_id = p.id AND e.id < c.id)
         ORDER BY v.url",
    )
    .and_then(|mut statement| statement.query_map(params![run.0, site], |r| r.get(0)).and_then(Iterator::collect))
    .map_err(at("looking for listings that show nothing"))
}

fn failing(tx: &Transaction<'_>, site: &str, attempts: u32) -> Result<Vec<String>> {
    tx.prepare(
        "SELECT url FROM frontier
         WHERE site = ?1 AND class = 'listing' AND depth = 0 AND attempts >= ?2 AND due_at IS NOT NULL ORDER BY url",
    )
    .and_then(|mut statement| statement.query_map(params![site, attempts], |r| r.get(0)).and_then(Iterator::collect))
    .map_err(at("looking for listings that fail"))
}

fn first_read(tx: &Transaction<'_>, site: &str) -> Result<Vec<Timestamp>> {
    let last: Option<String> = tx
        .query_row(
            "SELECT max(v.first_seen_at) FROM version v JOIN article a ON a.id = v.article_id
             WHERE a.site = ?1 AND v.number = 1",
            [site],
            |r| r.get(0),
        )
        .map_err(at("looking for a paper's rhythm"))?;
    let Some(last) = last.as_deref().map(instant).transpose()? else { return Ok(Vec::new()) };
    let from = written(last.saturating_sub(MEMORY).unwrap_or(last));
    let texts: Vec<String> = tx
        .prepare(
            "SELECT v.first_seen_at FROM version v JOIN article a ON a.id = v.article_id
             WHERE a.site = ?1 AND v.number = 1 AND v.first_seen_at >= ?2 ORDER BY v.first_seen_at",
        )
        .and_then(|mut statement| statement.query_map(params![site, from], |r| r.get(0)).and_then(Iterator::collect))
        .map_err(at("looking for a paper's rhythm"))?;
    texts.iter().map(|text| instant(text)).collect()
}

/// Writes what a run's end told; says for each how many runs in a row it has lasted.
pub(super) fn keep(tx: &Transaction<'_>, run: RunId, found: Vec<Concern>) -> Result<Vec<Concern>> {
    let mut kept = Vec::new();
    for concern in found {
        let before = run_before(tx, run, &concern)?;
        let lasted: Option<u32> = tx
            .query_row(
                "SELECT runs FROM concern WHERE run_id = ?1 AND site = ?2 AND kind = ?3",
                params![before, concern.site, concern.kind],
                |r| r.get(0),
            )
            .optional()
            .map_err(at("finding an earlier concern"))?;
        let concern = Concern { runs: lasted.unwrap_or(0).saturating_add(1), ..concern };
        tx.execute(
            "INSERT INTO concern (run_id, site, kind, words, runs) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![run.0, concern.site, concern.kind, concern.words, concern.runs],
        )
        .map_err(at("keeping a concern"))?;
        kept.push(concern);
    }
    Ok(kept)
}

/// The last run before this one that could have told the like of a site: of articles that cannot be read, only one that read
/// some, or saw that they stand as before; of a listing that shows nothing, only one that read a listing; of answers that do not come, none that was offline.
fn run_before(tx: &Transaction<'_>, run: RunId, concern: &Concern) -> Result<Option<i64>> {
    let tells = match concern.kind.as_str() {
        "unread" => {
            "d.role = 'article' AND c.status <> 429 AND c.status < 500 AND (c.kind = 'response' OR d.outcome = 'article')"
        }
        "emptied" => "d.role IN ('feed', 'sitemap', 'section') AND c.kind = 'response' AND c.status = 200",
        "unanswered" => "r.end_reason IS NOT 'offline'",
        _ => "TRUE",
    };
    let sql = format!(
        "SELECT r.id FROM (SELECT id, end_reason FROM run WHERE id < ?1 ORDER BY id DESC LIMIT ?3) r
         WHERE EXISTS (SELECT 1 FROM visit v JOIN page p ON p.id = v.page_id
                       LEFT JOIN capture c ON c.visit_id = v.id LEFT JOIN reading d ON d.capture_id = c.id
                       WHERE v.run_id = r.id AND p.site = ?2 AND {tells})
         ORDER BY r.id DESC LIMIT 1"
    );
    tx.query_row(&sql, params![run.0, concern.site, LOOKED_AT], |r| r.get(0))
        .optional()
        .map_err(at("finding a site's last run"))
}
