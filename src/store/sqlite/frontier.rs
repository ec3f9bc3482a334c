//! The frontier's rows: what is known, what is due, in which order it is served.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use url::Url;

use super::row::{at, instant, maybe_instant, url, uuid};
use super::selection::{self, LOOKED_AT_AGAIN, SELECTED};
use super::{parts, pattern};
use crate::model::answer::Validators;
use crate::model::instant::written;
use crate::model::url::PageUrl;
use crate::store::{Candidate, CaptureId, Due, PageId, Payload, Result, Step, StoreError, Wanted};

/// The page's row, made if it is not there.
pub(super) fn page(tx: &Transaction<'_>, site: &str, key: &PageUrl, url: &Url) -> Result<PageId> {
    let known = tx
        .prepare_cached("SELECT id FROM page WHERE key = ?1")
        .and_then(|mut statement| statement.query_row([key.as_str()], |r| r.get(0)).optional())
        .map_err(at("finding a page"))?;
    if let Some(id) = known {
        return Ok(PageId(id));
    }
    tx.prepare_cached("INSERT INTO page (site, key, first_url) VALUES (?1, ?2, ?3)")
        .and_then(|mut statement| statement.insert(params![site, key.as_str(), url.as_str()]))
        .map(PageId)
        .map_err(at("remembering a page"))
}

/// The page and what an identical payload of it would refer to.
pub(super) fn page_and_payload(
    tx: &Transaction<'_>,
    site: &str,
    key: &PageUrl,
    url: &Url,
) -> Result<(PageId, Option<Payload>)> {
    let id = page(tx, site, key, url)?;
    Ok((id, last_payload(tx, id)?))
}

/// Remembers pages; says how many were new to the frontier.
pub(super) fn enqueue(tx: &Transaction<'_>, found: &[Candidate]) -> Result<usize> {
    let mut new = 0;
    for candidate in found {
        let id = page(tx, &candidate.site, &candidate.key, &candidate.found_as)?;
        new += usize::from(enqueue_one(tx, id, candidate)?);
    }
    Ok(new)
}

/// Gives a page its place; a known page keeps its own unless this find tells news of it.
pub(super) fn enqueue_one(tx: &Transaction<'_>, id: PageId, candidate: &Candidate) -> Result<bool> {
    let hint = candidate.hint_at.map(written);
    let inserted = tx
        .prepare_cached(
            "INSERT INTO frontier (page_id, site, url, role, source, class, place, hint_at, due_at, hops_left, depth, shape,
                                   hint_published)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT DO NOTHING",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                id.0,
                candidate.site,
                candidate.url.as_str(),
                candidate.role.word(),
                candidate.source.word(),
                candidate.class.word(),
                candidate.place,
                hint,
                written(candidate.due_at),
                candidate.hops_left,
                candidate.depth,
                candidate.shape,
                candidate.hint_published,
            ])
        })
        .map_err(at("giving a page its place"))?;
    if inserted > 0 {
        if candidate.shape.is_some() {
            pattern::hold_back(tx, id, candidate)?;
        }
        return Ok(true);
    }
    if candidate.shape.is_none() {
        pattern::hold_back(tx, id, candidate)?;
    }
    tell_news(tx, id, candidate)?;
    if candidate.source.is_listing() {
        parts::free(tx, id, candidate.due_at)?;
    }
    Ok(false)
}

/// How soon after its last capture an article is looked at again because a listing says that it changed; sooner only where
/// its own interval is shorter.
const TOLD_TO_CHANGE: SignedDuration = SignedDuration::from_hours(3);

/// A listing that dates a page after its last capture makes it due, and so does a find that asks for it again.
fn tell_news(tx: &Transaction<'_>, id: PageId, candidate: &Candidate) -> Result<()> {
    let due = written(candidate.due_at);
    if candidate.again {
        tx.execute(
            "UPDATE frontier SET due_at = min(coalesce(due_at, ?2), ?2), hops_left = ?3, place = min(place, ?4)
             WHERE page_id = ?1",
            params![id.0, due, candidate.hops_left, candidate.place],
        )
        .map_err(at("making a page due"))?;
    }
    if let Some(told) = candidate.told_at {
        // Some always say that a page has just changed: a listing is asked no sooner than its own interval allows, and an
        // article no sooner than after some hours. The place is a deadline and comes nearer by as much.
        tx.prepare_cached(
            "UPDATE frontier SET place = place - (unixepoch(due_at) - unixepoch(sooner.at)), due_at = sooner.at
             FROM (SELECT c.captured_at, max(?2, strftime('%Y-%m-%dT%H:%M:%fZ', c.captured_at, '+' ||
                       CASE f.class WHEN 'listing' THEN coalesce(f.interval_s, 0)
                                    ELSE min(coalesce(f.interval_s, ?4), ?4) END || ' seconds')) AS at
                   FROM frontier f JOIN capture c ON c.page_id = f.page_id
                   WHERE f.page_id = ?1 ORDER BY c.captured_at DESC LIMIT 1) sooner
             WHERE page_id = ?1 AND due_at > sooner.at AND attempts = 0 AND class <> 'new'
               AND ?3 > sooner.captured_at",
        )
        .and_then(|mut statement| statement.execute(params![id.0, due, written(told), TOLD_TO_CHANGE.as_secs()]))
        .map_err(at("making a page due"))?;
    }
    let Some(hint) = candidate.hint_at else { return Ok(()) };
    tx.prepare_cached(
        "UPDATE frontier SET hint_at = ?2, hint_published = ?4, place = ?3
         WHERE page_id = ?1 AND hint_at IS NULL AND class = 'new'",
    )
    .and_then(|mut statement| {
        statement.execute(params![id.0, written(hint), candidate.place, candidate.hint_published])
    })
    .map_err(at("dating a page"))?;
    Ok(())
}

const DUE: &str = "SELECT f.page_id, f.site, p.key, f.url, f.role, f.source, f.class, f.attempts, f.hops_left, f.depth,
    f.hint_at, f.interval_s, f.changed_at, f.unconditional_at, f.accepted_capture, f.shape
    FROM frontier f JOIN page p ON p.id = f.page_id";

/// The best page that is due and not under way.
pub(super) fn next(tx: &Transaction<'_>, wanted: &Wanted) -> Result<Option<Due>> {
    let taken = serde_json::json!(wanted.taken.iter().map(|p| p.0).collect::<Vec<_>>()).to_string();
    let (since, until) = selection::ends(wanted.selection);
    let sql = format!(
        "{DUE} WHERE {SELECTED} AND f.due_at <= ?5 AND f.page_id NOT IN (SELECT value FROM json_each(?6))
         AND f.place BETWEEN ?7 AND ?8
         ORDER BY f.place, f.page_id LIMIT 1"
    );
    let mut statement = tx.prepare_cached(&sql).map_err(at("finding a page that is due"))?;
    for band in &wanted.bands {
        for site in &wanted.sites {
            let (first, last) = band.clone().into_inner();
            let row = statement
                .query_row(
                    params![site, wanted.selection.revisits, since, until, written(wanted.now), taken, first, last],
                    |r| Ok(Bare::of(r)),
                )
                .optional()
                .map_err(at("finding a page that is due"))?;
            if let Some(bare) = row {
                return bare.and_then(|b| b.whole(tx)).map(Some);
            }
        }
    }
    Ok(None)
}

/// A page as the frontier has it, due or not.
pub(super) fn due_of(tx: &Transaction<'_>, page: PageId) -> Result<Option<Due>> {
    let row = tx
        .query_row(&format!("{DUE} WHERE f.page_id = ?1"), [page.0], |r| Ok(Bare::of(r)))
        .optional()
        .map_err(at("finding a page"))?;
    row.map(|bare| bare?.whole(tx)).transpose()
}

/// A frontier row before its payloads are looked up.
struct Bare {
    due: Due,
    accepted: Option<i64>,
}

impl Bare {
    fn of(row: &Row<'_>) -> Result<Self> {
        let text = |n: usize| row.get::<_, String>(n).map_err(at("reading the frontier"));
        let number = |n: usize| row.get::<_, i64>(n).map_err(at("reading the frontier"));
        let time = |n: usize| maybe_instant(row.get(n).map_err(at("reading the frontier"))?);
        let interval: Option<i64> = row.get(11).map_err(at("reading the frontier"))?;
        let due = Due {
            page: PageId(number(0)?),
            site: text(1)?,
            key: PageUrl::kept(text(2)?),
            url: url(&text(3)?)?,
            role: word(&text(4)?)?,
            source: word(&text(5)?)?,
            class: word(&text(6)?)?,
            attempts: u32::try_from(number(7)?).unwrap_or(u32::MAX),
            hops_left: u8::try_from(number(8)?).unwrap_or(0),
            depth: u32::try_from(number(9)?).unwrap_or(u32::MAX),
            hint_at: time(10)?,
            interval: interval.map(SignedDuration::from_secs),
            changed_at: time(12)?,
            unconditional_at: time(13)?,
            shape: row.get(15).map_err(at("reading the frontier"))?,
            payload: None,
            accepted: None,
        };
        Ok(Self { due, accepted: row.get(14).map_err(at("reading the frontier"))? })
    }

    fn whole(mut self, tx: &Transaction<'_>) -> Result<Due> {
        self.due.payload = last_payload(tx, self.due.page)?;
        self.due.accepted = self.accepted.map(|c| accepted_payload(tx, CaptureId(c))).transpose()?.flatten();
        Ok(self.due)
    }
}

/// A word of one of the model's enums.
pub(super) fn word<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned()))
        .map_err(|_| StoreError::Damaged(format!("`{text}` is no word of griot's")))
}

/// A 304 may leave out validators that have not changed (RFC 9110 §15.4.5); those of the answer it confirms still stand
/// (RFC 9111 §3.2).
const PAYLOAD: &str = "SELECT h.id, h.record_id, h.payload_digest, h.status, v.url, h.captured_at,
           CASE a.kind WHEN 'not-modified' THEN coalesce(a.etag, h.etag) ELSE a.etag END,
           CASE a.kind WHEN 'not-modified' THEN coalesce(a.last_modified, h.last_modified) ELSE a.last_modified END
    FROM capture a JOIN capture h ON h.id = coalesce(a.refers_to, a.id) JOIN visit v ON v.id = h.visit_id";

fn last_payload(tx: &Transaction<'_>, page: PageId) -> Result<Option<Payload>> {
    let sql = format!(
        "{PAYLOAD} WHERE a.page_id = ?1 AND a.kind = 'response' AND a.truncated IS NULL
         ORDER BY a.captured_at DESC, a.id DESC LIMIT 1"
    );
    payload(tx, &sql, page.0)
}

fn accepted_payload(tx: &Transaction<'_>, capture: CaptureId) -> Result<Option<Payload>> {
    payload(tx, &format!("{PAYLOAD} WHERE a.id = ?1"), capture.0)
}

fn payload(tx: &Transaction<'_>, sql: &str, id: i64) -> Result<Option<Payload>> {
    type Columns = (i64, String, Option<String>, u16, String, String, Option<String>, Option<String>);
    let columns: Option<Columns> = tx
        .prepare_cached(sql)
        .and_then(|mut statement| {
            let read = |r: &Row<'_>| {
                Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?, r.get(6)?, r.get(7)?))
            };
            statement.query_row([id], read).optional()
        })
        .map_err(at("finding a page's payload"))?;
    let Some((capture, record, Some(digest), status, asked, captured, etag, last_modified)) = columns else {
        return Ok(None);
    };
    Ok(Some(Payload {
        capture: CaptureId(capture),
        record_id: uuid(&record)?,
        digest,
        status,
        url: url(&asked)?,
        captured_at: instant(&captured)?,
        validators: Validators { etag, last_modified },
    }))
}

/// Writes what a visit means for the page's next.
pub(super) fn step(
    tx: &Transaction<'_>,
    page: PageId,
    capture: Option<CaptureId>,
    step: &Step,
    now: Timestamp,
) -> Result<()> {
    tx.prepare_cached(
        "UPDATE frontier SET due_at = ?2, class = ?3, attempts = ?4, hops_left = ?5, url = ?6, interval_s = ?7,
                accepted_capture = CASE WHEN ?8 THEN ?9 ELSE accepted_capture END,
                unconditional_at = coalesce(?10, unconditional_at),
                changed_at = CASE WHEN ?11 THEN ?12 ELSE changed_at END, note = ?13,
                place = coalesce(?14, place)
         WHERE page_id = ?1",
    )
    .and_then(|mut statement| {
        statement.execute(params![
            page.0,
            step.due_at.map(written),
            step.class.word(),
            step.attempts,
            step.hops_left,
            step.url.as_str(),
            step.interval.map(|i| i.as_secs()),
            step.accepted && capture.is_some(),
            capture.map(|c| c.0),
            step.unconditional_at.map(written),
            step.changed,
            written(now),
            step.note,
            step.place,
        ])
    })
    .map_err(at("writing a page's next visit"))?;
    Ok(())
}

/// How many of these pages no listing has shown and nobody has asked for.
pub(super) fn unknown(tx: &Transaction<'_>, keys: &[PageUrl]) -> Result<usize> {
    let mut statement = tx
        .prepare_cached("SELECT 1 FROM page JOIN frontier f ON f.page_id = page.id WHERE page.key = ?1")
        .map_err(at("counting new pages"))?;
    let mut unknown = 0;
    for key in keys {
        unknown += usize::from(!statement.exists([key.as_str()]).map_err(at("counting new pages"))?);
    }
    Ok(unknown)
}

/// Makes every page that was had and is ever visited again due now; its place is a deadline and comes nearer by as much.
pub(super) fn make_due(tx: &Transaction<'_>, sites: &[String], now: Timestamp) -> Result<()> {
    let sql = format!(
        "UPDATE frontier AS f SET due_at = ?5, place = place - (unixepoch(due_at) - unixepoch(?5))
         WHERE {SELECTED} AND due_at > ?5 AND {LOOKED_AT_AGAIN}"
    );
    for site in sites {
        tx.execute(&sql, params![site, true, "", "~", written(now)]).map_err(at("making pages due"))?;
    }
    Ok(())
}
