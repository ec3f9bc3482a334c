-- Readings: what facts mean by given rules; made anew from the captures at any time.

CREATE TABLE text (
    digest        TEXT PRIMARY KEY,
    title         TEXT NOT NULL,
    lead          TEXT,
    body          TEXT NOT NULL,
    blocks        TEXT NOT NULL CHECK (json_valid(blocks)),
    authors       TEXT NOT NULL CHECK (json_valid(authors)),
    published_on  TEXT,
    length        INTEGER NOT NULL CHECK (length >= 0),
    very          TEXT NOT NULL
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
    version_id         INTEGER REFERENCES version (id),
    read_as            INTEGER REFERENCES reading (capture_id)
) STRICT;
CREATE INDEX reading_by_article ON reading (article_id);
CREATE INDEX reading_by_page ON reading (page_id);
CREATE INDEX reading_by_version ON reading (version_id);

CREATE TABLE superseded (
    capture_id         INTEGER NOT NULL REFERENCES reading (capture_id),
    rules_id           INTEGER NOT NULL REFERENCES rules (id),
    extractor          TEXT NOT NULL,
    text_digest        TEXT NOT NULL REFERENCES text (digest),
    attributes_digest  TEXT REFERENCES attributes (digest),
    at                 TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
    PRIMARY KEY (capture_id, rules_id, extractor)
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

CREATE TABLE site_name (
    site       TEXT NOT NULL,
    name       TEXT NOT NULL,
    learnt_at  TEXT NOT NULL CHECK (learnt_at GLOB '????-??-??T??:??:??.???Z'),
    PRIMARY KEY (site, name)
) STRICT, WITHOUT ROWID;

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
