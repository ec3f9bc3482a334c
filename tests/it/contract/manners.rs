//! Sentences about what politeness must remember.

use griot::store::{Finished, PaceRow, RobotsRow, Store};

use super::Backend;
use super::crawl::Crawl;
use super::scene::{SITE, answer, hour, key, url};

const ORIGIN: &str = "https://journal.example";

fn says(rules: &str, from: i64, checked: i64) -> RobotsRow {
    RobotsRow {
        origin: ORIGIN.into(),
        checked_at: hour(checked),
        from_at: hour(from),
        access: "rules".into(),
        rules: rules.into(),
        state: format!("{{\"checked\":{checked}}}"),
    }
}

pub(crate) async fn robots_rules_keep_their_history(backend: &dyn Backend) {
    let store = &*backend.made().await;
    let crawl = Crawl::begin(store).await;
    assert_eq!(store.robots(ORIGIN.into()).await.unwrap(), None);
    let (page, _) = store.page(SITE.into(), key("robots.txt"), url("robots.txt")).await.unwrap();
    let (open, shut) = ("Allow: /", "Disallow: /");
    // The third day's text is the first one's: it stands since the third day all the same.
    let seen = [(open, 0, 0), (open, 0, 1), (shut, 2, 2), (shut, 2, 3), (open, 4, 4)];
    for (rules, from, checked) in seen {
        let row = says(rules, from, checked);
        let finished = Finished { robots: Some(row.clone()), ..answer(page, "robots.txt", hour(checked)).1 };
        crawl.record(finished).await.unwrap();
        assert_eq!(store.robots(ORIGIN.into()).await.unwrap(), Some(row));
    }
    let intervals = "SELECT substr(from_at, 12, 2), substr(until_at, 12, 2), substr(checked_at, 12, 2), rules
                     FROM robots ORDER BY from_at";
    assert_eq!(backend.rows(intervals).await, ["08 10 09 Allow: /", "10 12 11 Disallow: /", "12 - 12 Allow: /"]);
    assert_eq!(store.robots("https://www.journal.example".into()).await.unwrap(), None, "another origin has its own");
}

pub(crate) async fn a_pace_is_what_was_kept_last(store: &dyn Store) {
    let crawl = Crawl::begin(store).await;
    let pace =
        |name: &str, hours, state: &str| PaceRow { name: name.into(), next_allowed: hour(hours), state: state.into() };
    assert_eq!(store.pace(SITE.into()).await.unwrap(), None);
    store.keep_pace(pace("autre", 1, "{}")).await.unwrap();
    store.keep_pace(pace(SITE, 9, "{\"penalty\":4}")).await.unwrap();

    let eased = pace(SITE, 3, "{\"penalty\":1}");
    let page = crawl.page("story").await;
    crawl.record(Finished { pace: Some(eased.clone()), ..answer(page, "story", hour(2)).1 }).await.unwrap();
    assert_eq!(store.pace(SITE.into()).await.unwrap(), Some(eased), "a visit's, though it allows more");
    crawl.record(answer(page, "story", hour(3)).1).await.unwrap();
    let stopped = pace(SITE, 50, "{}");
    store.keep_pace(stopped.clone()).await.unwrap();
    assert_eq!(store.pace(SITE.into()).await.unwrap(), Some(stopped));
    assert_eq!(store.pace("autre".into()).await.unwrap(), Some(pace("autre", 1, "{}")));
}
