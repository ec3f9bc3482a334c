-- Facts: what happened.
INSERT INTO about (name, field, meaning) VALUES
    ('archive', '', 'Fact. One row: who this archive is. Written when it was made.'),
    ('archive', 'one', 'Always 1: there is one row.'),
    ('archive', 'uuid',
        'The archive''s public name, a random UUID (RFC 9562) in lower case with hyphens. Its first eight digits begin '
        || 'the names of its WARC files.'),
    ('archive', 'created_at', 'When the archive was made.'),
    ('archive', 'confirm_after_s',
        'Seconds that a doubtful cut or an absence must last before it is believed: 86400, a day, unless the archive is a '
        || 'demonstration (0). Fixed when the archive was made.'),
    ('run', '', 'Fact. One row for each invocation of griot that writes. Opened when it begins, closed when it ends.'),
    ('run', 'id', 'Private number of the row.'),
    ('run', 'uuid', 'The run''s public name, a random UUID. Each WARC record of the run carries it as Griot-Run.'),
    ('run', 'command', 'The command''s name, such as crawl or demo.'),
    ('run', 'started_at', 'When it began.'),
    ('run', 'ended_at',
        'When it ended. NULL: it is under way, or was killed and no later run has noticed. After a kill: when the next '
        || 'run began.'),
    ('run', 'end_reason',
        'Why it ended. nothing is due: all was done. offline: everything failed at once, and nobody is blamed for it. '
        || '--max-pages, --max-bytes, --max-time: a limit that was asked for. stopped by a signal: a person or the system '
        || 'ended it. killed: it never said; the next run wrote this. Else the words of the error. NULL while it is under '
        || 'way.'),
    ('run', 'settings',
        'The settings in force, as a JSON object. Its keys are those of the version that wrote it, such as what (the '
        || 'sites or URLs asked for) and revisit (every known page was looked at again).'),
    ('run', 'user_agent', 'The User-Agent header as sent (RFC 9110, section 10.1.5).'),
    ('run', 'contact',
        'How the sites'' owners could reach the operator; sent as the From header where it is an e-mail address. NULL: '
        || 'none was given.'),
    ('run', 'griot_version', 'The version of griot that ran.'),
    ('run', 'sqlite_version', 'The version of the SQLite library that it wrote with.'),
    ('concern', '',
        'Fact. What a run found that a person has to look at: one row for each site and kind. A run tells it when it is '
        || 'new and on each seventh run that it lasts, by its exit code 10.'),
    ('concern', 'run_id', 'The run (run.id).'),
    ('concern', 'site', 'The site.'),
    ('concern', 'kind',
        'unread: half or more of the pages with new bytes could not be read as articles. unanswered: no request got an '
        || 'answer. closed: robots.txt kept every page closed. unlisted: a listing fails again and again. emptied: a '
        || 'listing that showed pages shows none. silent: '
        || 'no new article for twice as long as ever before.'),
    ('concern', 'words', 'What was told, with the numbers of that run.'),
    ('concern', 'runs', 'Runs of this site in a row that ended with it, this one included.'),
    ('rules', '',
        'Fact. Each text of a profile that was ever used. A profile tells griot the hosts, the listings and where the '
        || 'parts of an article stand.'),
    ('rules', 'id', 'Private number of the row.'),
    ('rules', 'site', 'The site that the profile is for; the profile''s file name without .toml.'),
    ('rules', 'digest', 'sha256: and hex, over the profile''s text.'),
    ('rules', 'toml', 'The profile''s text, whole, in TOML 1.0.'),
    ('rules', 'first_used_at', 'When a run first used it.'),
    ('page', '',
        'Fact. One row for each URL, in canonical form, that griot ever heard of: articles, listings, robots.txt. Known '
        || 'does not mean visited.'),
    ('page', 'id', 'Private number of the row.'),
    ('page', 'site', 'The site that owns it.'),
    ('page', 'key',
        'The canonical form: host, path and query without the scheme, under the first host name of the profile, without '
        || 'parameters that say nothing about the page (session, campaign). Two URLs with one key are one page. robots.txt '
        || 'is each host''s own.'),
    ('page', 'first_url', 'The URL as it was first found.'),
    ('visit', '',
        'Fact. One row for each attempt to ask for a page, whatever came of it: answers, failures, and pages that '
        || 'robots.txt kept closed. A redirect is an answer; its target has a visit of its own.'),
    ('visit', 'id', 'Private number of the row.'),
    ('visit', 'run_id', 'The run (run.id).'),
    ('visit', 'page_id', 'The page (page.id).'),
    ('visit', 'url', 'The URL asked, as sent.'),
    ('visit', 'asked_at', 'When the request left, or was refused; see griot, field clock.'),
    ('visit', 'took_ms', 'Milliseconds from asked_at to the last byte or to the failure. 0 for a request that was never sent.'),
    ('visit', 'outcome',
        'What happened on the wire. answer: an HTTP answer came, of whatever status. not-modified: 304, the page is as it '
        || 'was. dns: the name did not resolve. connect: nobody accepted the connection. tls: the certificate or the '
        || 'handshake failed. timeout: time ran out before the headers came. reset: the connection ended before the headers '
        || 'came. protocol: what came was no HTTP. forbidden-address: the address is one that griot does not ask. bad-url: '
        || 'the URL cannot be asked. refused-by-robots: robots.txt forbade it and nothing was sent. interrupted: a signal '
        || 'ended the run while the answer was still to come.'),
    ('visit', 'status', 'The HTTP status, 100 to 999 (RFC 9110, section 15). NULL: no answer.'),
    ('visit', 'bytes',
        'Bytes of the body as sent, still compressed where the server compressed it; headers are not counted. 0 for a '
        || '304.'),
    ('visit', 'conditional',
        '1: the request said which copy the archive has (If-None-Match, If-Modified-Since; RFC 9110, section 13). 0: it '
        || 'asked for the whole page.'),
    ('visit', 'detail',
        'For people: the words of the failure, the reason of a refusal, or that the row was recovered from its WARC '
        || 'record after a crash.'),
    ('visit', 'robots_rule',
        'The line of robots.txt that decided, as Allow: /x or Disallow: /x; or, where none spoke of the URL and it was '
        || 'open, what the decision rested on. NULL: robots.txt itself, a refusal without a rule (detail says why), or a row '
        || 'recovered after a crash.'),
    ('visit', 'clock_adjusted',
        '1: the machine''s clock stood before the archive''s previous visit, and asked_at was raised to it. 0: the '
        || 'clock''s own word.'),
    ('capture', '',
        'Fact. A visit that has a WARC record: an HTTP answer, kept. It is new bytes, or a revisit record that points to '
        || 'the capture whose bytes it repeats.'),
    ('capture', 'id', 'Private number of the row.'),
    ('capture', 'visit_id', 'The visit (visit.id); one capture a visit at most.'),
    ('capture', 'page_id', 'The page (page.id).'),
    ('capture', 'record_id',
        'The capture''s public name: the UUID of its WARC-Record-ID, which reads <urn:uuid:…> in the WARC file.'),
    ('capture', 'captured_at', 'The capture''s instant, the same as the visit''s asked_at and as WARC-Date.'),
    ('capture', 'kind',
        'response: the server sent bytes that the archive did not have; they stand in this capture''s own record. '
        || 'identical-payload: it sent the same bytes again. not-modified: it answered 304. The last two are WARC revisit '
        || 'records (WARC/1.1, section 6.7).'),
    ('capture', 'status', 'The HTTP status; 304 for not-modified.'),
    ('capture', 'payload_digest',
        'sha256: and hex, over the body as sent, content-coding on. NULL after a 304, which has no body (a capture '
        || 'recovered after a crash names the body it repeats).'),
    ('capture', 'payload_bytes', 'Bytes of the body as sent in this visit; 0 after a 304.'),
    ('capture', 'refers_to', 'The capture whose bytes are repeated (capture.id; WARC-Refers-To). NULL for a response.'),
    ('capture', 'content_type', 'The Content-Type header as sent. NULL: none.'),
    ('capture', 'etag', 'The ETag header as sent, quotation marks and W/ included (RFC 9110, section 8.8.3). NULL: none.'),
    ('capture', 'last_modified',
        'The Last-Modified header as sent, an HTTP date (RFC 9110, section 8.8.2). The server''s word, not the paper''s. '
        || 'NULL: none.'),
    ('capture', 'location', 'The Location header of a redirect, as sent. NULL: none.'),
    ('capture', 'protocol', 'HTTP/1.1, HTTP/1.0 or h2 (HTTP/2).'),
    ('capture', 'server_address',
        'Address and port that the bytes came from (WARC-IP-Address and Griot-Port). NULL: not known.'),
    ('capture', 'tls_verified', '1: over TLS, and the certificate was verified. 0: over TLS, not verified. NULL: plain HTTP.'),
    ('capture', 'truncated',
        'Why the body is not whole, in the words of WARC-Truncated: length (griot''s limit on bytes), time (its limit on '
        || 'seconds), disconnect (the connection broke). NULL: it is whole.'),
    ('robots', '',
        'Fact. What robots.txt said at each origin, by interval (RFC 9309). The row without until_at holds; another text '
        || 'or another way of failing closes it and begins the next.'),
    ('robots', 'id', 'Private number of the row.'),
    ('robots', 'origin', 'Scheme, host and, where it is not the scheme''s own, port: https://paper.example (RFC 6454).'),
    ('robots', 'from_at', 'When it was first seen so.'),
    ('robots', 'until_at', 'When it was first seen otherwise. NULL: it holds.'),
    ('robots', 'checked_at', 'When it was last asked for and found so.'),
    ('robots', 'capture_id', 'The capture that began the interval (capture.id). NULL: no answer came.'),
    ('robots', 'access',
        'rules: a file came, and its text is in rules. allow-all: there is none (4xx, or a page of markup in its place), '
        || 'so every page is open. unreachable: it could not be read; an earlier copy rules, and without one nobody enters '
        || 'for 30 days.'),
    ('robots', 'rules', 'The text that was obeyed; where there is none, the reason in a few words, such as 404.'),
    ('robots', 'state', 'JSON: what politeness must remember between runs. It is state, kept here beside the fact.'),
    ('warc_file', '',
        'Fact. One row for each WARC file of this archive (WARC/1.1, one gzip member a record). A file is appended to '
        || 'until 1 GB or 30 days, then closed.'),
    ('warc_file', 'id', 'Private number of the row.'),
    ('warc_file', 'name',
        'The file''s name in the folder warc: the first eight digits of archive.uuid, a hyphen, a serial number, '
        || '.warc.gz.'),
    ('warc_file', 'created_at', 'When its first record was written.'),
    ('warc_file', 'committed_length',
        'Bytes, compressed, that this archive answers for. What stands behind them was never confirmed.'),
    ('warc_file', 'closed_at', 'When it was closed, never to be touched again. NULL: it is open.'),
    ('warc_file', 'sha256', 'sha256: and hex, over the whole closed file. NULL: it is open.'),
    ('warc_record', '', 'Fact. One row for each record in the WARC files: where it stands and what it holds.'),
    ('warc_record', 'id', 'Private number of the row.'),
    ('warc_record', 'record_id', 'The UUID of its WARC-Record-ID.'),
    ('warc_record', 'type',
        'WARC-Type: warcinfo (at the head of a file: who crawled, with what), response, revisit, metadata (the headers of '
        || 'a 304).'),
    ('warc_record', 'file_id', 'The file (warc_file.id).'),
    ('warc_record', 'offset', 'Where its gzip member begins, in bytes from the file''s start.'),
    ('warc_record', 'length', 'The length of the gzip member in bytes: what the record costs on the disk.'),
    ('warc_record', 'block_digest', 'sha256: and hex, over the record''s block, uncompressed.'),
    ('warc_record', 'capture_id',
        'The capture that it belongs to (capture.id). NULL: a warcinfo, or a record recovered after a crash without its '
        || 'capture.');
