//! `griot search`: without accents, and sound whatever is typed.

use super::{complaint, demo, griot, lived, said, told};

fn titles(words: &[&str]) -> Vec<String> {
    let hits = told(demo(), &[&["search", "--limit", "0"], words].concat());
    hits.iter().map(|hit| hit["title"].as_str().unwrap().to_owned()).collect()
}

fn count(titles: &[String]) -> i64 {
    i64::try_from(titles.len()).unwrap()
}

/// Articles whose text holds these letters, accents and all.
fn holding(letters: &str) -> i64 {
    let database = rusqlite::Connection::open(demo().join("archive.sqlite")).unwrap();
    let sql = "SELECT count(*) FROM latest WHERE title || ' ' || coalesce(lead, '') || ' ' || body LIKE ?1";
    database.query_row(sql, [format!("%{letters}%")], |r| r.get(0)).unwrap()
}

#[test]
fn accents_ligatures_and_capitals_make_no_difference() {
    for (typed, printed) in [("eleves", "élèves"), ("ELÈVES", "élèves"), ("boeuf", "bœuf"), ("BŒUF", "bœuf")] {
        let found = titles(&[typed]);
        assert!(!found.is_empty() && count(&found) == holding(printed), "{typed}: {found:?}");
    }
    let snippet = &told(demo(), &["search", "boeuf"])[0]["snippet"];
    let hits: Vec<_> = snippet.as_array().unwrap().iter().filter(|p| p["hit"] == true).collect();
    assert!(hits.iter().all(|p| p["text"].as_str().unwrap().contains("bœuf")), "as printed: {snippet}");
}

#[test]
fn phrases_beginnings_and_exclusions_narrow_the_result() {
    let (all, begun) = (titles(&["pont"]), titles(&["pon*"]));
    assert!(!all.is_empty() && begun.len() >= all.len(), "{all:?} {begun:?}");
    let [with, without] = [titles(&["pont", "hivernage"]), titles(&["pont", "-hivernage"])];
    assert!(!with.is_empty() && with.len() + without.len() == all.len(), "{all:?} {with:?} {without:?}");
    assert_eq!(titles(&["pont", "-\"zzz yyy\""]), all);
    assert_eq!(count(&titles(&["\"conseil communal\""])), holding("conseil communal"));
    assert!(titles(&["\"communal conseil\""]).is_empty());
}

#[test]
fn the_best_comes_first_and_a_headline_weighs_most() {
    let found = titles(&["pont"]);
    assert!(found[0].contains("pont"), "{found:?}");
    let limited = told(demo(), &["search", "la", "--limit", "3"]);
    assert_eq!(limited.len(), 3);
    let complained = complaint(demo(), &["search", "la", "--site", "lessor"], 1);
    assert!(complained.contains("lessor is not in"), "{complained}");
}

#[test]
fn the_newest_version_is_searched_unless_all_are_meant() {
    // "plus que prévu" stood in the second version only; the third is the first again.
    assert!(told(lived(), &["search", "\"plus que prévu\""]).is_empty());
    let former = told(lived(), &["search", "\"plus que prévu\"", "--all-versions"]);
    assert_eq!(former.len(), 1);
    assert_eq!(former[0]["version"], 2);
    assert_eq!(told(lived(), &["search", "\"moins que prevu\"", "pont"]).len(), 2, "both articles print it");
}

#[test]
fn people_see_the_hit_in_its_sentence() {
    let words = said(lived(), &["search", "entrepreneur", "pont"]);
    assert!(words.contains("2025-12-23 Le [pont] est ouvert") && words.contains("l’[entrepreneur]"), "{words}");
    assert!(words.contains("https://lessor.ml/posts/le-pont"), "{words}");
    let nothing = griot(lived(), &["search", "introuvable"], 0);
    assert!(nothing.stdout.is_empty() && String::from_utf8_lossy(&nothing.stderr).contains("holds that"));
}

#[test]
fn nothing_that_is_typed_is_an_error_of_the_engine() {
    let odd = [
        "\"",
        "a\"",
        "NEAR(a b, 2)",
        "a AND",
        "OR",
        "NOT a",
        "title:pont",
        "{title}: a",
        "^a",
        "a + b",
        "(a",
        "a)",
        "*a",
        "a**",
        "'; DROP TABLE search; --",
        "\u{93e}",
        "a \u{93e}",
        "%_",
        "a\u{fdd0}b",
        "-a -b c",
        "…",
        "½",
    ];
    for typed in odd {
        let output = super::command(demo(), &["search", "--limit", "2", typed]).output().unwrap();
        let code = output.status.code().unwrap();
        assert!(matches!(code, 0 | 2), "{typed}: {output:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("fts5") && !said.contains("SQL"), "{typed}: {said}");
    }
    let many: Vec<String> = (0..2000).map(|n| format!("{}mot{n}", if n % 2 == 0 { "" } else { "-" })).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert!(told(demo(), &[&["search"], &many[..]].concat()).is_empty());
}

#[test]
fn without_a_word_to_look_for_nothing_is_searched() {
    for nothing in ["-pont", "\"\"", "?!", "", "*"] {
        let words = complaint(demo(), &["search", nothing], 2);
        assert!(words.contains("no word to look for"), "{nothing}: {words}");
    }
    complaint(demo(), &["search"], 2);
}
