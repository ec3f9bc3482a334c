//! Sentences about what waits, and for whom it is the turn.

use std::collections::HashSet;

use griot::store::{Candidate, Class, Pattern, Selection, Step, Store, Wanted, Yielded};
use jiff::Timestamp;

use super::crawl::{Crawl, again};
use super::scene::{SITE, answer, candidate, hour, key, url};

const ALL: Selection = Selection { revisits: true, since: None, until: None };

/// Whatever of the newspaper is due by then.
pub(crate) fn wanted(now: Timestamp) -> Wanted {
    Wanted { sites: vec![SITE.into()], now, selection: ALL, bands: vec![i64::MIN..=i64::MAX], taken: HashSet::new() }
}

/// All that is handed out, in order.
async fn handed_out(store: &dyn Store, mut wanted: Wanted) -> Vec<String> {
    let mut names = Vec::new();
    while let Some(due) = store.next(wanted.clone()).await.unwrap() {
        assert!(wanted.taken.insert(due.page), "{due:?} is under way already");
        names.push(due.url.path().trim_start_matches('/').to_owned());
    }
    names
}

pub(crate) async fn a_page_enqueued_twice_is_one_page(store: &dyn Store) {
    let page = |name, place| Candidate { place, ..candidate(name) };
    assert_eq!(store.enqueue(vec![page("first", 5), page("first", 5)]).await.unwrap(), 1);
    assert_eq!(store.enqueue(vec![page("second", 7)]).await.unwrap(), 1);
    let (id, _) = store.page(SITE.into(), key("first"), url("first")).await.unwrap();

    let elsewhere = Candidate { url: url("first?seen=elsewhere"), place: 9, due_at: hour(50), ..candidate("first") };
    assert_eq!(store.enqueue(vec![elsewhere]).await.unwrap(), 0, "known by its key, whatever its URL");
    assert_eq!(store.unknown(vec![key("first"), key("second"), key("third")]).await.unwrap(), 1);

    assert_eq!(store.page(SITE.into(), key("first"), url("other")).await.unwrap().0, id);
    let first = store.next(wanted(hour(1))).await.unwrap().unwrap();
    assert_eq!((first.page, first.url), (id, url("first")), "and keeps its place, its URL and its turn");
    assert_eq!(handed_out(store, wanted(hour(1))).await, ["first", "second"]);
}

pub(crate) async fn next_hands_out_the_best_page_that_is_due_and_none_that_is_not(store: &dyn Store) {
    let page = |name, place, due| Candidate { place, due_at: hour(due), ..candidate(name) };
    let other_site = Candidate { site: "autre".into(), ..page("autre", -5, 0) };
    let revisit = Candidate { class: Class::Revisit, ..page("again", 2, 0) };
    let found = vec![page("late", -9, 11), other_site, page("third", 3, 0), page("first", 1, 10), revisit];
    store.enqueue(found).await.unwrap();

    assert_eq!(handed_out(store, wanted(hour(10))).await, ["first", "again", "third"], "the smallest place first");
    assert_eq!(handed_out(store, wanted(hour(9))).await, ["again", "third"]);
    assert_eq!(handed_out(store, wanted(hour(-1))).await, [""; 0]);
    let new = Wanted { selection: Selection { revisits: false, ..ALL }, ..wanted(hour(11)) };
    assert_eq!(handed_out(store, new).await, ["late", "first", "third"]);
    let banded = Wanted { bands: vec![2..=i64::MAX, i64::MIN..=0], ..wanted(hour(11)) };
    assert_eq!(handed_out(store, banded).await, ["again", "third", "late"], "the preferred range first");

    let due = |now| store.next_due(vec![SITE.into()], ALL, now);
    assert_eq!(due(hour(0)).await.unwrap(), Some(hour(10)));
    assert_eq!(due(hour(10)).await.unwrap(), Some(hour(11)));
    assert_eq!(due(hour(11)).await.unwrap(), None);
}

pub(crate) async fn make_due_spares_what_is_in_back_off_or_was_never_had(store: &dyn Store) {
    let crawl = Crawl::begin(store).await;
    let later = Some(hour(100));
    let steps = [
        ("had", again("had", later)),
        ("failing", Step { attempts: 2, ..again("failing", later) }),
        ("new", Step { class: Class::New, ..again("new", later) }),
        ("ended", again("ended", None)),
    ];
    for (hours, (name, step)) in (1..).zip(steps) {
        let mut finished = answer(crawl.page(name).await, name, hour(hours)).1;
        finished.step = Some(step);
        crawl.record(finished).await.unwrap();
    }
    let other = Candidate { site: "autre".into(), class: Class::Revisit, due_at: hour(100), ..candidate("autre") };
    store.enqueue(vec![other]).await.unwrap();
    assert_eq!(handed_out(store, wanted(hour(10))).await, [""; 0]);

    store.make_due(vec![SITE.into()], hour(10)).await.unwrap();
    let everywhere = |now| Wanted { sites: vec![SITE.into(), "autre".into()], ..wanted(now) };
    assert_eq!(handed_out(store, everywhere(hour(10))).await, ["had"]);
    let mut rest = handed_out(store, everywhere(hour(100))).await;
    rest.sort();
    assert_eq!(rest, ["autre", "failing", "had", "new"], "what ended does not begin again");
}

pub(crate) async fn a_pattern_is_left_alone_by_one_worker_only(store: &dyn Store) {
    let crawl = Crawl::begin(store).await;
    let shaped = |name, due| Candidate { shape: Some("/agenda/#".into()), due_at: hour(due), ..candidate(name) };
    store.enqueue(vec![shaped("agenda/1", 0), shaped("agenda/2", 0), candidate("news")]).await.unwrap();
    let pattern = Pattern { site: SITE.into(), class: Class::New, shape: "/agenda/#".into() };
    let (page, _) = store.page(SITE.into(), key("agenda/1"), url("agenda/1")).await.unwrap();
    let mut barren = answer(page, "agenda/1", hour(1)).1;
    barren.step = Some(again("agenda/1", None));
    barren.yielded = Some(Yielded { pattern: pattern.clone(), new_article: false });
    assert_eq!(crawl.record(barren).await.unwrap().pattern, Some((1, 0)));

    let leave = |until| store.leave_alone(pattern.clone(), 0, hour(until), "barren".into());
    assert!(leave(50).await.unwrap());
    assert!(!leave(70).await.unwrap(), "another worker was faster");
    store.enqueue(vec![shaped("agenda/3", 2)]).await.unwrap();
    assert_eq!(handed_out(store, wanted(hour(49))).await, ["news"], "those found later wait too");
    assert_eq!(handed_out(store, wanted(hour(50))).await.len(), 3, "until the first worker's instant");
}
