//! What rows say twice must be the same; what was counted must be there.

use super::super::read::Reader;
use super::{look, lossy};
use crate::store::Result;

impl Reader {
    /// Rows that contradict each other, and rows that are not there any more.
    pub(super) fn disagreements(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for sql in [CHAINS, CAPTURES, READINGS, TIES, AUTHORS, LINKS, FILES] {
            found.extend(look(self, sql, &mut |r| Ok(Some(lossy(r, 0)?)))?);
        }
        for table in NUMBERED {
            let sql = format!("SELECT max(id) - count(*), '{table}' FROM {table}");
            found.extend(look(self, &sql, &mut |r| {
                let missing: Option<i64> = r.get(0)?;
                Ok(missing.filter(|n| *n != 0).map(|n| format!("{n} rows of {table} are missing")))
            })?);
        }
        Ok(found)
    }
}

/// Tables whose rows are numbered one by one and never taken away: a gap is a loss.
const NUMBERED: [&str; 9] =
    ["run", "rules", "page", "visit", "capture", "warc_file", "warc_record", "article", "related_link"];

/// Captures without a record, and revisits whose chain does not end in a response with that payload.
const CHAINS: &str = "
    SELECT 'capture ' || c.record_id || ' has no record' FROM capture c
    WHERE NOT EXISTS (SELECT 1 FROM warc_record w WHERE w.capture_id = c.id AND w.record_id = c.record_id)
    UNION ALL
    SELECT 'capture ' || c.record_id || ' repeats a capture that holds no body' FROM capture c
    LEFT JOIN capture h ON h.id = c.refers_to
    WHERE c.kind <> 'response' AND (h.id IS NULL OR h.kind <> 'response')
    UNION ALL
    SELECT 'capture ' || c.record_id || ' repeats a capture of another payload' FROM capture c
    JOIN capture h ON h.id = c.refers_to
    WHERE c.kind = 'identical-payload' AND c.payload_digest IS NOT h.payload_digest
    UNION ALL
    SELECT 'capture ' || c.record_id || ' is new and yet said to repeat another' FROM capture c
    WHERE c.kind = 'response' AND c.refers_to IS NOT NULL";

/// A capture and its visit are of one page, instant and status; an answer that came was captured.
const CAPTURES: &str = "
    SELECT 'capture ' || c.record_id || ' and its visit differ in '
           || CASE WHEN c.page_id <> v.page_id THEN 'page' WHEN c.captured_at <> v.asked_at THEN 'instant'
                   ELSE 'status' END
    FROM capture c JOIN visit v ON v.id = c.visit_id
    WHERE c.page_id <> v.page_id OR c.captured_at <> v.asked_at OR c.status IS NOT v.status
    UNION ALL
    SELECT 'the visit of ' || v.url || ' at ' || v.asked_at || ' was answered, and its capture is not there' FROM visit v
    WHERE v.outcome IN ('answer', 'not-modified') AND NOT EXISTS (SELECT 1 FROM capture c WHERE c.visit_id = v.id)";

/// A reading is of its capture's page, or, that page being the last part of an article, of another page of it; of its
/// text's length; and shows a version of its own article.
const READINGS: &str = "
    SELECT 'the reading of capture ' || c.record_id || ' is of another page' FROM reading r
    JOIN capture c ON c.id = r.capture_id WHERE c.page_id <> r.page_id
      AND NOT EXISTS (SELECT 1 FROM sighting s WHERE s.page_id = c.page_id AND s.source IN ('part', 'redirect'))
    UNION ALL
    SELECT 'the reading of capture ' || c.record_id || ' tells another length than its text' FROM reading r
    JOIN capture c ON c.id = r.capture_id LEFT JOIN text t ON t.digest = r.text_digest
    WHERE r.length <> coalesce(t.length, 0)
    UNION ALL
    SELECT 'the reading of capture ' || c.record_id || ' shows a version of another article' FROM reading r
    JOIN capture c ON c.id = r.capture_id JOIN version v ON v.id = r.version_id
    WHERE r.article_id IS NOT v.article_id";

/// An article stands on a page at least, and on each page that shows it, at the time; from one capture on and up to another,
/// if it no longer does.
const TIES: &str = "
    SELECT 'article ' || a.url || ' is tied to no page' FROM article a
    WHERE NOT EXISTS (SELECT 1 FROM page_article x WHERE x.article_id = a.id)
    UNION ALL
    SELECT 'capture ' || c.record_id || ' was read as of ' || a.url || ', to which its page was not tied then'
    FROM reading r JOIN capture c ON c.id = r.capture_id JOIN article a ON a.id = r.article_id
    WHERE NOT EXISTS (
        SELECT 1 FROM page_article x
        WHERE x.page_id = r.page_id AND x.article_id = r.article_id AND x.from_at <= c.captured_at
          AND (x.until_at IS NULL OR c.captured_at < x.until_at))
    UNION ALL
    SELECT 'the page ' || p.key || ', to which ' || a.url || ' leads, is tied to no article'
    FROM reading r JOIN article a ON a.id = r.article_id JOIN page p ON p.key = r.moved_to
    WHERE NOT EXISTS (SELECT 1 FROM page_article x WHERE x.page_id = p.id)
    UNION ALL
    SELECT 'the page ' || p.key || ' is tied to ' || a.url || ' from or up to an instant at which nothing was captured'
    FROM page_article x JOIN page p ON p.id = x.page_id JOIN article a ON a.id = x.article_id
    WHERE NOT EXISTS (SELECT 1 FROM capture c WHERE c.captured_at = x.from_at)
       OR x.until_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM capture c WHERE c.captured_at = x.until_at)";

/// A version's authors are its text's.
const AUTHORS: &str = "
    WITH wanted AS (
        SELECT v.id AS version_id, j.key AS position, j.value ->> 'name' AS name, j.value ->> 'role' AS role
        FROM version v JOIN text t ON t.digest = v.text_digest, json_each(t.authors) j
    ), kept AS (SELECT version_id, position, name, role FROM author)
    SELECT DISTINCT 'the authors of version ' || v.number || ' of ' || a.url || ' are not those of its text'
    FROM (SELECT * FROM (SELECT * FROM wanted EXCEPT SELECT * FROM kept)
          UNION ALL SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM wanted)) d
    JOIN version v ON v.id = d.version_id JOIN article a ON a.id = v.article_id";

/// A link's interval begins and ends with captures of its own article, at their instants.
const LINKS: &str = "
    SELECT 'the link from ' || a.url || ' to ' || l.target || ' was not seen when it says' FROM related_link l
    JOIN article a ON a.id = l.article_id
    JOIN capture f ON f.id = l.first_capture_id JOIN capture t ON t.id = l.last_capture_id
    LEFT JOIN reading r ON r.capture_id = f.id LEFT JOIN reading s ON s.capture_id = t.id
    WHERE l.first_seen_at <> f.captured_at OR l.last_seen_at <> t.captured_at
       OR r.article_id IS NOT l.article_id OR s.article_id IS NOT l.article_id";

/// A file is closed with its digest, and committed as far as its records go.
const FILES: &str = "
    SELECT name || ' is closed without a digest' FROM warc_file WHERE closed_at IS NOT NULL AND sha256 IS NULL
    UNION ALL
    SELECT f.name || ' is committed to byte ' || f.committed_length || ', its last record ends at ' || max(w.offset + w.length)
    FROM warc_file f JOIN warc_record w ON w.file_id = f.id
    GROUP BY f.id HAVING max(w.offset + w.length) <> f.committed_length";
