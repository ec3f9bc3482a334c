-- Signs: how each article's page was read, so that a broken profile is told from an edited paper. Made anew with the readings.

CREATE TABLE sign (
    capture_id  INTEGER PRIMARY KEY REFERENCES capture (id),
    page_id     INTEGER NOT NULL REFERENCES page (id),
    site        TEXT NOT NULL,
    rules_id    INTEGER REFERENCES rules (id),
    extractor   TEXT NOT NULL,
    fields      TEXT NOT NULL CHECK (json_valid(fields)),
    title       TEXT,
    body        TEXT,
    face        TEXT NOT NULL,
    doubt       TEXT,
    standing    TEXT NOT NULL CHECK (standing IN ('sound', 'unsure', 'waiting', 'forgiven', 'broken', 'over'))
) STRICT;
CREATE INDEX sign_by_page ON sign (site, page_id, standing, capture_id);
CREATE INDEX sign_set_aside ON sign (site, standing) WHERE standing IN ('waiting', 'broken', 'over');
CREATE INDEX capture_by_first ON capture (refers_to) WHERE refers_to IS NOT NULL;

CREATE VIEW health AS
    WITH one AS (
        SELECT v.run_id, s.site, j.value ->> 'field' AS field, j.value ->> 'found' AS found,
               iif(j.value ->> 'found', j.value ->> 'length', NULL) AS length, j.value ->> 'agrees' AS agrees
        FROM sign s JOIN capture c ON c.id = s.capture_id JOIN visit v ON v.id = c.visit_id, json_each(s.fields) j
    ), placed AS (
        SELECT one.*, row_number() OVER (PARTITION BY run_id, site, field ORDER BY length IS NULL, length) AS place,
               count(length) OVER (PARTITION BY run_id, site, field) AS lengths
        FROM one
    )
    SELECT run_id, site, field, count(*) AS pages, sum(found) AS found,
           max(length) FILTER (WHERE place = (lengths - 1) / 2 + 1) AS median_length,
           count(agrees) AS compared, coalesce(sum(agrees), 0) AS agreed
    FROM placed GROUP BY run_id, site, field;
