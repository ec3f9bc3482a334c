//! The same bytes under another status, by another profile, at the same instant: what a repeated body does not say.

use std::path::Path;
use std::sync::Mutex;

use crate::crawl::{BODY, FIRST, SECOND, fast_profile, griot, page, paper, sums};
use crate::support::{Reply, Server, Site};

const LOST: &str = "<html><body><h1>Page indisponible</h1></body></html>";

/// What the first article's page was read as last.
const LAST_OUTCOME: &str = "SELECT r.outcome FROM reading r JOIN page p ON p.id = r.page_id
                            WHERE p.key LIKE '%le-pont-est-ouvert%' ORDER BY r.capture_id DESC LIMIT 1";

/// Whatever is doubtful is believed at once.
fn impatient(archive: &Path) {
    sql(archive, "UPDATE archive SET confirm_after_s = 0");
}

fn sql(archive: &Path, statement: &str) {
    rusqlite::Connection::open(archive.join("archive.sqlite")).unwrap().execute_batch(statement).unwrap();
}

fn one<T: rusqlite::types::FromSql>(archive: &Path, query: &str) -> T {
    let database = rusqlite::Connection::open(archive.join("archive.sqlite")).unwrap();
    database.query_row(query, [], |r| r.get(0)).unwrap()
}

/// The paper of two articles, whose first one answers as `first` says once that is set.
fn paper_with_first(first: &'static Mutex<Option<Reply>>) -> Server {
    let site = paper();
    Server::start(move |ask| match first.lock().unwrap().as_ref() {
        Some(reply) if ask.target == FIRST => reply.clone(),
        _ => site.answer(ask),
    })
}

fn crawl(archive: &Path, server: &Server) -> serde_json::Value {
    sums(&griot(archive, server, &["crawl", "lessor", "--revisit", "all"]))
}

#[test]
fn an_error_page_under_a_503_is_no_second_sign_of_a_removal() {
    static FIRST_SAYS: Mutex<Option<Reply>> = Mutex::new(None);
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let server = paper_with_first(&FIRST_SAYS);
    crawl(folder.path(), &server);
    impatient(folder.path());
    *FIRST_SAYS.lock().unwrap() = Some(Reply::status(404).body(LOST));
    crawl(folder.path(), &server);
    *FIRST_SAYS.lock().unwrap() = Some(Reply::status(503).body(LOST));
    let crawled = crawl(folder.path(), &server);
    assert_eq!(crawled["removed"], 0, "{crawled}");
    assert_eq!(one::<i64>(folder.path(), "SELECT count(*) FROM removal WHERE confirmed_at IS NOT NULL"), 0);
    assert_eq!(one::<String>(folder.path(), LAST_OUTCOME), "error-answer");
    // The WARC still keeps the page once.
    assert_eq!(
        one::<i64>(folder.path(), "SELECT count(*) FROM capture WHERE kind = 'identical-payload' AND status = 503"),
        1
    );

    *FIRST_SAYS.lock().unwrap() = Some(Reply::status(404).body(LOST));
    // Its trouble is over: the page backs off no longer, and the paper is as quick as before.
    sql(folder.path(), "DELETE FROM pace; UPDATE frontier SET attempts = 0");
    assert_eq!(crawl(folder.path(), &server)["removed"], 1);
}

#[test]
fn a_redirect_is_read_by_its_target_and_not_by_its_body() {
    static FIRST_SAYS: Mutex<Option<Reply>> = Mutex::new(None);
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let server = paper_with_first(&FIRST_SAYS);
    crawl(folder.path(), &server);
    impatient(folder.path());
    let moved = |to: &str| Some(Reply::redirect(301, to).body("<h1>301 Moved Permanently</h1>"));
    *FIRST_SAYS.lock().unwrap() = moved("/");
    crawl(folder.path(), &server);
    *FIRST_SAYS.lock().unwrap() = moved(SECOND);
    let crawled = crawl(folder.path(), &server);
    assert_eq!(crawled["removed"], 0, "{crawled}");
    assert_eq!(one::<String>(folder.path(), LAST_OUTCOME), "redirect");
}

#[test]
fn a_second_503_with_the_same_page_backs_off_like_the_first() {
    static FIRST_SAYS: Mutex<Option<Reply>> = Mutex::new(None);
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    *FIRST_SAYS.lock().unwrap() = Some(Reply::status(500).body(LOST));
    let server = paper_with_first(&FIRST_SAYS);
    crawl(folder.path(), &server);
    let attempts = "SELECT class || ' ' || attempts FROM frontier f JOIN page p ON p.id = f.page_id
                    WHERE p.key LIKE '%le-pont-est-ouvert%'";
    assert_eq!(one::<String>(folder.path(), attempts), "new 1");
    sql(folder.path(), "UPDATE frontier SET due_at = '2020-01-01T00:00:00.000Z'");
    sums(&griot(folder.path(), &server, &["crawl", "lessor"]));
    assert_eq!(one::<String>(folder.path(), attempts), "new 2");
}

#[test]
fn an_unchanged_listing_is_read_again_by_a_mended_profile() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let path = folder.path().join("selectors/lessor.toml");
    let right = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, right.replace("'^/posts/", "'^/articles/")).unwrap();
    let server = paper().serve();
    assert_eq!(crawl(folder.path(), &server)["new_articles"], 0);
    std::fs::write(&path, right).unwrap();
    let mended = crawl(folder.path(), &server);
    assert_eq!((&mended["new_articles"], &mended["not_modified"]), (&2.into(), &1.into()), "{mended}");
}

#[test]
fn a_304_that_leaves_out_the_validators_keeps_them() {
    const WHEN: &str = "Tue, 23 Dec 2025 08:55:00 GMT";
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let site = Site::new();
    site.put("/", format!("<a href=\"{FIRST}\">Le pont</a>"));
    let server = Server::start(move |ask| match (ask.target.as_str(), ask.header("if-modified-since")) {
        (FIRST, Some(_)) => Reply::status(304),
        (FIRST, None) => Reply::html(page("Le pont est ouvert", &BODY, SECOND)).header("Last-Modified", WHEN),
        _ => site.answer(ask),
    });
    for round in 0..4 {
        let crawled = crawl(folder.path(), &server);
        let expected = if round == 0 { 0 } else { 2 };
        assert_eq!(crawled["not_modified"], expected, "round {round}: {crawled}");
    }
}

#[test]
fn edits_keep_their_order_while_the_clock_stands_before_the_last_visit() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let site = paper();
    let server = site.serve();
    crawl(folder.path(), &server);
    sql(folder.path(), "UPDATE visit SET asked_at = '2031-01-01T00:00:00.000Z' WHERE id = (SELECT max(id) FROM visit)");
    for number in ["deux", "trois", "quatre", "cinq", "six"] {
        site.put(FIRST, page(&format!("Le pont est ouvert, {number}"), &BODY, SECOND));
        crawl(folder.path(), &server);
    }
    let titles: String = one(
        folder.path(),
        "SELECT group_concat(substr(title, 20), '') FROM (SELECT t.title FROM version v JOIN text t ON t.digest = v.text_digest
         JOIN article a ON a.id = v.article_id WHERE a.url LIKE '%le-pont-est-ouvert%' ORDER BY v.number)",
    );
    assert_eq!(titles, " deux trois quatre cinq six");
}

#[test]
fn a_host_that_is_lost_removes_nothing_though_another_name_of_the_paper_lives() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let site = paper();
    site.put("/", format!("<a href=\"https://www.lessor.ml{FIRST}\">Le pont</a> <a href=\"{SECOND}\">La récolte</a>"));
    let server = {
        let lost = Mutex::new(0);
        Server::start(move |ask| {
            let mut asked = lost.lock().unwrap();
            if ask.host == "www.lessor.ml" && ask.target == FIRST {
                *asked += 1;
                if *asked > 1 {
                    return Reply::status(404).body("<h1>This domain is for sale</h1>");
                }
            }
            site.answer(ask)
        })
    };
    crawl(folder.path(), &server);
    impatient(folder.path());
    for _ in 0..3 {
        assert_eq!(crawl(folder.path(), &server)["removed"], 0);
    }
    assert_eq!(
        one::<i64>(
            folder.path(),
            "SELECT count(*) FROM reading WHERE host_alive = 1 AND outcome = 'gone' AND article_id IS NOT NULL"
        ),
        0
    );
}

#[test]
fn a_commit_that_fails_while_a_file_is_closed_loses_no_record() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    // So small that a 304's two records stand in two files.
    std::fs::write(folder.path().join("griot.toml"), "[warc]\nmax_bytes = 1500\n").unwrap();
    let server = paper().serve();
    crawl(folder.path(), &server);
    sql(
        folder.path(),
        "CREATE TRIGGER refuse BEFORE INSERT ON capture WHEN NEW.kind = 'not-modified'
         BEGIN SELECT RAISE(ABORT, 'refused by a test'); END",
    );
    let failed = griot(folder.path(), &server, &["crawl", "lessor", "--revisit", "all"]);
    assert_eq!(failed.status.code(), Some(1), "{}", String::from_utf8_lossy(&failed.stderr));
    sql(folder.path(), "DROP TRIGGER refuse");
    let again = griot(folder.path(), &server, &["crawl", "lessor", "--revisit", "all"]);
    assert_eq!(again.status.code(), Some(0), "{}", String::from_utf8_lossy(&again.stderr));
    let verified = griot(folder.path(), &server, &["verify"]);
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
    let captures: i64 = one(folder.path(), "SELECT count(*) FROM capture");
    assert_eq!(captures, i64::try_from(server.hits().len()).unwrap(), "what the failed commit left out is adopted");
}

#[test]
fn an_absence_that_a_killed_run_left_unjudged_is_judged_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let site = paper();
    let server = site.serve();
    crawl(folder.path(), &server);
    site.remove(FIRST);
    crawl(folder.path(), &server);
    assert_eq!(one::<i64>(folder.path(), "SELECT count(*) FROM removal"), 1);
    // As if the run had died after it believed the absence and before it told the history so.
    sql(
        folder.path(),
        "DELETE FROM removal; UPDATE run SET ended_at = NULL, end_reason = NULL WHERE id = (SELECT max(id) FROM run)",
    );
    assert_eq!(griot(folder.path(), &server, &["verify"]).status.code(), Some(5));
    sums(&griot(folder.path(), &server, &["crawl", &format!("https://lessor.ml{SECOND}")]));
    assert_eq!(one::<i64>(folder.path(), "SELECT count(*) FROM removal"), 1);
    assert_eq!(griot(folder.path(), &server, &["verify"]).status.code(), Some(0));
}
