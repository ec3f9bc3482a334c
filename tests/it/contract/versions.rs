//! Sentences about an article's history: what makes a version, and who may write one.

use std::collections::BTreeSet;

use griot::model::article::Text;
use griot::model::timeline::{CONFIRM_AFTER, Shows, fold};
use griot::store::{Claim, Finished, Judged, PageId, Rejudged, Reread, RulesId, StoreError};

use super::Backend;
use super::crawl::{Crawl, EXTRACTOR, reading};
use super::scene::{SITE, hour, text};

/// Each version: why it began, its text, since when, until when, and how many captures show it.
async fn versions(backend: &dyn Backend) -> Vec<String> {
    let sql = "SELECT cause, text_digest, substr(first_seen_at, 12, 2), substr(last_seen_at, 12, 2), sightings
               FROM version ORDER BY article_id, number";
    backend.rows(sql).await
}

pub(crate) async fn a_history_that_moved_is_refused_and_nothing_of_it_is_written(backend: &dyn Backend) {
    let store = &*backend.made().await;
    let crawl = Crawl::begin(store).await;
    let page = crawl.page("story").await;
    crawl.record(crawl.shows(page, "story", hour(1), &text("Un.")).await).await.unwrap();
    let judged_at_once = store.history(page).await.unwrap();
    let [one, other] = ["Deux.", "Trois."].map(text);
    crawl.record(crawl.judged(&judged_at_once, page, ("story", hour(2)), &one)).await.unwrap();

    let before = backend.everything().await;
    let late = crawl.record(crawl.judged(&judged_at_once, page, ("story", hour(3)), &other)).await;
    assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    let article = judged_at_once.article.unwrap();
    let past = fold(&judged_at_once.sightings, CONFIRM_AFTER);
    let past = Rejudged { timeline: past, reread: Vec::new(), at: hour(3) };
    let late = store.rejudge(article, judged_at_once.sightings.len(), past).await;
    assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    assert_eq!(backend.written_since(&before).await, [""; 0]);
    assert_eq!(store.text(other.digest()).await.unwrap(), None);

    crawl.record(crawl.shows(page, "story", hour(3), &other).await).await.unwrap();
    assert_eq!(store.text(other.digest()).await.unwrap(), Some(other), "judged again, it is written");
}

pub(crate) async fn an_article_begins_once(backend: &dyn Backend) {
    let store = &*backend.made().await;
    let crawl = Crawl::begin(store).await;
    let pages = [("story", crawl.page("story").await), ("print", crawl.page("print").await)];
    let begun = async |(name, page): (&str, PageId), hours| {
        let finished = crawl.shows(page, name, hour(hours), &text("Un.")).await;
        let judged = finished.judged.clone().map(|judged| Judged { ident: Some("694a5b32".into()), ..judged });
        Finished { judged, ..finished }
    };
    let finished = [begun(pages[0], 1).await, begun(pages[0], 2).await, begun(pages[1], 3).await];
    let [first, same_page, same_id] = finished;
    crawl.record(first).await.unwrap();
    let before = backend.everything().await;
    for late in [same_page, same_id] {
        let late = crawl.record(late).await;
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    }
    assert_eq!(backend.written_since(&before).await, [""; 0]);
    let claim = Claim::Id { site: SITE.into(), id: "694a5b32".into() };
    let article = store.article_of(claim).await.unwrap();
    assert_eq!(article, store.history(pages[0].1).await.unwrap().article);
    assert!(article.is_some() && store.history(pages[1].1).await.unwrap().article.is_none());
}

pub(crate) async fn the_same_text_makes_no_version(backend: &dyn Backend) {
    let store = &*backend.made().await;
    let crawl = Crawl::begin(store).await;
    let page = crawl.page("story").await;
    let story = text("Un.");
    for hours in 1..=3 {
        let recorded = crawl.record(crawl.shows(page, "story", hour(hours), &story).await).await.unwrap();
        assert_eq!(recorded.versions, 1);
    }
    assert_eq!(versions(backend).await, [format!("first {} 09 11 3", story.digest())]);
    assert_eq!(backend.rows("SELECT count(*), count(version_id) FROM reading").await, ["3 3"]);
    assert_eq!(backend.rows("SELECT count(*) FROM text").await, ["1"], "a text is kept once");
    assert_eq!(backend.rows("SELECT name FROM author").await, ["Awa Traoré"]);
    assert_eq!(store.text(story.digest()).await.unwrap(), Some(story));
}

pub(crate) async fn a_text_that_comes_back_is_a_third_version(backend: &dyn Backend) {
    let store = &*backend.made().await;
    let crawl = Crawl::begin(store).await;
    let page = crawl.page("story").await;
    let [a, b] = ["Un.", "Deux."].map(text);
    for (hours, shown) in (1..).zip([&a, &b, &a]) {
        crawl.record(crawl.shows(page, "story", hour(hours), shown).await).await.unwrap();
    }
    let (a, b) = (a.digest(), b.digest());
    let three = [format!("first {a} 09 09 1"), format!("edited {b} 10 10 1"), format!("restored {a} 11 11 1")];
    assert_eq!(versions(backend).await, three);
    let after = "SELECT changed_after FROM version ORDER BY number";
    assert_eq!(backend.rows(after).await, ["-", "2027-03-01T09:00:00.000Z", "2027-03-01T10:00:00.000Z"]);
    let shows = "SELECT v.number FROM reading r JOIN version v ON v.id = r.version_id ORDER BY r.capture_id";
    assert_eq!(backend.rows(shows).await, ["1", "2", "3"], "each capture shows its own");
    assert_eq!(backend.rows("SELECT count(*) FROM search WHERE search MATCH 'rouvre'").await, ["3"]);
}

pub(crate) async fn a_title_of_many_texts_is_learnt_as_a_name_once(backend: &dyn Backend) {
    let store = &*backend.made().await;
    let crawl = Crawl::begin(store).await;
    let mut titled = BTreeSet::new();
    for (name, at) in ["un", "deux", "trois", "quatre"].into_iter().zip((1..=4).map(hour)) {
        assert!(store.learn_names(SITE.into(), at).await.unwrap().is_empty(), "before {name}");
        let title = if name == "deux" { "La récolte commence" } else { "Le Journal" };
        let page = crawl.page(name).await;
        let text = Text { title: title.into(), ..text(name) };
        crawl.record(crawl.shows(page, name, at, &text).await).await.unwrap();
        if name != "deux" {
            titled.insert(store.history(page).await.unwrap().article.unwrap());
        }
    }
    assert!(store.learn_names("autre".into(), hour(5)).await.unwrap().is_empty(), "they are another site's");
    let learnt = store.learn_names(SITE.into(), hour(5)).await.unwrap();
    assert_eq!(learnt.into_iter().collect::<BTreeSet<_>>(), titled);
    assert_eq!(store.names(SITE.into()).await.unwrap(), ["Le Journal"]);
    assert!(store.learn_names(SITE.into(), hour(6)).await.unwrap().is_empty(), "it is known");
    let kept = backend.rows("SELECT site, name, learnt_at FROM site_name").await;
    assert_eq!(kept, ["journal Le Journal 2027-03-01T13:00:00.000Z"]);
}

pub(crate) async fn a_superseded_digest_still_resolves(backend: &dyn Backend) {
    let store = &*backend.made().await;
    let crawl = Crawl::begin(store).await;
    let page = crawl.page("story").await;
    let [former, now] = ["Un. Lire aussi.", "Un."].map(text);
    let first = crawl.record(crawl.shows(page, "story", hour(1), &former).await).await.unwrap().capture.unwrap();
    let second = crawl.record(crawl.shows(page, "story", hour(2), &former).await).await.unwrap().capture.unwrap();

    let rules = store.keep_rules(SITE.into(), "sha256:two".into(), "name = \"two\"".into(), hour(3)).await.unwrap();
    let mut history = store.history(page).await.unwrap();
    let article = history.article.unwrap();
    let waiting = store.old_readings(article, rules, EXTRACTOR.into()).await.unwrap();
    assert_eq!(waiting.iter().map(|old| old.capture).collect::<Vec<_>>(), [first, second]);
    for sighting in &mut history.sightings {
        let Shows::Text(shown) = &mut sighting.shows else { panic!("{sighting:?}") };
        (shown.digest, shown.length) = (now.digest(), now.length());
        shown.rules = RulesId::name(Some(rules), EXTRACTOR);
    }
    let mended = Crawl { rules, ..crawl };
    let mut finished = mended.judged(&history, page, ("story", hour(3)), &now);
    let reread = Reread { capture: first, speaks_for: vec![second], reading: reading(rules, &now) };
    finished.judged.as_mut().unwrap().reread = vec![reread];
    mended.record(finished).await.unwrap();

    assert_eq!(versions(backend).await, [format!("first {} 09 11 3", now.digest())], "no edit is claimed");
    assert!(store.old_readings(article, rules, EXTRACTOR.into()).await.unwrap().is_empty());
    let resolved = [(former.digest(), now.digest())];
    assert_eq!(backend.reader().await.superseded(article).unwrap(), resolved);
    assert_eq!(store.text(former.digest()).await.unwrap(), Some(former));
}
