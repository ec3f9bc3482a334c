//! `griot list` and `griot status`: what there is, and how it stands.

use super::{complaint, copied, demo, griot, lived, one, said, told};
use crate::crawl::{fast_profile, paper};

#[test]
fn articles_are_listed_newest_first_and_narrowed_by_day_site_and_fate() {
    let all = told(demo(), &["list"]);
    assert_eq!(all.len(), 32);
    let days: Vec<&str> = all.iter().map(|a| a["published_on"].as_str().unwrap()).collect();
    assert!(days.windows(2).all(|pair| pair[0] >= pair[1]), "{days:?}");
    let count = |words: &[&str]| told(demo(), &[&["list"], words].concat()).len();
    let (middle, newest) = (days[16], days[0]);
    let before = days.iter().filter(|day| **day < middle).count();
    assert!(before > 0 && before < 32);
    assert_eq!(count(&["--until", middle]), before);
    assert_eq!(count(&["--since", middle]), 32 - before);
    assert_eq!(count(&["--since", newest, "--until", newest]), 0);
    assert_eq!(count(&["--limit", "5"]), 5);
    assert_eq!(count(&["--limit", "0"]), 32);
    assert_eq!(count(&["piroguier"]), 32);
    assert_eq!((count(&["--removed"]), count(&["--held"])), (1, 0));
    complaint(demo(), &["list", "--since", "hier"], 2);
    let words = said(demo(), &["list"]);
    assert!(words.contains("(2 versions)") && words.contains("(removed)"), "{words}");
}

#[test]
fn a_doubtful_text_that_waits_is_listed() {
    let held = told(lived(), &["list", "--held"]);
    assert_eq!(held.len(), 1);
    assert_eq!((&held[0]["held"], &held[0]["version"]), (&true.into(), &3.into()));
    assert!(said(lived(), &["list", "--held"]).contains("a doubtful text waits"));
}

#[test]
fn status_tells_site_by_site_what_is_held_and_what_is_due() {
    let status = &told(lived(), &["status"])[0];
    let site = &status["sites"][0];
    for (field, number) in [("articles", 2), ("versions", 4), ("held", 1), ("removed", 0), ("unreadable", 0)] {
        assert_eq!(site[field], number, "{field}: {status}");
    }
    assert_eq!((&site["site"], &status["runs"].as_array().unwrap().len()), (&"lessor".into(), &4));
    assert!(site["next_due"].as_str() > site["last_visit"].as_str(), "{status}");
    assert_eq!(status["robots"][0]["access"], "allow-all", "{status}");
    let words = said(lived(), &["status", "lessor"]);
    for part in
        ["lessor: 2 articles, 4 versions", "1 held", "last visit", "the next one", "robots.txt of https://lessor.ml"]
    {
        assert!(words.contains(part), "{part} is missing in\n{words}");
    }
    assert!(complaint(lived(), &["status", "lesoir"], 1).contains("lesoir is not in"));
    assert_eq!(told(demo(), &["status"])[0]["removed"], 1);
}

#[test]
fn status_tells_a_slowed_pace_and_pages_that_could_not_be_read() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let site = paper();
    site.put("/posts/vide-694a5b310a1b2", "<html><body><p>Rien.</p></body></html>");
    site.edit("/", |html| html.replace("</body>", "<a href=\"/posts/vide-694a5b310a1b2\">Vide</a></body>"));
    let server = site.serve();
    crate::crawl::griot(folder.path(), &server, &["crawl", "lessor"]);
    let archive = copied(folder.path());
    let database = rusqlite::Connection::open(archive.path().join("archive.sqlite")).unwrap();
    let slowed = "UPDATE pace SET state = json_set(state, '$.penalty', 400, '$.blocked_until', '2999-01-01T00:00:00Z')";
    assert_eq!(database.execute(slowed, []).unwrap(), 1);
    drop(database);
    let words = said(archive.path(), &["status"]);
    assert!(words.contains("4 times slower") && words.contains("silence until 2999-01-01T00:00:00.000Z"), "{words}");
    let unreadable: i64 = one(
        &archive.path().join("archive.sqlite"),
        "SELECT count(*) FROM reading WHERE outcome IN ('extraction-failed', 'parse-limit')",
    );
    assert_eq!(unreadable, 1);
    assert!(
        words.contains("1 page of the last run could not be read") && words.contains("griot check lessor"),
        "{words}"
    );
    griot(archive.path(), &["status", "--json"], 0);
}

#[test]
fn a_site_that_the_archive_does_not_have_is_said_not_to_be_there() {
    for words in [&["list", "lesor"][..], &["status", "lesor"], &["search", "pont", "--site", "lesor"]] {
        let words = complaint(lived(), words, 1);
        assert!(words.contains("lesor is not in") && words.contains("it has: lessor"), "{words}");
    }
    complaint(lived(), &["list", "--since", "2026-03-01", "--until", "2026-02-01"], 2);
}
