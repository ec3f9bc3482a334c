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
    LEFT JOIN attributes oldx ON oldx.digest = oldr.attributes_digest
    LEFT JOIN attributes newx ON newx.digest = newr.attributes_digest
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

CREATE VIEW coverage AS
    SELECT l.site, l.published_on AS day, s.source, count(DISTINCT l.article_id) AS articles
    FROM latest l
    JOIN page_article pa ON pa.article_id = l.article_id
    JOIN sighting s ON s.page_id = pa.page_id
    JOIN capture c ON c.id = s.capture_id
    -- What a listing shows between two visits of a page is what the later one finds there.
    WHERE (pa.how <> 'reuse' OR c.captured_at > (SELECT max(p.captured_at) FROM capture p
                                                 WHERE p.page_id = pa.page_id AND p.captured_at < pa.from_at))
      AND (pa.until_at IS NULL OR c.captured_at <= (SELECT max(p.captured_at) FROM capture p
                                                    WHERE p.page_id = pa.page_id AND p.captured_at < pa.until_at))
    GROUP BY l.site, l.published_on, s.source;

CREATE VIEW changes AS
    WITH told AS (
        SELECT r.article_id, c.captured_at, x.*,
               (SELECT group_concat(url, ' ') FROM (SELECT url FROM image i
                WHERE i.attributes_digest = x.digest ORDER BY position)) AS images,
               lag(x.digest) OVER w AS before_digest, lag(c.captured_at) OVER w AS before_at
        FROM reading r
        JOIN capture c ON c.id = r.capture_id
        JOIN attributes x ON x.digest = r.attributes_digest
        WHERE r.version_id IS NOT NULL
        WINDOW w AS (PARTITION BY r.article_id ORDER BY c.captured_at, c.record_id)
    ), moved AS (
        SELECT n.*, o.section AS o_section, o.tags AS o_tags, o.modified_at AS o_modified_at,
               o.published_text AS o_published_text, o.language AS o_language,
               (SELECT group_concat(url, ' ') FROM (SELECT url FROM image i
                WHERE i.attributes_digest = o.digest ORDER BY position)) AS o_images
        FROM told n JOIN attributes o ON o.digest = n.before_digest
        WHERE n.digest <> n.before_digest
    ), written AS (
        SELECT v.article_id, v.changed_after, v.first_seen_at, o.title AS o_title, n.title, o.lead AS o_lead, n.lead,
               o.body AS o_body, n.body, o.authors AS o_authors, n.authors,
               o.published_on AS o_published_on, n.published_on
        FROM version v
        JOIN version b ON b.article_id = v.article_id AND b.number = v.number - 1
        JOIN text n ON n.digest = v.text_digest
        JOIN text o ON o.digest = b.text_digest
        WHERE v.cause <> 'rules'
    )
    SELECT article_id, changed_after AS after, first_seen_at AS seen_at, 'title' AS field,
           o_title AS old, title AS new FROM written WHERE title IS NOT o_title
    UNION ALL SELECT article_id, changed_after, first_seen_at, 'lead', o_lead, lead FROM written WHERE lead IS NOT o_lead
    UNION ALL SELECT article_id, changed_after, first_seen_at, 'body', o_body, body FROM written WHERE body IS NOT o_body
    UNION ALL SELECT article_id, changed_after, first_seen_at, 'authors', o_authors, authors
              FROM written WHERE authors IS NOT o_authors
    UNION ALL SELECT article_id, changed_after, first_seen_at, 'published_on', o_published_on, published_on
              FROM written WHERE published_on IS NOT o_published_on
    UNION ALL SELECT article_id, before_at, captured_at, 'section', o_section, section
              FROM moved WHERE section IS NOT o_section
    UNION ALL SELECT article_id, before_at, captured_at, 'tags', o_tags, tags FROM moved WHERE tags IS NOT o_tags
    UNION ALL SELECT article_id, before_at, captured_at, 'modified_at', o_modified_at, modified_at
              FROM moved WHERE modified_at IS NOT o_modified_at
    UNION ALL SELECT article_id, before_at, captured_at, 'published_text', o_published_text, published_text
              FROM moved WHERE published_text IS NOT o_published_text
    UNION ALL SELECT article_id, before_at, captured_at, 'language', o_language, language
              FROM moved WHERE language IS NOT o_language
    UNION ALL SELECT article_id, before_at, captured_at, 'images', o_images, images
              FROM moved WHERE images IS NOT o_images;

CREATE TABLE about (
    name     TEXT NOT NULL,
    field    TEXT NOT NULL DEFAULT '',
    meaning  TEXT NOT NULL,
    PRIMARY KEY (name, field)
) STRICT, WITHOUT ROWID;
