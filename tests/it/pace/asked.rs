//! "Come back later", as seconds or as a date, from 429 and from 503: obeyed by the next run, and by the one after a kill.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use griot::clock::{Clock as _, SystemClock};

use super::{FOUR, TOLERANCE};
use crate::crawl::{fast_profile, paper};
use crate::support::faults::Fault;
use crate::support::run::{crawl, rows, sums};
use crate::support::{Reply, Server};

/// How the server asks to be left alone.
#[derive(Debug, Clone, Copy)]
struct Wish {
    status: u16,
    as_date: bool,
    /// The run that hears it is killed between the record and its rows.
    killed: bool,
}

const WAIT: Duration = Duration::from_secs(2);

/// The header, and the moment before which nobody may come.
fn retry_after(wish: Wish) -> (String, Instant) {
    let now = Instant::now();
    if !wish.as_date {
        return (WAIT.as_secs().to_string(), now + WAIT);
    }
    let at = SystemClock.now() + WAIT + Duration::from_secs(1);
    let at = at.round(jiff::Unit::Second).unwrap();
    let left = Duration::try_from(at.duration_since(SystemClock.now())).unwrap();
    (at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string(), now + left)
}

fn assert_obeyed(wish: Wish) {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.05");
    let until: Arc<Mutex<Option<Instant>>> = Arc::default();
    let (told, site) = (Arc::clone(&until), paper());
    let server = Server::start(move |ask| {
        let mut told = told.lock().unwrap();
        if !ask.target.starts_with("/posts/") || told.is_some() {
            return site.answer(ask);
        }
        let (words, moment) = retry_after(wish);
        *told = Some(moment);
        Reply::status(wish.status).header("Retry-After", words)
    });
    let run = |words: &[&str]| crawl(folder.path(), &server, &FOUR, words);
    if wish.killed {
        // robots.txt, the front page, the article that is refused: its record is in the file, its rows are not.
        let mut command = run(&["lessor"]);
        Fault::at("fdatasync", ".warc.gz", 2, "after").put_into(&mut command, &folder.path().join("fault"));
        assert_eq!(command.output().unwrap().status.code(), None);
    } else {
        // 10: the only article of this run was refused, which a person is told.
        let code = run(&["lessor", "--max-pages", "2"]).output().unwrap().status.code();
        assert!(matches!(code, Some(0 | 10)), "{wish:?}: {code:?}");
    }
    let asked = server.hits().len();
    assert_eq!(server.hits().last().unwrap().status, wish.status, "{wish:?}: the last answer was the wish");
    sums(&mut run(&["lessor"]));
    let hits = server.hits();
    let until = until.lock().unwrap().expect("the wish was heard");
    assert!(hits.len() > asked, "{wish:?}: the other article is taken when the time has come");
    assert!(hits[asked].arrived + TOLERANCE >= until, "{wish:?}: {:?} too early", until - hits[asked].arrived);
    let kept =
        rows(folder.path(), "SELECT count(*) FROM capture c JOIN visit v ON v.id = c.visit_id WHERE v.status >= 429");
    assert_eq!(kept, ["1"], "{wish:?}");
}

#[test]
fn a_wait_that_the_server_asks_for_is_obeyed_across_a_restart_and_a_kill() {
    let both = [false, true];
    let wishes = [429, 503].into_iter().flat_map(|status| {
        both.into_iter().flat_map(move |as_date| both.map(|killed| Wish { status, as_date, killed }))
    });
    std::thread::scope(|scope| {
        for wish in wishes {
            scope.spawn(move || assert_obeyed(wish));
        }
    });
}
