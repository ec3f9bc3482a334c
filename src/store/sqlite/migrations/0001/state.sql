-- State: what the running archive needs; losing it costs time, never truth.

CREATE TABLE frontier (
    page_id             INTEGER PRIMARY KEY REFERENCES page (id),
    site                TEXT NOT NULL,
    url                 TEXT NOT NULL,
    role                TEXT NOT NULL,
    source              TEXT NOT NULL,
    class               TEXT NOT NULL CHECK (class IN ('listing', 'new', 'revisit')),
    place               INTEGER NOT NULL,
    hint_at             TEXT CHECK (hint_at GLOB '????-??-??T??:??:??.???Z'),
    hint_published      INTEGER NOT NULL DEFAULT 0 CHECK (hint_published IN (0, 1)),
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
