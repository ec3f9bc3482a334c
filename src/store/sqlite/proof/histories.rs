//! Articles' readings, and what the rows say that they come to.

use rusqlite::{Row, params};

use super::super::article;
use super::super::read::Reader;
use super::super::row::{at, signed};
use super::{lossy, maybe_lossy};
use crate::store::{ArticleId, History, Result};

/// An article's readings, and the versions and removals that stand written for them.
#[derive(Debug, Clone)]
pub struct KeptHistory {
    /// Which.
    pub article: ArticleId,
    /// Its first address.
    pub url: String,
    /// All that was seen of it.
    pub history: History,
    /// In order.
    pub versions: Vec<KeptVersion>,
    /// In order.
    pub removals: Vec<KeptRemoval>,
}

/// A version as its row tells it. A moment is an instant and the record of its capture.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the row's own columns")]
pub struct KeptVersion {
    pub number: i64,
    pub text_digest: String,
    pub first: (String, String),
    pub last: (String, String),
    pub changed_after: Option<String>,
    pub cause: String,
    pub flap: bool,
    pub sightings: i64,
}

/// A removal as its row tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the row's own columns")]
pub struct KeptRemoval {
    pub number: i64,
    pub last_seen_at: Option<String>,
    pub first: (String, String),
    pub confirmed: Option<(String, String)>,
    pub returned: Option<(String, String)>,
}

impl Reader {
    /// At most `most` articles after `after`, in the order of their making.
    ///
    /// # Errors
    /// The engine's, or [`crate::store::StoreError::Damaged`].
    pub fn articles_after(&self, after: Option<ArticleId>, most: usize) -> Result<Vec<ArticleId>> {
        let after = after.map_or(i64::MIN, |a| a.0);
        let sql = "SELECT id FROM article WHERE id > ?1 ORDER BY id LIMIT ?2";
        self.rows_with(sql, params![after, signed(most as u64)], |r| r.get(0).map(ArticleId))
    }

    /// An article with its readings, versions and removals, all of one instant.
    ///
    /// # Errors
    /// The engine's, or [`crate::store::StoreError::Damaged`].
    pub fn kept_history(&self, article: ArticleId) -> Result<KeptHistory> {
        let instant = self.connection.unchecked_transaction().map_err(at("reading an article's history"))?;
        let url = instant
            .query_row("SELECT url FROM article WHERE id = ?1", [article.0], |r| lossy(r, 0))
            .map_err(at("reading an article"))?;
        let history = article::history_of(&instant, article)?;
        let versions = self.rows_with(VERSIONS, params![article.0], version)?;
        let removals = self.rows_with(REMOVALS, params![article.0], removal)?;
        Ok(KeptHistory { article, url, history, versions, removals })
    }
}

const VERSIONS: &str = "
    SELECT v.number, v.text_digest, v.first_seen_at, f.record_id, v.last_seen_at, l.record_id, v.changed_after, v.cause,
           v.flap, v.sightings
    FROM version v JOIN capture f ON f.id = v.first_capture_id JOIN capture l ON l.id = v.last_capture_id
    WHERE v.article_id = ?1 ORDER BY v.number";

fn version(r: &Row<'_>) -> rusqlite::Result<KeptVersion> {
    Ok(KeptVersion {
        number: r.get(0)?,
        text_digest: lossy(r, 1)?,
        first: (lossy(r, 2)?, lossy(r, 3)?),
        last: (lossy(r, 4)?, lossy(r, 5)?),
        changed_after: maybe_lossy(r, 6)?,
        cause: lossy(r, 7)?,
        flap: r.get(8)?,
        sightings: r.get(9)?,
    })
}

const REMOVALS: &str = "
    SELECT r.number, r.last_seen_at, r.first_missed_at, f.record_id, r.confirmed_at, c.record_id, r.returned_at, b.record_id
    FROM removal r JOIN capture f ON f.id = r.first_capture_id
    LEFT JOIN capture c ON c.id = r.confirmed_capture_id LEFT JOIN capture b ON b.id = r.returned_capture_id
    WHERE r.article_id = ?1 ORDER BY r.number";

fn removal(r: &Row<'_>) -> rusqlite::Result<KeptRemoval> {
    let moment = |n| -> rusqlite::Result<Option<(String, String)>> {
        let (at, record) = (maybe_lossy(r, n)?, maybe_lossy(r, n + 1)?);
        Ok((at.is_some() || record.is_some()).then(|| (at.unwrap_or_default(), record.unwrap_or_default())))
    };
    Ok(KeptRemoval {
        number: r.get(0)?,
        last_seen_at: maybe_lossy(r, 1)?,
        first: moment(2)?.unwrap_or_default(),
        confirmed: moment(4)?,
        returned: moment(6)?,
    })
}
