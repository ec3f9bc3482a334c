//! SIGINT, SIGTERM, SIGHUP: the state is saved, the exit code tells which, and nobody waits long.

use std::time::{Duration, Instant};

use super::{HOSTS, LONG, hanging, signal, started};
use crate::crawl::{FIRST, SECOND, fast_profile, paper};
use crate::support::Site;
use crate::support::run::{crawl, rows, sums, verified};

#[test]
fn a_signal_ends_the_run_soon_with_its_own_code_though_the_server_hangs() {
    for (name, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let folder = tempfile::tempdir().unwrap();
        fast_profile(folder.path(), "0.02");
        let (server, asked) = hanging();
        let child = started(folder.path(), &server, &[]);
        asked.recv_timeout(LONG).expect("the article that hangs is asked for");
        let sent = Instant::now();
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        let took = sent.elapsed();
        assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(took <= Duration::from_secs(5), "{name} took {took:?}");
        let ends = rows(folder.path(), "SELECT end_reason, ended_at IS NOT NULL FROM run");
        assert_eq!(ends, [format!("stopped by SIG{name}|1")]);
        let saved = rows(folder.path(), "SELECT count(*) FROM capture WHERE status = 200");
        assert_eq!(saved, ["2"], "the front page and the other article stay saved");
        let cut_short = rows(folder.path(), "SELECT url, took_ms >= 0 FROM visit WHERE outcome = 'interrupted'");
        assert_eq!(cut_short, [format!("https://lessor.ml{SECOND}|1")], "the request left, so it is on record");
        verified(folder.path());
    }
}

#[test]
fn the_run_after_a_signal_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let (server, asked) = hanging();
    let child = started(folder.path(), &server, &[]);
    asked.recv_timeout(LONG).expect("the article that hangs is asked for");
    signal(&child, "TERM");
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(143));
    let well = paper().serve();
    let resumed = sums(&mut crawl(folder.path(), &well, &HOSTS, &["lessor"]));
    assert_eq!((&resumed["requests"], &resumed["new_articles"]), (&1.into(), &1.into()), "{resumed}");
    assert_eq!(well.hits()[0].ask.target, SECOND);
    assert_eq!(rows(folder.path(), "SELECT count(*) FROM version"), ["2"]);
}

#[test]
fn a_second_signal_ends_the_process_at_once_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let (server, asked) = hanging();
    let mut child = started(folder.path(), &server, &[]);
    asked.recv_timeout(LONG).expect("the article that hangs is asked for");
    let sent = Instant::now();
    // The first one is waited for only by what follows from it: the second is sent until the process has gone.
    signal(&child, "INT");
    while child.try_wait().unwrap().is_none() {
        assert!(sent.elapsed() < LONG);
        signal(&child, "INT");
        std::thread::yield_now();
    }
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(sent.elapsed() < Duration::from_secs(1), "{:?}", sent.elapsed());
    verified(folder.path());
    let well = paper().serve();
    sums(&mut crawl(folder.path(), &well, &HOSTS, &["lessor"]));
    assert!(well.hits().iter().all(|hit| hit.ask.target != FIRST), "what was saved is not asked for again");
    assert_eq!(rows(folder.path(), "SELECT count(*) FROM version"), ["2"]);
}

#[test]
fn a_signal_at_any_moment_is_heard() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.001");
    std::fs::write(folder.path().join("griot.toml"), "requests_per_second = 1000\n").unwrap();
    let site = Site::new();
    let links: Vec<String> = (0..400).map(|n| format!("<a href=\"/posts/un-article-{n:013x}\">{n}</a> ")).collect();
    let links = links.concat();
    site.put("/", format!("<html><body>{links}</body></html>"));
    for round in 0..12 {
        let server = site.serve();
        let child = started(folder.path(), &server, &["--revisit", "all"]);
        let begun = Instant::now();
        // At another request each time, and somewhere between two of them.
        while server.connections() == 0 || server.seen() < 1 + round * 3 {
            assert!(begun.elapsed() < LONG, "{} requests", server.seen());
            std::thread::yield_now();
        }
        signal(&child, "TERM");
        let sent = Instant::now();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(143), "round {round}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(sent.elapsed() <= Duration::from_secs(5), "round {round}: {:?}", sent.elapsed());
    }
    let ends = rows(folder.path(), "SELECT end_reason, count(*) FROM run GROUP BY end_reason");
    assert_eq!(ends, ["stopped by SIGTERM|12"]);
    verified(folder.path());
}
