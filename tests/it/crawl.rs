//! The main job, run as a user runs it: the built binary against a real server.

use std::path::Path;
use std::process::{Command, Output};

use crate::support::run::rows;
use crate::support::{Reply, Server, Site};

/// A page as L'Essor prints it: no class anywhere.
pub(crate) fn page(title: &str, body: &[&str], also: &str) -> String {
    let paragraphs = body.iter().map(|p| format!("<p>{p}</p>")).collect::<Vec<_>>().join("\n");
    format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><title>Lessor</title><meta property=\"og:title\" content=\"Lessor\"></head>\
         <body><div><h1>{title}</h1><p>Le chapeau de cet article tient en une phrase entière.</p>\
         <p>Publié mardi 23 décembre 2025 à 08:55</p><h2>{title}</h2>{paragraphs}<p>Awa DIARRA</p><p>Rédaction Lessor</p>\
         <p>Lire aussi : <a href=\"{also}\">Un autre article de la même journée</a></p><p>-.</p></div></body></html>"
    )
}

pub(crate) const FIRST: &str = "/posts/le-pont-est-ouvert-694a5b2f0a1b2";
pub(crate) const SECOND: &str = "/posts/la-recolte-commence-694a5b300a1b2";
pub(crate) const BODY: [&str; 3] = [
    "Le pont a été ouvert hier en présence des riverains, qui l’attendaient depuis deux ans et ne cachaient pas leur joie.",
    "Les travaux ont coûté moins que prévu, selon l’entrepreneur, et la chaussée a été élargie pour laisser passer les cars.",
    "Les taxis reprendront leur ancien trajet dès la semaine prochaine, a promis le maire devant une foule nombreuse.",
];

/// Puts a small paper into a site.
pub(crate) fn paper() -> Site {
    let site = Site::new();
    site.put(
        "/",
        format!("<html><body><a href=\"{FIRST}\">Le pont</a> <a href=\"{SECOND}\">La récolte</a></body></html>"),
    );
    site.put(FIRST, page("Le pont est ouvert", &BODY, SECOND));
    site.put(SECOND, page("La récolte commence", &BODY, FIRST));
    site
}

/// Runs griot with the server as the whole of the web.
pub(crate) fn griot(archive: &Path, server: &Server, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
    command.args(words).arg("--archive").arg(archive).env_remove("GRIOT_CONTACT");
    if words.first() == Some(&"crawl") {
        command.args(["--contact", "archive@example.org", "--json", "--allow-private"]);
        command.arg("--cacert").arg(server.cacert_path());
        command.args(server.resolve_args(&["lessor.ml", "www.lessor.ml"]));
    }
    command.output().expect("the built binary starts")
}

/// The run's sums.
pub(crate) fn sums(output: &Output) -> serde_json::Value {
    let said = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}{}", String::from_utf8_lossy(&output.stderr)))
}

/// A profile like the shipped one, with a pace for tests.
pub(crate) fn fast_profile(archive: &Path, delay: &str) {
    let shipped = include_str!("../../selectors/lessor.toml");
    let fast = shipped.replace("delay = 2\n", &format!("delay = {delay}\n"));
    assert_ne!(fast, shipped, "the shipped profile's delay is written otherwise now");
    std::fs::create_dir_all(archive.join("selectors")).unwrap();
    std::fs::write(archive.join("selectors/lessor.toml"), fast).unwrap();
}

#[test]
fn an_unchanged_site_makes_no_version_and_an_edit_makes_one() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.05");
    let site = paper();
    let server = site.serve();

    let first = sums(&griot(folder.path(), &server, &["crawl", "lessor"]));
    assert_eq!((&first["new_articles"], &first["set_aside"]), (&2.into(), &0.into()), "{first}");

    let again = sums(&griot(folder.path(), &server, &["crawl", "lessor", "--revisit", "all"]));
    assert_eq!((&again["new_articles"], &again["new_versions"]), (&0.into(), &0.into()), "{again}");
    assert_eq!(again["not_modified"], 3, "two articles and the front page: {again}");

    let body = [BODY[0], &BODY[1].replace("moins que prévu", "plus que prévu"), BODY[2]];
    site.put(FIRST, page("Le pont est ouvert", &body, SECOND));
    let edited = sums(&griot(folder.path(), &server, &["crawl", "lessor", "--revisit", "all"]));
    assert_eq!(edited["new_versions"], 1, "{edited}");

    let shown = griot(folder.path(), &server, &["show", &format!("https://lessor.ml{FIRST}")]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("plus que prévu") && shown.contains("version 2 (edited)"), "{shown}");
    let body = griot(folder.path(), &server, &["show", &format!("https://lessor.ml{FIRST}"), "--json"]);
    let body: serde_json::Value = serde_json::from_slice(&body.stdout).unwrap();
    let body = body["body"].as_str().unwrap();
    assert!(!body.contains("Lire aussi") && !body.contains("Publié"), "{body}");
}

#[test]
fn side_blocks_that_rotate_make_no_version() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let site = paper();
    let server = site.serve();
    griot(folder.path(), &server, &["crawl", "lessor"]);
    site.put(FIRST, page("Le pont est ouvert", &BODY, "/posts/tout-autre-chose-694a5b310a1b2"));
    let rotated = sums(&griot(folder.path(), &server, &["crawl", "lessor", "--revisit", "all"]));
    assert_eq!(rotated["new_versions"], 0, "{rotated}");
}

#[test]
fn the_servers_log_proves_the_pace() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.2");
    let server = paper().serve();
    griot(folder.path(), &server, &["crawl", "lessor"]);
    griot(folder.path(), &server, &["crawl", "lessor", "--revisit", "all"]);
    let hits = server.hits();
    assert!(hits.len() >= 7, "{}", hits.len());
    for pair in hits.windows(2) {
        let gap = pair[1].arrived.saturating_duration_since(pair[0].finished.expect("every answer ended"));
        assert!(gap.as_millis() >= 180, "{gap:?} between {} and {}", pair[0].ask.target, pair[1].ask.target);
    }
}

#[test]
fn robots_txt_keeps_pages_closed() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let site = paper();
    site.put("/robots.txt", format!("User-agent: *\nDisallow: {FIRST}\n"));
    let server = site.serve();
    let crawled = sums(&griot(folder.path(), &server, &["crawl", "lessor"]));
    assert_eq!((&crawled["new_articles"], &crawled["refused_by_robots"]), (&1.into(), &1.into()), "{crawled}");
    assert!(server.hits().iter().all(|hit| hit.ask.target != FIRST));
}

#[test]
fn without_a_contact_and_a_terminal_nothing_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_griot"))
        .args(["crawl", "lessor", "--archive"])
        .arg(folder.path())
        .env_remove("GRIOT_CONTACT")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&output.stderr).contains("contact = \"you@example.org\""));
}

#[test]
fn a_crawl_that_is_killed_goes_on_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.03");
    let server = paper().serve();
    for _ in 0..8 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_griot"))
            .args([
                "crawl",
                "lessor",
                "--revisit",
                "all",
                "--contact",
                "archive@example.org",
                "--allow-private",
                "--quiet",
                "--archive",
            ])
            .arg(folder.path())
            .arg("--cacert")
            .arg(server.cacert_path())
            .args(server.resolve_args(&["lessor.ml"]))
            .spawn()
            .unwrap();
        let before = server.connections();
        // The kill falls at some moment after the run has reached the server.
        while server.connections() == before && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let last = griot(folder.path(), &server, &["crawl", "lessor"]);
    assert_eq!(last.status.code(), Some(0), "{}", String::from_utf8_lossy(&last.stderr));
    let listed = griot(folder.path(), &server, &["list", "--json"]);
    assert_eq!(String::from_utf8(listed.stdout).unwrap().lines().count(), 2);
    let database = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    let one = |sql: &str| database.query_row(sql, [], |r| r.get::<_, i64>(0)).unwrap();
    assert_eq!(one("SELECT count(*) FROM version"), 2);
    assert_eq!(
        one("SELECT count(*) FROM capture c WHERE NOT EXISTS (SELECT 1 FROM reading WHERE capture_id = c.id)"),
        0
    );
    let verified = griot(folder.path(), &server, &["verify"]);
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
}

#[test]
fn one_flipped_byte_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let server = paper().serve();
    griot(folder.path(), &server, &["crawl", "lessor"]);
    assert_eq!(griot(folder.path(), &server, &["verify"]).status.code(), Some(0));

    let mut files = std::fs::read_dir(folder.path().join("warc")).unwrap();
    let path = files.next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).unwrap();

    let damaged = griot(folder.path(), &server, &["verify"]);
    assert_eq!(damaged.status.code(), Some(5));
    let said = String::from_utf8(damaged.stdout).unwrap();
    assert!(said.contains(path.file_name().unwrap().to_str().unwrap()) && said.contains("at byte"), "{said}");
}

#[test]
fn a_word_that_the_search_index_lost_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let server = paper().serve();
    griot(folder.path(), &server, &["crawl", "lessor"]);
    let archive = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    let title: String =
        archive.query_row("SELECT title FROM search_text WHERE version_id = 1", [], |r| r.get(0)).unwrap();
    let word = title.split(' ').max_by_key(|word| word.len()).unwrap();
    // The version stays known by its other words.
    let lose = "INSERT INTO search (search, rowid, title, lead, body) VALUES ('delete', 1, ?1, '', '')";
    archive.execute(lose, [word]).unwrap();
    let output = griot(folder.path(), &server, &["verify"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(5), "{said}");
    assert!(said.contains("in title otherwise than the texts"), "{said}");
}

#[test]
fn a_search_index_that_forgot_an_article_or_kept_one_too_many_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let server = paper().serve();
    griot(folder.path(), &server, &["crawl", "lessor"]);
    let archive = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
    let verified = || {
        let output = griot(folder.path(), &server, &["verify"]);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(verified().0, Some(0));

    archive.execute("INSERT INTO search (rowid, title, lead, body) VALUES (99, 'rien', '', '')", []).unwrap();
    let (code, said) = verified();
    assert!(code == Some(5) && said.contains("a version that is not there"), "{said}");

    let forget = "INSERT INTO search (search, rowid, title, lead, body) SELECT 'delete', version_id, title, lead, body
                  FROM search_text WHERE version_id = 1";
    archive.execute(forget, []).unwrap();
    let (code, said) = verified();
    assert!(code == Some(5) && said.contains("does not know version 1 of https://lessor.ml/posts/"), "{said}");
}

#[test]
fn a_wait_that_the_server_asks_for_holds_across_runs() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.01");
    let server = Server::start(|ask| match ask.target.as_str() {
        "/robots.txt" => Reply::status(404),
        _ => Reply::status(429).header("retry-after", "3600"),
    });
    let first = griot(folder.path(), &server, &["crawl", "lessor"]);
    assert_eq!(first.status.code(), Some(0), "{}", String::from_utf8_lossy(&first.stderr));
    let asked = server.hits().len();
    assert_eq!(asked, 2, "robots.txt and the front page");
    rows(folder.path(), "UPDATE frontier SET due_at = '2026-01-02T03:04:05.000Z'");
    let second = sums(&griot(folder.path(), &server, &["crawl", "lessor"]));
    assert_eq!(server.hits().len(), asked, "nothing is asked within the hour");
    assert_eq!(second["end"], "the next turn comes later than a run waits", "something is due: {second}");
}

#[test]
fn in_a_pipe_each_visit_is_a_line_and_nothing_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let server = paper().serve();
    let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
    command.args(["crawl", "lessor", "--contact", "archive@example.org", "--allow-private", "--archive"]);
    command.arg(folder.path()).arg("--cacert").arg(server.cacert_path());
    let output = command.args(server.resolve_args(&["lessor.ml", "www.lessor.ml"])).output().unwrap();
    let (said, told) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(said.starts_with("2 new articles") && !said.contains('\u{1b}'), "{said}");
    assert_eq!(told.lines().filter(|line| line.starts_with("200 article new")).count(), 2, "{told}");
    assert!(!told.contains('\u{1b}') && !told.contains('\r'), "{told}");
}
