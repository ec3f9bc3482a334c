//! What happened to articles: edits, doubtful cuts, removals, links.

use rusqlite::Row;
use serde::Serialize;

use super::read::Reader;
use super::row::at;
use crate::store::Result;

/// A change of an article's text.
#[derive(Debug, Serialize)]
pub struct Edit {
    /// The article.
    pub url: String,
    /// Why the version began.
    pub cause: String,
    /// The last visit that showed the former text.
    pub after: Option<String>,
    /// The first visit that showed the new one.
    pub seen_at: String,
    /// The former text: headline, lead, body.
    pub before: String,
    /// The new one.
    pub now: String,
}

/// An article that is not there any more.
#[derive(Debug, Serialize)]
pub struct Gone {
    /// The article.
    pub url: String,
    /// The last visit that showed it.
    pub last_seen_at: Option<String>,
    /// The first negative answer: instant, status, record.
    pub first: (String, i64, String),
    /// The one that confirmed it.
    pub confirmed: (String, i64, String),
}

/// A doubtful cut that waits.
#[derive(Debug, Serialize)]
pub struct HeldText {
    /// The article.
    pub url: String,
    /// When it was captured.
    pub captured_at: String,
    /// Characters it has.
    pub length: i64,
}

/// A link as an article prints it.
#[derive(Debug, Serialize)]
pub struct Printed {
    /// The article that prints it.
    pub from: String,
    /// "inline", "end", "side", "author".
    pub kind: String,
    /// "Lire aussi" …
    pub label: Option<String>,
    /// Its text.
    pub title: String,
    /// The list that the whole site shows.
    pub sitewide: bool,
}

impl Reader {
    /// Every change of a text, in the order seen.
    ///
    /// # Errors
    /// The engine's.
    pub fn edits(&self) -> Result<Vec<Edit>> {
        self.rows(
            "SELECT e.url, e.cause, e.changed_after, e.first_seen_at,
                    o.title || char(10) || coalesce(o.lead || char(10), '') || o.body,
                    n.title || char(10) || coalesce(n.lead || char(10), '') || n.body
             FROM edits e
             JOIN text n ON n.digest = e.text_digest
             JOIN version b ON b.article_id = e.article_id AND b.number = e.version - 1
             JOIN text o ON o.digest = b.text_digest
             ORDER BY e.first_seen_at",
            |r| {
                Ok(Edit {
                    url: r.get(0)?,
                    cause: r.get(1)?,
                    after: r.get(2)?,
                    seen_at: r.get(3)?,
                    before: r.get(4)?,
                    now: r.get(5)?,
                })
            },
        )
    }

    /// Every article that is believed gone, with the evidence.
    ///
    /// # Errors
    /// The engine's.
    pub fn removed(&self) -> Result<Vec<Gone>> {
        self.rows(
            "SELECT url, last_seen_at, first_missed_at, first_status, first_evidence, confirmed_at, second_status,
                    second_evidence
             FROM removed WHERE returned_at IS NULL ORDER BY confirmed_at",
            |r| {
                Ok(Gone {
                    url: r.get(0)?,
                    last_seen_at: r.get(1)?,
                    first: (r.get(2)?, r.get(3)?, r.get(4)?),
                    confirmed: (r.get(5)?, r.get(6)?, r.get(7)?),
                })
            },
        )
    }

    /// Every doubtful cut that waits.
    ///
    /// # Errors
    /// The engine's.
    pub fn held(&self) -> Result<Vec<HeldText>> {
        self.rows("SELECT url, captured_at, length FROM held ORDER BY captured_at", |r| {
            Ok(HeldText { url: r.get(0)?, captured_at: r.get(1)?, length: r.get(2)? })
        })
    }

    /// What one article printed under "Lire aussi" when it was seen last.
    ///
    /// # Errors
    /// The engine's.
    pub fn links_of(&self, url: &str) -> Result<Vec<Printed>> {
        let rows = self.rows(
            "SELECT l.from_url, l.kind, l.label, l.title, l.sitewide FROM links_all l
             WHERE l.last_seen_at = (SELECT max(last_seen_at) FROM links_all WHERE from_url = l.from_url)
             ORDER BY l.rank",
            |r| {
                Ok(Printed {
                    from: r.get(0)?,
                    kind: r.get(1)?,
                    label: r.get(2)?,
                    title: r.get(3)?,
                    sitewide: r.get(4)?,
                })
            },
        )?;
        Ok(rows.into_iter().filter(|l| l.from == url).collect())
    }

    pub(super) fn rows<T>(&self, sql: &str, of: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
        self.connection
            .prepare(sql)
            .and_then(|mut statement| statement.query_map([], of).and_then(Iterator::collect))
            .map_err(at("reading the archive"))
    }
}
