use super::*;

fn at(hours: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + hours * 3600).unwrap()
}

fn visited(hours: i64) -> ArticleHistory {
    ArticleHistory {
        born: at(0),
        last_visit: at(hours),
        last_edit: None,
        validators_work: true,
        doubtful_since: None,
        resting: false,
    }
}

fn minutes(history: &ArticleHistory) -> i64 {
    history.due().duration_since(history.last_visit).as_mins()
}

const DAY: i64 = 24 * 60;

#[test]
fn a_quarter_of_an_hour_when_fresh_thirty_days_when_old() {
    for (age_hours, every) in [
        (-5, 15),
        (0, 15),
        (2, 15),
        (3, 60),
        (23, 60),
        (24, 180),
        (7 * 24, 3 * DAY),
        (30 * 24, 30 * DAY),
        (20 * 365 * 24, 30 * DAY),
    ] {
        assert_eq!(minutes(&visited(age_hours)), every, "{age_hours} h");
    }
}

#[test]
fn sooner_after_an_edit_and_rarely_where_no_validator_works() {
    let edited = ArticleHistory { last_edit: Some(at(5000)), ..visited(5001) };
    assert_eq!(minutes(&edited), 60);
    let settled = ArticleHistory { last_edit: Some(at(5000)), ..visited(5000 + 10 * 24) };
    assert_eq!(minutes(&settled), 3 * DAY);
    let fresh = ArticleHistory { last_edit: Some(at(1)), ..visited(2) };
    assert_eq!(minutes(&fresh), 15, "an edit never makes a fresh text older");
    for age in [0, 10, 100, 600, 10_000] {
        let thin = ArticleHistory { validators_work: false, ..visited(age) };
        assert!(minutes(&thin) >= minutes(&visited(age)), "{age} h");
    }
    assert_eq!(minutes(&ArticleHistory { validators_work: false, ..visited(0) }), 180);
}

#[test]
fn what_waits_for_confirmation_is_due_when_it_can_be_confirmed() {
    let held = ArticleHistory { doubtful_since: Some(at(1)), ..visited(1) };
    assert_eq!(held.due(), at(25));
    let old = ArticleHistory { doubtful_since: Some(at(1000)), ..visited(1000) };
    assert_eq!(old.due(), at(1024));
    let passed = ArticleHistory { doubtful_since: Some(at(1000)), ..visited(1030) };
    assert_eq!(minutes(&passed), 30 * DAY);
    assert_eq!(minutes(&ArticleHistory { resting: true, ..visited(1) }), 30 * DAY);
}

#[test]
fn listings_learn_their_interval_between_ten_minutes_and_a_day() {
    let hour = LISTING_START;
    let read = |shown, new| listing_interval(hour, ListingVisit::Read { shown, new }, LISTING_CAP).as_secs() / 60;
    assert_eq!(
        [read(30, 0), read(30, 9), read(30, 15), read(30, 21), read(30, 30), read(0, 0)],
        [90, 90, 60, 30, 30, 90]
    );
    assert_eq!(listing_interval(hour, ListingVisit::Unchanged, LISTING_CAP).as_secs(), 90 * 60);
    let mut busy = hour;
    let mut dead = hour;
    for _ in 0..100 {
        busy = listing_interval(busy, ListingVisit::Read { shown: 30, new: 30 }, LISTING_CAP);
        dead = listing_interval(dead, ListingVisit::Unchanged, LISTING_CAP);
    }
    assert_eq!((busy, dead), (LISTING_FLOOR, LISTING_CAP));
}
