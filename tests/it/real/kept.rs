//! What the archive says of the pages served: read from the file that everyone may open.

use std::collections::HashMap;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, Row, params};

use crate::score::measure::Said;

/// The archive, read only.
pub(super) struct Kept {
    database: Connection,
}

impl Kept {
    pub(super) fn open(archive: &Path) -> Self {
        let path = archive.join("archive.sqlite");
        Self { database: Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap() }
    }

    /// The latest version of the article that a page shows.
    pub(super) fn article(&self, key: &str) -> Option<Said> {
        let sql = "SELECT l.article_id, l.title, l.lead, l.body, l.published_on, l.published_at, x.digest, x.tags
                   FROM page p JOIN page_article pa ON pa.page_id = p.id
                   JOIN latest l ON l.article_id = pa.article_id
                   JOIN version v ON v.article_id = l.article_id AND v.number = l.version
                   JOIN attributes x ON x.digest = v.attributes_digest
                   WHERE p.key = ?1";
        let mut statement = self.database.prepare_cached(sql).unwrap();
        let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(6)?, Self::said(row)?));
        let (article, attributes, said): (i64, String, Said) = statement.query_row([key], row).ok()?;
        let authors = "SELECT a.name FROM author a JOIN version v ON v.id = a.version_id
                       WHERE v.article_id = ?1 AND a.role <> 'credit' ORDER BY v.number, a.position";
        let related: i64 = self.one("SELECT count(*) FROM related_link WHERE article_id = ?1", &article);
        Some(Said {
            authors: self.list(authors, &article),
            images: self.list("SELECT url FROM image WHERE attributes_digest = ?1", &attributes),
            related: usize::try_from(related).unwrap(),
            ..said
        })
    }

    fn said(row: &Row<'_>) -> rusqlite::Result<Said> {
        let text = |column| row.get::<_, Option<String>>(column);
        Ok(Said {
            title: row.get(1)?,
            lead: row.get(2)?,
            body: row.get(3)?,
            day: text(4)?.map(|day| day.parse().unwrap()),
            instant: text(5)?.map(|at| at.parse().unwrap()),
            tags: serde_json::from_str(&row.get::<_, String>(7)?).unwrap(),
            ..Said::default()
        })
    }

    /// Why a page is no article: its last reading, or what happened to it before any.
    pub(super) fn fate(&self, key: &str) -> String {
        let sql = "SELECT r.outcome || coalesce(' (' || r.reason || ')', '') FROM page p
                   JOIN capture c ON c.page_id = p.id JOIN reading r ON r.capture_id = c.id
                   WHERE p.key = ?1 ORDER BY c.captured_at DESC";
        self.list(sql, &key).into_iter().next().unwrap_or_else(|| "never asked for".to_owned())
    }

    /// How many readings of articles came to what, the papers' links to pages that nobody saved among them.
    pub(super) fn outcomes(&self) -> HashMap<String, i64> {
        let sql = "SELECT outcome, count(*) FROM reading WHERE role = 'article' GROUP BY outcome";
        let mut statement = self.database.prepare(sql).unwrap();
        statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap().map(Result::unwrap).collect()
    }

    fn one(&self, sql: &str, of: &dyn rusqlite::ToSql) -> i64 {
        self.database.query_row(sql, params![of], |r| r.get(0)).unwrap()
    }

    fn list(&self, sql: &str, of: &dyn rusqlite::ToSql) -> Vec<String> {
        let mut statement = self.database.prepare_cached(sql).unwrap();
        statement.query_map(params![of], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
    }
}
