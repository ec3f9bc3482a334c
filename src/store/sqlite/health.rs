//! Signs of how articles' pages were read: a site's memory, what is set aside because of it, and what people are told.

use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::row::{at, instant, unsigned, url};
use super::seal;
use crate::model::health::{BREAK, Recent, Seen, Sign, Signs, Standing};
use crate::model::timeline::Moment;
use crate::model::url::PageUrl;
use crate::store::{
    Break, CaptureId, Doubted, Location, Marked, NewReading, PageId, Result, RulesId, StoreError, ToldCapture,
    WayOfReading,
};

/// Readings that are as they should be.
const GOOD: &str = "standing IN ('sound', 'forgiven')";

/// Keeps a reading's signs; a capture that is read anew has those of its last reading.
pub(super) fn keep(
    tx: &Transaction<'_>,
    page: PageId,
    capture: CaptureId,
    reading: &NewReading,
    marked: &Marked,
) -> Result<()> {
    let fields = serde_json::to_string(&marked.signs.fields)
        .map_err(|e| StoreError::Engine { doing: "writing signs", reason: e.to_string() })?;
    tx.prepare_cached(
        "INSERT INTO sign (capture_id, page_id, site, rules_id, extractor, fields, title, body, face, doubt, standing)
         VALUES (?1, ?2, (SELECT site FROM page WHERE id = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT DO UPDATE SET rules_id = excluded.rules_id, extractor = excluded.extractor,
             fields = excluded.fields, title = excluded.title, body = excluded.body, face = excluded.face,
             doubt = excluded.doubt, standing = excluded.standing",
    )
    .and_then(|mut statement| {
        statement.execute(params![
            capture.0,
            page.0,
            reading.rules.map(|r| r.0),
            reading.extractor,
            fields,
            marked.signs.title,
            marked.signs.body,
            marked.signs.face,
            marked.doubt,
            marked.standing.word(),
        ])
    })
    .map_err(at("keeping a reading's signs"))?;
    Ok(())
}

/// What a site's latest readings were like.
pub(super) fn recent(connection: &Connection, site: &str, way: &WayOfReading) -> Result<Recent> {
    let aside: i64 = connection
        .prepare_cached("SELECT count(*) FROM sign WHERE site = ?1 AND standing IN ('waiting', 'broken')")
        .and_then(|mut statement| statement.query_row([site], |r| r.get(0)))
        .map_err(at("counting what is set aside"))?;
    let any_extractor = aside >= BREAK;
    let of = |which| latest(connection, site, way, any_extractor, which);
    Ok(Recent::of(of(GOOD)?, of("TRUE")?))
}

/// The last signs of each page, of a kind, in order of capture.
fn latest(
    connection: &Connection,
    site: &str,
    way: &WayOfReading,
    any_extractor: bool,
    which: &str,
) -> Result<Vec<Seen>> {
    let sql = format!(
        "SELECT p.key, c.captured_at, c.record_id,
                s.rules_id IN (SELECT value FROM json_each(?2))
                    AND (?4 OR substr(s.extractor || '+', 1, length(?3) + 1) = ?3 || '+'),
                s.fields, s.title, s.body, s.face, s.standing
         FROM sign s JOIN capture c ON c.id = s.capture_id JOIN page p ON p.id = c.page_id
         WHERE s.capture_id IN (SELECT max(capture_id) FROM sign WHERE site = ?1 AND {which}
                                GROUP BY page_id ORDER BY 1 DESC LIMIT ?5)
         ORDER BY c.captured_at, c.record_id"
    );
    let most = i64::try_from(crate::model::health::MEMORY).unwrap_or(i64::MAX);
    let rows: Vec<Row9> = connection
        .prepare_cached(&sql)
        .and_then(|mut statement| {
            let of = |r: &Row<'_>| {
                Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?, r.get(6)?, r.get(7)?, r.get(8)?))
            };
            let rules = serde_json::Value::from(way.rules.iter().map(|rules| rules.0).collect::<Vec<_>>()).to_string();
            let asked = params![site, rules, way.extractor, any_extractor, most];
            statement.query_map(asked, of).and_then(Iterator::collect)
        })
        .map_err(at("reading a site's signs"))?;
    rows.into_iter().map(seen).collect()
}

/// The signs of the last good reading of a capture's page before it.
pub(super) fn good_before(connection: &Connection, capture: CaptureId) -> Result<Option<Signs>> {
    let sql = format!(
        "SELECT fields, title, body, face FROM sign
         WHERE (site, page_id) = (SELECT site, page_id FROM sign WHERE capture_id = ?1) AND capture_id < ?1 AND {GOOD}
         ORDER BY capture_id DESC LIMIT 1"
    );
    let of = |r: &Row<'_>| {
        let fields: String = r.get(0)?;
        Ok((fields, Signs { title: r.get(1)?, body: r.get(2)?, face: r.get(3)?, ..Signs::default() }))
    };
    let found = connection
        .prepare_cached(&sql)
        .and_then(|mut statement| statement.query_row([capture.0], of).optional())
        .map_err(at("reading a page's signs"))?;
    found.map(|(fields, signs)| Ok(Signs { fields: fields_of(&fields)?, ..signs })).transpose()
}

/// Lets a capture that repeats bytes which were read well tell so, where its page was set aside since: a design that comes
/// back byte by byte ends a break like any other.
pub(super) fn repeat(tx: &Transaction<'_>, capture: CaptureId) -> Result<()> {
    tx.prepare_cached(&format!(
        "INSERT INTO sign (capture_id, page_id, site, rules_id, extractor, fields, title, body, face, doubt, standing)
         SELECT c.id, s.page_id, s.site, s.rules_id, s.extractor, s.fields, s.title, s.body, s.face, NULL, 'sound'
         FROM capture c JOIN sign s ON s.capture_id = c.refers_to
         WHERE c.id = ?1 AND {GOOD} AND c.page_id = s.page_id AND EXISTS (
             SELECT 1 FROM (SELECT standing FROM sign l WHERE l.site = s.site AND l.page_id = s.page_id
                            ORDER BY l.capture_id DESC LIMIT 1)
             WHERE standing IN ('waiting', 'broken', 'over'))
         ON CONFLICT DO NOTHING"
    ))
    .and_then(|mut statement| statement.execute([capture.0]))
    .map_err(at("keeping the signs of a repeated page"))?;
    Ok(())
}

/// Forgets a capture's signs.
pub(super) fn forget(tx: &Transaction<'_>, capture: CaptureId) -> Result<()> {
    tx.execute("DELETE FROM sign WHERE capture_id = ?1", [capture.0]).map_err(at("forgetting a reading's signs"))?;
    seal::seal(tx, capture)
}

type Row9 = (String, String, String, bool, String, Option<String>, Option<String>, String, String);

fn seen((page, captured, record, todays, fields, title, body, face, standing): Row9) -> Result<Seen> {
    Ok(Seen {
        page,
        moment: Moment { at: instant(&captured)?, record },
        by_todays_rules: todays,
        signs: Signs { fields: fields_of(&fields)?, title, body, face },
        standing: standing_of(&standing)?,
    })
}

fn fields_of(json: &str) -> Result<Vec<Sign>> {
    serde_json::from_str(json).map_err(|e| StoreError::Damaged(format!("the signs of a reading: {e}")))
}

fn standing_of(word: &str) -> Result<Standing> {
    let found = Standing::ALL.into_iter().find(|standing| standing.word() == word);
    found.ok_or_else(|| StoreError::Damaged(format!("`{word}` is nothing that can come of a reading's signs")))
}

/// Every capture of a site that was set aside or of which nothing was read, and every one that repeats it, in order of capture.
pub(super) fn doubted(tx: &Transaction<'_>, site: &str) -> Result<Vec<Doubted>> {
    let mut statement = tx
        .prepare_cached(
            "WITH aside AS (
                 SELECT * FROM sign WHERE site = ?1 AND standing IN ('waiting', 'broken', 'over')
                 UNION ALL
                 SELECT s.* FROM sign s JOIN reading r USING (capture_id)
                 WHERE s.site = ?1 AND s.standing = 'unsure' AND r.outcome = 'extraction-failed'),
             one AS (
                 SELECT capture_id, capture_id AS bytes_of, rules_id, extractor, standing FROM aside
                 UNION ALL
                 SELECT c.id, s.capture_id, s.rules_id, s.extractor, s.standing FROM aside s
                 JOIN capture c ON c.refers_to = s.capture_id JOIN reading r ON r.capture_id = c.id
                 WHERE r.outcome = 'extraction-failed' AND NOT EXISTS (SELECT 1 FROM sign WHERE capture_id = c.id))
             SELECT c.id, c.captured_at, c.record_id, p.id, p.key, v.url, f.name, w.offset,
                    nullif(one.bytes_of, c.id), one.rules_id, one.extractor, one.standing,
                    EXISTS (SELECT 1 FROM page_article x WHERE x.page_id = p.id AND x.until_at > c.captured_at),
                    t.fields, t.title, t.body, t.face, t.doubt
             FROM one JOIN sign t ON t.capture_id = one.bytes_of JOIN capture c ON c.id = one.capture_id
             JOIN visit v ON v.id = c.visit_id JOIN page p ON p.id = c.page_id
             JOIN capture h ON h.id = coalesce((SELECT refers_to FROM capture WHERE id = one.bytes_of), one.bytes_of)
             JOIN warc_record w ON w.capture_id = h.id AND w.type = 'response' JOIN warc_file f ON f.id = w.file_id
             ORDER BY c.captured_at, c.record_id",
        )
        .map_err(at("finding what is set aside"))?;
    let mut rows = statement.query([site]).map_err(at("finding what is set aside"))?;
    let mut doubted = Vec::new();
    while let Some(row) = rows.next().map_err(at("finding what is set aside"))? {
        doubted.push(one_doubted(row)?);
    }
    Ok(doubted)
}

fn one_doubted(row: &Row<'_>) -> Result<Doubted> {
    fn column<T: FromSql>(row: &Row<'_>, at_index: usize) -> Result<T> {
        row.get(at_index).map_err(at("reading what is set aside"))
    }
    let (captured, fields): (String, String) = (column(row, 1)?, column(row, 13)?);
    let (address, standing): (String, String) = (column(row, 5)?, column(row, 11)?);
    Ok(Doubted {
        capture: CaptureId(column(row, 0)?),
        moment: Moment { at: instant(&captured)?, record: column(row, 2)? },
        page: (PageId(column(row, 3)?), PageUrl::kept(column(row, 4)?)),
        url: url(&address)?,
        location: Location { file: column(row, 6)?, offset: unsigned(column(row, 7)?) },
        repeats: column::<Option<i64>>(row, 8)?.map(CaptureId),
        rules: column::<Option<i64>>(row, 9)?.map(RulesId),
        extractor: column(row, 10)?,
        standing: standing_of(&standing)?,
        reused: column(row, 12)?,
        signs: Signs {
            fields: fields_of(&fields)?,
            title: column(row, 14)?,
            body: column(row, 15)?,
            face: column(row, 16)?,
        },
        doubt: column(row, 17)?,
    })
}

/// Says what has come of captures that were set aside.
pub(super) fn settle(tx: &Transaction<'_>, captures: &[CaptureId], standing: Standing) -> Result<()> {
    for capture in captures {
        tx.prepare_cached("UPDATE sign SET standing = ?2 WHERE capture_id = ?1")
            .and_then(|mut statement| statement.execute(params![capture.0, standing.word()]))
            .map_err(at("settling what was set aside"))?;
        seal::seal(tx, *capture)?;
    }
    Ok(())
}

/// The break of a site that lasts.
pub(super) fn break_of(connection: &Connection, site: &str) -> Result<Option<Break>> {
    let doing = || at("looking for a site's break");
    let first: Option<(i64, Option<String>)> = connection
        .prepare_cached(
            "SELECT s.capture_id, s.doubt FROM sign s JOIN capture c ON c.id = s.capture_id
             WHERE s.site = ?1 AND s.standing = 'broken' ORDER BY c.captured_at, c.record_id LIMIT 1",
        )
        .and_then(|mut statement| statement.query_row([site], |r| Ok((r.get(0)?, r.get(1)?))).optional())
        .map_err(doing())?;
    let Some((first, doubt)) = first else { return Ok(None) };
    let set_aside: i64 = connection
        .query_row("SELECT count(*) FROM sign WHERE site = ?1 AND standing = 'broken'", [site], |r| r.get(0))
        .map_err(doing())?;
    let last_good: Option<i64> = connection
        .prepare_cached(&format!(
            "SELECT capture_id FROM sign WHERE site = ?1 AND {GOOD} AND capture_id < ?2 ORDER BY capture_id DESC LIMIT 1"
        ))
        .and_then(|mut statement| statement.query_row(params![site, first], |r| r.get(0)).optional())
        .map_err(doing())?;
    let first_bad = told(connection, first)?;
    Ok(Some(Break {
        since: first_bad.captured_at.clone(),
        last_good: last_good.map(|capture| told(connection, capture)).transpose()?,
        first_bad,
        doubt,
        set_aside: unsigned(set_aside),
    }))
}

fn told(connection: &Connection, capture: i64) -> Result<ToldCapture> {
    connection
        .query_row(
            "SELECT v.url, c.captured_at, c.record_id FROM capture c JOIN visit v ON v.id = c.visit_id WHERE c.id = ?1",
            [capture],
            |r| Ok(ToldCapture { url: r.get(0)?, captured_at: r.get(1)?, record_id: r.get(2)? }),
        )
        .map_err(at("telling a capture"))
}

/// The signs of the last run that read an article of a site, and those of the site's memory.
pub(super) fn of_last_run(connection: &Connection, site: &str) -> Result<(Vec<Signs>, Vec<Signs>)> {
    let doing = || at("reading a site's signs");
    let fields = |sql: &str| -> Result<Vec<Signs>> {
        let rows: Vec<String> = connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_map([site], |r| r.get(0)).and_then(Iterator::collect))
            .map_err(doing())?;
        rows.iter().map(|json| Ok(Signs { fields: fields_of(json)?, ..Signs::default() })).collect()
    };
    let last = "SELECT s.fields FROM visit v JOIN capture c ON c.visit_id = v.id JOIN sign s ON s.capture_id = c.id
                WHERE s.site = ?1 AND v.run_id = (
                    SELECT v.run_id FROM visit v JOIN capture c ON c.visit_id = v.id
                    WHERE c.id = (SELECT max(capture_id) FROM sign WHERE site = ?1))";
    let usual = format!(
        "SELECT fields FROM sign WHERE capture_id IN (SELECT max(capture_id) FROM sign WHERE site = ?1 AND {GOOD}
             AND (rules_id, extractor) IS (SELECT rules_id, extractor FROM sign
                 WHERE capture_id = (SELECT max(capture_id) FROM sign WHERE site = ?1))
             GROUP BY page_id ORDER BY 1 DESC LIMIT {})",
        crate::model::health::MEMORY
    );
    Ok((fields(last)?, fields(&usual)?))
}
