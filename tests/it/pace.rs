//! The server's own log proves the pace: for the names of one paper, for papers side by side, across restarts and kills.

mod asked;
mod at_once;
mod side_by_side;

use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use crate::support::run::{crawl, sums};
use crate::support::server::{Ask, Hit};
use crate::support::{Reply, Server, Site};

/// What the clock of the server may miss.
const TOLERANCE: Duration = Duration::from_millis(20);
/// No test waits longer for something that must happen.
const LONG: Duration = Duration::from_secs(20);

const FOUR: [&str; 4] = ["lessor.ml", "www.lessor.ml", "journalessor.ml", "www.journalessor.ml"];

/// From the end of each answer to the next request.
fn assert_pace<'h>(hits: impl IntoIterator<Item = &'h Hit>, delay: Duration) -> usize {
    let hits: Vec<&Hit> = hits.into_iter().collect();
    for pair in hits.windows(2) {
        let gap = pair[1].arrived.saturating_duration_since(pair[0].finished.expect("hits() waits for ends"));
        let [before, after] = [pair[0], pair[1]].map(|hit| format!("{}{}", hit.ask.host, hit.ask.target));
        assert!(gap + TOLERANCE >= delay, "{gap:?} between {before} and {after}");
    }
    hits.len()
}

/// Holds answers back, so that a run can be killed while the server has its request.
#[derive(Default)]
struct Gate {
    closed: Mutex<Option<Sender<()>>>,
    opened: Condvar,
}

impl Gate {
    fn close(&self) -> Receiver<()> {
        let (told, asked) = channel();
        *self.closed.lock().unwrap() = Some(told);
        asked
    }

    fn open(&self) {
        *self.closed.lock().unwrap() = None;
        self.opened.notify_all();
    }

    fn pass(&self) {
        let closed = self.closed.lock().unwrap();
        if let Some(told) = closed.as_ref() {
            // Who has heard of one request need not hear of more.
            let _ = told.send(());
        }
        drop(self.opened.wait_timeout_while(closed, LONG, |closed| closed.is_some()).unwrap());
    }
}

/// A server whose answers wait at the gate.
fn gated(answer: impl Fn(&Ask) -> Reply + Send + Sync + 'static) -> (Server, Arc<Gate>) {
    let gate: Arc<Gate> = Arc::default();
    let own = Arc::clone(&gate);
    let server = Server::start(move |ask| {
        own.pass();
        answer(ask)
    });
    (server, gate)
}

/// Kills with -9 while a request is under way; its answer "ends" when the process is gone.
fn kill_in_an_answer(mut start: impl FnMut() -> Child, gate: &Gate) {
    let asked = gate.close();
    let mut child = start();
    asked.recv_timeout(LONG).expect("a request of the run that is to be killed");
    child.kill().unwrap();
    child.wait().unwrap();
    gate.open();
}

/// Eight articles, each under one of the four names only: the others lead there.
fn four_names() -> Site {
    let site = Site::new();
    let path = |n: usize| format!("/posts/un-article-{:08x}0a1b2", 0x694a_5b2f + n);
    let links: Vec<String> =
        (0..8).map(|n| format!("<a href=\"https://{}{}\">{n}</a> ", FOUR[n % 4], path(n))).collect();
    site.put("lessor.ml/", format!("<html><body>{}</body></html>", links.concat()));
    for n in 0..8 {
        let home = FOUR[(n + 1) % 4];
        let also = format!("https://{}{}", FOUR[(n + 2) % 4], path((n + 3) % 8));
        // One body on many pages would be a profile that does not hold.
        let own = format!("C’est l’article numéro {n}.");
        let [first, second, third] = crate::crawl::BODY;
        let html = crate::crawl::page(&format!("Article {n}"), &[first, second, third, &own], &also);
        for host in FOUR {
            let (here, there) = (format!("{host}{}", path(n)), format!("https://{home}{}", path(n)));
            if host == home {
                site.put(&here, html.as_str())
            } else {
                site.put_redirect(&here, 301, &there)
            };
        }
    }
    site
}

#[test]
fn four_names_of_one_paper_share_one_pace_across_restarts_and_kills() {
    const DELAY: Duration = Duration::from_millis(250);
    let folder = tempfile::tempdir().unwrap();
    crate::crawl::fast_profile(folder.path(), "0.25");
    let site = four_names();
    let (server, gate) = gated(move |ask| site.answer(ask));
    let run = |words: &[&str]| crawl(folder.path(), &server, &FOUR, words);
    let start = || run(&["lessor"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();

    // Killed in robots.txt, then with pages on disk, then restarted again and again.
    kill_in_an_answer(start, &gate);
    for pages in ["1", "2", "3"] {
        sums(&mut run(&["lessor", "--max-pages", pages]));
        kill_in_an_answer(start, &gate);
    }
    let last = sums(&mut run(&["lessor"]));
    assert_eq!(last["failures"], 0, "{last}");
    sums(&mut run(&["lessor", "--revisit", "all", "--max-pages", "4"]));
    sums(&mut run(&["lessor"]));

    let hits = server.hits();
    assert!(assert_pace(&hits, DELAY) > 24, "{}", hits.len());
    for name in FOUR {
        assert!(hits.iter().any(|hit| hit.ask.host == name && hit.ask.target != "/robots.txt"), "{name} was not asked");
    }
}

#[test]
fn the_delay_that_robots_txt_asks_for_holds_from_its_own_answer_on_and_across_runs_and_kills() {
    const DELAY: Duration = Duration::from_secs(1);
    let folder = tempfile::tempdir().unwrap();
    crate::crawl::fast_profile(folder.path(), "0.05");
    let site = crate::crawl::paper();
    site.put_typed("/robots.txt", "text/plain", "User-agent: *\nCrawl-delay: 1\n");
    let (server, gate) = gated(move |ask| site.answer(ask));
    let run = |words: &[&str]| crawl(folder.path(), &server, &FOUR, words);
    let begun = Instant::now();
    sums(&mut run(&["lessor", "--max-pages", "1"]));
    kill_in_an_answer(|| run(&["lessor"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap(), &gate);
    sums(&mut run(&["lessor"]));
    assert_eq!(assert_pace(&server.hits(), DELAY), 5, "robots.txt, the front page, two articles, one of them twice");
    assert!(begun.elapsed() < 8 * DELAY, "one delay each, and no more: {:?}", begun.elapsed());
}
