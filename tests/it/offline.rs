//! When nobody answers it may be our own line: no site pays for it, and nothing that is known is given up.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::crawl::{fast_profile, griot, paper, sums};
use crate::support::run::rows;
use crate::support::{Reply, Server, Site};

/// A paper that gives no answer to the next so many requests.
fn unplugged(site: Site) -> (Server, Arc<AtomicU32>) {
    let silent: Arc<AtomicU32> = Arc::default();
    let left = Arc::clone(&silent);
    let server = Server::start(move |ask| {
        let spend = |left: u32| left.checked_sub(1);
        let off = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, spend).is_ok();
        if off { Reply::hang_up() } else { site.answer(ask) }
    });
    (server, silent)
}

/// What was learnt of robots.txt is of long ago.
fn age_robots(archive: &Path) {
    rows(archive, "UPDATE robots SET state = json_set(state, '$.copy[1]', '2026-01-02T03:04:05Z')");
}

fn access(archive: &Path) -> Vec<String> {
    rows(archive, "SELECT access FROM robots ORDER BY id")
}

/// Three runs that nobody answers, each over every page; whatever they did.
fn three_runs_offline(archive: &Path, server: &Server, silent: &AtomicU32) -> Vec<String> {
    silent.store(u32::MAX, Ordering::SeqCst);
    server.forget_hits();
    for run in 0..3 {
        let output = griot(archive, server, &["crawl", "lessor", "--revisit", "all"]);
        let done = sums(&output);
        assert_eq!((output.status.code(), &done["end"]), (Some(0), &"offline".into()), "run {run}: {done}");
        assert_eq!((&done["failures"], &done["refused_by_robots"]), (&3.into(), &0.into()), "run {run}: {done}");
    }
    assert_eq!(rows(archive, "SELECT max(attempts) FROM frontier"), ["0"]);
    assert_eq!(rows(archive, "SELECT state ->> 'penalty' FROM pace"), ["100"]);
    silent.store(0, Ordering::SeqCst);
    server.hits().iter().map(|hit| hit.ask.target.clone()).collect()
}

#[test]
fn without_a_copy_of_rules_nothing_but_robots_txt_is_asked_for_and_nothing_is_learnt() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let (server, silent) = unplugged(paper());
    sums(&griot(folder.path(), &server, &["crawl", "lessor"]));
    age_robots(folder.path());
    let asked = three_runs_offline(folder.path(), &server, &silent);
    assert_eq!(asked, ["/robots.txt"; 9]);
    assert_eq!(access(folder.path()), ["allow-all"]);
    let back = sums(&griot(folder.path(), &server, &["crawl", "lessor", "--revisit", "all"]));
    assert_eq!(back["not_modified"], 3, "{back}");
}

#[test]
fn with_a_copy_of_rules_the_crawl_goes_on_under_it() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let site = paper();
    site.put_typed("/robots.txt", "text/plain", "User-agent: *\nDisallow: /prive\n");
    let (server, silent) = unplugged(site);
    sums(&griot(folder.path(), &server, &["crawl", "lessor"]));
    age_robots(folder.path());
    let asked = three_runs_offline(folder.path(), &server, &silent);
    assert!(asked.len() == 9 && asked.iter().any(|target| target != "/robots.txt"), "{asked:?}");
    assert_eq!(access(folder.path()), ["rules"]);
}

#[test]
fn no_page_pays_for_a_line_that_is_down() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let (server, silent) = unplugged(paper());
    sums(&griot(folder.path(), &server, &["crawl", "lessor"]));
    let asked = three_runs_offline(folder.path(), &server, &silent);
    assert!(asked.iter().all(|target| target != "/robots.txt"), "it is fresh: {asked:?}");
    let back = sums(&griot(folder.path(), &server, &["crawl", "lessor", "--revisit", "all"]));
    assert_eq!(back["not_modified"], 3, "{back}");
}

#[test]
fn a_line_that_comes_back_lets_the_run_go_on() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let (server, silent) = unplugged(paper());
    silent.store(2, Ordering::SeqCst);
    let done = sums(&griot(folder.path(), &server, &["crawl", "lessor"]));
    assert_eq!((&done["new_articles"], &done["failures"]), (&2.into(), &2.into()), "{done}");
    assert_eq!(access(folder.path()), ["allow-all"]);
}
