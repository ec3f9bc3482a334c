//! From an address to its article, for readers.

use rusqlite::{OptionalExtension, params};

use super::read::Reader;
use super::row::at;
use crate::store::{ArticleId, Result};

/// What an archive knows of a page that shows no article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageState {
    /// Its last visit: when, and what came of it.
    pub last_visit: Option<(String, String)>,
    /// Where its last answer led.
    pub location: Option<String>,
    /// Why its last capture is no article, where that is known.
    pub reason: Option<String>,
}

impl Reader {
    /// The profiles that made this archive's pages: site and TOML, the newest first.
    ///
    /// # Errors
    /// The engine's.
    pub fn rules(&self) -> Result<Vec<(String, String)>> {
        self.rows("SELECT site, toml FROM rules ORDER BY id DESC", |r| Ok((r.get(0)?, r.get(1)?)))
    }

    /// The article that a page shows, or showed last.
    ///
    /// # Errors
    /// The engine's.
    pub fn article_of(&self, key: &str) -> Result<Option<ArticleId>> {
        self.connection
            .query_row(
                "SELECT pa.article_id FROM page p JOIN page_article pa ON pa.page_id = p.id WHERE p.key = ?1
                 ORDER BY pa.until_at IS NOT NULL, pa.until_at DESC LIMIT 1",
                [key],
                |r| r.get(0).map(ArticleId),
            )
            .optional()
            .map_err(at("finding an article"))
    }

    /// What is known of a page; nothing if nobody ever showed it.
    ///
    /// # Errors
    /// The engine's.
    pub fn page_state(&self, key: &str) -> Result<Option<PageState>> {
        self.connection
            .query_row(
                "SELECT v.asked_at, coalesce(CAST(v.status AS TEXT), v.outcome), c.location, coalesce(r.reason, v.detail)
                 FROM page p
                 LEFT JOIN visit v ON v.page_id = p.id
                 LEFT JOIN capture c ON c.visit_id = v.id
                 LEFT JOIN reading r ON r.capture_id = c.id
                 WHERE p.key = ?1 ORDER BY v.asked_at DESC, v.id DESC LIMIT 1",
                params![key],
                |r| {
                    let visit = r.get::<_, Option<String>>(0)?.zip(r.get(1)?);
                    Ok(PageState { last_visit: visit, location: r.get(2)?, reason: r.get(3)? })
                },
            )
            .optional()
            .map_err(at("finding a page"))
    }
}
