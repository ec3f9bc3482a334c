//! What people ask of an archive. Readers never write.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::row::at;
use crate::store::Result;

/// A read-only view of an archive.
pub struct Reader {
    pub(super) connection: Connection,
}

/// An article in a list.
#[derive(Debug, Serialize)]
pub struct Listed {
    /// Its first address.
    pub url: String,
    /// Its latest headline.
    pub title: String,
    /// The day of publication at the paper.
    pub published_on: Option<String>,
    /// How many versions are kept.
    pub version: i64,
    /// When its latest version was seen last.
    pub last_seen_at: String,
}

/// One version's text.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// The article's first address.
    pub url: String,
    /// For the eye: 1 is the first.
    pub version: i64,
    /// Why it began.
    pub cause: String,
    /// The headline.
    pub title: String,
    /// The lead.
    pub lead: Option<String>,
    /// The body, blocks parted by an empty line.
    pub body: String,
    /// Names in the order printed.
    pub authors: Option<String>,
    /// First seen.
    pub first_seen_at: String,
    /// Last seen.
    pub last_seen_at: String,
    /// What names the text.
    pub text_digest: String,
}

/// What an archive holds.
#[derive(Debug, Serialize)]
pub struct Status {
    /// Articles.
    pub articles: i64,
    /// Versions of them.
    pub versions: i64,
    /// Captures.
    pub captures: i64,
    /// Texts held as doubtful cuts.
    pub held: i64,
    /// Articles believed removed.
    pub removed: i64,
    /// The last runs, newest first.
    pub runs: Vec<RunRow>,
}

/// One run.
#[derive(Debug, Serialize)]
pub struct RunRow {
    /// Began.
    pub started_at: String,
    /// Ended.
    pub ended_at: Option<String>,
    /// Why.
    pub end_reason: Option<String>,
}

impl Reader {
    /// Opens the archive in `folder` for reading.
    ///
    /// # Errors
    /// [`crate::store::StoreError::NotAnArchive`], [`crate::store::StoreError::Newer`], or the engine's.
    pub fn open(folder: &Path) -> Result<Self> {
        Ok(Self { connection: super::open_to_read(folder)? })
    }

    /// Articles by day of publication, newest first.
    ///
    /// # Errors
    /// The engine's.
    pub fn list(&self, site: Option<&str>, limit: u32) -> Result<Vec<Listed>> {
        let of = |r: &Row<'_>| {
            Ok(Listed {
                url: r.get(0)?,
                title: r.get(1)?,
                published_on: r.get(2)?,
                version: r.get(3)?,
                last_seen_at: r.get(4)?,
            })
        };
        self.connection
            .prepare(
                "SELECT url, title, published_on, version, last_seen_at FROM latest WHERE ?1 IS NULL OR site = ?1
                 ORDER BY coalesce(published_at, published_on) DESC LIMIT ?2",
            )
            .and_then(|mut statement| statement.query_map(params![site, limit], of).and_then(Iterator::collect))
            .map_err(at("listing articles"))
    }

    /// One version of the article that an address names; the latest, if no number is given.
    ///
    /// # Errors
    /// The engine's.
    pub fn show(&self, url: &str, version: Option<u32>) -> Result<Option<Shown>> {
        let key = url.split_once("://").map_or(url, |(_, rest)| rest);
        let of = |r: &Row<'_>| {
            Ok(Shown {
                url: r.get(0)?,
                version: r.get(1)?,
                cause: r.get(2)?,
                title: r.get(3)?,
                lead: r.get(4)?,
                body: r.get(5)?,
                authors: r.get(6)?,
                first_seen_at: r.get(7)?,
                last_seen_at: r.get(8)?,
                text_digest: r.get(9)?,
            })
        };
        self.connection
            .query_row(
                "SELECT a.url, v.number, v.cause, t.title, t.lead, t.body,
                        (SELECT group_concat(name, ', ') FROM author WHERE version_id = v.id),
                        v.first_seen_at, v.last_seen_at, v.text_digest
                 FROM page p
                 JOIN page_article pa ON pa.page_id = p.id
                 JOIN article a ON a.id = pa.article_id
                 JOIN version v ON v.article_id = a.id
                 JOIN text t ON t.digest = v.text_digest
                 WHERE p.key = ?1 AND (?2 IS NULL OR v.number = ?2)
                 ORDER BY v.number DESC LIMIT 1",
                params![key, version],
                of,
            )
            .optional()
            .map_err(at("showing an article"))
    }

    /// What the archive holds, and its last ten runs.
    ///
    /// # Errors
    /// The engine's.
    pub fn status(&self) -> Result<Status> {
        let count = |sql: &str| self.connection.query_row(sql, [], |r| r.get(0)).map_err(at("counting"));
        let of = |r: &Row<'_>| Ok(RunRow { started_at: r.get(0)?, ended_at: r.get(1)?, end_reason: r.get(2)? });
        let runs = self
            .connection
            .prepare("SELECT started_at, ended_at, end_reason FROM run ORDER BY id DESC LIMIT 10")
            .and_then(|mut statement| statement.query_map([], of).and_then(Iterator::collect))
            .map_err(at("listing runs"))?;
        Ok(Status {
            articles: count("SELECT count(*) FROM article")?,
            versions: count("SELECT count(*) FROM version")?,
            captures: count("SELECT count(*) FROM capture")?,
            held: count("SELECT count(*) FROM held")?,
            removed: count("SELECT count(*) FROM removed WHERE returned_at IS NULL")?,
            runs,
        })
    }
}
