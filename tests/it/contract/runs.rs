//! Sentences about the archive itself, its runs, and what they leave for a person.

use griot::model::timeline::CONFIRM_AFTER;
use griot::store::{Concern, Store};
use jiff::SignedDuration;

use super::Backend;
use super::crawl::start;
use super::scene::{SITE, answer, candidate, hour, key, url};

pub(crate) async fn a_run_without_an_end_was_killed(store: &dyn Store) {
    let begin = async |hours| store.begin_run(start(hour(hours))).await.unwrap();
    let first = begin(0).await;
    assert_eq!(first.killed_at, None);
    store.end_run(first.id, hour(1), "nothing is due".into(), Vec::new()).await.unwrap();
    let second = begin(2).await;
    assert_eq!(second.killed_at, None, "the first came to its end");
    let third = begin(5).await;
    assert_eq!(third.killed_at, Some(hour(5)), "the second did not; it is found so now");
    assert!(first.id < second.id && second.id < third.id);
    store.end_run(third.id, hour(6), "nothing is due".into(), Vec::new()).await.unwrap();
    assert_eq!(begin(7).await.killed_at, Some(hour(5)), "the latest that was");
}

fn concern(site: &str, kind: &str) -> Concern {
    Concern { site: site.into(), kind: kind.into(), words: format!("{site}: {kind}"), runs: 0 }
}

/// A run that asks for a page of a site and leaves these; says for how many runs in a row each has lasted.
async fn run(store: &dyn Store, hours: i64, site: &str, found: Vec<Concern>) -> Vec<u32> {
    let run = store.begin_run(start(hour(hours))).await.unwrap().id;
    let (page, _) = store.page(site.into(), key(site), url(site)).await.unwrap();
    store.record(run, vec![answer(page, site, hour(hours)).1]).await.unwrap();
    let kept = store.end_run(run, hour(hours), "nothing is due".into(), found.clone()).await.unwrap();
    assert!(kept.iter().zip(&found).all(|(kept, found)| kept.words == found.words), "{kept:?}");
    kept.iter().map(|concern| concern.runs).collect()
}

pub(crate) async fn concerns_are_counted_by_runs_in_a_row(store: &dyn Store) {
    let closed = || vec![concern(SITE, "closed")];
    assert_eq!(run(store, 1, SITE, closed()).await, [1]);
    assert_eq!(run(store, 2, SITE, closed()).await, [2]);
    assert_eq!(run(store, 3, "autre", Vec::new()).await, [0; 0]);
    let more = vec![concern(SITE, "closed"), concern(SITE, "silent"), concern("autre", "closed")];
    assert_eq!(run(store, 4, SITE, more).await, [3, 1, 1], "a run of another site ends no row; each is its own");
    assert_eq!(run(store, 5, SITE, vec![concern(SITE, "silent")]).await, [2]);
    assert_eq!(run(store, 6, SITE, closed()).await, [1], "its row had ended");
}

pub(crate) async fn the_time_of_confirmation_is_kept_from_the_making(backend: &dyn Backend) {
    let made = backend.made().await;
    let first = made.identity().await.unwrap();
    assert_eq!((first.created_at, first.confirm_after), (hour(0), CONFIRM_AFTER));
    made.enqueue(vec![candidate("story")]).await.unwrap();
    drop(made);

    let opened = backend.open(hour(9), SignedDuration::from_mins(1)).await;
    let again = opened.identity().await.unwrap();
    assert_eq!((again.uuid, again.created_at, again.confirm_after), (first.uuid, hour(0), CONFIRM_AFTER));
    assert_eq!(opened.unknown(vec![key("story")]).await.unwrap(), 0);
}

pub(crate) async fn rules_are_kept_once_by_digest(backend: &dyn Backend) {
    let store = &*backend.made().await;
    let keep = async |site: &str, digest: &str, hours| {
        let toml = format!("name = \"{site} {digest}\"");
        store.keep_rules(site.into(), digest.into(), toml, hour(hours)).await.unwrap()
    };
    let first = keep(SITE, "a", 1).await;
    let second = keep(SITE, "b", 2).await;
    assert_eq!(keep(SITE, "a", 3).await, first);
    let other = keep("autre", "a", 4).await;
    assert_eq!((keep(SITE, "a", 5).await, keep("autre", "a", 6).await), (first, other));
    assert!(first != second && first != other && second != other, "{first:?} {second:?} {other:?}");
    let kept = "SELECT site, digest, substr(first_used_at, 12, 2), toml FROM rules ORDER BY first_used_at";
    let rows =
        ["journal a 09 name = \"journal a\"", "journal b 10 name = \"journal b\"", "autre a 12 name = \"autre a\""];
    assert_eq!(backend.rows(kept).await, rows);
}
