//! Captures as they came, for those who try a profile on them.

use rusqlite::{Row, params};

use super::read::Reader;
use super::row::{at, instant, unsigned};
use crate::model::answer::Validators;
use crate::store::{Location, Result, RobotsRow};

/// A capture with what it was read as.
#[derive(Debug, Clone)]
pub struct Captured {
    /// The URL asked.
    pub url: String,
    /// When.
    pub captured_at: String,
    /// "response", "identical-payload", "not-modified".
    pub kind: String,
    /// HTTP status.
    pub status: u16,
    /// "article", "feed", "sitemap", "section", "robots"; `None` where nobody has read it yet.
    pub role: Option<String>,
    /// What it turned out to be.
    pub outcome: Option<String>,
    /// The text that was read.
    pub text_digest: Option<String>,
    /// It is the last part of an article on several pages, and the text is that of all.
    pub last_part: bool,
    /// What the answer gave for later requests.
    pub validators: Validators,
    /// Pages that it shows, if it is a listing.
    pub shows: u64,
    /// Where its record stands.
    pub location: Location,
}

impl Reader {
    /// A site's captures, the latest first; only those of new bytes where an article should be, if `articles` is said.
    ///
    /// # Errors
    /// The engine's.
    pub fn captured(&self, site: &str, articles: bool, limit: u32) -> Result<Vec<Captured>> {
        let of = |r: &Row<'_>| {
            Ok(Captured {
                url: r.get(0)?,
                captured_at: r.get(1)?,
                kind: r.get(2)?,
                status: r.get(3)?,
                role: r.get(4)?,
                outcome: r.get(5)?,
                text_digest: r.get(6)?,
                validators: Validators { etag: r.get(7)?, last_modified: r.get(8)? },
                shows: r.get::<_, i64>(9)?.unsigned_abs(),
                location: Location { file: r.get(10)?, offset: unsigned(r.get(11)?) },
                last_part: r.get(12)?,
            })
        };
        self.connection
            .prepare(
                "SELECT v.url, c.captured_at, c.kind, c.status, r.role, r.outcome,
                        r.text_digest, c.etag,
                        c.last_modified, (SELECT count(*) FROM sighting s WHERE s.capture_id = c.id), f.name, w.offset,
                        coalesce(r.page_id <> c.page_id, 0)
                 FROM capture c
                 JOIN page p ON p.id = c.page_id JOIN visit v ON v.id = c.visit_id
                 JOIN warc_record w ON w.capture_id = c.id AND w.type IN ('response', 'revisit')
                 JOIN warc_file f ON f.id = w.file_id
                 LEFT JOIN reading r ON r.capture_id = c.id
                 WHERE p.site = ?1 AND (NOT ?2 OR r.role = 'article' AND c.kind = 'response' AND c.status = 200)
                 ORDER BY c.captured_at DESC, c.id DESC LIMIT ?3",
            )
            .and_then(|mut statement| {
                statement.query_map(params![site, articles, limit], of).and_then(Iterator::collect)
            })
            .map_err(at("listing captures"))
    }

    /// How robots.txt stands now, by origin.
    ///
    /// # Errors
    /// The engine's.
    pub fn robots_now(&self) -> Result<Vec<RobotsRow>> {
        type Columns = (String, String, String, String, String, String);
        let sql = "SELECT origin, checked_at, from_at, access, rules, state FROM robots WHERE until_at IS NULL
                   ORDER BY origin";
        let rows: Vec<Columns> =
            self.rows(sql, |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?)))?;
        let of = |(origin, checked, from, access, rules, state): Columns| {
            Ok(RobotsRow { origin, checked_at: instant(&checked)?, from_at: instant(&from)?, access, rules, state })
        };
        rows.into_iter().map(of).collect()
    }

    /// Pages that were to be asked for and gave no answer: the URL, and why; oldest first.
    ///
    /// # Errors
    /// The engine's.
    pub fn unanswered(&self) -> Result<Vec<(String, String)>> {
        let sql = "SELECT url, outcome || coalesce(': ' || detail, '') FROM visit
                   WHERE outcome NOT IN ('answer', 'not-modified') ORDER BY id";
        self.rows(sql, |r| Ok((r.get(0)?, r.get(1)?)))
    }
}
