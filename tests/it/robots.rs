//! robots.txt as hostile or broken servers give it: what cannot be read opens nothing.

use std::path::Path;

use crate::crawl::{fast_profile, griot, paper, sums};
use crate::support::run::{self, rows};
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

#[test]
fn a_redirect_to_what_is_no_page_or_to_plain_http_closes_the_site_and_breaks_no_run() {
    let long = format!("https://lessor.ml/{}", "a".repeat(2100));
    let deep = format!(
        "https://lessor.ml/{}",
        ["un", "deux", "trois", "quatre", "cinq"].map(|n| format!("{n}/a/b/c/d/")).concat()
    );
    let repeating = format!("https://lessor.ml/{}", "robots/".repeat(8));
    for target in ["https://u:p@other.example/robots.txt", &long, &deep, &repeating, "http://lessor.ml/robots.txt"] {
        let folder = tempfile::tempdir().unwrap();
        fast_profile(folder.path(), "0.02");
        let reply = Reply::redirect(302, target);
        let server = paper_with_robots(move || reply.clone());
        let stands = closed(folder.path(), &server);
        assert!(stands.starts_with("unreachable: "), "{target}: {stands}");
        assert_eq!(server.hits().len(), 1, "{target}");
    }
}

#[test]
fn redirects_without_end_are_given_up_after_five_and_that_is_remembered() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let server = paper_with_robots(|| Reply::redirect(302, "https://lessor.ml/robots.txt"));
    let stands = closed(folder.path(), &server);
    assert_eq!((stands.as_str(), server.hits().len()), ("unreachable: too many redirects", 6));
    closed(folder.path(), &server);
    assert_eq!(server.hits().len(), 6, "not asked again so soon");
    let read = "SELECT outcome FROM reading WHERE role = 'robots'";
    assert_eq!(rows(folder.path(), read), ["redirect"; 6]);
}

#[test]
fn a_robots_txt_elsewhere_is_asked_for_without_the_profiles_own_headers() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let profile = folder.path().join("selectors/lessor.toml");
    let toml = std::fs::read_to_string(&profile).unwrap() + "\n[[header]]\nname = \"X-Api-Key\"\nvalue = \"secret\"\n";
    std::fs::write(&profile, toml).unwrap();
    let site = paper();
    site.put_redirect("lessor.ml/robots.txt", 302, "https://other.example/robots.txt");
    let server = site.serve();
    let hosts = ["lessor.ml", "www.lessor.ml", "other.example"];
    let done = run::sums(&mut run::crawl(folder.path(), &server, &hosts, &["lessor"]));
    assert_eq!(done["new_articles"], 2, "{done}");
    let hits = server.hits();
    let (own, elsewhere): (Vec<_>, Vec<_>) = hits.iter().partition(|hit| hit.ask.host == "lessor.ml");
    assert!(own.iter().all(|hit| hit.ask.header("x-api-key") == Some("secret")) && own.len() == 4, "{own:?}");
    assert_eq!(elsewhere.len(), 1);
    assert_eq!(elsewhere[0].ask.header("x-api-key"), None);
}

#[test]
fn a_robots_txt_that_cannot_be_read_puts_pages_off_no_longer_than_itself() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let site = paper();
    site.put_status("/robots.txt", 503);
    let server = site.serve();
    let stands = closed(folder.path(), &server);
    assert_eq!(stands, "unreachable: 503");
    let put_off = "SELECT attempts || ' ' || (unixepoch(due_at) - unixepoch('now') BETWEEN 800 AND 900) FROM frontier";
    assert_eq!(rows(folder.path(), put_off), ["0 1"], "a quarter of an hour, and no attempt is counted");

    let rule = tempfile::tempdir().unwrap();
    fast_profile(rule.path(), "0.02");
    site.put_typed("/robots.txt", "text/plain", "User-agent: *\nDisallow: /\n");
    assert!(closed(rule.path(), &site.serve()).starts_with("rules"));
    let put_off = "SELECT attempts || ' ' || (unixepoch(due_at) - unixepoch('now') > 18 * 3600) FROM frontier";
    assert_eq!(rows(rule.path(), put_off), ["1 1"], "a rule is the site's wish");
}

#[test]
fn a_challenge_in_place_of_robots_txt_does_not_replace_rules_that_were_read() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let site = paper();
    site.put_typed("/robots.txt", "text/plain", "User-agent: *\nDisallow: /posts/\n");
    let server = site.serve();
    griot(folder.path(), &server, &["crawl", "lessor"]);
    site.put("/robots.txt", "<!DOCTYPE html><html><title>Un instant…</title><script>challenge()</script></html>");
    rows(folder.path(), "UPDATE robots SET state = json_set(state, '$.copy[1]', '2026-01-02T03:04:05Z')");
    rows(folder.path(), "UPDATE frontier SET due_at = '2026-01-02T03:04:05.000Z'");
    let done = sums(&griot(folder.path(), &server, &["crawl", "lessor"]));
    assert_eq!((&done["refused_by_robots"], &done["new_articles"]), (&2.into(), &0.into()), "{done}");

    let none = tempfile::tempdir().unwrap();
    fast_profile(none.path(), "0.02");
    let open = sums(&griot(none.path(), &server, &["crawl", "lessor"]));
    assert_eq!(open["new_articles"], 2, "where there never were rules, a page of markup is none: {open}");
}

#[test]
fn what_robots_txt_costs_counts_for_max_bytes() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let long = format!("User-agent: *\nDisallow:\n#{}\n", " rien".repeat(1000));
    let server = paper_with_robots(move || Reply::new("text/plain", long.as_str()));
    let done = sums(&griot(folder.path(), &server, &["crawl", "lessor", "--max-bytes", "4000"]));
    assert_eq!((&done["end"], &done["requests"]), (&"--max-bytes".into(), &1.into()), "{done}");
}
