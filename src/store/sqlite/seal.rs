//! What a capture was read as, sealed: of the many rows that a reading leaves, none can be changed or lost unseen.
//!
//! A text, its attributes and a record have digests for names. A reading's own words, the places where a listing shows
//! pages, the links that an article begins to print and the signs of how it was read have none, and nothing else in the archive tells them twice.

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::row::at;
use crate::store::{CaptureId, Result};

/// The reading's own words; what moves with the article's history is proven by the fold.
const READING: &str = "
    SELECT json_array(role, outcome, reason, extractor, text_digest, attributes_digest, length, ended, moved_to, proofs,
                      (SELECT digest FROM rules WHERE id = rules_id))
    FROM reading WHERE capture_id = ?1";

const SIGHTINGS: &str = "
    SELECT json_group_array(json_array(key, source, rank, url, title, date_hint)) FROM (
        SELECT p.key, s.source, s.rank, s.url, s.title, s.date_hint FROM sighting s JOIN page p ON p.id = s.page_id
        WHERE s.capture_id = ?1 ORDER BY p.key)";

/// How its page was read, and what has come of that.
const SIGNS: &str = "
    SELECT json_array(extractor, fields, title, body, face, doubt, standing, site,
                      (SELECT digest FROM rules WHERE id = rules_id), (SELECT key FROM page WHERE id = page_id))
    FROM sign WHERE capture_id = ?1";

/// The links that the capture was the first to show. Their intervals go on; what they say does not change.
const LINKS: &str = "
    SELECT json_group_array(json_array(kind, label, title, teaser, teaser_truncated, url, target)) FROM (
        SELECT kind, label, title, teaser, teaser_truncated, url, target FROM related_link
        WHERE first_capture_id = ?1 ORDER BY id)";

/// Seals a capture's reading as it stands.
pub(super) fn seal(connection: &Connection, capture: CaptureId) -> Result<()> {
    let Some(digest) = digest(connection, capture)? else { return Ok(()) };
    connection
        .prepare_cached(
            "INSERT INTO seal (capture_id, digest) VALUES (?1, ?2)
             ON CONFLICT (capture_id) DO UPDATE SET digest = excluded.digest",
        )
        .and_then(|mut statement| statement.execute(params![capture.0, digest]))
        .map_err(at("sealing a reading"))?;
    Ok(())
}

/// The digest of what a capture was read as; `None` for one that nobody has read.
pub(super) fn digest(connection: &Connection, capture: CaptureId) -> Result<Option<String>> {
    let part = |sql: &str| {
        connection
            .prepare_cached(sql)
            .and_then(|mut statement| {
                let bytes = |r: &rusqlite::Row<'_>| Ok(r.get_ref(0)?.as_bytes()?.to_vec());
                statement.query_row([capture.0], bytes).optional()
            })
            .map_err(at("reading what is sealed"))
    };
    let Some(reading) = part(READING)? else { return Ok(None) };
    let mut sum = Sha256::new();
    for part in [Some(reading), part(SIGHTINGS)?, part(LINKS)?] {
        sum.update(part.unwrap_or_default());
        sum.update(b"\n");
    }
    sum.update(part(SIGNS)?.unwrap_or_default());
    Ok(Some(format!("sha256:{}", data_encoding::HEXLOWER.encode(&sum.finalize()))))
}
