use proptest::prelude::*;

use super::*;

fn moment(hours: i64, n: usize) -> Moment {
    Moment { at: Timestamp::from_second(1_700_000_000 + hours * 3600).unwrap(), record: format!("{n:04}") }
}

fn shows(digest: &str, length: usize) -> Shows {
    Shows::Text(Shown { digest: digest.into(), length, ended: true, rules: "r".into() })
}

fn gone() -> Shows {
    Shows::Absence { host_alive: true }
}

fn told(events: &[(i64, Shows)]) -> (Timeline, Vec<Verdict>) {
    let mut timeline = Timeline::new(CONFIRM_AFTER);
    let verdicts = events
        .iter()
        .enumerate()
        .map(|(n, (hours, shows))| timeline.push(&Sighting { moment: moment(*hours, n), shows: shows.clone() }))
        .collect();
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
    let broken = Shows::Text(Shown { digest: "c".into(), length: 800, ended: false, rules: "r".into() });
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
    let other = Shows::Text(Shown { digest: "x".into(), length: 900, ended: true, rules: "s".into() });
    let sightings = [(0, shows("a", 900)), (1, other)]
        .map(|(h, shows)| Sighting { moment: moment(h, usize::try_from(h).unwrap()), shows });
    let apart = fold(&sightings, &HashMap::new(), CONFIRM_AFTER);
    assert_eq!(apart.head().unwrap().cause, Cause::Rules);
    let renamed = HashMap::from([("a".to_string(), "x".to_string())]);
    assert_eq!(fold(&sightings, &renamed, CONFIRM_AFTER).versions.len(), 1);
}

fn any_shows() -> impl Strategy<Value = Shows> {
    prop_oneof![
        6 => (0..4usize, prop::sample::select(vec![200usize, 300, 900, 1000]), any::<bool>())
            .prop_map(|(d, length, ended)| Shows::Text(Shown {
                digest: format!("{d}-{length}"), length, ended, rules: "r".into() })),
        2 => any::<bool>().prop_map(|host_alive| Shows::Absence { host_alive }),
        1 => Just(Shows::SetAside),
    ]
}

proptest! {
    /// Readings in any order give the timeline that the crawl wrote as it went.
    #[test]
    fn appended_equals_folded_in_any_order(
        events in prop::collection::vec((0i64..200, any_shows()), 0..25).prop_shuffle(),
        seed in any::<u64>(),
    ) {
        let sightings: Vec<_> = events.iter().enumerate()
            .map(|(n, (h, shows))| Sighting { moment: moment(*h, n), shows: shows.clone() }).collect();
        let mut ordered = sightings.clone();
        ordered.sort_by(|a, b| a.moment.cmp(&b.moment));
        let mut appended = Timeline::new(CONFIRM_AFTER);
        for sighting in &ordered { appended.push(sighting); }
        let mut shuffled = sightings;
        let len = shuffled.len().max(1);
        for n in 0..shuffled.len() {
            shuffled.swap(n, usize::try_from(seed).unwrap_or(n).wrapping_add(n * 7) % len);
        }
        prop_assert_eq!(fold(&shuffled, &HashMap::new(), CONFIRM_AFTER), appended);
    }

    /// Whatever comes, versions follow each other in time, never repeat their neighbour, and intervals do not overlap.
    #[test]
    fn versions_are_a_history(events in prop::collection::vec((0i64..200, any_shows()), 0..40)) {
        let sightings: Vec<_> = events.iter().enumerate()
            .map(|(n, (h, shows))| Sighting { moment: moment(*h, n), shows: shows.clone() }).collect();
        let timeline = fold(&sightings, &HashMap::new(), CONFIRM_AFTER);
        for pair in timeline.versions.windows(2) {
            prop_assert!(pair[0].last < pair[1].first);
            prop_assert_ne!(&pair[0].digest, &pair[1].digest);
        }
    }
}
