//! `griot diff`: two versions, named in any of the ways, compared word by word.

use std::path::Path;
use std::process::{Command, Stdio};

use super::{address, complaint, copied, lived, said, told};
use crate::crawl::{BODY, FIRST, SECOND, fast_profile, page, paper};

fn versions() -> Vec<serde_json::Value> {
    told(lived(), &["history", &address(FIRST)])[0]["versions"].as_array().unwrap().clone()
}

/// The numbers of the two versions compared.
fn compared(archive: &Path, names: &[&str]) -> (i64, i64) {
    let difference = &told(archive, &[&["diff", &address(FIRST)], names].concat())[0];
    (difference["old"]["number"].as_i64().unwrap(), difference["new"]["number"].as_i64().unwrap())
}

#[test]
fn the_last_two_versions_are_compared_word_by_word() {
    let words = said(lived(), &["diff", &address(FIRST)]);
    let changed: Vec<&str> = words.lines().filter(|l| l.starts_with("  - ") || l.starts_with("  + ")).collect();
    assert_eq!(changed.len(), 2, "{words}");
    assert!(changed[0].contains("plus") && changed[1].contains("moins"), "{words}");
    assert!(words.contains("changed after") && !words.contains('\u{1b}'), "{words}");

    let fields = &told(lived(), &["diff", &address(FIRST)])[0]["fields"];
    assert_eq!(fields.as_array().unwrap().len(), 1, "only the body changed: {fields}");
    let hunk = &fields[0]["hunks"][0];
    let strong = |side: &str| {
        let words = hunk[side][0]["words"].as_array().unwrap().iter().filter(|w| w["changed"] == true);
        words.map(|w| w["text"].as_str().unwrap().to_owned()).collect::<String>()
    };
    assert_eq!((strong("old"), strong("new")), ("plus".into(), "moins".into()), "{hunk}");
}

#[test]
fn a_version_is_named_by_number_digest_day_or_instant() {
    let versions = versions();
    let text = |number: usize, field: &str| versions[number - 1][field].as_str().unwrap().to_owned();
    let second = text(2, "text_digest");
    assert_eq!(compared(lived(), &["1", "2"]), (1, 2));
    assert_eq!(compared(lived(), &["1"]), (1, 3));
    assert_eq!(compared(lived(), &[&second, "1"]), (2, 1));
    assert_eq!(compared(lived(), &[&format!("{}…", &second[..11]), "3"]), (2, 3));
    assert_eq!(compared(lived(), &[&text(2, "first_seen_at"), "3"]), (2, 3), "it stood at its first sighting");
    assert_eq!(compared(lived(), &[&text(2, "changed_after"), "3"]), (1, 3));
    assert_eq!(compared(lived(), &["2999-01-01", "1"]), (3, 1));
    assert!(said(lived(), &["diff", &address(FIRST), "1", "3"]).contains("the texts are the same"));
}

#[test]
fn a_superseded_digest_leads_to_the_text_that_took_its_place() {
    let archive = copied(lived());
    let database = rusqlite::Connection::open(archive.path().join("archive.sqlite")).unwrap();
    let digest = versions()[1]["text_digest"].as_str().unwrap().to_owned();
    for (old, extractor) in [("v1:0000aaaa", "griot-00"), ("v1:1111bbbb", "griot-0")] {
        let text =
            "INSERT INTO text SELECT ?1, title, lead, body, blocks, authors, published_on, length, very FROM text
                    WHERE digest = ?2";
        assert_eq!(database.execute(text, [old, &digest]).unwrap(), 1);
        let sql =
            "INSERT INTO superseded SELECT last_capture_id, (SELECT max(id) FROM rules), ?2, ?1, NULL, last_seen_at
                   FROM version WHERE text_digest = ?3";
        assert_eq!(database.execute(sql, [old, extractor, &digest]).unwrap(), 1);
    }
    drop(database);
    for name in ["v1:0000aaaa", "v1:0000", "v1:1111bbbb", "v1:1111…"] {
        assert_eq!(compared(archive.path(), &[name, "3"]), (2, 3), "{name}");
    }
}

#[test]
fn a_version_that_is_not_there_is_answered_with_what_is() {
    for (name, code) in [("9", 1), ("v1:ffffffff", 1), ("2001-01-01", 1), ("2001-01-01T00:00:00Z", 1), ("yesterday", 2)]
    {
        let words = complaint(lived(), &["diff", &address(FIRST), name], code);
        assert!(words.contains("version"), "{name}: {words}");
    }
    let single = complaint(lived(), &["diff", &address(SECOND)], 1);
    assert!(single.contains("one version only"), "{single}");
}

#[test]
fn title_lead_names_and_day_are_compared_too() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let site = paper();
    let server = site.serve();
    crate::crawl::griot(folder.path(), &server, &["crawl", "lessor"]);
    site.put(FIRST, page("Le pont est fermé", &BODY, SECOND));
    site.edit(FIRST, |html| {
        let html = html.replace("une phrase entière", "une seule phrase").replace("Awa DIARRA", "Oumou KEÏTA");
        html.replace("mardi 23 décembre", "mercredi 24 décembre")
    });
    crate::crawl::griot(folder.path(), &server, &["crawl", "lessor", "--revisit", "all"]);
    let difference = &told(folder.path(), &["diff", &address(FIRST)])[0];
    let fields = difference["fields"].as_array().unwrap();
    let names: Vec<_> = fields.iter().map(|f| f["field"].as_str().unwrap()).collect();
    assert_eq!(names, ["title", "lead", "authors", "published_on"], "{difference}");
    let words = said(folder.path(), &["diff", &address(FIRST)]);
    for line in ["- Le pont est [-ouvert-]", "+ Le pont est {+fermé+}", "- 2025-12-", "+ 2025-12-", "Oumou"] {
        assert!(words.contains(line), "{line} is missing in\n{words}");
    }
}

#[test]
fn colour_is_for_a_terminal_that_wants_it() {
    let on_terminal = |no_color: &str| {
        let griot =
            format!("'{}' diff '{}' --archive '{}'", env!("CARGO_BIN_EXE_griot"), address(FIRST), lived().display());
        // `script` gives the command a terminal of its own.
        let mut command = Command::new("script");
        command.args(["-qec", &griot, "/dev/null"]).env("TERM", "xterm").env("NO_COLOR", no_color).stdin(Stdio::null());
        command.output().ok().map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (Some(coloured), Some(plain)) = (on_terminal(""), on_terminal("1")) else {
        eprintln!("skipped: there is no `script` here");
        return;
    };
    assert!(coloured.contains("\u{1b}[31;1;7mplus") && coloured.contains("\u{1b}[32;1;7mmoins"), "{coloured}");
    assert!(plain.contains("  - ") && !plain.contains('\u{1b}'), "{plain}");
}

#[test]
fn without_colour_the_words_that_differ_stand_between_marks() {
    let words = said(lived(), &["diff", &address(FIRST)]);
    assert!(words.contains("coûté [-plus-] que prévu") && words.contains("coûté {+moins+} que prévu"), "{words}");
}
