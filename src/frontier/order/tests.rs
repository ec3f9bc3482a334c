use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const NOW: &str = "2026-11-24T10:00:00Z";

fn new(source: Source, date: Option<&str>) -> Errand {
    Errand::New { source, hint: DateHint::of(source, date.map(at)) }
}

#[test]
fn the_order_of_errands() {
    let in_order = [
        Errand::Given,
        Errand::Listing,
        new(Source::Feed, Some("2026-11-24T12:00:00Z")),
        new(Source::Feed, Some("2026-11-24T09:00:00Z")),
        new(Source::Sitemap, Some("2026-11-23T11:00:00Z")),
        new(Source::Section, None),
        new(Source::Sitemap, Some("2026-11-20T00:00:00Z")),
        new(Source::Sitemap, Some("2024-01-01T00:00:00Z")),
        new(Source::Sitemap, Some("1995-01-01T00:00:00Z")),
        new(Source::Article, None),
        Errand::Revisit { due: at("2026-11-01T00:00:00Z") },
        Errand::Revisit { due: at("2026-11-24T00:00:00Z") },
    ];
    let places: Vec<i64> = in_order.iter().map(|errand| place(*errand, at(NOW))).collect();
    assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
}

#[test]
fn extreme_instants_stay_in_their_band() {
    let now = at(NOW);
    let extremes = [Timestamp::MIN, Timestamp::MAX, now];
    let news = extremes.map(|at| place(Errand::New { source: Source::Feed, hint: DateHint::Published(at) }, now));
    let due = extremes.map(|due| place(Errand::Revisit { due }, now));
    let (listing, most_new) = (place(Errand::Listing, now), news.into_iter().max());
    assert!(news.iter().all(|place| *place > listing) && due.iter().all(|place| Some(*place) > most_new));
}

#[test]
fn a_future_that_is_not_believed_is_no_date() {
    let far = new(Source::Feed, Some("2031-01-01T00:00:00Z"));
    assert_eq!(place(far, at(NOW)), place(new(Source::Feed, None), at(NOW)));
}

#[test]
fn the_window_refuses_only_what_is_surely_outside() {
    let window = Window { since: Some(at("2025-01-01T00:00:00Z")), until: Some(at("2025-02-01T00:00:00Z")) };
    let may = |hint| window.may_hold(hint, at(NOW));
    for (day, published, changed) in [
        ("2024-12-30T00:00:00Z", false, false),
        ("2024-12-31T12:00:00Z", true, true),
        ("2025-01-15T00:00:00Z", true, true),
        ("2025-02-01T12:00:00Z", true, true),
        ("2025-02-03T00:00:00Z", false, true),
        ("2099-01-01T00:00:00Z", true, true),
    ] {
        assert_eq!((may(DateHint::Published(at(day))), may(DateHint::Changed(at(day)))), (published, changed), "{day}");
    }
    assert!(may(DateHint::Unknown) && Window::default().may_hold(DateHint::Published(at(NOW)), at(NOW)));
    let holds = |day: &str| window.holds(Some(at(day)));
    assert!(holds("2025-01-01T00:00:00Z") && holds("2025-01-31T23:59:59Z") && window.holds(None));
    assert!(!holds("2024-12-31T23:59:59Z") && !holds("2025-02-01T00:00:00Z"));
}
