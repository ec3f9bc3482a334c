-- Facts: appended and never changed; merging two archives is a union of them.
-- An instant is text, YYYY-MM-DDTHH:MM:SS.sssZ, so that text order is time order.

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
