//! The texts that versions are made of.

use rusqlite::OptionalExtension;

use super::read::Reader;
use super::row::at;
use crate::model::article::{Author, Block};
use crate::store::{ArticleId, Result, StoreError};

/// A text as it was read, field by field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptText {
    /// The headline.
    pub title: String,
    /// The lead.
    pub lead: Option<String>,
    /// The body.
    pub body: Vec<Block>,
    /// Names in the order printed.
    pub authors: Vec<Author>,
    /// The day of publication as printed.
    pub published_on: Option<String>,
}

impl Reader {
    /// The text that a digest names.
    ///
    /// # Errors
    /// The engine's, or [`StoreError::Damaged`].
    pub fn text(&self, digest: &str) -> Result<KeptText> {
        type Columns = (String, Option<String>, String, String, Option<String>);
        let columns: Option<Columns> = self
            .connection
            .query_row("SELECT title, lead, blocks, authors, published_on FROM text WHERE digest = ?1", [digest], |r| {
                Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?))
            })
            .optional()
            .map_err(at("reading a text"))?;
        let (title, lead, blocks, authors, published_on) =
            columns.ok_or_else(|| StoreError::Damaged(format!("the text {digest} is not there")))?;
        let damaged = |e: serde_json::Error| StoreError::Damaged(format!("the text {digest}: {e}"));
        Ok(KeptText {
            title,
            lead,
            body: serde_json::from_str(&blocks).map_err(damaged)?,
            authors: serde_json::from_str(&authors).map_err(damaged)?,
            published_on,
        })
    }

    /// Digests that former rules gave an article's texts, each with the digest of a version that the same capture shows
    /// now. Of a text that went and came back other rules may have made two: it is there for each, in order.
    ///
    /// # Errors
    /// The engine's.
    pub fn superseded(&self, article: ArticleId) -> Result<Vec<(String, String)>> {
        let sql = "SELECT s.text_digest, v.text_digest
                   FROM version v JOIN reading r ON r.version_id = v.id JOIN superseded s ON s.capture_id = r.capture_id
                   WHERE v.article_id = ?1 ORDER BY v.number";
        self.rows_with(sql, &[&article.0], |r| Ok((r.get(0)?, r.get(1)?)))
    }
}
