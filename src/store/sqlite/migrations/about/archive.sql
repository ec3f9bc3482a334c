-- The archive as a whole. The rows are this binary's own words: an older binary's go first.
DELETE FROM about;
INSERT INTO about (name, field, meaning) VALUES
    ('griot', '',
        'This file is the archive of one or more newspapers, kept by the program griot: what the servers sent, when, and '
        || 'what was read in it. Each table, view and column has a row here: name and field; a row whose field is empty '
        || 'speaks of the table as a whole.'),
    ('griot', 'facts',
        'Tables of facts say what happened: run, rules, page, visit, capture, robots, warc_file, warc_record, and archive '
        || 'itself. A fact is written once and never changed, but for what only the future could tell (the end of a run, the '
        || 'growth of a WARC file). The bytes themselves stand in the WARC files beside this file (warc_file names them; '
        || 'WARC/1.1, ISO 28500:2017).'),
    ('griot', 'readings',
        'Tables of readings say what the facts were taken to mean by given rules: reading, text, attributes, image, '
        || 'article, page_article, version, superseded, removal, author, sighting, related_link, and the search index. They '
        || 'can be made anew from the facts by other rules, so a mistake in them is no loss.'),
    ('griot', 'state',
        'Tables of state serve the running archive only: frontier, pace, pattern. Without them griot asks again what it '
        || 'knew; no truth is lost. An exported copy has them empty.'),
    ('griot', 'instants',
        'An instant is text of exactly this form: YYYY-MM-DDTHH:MM:SS.sssZ, in UTC, to the millisecond, cut and never '
        || 'rounded up. So the order of the texts is the order of time. A column named …_at always is such an instant; so '
        || 'are changed_after, next_allowed, date_hint and superseded.at. A column named …_on is a day, YYYY-MM-DD, at the '
        || 'paper, not in UTC.'),
    ('griot', 'clock',
        'Instants come from the clock of the machine that crawled. No visit is dated before the one before it: where the '
        || 'clock stood earlier, the instant was raised and visit.clock_adjusted is 1.'),
    ('griot', 'integers',
        'Columns named id or …_id, and other references by number, join the rows of this one file. They are private: '
        || 'another copy, a merge or a rebuild may give other numbers. Do not cite them.'),
    ('griot', 'public names',
        'Names that hold outside this file: the archive by archive.uuid; a capture by its WARC-Record-ID '
        || '(capture.record_id); an article by any of its URLs; a run by run.uuid; a text by its digest.'),
    ('griot', 'citation',
        'A version is cited by three things: a URL of the article, the instant of its first capture '
        || '(version.first_seen_at) and the digest of its text (version.text_digest). Version numbers may change when the '
        || 'archive is read by other rules; a digest that other rules replaced is found in superseded.'),
    ('griot', 'digests',
        'A digest is written with its scheme and a colon. v1: SHA-256, 64 hexadecimal digits, over named fields in normal '
        || 'form (text). v2: the same over fields as they are kept (attributes). sha256: SHA-256, 64 hexadecimal digits, '
        || 'over bytes (payloads, WARC blocks, closed WARC files, profiles).'),
    ('griot', 'normal form',
        'Texts are compared after Unicode NFC, with white space folded to single spaces (no-break spaces too), one form '
        || 'of quotation marks, apostrophes and dashes, and without soft hyphens and zero-width characters. Kept texts are '
        || 'as printed, but for folded white space.'),
    ('griot', 'versions',
        'A version begins when headline, lead, body (with the kind of each block), names or the printed day of '
        || 'publication change. Pictures, captions, section, tags, date of modification and related links make no version; '
        || 'their changes are in the view changes.'),
    ('griot', 'doubt',
        'A text that lost more than half is held until a visit at least archive.confirm_after_s later shows it again '
        || '(view held); a vanished article needs two negative answers so far apart, from a site that served other pages '
        || '(table removal, view removed). Walls, errors and pages that could not be read are kept as captures and have no '
        || 'say.'),
    ('griot', 'silence',
        'The archive knows what its visits saw. A change that came and went between two visits is not here. visit tells '
        || 'when it looked, run when it ran and why it ended.'),
    ('griot', 'null', 'NULL means that the thing was not there or not told; never zero and never an empty text.'),
    ('griot', 'JSON', 'Columns said to be JSON hold JSON text (RFC 8259); sqlite''s json_each() and json_extract() read it.'),
    ('about', '',
        'What every table, view and column means. Written by griot when it makes the file or changes its schema; an '
        || 'export adds a row of its own.'),
    ('about', 'name', 'A table or view of this file; griot for the file as a whole.'),
    ('about', 'field', 'A column of it; empty for the table or view itself.'),
    ('about', 'meaning', 'Its meaning in plain English.');
