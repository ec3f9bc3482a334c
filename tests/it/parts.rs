//! Articles that stand on several pages: one article, whose text is that of all its parts.

use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use crate::crawl::{BODY, griot, sums};
use crate::support::run::{crawl, rows, verified};
use crate::support::{Reply, Server, Site};

const ONE: &str = "/posts/le-pont-est-ouvert";
const TWO: &str = "/posts/le-pont-est-ouvert?page=2";
const THREE: &str = "/posts/le-pont-est-ouvert?page=3";
const OTHER: &str = "/posts/la-recolte-commence";

/// A paper that cuts its articles into parts.
fn profile(archive: &Path, more: &str) {
    let toml = format!(
        r#"
name = "Les Parties"
zone = "Africa/Bamako"
language = "fr"
hosts = ["lessor.ml", "www.lessor.ml"]

[pace]
delay = 0.01

[[listing]]
kind = "front"
url = "https://lessor.ml/"

[article]
paths = ['^/posts/']

[[layout]]
body = [{{ css = "div.texte" }}]
next_page = [{{ css = "a.suite" }}]
{more}
"#
    );
    std::fs::create_dir_all(archive.join("selectors")).unwrap();
    std::fs::write(archive.join("selectors/parties.toml"), toml).unwrap();
}

/// A part: a headline on the first only, numbers of all pages under each, a link to the next.
fn part(number: usize, text: &str, next: Option<&str>) -> String {
    let head = if number == 1 {
        "<h1>Le pont est ouvert</h1><p class=byline>Par <span itemprop=author>Awa Diarra</span></p>"
    } else {
        ""
    };
    let next = next.map(|next| format!("<a class=suite href=\"{next}\">Suite</a>")).unwrap_or_default();
    format!(
        "<!DOCTYPE html><html lang=fr><head><title>Le pont</title></head><body><article>{head}<div class=texte><p>{text}</p>\
         </div><nav><a href=\"{ONE}\">1</a> <a href=\"{THREE}\">3</a> <a href=\"{TWO}\">2</a> {next}</nav></article></body></html>"
    )
}

fn paper() -> Site {
    let site = Site::new();
    site.put(
        "/",
        format!("<html><body><a href=\"{ONE}\">Le pont</a> <a href=\"{OTHER}\">La récolte</a></body></html>"),
    );
    site.put(ONE, part(1, BODY[0], Some(TWO)));
    site.put(TWO, part(2, BODY[1], Some(THREE)));
    site.put(THREE, part(3, BODY[2], None));
    let other = "La récolte a commencé hier dans tout le delta, où les pluies ont été bonnes cette année.";
    let other = part(1, other, None).replace("Le pont est ouvert", "La récolte commence");
    site.put(OTHER, other.split("<nav>").next().unwrap());
    site
}

fn run(archive: &Path, server: &Server, words: &[&str]) -> serde_json::Value {
    sums(&griot(archive, server, &[&["crawl", "parties"], words].concat()))
}

fn text(archive: &Path, server: &Server) -> String {
    let shown = griot(archive, server, &["show", &format!("https://lessor.ml{ONE}"), "--json"]);
    let told = String::from_utf8_lossy(&shown.stderr).into_owned();
    let shown: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap_or_else(|_| panic!("{told}"));
    shown["body"].as_str().unwrap().to_owned()
}

fn asked(server: &Server) -> Vec<String> {
    let targets = server.hits().into_iter().map(|hit| hit.ask.target);
    targets.filter(|target| target.starts_with(ONE)).collect()
}

fn articles(archive: &Path) -> Vec<String> {
    let mut all = rows(archive, "SELECT url FROM article");
    all.sort();
    all
}

const BOTH: [&str; 2] = ["https://lessor.ml/posts/la-recolte-commence", "https://lessor.ml/posts/le-pont-est-ouvert"];

#[test]
fn the_text_of_an_article_is_that_of_all_its_parts() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path(), "");
    let site = paper();
    let server = site.serve();
    let first = run(folder.path(), &server, &[]);
    assert_eq!((&first["new_articles"], &first["set_aside"]), (&2.into(), &0.into()), "{first}");
    assert_eq!(asked(&server), [ONE, TWO, THREE], "each part once, in its order");
    assert_eq!(text(folder.path(), &server), BODY.join("\n\n"));
    assert_eq!(articles(folder.path()), BOTH, "a part is no article of its own");
    let outcomes = "SELECT p.key, r.outcome FROM reading r JOIN capture c ON c.id = r.capture_id
                    JOIN page p ON p.id = c.page_id WHERE p.key LIKE '%pont%' ORDER BY c.id";
    let read = [format!("lessor.ml{ONE}|part"), format!("lessor.ml{TWO}|part"), format!("lessor.ml{THREE}|article")];
    assert_eq!(rows(folder.path(), outcomes), read);
    let authors = rows(folder.path(), "SELECT name FROM author WHERE name LIKE 'Awa%' GROUP BY version_id");
    assert_eq!(authors, ["Awa Diarra", "Awa Diarra"]);
    verified(folder.path());
    let check = griot(folder.path(), &server, &["check", "parties", "--stored", "10"]);
    let told = String::from_utf8(check.stdout).unwrap();
    assert_eq!(check.status.code(), Some(0), "{told}");
    assert!(told.contains("200 part") && told.contains(&format!("goes on at https://lessor.ml{TWO}")), "{told}");
    assert!(!told.contains("reads otherwise"), "{told}");

    // Nothing has changed: the parts are led through again, and nothing comes of it.
    server.forget_hits();
    let again = run(folder.path(), &server, &["--revisit", "all"]);
    assert_eq!((&again["new_articles"], &again["new_versions"]), (&0.into(), &0.into()), "{again}");
    assert_eq!(asked(&server), [ONE, TWO, THREE]);

    // An edit in the middle is an edit of the article.
    site.edit(TWO, |html| html.replace("moins que prévu", "plus que prévu"));
    let edited = run(folder.path(), &server, &["--revisit", "all"]);
    assert_eq!((&edited["new_articles"], &edited["new_versions"]), (&0.into(), &1.into()), "{edited}");
    assert_eq!(text(folder.path(), &server), BODY.join("\n\n").replace("moins que prévu", "plus que prévu"));

    // It grows by a part, and the new last part is no other article.
    let four = "/posts/le-pont-est-ouvert?page=4";
    site.put(THREE, part(3, BODY[2], Some(four)));
    site.put(four, part(4, "Les piroguiers, eux, se plaignent déjà de n’avoir plus personne à faire traverser.", None));
    let grown = run(folder.path(), &server, &["--revisit", "all"]);
    assert_eq!((&grown["new_articles"], &grown["new_versions"]), (&0.into(), &1.into()), "{grown}");
    assert!(text(folder.path(), &server).ends_with("faire traverser."));

    // It is put on fewer pages again: what stood on the others is led to no more.
    site.put(TWO, part(2, &format!("{} {}", BODY[1].replace("moins", "plus"), BODY[2]), None));
    server.forget_hits();
    run(folder.path(), &server, &["--revisit", "all"]);
    assert_eq!(asked(&server), [ONE, TWO]);
    assert_eq!(articles(folder.path()), BOTH);
    verified(folder.path());
}

#[test]
fn a_part_that_is_gone_leaves_the_parts_before_it_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path(), "");
    let site = paper();
    site.remove(THREE);
    let server = site.serve();
    let crawled = run(folder.path(), &server, &[]);
    assert_eq!(crawled["new_articles"], 2, "{crawled}");
    assert_eq!(text(folder.path(), &server), BODY[..2].join("\n\n"));
    let reasons = rows(folder.path(), "SELECT reason FROM reading WHERE outcome = 'article' AND reason IS NOT NULL");
    assert_eq!(reasons, [format!("part 3 (https://lessor.ml{THREE}) is gone: the text ends before it")]);
    verified(folder.path());
}

#[test]
fn a_part_that_fails_again_and_again_ends_the_text_before_it_in_the_end() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path(), "");
    let site = paper();
    site.put_status(TWO, 500);
    let server = site.serve();
    run(folder.path(), &server, &[]);
    let mut tries = 1;
    while articles(folder.path()).len() < 2 {
        assert!(tries < 20, "it is never given up");
        let database = rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap();
        database
            .execute("UPDATE frontier SET due_at = '2020-01-01T00:00:00.000Z' WHERE url LIKE '%page=2'", [])
            .unwrap();
        database.execute("DELETE FROM pace", []).unwrap();
        drop(database);
        griot(folder.path(), &server, &["crawl", "parties"]);
        tries += 1;
    }
    assert!(asked(&server).len() > 2, "it may be had yet: {:?}", asked(&server));
    assert_eq!(text(folder.path(), &server), BODY[0]);
    let reasons = rows(folder.path(), "SELECT reason FROM reading WHERE outcome = 'article' AND reason IS NOT NULL");
    assert_eq!(reasons, [format!("part 2 (https://lessor.ml{TWO}) cannot be had: the text ends before it")]);
    verified(folder.path());
}

#[test]
fn a_part_that_moved_is_followed_each_time() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path(), "");
    let site = paper();
    let moved = "/posts/le-pont-est-ouvert/suite";
    site.put_redirect(TWO, 301, moved);
    site.put(moved, part(2, BODY[1], Some(THREE)));
    let server = site.serve();
    run(folder.path(), &server, &[]);
    assert_eq!(asked(&server), [ONE, TWO, moved, THREE]);
    assert_eq!(text(folder.path(), &server), BODY.join("\n\n"));
    site.edit(moved, |html| html.replace("moins que prévu", "plus que prévu"));
    server.forget_hits();
    let edited = run(folder.path(), &server, &["--revisit", "all"]);
    assert_eq!((&edited["new_articles"], &edited["new_versions"]), (&0.into(), &1.into()), "{edited}");
    assert_eq!(articles(folder.path()), BOTH);
    verified(folder.path());
}

#[test]
fn parts_that_lead_round_end_where_they_began() {
    for (last, said) in [(ONE, "part 3 goes on at a part before it"), (TWO, "part 3 goes on at a part before it")] {
        let folder = tempfile::tempdir().unwrap();
        profile(folder.path(), "");
        let site = paper();
        site.put(THREE, part(3, BODY[2], Some(last)));
        let server = site.serve();
        run(folder.path(), &server, &[]);
        assert_eq!(asked(&server), [ONE, TWO, THREE]);
        assert_eq!(text(folder.path(), &server), BODY.join("\n\n"));
        let reasons =
            rows(folder.path(), "SELECT reason FROM reading WHERE outcome = 'article' AND reason IS NOT NULL");
        assert_eq!(reasons, [said]);
    }
}

#[test]
fn parts_without_end_end_after_twenty() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path(), "");
    let server = Server::start(|ask| match ask.target.as_str() {
        "/" => Reply::html(format!("<a href=\"{ONE}\">Le pont</a>")),
        "/robots.txt" => Reply::status(404),
        target => {
            let number = target.split_once("page=").map_or(1, |(_, n)| n.parse().unwrap());
            let next = format!("{ONE}?page={}", number + 1);
            Reply::html(part(number, &format!("{} C’est la page {number}.", BODY[0]), Some(&next)))
        }
    });
    let crawled = run(folder.path(), &server, &[]);
    assert_eq!(crawled["new_articles"], 1, "{crawled}");
    assert_eq!(asked(&server).len(), 20);
    assert_eq!(text(folder.path(), &server).matches("C’est la page").count(), 20);
    verified(folder.path());
}

#[test]
fn a_killed_crawl_goes_on_with_the_next_part() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path(), "");
    let site = paper();
    let (asks, asked_for_two) = mpsc::channel();
    let late = AtomicBool::new(true);
    let pages = site.clone();
    let server = Server::start(move |ask| {
        let reply = pages.answer(ask);
        if ask.target == TWO && late.swap(false, Ordering::SeqCst) {
            asks.send(()).unwrap();
            return reply.delay(Duration::from_secs(5));
        }
        reply
    });
    let mut first = crawl(folder.path(), &server, &["lessor.ml", "www.lessor.ml"], &["parties"]);
    let mut child = first.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    asked_for_two.recv_timeout(Duration::from_mins(1)).expect("part two is asked for");
    child.kill().unwrap();
    child.wait().unwrap();
    let rest = run(folder.path(), &server, &[]);
    assert_eq!(rest["set_aside"], 0, "{rest}");
    assert_eq!(asked(&server), [ONE, TWO, TWO, THREE], "what was had is not asked again");
    assert_eq!(text(folder.path(), &server), BODY.join("\n\n"));
    verified(folder.path());
}

#[test]
fn a_mended_profile_reads_all_parts_again_and_claims_no_edit() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path(), "");
    let site = paper();
    let server = site.serve();
    run(folder.path(), &server, &[]);
    profile(folder.path(), "drop_text = ['^Les taxis']");
    let mended = run(folder.path(), &server, &["--revisit", "all"]);
    assert_eq!(mended["new_versions"], 0, "{mended}");
    assert_eq!(text(folder.path(), &server), BODY[..2].join("\n\n"));
    verified(folder.path());
}

/// Flips bits in the middle of the record that holds the first capture of a page.
fn damage(archive: &Path, page: &str) {
    let place = format!(
        "SELECT f.name, w.offset + w.length / 2 FROM warc_record w JOIN warc_file f ON f.id = w.file_id
         JOIN capture c ON c.id = w.capture_id JOIN page p ON p.id = c.page_id
         WHERE w.type = 'response' AND p.key = 'lessor.ml{page}' ORDER BY c.id LIMIT 1"
    );
    let place = rows(archive, &place).remove(0);
    let (file, offset) = place.split_once('|').unwrap();
    let file = archive.join("warc").join(file);
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[offset.parse::<usize>().unwrap()] ^= 0x55;
    std::fs::write(&file, bytes).unwrap();
}

#[test]
fn an_article_with_a_hole_in_it_is_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path(), "");
    let site = paper();
    let server = site.serve();
    run(folder.path(), &server, &[]);
    damage(folder.path(), TWO);
    site.edit(THREE, |html| html.replace("Les taxis", "Tous les taxis"));
    let holed = run(folder.path(), &server, &["--revisit", "all"]);
    assert_eq!((&holed["new_versions"], &holed["set_aside"]), (&0.into(), &1.into()), "{holed}");
    let reason = "SELECT reason FROM reading WHERE outcome = 'extraction-failed'";
    let said = format!("part 2 (lessor.ml{TWO}) cannot be read back: the text would have a hole");
    assert_eq!(rows(folder.path(), reason), [said]);
    assert_eq!(text(folder.path(), &server), BODY.join("\n\n"), "the text known stands");

    // The part is printed anew, so that its bytes are kept anew.
    site.edit(TWO, |html| html.replace("moins que prévu", "plus que prévu"));
    let whole = run(folder.path(), &server, &["--revisit", "all"]);
    assert_eq!((&whole["new_versions"], &whole["set_aside"]), (&1.into(), &0.into()), "{whole}");
    let now = BODY.join("\n\n").replace("moins que prévu", "plus que prévu").replace("Les taxis", "Tous les taxis");
    assert_eq!(text(folder.path(), &server), now);
}

#[test]
fn later_parts_need_no_articles_address() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path(), "");
    let file = folder.path().join("selectors/parties.toml");
    let anchored = std::fs::read_to_string(&file).unwrap().replace("'^/posts/'", r"'^/posts/[^/?]+$'");
    std::fs::write(&file, anchored).unwrap();
    let server = paper().serve();
    run(folder.path(), &server, &[]);
    assert_eq!(asked(&server), [ONE, TWO, THREE]);
    assert_eq!(text(folder.path(), &server), BODY.join("\n\n"));
    assert_eq!(articles(folder.path()), BOTH);
}

#[test]
fn stories_that_a_wrong_rule_took_for_parts_are_stories_again_when_it_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path(), "");
    let site = Site::new().without_validators();
    let story = |n: usize| format!("/posts/recit-{n}");
    let links = (0..4).map(|n| format!("<a href=\"{}\">Récit {n}</a> ", story(n))).collect::<Vec<_>>().concat();
    site.put("/", format!("<html><body>{links}</body></html>"));
    for n in 0..4 {
        let next = format!("<a class=suite href=\"{}\">Récit suivant</a></div>", story(n + 1));
        let page =
            part(1, &format!("{} C’est le récit {n}.", BODY[n % 3]), None).replace("Le pont", &format!("Récit {n}"));
        site.put(&story(n), if n < 3 { page.replacen("</div>", &next, 1) } else { page });
    }
    let server = site.serve();
    run(folder.path(), &server, &[]);
    assert_eq!(articles(folder.path()).len(), 1, "each leads to the next");
    let toml = folder.path().join("selectors/parties.toml");
    let mended = std::fs::read_to_string(&toml).unwrap().replace("a.suite", "a.page-suivante");
    std::fs::write(&toml, mended).unwrap();
    for _ in 0..4 {
        run(folder.path(), &server, &["--revisit", "all"]);
    }
    assert_eq!(articles(folder.path()).len(), 4);
    let own = "SELECT count(*) FROM latest WHERE body LIKE '%le récit%' AND body NOT LIKE '%le récit%le récit%'";
    assert_eq!(rows(folder.path(), own), ["3"], "each tells its own text");
    assert_ne!(
        rows(folder.path(), "SELECT count(*) FROM held"),
        ["0"],
        "the first one's is a cut, and waits for its day"
    );
    verified(folder.path());
}
