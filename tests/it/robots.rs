//! robots.txt as hostile or broken servers give it: what cannot be read opens nothing.

use std::path::Path;

use crate::crawl::{fast_profile, griot, paper, sums};
use crate::support::run::rows;
use crate::support::{Reply, Server};

/// A paper whose robots.txt is answered so.
fn paper_with_robots(robots: impl Fn() -> Reply + Send + Sync + 'static) -> Server {
    let site = paper();
    Server::start(move |ask| if ask.target == "/robots.txt" { robots() } else { site.answer(ask) })
}

/// What stands of robots.txt after a crawl that asked for nothing else.
fn closed(archive: &Path, server: &Server) -> String {
    let output = griot(archive, server, &["crawl", "lessor"]);
    assert_eq!(sums(&output)["new_articles"], 0, "{output:?}");
    for hit in server.hits() {
        assert_eq!(hit.ask.target, "/robots.txt", "nothing else is asked for");
    }
    rows(archive, "SELECT access || ': ' || rules FROM robots WHERE until_at IS NULL").concat()
}

#[test]
fn a_coding_that_is_cut_broken_or_unknown_closes_the_site() {
    let rules = || Reply::new("text/plain", format!("# {}\nUser-agent: *\nDisallow: /\n", "a comment ".repeat(400)));
    let packed =
        crate::support::reply::gzipped(format!("# {:?}\nUser-agent: *\nDisallow: /\n", (0..500).collect::<Vec<_>>()));
    let cut = packed[..packed.len() - 12].to_vec();
    let mut broken = packed.clone();
    let middle = broken.len() / 2;
    broken[middle..middle + 8].fill(0xff);
    let coded = |body: Vec<u8>| Reply::new("text/plain", body).header("Content-Encoding", "gzip");
    let strange =
        Reply::new("text/plain", b"\x01\x02\x03\x00binary\x80\xff".repeat(5)).header("Content-Encoding", "compress");
    for (case, reply) in [("cut", coded(cut)), ("broken", coded(broken)), ("not known", strange)] {
        let folder = tempfile::tempdir().unwrap();
        fast_profile(folder.path(), "0.02");
        let stands = closed(folder.path(), &paper_with_robots(move || reply.clone()));
        assert!(stands.starts_with("unreachable: 200, ") && stands.contains(case), "{case}: {stands}");
    }
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let stands = closed(folder.path(), &paper_with_robots(move || rules().gzip()));
    assert!(stands.starts_with("rules: "), "{stands}");
}
