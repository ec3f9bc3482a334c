//! Sentences about finished visits: what is written with them, and what is not.

use griot::model::answer::Validators;
use griot::model::link::Source;
use griot::store::{
    Candidate, Capture, CaptureKind, Class, Fact, Finished, PaceRow, PageId, Pattern, RobotsRow, SightingRow, Step,
    Store, StoreError, Yielded,
};
use uuid::Uuid;

use super::Backend;
use super::crawl::{Crawl, again};
use super::frontier::wanted;
use super::scene::{SITE, answer, candidate, capture, finished, hour, key, record, text, url, visit};

/// A visit from which everything follows that can follow from one.
async fn eventful(crawl: &Crawl<'_>, page: PageId, hours: i64) -> Finished {
    let found = Candidate { due_at: hour(hours), ..candidate(&format!("found-{hours}")) };
    let pattern = Pattern { site: SITE.into(), class: Class::New, shape: "/#".into() };
    let (origin, access) = ("https://journal.example".to_owned(), "rules".to_owned());
    Finished {
        found: vec![(found, SightingRow { rank: 0, title: Some("Le bac".into()), date_hint: None })],
        yielded: Some(Yielded { pattern, new_article: false }),
        step: Some(Step { changed: true, accepted: true, ..again("story", Some(hour(100))) }),
        pace: Some(PaceRow { name: SITE.into(), next_allowed: hour(hours), state: "{}".into() }),
        robots: Some(RobotsRow {
            origin,
            access,
            checked_at: hour(hours),
            from_at: hour(hours),
            rules: String::new(),
            state: "{}".into(),
        }),
        ..crawl.shows(page, "story", hour(hours), &text("Version.")).await
    }
}

pub(crate) async fn visits_that_fail_together_leave_nothing(backend: &dyn Backend) {
    let store = &*backend.made().await;
    let crawl = Crawl::begin(store).await;
    let page = crawl.page("story").await;
    // Both say that the article begins with them: the second fails when all of the first is written.
    let both = vec![eventful(&crawl, page, 1).await, eventful(&crawl, page, 2).await];
    let before = backend.everything().await;
    let failed = store.record(crawl.run, both.clone()).await;
    assert!(matches!(failed, Err(StoreError::Stale)), "{failed:?}");
    assert_eq!(backend.written_since(&before).await, [""; 0]);
    assert_eq!(store.unknown(vec![key("story"), key("found-1"), key("found-2")]).await.unwrap(), 2);
    assert_eq!((store.last_visit().await.unwrap(), store.warc_files().await.unwrap().len()), (None, 0));
    assert!(store.pace(SITE.into()).await.unwrap().is_none() && store.history(page).await.unwrap().article.is_none());
    let waits = store.next(wanted(hour(2))).await.unwrap().unwrap();
    assert_eq!((waits.page, waits.class, waits.changed_at), (page, Class::New, None), "its turn is still to come");

    // The first alone is written whole, as if nothing had been tried.
    let recorded = crawl.record(both[0].clone()).await.unwrap();
    assert_eq!((recorded.new_pages, recorded.versions, recorded.pattern), (1, 1, Some((1, 0))));
    for table in [
        "visit",
        "capture",
        "warc_record",
        "warc_file",
        "reading",
        "text",
        "article",
        "page_article",
        "version",
        "author",
        "sighting",
        "robots",
    ] {
        assert_eq!(backend.rows(&format!("SELECT count(*) FROM {table}")).await, ["1"], "{table}");
    }
    assert_eq!(store.pace(SITE.into()).await.unwrap().map(|pace| pace.next_allowed), Some(hour(1)));
    assert_eq!(store.unknown(vec![key("found-1"), key("found-2")]).await.unwrap(), 1);
    let waits = store.next(wanted(hour(100))).await.unwrap().unwrap();
    assert_eq!((waits.page, waits.class, waits.changed_at), (page, Class::Revisit, Some(hour(1))));
    assert_eq!(waits.accepted.map(|payload| payload.capture), recorded.capture);
}

/// An answer without new bytes: the record that holds them is another.
fn repeat(page: PageId, hours: i64, kind: CaptureKind, of: Uuid, etag: Option<&str>) -> Finished {
    let id = Uuid::new_v4();
    let repeated = Capture {
        kind,
        payload_digest: (kind == CaptureKind::IdenticalPayload).then(|| format!("sha256:{}", of.simple())),
        refers_to: Some(of),
        validators: Validators { etag: etag.map(str::to_owned), last_modified: None },
        ..capture(id)
    };
    let records = vec![record(id, "revisit", hour(hours))];
    let fact = Fact::Fresh { visit: visit("story", hour(hours)), capture: Some(repeated), records };
    Finished { step: Some(Step { accepted: true, ..again("story", Some(hour(hours))) }), ..finished(page, fact) }
}

pub(crate) async fn a_repeated_capture_points_to_the_record_that_holds_the_body(store: &dyn Store) {
    let crawl = Crawl::begin(store).await;
    let page = crawl.page("story").await;
    let body = Uuid::new_v4();
    let first = Capture { validators: Validators { etag: Some("\"1\"".into()), last_modified: None }, ..capture(body) };
    let there = record(body, "response", hour(1));
    let fact = Fact::Fresh { visit: visit("story", hour(1)), capture: Some(first), records: vec![there.clone()] };
    let holder = crawl.record(finished(page, fact)).await.unwrap().capture.unwrap();

    let identical = repeat(page, 2, CaptureKind::IdenticalPayload, body, Some("\"2\""));
    let identical = crawl.record(identical).await.unwrap().capture.unwrap();
    let accepted = store.next(wanted(hour(2))).await.unwrap().unwrap().accepted.unwrap();
    assert_eq!((accepted.capture, accepted.record_id), (holder, body));
    assert_eq!(accepted.validators.etag.as_deref(), Some("\"2\""), "those of the answer that showed it last");
    let unchanged = crawl.record(repeat(page, 3, CaptureKind::NotModified, body, None)).await.unwrap().capture.unwrap();
    for capture in [holder, identical, unchanged] {
        assert_eq!(store.locate(capture).await.unwrap().as_ref(), Some(&there.location));
    }
    let (_, payload) = store.page(SITE.into(), key("story"), url("story")).await.unwrap();
    let payload = payload.unwrap();
    assert_eq!((payload.capture, payload.record_id, payload.captured_at), (holder, body, hour(1)));
    assert_eq!(payload.digest, format!("sha256:{}", body.simple()));
}

pub(crate) async fn later_parts_lead_back_to_part_one_as_long_as_it_leads_to_them(store: &dyn Store) {
    let crawl = Crawl::begin(store).await;
    let one = crawl.page("story").await;
    let leading = |page: PageId, name: &str, at: i64, next: &str, source: Source| {
        let to = Candidate { source, ..candidate(next) };
        let found = vec![(to, SightingRow { rank: 0, title: None, date_hint: None })];
        Finished { found, ..answer(page, name, hour(at)).1 }
    };
    crawl.record(leading(one, "story", 1, "moved", Source::Part)).await.unwrap();
    let moved = crawl.page("moved").await;
    crawl.record(leading(moved, "moved", 2, "two", Source::Redirect)).await.unwrap();
    let two = crawl.page("two").await;
    crawl.record(leading(two, "two", 3, "three", Source::Part)).await.unwrap();
    let three = crawl.page("three").await;
    crawl.record(leading(one, "story", 4, "three", Source::Article)).await.unwrap();

    let keys = async |page, at| {
        let before = store.parts_before(page, hour(at)).await.unwrap();
        let keys: Vec<String> = before.parts.iter().map(|part| part.key.as_str().to_owned()).collect();
        (keys, before.orphan)
    };
    let told = |names: &[&str]| names.iter().map(|name| key(name).as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(keys(one, 9).await, (Vec::new(), false), "it is part one itself");
    assert_eq!(keys(three, 2).await, (Vec::new(), false), "nothing led to it yet");
    assert_eq!(keys(three, 3).await, (told(&["story", "two"]), false), "a redirect between parts is no part");
    let parts = store.parts_before(three, hour(3)).await.unwrap().parts;
    assert_eq!(
        (parts[1].page, parts[1].captured_at, &parts[1].location),
        (two, hour(3), &record(Uuid::new_v4(), "", hour(3)).location)
    );
    assert_eq!(keys(three, 4).await, (Vec::new(), true), "part one was seen again and goes on no more");
    crawl.record(leading(one, "story", 5, "moved", Source::Part)).await.unwrap();
    assert_eq!(keys(three, 5).await, (told(&["story", "two"]), false));
}
