//! What waits in the frontier, for those who want to know before they ask anybody.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::read::Reader;
use super::row::{at, instant, maybe_instant};
use crate::model::instant::written;
use crate::store::{PaceRow, Result};

/// Which pages are meant.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// The site.
    pub site: &'q str,
    /// Due by now; every page that is ever visited again, if `None`.
    pub due_by: Option<Timestamp>,
    /// Not hinted to be older than this.
    pub since: Option<Timestamp>,
    /// Not hinted to be of this instant or younger.
    pub until: Option<Timestamp>,
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
        let due_by = question.due_by.map_or_else(|| "~".to_owned(), written);
        let since = question.since.map_or_else(String::new, written);
        let until = question.until.map_or_else(|| "~".to_owned(), written);
        self.connection
            .prepare(
                "SELECT url, class FROM frontier WHERE site = ?1 AND due_at <= ?2
                 AND (class = 'listing' OR hint_at IS NULL OR (hint_at >= ?3 AND hint_at < ?4))
                 ORDER BY place, page_id",
            )
            .and_then(|mut statement| {
                statement
                    .query_map(params![question.site, due_by, since, until], |r| {
                        Ok(WaitingPage { url: r.get(0)?, class: r.get(1)? })
                    })
                    .and_then(Iterator::collect)
            })
            .map_err(at("listing what waits"))
    }

    /// When a site's next page falls due after `now`.
    ///
    /// # Errors
    /// The engine's.
    pub fn next_due(&self, site: &str, now: Timestamp) -> Result<Option<Timestamp>> {
        let sql = "SELECT min(due_at) FROM frontier WHERE site = ?1 AND due_at > ?2";
        let next = self.connection.query_row(sql, params![site, written(now)], |r| r.get(0));
        maybe_instant(next.map_err(at("finding what falls due next"))?)
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
