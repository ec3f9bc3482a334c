//! `griot check` of pages whose paper has no profile: saved ones, and live ones by robots.txt and pace.

use std::path::Path;
use std::process::{Command, Output};

use crate::crawl::{BODY, FIRST, fast_profile, page, sums};
use crate::support::{Server, Site};

fn check(archive: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
    command.arg("check").args(words).arg("--archive").arg(archive).current_dir(archive).env_remove("GRIOT_CONTACT");
    command
}

fn run(mut command: Command) -> Output {
    command.output().expect("the built binary starts")
}

fn report(output: &Output) -> serde_json::Value {
    sums(output)["check"].clone()
}

fn field(page: &serde_json::Value, name: &str) -> (String, String) {
    let proof = page["fields"].as_array().unwrap().iter().find(|proof| proof["field"] == name);
    let text = |key: &str| proof.and_then(|p| p[key].as_str()).unwrap_or_default().to_owned();
    (text("value"), text("rule"))
}

fn live(archive: &Path, server: &Server, words: &[&str]) -> Command {
    let mut command = check(archive, words);
    command.args(["--contact", "archive@example.org", "--allow-private", "--json", "--cacert"]);
    command.arg(server.cacert_path()).args(server.resolve_args(&["lessor.ml", "www.lessor.ml", "inconnu.example"]));
    command
}

#[test]
fn a_saved_page_is_read_under_the_address_that_it_gives_itself() {
    let folder = tempfile::tempdir().unwrap();
    let html = page("Le pont est ouvert", &BODY, "/autre");
    let html = html.replace("<head>", "<head><link rel=canonical href=https://inconnu.example/2025/12/22/le-pont>");
    std::fs::write(folder.path().join("page.html"), html).unwrap();
    let read = report(&run(check(folder.path(), &["page.html", "--json"])));
    assert_eq!((&read["site"], &read["provisional"]), (&"inconnu.example".into(), &false.into()), "{read}");
    let page = &read["pages"][0];
    assert_eq!(page["outcome"], "article", "{read}");
    assert_eq!(field(page, "title").0, "Le pont est ouvert", "{read}");
    assert_eq!(page["related"][0]["url"], "https://inconnu.example/autre", "{read}");

    let words = ["page.html", "--json", "--url", "https://autre.example/a"];
    let told = report(&run(check(folder.path(), &words)));
    assert_eq!(
        (&told["site"], &told["pages"][0]["related"][0]["url"]),
        (&"autre.example".into(), &"https://autre.example/autre".into())
    );
}

#[test]
fn a_page_that_does_not_say_where_it_stands_is_read_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("page.html"), page("Le pont est ouvert", &BODY, "/autre")).unwrap();
    let output = run(check(folder.path(), &["page.html"]));
    let (said, noted) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{said}{noted}");
    assert!(said.contains("Le pont est ouvert") && noted.contains("--url"), "{said}{noted}");
}

#[test]
fn what_is_neither_a_profile_nor_a_page_is_told_with_what_to_write() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("page.html"), "<p>Rien</p>").unwrap();
    for (words, code, hint) in [
        (vec!["absent/page.html"], 2, "https://"),
        (vec!["inconnu.example/un-article"], 2, "https://"),
        (vec!["personne"], 4, "no profile `personne`"),
        (vec!["ftp://inconnu.example/a"], 2, "http or https"),
        (vec!["https://"], 2, "no URL"),
        (vec!["page.html", "https://inconnu.example/a"], 2, "one kind"),
        (vec!["page.html", "absent.html"], 1, "absent.html"),
        (vec!["page.html", "--url", "data:text/html,a"], 2, "https://"),
        (vec!["page.html", "--stored"], 2, "--stored"),
    ] {
        let output = run(check(folder.path(), &words));
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{words:?}: {said}");
        assert!(said.contains(hint), "{words:?}: {said}");
    }
}

#[test]
fn a_live_page_without_a_profile_is_asked_for_by_robots_and_pace_and_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new();
    site.put("/un-article", page("Le pont est ouvert", &BODY, "/autre"));
    site.put_typed("/robots.txt", "text/plain", "User-agent: *\nCrawl-delay: 1\nDisallow: /prive\n");
    let server = site.serve();
    let read = report(&run(live(folder.path(), &server, &["https://inconnu.example/un-article"])));
    assert_eq!(read["pages"][0]["outcome"], "article", "{read}");
    assert_eq!(read["robots"][0]["crawl_delay_s"], 1, "{read}");
    let hits = server.hits();
    assert_eq!(hits[0].ask.target, "/robots.txt");
    for pair in hits.windows(2) {
        let gap = pair[1].arrived.saturating_duration_since(pair[0].finished.unwrap());
        assert!(gap.as_millis() >= 980, "robots.txt asks for a second: {gap:?}");
    }
    assert!(!folder.path().join("archive.sqlite").exists(), "a check makes no archive");

    server.forget_hits();
    let refused = run(live(folder.path(), &server, &["https://inconnu.example/prive/a"]));
    assert_eq!(refused.status.code(), Some(10), "{}", String::from_utf8_lossy(&refused.stderr));
    assert!(server.hits().iter().all(|hit| hit.ask.target == "/robots.txt"), "a page that robots.txt keeps from us");
}

#[test]
fn a_page_of_a_known_paper_is_read_without_its_profile_in_its_pace() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.7");
    let site = Site::new();
    site.put(FIRST, page("Le pont est ouvert", &BODY, "/autre"));
    let server = site.serve();
    let output = run(live(folder.path(), &server, &[&format!("https://lessor.ml{FIRST}")]));
    let read = report(&output);
    assert_eq!(read["site"], "lessor.ml", "{read}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("griot check lessor"));
    let (_, rule) = field(&read["pages"][0], "title");
    assert!(rule.contains("h1"), "{rule}");
    let hits = server.hits();
    for pair in hits.windows(2) {
        let gap = pair[1].arrived.saturating_duration_since(pair[0].finished.unwrap());
        assert!(gap.as_millis() >= 680, "the profile's delay: {gap:?}");
    }
}
