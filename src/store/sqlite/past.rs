//! One article's history as people ask for it: versions, doubts, removals, and every dated change of the rest.

use rusqlite::{OptionalExtension, Row, ToSql, params};
use serde::Serialize;

use super::read::Reader;
use super::row::at;
use crate::store::{ArticleId, Result, StoreError};

/// The history of one article.
#[derive(Debug, Clone, Serialize)]
pub struct Past {
    /// The site's profile.
    pub site: String,
    /// Its first address.
    pub url: String,
    /// Its profile has not been seen to hold on the live site.
    pub provisional: bool,
    /// In order.
    pub versions: Vec<PastVersion>,
    /// Texts held as doubtful that became no version.
    pub held: Vec<PastHeld>,
    /// Times in which it was not there.
    pub removals: Vec<PastRemoval>,
    /// Dated changes of what makes no version: section, tags, images …
    pub changes: Vec<PastChange>,
}

/// One version.
#[derive(Debug, Clone, Serialize)]
pub struct PastVersion {
    /// For the eye; not stable.
    pub number: i64,
    /// Its public name: address, instant of its first capture, text digest.
    pub name: String,
    /// What names its text.
    pub text_digest: String,
    /// First seen.
    pub first_seen_at: String,
    /// Last seen.
    pub last_seen_at: String,
    /// The last visit that showed the former text: the change happened after it, and not after `first_seen_at`.
    pub changed_after: Option<String>,
    /// Why it began: first, edited, restored, confirmed-cut, rules.
    pub cause: String,
    /// One of several returns within a week.
    pub flap: bool,
    /// Captures that show it.
    pub sightings: i64,
    /// Its headline.
    pub title: String,
    /// Characters of lead and body.
    pub length: i64,
    /// Its first capture.
    pub record_id: String,
}

/// A text that was held.
#[derive(Debug, Clone, Serialize)]
pub struct PastHeld {
    /// When it was captured.
    pub captured_at: String,
    /// By which record.
    pub record_id: String,
    /// What names its text.
    pub text_digest: String,
    /// Characters of lead and body.
    pub length: i64,
    /// It still waits; no later visit has shown the former text again.
    pub waits: bool,
}

/// A negative answer that proves an absence.
#[derive(Debug, Clone, Serialize)]
pub struct Evidence {
    /// When.
    pub at: String,
    /// The HTTP status.
    pub status: i64,
    /// gone, soft-gone, or replaced: the page shows another story.
    pub how: String,
    /// The WARC record.
    pub record_id: String,
}

/// A time in which an article was not there.
#[derive(Debug, Clone, Serialize)]
pub struct PastRemoval {
    /// The last visit that showed it.
    pub last_seen_at: Option<String>,
    /// The first negative answer.
    pub first: Evidence,
    /// The one that confirmed it; none: not yet believed.
    pub confirmed: Option<Evidence>,
    /// The first text after it.
    pub returned_at: Option<String>,
}

/// A change of an attribute.
#[derive(Debug, Clone, Serialize)]
pub struct PastChange {
    /// The last visit that showed the former value.
    pub after: Option<String>,
    /// The first that showed the new one.
    pub seen_at: String,
    /// section, tags, images, `modified_at`, `published_text`, language.
    pub field: String,
    /// Before.
    pub old: Option<String>,
    /// Since.
    pub new: Option<String>,
    /// The page that shows it, by its key.
    pub page: String,
}

impl Reader {
    /// The whole history of an article.
    ///
    /// # Errors
    /// The engine's.
    pub fn past(&self, article: ArticleId) -> Result<Past> {
        let (site, url, provisional) = self
            .connection
            .query_row("SELECT site, url, provisional FROM article WHERE id = ?1", [article.0], |r| {
                Ok((r.get(0)?, r.get(1)?, r.get(2)?))
            })
            .optional()
            .map_err(at("reading an article"))?
            .ok_or_else(|| StoreError::Damaged("a page without its article".into()))?;
        Ok(Past {
            site,
            provisional,
            versions: self.versions(article)?,
            held: self.held_of(article)?,
            removals: self.removals_of(article)?,
            changes: self.changes_of(article)?,
            url,
        })
    }

    /// An article's versions, in order.
    ///
    /// # Errors
    /// The engine's.
    pub fn versions(&self, article: ArticleId) -> Result<Vec<PastVersion>> {
        self.rows_with(
            "SELECT v.number, a.url || ' @ ' || v.first_seen_at || ' ' || v.text_digest, v.text_digest,
                    v.first_seen_at, v.last_seen_at, v.changed_after, v.cause, v.flap, v.sightings, t.title, t.length,
                    c.record_id
             FROM version v
             JOIN article a ON a.id = v.article_id
             JOIN text t ON t.digest = v.text_digest
             JOIN capture c ON c.id = v.first_capture_id
             WHERE v.article_id = ?1 ORDER BY v.number",
            params![article.0],
            |r| {
                Ok(PastVersion {
                    number: r.get(0)?,
                    name: r.get(1)?,
                    text_digest: r.get(2)?,
                    first_seen_at: r.get(3)?,
                    last_seen_at: r.get(4)?,
                    changed_after: r.get(5)?,
                    cause: r.get(6)?,
                    flap: r.get(7)?,
                    sightings: r.get(8)?,
                    title: r.get(9)?,
                    length: r.get(10)?,
                    record_id: r.get(11)?,
                })
            },
        )
    }

    fn held_of(&self, article: ArticleId) -> Result<Vec<PastHeld>> {
        self.rows_with(
            "SELECT captured_at, record_id, text_digest, length,
                    captured_at > (SELECT max(last_seen_at) FROM version WHERE article_id = ?1)
             FROM held WHERE article_id = ?1 ORDER BY captured_at",
            params![article.0],
            |r| {
                Ok(PastHeld {
                    captured_at: r.get(0)?,
                    record_id: r.get(1)?,
                    text_digest: r.get(2)?,
                    length: r.get(3)?,
                    waits: r.get::<_, Option<bool>>(4)?.unwrap_or(true),
                })
            },
        )
    }

    fn removals_of(&self, article: ArticleId) -> Result<Vec<PastRemoval>> {
        self.rows_with(
            "SELECT r.last_seen_at, r.returned_at,
                    r.first_missed_at, c1.status, iif(r1.outcome = 'article', 'replaced', r1.outcome), c1.record_id,
                    r.confirmed_at, c2.status, iif(r2.outcome = 'article', 'replaced', r2.outcome), c2.record_id
             FROM removal r
             JOIN capture c1 ON c1.id = r.first_capture_id JOIN reading r1 ON r1.capture_id = c1.id
             LEFT JOIN capture c2 ON c2.id = r.confirmed_capture_id LEFT JOIN reading r2 ON r2.capture_id = c2.id
             WHERE r.article_id = ?1 ORDER BY r.number",
            params![article.0],
            |r| {
                let evidence = |at: String, from: usize| -> rusqlite::Result<Evidence> {
                    Ok(Evidence { at, status: r.get(from)?, how: r.get(from + 1)?, record_id: r.get(from + 2)? })
                };
                Ok(PastRemoval {
                    last_seen_at: r.get(0)?,
                    returned_at: r.get(1)?,
                    first: evidence(r.get(2)?, 3)?,
                    confirmed: r.get::<_, Option<String>>(6)?.map(|at| evidence(at, 7)).transpose()?,
                })
            },
        )
    }

    /// What the view `changes` tells of one article beside its versions.
    fn changes_of(&self, article: ArticleId) -> Result<Vec<PastChange>> {
        self.rows_with(
            "SELECT after, seen_at, field, old, new, page FROM changes
             WHERE article_id = ?1 AND field NOT IN ('title', 'lead', 'body', 'authors', 'published_on')
             ORDER BY seen_at, page, field",
            params![article.0],
            |r| {
                Ok(PastChange {
                    after: r.get(0)?,
                    seen_at: r.get(1)?,
                    field: r.get(2)?,
                    old: r.get(3)?,
                    new: r.get(4)?,
                    page: r.get(5)?,
                })
            },
        )
    }

    /// Rows of a question with values bound to it.
    pub(super) fn rows_with<T>(
        &self,
        sql: &str,
        values: &[&dyn ToSql],
        of: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_map(values, of).and_then(Iterator::collect))
            .map_err(at("reading the archive"))
    }
}
