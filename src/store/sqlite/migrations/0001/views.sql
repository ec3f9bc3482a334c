-- Views: what people ask; and `about`, which says what every table, view and column means.

CREATE VIEW latest AS
    SELECT a.id AS article_id, a.site, a.url, v.number AS version, t.title, t.lead, t.body,
           (SELECT group_concat(name, ', ') FROM (SELECT name FROM author WHERE version_id = v.id ORDER BY position))
               AS authors,
           x.published_at, coalesce(x.published_on, t.published_on) AS published_on, x.published_precision,
           x.published_text, x.url_created_at, x.date_conflict, x.section, x.language,
           v.first_seen_at, v.last_seen_at, v.text_digest, a.provisional,
           EXISTS (SELECT 1 FROM removal r
                   WHERE r.article_id = a.id AND r.confirmed_at IS NOT NULL AND r.returned_at IS NULL) AS removed
    FROM article a
    JOIN version v ON v.article_id = a.id
         AND v.number = (SELECT max(number) FROM version WHERE article_id = a.id)
    JOIN text t ON t.digest = v.text_digest
    LEFT JOIN attributes x ON x.digest = v.attributes_digest;

CREATE VIEW edits AS
    SELECT a.id AS article_id, a.site, a.url, v.number AS version, v.cause, v.changed_after, v.first_seen_at,
           old.title AS title_before, new.title AS title_after, old.length AS length_before,
           new.length AS length_after, coalesce(oldx.modified_at, oldx.modified_on) AS modified_before,
           coalesce(newx.modified_at, newx.modified_on) AS modified_after,
           oldc.record_id AS record_before, newc.record_id AS record_after, v.text_digest
    FROM version v
    JOIN article a ON a.id = v.article_id
    JOIN version before ON before.article_id = v.article_id AND before.number = v.number - 1
    JOIN text new ON new.digest = v.text_digest
    JOIN text old ON old.digest = before.text_digest
    JOIN capture oldc ON oldc.id = before.last_capture_id
    JOIN capture newc ON newc.id = v.first_capture_id
    LEFT JOIN reading oldr ON oldr.capture_id = oldc.id
    LEFT JOIN reading newr ON newr.capture_id = newc.id
    -- Where other rules have read one of the two since, what they told by the same rules.
    LEFT JOIN superseded olds ON olds.capture_id = oldc.id AND olds.rules_id = newr.rules_id
         AND olds.extractor = newr.extractor
    LEFT JOIN superseded news ON news.capture_id = newc.id AND news.rules_id = oldr.rules_id
         AND news.extractor = oldr.extractor
    LEFT JOIN attributes oldx ON oldx.digest = iif(olds.capture_id IS NULL, oldr.attributes_digest, olds.attributes_digest)
    LEFT JOIN attributes newx ON newx.digest = iif(olds.capture_id IS NULL AND news.capture_id IS NOT NULL,
                                                   news.attributes_digest, newr.attributes_digest)
    WHERE v.cause IN ('edited', 'restored', 'confirmed-cut') AND v.flap = 0;

CREATE VIEW removed AS
    SELECT a.id AS article_id, a.site, a.url, r.last_seen_at, r.first_missed_at, r.confirmed_at,
           c1.record_id AS first_evidence, c1.status AS first_status,
           c2.record_id AS second_evidence, c2.status AS second_status, r.returned_at,
           iif(r2.outcome = 'article', 'replaced', r2.outcome) AS how,
           iif(r2.outcome = 'article', r2.article_id, NULL) AS new_article_id
    FROM removal r
    JOIN article a ON a.id = r.article_id
    JOIN capture c1 ON c1.id = r.first_capture_id
    JOIN capture c2 ON c2.id = r.confirmed_capture_id
    JOIN reading r2 ON r2.capture_id = c2.id;

CREATE VIEW held AS
    SELECT a.id AS article_id, a.site, a.url, c.captured_at, c.record_id, r.reason, t.title, t.length, r.text_digest
    FROM reading r
    JOIN article a ON a.id = r.article_id
    JOIN capture c ON c.id = r.capture_id
    JOIN text t ON t.digest = r.text_digest
    WHERE r.verdict = 'held' AND r.version_id IS NULL;

-- A run that sees few articles measures no list of the whole site: what another run measured within 30 days counts too.
CREATE VIEW links_all AS
    SELECT a.id AS article_id, a.site, a.url AS from_url, l.kind, l.label, l.title, l.teaser, l.teaser_truncated,
           l.rank, l.url, l.target,
           l.sitewide OR EXISTS (
               SELECT 1 FROM related_link m JOIN article ma ON ma.id = m.article_id
               WHERE m.target = l.target AND m.kind = l.kind AND m.sitewide = 1 AND ma.site = a.site
                 AND m.last_seen_at >= strftime('%Y-%m-%dT%H:%M:%fZ', l.first_seen_at, '-30 days')
                 AND m.first_seen_at <= strftime('%Y-%m-%dT%H:%M:%fZ', l.last_seen_at, '+30 days')) AS sitewide,
           l.first_seen_at, l.last_seen_at, l.sightings,
           (SELECT pa.article_id FROM page p JOIN page_article pa ON pa.page_id = p.id
            WHERE p.key = l.target ORDER BY pa.until_at IS NOT NULL, pa.from_at DESC LIMIT 1) AS target_article_id
    FROM related_link l
    JOIN article a ON a.id = l.article_id;

CREATE VIEW links AS
    SELECT * FROM links_all WHERE sitewide = 0 AND kind IN ('inline', 'end');

CREATE VIEW headline AS
    SELECT lp.site, substr(v.url, 1, instr(v.url, '://') + 2) || lp.key AS listing, s.source, c.captured_at, s.rank, s.title,
           substr(v.url, 1, instr(v.url, '://') + 2) || p.key AS url
    FROM sighting s
    JOIN capture c ON c.id = s.capture_id
    JOIN visit v ON v.id = c.visit_id
    JOIN page lp ON lp.id = c.page_id
    JOIN page p ON p.id = s.page_id
    WHERE s.source IN ('front', 'section');

-- What a listing shows between two visits of a page is what the later one finds there.
CREATE VIEW listed AS
    SELECT pa.article_id, s.source, lp.key AS listing, c.captured_at, c.record_id, s.rank
    FROM page_article pa
    JOIN sighting s ON s.page_id = pa.page_id
    JOIN capture c ON c.id = s.capture_id
    JOIN page lp ON lp.id = c.page_id
    WHERE (pa.how <> 'reuse' OR c.captured_at > (SELECT max(p.captured_at) FROM capture p
                                                 WHERE p.page_id = pa.page_id AND p.captured_at < pa.from_at))
      AND (pa.until_at IS NULL OR c.captured_at <= (SELECT max(p.captured_at) FROM capture p
                                                    WHERE p.page_id = pa.page_id AND p.captured_at < pa.until_at));

CREATE VIEW coverage AS
    SELECT l.site, l.published_on AS day, s.source, count(DISTINCT l.article_id) AS articles
    FROM latest l
    JOIN listed s ON s.article_id = l.article_id
    GROUP BY l.site, l.published_on, s.source;

-- Two captures of a page are compared by rules that have read both, or not at all. What is used twice is not materialized,
-- so that one article can be asked about without reading them all.
CREATE VIEW changes AS
    WITH followed AS NOT MATERIALIZED (
        SELECT r.article_id, r.page_id, r.capture_id, c.captured_at,
               lag(r.capture_id) OVER w AS before_id, lag(c.captured_at) OVER w AS before_at
        FROM reading r JOIN capture c ON c.id = r.capture_id
        WHERE r.version_id IS NOT NULL AND r.attributes_digest IS NOT NULL
        WINDOW w AS (PARTITION BY r.article_id, r.page_id ORDER BY c.captured_at, c.record_id)
    ), compared AS NOT MATERIALIZED (
        SELECT f.article_id, f.page_id, f.before_at, f.captured_at,
               CASE WHEN o.rules_id IS n.rules_id AND o.extractor = n.extractor THEN o.attributes_digest
                    WHEN former_o.capture_id IS NOT NULL THEN former_o.attributes_digest
                    WHEN former_n.capture_id IS NOT NULL THEN o.attributes_digest END AS old_digest,
               CASE WHEN o.rules_id IS n.rules_id AND o.extractor = n.extractor THEN n.attributes_digest
                    WHEN former_o.capture_id IS NOT NULL THEN n.attributes_digest
                    ELSE former_n.attributes_digest END AS new_digest
        FROM followed f
        JOIN reading n ON n.capture_id = f.capture_id
        JOIN reading o ON o.capture_id = f.before_id
        LEFT JOIN superseded former_o ON former_o.capture_id = o.capture_id AND former_o.rules_id = n.rules_id
             AND former_o.extractor = n.extractor
        LEFT JOIN superseded former_n ON former_n.capture_id = n.capture_id AND former_n.rules_id = o.rules_id
             AND former_n.extractor = o.extractor
    ), moved AS NOT MATERIALIZED (
        SELECT m.article_id, p.key AS page, m.before_at, m.captured_at, field.name,
               CASE field.name WHEN 'section' THEN o.section WHEN 'tags' THEN o.tags WHEN 'language' THEN o.language
                    WHEN 'modified_at' THEN o.modified_at WHEN 'published_text' THEN o.published_text
                    ELSE (SELECT group_concat(url, ' ') FROM (SELECT url FROM image i
                          WHERE i.attributes_digest = o.digest ORDER BY position)) END AS old,
               CASE field.name WHEN 'section' THEN n.section WHEN 'tags' THEN n.tags WHEN 'language' THEN n.language
                    WHEN 'modified_at' THEN n.modified_at WHEN 'published_text' THEN n.published_text
                    ELSE (SELECT group_concat(url, ' ') FROM (SELECT url FROM image i
                          WHERE i.attributes_digest = n.digest ORDER BY position)) END AS new
        FROM compared m
        JOIN page p ON p.id = m.page_id
        JOIN attributes o ON o.digest = m.old_digest
        JOIN attributes n ON n.digest = m.new_digest
        JOIN (SELECT 'section' AS name UNION ALL SELECT 'tags' UNION ALL SELECT 'modified_at'
              UNION ALL SELECT 'published_text' UNION ALL SELECT 'language' UNION ALL SELECT 'images') AS field
        WHERE m.old_digest <> m.new_digest
    ), written AS NOT MATERIALIZED (
        SELECT v.article_id, p.key AS page, v.changed_after, v.first_seen_at, o.title AS o_title, n.title,
               o.lead AS o_lead, n.lead, o.body AS o_body, n.body, o.authors AS o_authors, n.authors,
               o.published_on AS o_published_on, n.published_on
        FROM version v
        JOIN version b ON b.article_id = v.article_id AND b.number = v.number - 1
        JOIN capture c ON c.id = v.first_capture_id
        JOIN page p ON p.id = c.page_id
        JOIN text n ON n.digest = v.text_digest
        JOIN text o ON o.digest = b.text_digest
        WHERE v.cause <> 'rules'
    )
    SELECT article_id, changed_after AS after, first_seen_at AS seen_at, 'title' AS field, o_title AS old, title AS new,
           page
    FROM written WHERE title IS NOT o_title
    UNION ALL SELECT article_id, changed_after, first_seen_at, 'lead', o_lead, lead, page
              FROM written WHERE lead IS NOT o_lead
    UNION ALL SELECT article_id, changed_after, first_seen_at, 'body', o_body, body, page
              FROM written WHERE body IS NOT o_body
    UNION ALL SELECT article_id, changed_after, first_seen_at, 'authors', o_authors, authors, page
              FROM written WHERE authors IS NOT o_authors
    UNION ALL SELECT article_id, changed_after, first_seen_at, 'published_on', o_published_on, published_on, page
              FROM written WHERE published_on IS NOT o_published_on
    UNION ALL SELECT article_id, before_at, captured_at, name, old, new, page FROM moved WHERE old IS NOT new;

CREATE TABLE about (
    name     TEXT NOT NULL,
    field    TEXT NOT NULL DEFAULT '',
    meaning  TEXT NOT NULL,
    PRIMARY KEY (name, field)
) STRICT, WITHOUT ROWID;
