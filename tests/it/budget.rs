//! The operator's budget: new articles first, revisits with what is left, nothing over a limit, run after run.

use std::path::Path;

use crate::crawl::{FIRST, fast_profile, griot, page, paper, sums};

fn limit(archive: &Path, requests: u32) {
    std::fs::write(archive.join("griot.toml"), format!("[budget.day]\nrequests = {requests}\n")).unwrap();
}

#[test]
fn a_days_budget_is_kept_over_runs_and_a_larger_one_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    // robots.txt, the front page, one article: the second one has to wait.
    limit(folder.path(), 3);
    let server = paper().serve();
    let first = sums(&griot(folder.path(), &server, &["crawl", "lessor"]));
    assert_eq!((&first["requests"], &first["new_articles"]), (&3.into(), &1.into()), "{first}");
    assert_eq!(first["end"], "the budget of requests a day is spent");

    let again = sums(&griot(folder.path(), &server, &["crawl", "lessor"]));
    assert_eq!((&again["requests"], server.hits().len()), (&0.into(), 3), "{again}");

    limit(folder.path(), 100);
    let more = sums(&griot(folder.path(), &server, &["crawl", "lessor"]));
    assert_eq!((&more["new_articles"], &more["end"]), (&1.into(), &"nothing is due".into()), "{more}");
}

#[test]
fn what_is_left_goes_to_new_articles_before_revisits() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let site = paper();
    let server = site.serve();
    // Four requests; two are left, and everything is due.
    sums(&griot(folder.path(), &server, &["crawl", "lessor"]));
    let third = "/posts/le-marche-rouvre-694a5b320a1b2";
    site.put(
        third,
        page("Le marché rouvre", &["Le marché a rouvert ce matin, et les étals étaient pleins avant midi."; 3], FIRST),
    );
    site.edit("/", |html| html.replace("<body>", &format!("<body><a href=\"{third}\">Le marché</a> ")));
    limit(folder.path(), 6);
    let second = sums(&griot(folder.path(), &server, &["crawl", "lessor", "--revisit", "all"]));
    assert_eq!(
        (&second["requests"], &second["new_articles"]),
        (&2.into(), &1.into()),
        "front page, new article: {second}"
    );
    assert_eq!(server.hits().last().unwrap().ask.target, third);
}

#[test]
fn settings_that_griot_does_not_know_are_refused_with_their_line() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("griot.toml"), "contact = \"a@example.org\"\n[budget.week]\nrequests = 1\n")
        .unwrap();
    let server = paper().serve();
    let refused = griot(folder.path(), &server, &["crawl", "lessor"]);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(4), "{said}");
    assert!(said.contains("griot.toml") && said.contains("line 2") && said.contains("week"), "{said}");
    assert!(server.hits().is_empty());
}
