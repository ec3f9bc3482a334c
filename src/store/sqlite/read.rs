//! The archive opened to be read, and the list of what it holds. Readers never write.

use std::path::Path;

use rusqlite::{Connection, params};
use serde::Serialize;

use super::row::at;
use crate::store::Result;

/// A read-only view of an archive, of one instant from its first question to its last.
pub struct Reader {
    pub(super) connection: Connection,
}

/// An article in a list.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    /// Its first address.
    pub url: String,
    /// The site's profile.
    pub site: String,
    /// Its latest headline.
    pub title: String,
    /// The day of publication at the paper.
    pub published_on: Option<String>,
    /// How many versions are kept.
    pub version: i64,
    /// When its latest version was first seen.
    pub first_seen_at: String,
    /// When its latest version was seen last.
    pub last_seen_at: String,
    /// It is believed gone.
    pub removed: bool,
    /// A doubtful text of it waits to be confirmed.
    pub held: bool,
}

/// Which articles are listed.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Only this site.
    pub site: Option<String>,
    /// Published on this day at the paper, or later.
    pub since: Option<String>,
    /// Published before this day.
    pub until: Option<String>,
    /// Only those that are believed gone.
    pub removed: bool,
    /// Only those of which a doubtful text waits.
    pub held: bool,
    /// At most so many; 0: all.
    pub limit: u32,
}

/// A doubtful text of the article `l` came after the last sighting of its newest version.
const WAITS: &str = "EXISTS (SELECT 1 FROM reading r JOIN capture c ON c.id = r.capture_id
                             WHERE r.article_id = l.article_id AND r.verdict = 'held' AND r.version_id IS NULL
                               AND c.captured_at > l.last_seen_at)";

impl Reader {
    /// Opens the archive in `folder` for reading.
    ///
    /// # Errors
    /// [`crate::store::StoreError::NotAnArchive`], [`crate::store::StoreError::Newer`], or the engine's.
    pub fn open(folder: &Path) -> Result<Self> {
        let connection = super::open::to_read(folder)?;
        // What a crawl commits meanwhile does not show, so that all answers of one reader agree.
        connection.execute_batch("BEGIN").map_err(at("opening the archive"))?;
        Ok(Self { connection })
    }

    /// Articles by day of publication, newest first.
    ///
    /// # Errors
    /// The engine's.
    pub fn list(&self, wish: &Wish) -> Result<Vec<Listed>> {
        let most = if wish.limit == 0 { -1 } else { i64::from(wish.limit) };
        let sql = format!(
            "SELECT url, site, title, published_on, version, first_seen_at, last_seen_at, removed, {WAITS} FROM latest l
             WHERE (?1 IS NULL OR site = ?1) AND (?2 IS NULL OR published_on >= ?2)
               AND (?3 IS NULL OR published_on < ?3) AND (NOT ?4 OR removed) AND (NOT ?5 OR {WAITS})
             ORDER BY published_on IS NULL, published_on DESC, coalesce(published_at, url_created_at) DESC, article_id DESC
             LIMIT ?6"
        );
        self.rows_with(&sql, params![wish.site, wish.since, wish.until, wish.removed, wish.held, most], |r| {
            Ok(Listed {
                url: r.get(0)?,
                site: r.get(1)?,
                title: r.get(2)?,
                published_on: r.get(3)?,
                version: r.get(4)?,
                first_seen_at: r.get(5)?,
                last_seen_at: r.get(6)?,
                removed: r.get(7)?,
                held: r.get(8)?,
            })
        })
    }
}
