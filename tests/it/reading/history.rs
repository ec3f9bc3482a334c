//! `griot history`: what happened to one article, and the addresses it answers to.

use super::{FORMER, address, complaint, demo, lived, said, told};
use crate::crawl::{FIRST, SECOND, fast_profile, paper};

#[test]
fn every_version_tells_its_cause_and_the_interval_of_its_change() {
    let past = &told(lived(), &["history", &address(FIRST)])[0];
    let versions = past["versions"].as_array().unwrap();
    let causes: Vec<_> = versions.iter().map(|v| v["cause"].as_str().unwrap()).collect();
    assert_eq!(causes, ["first", "edited", "restored"]);
    for pair in versions.windows(2) {
        assert_eq!(pair[1]["changed_after"], pair[0]["last_seen_at"]);
        assert!(pair[1]["changed_after"].as_str() < pair[1]["first_seen_at"].as_str());
    }
    assert_eq!(versions[0]["text_digest"], versions[2]["text_digest"]);
    let held = past["held"].as_array().unwrap();
    // The cut was seen once or twice: the address that leads to the article may be asked after it.
    assert!(!held.is_empty() && held.iter().all(|text| text["waits"] == true), "{held:?}");
    assert!(past["removals"].as_array().unwrap().is_empty());

    let words = said(lived(), &["history", &address(FIRST)]);
    let edited = versions[1]["first_seen_at"].as_str().unwrap();
    let name = format!("{} @ {edited} {}", address(FIRST), versions[1]["text_digest"].as_str().unwrap());
    for part in [
        format!("{edited}  version 2: the paper changed the text"),
        format!("changed after {} and not after {edited}", versions[0]["last_seen_at"].as_str().unwrap()),
        "version 3: an earlier text came back, that of version 1".to_owned(),
        "held: a doubtful text".to_owned(),
        "it waits for a visit that confirms it".to_owned(),
        name,
    ] {
        assert!(words.contains(&part), "{part} is missing in\n{words}");
    }
}

#[test]
fn changes_that_make_no_version_are_those_of_the_view() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let site = paper();
    let server = site.serve();
    crate::crawl::griot(folder.path(), &server, &["crawl", "lessor"]);
    for (from, to) in [("à 08:55", "à 10:20"), ("lang=\"fr\"", "lang=\"fr-ML\""), ("à 10:20", "à 11:00")] {
        site.edit(FIRST, |html| html.replace(from, to));
        crate::crawl::griot(folder.path(), &server, &["crawl", "lessor", "--revisit", "all"]);
    }
    let past = &told(folder.path(), &["history", &address(FIRST)])[0];
    assert_eq!(past["versions"].as_array().unwrap().len(), 1, "{past}");
    let changes = past["changes"].as_array().unwrap();
    let told: Vec<String> = changes
        .iter()
        .map(|c| ["after", "seen_at", "field", "old", "new"].map(|f| c[f].as_str().unwrap_or("-").to_owned()).join("|"))
        .collect();
    let database = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    let view =
        "SELECT after || '|' || seen_at || '|' || field || '|' || coalesce(old, '-') || '|' || coalesce(new, '-')
                FROM changes ORDER BY seen_at";
    let mut statement = database.prepare(view).unwrap();
    let view: Vec<String> = statement.query_map([], |r| r.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(told, view);
    assert_eq!(told.iter().filter(|c| c.contains("|published_text|")).count(), 2, "{told:?}");
    assert_eq!(told.len(), 3, "{told:?}");
    let words = said(folder.path(), &["history", &address(FIRST)]);
    assert!(words.contains("published_text changed, no new version") && words.contains("10:20"), "{words}");
}

#[test]
fn a_removal_stands_on_the_time_line_with_both_answers() {
    let gone = told(demo(), &["list"]);
    let gone =
        gone.iter().filter_map(|a| a["url"].as_str()).find(|u| u.contains("marche-de-sebela-la-mairie")).unwrap();
    let past = &told(demo(), &["history", gone])[0];
    let removal = &past["removals"][0];
    assert_eq!((&removal["first"]["status"], &removal["confirmed"]["status"]), (&404.into(), &404.into()));
    let words = said(demo(), &["history", gone]);
    for answer in ["first", "confirmed"] {
        let (at, record) = (removal[answer]["at"].as_str().unwrap(), removal[answer]["record_id"].as_str().unwrap());
        assert!(words.contains(at) && words.contains(record), "{answer}: {words}");
    }
    assert!(words.contains("removed: still not there"), "{words}");
}

#[test]
fn any_spelling_of_an_address_finds_its_article() {
    let article = told(lived(), &["history", &address(FIRST)]);
    for spelling in [
        format!("http://www.lessor.ml{FIRST}"),
        format!("lessor.ml{FIRST}"),
        format!("https://WWW.JournalEssor.ml:443{FIRST}?utm_source=lettre&fbclid=x#corps"),
        format!("  https://lessor.ml{} ", FIRST.replace("pont", "p%6Fnt")),
        address(FORMER),
    ] {
        assert_eq!(told(lived(), &["history", &spelling]), article, "{spelling}");
    }
    assert_ne!(told(lived(), &["history", &address(SECOND)]), article);
}

#[test]
fn an_address_without_an_article_is_answered_with_what_is_known_of_it() {
    let nowhere = complaint(lived(), &["history", &address("/nulle-part")], 1);
    assert!(nowhere.contains("griot list") && nowhere.contains("griot search"), "{nowhere}");
    let front = complaint(lived(), &["history", "https://lessor.ml/"], 1);
    assert!(front.contains("shows no article") && front.contains("its last visit"), "{front}");
    complaint(lived(), &["history", "///"], 2);
}
