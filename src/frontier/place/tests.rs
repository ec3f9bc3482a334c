use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const NOW: &str = "2026-11-24T10:00:00Z";

fn new(source: Source, date: Option<&str>) -> Errand {
    Errand::New { source, hint: DateHint::of(source, date.map(at)) }
}

fn listing(depth: u32, changed: Option<&str>) -> Errand {
    Errand::Listing { due: at(NOW), depth, changed: changed.map(at) }
}

fn revisit(due: &str, hours: i64) -> Errand {
    Errand::Revisit { due: at(due), interval: SignedDuration::from_hours(hours) }
}

fn band(place: i64) -> usize {
    preference(0).iter().position(|range| range.contains(&place)).unwrap()
}

#[test]
fn the_order_of_errands() {
    let in_order = [
        Errand::Given,
        listing(0, None),
        new(Source::Feed, Some("2026-11-24T12:00:00Z")),
        new(Source::Feed, Some("2026-11-24T09:00:00Z")),
        listing(1, None),
        listing(1, Some("2026-11-24T04:00:00Z")),
        new(Source::Sitemap, Some("2026-11-23T11:00:00Z")),
        new(Source::Section, None),
        new(Source::Sitemap, Some("2026-11-20T00:00:00Z")),
        revisit("2026-11-24T09:30:00Z", 3),
        revisit("2026-11-24T12:00:00Z", 1),
        new(Source::Sitemap, Some("2024-01-01T00:00:00Z")),
        listing(1, Some("2020-01-01T00:00:00Z")),
        new(Source::Sitemap, Some("1995-01-01T00:00:00Z")),
        revisit("2026-11-01T00:00:00Z", 30 * 24),
        revisit("2026-11-12T00:00:00Z", 30 * 24),
        revisit("2026-11-20T00:00:00Z", 3 * 24),
    ];
    let places: Vec<i64> = in_order.iter().map(|errand| place(*errand, at(NOW))).collect();
    // The three-day revisit is due sooner after its day than the monthly ones, which are later by up to ten.
    let (last, first) = (places[16], places[15]);
    assert!(places[..16].windows(2).all(|pair| pair[0] < pair[1]) && places[14] < last && last > first, "{places:?}");
}

#[test]
fn an_undated_page_of_the_backfill_comes_after_a_decade() {
    let places = [new(Source::Sitemap, Some("2016-01-01T00:00:00Z")), new(Source::Article, None)]
        .map(|errand| place(errand, at(NOW)));
    assert!(places[0] < places[1]);
}

#[test]
fn extreme_instants_stay_in_their_band() {
    let now = at(NOW);
    for instant in [Timestamp::MIN, Timestamp::MAX, now] {
        for (errand, expected) in [
            (Errand::Listing { due: instant, depth: u32::MAX, changed: None }, 1),
            (Errand::New { source: Source::Feed, hint: DateHint::Published(instant) }, 1),
            (Errand::Revisit { due: instant, interval: SignedDuration::from_mins(15) }, 2),
            (Errand::New { source: Source::Article, hint: DateHint::Unknown }, 3),
            (Errand::Revisit { due: instant, interval: SignedDuration::MAX }, 4),
        ] {
            let old = instant == Timestamp::MIN && matches!(errand, Errand::New { source: Source::Feed, .. });
            assert_eq!(band(place(errand, now)), if old { 3 } else { expected }, "{errand:?}");
        }
    }
    assert_eq!(band(place(Errand::Given, Timestamp::MAX)), 0);
}

#[test]
fn a_future_that_is_not_believed_is_no_date() {
    let far = new(Source::Feed, Some("2031-01-01T00:00:00Z"));
    assert_eq!(place(far, at(NOW)), place(new(Source::Feed, None), at(NOW)));
}

#[test]
fn every_turn_knows_every_band_and_each_has_its_share() {
    let firsts: Vec<usize> =
        (0..8).map(|turn| preference(turn)[1].start() / BAND).map(|b| usize::try_from(b).unwrap()).collect();
    for turn in 0..8 {
        let mut starts: Vec<i64> = preference(turn).iter().map(|r| *r.start()).collect();
        starts.sort_unstable();
        starts.dedup();
        assert_eq!(starts.len(), 5, "turn {turn}");
    }
    let share = |band: Band| preference_count(&firsts, band);
    assert_eq!([share(News), share(Fresh), share(Backfill), share(Old)], [5, 1, 1, 1]);
}

fn preference_count(firsts: &[usize], band: Band) -> usize {
    // A range begins half a band below its base.
    firsts.iter().filter(|first| **first == (band as usize) - 1).count()
}

/// Pages that wait, served as the store serves them: the first band of the turn that has any, the smallest place in it.
fn serve(waiting: &mut Vec<(i64, usize)>, turn: u64) -> Option<usize> {
    let best = preference(turn).into_iter().find_map(|range| {
        waiting.iter().enumerate().filter(|(_, w)| range.contains(&w.0)).min_by_key(|(_, w)| **w).map(|(n, _)| n)
    })?;
    Some(waiting.swap_remove(best).1)
}

fn any_errand(now: Timestamp) -> impl Strategy<Value = Errand> {
    let ago = move |hours: i64| now.saturating_sub(SignedDuration::from_hours(hours)).unwrap();
    prop_oneof![
        (0u32..4).prop_map(move |depth| Errand::Listing { due: now, depth, changed: None }),
        (0i64..200_000).prop_map(move |h| Errand::New { source: Source::Sitemap, hint: DateHint::Published(ago(h)) }),
        Just(Errand::New { source: Source::Article, hint: DateHint::Unknown }),
        prop::sample::select(vec![1i64, 3, 72, 720])
            .prop_map(move |h| Errand::Revisit { due: now, interval: SignedDuration::from_hours(h) }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A page that is due is served in the end, though twice as many pages of the most favoured kinds fall due for ever as
    /// can be served. One request takes two hours here, so that days pass.
    #[test]
    fn nothing_due_waits_for_ever(mine in any_errand(at(NOW)), flood in 0usize..4) {
        let mut waiting = vec![(place(mine, at(NOW)), 0)];
        let mut served_after = None;
        for turn in 0u32..2_000 {
            let now = at(NOW).saturating_add(SignedDuration::from_hours(2 * i64::from(turn))).unwrap();
            let newest = match flood {
                0 => Errand::Listing { due: now, depth: 0, changed: None },
                1 => Errand::New { source: Source::Feed, hint: DateHint::Published(now) },
                2 => Errand::Revisit { due: now, interval: SignedDuration::from_mins(15) },
                _ => Errand::New { source: Source::Sitemap, hint: DateHint::Changed(at("2025-01-01T00:00:00Z")) },
            };
            waiting.extend([(place(newest, now), 1), (place(newest, now), 1)]);
            if serve(&mut waiting, u64::from(turn)) == Some(0) {
                served_after = Some(turn);
                break;
            }
        }
        prop_assert!(served_after.is_some_and(|turns| turns < 1_200), "{:?} after {:?}", mine, served_after);
    }
}
