//! `griot show`: a version whole, and its bytes as they were kept.

use super::{address, complaint, copied, demo, griot, lived, said, told};
use crate::crawl::{BODY, FIRST, SECOND, fast_profile, page, paper};
use crate::support::Site;

#[test]
fn every_field_that_was_read_is_shown() {
    let shown = &told(lived(), &["show", &address(FIRST)])[0];
    assert_eq!((&shown["version"], &shown["cause"]), (&3.into(), &"restored".into()));
    let about = &shown["attributes"];
    assert_eq!(about["published_at"], "2025-12-23T08:55:00.000Z");
    assert_eq!(about["published_on"], "2025-12-23");
    assert_eq!((&about["published_zone"], &about["published_precision"]), (&"Africa/Bamako".into(), &"minute".into()));
    assert_eq!(about["url_created_at"].as_str().unwrap().len(), 24);
    let names: Vec<_> = shown["authors"].as_array().unwrap().iter().map(|a| (&a["name"], &a["role"])).collect();
    assert!(names.contains(&(&"Awa DIARRA".into(), &"signature".into())), "{names:?}");
    let related = &shown["related"][0];
    assert_eq!((&related["label"], &related["url"]), (&"Lire aussi".into(), &address(SECOND).into()));

    let words = said(lived(), &["show", &address(FIRST)]);
    for part in
        ["Le pont est ouvert\n", "signature:   Awa DIARRA", "in Africa/Bamako", "to the minute", "Lire aussi: Un autre"]
    {
        assert!(words.contains(part), "{part} is missing in\n{words}");
    }
}

#[test]
fn an_earlier_version_is_shown_by_any_of_its_names() {
    let second = &told(lived(), &["show", &address(FIRST), "--version", "2"])[0];
    assert!(second["body"].as_str().unwrap().contains("plus que prévu"));
    for name in ["text_digest", "first_seen_at"] {
        assert_eq!(&told(lived(), &["show", &address(FIRST), "--version", second[name].as_str().unwrap()])[0], second);
    }
    complaint(lived(), &["show", &address(FIRST), "--version", "7"], 1);
    complaint(lived(), &["show", &address(FIRST), "--version", "newest"], 2);
}

#[test]
fn raw_gives_the_bytes_that_the_site_sent() {
    let edited = BODY[1].replace("moins que prévu", "plus que prévu");
    let first = page("Le pont est ouvert", &BODY, SECOND);
    let second = page("Le pont est ouvert", &[BODY[0], &edited, BODY[2]], SECOND);
    // The third version's first capture repeats bytes that were kept before.
    for (number, bytes) in [("1", &first), ("2", &second), ("3", &first)] {
        let raw = griot(lived(), &["show", "--raw", &address(FIRST), "--version", number], 0).stdout;
        assert!(raw == bytes.as_bytes(), "version {number}: {}", String::from_utf8_lossy(&raw));
    }
}

#[test]
fn raw_undoes_the_content_coding_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    // windows-1252, as the header says: the bytes stay what they are.
    let html = page("Le pont est ouvert", &BODY, SECOND).replace('’', "'");
    let bytes: Vec<u8> = html.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let site = Site::new().gzipped();
    site.put("/", format!("<a href=\"{FIRST}\">Le pont</a>"));
    site.put_typed(FIRST, "text/html; charset=windows-1252", bytes.clone());
    let server = site.serve();
    crate::crawl::griot(folder.path(), &server, &["crawl", "lessor"]);
    assert!(griot(folder.path(), &["show", "--raw", &address(FIRST)], 0).stdout == bytes);
}

#[test]
fn raw_bytes_that_are_not_those_kept_are_damage() {
    let archive = copied(demo());
    let url = told(archive.path(), &["list", "--limit", "1"])[0]["url"].as_str().unwrap().to_owned();
    griot(archive.path(), &["show", "--raw", &url], 0);
    let database = rusqlite::Connection::open(archive.path().join("archive.sqlite")).unwrap();
    database.execute("UPDATE capture SET payload_digest = 'sha256:0' WHERE payload_digest IS NOT NULL", []).unwrap();
    drop(database);
    assert!(complaint(archive.path(), &["show", "--raw", &url], 5).contains("griot verify"));
    for file in std::fs::read_dir(archive.path().join("warc")).unwrap() {
        std::fs::remove_file(file.unwrap().path()).unwrap();
    }
    complaint(archive.path(), &["show", "--raw", &url], 5);
    griot(archive.path(), &["show", &url], 0);
}

#[test]
fn other_peoples_words_keep_their_place_on_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let site = paper();
    site.put(FIRST, page("Le \u{9b}31mpont\u{202e}", &BODY, SECOND));
    let server = site.serve();
    crate::crawl::griot(folder.path(), &server, &["crawl", "lessor"]);
    for words in [&["show", &address(FIRST)][..], &["history", &address(FIRST)], &["list"], &["search", "pont"]] {
        let said = said(folder.path(), words);
        assert!(said.contains("31m") && !said.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{words:?}: {said}");
    }
}
