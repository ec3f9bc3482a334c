//! The search index against the texts: what it knows of each is what the texts have, read anew.

use super::super::read::Reader;
use super::super::row::at;
use crate::store::Result;

impl Reader {
    /// Versions and words that the search index knows otherwise than the texts do: they are indexed anew, aside, and both
    /// compared.
    ///
    /// Asked of the index's own terms: a look into table `search` reads the texts and would find them all.
    pub(super) fn misindexed(&self) -> Result<Vec<String>> {
        let failed = || at("indexing the texts anew to compare");
        self.connection.execute_batch(INDEXED_ANEW).map_err(failed())?;
        let found = match self.is_indexed_alike() {
            Ok(true) => self.rows(MISCOUNTED, |r| r.get::<_, String>(0)),
            Ok(false) => self.unlike(),
            Err(error) => Err(error),
        };
        self.connection.execute_batch(FORGET).map_err(failed())?;
        found
    }

    /// Goes through both indexes word by word, place by place; each stands in the order of its words.
    fn is_indexed_alike(&self) -> Result<bool> {
        let alike = || -> rusqlite::Result<bool> {
            let words =
                |table: &str| self.connection.prepare(&format!("SELECT term, doc, col, offset FROM temp.{table}"));
            let (mut known, mut wanted) = (words("known_words")?, words("wanted_words")?);
            let (mut known, mut wanted) = (known.query([])?, wanted.query([])?);
            loop {
                match (known.next()?, wanted.next()?) {
                    (None, None) => return Ok(true),
                    (Some(known), Some(wanted)) => {
                        for column in 0..4 {
                            if known.get_ref(column)? != wanted.get_ref(column)? {
                                return Ok(false);
                            }
                        }
                    }
                    _ => return Ok(false),
                }
            }
        };
        alike().map_err(at("reading the search index"))
    }

    /// What differs, for people.
    fn unlike(&self) -> Result<Vec<String>> {
        let failed = || at("reading the search index");
        self.connection.execute_batch(DOCUMENTS).map_err(failed())?;
        let mut found = self.rows(UNINDEXED, |r| r.get::<_, String>(0))?;
        found.extend(self.rows(MISINDEXED, |r| r.get::<_, String>(0))?);
        self.connection.execute_batch("DROP TABLE temp.due; DROP TABLE temp.indexed").map_err(failed())?;
        if found.is_empty() {
            found.push("the search index has words in other places than the texts".to_owned());
        }
        Ok(found)
    }
}

/// The texts as `search` should know them, and the words of both. The tokenizer is the schema's.
const INDEXED_ANEW: &str = "
    CREATE VIRTUAL TABLE temp.anew USING fts5 (
        title, lead, body, content = '', tokenize = 'unicode61 remove_diacritics 2'
    );
    INSERT INTO temp.anew (rowid, title, lead, body) SELECT version_id, title, lead, body FROM main.search_text;
    CREATE VIRTUAL TABLE temp.known USING fts5vocab(main, search, col);
    CREATE VIRTUAL TABLE temp.wanted USING fts5vocab(temp, anew, col);
    CREATE VIRTUAL TABLE temp.known_words USING fts5vocab(main, search, instance);
    CREATE VIRTUAL TABLE temp.wanted_words USING fts5vocab(temp, anew, instance);";

/// How many words each version has, and all together: what results are ranked by. Row 1 of an FTS5 index's data holds the
/// sums (see `fts5` in the documentation of `SQLite`).
const MISCOUNTED: &str = "
    SELECT 'the search index counts the words of versions otherwise than the texts'
    WHERE EXISTS (SELECT id, sz FROM main.search_docsize EXCEPT SELECT id, sz FROM temp.anew_docsize)
       OR EXISTS (SELECT id, sz FROM temp.anew_docsize EXCEPT SELECT id, sz FROM main.search_docsize)
       OR (SELECT block FROM main.search_data WHERE id = 1) IS NOT (SELECT block FROM temp.anew_data WHERE id = 1)";

/// Which versions each of the two knows.
const DOCUMENTS: &str = "
    CREATE TEMP TABLE indexed AS SELECT DISTINCT doc AS id FROM temp.known_words;
    CREATE TEMP TABLE due AS SELECT DISTINCT doc AS id FROM temp.wanted_words;";

const FORGET: &str = "
    DROP TABLE temp.wanted_words; DROP TABLE temp.known_words; DROP TABLE temp.wanted; DROP TABLE temp.known;
    DROP TABLE temp.anew";

/// A headline of signs alone, over no text, has no word that an index could know.
const UNINDEXED: &str = "
    SELECT 'the search index does not know version ' || v.number || ' of ' || a.url
    FROM version v JOIN article a ON a.id = v.article_id
    WHERE v.id IN (SELECT id FROM temp.due EXCEPT SELECT id FROM temp.indexed)
    UNION ALL
    SELECT 'the search index knows a version that is not there'
    FROM (SELECT id FROM temp.indexed EXCEPT SELECT id FROM temp.due)";

/// A few are enough to know that the index is to be made anew.
const MISINDEXED: &str = "
    SELECT 'the search index has the word `' || term || '` in ' || col || ' otherwise than the texts'
    FROM (SELECT term, col, doc, cnt FROM temp.known EXCEPT SELECT term, col, doc, cnt FROM temp.wanted
          UNION SELECT * FROM (SELECT term, col, doc, cnt FROM temp.wanted
                               EXCEPT SELECT term, col, doc, cnt FROM temp.known))
    GROUP BY term, col ORDER BY term, col LIMIT 5";
