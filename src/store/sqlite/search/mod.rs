//! Search in the texts, without accents.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use super::read::Reader;
use super::row::at;
use crate::store::Result;

mod marked;
mod query;

pub use marked::Piece;
use marked::{MARKS, around_first_hit, pieces};
pub use query::Query;

/// Where to look.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scope<'a> {
    /// Only this site.
    pub site: Option<&'a str>,
    /// In former versions too, each a result of its own.
    pub all_versions: bool,
    /// At most so many; 0: all.
    pub limit: u32,
}

/// A text that was found.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    /// The article's first address.
    pub url: String,
    /// The site's profile.
    pub site: String,
    /// Which version, for the eye.
    pub version: i64,
    /// Its headline.
    pub title: String,
    /// The day of publication at the paper.
    pub published_on: Option<String>,
    /// When this version was first seen.
    pub first_seen_at: String,
    /// What names its text.
    pub text_digest: String,
    /// Some words around the first hit.
    pub snippet: Vec<Piece>,
    /// The headline in pieces.
    #[serde(skip)]
    pub marked_title: Vec<Piece>,
}

impl Reader {
    /// The texts that hold what is looked for: the best first, then the newest.
    ///
    /// # Errors
    /// The engine's.
    pub fn search(&self, query: &Query, scope: Scope<'_>) -> Result<Vec<Hit>> {
        let most = if scope.limit == 0 { -1 } else { i64::from(scope.limit) };
        // A word in the headline weighs ten times one in the body.
        let found: Vec<i64> = self.rows_with(
            "SELECT v.id FROM search
             JOIN version v ON v.id = search.rowid
             JOIN article a ON a.id = v.article_id
             LEFT JOIN attributes x ON x.digest = v.attributes_digest
             WHERE search MATCH ?1 AND (?2 IS NULL OR a.site = ?2)
               AND (?3 OR v.number = (SELECT max(number) FROM version WHERE article_id = v.article_id))
             ORDER BY bm25(search, 10.0, 4.0, 1.0), coalesce(x.published_at, x.published_on, v.first_seen_at) DESC,
                      v.id DESC
             LIMIT ?4",
            params![query.expression(), scope.site, scope.all_versions, most],
            |r| r.get(0),
        )?;
        found.into_iter().filter_map(|id| self.hit(query, id).transpose()).collect()
    }

    fn hit(&self, query: &Query, version: i64) -> Result<Option<Hit>> {
        let [open, close] = MARKS.map(String::from);
        let of = |r: &Row<'_>| {
            let marked = |text: usize, folded: usize| -> rusqlite::Result<Vec<Piece>> {
                Ok(pieces(&r.get::<_, Option<String>>(text)?.unwrap_or_default(), &r.get::<_, String>(folded)?))
            };
            let (title, lead, body) = (marked(3, 9)?, marked(7, 10)?, marked(8, 11)?);
            let telling = if body.iter().any(|p| p.hit) || lead.is_empty() { &body } else { &lead };
            Ok(Hit {
                url: r.get(0)?,
                site: r.get(1)?,
                version: r.get(2)?,
                title: r.get(3)?,
                published_on: r.get(4)?,
                first_seen_at: r.get(5)?,
                text_digest: r.get(6)?,
                snippet: around_first_hit(telling),
                marked_title: title,
            })
        };
        self.connection
            .prepare_cached(
                "SELECT a.url, a.site, v.number, t.title, coalesce(x.published_on, t.published_on), v.first_seen_at,
                        v.text_digest, t.lead, t.body, highlight(search, 0, ?3, ?4), highlight(search, 1, ?3, ?4),
                        highlight(search, 2, ?3, ?4)
                 FROM search
                 JOIN version v ON v.id = search.rowid
                 JOIN article a ON a.id = v.article_id
                 JOIN text t ON t.digest = v.text_digest
                 LEFT JOIN attributes x ON x.digest = v.attributes_digest
                 WHERE search MATCH ?1 AND search.rowid = ?2",
            )
            .and_then(|mut statement| {
                statement.query_row(params![query.expression(), version, open, close], of).optional()
            })
            .map_err(at("marking a text"))
    }
}
