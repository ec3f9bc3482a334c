//! Sentences about WARC files, and about records that a crash left without their rows.

use griot::model::reading::{Outcome, Role};
use griot::store::{
    Adopted, Capture, CaptureKind, ClosedFile, Fact, Finished, NewReading, Store, StoreError, Unread, WarcFile,
};
use uuid::Uuid;

use super::crawl::{Crawl, reading, start};
use super::scene::{RECORD, SITE, WARC, answer, capture, finished, hour, key, record, text, visit};

/// Where the record of an hour ends.
fn end(hours: u64) -> u64 {
    hours * 3600 * RECORD + RECORD
}

pub(crate) async fn a_file_is_closed_at_the_length_that_rows_answer_for_or_not_at_all(store: &dyn Store) {
    let crawl = Crawl::begin(store).await;
    let page = crawl.page("story").await;
    // Two visits at once need not be saved in the order of their records.
    for hours in [2, 1] {
        crawl.record(answer(page, "story", hour(hours)).1).await.unwrap();
    }
    let file = |closed| vec![WarcFile { name: WARC.into(), committed_length: end(2), closed, created_at: hour(2) }];
    assert_eq!(store.warc_files().await.unwrap(), file(false));

    let at = |name: &str, length| ClosedFile { name: name.into(), length, sha256: "sha256:whole".into() };
    for wrong in [at(WARC, end(2) - 1), at(WARC, end(2) + 1), at(WARC, end(1)), at("another.warc.gz", end(2))] {
        let refused = store.close_warc_file(wrong, hour(3)).await;
        assert!(matches!(refused, Err(StoreError::Damaged(_))), "{refused:?}");
    }
    assert_eq!(store.warc_files().await.unwrap(), file(false));
    store.close_warc_file(at(WARC, end(2)), hour(3)).await.unwrap();
    assert_eq!(store.warc_files().await.unwrap(), file(true));
}

/// A record that a crash left, of a run that is known.
fn adopted(run: Uuid, name: &str, hours: i64, capture: Capture) -> Adopted {
    let kind = if capture.kind == CaptureKind::Response { "response" } else { "revisit" };
    Adopted::Visit {
        run,
        key: key(name),
        site: SITE.into(),
        visit: visit(name, hour(hours)),
        record: record(capture.record_id, kind, hour(hours)),
        capture,
        headers: None,
    }
}

pub(crate) async fn adopted_facts_wait_until_they_are_read(store: &dyn Store) {
    let crawl = Crawl::begin(store).await;
    let run = start(hour(0));
    let id = store.begin_run(run.clone()).await.unwrap().id;
    let page = crawl.page("story").await;
    let body = Uuid::new_v4();
    let repeat = Capture { kind: CaptureKind::IdenticalPayload, refers_to: Some(body), ..capture(Uuid::new_v4()) };
    let records = vec![
        Adopted::Bare { record: record(Uuid::new_v4(), "warcinfo", hour(0)), at: hour(0) },
        adopted(run.uuid, "story", 2, capture(body)),
        adopted(run.uuid, "robots.txt", 1, capture(Uuid::new_v4())),
        adopted(run.uuid, "story", 3, repeat),
    ];
    store.adopt(records).await.unwrap();

    let waiting = store.unread().await.unwrap();
    let names: Vec<&str> = waiting.iter().map(|unread| unread.page.1.path()).collect();
    assert_eq!(names, ["/robots.txt", "/story", "/story"], "oldest first");
    let [robots, first, again] = <[Unread; 3]>::try_from(waiting).unwrap();
    assert!(robots.due.is_none(), "no place in the frontier");
    assert_eq!(first.due.map(|due| due.page), Some(page));
    assert_eq!((first.repeats, again.repeats), (None, Some((first.capture, 200))));
    assert_eq!(store.locate(again.capture).await.unwrap(), Some(first.location));
    assert_eq!(store.last_visit().await.unwrap(), Some(hour(3)));
    assert_eq!(store.warc_files().await.unwrap()[0].committed_length, end(3));
    assert_eq!(store.tally(id, SITE.into(), 1).await.unwrap().requests, 3, "of the run that made them");

    let rules =
        NewReading { role: Role::Robots, outcome: Outcome::Rules, text: None, ..reading(crawl.rules, &text("")) };
    let read = Finished { reading: Some(rules), ..finished(robots.page.0, Fact::Known(robots.capture)) };
    assert_eq!(crawl.record(read).await.unwrap().capture, Some(robots.capture));
    let left: Vec<_> = store.unread().await.unwrap().iter().map(|unread| unread.capture).collect();
    assert_eq!(left, [first.capture, again.capture]);
    assert_eq!(store.reading_of(robots.capture).await.unwrap().unwrap().outcome, Outcome::Rules);
    assert!(store.reading_of(first.capture).await.unwrap().is_none());
    assert_eq!(store.tally(id, SITE.into(), 1).await.unwrap().requests, 3, "reading is no visit");
}

pub(crate) async fn records_are_adopted_together_or_not_at_all(store: &dyn Store) {
    let run = start(hour(0));
    store.begin_run(run.clone()).await.unwrap();
    let [one, other] = [1, 2].map(|hours| adopted(run.uuid, "story", hours, capture(Uuid::new_v4())));
    assert!(store.adopt(vec![one.clone(), other.clone(), one.clone()]).await.is_err(), "a record has one row");
    assert!(store.unread().await.unwrap().is_empty() && store.warc_files().await.unwrap().is_empty());
    assert_eq!(store.last_visit().await.unwrap(), None);
    store.adopt(vec![one, other]).await.unwrap();
    assert_eq!(store.unread().await.unwrap().len(), 2);
}
