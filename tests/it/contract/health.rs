//! Sentences about how pages were read: a site's memory, and what is set aside because of it.

use griot::model::health::{Sign, Signs, Standing};
use griot::model::reading::Outcome;
use griot::store::{Doubted, Finished, Marked, NewReading, PageId, Store, WayOfReading};

use super::Backend;
use super::crawl::{Crawl, EXTRACTOR};
use super::scene::{SITE, hour, text};

/// A reading of a page whose signs are told by one word.
async fn marked(crawl: &Crawl<'_>, (page, name): (PageId, &str), hours: i64, word: &str, standing: Standing) {
    let field = Sign { field: "body".into(), found: true, length: 900, witness: Some(910), agrees: Some(true) };
    let signs = Signs { fields: vec![field], title: None, body: Some(word.into()), face: word.into() };
    let doubt = (!standing.is_good()).then(|| "it is odd".to_owned());
    let finished = crawl.shows(page, name, hour(hours), &text(word)).await;
    let reading = finished.reading.map(|reading| NewReading {
        outcome: if standing.is_good() { Outcome::Article } else { Outcome::ExtractionFailed },
        signs: Some(Box::new(Marked { signs, doubt, standing })),
        ..reading
    });
    crawl.record(Finished { reading, judged: None, ..finished }).await.unwrap();
}

fn way(crawl: &Crawl<'_>, extractor: &str) -> WayOfReading {
    WayOfReading { rules: vec![crawl.rules], extractor: extractor.into() }
}

async fn set_aside(store: &dyn Store) -> Vec<(Doubted, Standing)> {
    store.doubted(SITE.into()).await.unwrap().into_iter().map(|one| (one.clone(), one.standing)).collect()
}

pub(crate) async fn a_sites_memory_has_the_last_signs_of_each_page(store: &dyn Store) {
    let crawl = Crawl::begin(store).await;
    let [one, other] = [("story", crawl.page("story").await), ("print", crawl.page("print").await)];
    for (hours, (name, page), word, standing) in [
        (1, one, "un", Standing::Sound),
        (2, other, "deux", Standing::Forgiven),
        (3, one, "trois", Standing::Sound),
        (4, other, "quatre", Standing::Waiting),
    ] {
        marked(&crawl, (page, name), hours, word, standing).await;
    }
    let recent = store.recent_signs(SITE.into(), way(&crawl, EXTRACTOR)).await.unwrap();
    let words = |seen: &[griot::model::health::Seen]| -> Vec<String> {
        seen.iter().map(|seen| seen.signs.body.clone().unwrap()).collect()
    };
    assert_eq!(words(&recent.good), ["deux", "trois"], "in order of capture");
    assert_eq!(words(&recent.latest), ["trois", "quatre"]);
    assert!(recent.latest.iter().all(|seen| seen.by_todays_rules));
    assert_eq!(recent.latest[1].signs.of("body").unwrap().witness, Some(910));
    let other = store.recent_signs(SITE.into(), way(&crawl, "2")).await.unwrap();
    assert!(other.latest.iter().all(|seen| !seen.by_todays_rules), "another extractor is no memory of today's");
    let nobody = store.recent_signs("autre".into(), way(&crawl, EXTRACTOR)).await.unwrap();
    assert!(nobody.good.is_empty() && nobody.latest.is_empty());
}

pub(crate) async fn what_is_set_aside_is_handed_out_in_order_until_it_is_settled(backend: &dyn Backend) {
    let store = &*backend.made().await;
    let crawl = Crawl::begin(store).await;
    let pages = [("story", crawl.page("story").await), ("print", crawl.page("print").await)];
    for (hours, (name, page), standing) in
        [(1, pages[0], Standing::Sound), (2, pages[1], Standing::Waiting), (3, pages[0], Standing::Waiting)]
    {
        marked(&crawl, (page, name), hours, name, standing).await;
    }
    let waiting = set_aside(store).await;
    let at: Vec<_> = waiting.iter().map(|(one, standing)| (one.moment.at, *standing)).collect();
    assert_eq!(at, [(hour(2), Standing::Waiting), (hour(3), Standing::Waiting)]);
    assert!(waiting.iter().all(|(one, _)| one.rules == Some(crawl.rules) && one.extractor == EXTRACTOR));
    assert_eq!(store.tally(crawl.run, SITE.into(), 1).await.unwrap().broken, None, "what waits is no break");

    let [first, second] = [&waiting[0], &waiting[1]].map(|(one, _)| one.capture);
    let before = async |capture| store.good_signs_before(capture).await.unwrap().map(|signs| signs.face);
    assert_eq!(before(second).await.as_deref(), Some("story"), "as its page was read an hour before");
    assert_eq!(before(first).await, None, "other pages tell nothing of it");

    store.settle_doubts(vec![first], Standing::Broken).await.unwrap();
    let told = store.tally(crawl.run, SITE.into(), 1).await.unwrap().broken.unwrap();
    assert_eq!((told.set_aside, told.doubt.as_deref()), (1, Some("it is odd")));
    assert_eq!(told.first_bad.captured_at, "2027-03-01T10:00:00.000Z");
    assert_eq!(told.last_good.unwrap().captured_at, "2027-03-01T09:00:00.000Z");
    store.settle_doubts(vec![first], Standing::Forgiven).await.unwrap();
    let left = set_aside(store).await;
    assert_eq!(left.iter().map(|(one, _)| one.moment.at).collect::<Vec<_>>(), [hour(3)]);
    let health = "SELECT field, pages, found, median_length, compared, agreed FROM health";
    assert_eq!(backend.rows(health).await, ["body 3 3 900 3 3"]);
}
