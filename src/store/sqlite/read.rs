//! What people ask of an archive. Readers never write.

use std::path::Path;

use rusqlite::{Connection, Row, params};
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
