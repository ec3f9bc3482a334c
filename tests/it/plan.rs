//! A dry run asks nobody and writes nothing; a crawl without a site takes those that the archive has.

use std::path::Path;
use std::process::Output;

use crate::crawl::{FIRST, fast_profile, griot, paper, sums};
use crate::support::Server;

fn plan(archive: &Path, server: &Server, words: &[&str]) -> serde_json::Value {
    let output = griot(archive, server, &[&["crawl", "--dry-run"], words].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    serde_json::from_str(said.lines().next().expect("one group")).unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_dry_run_of_a_new_archive_knows_the_listings_only_and_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("none");
    let server = paper().serve();
    let told = plan(&archive, &server, &["lessor"]);
    assert_eq!((&told["listings"], &told["new_articles"], &told["first_crawl"]), (&1.into(), &0.into(), &true.into()));
    assert!(!archive.exists() && server.hits().is_empty());
}

#[test]
fn a_dry_run_tells_what_the_next_crawl_does() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.05");
    let server = paper().serve();
    sums(&griot(folder.path(), &server, &["crawl", "lessor", "--max-pages", "2"]));
    let asked = server.hits().len();

    let told = plan(folder.path(), &server, &["lessor"]);
    assert_eq!(
        (&told["listings"], &told["new_articles"], &told["revisits"]),
        (&0.into(), &1.into(), &0.into()),
        "{told}"
    );
    let minute = told["requests_a_minute"].as_f64().unwrap();
    assert!(minute > 60.0 && minute <= 1200.0 && told["delay_s"] == 0.05, "{told}");
    assert!(told["seconds"].as_u64().unwrap() <= 2 && told["next_due"].is_string(), "{told}");

    let all = plan(folder.path(), &server, &["lessor", "--revisit", "all"]);
    assert_eq!((&all["listings"], &all["new_articles"], &all["revisits"]), (&1.into(), &1.into(), &1.into()), "{all}");
    let one = plan(folder.path(), &server, &[&format!("https://lessor.ml{FIRST}")]);
    assert_eq!((&one["listings"], &one["new_articles"]), (&0.into(), &1.into()), "{one}");
    assert_eq!(server.hits().len(), asked, "nobody was asked");

    let done = sums(&griot(folder.path(), &server, &["crawl", "lessor"]));
    assert_eq!(done["requests"], 1, "what the plan told: {done}");
    assert_eq!(
        server.hits().last().unwrap().ask.target,
        told["first"][0].as_str().unwrap().replace("https://lessor.ml", "")
    );
}

#[test]
fn without_a_site_every_site_of_the_archive_is_crawled() {
    let folder = tempfile::tempdir().unwrap();
    let server = paper().serve();
    let none = griot(folder.path(), &server, &["crawl"]);
    assert_eq!(none.status.code(), Some(2), "{}", said(&none));
    assert!(said(&none).contains("griot crawl lessor"), "{}", said(&none));

    fast_profile(folder.path(), "0.02");
    // One page alone, whatever else is known, and it does not make its paper one that is crawled.
    sums(&griot(folder.path(), &server, &["crawl", &format!("https://lessor.ml{FIRST}")]));
    assert_eq!(griot(folder.path(), &server, &["crawl"]).status.code(), Some(2));
    sums(&griot(folder.path(), &server, &["crawl", "lessor"]));
    let again = sums(&griot(folder.path(), &server, &["crawl", "--revisit", "all"]));
    assert_eq!(again["not_modified"], 3, "{again}");
}

#[test]
fn a_page_named_by_hand_is_all_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let server = paper().serve();
    sums(&griot(folder.path(), &server, &["crawl", "lessor", "--max-pages", "1"]));
    let before = server.hits().len();
    let one = sums(&griot(folder.path(), &server, &["crawl", &format!("https://lessor.ml{FIRST}")]));
    assert_eq!((&one["requests"], &one["new_articles"]), (&1.into(), &1.into()), "{one}");
    assert_eq!(server.hits()[before].ask.target, FIRST);
    assert_eq!(sums(&griot(folder.path(), &server, &["crawl", "lessor"]))["new_articles"], 1, "the other one waited");
}

#[test]
fn two_profiles_that_name_one_host_are_refused_before_anybody_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let profiles = folder.path().join("selectors");
    std::fs::copy(profiles.join("lessor.toml"), profiles.join("double.toml")).unwrap();
    let server = paper().serve();
    let refused = griot(folder.path(), &server, &["crawl", "lessor", "double"]);
    assert_eq!(refused.status.code(), Some(4), "{}", said(&refused));
    assert!(said(&refused).contains("`lessor` and `double` both name the host lessor.ml"), "{}", said(&refused));
    assert!(server.hits().is_empty());
}
