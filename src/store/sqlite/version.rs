//! A judged timeline, written: only the rows that it changes.

use rusqlite::{OptionalExtension, Transaction, params};

use super::row::{at, signed};
use crate::model::article::Author;
use crate::model::instant::written;
use crate::model::timeline::{Moment, Timeline, Version};
use crate::store::{ArticleId, CaptureId, Result, StoreError};

/// Brings an article's versions and removals to what its timeline says.
pub(super) fn write(tx: &Transaction<'_>, article: ArticleId, timeline: &Timeline) -> Result<()> {
    for (index, version) in timeline.versions.iter().enumerate() {
        write_one(tx, article, signed(index as u64 + 1), version)?;
    }
    drop_after(tx, article, signed(timeline.versions.len() as u64))?;
    write_removals(tx, article, timeline)
}

/// What stands of a version: enough to see whether its row must change.
#[derive(PartialEq, Eq)]
struct Standing {
    digest: String,
    attributes: Option<String>,
    first: i64,
    last: i64,
    after: Option<String>,
    sightings: u32,
    cause: String,
    flap: bool,
}

impl Standing {
    /// What a version's row must say.
    fn due(tx: &Transaction<'_>, version: &Version) -> Result<Self> {
        let last = capture(tx, &version.last)?;
        let attributes: Option<Option<String>> = tx
            .prepare_cached("SELECT attributes_digest FROM reading WHERE capture_id = ?1")
            .and_then(|mut statement| statement.query_row([last.0], |r| r.get(0)).optional())
            .map_err(at("reading a version's attributes"))?;
        Ok(Self {
            digest: version.digest.clone(),
            attributes: attributes.flatten(),
            first: capture(tx, &version.first)?.0,
            last: last.0,
            after: version.after.map(written),
            sightings: version.sightings,
            cause: version.cause.word().to_owned(),
            flap: version.flap,
        })
    }
}

fn standing(tx: &Transaction<'_>, article: ArticleId, number: i64) -> Result<Option<(i64, Standing)>> {
    tx.prepare_cached(
        "SELECT id, text_digest, attributes_digest, first_capture_id, last_capture_id, changed_after, sightings, cause, flap
         FROM version WHERE article_id = ?1 AND number = ?2",
    )
    .and_then(|mut statement| {
        statement
            .query_row(params![article.0, number], |r| {
                let standing = Standing {
                    digest: r.get(1)?,
                    attributes: r.get(2)?,
                    first: r.get(3)?,
                    last: r.get(4)?,
                    after: r.get(5)?,
                    sightings: r.get(6)?,
                    cause: r.get(7)?,
                    flap: r.get(8)?,
                };
                Ok((r.get(0)?, standing))
            })
            .optional()
    })
    .map_err(at("reading a version"))
}

fn capture(tx: &Transaction<'_>, moment: &Moment) -> Result<CaptureId> {
    tx.prepare_cached("SELECT id FROM capture WHERE record_id = ?1")
        .and_then(|mut statement| statement.query_row([&moment.record], |r| r.get(0)).optional())
        .map_err(at("finding a version's capture"))?
        .map(CaptureId)
        .ok_or_else(|| StoreError::Damaged(format!("a version names the record {} that has no row", moment.record)))
}

fn write_one(tx: &Transaction<'_>, article: ArticleId, number: i64, version: &Version) -> Result<()> {
    let due = Standing::due(tx, version)?;
    let old = standing(tx, article, number)?;
    let other_text = old.as_ref().is_none_or(|(_, old)| old.digest != due.digest);
    match &old {
        Some((_, old)) if *old == due => return Ok(()),
        Some((id, _)) if other_text => forget_text(tx, *id)?,
        _ => {}
    }
    let id: i64 = tx
        .prepare_cached(
            "INSERT INTO version (article_id, number, text_digest, attributes_digest, first_capture_id, last_capture_id,
                 first_seen_at, last_seen_at, changed_after, cause, flap, sightings)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT (article_id, number) DO UPDATE SET text_digest = excluded.text_digest,
                 attributes_digest = excluded.attributes_digest, first_capture_id = excluded.first_capture_id,
                 last_capture_id = excluded.last_capture_id, first_seen_at = excluded.first_seen_at,
                 last_seen_at = excluded.last_seen_at, changed_after = excluded.changed_after, cause = excluded.cause,
                 flap = excluded.flap, sightings = excluded.sightings
             RETURNING id",
        )
        .and_then(|mut statement| {
            statement.query_row(
                params![
                    article.0,
                    number,
                    due.digest,
                    due.attributes,
                    due.first,
                    due.last,
                    written(version.first.at),
                    written(version.last.at),
                    due.after,
                    due.cause,
                    due.flap,
                    due.sightings,
                ],
                |r| r.get(0),
            )
        })
        .map_err(at("writing a version"))?;
    if other_text {
        learn_text(tx, id, version)?;
    }
    own_readings(tx, article, id, version)
}

/// Points the readings that show a version at it, and those that show it no longer at none.
fn own_readings(tx: &Transaction<'_>, article: ArticleId, id: i64, version: &Version) -> Result<()> {
    const SHOWS_IT: &str = "article_id = ?2 AND outcome = 'article'
        AND (SELECT e.text_digest FROM reading e WHERE e.capture_id = coalesce(reading.read_as, reading.capture_id)) = ?3
        AND (SELECT c.captured_at FROM capture c WHERE c.id = reading.capture_id) BETWEEN ?4 AND ?5";
    let (first, last) = (written(version.first.at), written(version.last.at));
    for (value, whose) in [("NULL", "version_id = ?1 AND NOT"), ("?1", "article_id = ?2 AND version_id IS NOT ?1 AND")]
    {
        tx.prepare_cached(&format!("UPDATE reading SET version_id = {value} WHERE {whose} ({SHOWS_IT})"))
            .and_then(|mut statement| statement.execute(params![id, article.0, version.digest, first, last]))
            .map_err(at("giving readings their version"))?;
    }
    Ok(())
}

fn learn_text(tx: &Transaction<'_>, id: i64, version: &Version) -> Result<()> {
    tx.execute(
        "INSERT INTO search (rowid, title, lead, body) SELECT version_id, title, lead, body FROM search_text
         WHERE version_id = ?1",
        [id],
    )
    .map_err(at("indexing a text"))?;
    let authors: String = tx
        .query_row("SELECT authors FROM text WHERE digest = ?1", [&version.digest], |r| r.get(0))
        .map_err(at("reading a text's authors"))?;
    let authors: Vec<Author> = serde_json::from_str(&authors).map_err(|e| StoreError::Damaged(e.to_string()))?;
    for (position, author) in authors.iter().enumerate() {
        tx.execute(
            "INSERT INTO author (version_id, position, name, role) VALUES (?1, ?2, ?3, ?4)",
            params![id, signed(position as u64), author.name, author.role.word()],
        )
        .map_err(at("naming an author"))?;
    }
    Ok(())
}

/// Takes a version's text out of the index before its row changes; FTS5 wants the old words to do so.
fn forget_text(tx: &Transaction<'_>, id: i64) -> Result<()> {
    tx.execute(
        "INSERT INTO search (search, rowid, title, lead, body)
         SELECT 'delete', version_id, title, lead, body FROM search_text WHERE version_id = ?1",
        [id],
    )
    .map_err(at("indexing a text"))?;
    tx.execute("DELETE FROM author WHERE version_id = ?1", [id]).map_err(at("naming an author"))?;
    Ok(())
}

/// Versions past the timeline's end: other rules found two texts to be one.
fn drop_after(tx: &Transaction<'_>, article: ArticleId, last: i64) -> Result<()> {
    let ids: Vec<i64> = tx
        .prepare_cached("SELECT id FROM version WHERE article_id = ?1 AND number > ?2")
        .and_then(|mut statement| statement.query_map([article.0, last], |r| r.get(0)).and_then(Iterator::collect))
        .map_err(at("finding versions that are none"))?;
    for id in ids {
        forget_text(tx, id)?;
        tx.execute("UPDATE reading SET version_id = NULL WHERE version_id = ?1", [id])
            .and_then(|_| tx.execute("DELETE FROM version WHERE id = ?1", [id]))
            .map_err(at("dropping a version that is none"))?;
    }
    Ok(())
}

fn write_removals(tx: &Transaction<'_>, article: ArticleId, timeline: &Timeline) -> Result<()> {
    tx.prepare_cached("DELETE FROM removal WHERE article_id = ?1")
        .and_then(|mut statement| statement.execute([article.0]))
        .map_err(at("writing a removal"))?;
    for (index, removal) in timeline.removals.iter().enumerate() {
        let some = |moment: &Option<Moment>| moment.as_ref().map(|m| capture(tx, m)).transpose();
        let first = capture(tx, &removal.first)?;
        let (confirmed, returned) = (some(&removal.confirmed)?, some(&removal.returned)?);
        tx.execute(
            "INSERT INTO removal (article_id, number, last_seen_at, first_capture_id, first_missed_at,
                 confirmed_capture_id, confirmed_at, returned_capture_id, returned_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                article.0,
                signed(index as u64 + 1),
                removal.after.map(written),
                first.0,
                written(removal.first.at),
                confirmed.map(|c| c.0),
                removal.confirmed.as_ref().map(|m| written(m.at)),
                returned.map(|c| c.0),
                removal.returned.as_ref().map(|m| written(m.at)),
            ],
        )
        .map_err(at("writing a removal"))?;
    }
    Ok(())
}
