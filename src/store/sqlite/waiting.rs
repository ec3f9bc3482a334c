//! What waits in the frontier, for those who want to know before they ask anybody.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::read::Reader;
use super::row::{at, instant};
use super::selection::{self, LOOKED_AT_AGAIN, SELECTED};
use crate::model::instant::written;
use crate::store::{PaceRow, Result, Selection};

/// Which pages are meant.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// The site.
    pub site: &'q str,
    /// How far the question reaches.
    pub reach: Reach,
    /// Those that a run asks for at all.
    pub selection: Selection,
}

/// How far a question about waiting pages reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// What is due by an instant.
    Due(Timestamp),
    /// What is due then when all that is known is looked at again.
    All(Timestamp),
    /// Every page that is ever visited.
    Ever,
}

/// A page that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingPage {
    /// Where it will be asked for.
    pub url: String,
    /// "listing", "new", "revisit".
    pub class: String,
}

impl Reader {
    /// The pages that wait, in the order of service.
    ///
    /// # Errors
    /// The engine's.
    pub fn waiting(&self, question: Question<'_>) -> Result<Vec<WaitingPage>> {
        let (due_by, all) = match question.reach {
            Reach::Due(now) => (written(now), false),
            Reach::All(now) => (written(now), true),
            Reach::Ever => ("~".to_owned(), false),
        };
        let (since, until) = selection::ends(question.selection);
        let sql = format!(
            "SELECT f.url, f.class FROM frontier f
             WHERE {SELECTED} AND (f.due_at <= ?5 OR ?6 AND f.due_at IS NOT NULL AND {LOOKED_AT_AGAIN})
             ORDER BY f.place, f.page_id"
        );
        self.connection
            .prepare(&sql)
            .and_then(|mut statement| {
                let asked = params![question.site, question.selection.revisits, since, until, due_by, all];
                let page = |r: &rusqlite::Row<'_>| Ok(WaitingPage { url: r.get(0)?, class: r.get(1)? });
                statement.query_map(asked, page).and_then(Iterator::collect)
            })
            .map_err(at("listing what waits"))
    }

    /// When a site's next page of a selection falls due after `now`.
    ///
    /// # Errors
    /// The engine's.
    pub fn next_due(&self, site: &str, selection: Selection, now: Timestamp) -> Result<Option<Timestamp>> {
        selection::next_due(&self.connection, &[site.to_owned()], selection, now)
    }

    /// Milliseconds that a site took to answer, the mean of its last hundred visits.
    ///
    /// # Errors
    /// The engine's.
    pub fn mean_answer_ms(&self, site: &str) -> Result<Option<f64>> {
        let sql = "SELECT avg(took_ms) FROM (
            SELECT v.took_ms FROM visit v JOIN page p ON p.id = v.page_id
            WHERE p.site = ?1 AND v.outcome <> 'refused-by-robots' ORDER BY v.id DESC LIMIT 100)";
        self.connection.query_row(sql, [site], |r| r.get(0)).map_err(at("averaging answers"))
    }

    /// Is a page known to the frontier?
    ///
    /// # Errors
    /// The engine's.
    pub fn is_known(&self, key: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM page p JOIN frontier f ON f.page_id = p.id WHERE p.key = ?1";
        self.connection.prepare(sql).and_then(|mut statement| statement.exists([key])).map_err(at("looking for a page"))
    }

    /// A group's pace as the last run left it.
    ///
    /// # Errors
    /// The engine's.
    pub fn pace(&self, group: &str) -> Result<Option<PaceRow>> {
        let row: Option<(String, String)> = self
            .connection
            .query_row("SELECT next_allowed, state FROM pace WHERE name = ?1", [group], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()
            .map_err(at("reading a pace"))?;
        let Some((next, state)) = row else { return Ok(None) };
        Ok(Some(PaceRow { name: group.to_owned(), next_allowed: instant(&next)?, state }))
    }

    /// The sites that are crawled as a whole, by name: those whose own listings are known.
    ///
    /// # Errors
    /// The engine's.
    pub fn sites(&self) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT site FROM frontier WHERE class = 'listing' AND depth = 0 ORDER BY site";
        self.rows(sql, |r| r.get(0))
    }
}
