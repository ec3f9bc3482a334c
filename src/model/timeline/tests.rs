use proptest::prelude::*;

use super::*;

fn moment(hours: i64, n: usize) -> Moment {
    Moment { at: Timestamp::from_second(1_700_000_000 + hours * 3600).unwrap(), record: format!("{n:04}") }
}

fn shows(digest: &str, length: usize) -> Shows {
    Shows::Text(Shown { digest: digest.into(), length, ended: true, rules: "r".into(), stranger: false })
}

fn sighting(page: &str, hours: i64, n: usize, shows: &Shows) -> Sighting {
    Sighting { moment: moment(hours, n), page: page.into(), shows: shows.clone() }
}

/// The same with the page that each stands on.
fn told_of(events: &[(&str, i64, Shows)]) -> (Timeline, Vec<Verdict>) {
    let mut timeline = Timeline::new(CONFIRM_AFTER);
    let tell =
        |(n, (page, hours, shows)): (usize, &(&str, i64, Shows))| timeline.push(&sighting(page, *hours, n, shows));
    let verdicts = events.iter().enumerate().map(tell).collect();
    (timeline, verdicts)
}

fn gone() -> Shows {
    Shows::Absence { host_alive: true }
}

fn told(events: &[(i64, Shows)]) -> (Timeline, Vec<Verdict>) {
    let mut timeline = Timeline::new(CONFIRM_AFTER);
    let verdicts =
        events.iter().enumerate().map(|(n, (hours, shows))| timeline.push(&sighting("p", *hours, n, shows))).collect();
    (timeline, verdicts)
}

#[test]
fn a_text_that_stays_is_one_version_seen_often() {
    let (timeline, verdicts) = told(&[(0, shows("a", 900)), (1, shows("a", 900)), (2, shows("a", 900))]);
    assert_eq!(verdicts, [Verdict::NewVersion(Cause::First), Verdict::Same, Verdict::Same]);
    assert_eq!((timeline.versions.len(), timeline.versions[0].sightings), (1, 3));
}

#[test]
fn an_edit_tells_the_interval_it_happened_in() {
    let (timeline, _) = told(&[(0, shows("a", 900)), (5, shows("a", 900)), (9, shows("b", 910))]);
    let edit = timeline.head().unwrap();
    assert_eq!(edit.cause, Cause::Edited);
    assert_eq!((edit.after, edit.first.at), (Some(moment(5, 1).at), moment(9, 2).at));
}

#[test]
fn a_return_is_a_version_of_its_own() {
    let (timeline, _) = told(&[(0, shows("a", 900)), (1, shows("b", 900)), (2, shows("a", 900))]);
    assert_eq!(
        timeline.versions.iter().map(|v| v.cause).collect::<Vec<_>>(),
        [Cause::First, Cause::Edited, Cause::Restored]
    );
}

#[test]
fn the_third_return_within_a_week_is_a_flap() {
    let flips: Vec<_> = (0..5).map(|h| (h, shows(if h % 2 == 0 { "a" } else { "b" }, 900))).collect();
    let (timeline, _) = told(&flips);
    assert_eq!(timeline.versions.iter().map(|v| v.flap).collect::<Vec<_>>(), [false, false, false, false, true]);
}

#[test]
fn a_cut_is_held_until_a_day_later() {
    let (timeline, verdicts) = told(&[(0, shows("a", 900)), (1, shows("c", 300)), (20, shows("c", 300))]);
    assert_eq!(verdicts[1..], [Verdict::Held, Verdict::Held]);
    assert_eq!((timeline.versions.len(), timeline.held.unwrap().texts.len()), (1, 1));

    let (timeline, verdicts) = told(&[(0, shows("a", 900)), (1, shows("c", 300)), (25, shows("c", 300))]);
    assert_eq!(verdicts[2], Verdict::NewVersion(Cause::ConfirmedCut));
    let cut = timeline.head().unwrap();
    assert_eq!((cut.first.at, cut.sightings, cut.after), (moment(1, 1).at, 2, Some(moment(0, 0).at)));
    assert!(timeline.held.is_none());
}

#[test]
fn a_cut_that_is_edited_while_held_keeps_both_texts() {
    let (timeline, _) = told(&[(0, shows("a", 900)), (1, shows("c", 300)), (30, shows("d", 310))]);
    assert_eq!(timeline.versions.iter().map(|v| v.digest.as_str()).collect::<Vec<_>>(), ["a", "c", "d"]);
}

#[test]
fn a_full_text_ends_the_doubt() {
    let (timeline, verdicts) = told(&[(0, shows("a", 900)), (1, shows("c", 300)), (30, shows("a", 900))]);
    assert_eq!(verdicts[2], Verdict::Same);
    assert_eq!((timeline.versions.len(), timeline.held), (1, None));
}

#[test]
fn a_page_that_breaks_off_where_it_did_not_before_is_doubtful() {
    let broken =
        Shows::Text(Shown { digest: "c".into(), length: 800, ended: false, rules: "r".into(), stranger: false });
    let (_, verdicts) = told(&[(0, shows("a", 900)), (1, broken)]);
    assert_eq!(verdicts[1], Verdict::Held);
}

#[test]
fn a_removal_needs_two_answers_a_day_apart() {
    let (timeline, verdicts) = told(&[(0, shows("a", 900)), (1, gone()), (2, gone()), (26, gone())]);
    assert_eq!(verdicts[1..], [Verdict::Absent, Verdict::Absent, Verdict::Removed]);
    assert!(timeline.is_removed());
    let (timeline, _) = told(&[(0, shows("a", 900)), (1, gone()), (2, shows("a", 900)), (26, gone())]);
    assert!(!timeline.is_removed());
}

#[test]
fn an_absence_on_a_dead_host_is_no_evidence() {
    let dead = Shows::Absence { host_alive: false };
    let (timeline, verdicts) = told(&[(0, shows("a", 900)), (1, dead.clone()), (40, dead)]);
    assert_eq!((timeline.removals.len(), verdicts[2]), (0, Verdict::SetAside));
}

#[test]
fn an_article_that_comes_back_keeps_the_gap() {
    let (timeline, _) = told(&[(0, shows("a", 900)), (1, gone()), (30, gone()), (50, shows("a", 900))]);
    assert_eq!((timeline.versions.len(), timeline.removals.len(), timeline.is_removed()), (1, 1, false));
    assert_eq!(timeline.removals[0].returned, Some(moment(50, 3)));
}

#[test]
fn other_rules_claim_no_edit() {
    let other = Shows::Text(Shown { digest: "x".into(), length: 900, ended: true, rules: "s".into(), stranger: false });
    let sightings =
        [(0, shows("a", 900)), (1, other)].map(|(h, shows)| sighting("p", h, usize::try_from(h).unwrap(), &shows));
    let apart = fold(&sightings, CONFIRM_AFTER);
    assert_eq!(apart.head().unwrap().cause, Cause::Rules);
    let anew = read_anew(&sightings[..1], |_, _| "x".into());
    assert_eq!(fold(&[&anew[..], &sightings[1..]].concat(), CONFIRM_AFTER).versions.len(), 1);
}

/// Every run of one text, read by the rules "s", which name it as `name` says: the run's number and its former digest.
fn read_anew(sightings: &[Sighting], name: impl Fn(usize, &str) -> String) -> Vec<Sighting> {
    let mut anew = sightings.to_vec();
    for (number, run) in fold(sightings, CONFIRM_AFTER).runs(sightings).into_iter().enumerate() {
        for index in run {
            if let Shows::Text(shown) = &mut anew[index].shows {
                (shown.digest, shown.rules) = (name(number, &shown.digest), "s".into());
            }
        }
    }
    anew
}

#[test]
fn other_rules_make_a_bad_capture_no_better() {
    let by = |rules: &str, digest: &str, length| {
        Shows::Text(Shown { digest: digest.into(), length, ended: true, rules: rules.into(), stranger: false })
    };
    // Full, then cut; the rules change, and the cut capture cannot be read by them.
    let (timeline, verdicts) = told(&[(0, by("s", "a", 900)), (1, by("r", "c", 300)), (2, by("s", "a", 900))]);
    assert_eq!(verdicts[1..], [Verdict::Held, Verdict::Same]);
    assert_eq!((timeline.versions.len(), timeline.held), (1, None));
    // One that lasts is believed, but no cut is claimed.
    let (timeline, _) = told(&[(0, by("r", "a", 900)), (1, by("s", "c", 300)), (30, by("s", "c", 300))]);
    assert_eq!(timeline.versions.iter().map(|v| v.cause).collect::<Vec<_>>(), [Cause::First, Cause::Rules]);
}

#[test]
fn one_text_that_other_rules_take_for_two_is_named_at_each_of_its_times() {
    let events = [(0, "a"), (1, "a"), (2, "b"), (3, "b"), (4, "a"), (5, "a")];
    let sightings = events.map(|(h, digest)| sighting("p", h, usize::try_from(h).unwrap(), &shows(digest, 900)));
    let anew = fold(&read_anew(&sightings, |number, _| format!("{number}")), CONFIRM_AFTER);
    let told: Vec<_> = anew.versions.iter().map(|v| (v.cause, v.sightings)).collect();
    assert_eq!(told, [(Cause::First, 2), (Cause::Edited, 2), (Cause::Edited, 2)]);
}

#[test]
fn another_page_of_an_article_makes_no_version_of_its_rendering() {
    let (timeline, verdicts) = told_of(&[
        ("p", 0, shows("a", 900)),
        ("q", 1, shows("a", 900)),
        ("q", 2, shows("a-as-printed", 880)),
        ("p", 3, shows("b", 910)),
        ("q", 4, shows("b", 910)),
    ]);
    let edited = Verdict::NewVersion(Cause::Edited);
    assert_eq!(verdicts[1..], [Verdict::Same, Verdict::Elsewhere, edited, Verdict::Same]);
    assert_eq!((timeline.versions.len(), timeline.counts("p"), timeline.counts("q")), (2, true, false));
}

#[test]
fn the_text_counts_where_the_article_went() {
    let moved = Shows::Moved { to: "q".into() };
    let (timeline, verdicts) =
        told_of(&[("p", 0, shows("a", 900)), ("p", 1, moved), ("q", 2, shows("b", 910)), ("q", 3, shows("c", 905))]);
    let edited = Verdict::NewVersion(Cause::Edited);
    assert_eq!(verdicts[1..], [Verdict::Elsewhere, edited, edited]);
    assert!(timeline.counts("q"));
    let (_, verdicts) = told_of(&[("p", 0, shows("a", 900)), ("q", 1, shows("x", 900)), ("p", 2, gone())]);
    assert_eq!(verdicts[1..], [Verdict::Elsewhere, Verdict::Elsewhere], "the other page stands");
}

#[test]
fn an_article_is_gone_when_its_last_page_is() {
    let (timeline, verdicts) = told_of(&[
        ("p", 0, shows("a", 900)),
        ("q", 1, shows("a", 900)),
        ("p", 2, gone()),
        ("p", 40, gone()),
        ("r", 41, gone()),
        ("q", 50, gone()),
        ("p", 60, gone()),
        ("q", 80, gone()),
    ]);
    let elsewhere = Verdict::Elsewhere;
    assert_eq!(verdicts[2..5], [elsewhere; 3], "a page that never showed it says nothing");
    assert_eq!(verdicts[5..], [Verdict::Absent, Verdict::Absent, Verdict::Removed]);
    assert_eq!((timeline.removals[0].first.clone(), timeline.is_removed()), (moment(50, 5), true));
}

#[test]
fn a_text_that_shares_nothing_is_held_until_the_article_is_seen_again() {
    let stranger =
        Shows::Text(Shown { digest: "x".into(), length: 900, ended: true, rules: "r".into(), stranger: true });
    let (timeline, verdicts) = told(&[(0, shows("a", 900)), (1, stranger.clone()), (30, stranger.clone())]);
    assert_eq!(verdicts[1..], [Verdict::Held, Verdict::Held]);
    assert_eq!((timeline.strange_since("p"), timeline.versions.len()), (Some(&moment(1, 1)), 1));
    let (timeline, _) = told(&[(0, shows("a", 900)), (1, stranger), (30, shows("a", 900))]);
    assert_eq!(timeline.strange_since("p"), None);
}

fn any_page() -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => Just("p"), 2 => Just("q"), 1 => Just("r")]
}

fn any_shows() -> impl Strategy<Value = Shows> {
    prop_oneof![
        6 => (0..4usize, prop::sample::select(vec![200usize, 300, 900, 1000]), any::<bool>())
            .prop_map(|(d, length, ended)| Shows::Text(Shown {
                digest: format!("{d}-{length}"), length, ended, rules: "r".into(), stranger: false })),
        2 => (0..4usize, prop::sample::select(vec![200usize, 300, 900, 1000]))
            .prop_map(|(d, length)| Shows::Text(Shown {
                digest: format!("{d}-{length}-t"), length, ended: true, rules: "t".into(), stranger: false })),
        1 => (0..4usize).prop_map(|d| Shows::Text(Shown {
                digest: format!("s{d}"), length: 900, ended: true, rules: "r".into(), stranger: true })),
        1 => any_page().prop_map(|to| Shows::Moved { to: to.into() }),
        2 => any::<bool>().prop_map(|host_alive| Shows::Absence { host_alive }),
        1 => Just(Shows::SetAside),
    ]
}

proptest! {
    /// Readings in any order give the timeline that the crawl wrote as it went.
    #[test]
    fn appended_equals_folded_in_any_order(
        events in prop::collection::vec((0i64..200, any_page(), any_shows()), 0..25).prop_shuffle(),
        seed in any::<u64>(),
    ) {
        let sightings: Vec<_> = events.iter().enumerate()
            .map(|(n, (h, page, shows))| sighting(page, *h, n, shows)).collect();
        let mut ordered = sightings.clone();
        ordered.sort_by(|a, b| a.moment.cmp(&b.moment));
        let mut appended = Timeline::new(CONFIRM_AFTER);
        for sighting in &ordered { appended.push(sighting); }
        let mut shuffled = sightings;
        let len = shuffled.len().max(1);
        for n in 0..shuffled.len() {
            shuffled.swap(n, usize::try_from(seed).unwrap_or(n).wrapping_add(n * 7) % len);
        }
        prop_assert_eq!(fold(&shuffled, CONFIRM_AFTER), appended);
    }

    /// A reading that is saved after later ones stands where it belongs, and no version ends before it began.
    #[test]
    fn a_reading_that_comes_late_stands_in_its_place(
        events in prop::collection::vec((0i64..200, any_page(), any_shows()), 1..25),
        late in any::<prop::sample::Index>(),
    ) {
        let mut sightings: Vec<_> = events.iter().enumerate()
            .map(|(n, (h, page, shows))| sighting(page, *h, n, shows)).collect();
        let all = fold(&sightings, CONFIRM_AFTER);
        let late = sightings.remove(late.index(sightings.len()));
        let mut timeline = fold(&sightings, CONFIRM_AFTER);
        let did = timeline.insert(&sightings, &late);
        prop_assert!(timeline.versions.iter().all(|v| v.first <= v.last));
        prop_assert_eq!(timeline, all);
        // It did what it does when nothing later is known.
        sightings.retain(|s| s.moment < late.moment);
        prop_assert_eq!(did, fold(&sightings, CONFIRM_AFTER).insert(&sightings, &late));
    }

    /// Rules that tell the same texts apart tell the same history, held texts and other pages' renderings included.
    #[test]
    fn other_rules_tell_the_same_history(
        events in prop::collection::vec((0i64..200, any_page(), any_shows()), 0..40).prop_map(|events| {
            let one_rule = |(h, page, shows)| match shows {
                Shows::Text(shown) => (h, page, Shows::Text(Shown { rules: "r".into(), ..shown })),
                other => (h, page, other),
            };
            events.into_iter().map(one_rule).collect::<Vec<_>>()
        }),
    ) {
        let sightings: Vec<_> = events.iter().enumerate()
            .map(|(n, (h, page, shows))| sighting(page, *h, n, shows)).collect();
        let before = fold(&sightings, CONFIRM_AFTER);
        let mut anew = fold(&read_anew(&sightings, |_, digest| format!("{digest}-s")), CONFIRM_AFTER);
        let held = anew.held.iter_mut().flat_map(|held| &mut held.texts);
        for version in anew.versions.iter_mut().chain(held) {
            version.digest.truncate(version.digest.len() - 2);
            version.rules = "r".into();
        }
        let told = |timeline: &Timeline| {
            (timeline.versions.clone(), timeline.held.clone(), timeline.removals.clone())
        };
        prop_assert_eq!(told(&anew), told(&before));
    }

    /// Whatever comes, versions follow each other in time, never repeat their neighbour, and intervals do not overlap.
    #[test]
    fn versions_are_a_history(events in prop::collection::vec((0i64..200, any_page(), any_shows()), 0..40)) {
        let sightings: Vec<_> = events.iter().enumerate()
            .map(|(n, (h, page, shows))| sighting(page, *h, n, shows)).collect();
        let timeline = fold(&sightings, CONFIRM_AFTER);
        for pair in timeline.versions.windows(2) {
            prop_assert!(pair[0].last < pair[1].first);
            prop_assert_ne!(&pair[0].digest, &pair[1].digest);
        }
    }
}
