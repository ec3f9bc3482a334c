-- The archive's first schema. Facts are appended and never changed; readings can be made anew from facts;
-- state costs time when it is lost, never truth. Every table and column is described in `about`.
-- An instant is text, YYYY-MM-DDTHH:MM:SS.sssZ, so that text order is time order.

-- ── facts ──────────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE archive (
    one              INTEGER PRIMARY KEY CHECK (one = 1),
    uuid             TEXT NOT NULL,
    created_at       TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
    confirm_after_s  INTEGER NOT NULL CHECK (confirm_after_s >= 0)
) STRICT;

CREATE TABLE run (
    id              INTEGER PRIMARY KEY,
    uuid            TEXT NOT NULL UNIQUE,
    command         TEXT NOT NULL,
    started_at      TEXT NOT NULL CHECK (started_at GLOB '????-??-??T??:??:??.???Z'),
    ended_at        TEXT CHECK (ended_at GLOB '????-??-??T??:??:??.???Z'),
    end_reason      TEXT,
    settings        TEXT NOT NULL CHECK (json_valid(settings)),
    user_agent      TEXT NOT NULL,
    contact         TEXT,
    griot_version   TEXT NOT NULL,
    sqlite_version  TEXT NOT NULL
) STRICT;

CREATE TABLE concern (
    run_id  INTEGER NOT NULL REFERENCES run (id),
    site    TEXT NOT NULL,
    kind    TEXT NOT NULL,
    words   TEXT NOT NULL,
    runs    INTEGER NOT NULL CHECK (runs >= 1),
    PRIMARY KEY (run_id, site, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE rules (
    id             INTEGER PRIMARY KEY,
    site           TEXT NOT NULL,
    digest         TEXT NOT NULL,
    toml           TEXT NOT NULL,
    first_used_at  TEXT NOT NULL CHECK (first_used_at GLOB '????-??-??T??:??:??.???Z'),
    UNIQUE (site, digest)
) STRICT;

CREATE TABLE page (
    id         INTEGER PRIMARY KEY,
    site       TEXT NOT NULL,
    key        TEXT NOT NULL UNIQUE,
    first_url  TEXT NOT NULL
) STRICT;

CREATE TABLE visit (
    id              INTEGER PRIMARY KEY,
    run_id          INTEGER NOT NULL REFERENCES run (id),
    page_id         INTEGER NOT NULL REFERENCES page (id),
    url             TEXT NOT NULL,
    asked_at        TEXT NOT NULL CHECK (asked_at GLOB '????-??-??T??:??:??.???Z'),
    took_ms         INTEGER NOT NULL CHECK (took_ms >= 0),
    outcome         TEXT NOT NULL,
    status          INTEGER,
    bytes           INTEGER NOT NULL CHECK (bytes >= 0),
    conditional     INTEGER NOT NULL CHECK (conditional IN (0, 1)),
    detail          TEXT,
    robots_rule     TEXT,
    clock_adjusted  INTEGER NOT NULL DEFAULT 0 CHECK (clock_adjusted IN (0, 1))
) STRICT;
CREATE INDEX visit_by_page ON visit (page_id, asked_at);
CREATE INDEX visit_by_run ON visit (run_id);
CREATE INDEX visit_by_time ON visit (asked_at);

CREATE TABLE capture (
    id              INTEGER PRIMARY KEY,
    visit_id        INTEGER NOT NULL UNIQUE REFERENCES visit (id),
    page_id         INTEGER NOT NULL REFERENCES page (id),
    record_id       TEXT NOT NULL UNIQUE,
    captured_at     TEXT NOT NULL CHECK (captured_at GLOB '????-??-??T??:??:??.???Z'),
    kind            TEXT NOT NULL CHECK (kind IN ('response', 'identical-payload', 'not-modified')),
    status          INTEGER NOT NULL,
    payload_digest  TEXT,
    payload_bytes   INTEGER NOT NULL CHECK (payload_bytes >= 0),
    refers_to       INTEGER REFERENCES capture (id),
    content_type    TEXT,
    etag            TEXT,
    last_modified   TEXT,
    location        TEXT,
    protocol        TEXT,
    server_address  TEXT,
    tls_verified    INTEGER CHECK (tls_verified IN (0, 1)),
    truncated       TEXT
) STRICT;
CREATE INDEX capture_by_page ON capture (page_id, captured_at);

CREATE TABLE robots (
    id          INTEGER PRIMARY KEY,
    origin      TEXT NOT NULL,
    from_at     TEXT NOT NULL CHECK (from_at GLOB '????-??-??T??:??:??.???Z'),
    until_at    TEXT CHECK (until_at GLOB '????-??-??T??:??:??.???Z'),
    checked_at  TEXT NOT NULL CHECK (checked_at GLOB '????-??-??T??:??:??.???Z'),
    capture_id  INTEGER REFERENCES capture (id),
    access      TEXT NOT NULL CHECK (access IN ('rules', 'allow-all', 'unreachable')),
    rules       TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (json_valid(state))
) STRICT;
CREATE UNIQUE INDEX robots_now ON robots (origin) WHERE until_at IS NULL;

CREATE TABLE warc_file (
    id                INTEGER PRIMARY KEY,
    name              TEXT NOT NULL UNIQUE,
    created_at        TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
    committed_length  INTEGER NOT NULL CHECK (committed_length >= 0),
    closed_at         TEXT CHECK (closed_at GLOB '????-??-??T??:??:??.???Z'),
    sha256            TEXT
) STRICT;

CREATE TABLE warc_record (
    id            INTEGER PRIMARY KEY,
    record_id     TEXT NOT NULL UNIQUE,
    type          TEXT NOT NULL,
    file_id       INTEGER NOT NULL REFERENCES warc_file (id),
    offset        INTEGER NOT NULL CHECK (offset >= 0),
    length        INTEGER NOT NULL CHECK (length > 0),
    block_digest  TEXT NOT NULL,
    capture_id    INTEGER REFERENCES capture (id),
    UNIQUE (file_id, offset)
) STRICT;
CREATE INDEX warc_record_by_capture ON warc_record (capture_id);

-- ── readings ───────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE text (
    digest        TEXT PRIMARY KEY,
    title         TEXT NOT NULL,
    lead          TEXT,
    body          TEXT NOT NULL,
    blocks        TEXT NOT NULL CHECK (json_valid(blocks)),
    authors       TEXT NOT NULL CHECK (json_valid(authors)),
    published_on  TEXT,
    length        INTEGER NOT NULL CHECK (length >= 0)
) STRICT;

CREATE TABLE attributes (
    digest               TEXT PRIMARY KEY,
    published_at         TEXT CHECK (published_at GLOB '????-??-??T??:??:??.???Z'),
    published_on         TEXT,
    published_precision  TEXT,
    published_zone       TEXT,
    published_zone_source TEXT,
    published_text       TEXT,
    modified_at          TEXT CHECK (modified_at GLOB '????-??-??T??:??:??.???Z'),
    modified_on          TEXT,
    modified_text        TEXT,
    url_created_at       TEXT CHECK (url_created_at GLOB '????-??-??T??:??:??.???Z'),
    date_conflict        TEXT,
    section              TEXT,
    tags                 TEXT NOT NULL CHECK (json_valid(tags)),
    language             TEXT,
    canonical            TEXT
) STRICT;

CREATE TABLE image (
    attributes_digest  TEXT NOT NULL REFERENCES attributes (digest),
    position           INTEGER NOT NULL,
    url                TEXT NOT NULL,
    alt                TEXT,
    caption            TEXT,
    credit             TEXT,
    PRIMARY KEY (attributes_digest, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE article (
    id           INTEGER PRIMARY KEY,
    site         TEXT NOT NULL,
    url          TEXT NOT NULL,
    provisional  INTEGER NOT NULL CHECK (provisional IN (0, 1)),
    ident        TEXT
) STRICT;
CREATE INDEX article_by_ident ON article (site, ident) WHERE ident IS NOT NULL;

CREATE TABLE page_article (
    page_id     INTEGER NOT NULL REFERENCES page (id),
    article_id  INTEGER NOT NULL REFERENCES article (id),
    from_at     TEXT NOT NULL CHECK (from_at GLOB '????-??-??T??:??:??.???Z'),
    until_at    TEXT CHECK (until_at GLOB '????-??-??T??:??:??.???Z'),
    how         TEXT NOT NULL CHECK (how IN ('own', 'canonical', 'id', 'text', 'redirect', 'reuse')),
    PRIMARY KEY (page_id, article_id, from_at)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX page_article_now ON page_article (page_id) WHERE until_at IS NULL;
CREATE INDEX page_article_by_article ON page_article (article_id);

CREATE TABLE version (
    id                 INTEGER PRIMARY KEY,
    article_id         INTEGER NOT NULL REFERENCES article (id),
    number             INTEGER NOT NULL CHECK (number >= 1),
    text_digest        TEXT NOT NULL REFERENCES text (digest),
    attributes_digest  TEXT REFERENCES attributes (digest),
    first_capture_id   INTEGER NOT NULL REFERENCES capture (id),
    last_capture_id    INTEGER NOT NULL REFERENCES capture (id),
    first_seen_at      TEXT NOT NULL CHECK (first_seen_at GLOB '????-??-??T??:??:??.???Z'),
    last_seen_at       TEXT NOT NULL CHECK (last_seen_at GLOB '????-??-??T??:??:??.???Z'),
    changed_after      TEXT CHECK (changed_after GLOB '????-??-??T??:??:??.???Z'),
    cause              TEXT NOT NULL,
    flap               INTEGER NOT NULL CHECK (flap IN (0, 1)),
    sightings          INTEGER NOT NULL CHECK (sightings >= 1),
    UNIQUE (article_id, number)
) STRICT;
CREATE INDEX version_by_text ON version (text_digest);

CREATE TABLE reading (
    capture_id         INTEGER PRIMARY KEY REFERENCES capture (id),
    page_id            INTEGER NOT NULL REFERENCES page (id),
    article_id         INTEGER REFERENCES article (id),
    rules_id           INTEGER REFERENCES rules (id),
    extractor          TEXT NOT NULL,
    role               TEXT NOT NULL,
    outcome            TEXT NOT NULL,
    verdict            TEXT,
    reason             TEXT,
    text_digest        TEXT REFERENCES text (digest),
    attributes_digest  TEXT REFERENCES attributes (digest),
    length             INTEGER NOT NULL DEFAULT 0,
    ended              INTEGER NOT NULL DEFAULT 1 CHECK (ended IN (0, 1)),
    host_alive         INTEGER NOT NULL DEFAULT 0 CHECK (host_alive IN (0, 1)),
    stranger           INTEGER NOT NULL DEFAULT 0 CHECK (stranger IN (0, 1)),
    moved_to           TEXT,
    proofs             TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(proofs)),
    version_id         INTEGER REFERENCES version (id)
) STRICT;
CREATE INDEX reading_by_article ON reading (article_id);
CREATE INDEX reading_by_page ON reading (page_id);
CREATE INDEX reading_by_version ON reading (version_id);

CREATE TABLE superseded (
    article_id  INTEGER NOT NULL REFERENCES article (id),
    old_digest  TEXT NOT NULL,
    new_digest  TEXT NOT NULL,
    rules_id    INTEGER NOT NULL REFERENCES rules (id),
    at          TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
    PRIMARY KEY (article_id, old_digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE removal (
    article_id            INTEGER NOT NULL REFERENCES article (id),
    number                INTEGER NOT NULL,
    last_seen_at          TEXT CHECK (last_seen_at GLOB '????-??-??T??:??:??.???Z'),
    first_capture_id      INTEGER NOT NULL REFERENCES capture (id),
    first_missed_at       TEXT NOT NULL CHECK (first_missed_at GLOB '????-??-??T??:??:??.???Z'),
    confirmed_capture_id  INTEGER REFERENCES capture (id),
    confirmed_at          TEXT CHECK (confirmed_at GLOB '????-??-??T??:??:??.???Z'),
    returned_capture_id   INTEGER REFERENCES capture (id),
    returned_at           TEXT CHECK (returned_at GLOB '????-??-??T??:??:??.???Z'),
    PRIMARY KEY (article_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE author (
    version_id  INTEGER NOT NULL REFERENCES version (id),
    position    INTEGER NOT NULL,
    name        TEXT NOT NULL,
    role        TEXT NOT NULL CHECK (role IN ('byline', 'signature', 'credit')),
    PRIMARY KEY (version_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE sighting (
    capture_id  INTEGER NOT NULL REFERENCES capture (id),
    page_id     INTEGER NOT NULL REFERENCES page (id),
    source      TEXT NOT NULL,
    rank        INTEGER NOT NULL,
    url         TEXT NOT NULL,
    title       TEXT,
    date_hint   TEXT CHECK (date_hint GLOB '????-??-??T??:??:??.???Z'),
    PRIMARY KEY (capture_id, page_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sighting_by_page ON sighting (page_id);

CREATE TABLE related_link (
    id                INTEGER PRIMARY KEY,
    article_id        INTEGER NOT NULL REFERENCES article (id),
    kind              TEXT NOT NULL CHECK (kind IN ('inline', 'end', 'side', 'author')),
    label             TEXT,
    title             TEXT NOT NULL,
    teaser            TEXT,
    teaser_truncated  INTEGER NOT NULL CHECK (teaser_truncated IN (0, 1)),
    rank              INTEGER NOT NULL,
    url               TEXT NOT NULL,
    target            TEXT NOT NULL,
    first_capture_id  INTEGER NOT NULL REFERENCES capture (id),
    last_capture_id   INTEGER NOT NULL REFERENCES capture (id),
    first_seen_at     TEXT NOT NULL CHECK (first_seen_at GLOB '????-??-??T??:??:??.???Z'),
    last_seen_at      TEXT NOT NULL CHECK (last_seen_at GLOB '????-??-??T??:??:??.???Z'),
    sightings         INTEGER NOT NULL CHECK (sightings >= 1),
    sitewide          INTEGER NOT NULL DEFAULT 0 CHECK (sitewide IN (0, 1))
) STRICT;
CREATE INDEX related_link_by_article ON related_link (article_id, last_capture_id);
CREATE INDEX related_link_by_target ON related_link (target);
CREATE INDEX related_link_sitewide ON related_link (target, kind, last_seen_at) WHERE sitewide = 1;

-- Search looks at texts with œ and æ written out, and unicode61 takes the accents off; both work in every SQLite tool.
CREATE VIEW search_text AS
    SELECT v.id AS version_id,
           replace(replace(replace(replace(t.title, 'œ', 'oe'), 'Œ', 'Oe'), 'æ', 'ae'), 'Æ', 'Ae') AS title,
           replace(replace(replace(replace(coalesce(t.lead, ''), 'œ', 'oe'), 'Œ', 'Oe'), 'æ', 'ae'), 'Æ', 'Ae') AS lead,
           replace(replace(replace(replace(t.body, 'œ', 'oe'), 'Œ', 'Oe'), 'æ', 'ae'), 'Æ', 'Ae') AS body
    FROM version v JOIN text t ON t.digest = v.text_digest;
CREATE VIRTUAL TABLE search USING fts5 (
    title, lead, body, content = 'search_text', content_rowid = 'version_id',
    tokenize = 'unicode61 remove_diacritics 2'
);

-- ── state ──────────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE frontier (
    page_id             INTEGER PRIMARY KEY REFERENCES page (id),
    site                TEXT NOT NULL,
    url                 TEXT NOT NULL,
    role                TEXT NOT NULL,
    source              TEXT NOT NULL,
    class               TEXT NOT NULL CHECK (class IN ('listing', 'new', 'revisit')),
    place               INTEGER NOT NULL,
    hint_at             TEXT CHECK (hint_at GLOB '????-??-??T??:??:??.???Z'),
    due_at              TEXT CHECK (due_at GLOB '????-??-??T??:??:??.???Z'),
    attempts            INTEGER NOT NULL DEFAULT 0,
    hops_left           INTEGER NOT NULL DEFAULT 10,
    depth               INTEGER NOT NULL DEFAULT 0,
    interval_s          INTEGER,
    accepted_capture    INTEGER REFERENCES capture (id),
    unconditional_at    TEXT CHECK (unconditional_at GLOB '????-??-??T??:??:??.???Z'),
    changed_at          TEXT CHECK (changed_at GLOB '????-??-??T??:??:??.???Z'),
    shape               TEXT,
    note                TEXT
) STRICT;
CREATE INDEX frontier_order ON frontier (site, place, due_at);

CREATE INDEX frontier_by_shape ON frontier (site, shape) WHERE shape IS NOT NULL;

CREATE TABLE pattern (
    site          TEXT NOT NULL,
    class         TEXT NOT NULL CHECK (class IN ('listing', 'new')),
    shape         TEXT NOT NULL,
    barren        INTEGER NOT NULL DEFAULT 0 CHECK (barren >= 0),
    closures      INTEGER NOT NULL DEFAULT 0 CHECK (closures >= 0),
    closed_until  TEXT CHECK (closed_until GLOB '????-??-??T??:??:??.???Z'),
    note          TEXT,
    PRIMARY KEY (site, class, shape)
) STRICT, WITHOUT ROWID;

CREATE TABLE pace (
    name          TEXT PRIMARY KEY,
    next_allowed  TEXT NOT NULL CHECK (next_allowed GLOB '????-??-??T??:??:??.???Z'),
    state         TEXT NOT NULL CHECK (json_valid(state))
) STRICT, WITHOUT ROWID;

-- ── what people ask ────────────────────────────────────────────────────────────────────────────────────────────────

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
           c2.record_id AS second_evidence, c2.status AS second_status, r.returned_at
    FROM removal r
    JOIN article a ON a.id = r.article_id
    JOIN capture c1 ON c1.id = r.first_capture_id
    JOIN capture c2 ON c2.id = r.confirmed_capture_id;

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
    SELECT lp.site, 'https://' || lp.key AS listing, s.source, c.captured_at, s.rank, s.title, 'https://' || p.key AS url
    FROM sighting s
    JOIN capture c ON c.id = s.capture_id
    JOIN page lp ON lp.id = c.page_id
    JOIN page p ON p.id = s.page_id
    WHERE s.source IN ('front', 'section');

CREATE VIEW coverage AS
    SELECT l.site, l.published_on AS day, s.source, count(DISTINCT l.article_id) AS articles
    FROM latest l
    JOIN page_article pa ON pa.article_id = l.article_id
    JOIN sighting s ON s.page_id = pa.page_id
    JOIN capture c ON c.id = s.capture_id AND (pa.until_at IS NULL OR c.captured_at < pa.until_at)
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
