//! Whether the rows agree with themselves, and what they say of the WARC files.

use rusqlite::Row;

use super::read::Reader;
use super::row::{at, unsigned};
use crate::store::{Location, Result};

/// A WARC file as the rows answer for it.
#[derive(Debug, Clone)]
pub struct Answered {
    /// Its name.
    pub name: String,
    /// Bytes committed.
    pub length: u64,
    /// Every record with a row, by offset: its place, length and name.
    pub records: Vec<(Location, u64, String)>,
}

impl Reader {
    /// What is wrong with the rows, in words; nothing when they are sound.
    ///
    /// # Errors
    /// The engine's, when it cannot even look.
    pub fn unsound(&self) -> Result<Vec<String>> {
        let mut found = self.rows("PRAGMA integrity_check", |r| r.get::<_, String>(0))?;
        found.retain(|said| said != "ok");
        found.extend(self.rows("PRAGMA foreign_key_check", |r| {
            Ok(format!(
                "a row of {} points to a row of {} that is not there",
                r.get::<_, String>(0)?,
                r.get::<_, String>(2)?
            ))
        })?);
        found.extend(
            self.rows(CHAINS, |r| Ok(format!("capture {} {}", r.get::<_, String>(0)?, r.get::<_, String>(1)?)))?,
        );
        found.extend(self.unindexed()?);
        found.extend(self.misindexed()?);
        Ok(found)
    }

    /// Versions that the search index does not know, and what it knows that is no version.
    ///
    /// Asked of the index's own terms: a look into table `search` reads the texts and would find them all.
    fn unindexed(&self) -> Result<Vec<String>> {
        self.connection
            .execute_batch(
                "CREATE VIRTUAL TABLE temp.instance USING fts5vocab(main, search, instance);
                 CREATE TEMP TABLE indexed AS SELECT DISTINCT doc AS id FROM temp.instance;
                 DROP TABLE temp.instance;",
            )
            .map_err(at("reading the search index"))?;
        let found = self.rows(UNINDEXED, |r| r.get(0));
        self.connection.execute_batch("DROP TABLE temp.indexed").map_err(at("reading the search index"))?;
        found
    }

    /// Words that the search index counts otherwise than the texts do: the texts are indexed anew, aside, and both counted.
    fn misindexed(&self) -> Result<Vec<String>> {
        let failed = || at("indexing the texts anew to compare");
        self.connection.execute_batch(INDEXED_ANEW).map_err(failed())?;
        let found = self.rows(MISINDEXED, |r| r.get(0));
        self.connection
            .execute_batch("DROP TABLE temp.known; DROP TABLE temp.wanted; DROP TABLE temp.anew")
            .map_err(failed())?;
        found
    }

    /// Every WARC file, with the records that have rows.
    ///
    /// # Errors
    /// The engine's.
    pub fn answered(&self) -> Result<Vec<Answered>> {
        let files = self.rows("SELECT name, committed_length FROM warc_file ORDER BY name", |r| {
            Ok((r.get::<_, String>(0)?, unsigned(r.get(1)?)))
        })?;
        let mut out = Vec::with_capacity(files.len());
        for (name, length) in files {
            let records = self
                .connection
                .prepare(
                    "SELECT w.offset, w.length, w.record_id FROM warc_record w JOIN warc_file f ON f.id = w.file_id
                     WHERE f.name = ?1 ORDER BY w.offset",
                )
                .and_then(|mut statement| {
                    let of = |r: &Row<'_>| {
                        let place = Location { file: name.clone(), offset: unsigned(r.get(0)?) };
                        Ok((place, unsigned(r.get(1)?), r.get(2)?))
                    };
                    statement.query_map([&name], of).and_then(Iterator::collect)
                })
                .map_err(at("listing records"))?;
            out.push(Answered { name, length, records });
        }
        Ok(out)
    }
}

/// An article has a headline, so every version has words.
const UNINDEXED: &str = "
    SELECT 'the search index does not know version ' || v.number || ' of ' || a.url
    FROM version v JOIN article a ON a.id = v.article_id
    WHERE v.id NOT IN (SELECT id FROM temp.indexed)
    UNION ALL
    SELECT 'the search index knows a version that is not there' FROM temp.indexed
    WHERE id NOT IN (SELECT id FROM version)";

/// The texts as `search` should know them, and the words of both. The tokenizer is the schema's.
const INDEXED_ANEW: &str = "
    CREATE VIRTUAL TABLE temp.anew USING fts5 (
        title, lead, body, content = '', tokenize = 'unicode61 remove_diacritics 2'
    );
    INSERT INTO temp.anew (rowid, title, lead, body) SELECT version_id, title, lead, body FROM main.search_text;
    CREATE VIRTUAL TABLE temp.known USING fts5vocab(main, search, col);
    CREATE VIRTUAL TABLE temp.wanted USING fts5vocab(temp, anew, col);";

/// A few are enough to know that the index is to be made anew.
const MISINDEXED: &str = "
    SELECT 'the search index has the word `' || term || '` in ' || col || ' otherwise than the texts'
    FROM (SELECT term, col, doc, cnt FROM temp.known EXCEPT SELECT term, col, doc, cnt FROM temp.wanted
          UNION SELECT * FROM (SELECT term, col, doc, cnt FROM temp.wanted
                               EXCEPT SELECT term, col, doc, cnt FROM temp.known))
    GROUP BY term, col ORDER BY term, col LIMIT 5";

/// Captures without a record, and revisits whose chain does not end in a response.
const CHAINS: &str = "
    SELECT c.record_id, 'has no record' FROM capture c
    WHERE NOT EXISTS (SELECT 1 FROM warc_record w WHERE w.capture_id = c.id AND w.record_id = c.record_id)
    UNION ALL
    SELECT c.record_id, 'repeats a capture that holds no body' FROM capture c
    LEFT JOIN capture h ON h.id = c.refers_to
    WHERE c.kind <> 'response' AND (h.id IS NULL OR h.kind <> 'response')";
