//! Papers side by side in one run: each keeps its own pace, and none waits for another.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{TOLERANCE, assert_pace, gated, kill_in_an_answer};
use crate::crawl::{BODY, page};
use crate::support::run::{crawl, sums, verified};
use crate::support::server::Hit;
use crate::support::{Server, Site};

const PAPERS: [(&str, &str, u64); 3] =
    [("matin", "lematin.example", 150), ("midi", "lemidi.example", 250), ("soir", "lesoir.example", 350)];

/// Three papers of six articles, and their profiles.
fn papers(archive: &Path, papers: &[(&str, &str, u64)]) -> Site {
    std::fs::create_dir_all(archive.join("selectors")).unwrap();
    std::fs::write(archive.join("griot.toml"), "requests_per_second = 1000\n").unwrap();
    let shipped = include_str!("../../../selectors/lessor.toml");
    let site = Site::new();
    for (name, host, delay) in papers {
        let hosts = "hosts = [\"lessor.ml\", \"www.lessor.ml\", \"journalessor.ml\", \"www.journalessor.ml\"]";
        let own = shipped.replace(hosts, &format!("hosts = [\"{host}\"]"));
        let own = own.replace("https://lessor.ml/", &format!("https://{host}/"));
        let own = own.replace("delay = 2\n", &format!("delay = 0.{delay:03}\n"));
        assert!(!own.contains("lessor.ml"), "the shipped profile is written otherwise now");
        std::fs::write(archive.join(format!("selectors/{name}.toml")), own).unwrap();
        let path = |n: u32| format!("/posts/un-article-{:08x}0a1b2", 0x694a_5b2f + n);
        let links: Vec<String> = (0..6).map(|n| format!("<a href=\"{}\">{n}</a> ", path(n))).collect();
        site.put(&format!("{host}/"), format!("<html><body>{}</body></html>", links.concat()));
        for n in 0..6 {
            site.put(&format!("{host}{}", path(n)), page(&format!("Article {n} du {name}"), &BODY, &path((n + 1) % 6)));
        }
    }
    site
}

fn of<'h>(hits: &'h [Hit], host: &str) -> Vec<&'h Hit> {
    hits.iter().filter(|hit| hit.ask.host == host).collect()
}

fn assert_each_at_its_pace(server: &Server) -> Vec<Hit> {
    let hits = server.hits();
    for (_, host, delay) in PAPERS {
        assert_pace(of(&hits, host), Duration::from_millis(delay));
    }
    hits
}

#[test]
fn papers_side_by_side_keep_their_own_pace_and_none_waits_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let site = papers(folder.path(), &PAPERS);
    let (server, gate) = gated(move |ask| site.answer(ask));
    let (names, hosts) = (PAPERS.map(|p| p.0), PAPERS.map(|p| p.1));
    let run = |words: &[&str]| crawl(folder.path(), &server, &hosts, words);

    sums(&mut run(&names));
    let hits = assert_each_at_its_pace(&server);
    let spans = PAPERS.map(|(_, host, _)| {
        let own = of(&hits, host);
        assert_eq!(own.len(), 8, "robots.txt, the front page and six articles of {host}");
        (own[0].arrived, own[7].finished.unwrap())
    });
    let alone: Duration = spans.iter().map(|(from, to)| *to - *from).sum();
    let (first, last) = (spans.iter().map(|s| s.0).min().unwrap(), spans.iter().map(|s| s.1).max().unwrap());
    assert!(spans.iter().map(|s| s.0).max() < spans.iter().map(|s| s.1).min(), "all three are under way at once");
    assert!((last - first) * 3 < alone * 2, "{:?} together, {alone:?} one after the other", last - first);

    // The same when all of them are killed at once, and started again.
    let all = [&names[..], &["--revisit", "all"]].concat();
    kill_in_an_answer(|| run(&all).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap(), &gate);
    sums(&mut run(&names));
    assert_each_at_its_pace(&server);
    verified(folder.path());
}

#[test]
fn papers_of_one_group_keep_the_longest_delay_of_any_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let two = [("matin", "lematin.example", 30), ("midi", "lemidi.example", 200)];
    let site = papers(folder.path(), &two);
    for (name, ..) in two {
        let profile = folder.path().join(format!("selectors/{name}.toml"));
        let toml = std::fs::read_to_string(&profile).unwrap();
        let one = toml.replacen("\ndelay = ", "\ngroup = \"house\"\ndelay = ", 1);
        assert_ne!(one, toml);
        std::fs::write(&profile, one).unwrap();
    }
    let server = site.serve();
    let run = |words: &[&str]| crawl(folder.path(), &server, &two.map(|p| p.1), words);
    sums(&mut run(&["matin", "midi"]));
    let hits = server.hits();
    assert_eq!(assert_pace(&hits, Duration::from_millis(200)), 16, "of both robots.txt, the front page, six articles");
}

#[test]
fn a_kill_is_remembered_for_every_paper_though_another_one_runs_in_between() {
    let folder = tempfile::tempdir().unwrap();
    let slow = ("soir", "lesoir.example", 999);
    let site = papers(folder.path(), &[PAPERS[0], slow]);
    let (server, gate) = gated(move |ask| site.answer(ask));
    let run = |words: &[&str]| crawl(folder.path(), &server, &[PAPERS[0].1, slow.1], words);
    sums(&mut run(&["matin"]));
    server.forget_hits();

    // Nothing was ever recorded of the slow paper's pace.
    kill_in_an_answer(|| run(&["soir"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap(), &gate);
    let killed = Instant::now();
    sums(&mut run(&["matin"]));
    assert!(killed.elapsed() < Duration::from_millis(slow.2), "the other paper's run is too slow to prove anything");
    sums(&mut run(&["soir", "--max-pages", "1"]));
    let hits = server.hits();
    assert_eq!(assert_pace(of(&hits, slow.1), Duration::from_millis(slow.2)), 3, "robots.txt twice, the front page");
    assert!(hits[1].arrived - hits[0].finished.unwrap() + TOLERANCE >= Duration::from_millis(slow.2));
}
