-- Seals: what a capture was read as, by one digest, so that no row of it is changed or lost unseen.

CREATE TABLE seal (
    capture_id  INTEGER PRIMARY KEY REFERENCES capture (id),
    digest      TEXT NOT NULL
) STRICT;

CREATE INDEX related_link_by_first ON related_link (first_capture_id);
