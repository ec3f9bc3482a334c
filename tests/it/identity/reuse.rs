//! Addresses that begin another story, lead on, or are the last of an article's pages.

use super::{OTHER, crawl, front, one, pages, profile, story, tied};
use crate::crawl::{BODY, griot};
use crate::support::Site;

const SHARED: &str = "/posts/edition-du-jour";

fn versions_of(archive: &std::path::Path) -> Vec<String> {
    let database = rusqlite::Connection::open(archive.join("archive.sqlite")).unwrap();
    let sql =
        "SELECT v.article_id || ' ' || v.cause || ' ' || t.title FROM version v JOIN text t ON t.digest = v.text_digest
        ORDER BY v.article_id, v.number";
    let mut statement = database.prepare(sql).unwrap();
    statement.query_map([], |r| r.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn an_address_with_another_story_of_another_day_begins_another_article() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let site = Site::new();
    site.put(SHARED, story("Le pont est ouvert", &BODY, None));
    front(&site, &[SHARED]);
    let server = site.serve();
    crawl(folder.path(), &server);
    let next = story("La récolte commence", &OTHER, None).replace("mardi 23 décembre", "mercredi 24 décembre");
    site.put(SHARED, next);
    let crawled = crawl(folder.path(), &server);
    assert_eq!((&crawled["new_articles"], &crawled["new_versions"]), (&1.into(), &0.into()), "{crawled}");
    assert_eq!(versions_of(folder.path()), ["1 first Le pont est ouvert", "2 first La récolte commence"]);
    assert_eq!(one::<i64>(folder.path(), "SELECT count(*) FROM edits"), 0);
    assert_eq!(one::<i64>(folder.path(), "SELECT count(*) FROM page_article WHERE until_at IS NOT NULL"), 1);
    let shown = griot(folder.path(), &server, &["show", &format!("https://lessor.ml{SHARED}")]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("La récolte commence") && shown.contains("version 1"), "{shown}");
    assert_eq!(crawl(folder.path(), &server)["new_versions"], 0);
    assert_eq!(griot(folder.path(), &server, &["verify"]).status.code(), Some(0));
}

fn confirm_at_once(archive: &std::path::Path) {
    let database = rusqlite::Connection::open(archive.join("archive.sqlite")).unwrap();
    database.execute("UPDATE archive SET confirm_after_s = 0", []).unwrap();
}

#[test]
fn an_article_whose_page_shows_another_story_twice_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let site = Site::new();
    site.put(SHARED, story("Le pont est ouvert", &BODY, None));
    front(&site, &[SHARED]);
    let server = site.serve();
    crawl(folder.path(), &server);
    confirm_at_once(folder.path());
    let next = story("La récolte commence", &OTHER, None).replace("mardi 23 décembre", "mercredi 24 décembre");
    site.put(SHARED, next);
    crawl(folder.path(), &server);
    let removals = "SELECT count(*) || ' ' || count(confirmed_at) FROM removal";
    assert_eq!(one::<String>(folder.path(), removals), "1 0", "one answer is not believed yet");
    crawl(folder.path(), &server);
    let told: String = one(
        folder.path(),
        "SELECT article_id || ' ' || first_status || ' ' || how || ' ' || new_article_id FROM removed",
    );
    assert_eq!(told, "1 200 replaced 2");
    let gone =
        "SELECT group_concat(article_id || ' ' || removed, ', ') FROM (SELECT * FROM latest ORDER BY article_id)";
    assert_eq!(one::<String>(folder.path(), gone), "1 1, 2 0");
    crawl(folder.path(), &server);
    assert_eq!(one::<String>(folder.path(), removals), "1 1", "what is believed is not judged again");
    assert_eq!(griot(folder.path(), &server, &["verify"]).status.code(), Some(0));
}

#[test]
fn an_article_with_one_page_reused_is_gone_when_its_other_page_is() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let site = Site::new();
    let canonical = "https://lessor.ml/posts/edition-du-jour";
    site.put(SHARED, story("Le pont est ouvert", &BODY, None));
    site.put("/imprimer/pont", story("Le pont est ouvert", &BODY, Some(canonical)));
    front(&site, &[SHARED, "/imprimer/pont"]);
    let server = site.serve();
    crawl(folder.path(), &server);
    confirm_at_once(folder.path());
    assert_eq!(one::<i64>(folder.path(), "SELECT count(*) FROM article"), 1);
    let next = story("La récolte commence", &OTHER, None).replace("mardi 23 décembre", "mercredi 24 décembre");
    site.put(SHARED, next);
    crawl(folder.path(), &server);
    crawl(folder.path(), &server);
    assert_eq!(one::<i64>(folder.path(), "SELECT count(*) FROM removal"), 0, "the print view stands");
    site.remove("/imprimer/pont");
    crawl(folder.path(), &server);
    crawl(folder.path(), &server);
    assert_eq!(one::<i64>(folder.path(), "SELECT article_id FROM removed"), 1);
}

#[test]
fn listings_before_a_page_was_reused_showed_the_old_article() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let site = Site::new();
    site.put(SHARED, story("Le pont est ouvert", &BODY, None));
    front(&site, &[SHARED]);
    let server = site.serve();
    crawl(folder.path(), &server);
    // No listing is known to have shown the new story: the front page is gone.
    let next = story("La récolte commence", &OTHER, None).replace("mardi 23 décembre", "mercredi 24 décembre");
    site.put(SHARED, next);
    site.remove("/");
    crawl(folder.path(), &server);
    let shown = "SELECT group_concat(day || ' ' || source || ' ' || articles, ', ') FROM coverage";
    assert_eq!(one::<String>(folder.path(), shown), "2025-12-23 front 1");
    // A listing that shows it before its page is asked for again shows the new one.
    front(&site, &[SHARED, "/posts/coton"]);
    crawl(folder.path(), &server);
    let days = "SELECT group_concat(day, ' ') FROM (SELECT day FROM coverage ORDER BY day)";
    assert_eq!(one::<String>(folder.path(), days), "2025-12-23 2025-12-24");
}

#[test]
fn another_story_of_the_same_day_is_held_until_a_later_visit_shows_it_again() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let site = Site::new();
    site.put(SHARED, story("Le pont est ouvert", &BODY, None));
    front(&site, &[SHARED]);
    let server = site.serve();
    crawl(folder.path(), &server);
    site.put(SHARED, story("La récolte commence", &OTHER, None));
    let doubtful = crawl(folder.path(), &server);
    assert_eq!((&doubtful["held"], &doubtful["new_articles"]), (&1.into(), &0.into()), "{doubtful}");
    assert_eq!(crawl(folder.path(), &server)["held"], 1, "no day has passed");
    assert_eq!(versions_of(folder.path()), ["1 first Le pont est ouvert"]);

    // A mistake of an hour: the article is back, and nothing happened to it.
    site.put(SHARED, story("Le pont est ouvert", &BODY, None));
    assert_eq!(crawl(folder.path(), &server)["new_versions"], 0);

    site.put(SHARED, story("La récolte commence", &OTHER, None));
    crawl(folder.path(), &server);
    let day = "UPDATE archive SET confirm_after_s = 0";
    rusqlite::Connection::open(folder.path().join("archive.sqlite")).unwrap().execute(day, []).unwrap();
    let confirmed = crawl(folder.path(), &server);
    assert_eq!((&confirmed["new_articles"], &confirmed["new_versions"]), (&1.into(), &0.into()), "{confirmed}");
    assert_eq!(versions_of(folder.path()), ["1 first Le pont est ouvert", "2 first La récolte commence"]);
    let sightings: i64 = one(folder.path(), "SELECT sightings FROM version WHERE article_id = 2");
    assert_eq!(sightings, 2, "the visit that was held counts for the new article");
    assert_eq!(one::<i64>(folder.path(), "SELECT count(*) FROM held"), 2, "those of the mistake stay");
}

#[test]
fn an_article_follows_a_redirect_for_good_and_is_removed_when_its_last_page_is() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let site = Site::new();
    site.put("/posts/avant", story("Le pont est ouvert", &BODY, None));
    site.put("/posts/coton", story("Le coton", &OTHER, None));
    front(&site, &["/posts/avant", "/posts/coton"]);
    let server = site.serve();
    crawl(folder.path(), &server);
    rusqlite::Connection::open(folder.path().join("archive.sqlite"))
        .unwrap()
        .execute("UPDATE archive SET confirm_after_s = 0", [])
        .unwrap();
    site.put_redirect("/posts/avant", 301, "/posts/apres");
    site.put("/posts/apres", story("Le pont est enfin ouvert", &BODY, None));
    let moved = crawl(folder.path(), &server);
    assert_eq!((&moved["new_articles"], &moved["new_versions"]), (&0.into(), &1.into()), "{moved}");
    assert_eq!(pages(folder.path())[0], tied("/posts/apres", "/posts/avant", "redirect"));

    // The new address alone counts: without it the article is gone, whatever the old one did before.
    site.remove("/posts/apres");
    crawl(folder.path(), &server);
    let gone = crawl(folder.path(), &server);
    assert_eq!(gone["removed"], 1, "{gone}");
    let removed: String = one(folder.path(), "SELECT url FROM removed WHERE returned_at IS NULL");
    assert!(removed.ends_with("/posts/avant"), "{removed}");
}

#[test]
fn a_page_that_leads_to_another_story_is_gone_in_all_but_name() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let site = Site::new();
    site.put("/posts/pont", story("Le pont est ouvert", &BODY, None));
    site.put("/posts/coton", story("Le coton", &OTHER, None));
    front(&site, &["/posts/pont", "/posts/coton"]);
    let server = site.serve();
    crawl(folder.path(), &server);
    site.put_redirect("/posts/pont", 301, "/posts/coton");
    crawl(folder.path(), &server);
    let said: String = one(
        folder.path(),
        "SELECT outcome || ': ' || reason FROM reading WHERE outcome = 'soft-gone' ORDER BY capture_id DESC LIMIT 1",
    );
    assert!(said.contains("leads to an article that tells another story"), "{said}");
    assert_eq!(pages(folder.path()).len(), 2);
}
