//! Breaks that begin, end or are met with in other ways: before there is a memory, by a kill, by themselves.

use std::process::Stdio;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use super::paper::{BODY, Design, HOST, path, print, profile};
use super::{ALL, crawled, run, standings, status, versions};
use crate::support::run::{crawl, rows, verified};
use crate::support::{Server, Site};

/// Lets so many requests pass, and holds the next one back.
#[derive(Default)]
struct Gate {
    left: Mutex<Option<(usize, Sender<()>)>>,
    opened: Condvar,
}

impl Gate {
    fn close_after(&self, answers: usize) -> Receiver<()> {
        let (told, held) = channel();
        *self.left.lock().unwrap() = Some((answers, told));
        held
    }

    fn open(&self) {
        *self.left.lock().unwrap() = None;
        self.opened.notify_all();
    }

    fn pass(&self) {
        let mut left = self.left.lock().unwrap();
        if let Some((answers, told)) = left.as_mut() {
            if let Some(fewer) = answers.checked_sub(1) {
                *answers = fewer;
                return;
            }
            // Nobody may listen any more.
            let _ = told.send(());
        }
        while left.is_some() {
            left = self.opened.wait(left).unwrap();
        }
    }
}

#[test]
fn a_break_that_is_killed_again_and_again_makes_no_version() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    profile(folder.path(), BODY);
    print(&site, 0..14, Design::First, 1);
    let gate = Arc::new(Gate::default());
    let server = {
        let (site, gate) = (site.clone(), Arc::clone(&gate));
        Server::start(move |ask| {
            gate.pass();
            site.answer(ask)
        })
    };
    assert_eq!(run(folder.path(), &server, &[]).0, Some(0));
    let before = versions(folder.path());
    print(&site, 0..20, Design::Half, 2);
    for answers in [2, 5, 9, 14] {
        let held = gate.close_after(answers);
        let mut command = crawl(folder.path(), &server, &[HOST], &["matin", "--revisit", "all"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        held.recv_timeout(Duration::from_mins(1)).expect("a request of the run that is to be killed");
        child.kill().unwrap();
        child.wait().unwrap();
        gate.open();
        assert_eq!(versions(folder.path()), before, "killed after {answers} answers");
    }
    let waiting = rows(folder.path(), "SELECT count(*) FROM sign WHERE standing = 'waiting'");
    assert!(waiting[0].parse::<u32>().unwrap() >= 9, "{waiting:?}: the killed runs decided nothing");
    let (code, sums, kinds) = run(folder.path(), &server, &ALL);
    assert_eq!((code, kinds), (Some(10), vec!["broken".to_owned()]), "{sums}");
    assert_eq!(versions(folder.path()), before);
    let left = "SELECT count(*) FROM sign s JOIN reading r USING (capture_id)
                WHERE s.standing = 'waiting' OR s.standing = 'broken' AND r.outcome <> 'extraction-failed'";
    assert_eq!(rows(folder.path(), left), ["0"]);
    verified(folder.path());
    profile(folder.path(), ".x1");
    run(folder.path(), &server, &ALL);
    assert_eq!(rows(folder.path(), "SELECT cause, count(*) FROM version GROUP BY cause"), ["first|20"]);
    verified(folder.path());
}

#[test]
fn one_body_on_every_page_is_a_break_in_the_first_crawl_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    profile(folder.path(), BODY);
    print(&site, 0..14, Design::Teaser, 1);
    let server = site.serve();
    let (code, sums, kinds) = run(folder.path(), &server, &[]);
    assert_eq!((code, kinds), (Some(10), vec!["broken".to_owned()]), "{sums}");
    assert_eq!(standings(folder.path()), ["broken|12", "sound|2"], "the first two had nothing to be held against");
    profile(folder.path(), ".x1");
    let (code, sums, _) = run(folder.path(), &server, &ALL);
    assert_eq!(code, Some(0), "{sums}");
    assert_eq!(rows(folder.path(), "SELECT cause, count(*) FROM version GROUP BY cause"), ["first|14"]);
    let teaser = "SELECT count(*) FROM version v JOIN text t ON t.digest = v.text_digest WHERE t.body LIKE 'Recevez%'";
    assert_eq!(rows(folder.path(), teaser), ["0"]);
    verified(folder.path());
}

#[test]
fn a_title_that_every_page_has_is_the_papers_name() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    profile(folder.path(), BODY);
    let toml = folder.path().join("selectors/matin.toml");
    let named = std::fs::read_to_string(&toml).unwrap().replace("h1.titre", "nav a:first-child");
    std::fs::write(&toml, named).unwrap();
    print(&site, 0..14, Design::First, 1);
    let server = site.serve();
    let (code, sums, kinds) = run(folder.path(), &server, &[]);
    assert_eq!((code, kinds), (Some(10), vec!["broken".to_owned()]), "{sums}");
    let (said, _) = status(folder.path());
    assert!(said.contains("other pages have the same title"), "{said}");
    profile(folder.path(), BODY);
    run(folder.path(), &server, &ALL);
    assert_eq!(rows(folder.path(), "SELECT cause, count(*) FROM version GROUP BY cause"), ["first|14"]);
    assert_eq!(rows(folder.path(), "SELECT count(DISTINCT title) FROM latest"), ["14"]);
    verified(folder.path());
}

/// In a break the first design comes back, in this edition: the first is the very bytes of before.
fn comes_back(edition: usize) {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    let server = crawled(folder.path(), &site);
    let before = versions(folder.path());
    print(&site, 0..14, Design::Column, 2);
    assert_eq!(run(folder.path(), &server, &ALL).0, Some(10));
    print(&site, 0..14, Design::First, edition);
    let (code, sums, kinds) = run(folder.path(), &server, &ALL);
    assert_eq!((code, kinds), (Some(0), vec![]), "{sums}");
    assert_eq!(versions(folder.path()), before);
    assert_eq!(standings(folder.path()), ["over|14", "sound|28"]);
    let (said, _) = status(folder.path());
    assert!(!said.contains("may not hold") && !said.contains("until the profile is mended"), "{said}");
    // Told anew when it breaks anew.
    print(&site, 0..14, Design::Column, 4);
    assert_eq!(run(folder.path(), &server, &ALL).0, Some(10));
    assert_eq!(versions(folder.path()), before);
    verified(folder.path());
}

#[test]
fn a_design_that_comes_back_by_itself_ends_the_break_and_what_it_showed_stays_aside() {
    comes_back(3);
}

#[test]
fn a_design_that_comes_back_byte_by_byte_ends_the_break_as_well() {
    comes_back(1);
}

#[test]
fn the_view_health_adds_up_what_status_tells() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new().without_validators();
    let server = crawled(folder.path(), &site);
    print(&site, [0, 1, 2], Design::Half, 2);
    site.remove(&path(9));
    run(folder.path(), &server, &ALL);
    let by_status = status(folder.path()).1["sites"][0]["health"].clone();
    let told = |field: &serde_json::Value| {
        let number = |key: &str| field[key].as_u64().map(|n| n.to_string()).unwrap_or_default();
        let numbers = ["pages", "found", "median_length", "compared", "agreed"].map(number).join("|");
        format!("{}|{numbers}", field["field"].as_str().unwrap())
    };
    let mut by_status: Vec<String> = by_status.as_array().unwrap().iter().map(told).collect();
    by_status.sort();
    let sql = "SELECT field, pages, found, median_length, compared, agreed FROM health
               WHERE site = 'matin' AND run_id = 2 ORDER BY field";
    let by_view = rows(folder.path(), sql);
    assert_eq!(by_view, by_status);
    let body = by_view.iter().find(|line| line.starts_with("body|")).unwrap();
    assert!(body.starts_with("body|3|3|") && body.ends_with("|3|0"), "what repeats bytes is not read again: {body}");
}
