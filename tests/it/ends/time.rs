//! `--max-time`: nothing leaves after it, and nobody waits beyond it for a turn.

use std::time::{Duration, Instant};

use super::HOSTS;
use crate::crawl::{fast_profile, paper};
use crate::support::run::{crawl, sums};

#[test]
fn a_run_whose_time_is_over_ends_while_it_waits_for_its_turn() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "4");
    let server = paper().serve();
    let begun = Instant::now();
    let done = sums(&mut crawl(folder.path(), &server, &HOSTS, &["lessor", "--max-time", "1"]));
    assert_eq!(done["end"], "--max-time", "{done}");
    assert_eq!(server.hits().len(), 1, "robots.txt alone");
    assert!(begun.elapsed() < Duration::from_millis(3500), "{:?}", begun.elapsed());
}
