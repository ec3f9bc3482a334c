//! Rows that were changed or lost.

use super::{change, copy, finds, said};
use crate::crawl::{fast_profile, paper};
use crate::support::Site;
use crate::support::run::{crawl, rows, sums, verified};

const HOSTS: [&str; 2] = ["lessor.ml", "www.lessor.ml"];

/// Applies each change to an archive of its own.
#[track_caller]
fn each(changes: &[(&str, &str)]) {
    for (sql, words) in changes {
        let archive = copy();
        change(archive.path(), sql);
        let (code, said) = said(archive.path());
        assert!(code == Some(5) && said.contains(words), "{sql}: `{words}` is not said ({code:?}):\n{said}");
    }
}

#[test]
fn the_demos_archive_is_sound() {
    let archive = copy();
    let (code, said) = said(archive.path());
    assert!(code == Some(0) && said.ends_with(" 0 findings\n"), "{said}");
}

#[test]
fn a_changed_text_profile_or_attribute_is_not_what_its_digest_names() {
    let one = "WHERE digest = (SELECT text_digest FROM version LIMIT 1)";
    let last = "WHERE rowid = (SELECT max(rowid) FROM attributes)";
    let changes: [(String, &str); 13] = [
        (format!("UPDATE text SET title = title || ' bis' {one}"), "is not what its digest names"),
        (
            format!("UPDATE text SET title = replace(title, ' ', char(160)) {one}"),
            "is not letter by letter what was kept",
        ),
        (format!("UPDATE text SET lead = NULL {one}"), "is not what its digest names"),
        (format!("UPDATE text SET body = body || '!' {one}"), "has another body than its blocks"),
        (format!("UPDATE text SET blocks = replace(blocks, ' le ', ' la ') {one}"), "is not what its digest names"),
        (format!("UPDATE text SET blocks = '[1]' {one}"), "has blocks that cannot be read"),
        (format!("UPDATE text SET published_on = '1999-12-31' {one}"), "is not what its digest names"),
        (format!("UPDATE text SET length = length + 1 {one}"), "is not of the length it says"),
        ("UPDATE rules SET toml = toml || ' '".into(), "is not what its digest names"),
        (format!("UPDATE attributes SET published_text = 'hier' {last}"), "are not what their digest names"),
        (format!("UPDATE attributes SET language = NULL {last}"), "are not what their digest names"),
        (format!("UPDATE attributes SET tags = '[\"faits divers\"]' {last}"), "are not what their digest names"),
        (
            "INSERT INTO image SELECT max(digest), 0, 'https://example.org/une.jpg', NULL, NULL, NULL FROM attributes"
                .into(),
            "are not what their digest names",
        ),
    ];
    each(&changes.each_ref().map(|(sql, words)| (sql.as_str(), *words)));
}

#[test]
fn a_row_that_its_own_record_contradicts_is_told() {
    let capture = "WHERE id = (SELECT max(id) FROM capture WHERE kind = 'response')";
    let visit = "WHERE id = (SELECT max(visit_id) FROM capture WHERE kind = 'response')";
    let columns = [
        ("capture", "captured_at", "'2001-01-01T00:00:00.000Z'", capture),
        ("capture", "status", "404", "WHERE status = 200 AND kind = 'response'"),
        ("capture", "payload_digest", "'sha256:00'", capture),
        ("capture", "payload_bytes", "payload_bytes + 1", capture),
        ("capture", "content_type", "'text/plain'", capture),
        ("capture", "etag", "'\"other\"'", capture),
        ("capture", "last_modified", "'yesterday'", capture),
        ("capture", "location", "'/elsewhere'", capture),
        ("capture", "protocol", "'h2'", capture),
        ("capture", "server_address", "'192.0.2.1:80'", capture),
        ("capture", "tls_verified", "1", capture),
        ("capture", "truncated", "'time'", capture),
        ("capture", "content_type", "'text/plain'", "WHERE kind = 'not-modified'"),
        ("visit", "url", "url || '?'", visit),
        ("visit", "asked_at", "'2001-01-01T00:00:00.000Z'", visit),
        ("visit", "took_ms", "took_ms + 1", visit),
        ("visit", "outcome", "'not-modified'", visit),
        ("visit", "status", "500", visit),
        ("visit", "bytes", "bytes + 1", visit),
        ("visit", "conditional", "1 - conditional", visit),
        ("visit", "clock_adjusted", "1 - clock_adjusted", visit),
        ("run", "uuid", "'00000000-0000-4000-8000-000000000000'", "WHERE id = 1"),
    ];
    for (table, column, value, which) in columns {
        let archive = copy();
        change(archive.path(), &format!("UPDATE {table} SET {column} = {value} {which}"));
        finds(archive.path(), &format!("{table}.{column} is "));
    }
    let kind = copy();
    change(kind.path(), "UPDATE capture SET kind = 'identical-payload' WHERE kind = 'not-modified'");
    finds(kind.path(), "capture.kind is identical-payload, the record says not-modified");
    let repeated = "UPDATE capture SET refers_to = (SELECT max(id) FROM capture WHERE kind = 'response')
                    WHERE kind = 'not-modified'";
    let archive = copy();
    change(archive.path(), repeated);
    finds(archive.path(), "repeated.record_id is ");
}

#[test]
fn a_records_own_row_is_held_against_the_record() {
    let one = "WHERE id = (SELECT max(id) FROM warc_record WHERE type = 'response')";
    each(&[
        (&*format!("UPDATE warc_record SET block_digest = 'sha256:00' {one}"), "warc_record.block_digest is sha256:00"),
        (&*format!("UPDATE warc_record SET type = 'resource' {one}"), "warc_record.type is resource"),
        (&*format!("UPDATE warc_record SET length = length - 1 {one}"), "warc_record.length is "),
        (&*format!("UPDATE warc_record SET offset = offset + 1 {one}"), "is not there as its row says"),
        (&*format!("UPDATE warc_record SET record_id = 'x' {one}"), "record x is not there as its row says"),
        (&*format!("UPDATE warc_record SET capture_id = NULL {one}"), "its row is of no capture"),
        // Two that change places leave the numbers right.
        (
            "UPDATE warc_record SET record_id = CASE id WHEN 2 THEN 'x' ELSE 'y' END WHERE id IN (2, 3);
             UPDATE warc_record SET record_id = (SELECT record_id FROM capture WHERE id = 2) WHERE id = 2",
            "is not there as its row says",
        ),
        ("DELETE FROM warc_record WHERE type = 'metadata'", "has no row"),
    ]);
}

#[test]
fn histories_are_what_their_readings_come_to() {
    let second = "WHERE number = 2 AND cause = 'edited'";
    each(&[
        (&*format!("UPDATE version SET first_seen_at = '2001-01-01T00:00:00.000Z' {second}"), "version 2 of "),
        (&*format!("UPDATE version SET last_seen_at = '2101-01-01T00:00:00.000Z' {second}"), "version 2 of "),
        (&*format!("UPDATE version SET changed_after = NULL {second}"), "version 2 of "),
        (&*format!("UPDATE version SET sightings = 99 {second}"), "version 2 of "),
        (&*format!("UPDATE version SET cause = 'restored' {second}"), "version 2 of "),
        (&*format!("UPDATE version SET flap = 1 {second}"), "version 2 of "),
        (&*format!("UPDATE version SET number = 7 {second}"), "version 2 of "),
        ("UPDATE removal SET confirmed_at = NULL, confirmed_capture_id = NULL", "removal 1 of "),
        ("DELETE FROM removal", "removal 1 of "),
        ("UPDATE reading SET host_alive = 0 WHERE outcome = 'gone'", "removal 1 of "),
        (
            "UPDATE reading SET outcome = 'consent' WHERE capture_id = (SELECT first_capture_id FROM version WHERE id = 3)",
            "version 1 of ",
        ),
    ]);
}

#[test]
fn rows_that_are_lost_are_missed() {
    each(&[
        ("DELETE FROM related_link WHERE id = 3", "1 rows of related_link are missing"),
        (
            "UPDATE related_link SET first_seen_at = '2001-01-01T00:00:00.000Z' WHERE id = 3",
            "was not seen when it says",
        ),
        ("DELETE FROM page_article WHERE article_id = 1", "is tied to no page"),
        ("UPDATE page_article SET until_at = from_at WHERE article_id = 1", "to which its page was not tied then"),
        (
            "UPDATE page_article SET from_at = '2001-01-01T00:00:00.000Z' WHERE article_id = 1",
            "at which nothing was captured",
        ),
        ("UPDATE search_docsize SET sz = x'0000' WHERE id = 1", "counts the words of versions otherwise"),
        ("DELETE FROM visit WHERE id = 5", "1 rows of visit are missing"),
        ("DELETE FROM capture WHERE id = 5", "and its capture is not there"),
        (
            "DELETE FROM reading WHERE capture_id = (SELECT last_capture_id FROM version LIMIT 1)",
            "is not what its readings come to",
        ),
        (
            "DELETE FROM sighting WHERE capture_id = (SELECT max(capture_id) FROM sighting) AND page_id = (SELECT max(page_id) FROM sighting WHERE capture_id = (SELECT max(capture_id) FROM sighting))",
            "is not read as it was",
        ),
        (
            "UPDATE sighting SET title = 'Autre' WHERE capture_id = (SELECT max(capture_id) FROM sighting)",
            "is not read as it was",
        ),
        ("DELETE FROM related_link WHERE id = (SELECT max(id) FROM related_link)", "is not read as it was"),
        ("UPDATE related_link SET title = 'Autre' WHERE id = 7", "is not read as it was"),
        ("UPDATE reading SET reason = 'autre' WHERE capture_id = 2", "is not read as it was"),
        ("DELETE FROM reading WHERE role = 'section'", "is not read as it was"),
        ("DROP INDEX capture_by_page; UPDATE pace SET state = state", "index capture_by_page is not as griot makes it"),
    ]);
}

#[test]
fn authors_are_those_of_the_text() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let server = paper().serve();
    sums(&mut crawl(folder.path(), &server, &HOSTS, &["lessor"]));
    verified(folder.path());
    change(folder.path(), "UPDATE author SET name = 'Personne' WHERE version_id = 1 AND position = 0");
    finds(folder.path(), "the authors of version 1 of ");
    change(folder.path(), "DELETE FROM author WHERE version_id = 1");
    finds(folder.path(), "the authors of version 1 of ");
    change(folder.path(), "UPDATE text SET authors = '[]'");
    finds(folder.path(), "is not what its digest names");
}

/// A title of signs alone over a body without a word has nothing that could be looked for.
#[test]
fn a_text_without_a_word_is_not_missed_in_the_search_index() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let site = Site::new();
    let path = "/posts/des-signes-694a5b2f0a1b2";
    site.put("/", format!("<html><body><a href=\"{path}\">Des signes</a></body></html>"));
    site.put(path, crate::crawl::page("★ ★ ★ !", &["… ?! — … ★ ★ ★ ★ ★ ★ ★ ★ ★ ★ ★ ★ ★ ★ ★ ★ ★ ★ ★ ★ ★ ★ ★ ★"], path));
    let server = site.serve();
    sums(&mut crawl(folder.path(), &server, &HOSTS, &["lessor"]));
    // Lead and body may still have words: the text is made to have none, as a paper of pictures prints it.
    let database = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    let forget = "INSERT INTO search (search, rowid, title, lead, body) SELECT 'delete', version_id, title, lead, body
                  FROM search_text";
    assert_eq!(rows(folder.path(), "SELECT count(*) FROM version"), ["1"]);
    let (kept, digest) = signs();
    database
        .execute_batch(&format!(
            "PRAGMA foreign_keys = OFF; {forget}; UPDATE version SET text_digest = '{digest}';
             UPDATE reading SET text_digest = '{digest}', length = 0 WHERE text_digest IS NOT NULL;
             DELETE FROM text; DELETE FROM author; {kept};
             INSERT INTO search (rowid, title, lead, body) SELECT version_id, title, lead, body FROM search_text"
        ))
        .unwrap();
    // The reading is not as it was sealed, of course.
    let (_, said) = said(folder.path());
    assert!(!said.contains("search index"), "{said}");
}

/// A text of signs alone, as a row, and its digest.
fn signs() -> (String, String) {
    let text = griot::model::article::Text { title: "★ ★ ★".into(), ..Default::default() };
    let (digest, very) = (text.digest(), text.very());
    let row = format!(
        "INSERT INTO text (digest, title, body, blocks, authors, length, very)
         VALUES ('{digest}', '★ ★ ★', '', '[]', '[]', 0, '{very}')"
    );
    (row, digest)
}
