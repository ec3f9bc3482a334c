//! Breaks and false alarms, each by a site of a few numbers.

use jiff::{SignedDuration, Timestamp};

use super::*;

fn at(minute: usize) -> Moment {
    let start: Timestamp = "2026-11-01T06:00:00Z".parse().unwrap();
    Moment { at: start + SignedDuration::from_mins(i64::try_from(minute).unwrap()), record: format!("r{minute:04}") }
}

fn sign(field: &str, length: usize, witness: usize, agrees: bool) -> Sign {
    let (found, seen) = (length > 0, (witness > 0).then_some(witness));
    Sign { field: field.into(), found, length, witness: seen, agrees: (found && witness > 0).then_some(agrees) }
}

/// The nth page as the site prints it.
fn usual(n: usize) -> Signs {
    let body = 2000 + n * 37 % 900;
    Signs {
        fields: vec![
            sign("title", 40, 40, true),
            sign("body", body, body + 40, true),
            sign("published", 10, 0, true),
            sign("authors", 1, 0, true),
        ],
        title: Some(format!("title {n}")),
        body: Some(format!("body {n}")),
        face: format!("title {n}"),
    }
}

fn with(mut signs: Signs, sign: Sign) -> Signs {
    let place = signs.fields.iter_mut().find(|own| own.field == sign.field).unwrap();
    *place = sign;
    signs
}

fn seen(n: usize, signs: Signs, standing: Standing) -> Seen {
    Seen { page: format!("matin.example/{n}"), moment: at(n), by_todays_rules: true, signs, standing }
}

fn remembered(pages: usize) -> Recent {
    let mut recent = Recent::default();
    (0..pages).for_each(|n| recent.see(seen(n, usual(n), Standing::Sound)));
    recent
}

#[track_caller]
fn doubtful(recent: &Recent, signs: &Signs, words: &str) {
    match recent.opinion("matin.example/new", signs) {
        Opinion::Doubtful(doubt) => assert!(doubt.to_string().contains(words), "{doubt}"),
        other => panic!("{other:?} where `{words}` was to be said"),
    }
}

#[test]
fn a_page_like_those_before_it_is_sound_and_so_is_anything_before_there_is_a_memory() {
    assert_eq!(remembered(12).opinion("matin.example/new", &usual(50)), Opinion::Sound);
    let empty = with(usual(50), sign("body", 300, 2400, false));
    assert_eq!(remembered(9).opinion("matin.example/new", &empty), Opinion::Sound);
}

#[test]
fn what_nearly_every_page_had_is_missed() {
    let recent = remembered(12);
    for (field, witness) in [("title", 9), ("body", 1100), ("published", 9), ("authors", 1)] {
        doubtful(
            &recent,
            &with(usual(50), sign(field, 0, witness, true)),
            &format!("no {field}, which 12 of the last 12"),
        );
    }
    let mut sometimes = remembered(12);
    sometimes.see(seen(12, with(usual(12), sign("published", 0, 0, true)), Standing::Sound));
    let undated = with(usual(50), sign("published", 0, 9, true));
    assert_eq!(sometimes.opinion("matin.example/new", &undated), Opinion::Sound, "12 of 13 is not nearly every page");
}

#[test]
fn what_nobody_finds_may_never_have_been_printed() {
    for (field, witness) in [("title", 0), ("body", 0), ("body", 300), ("published", 0), ("authors", 0)] {
        let opinion = remembered(12).opinion("matin.example/new", &with(usual(50), sign(field, 0, witness, true)));
        assert!(matches!(opinion, Opinion::Unsure(Doubt::Vanished { .. })), "{field}: {opinion:?}");
    }
}

#[test]
fn a_witness_that_always_agreed_is_believed_and_one_that_never_did_is_not() {
    let half = with(usual(50), sign("body", 1100, 2150, false));
    doubtful(&remembered(12), &half, "the body is not what griot's own rules read, which agreed on 12 of the last 12");
    let mut blind = Recent::default();
    for n in 0..12 {
        blind.see(seen(n, with(usual(n), sign("body", 2000, 300, false)), Standing::Sound));
    }
    assert_eq!(blind.opinion("matin.example/new", &half), Opinion::Sound);
}

#[test]
fn a_body_is_short_only_if_the_page_has_more() {
    let mut vague = Recent::default();
    for n in 0..12 {
        vague.see(seen(n, with(usual(n), sign("body", 2000, 2600, n % 3 > 0)), Standing::Sound));
    }
    doubtful(&vague, &with(usual(50), sign("body", 700, 2600, false)), "the body has 700 characters");
    let brief = with(usual(50), sign("body", 300, 360, true));
    assert_eq!(vague.opinion("matin.example/new", &brief), Opinion::Sound, "a short item, or what a wall lets through");
}

#[test]
fn one_body_on_many_pages_is_seen_without_a_memory() {
    let teaser = |n: usize| Signs { body: Some("teaser".into()), ..usual(n) };
    let mut recent = remembered(1);
    recent.see(seen(1, teaser(1), Standing::Sound));
    assert_eq!(recent.opinion("matin.example/new", &teaser(50)), Opinion::Sound, "an item printed twice");
    recent.see(seen(2, teaser(2), Standing::Sound));
    doubtful(&recent, &teaser(50), "2 other pages have the same body");
    let mut aliases = Recent::default();
    (0..9).for_each(|n| aliases.see(seen(n, usual(1), Standing::Sound)));
    assert_eq!(aliases.opinion("matin.example/new", &usual(1)), Opinion::Sound, "one story under many addresses");
}

#[test]
fn one_title_on_all_pages_is_the_papers_name_and_on_some_a_rubric() {
    let named = |n: usize| Signs { title: Some("le matin".into()), ..usual(n) };
    let mut recent = Recent::default();
    (0..5).for_each(|n| recent.see(seen(n, named(n), Standing::Sound)));
    doubtful(&recent, &named(50), "5 other pages have the same title");
    let mut rubric = remembered(40);
    (40..48).for_each(|n| rubric.see(seen(n, named(n), Standing::Sound)));
    assert_eq!(rubric.opinion("matin.example/new", &named(50)), Opinion::Sound);
    let unlike = with(named(50), sign("title", 8, 40, false));
    doubtful(&rubric, &unlike, "8 other pages have the same title");
}

#[test]
fn rules_that_a_person_changed_are_believed_but_not_where_they_find_nothing() {
    let mut recent = remembered(20);
    recent.good.iter_mut().for_each(|seen| seen.by_todays_rules = false);
    let other = with(with(usual(50), sign("body", 900, 2100, false)), sign("published", 0, 10, true));
    assert_eq!(recent.opinion("matin.example/new", &other), Opinion::Sound);
    doubtful(&recent, &with(usual(50), sign("body", 0, 2100, false)), "no body");
}

#[test]
fn a_page_has_turned_when_only_its_present_reading_is_spoken_against() {
    let column = |n: usize| with(usual(n), sign("body", 2000, 2100, false));
    let recent = remembered(12);
    assert!(recent.has_turned("matin.example/3", &usual(3), &column(3)));
    assert!(!recent.has_turned("matin.example/3", &column(3), &column(4)), "as odd as ever");
    assert!(!recent.has_turned("matin.example/3", &usual(3), &usual(4)), "an edit");
    let unsigned = with(usual(3), sign("authors", 0, 0, true));
    assert!(!recent.has_turned("matin.example/3", &usual(3), &unsigned), "nobody finds it: it may be gone");
}

/// A course of pages by one letter each: `o` sound, `x` waiting, `?` unsure; says since which it is broken and who was alone.
fn run(letters: &str) -> (Option<usize>, Vec<usize>) {
    let standing = |letter| match letter {
        'o' => Standing::Sound,
        'x' => Standing::Waiting,
        _ => Standing::Unsure,
    };
    let latest: Vec<Seen> = letters.chars().enumerate().map(|(n, c)| seen(n, usual(n), standing(c))).collect();
    let waiting: Vec<Moment> =
        latest.iter().filter(|s| s.standing == Standing::Waiting).map(|s| s.moment.clone()).collect();
    let course = course(&latest, &waiting);
    let minute = |moment: &Moment| moment.record[1..].parse().unwrap();
    (course.broken_since.as_ref().map(minute), course.alone.iter().map(minute).collect())
}

#[test]
fn an_odd_page_is_alone_when_the_next_ones_are_sound() {
    assert_eq!(run("ooooxoo"), (None, vec![]), "two of them do not tell yet");
    assert_eq!(run("ooooxooo"), (None, vec![4]));
    assert_eq!(run("oxxooooo"), (None, vec![1, 2]));
    assert_eq!(run("ox?????"), (None, vec![]), "what is unsure tells nothing");
}

#[test]
fn odd_pages_in_a_row_are_a_break_however_slowly_they_come() {
    assert_eq!(run("oooooooxxxx"), (None, vec![]));
    assert_eq!(run("oooooooxxxxx"), (Some(7), vec![]));
    assert_eq!(run("ooxoooooooxxxxxx"), (Some(10), vec![2]), "an odd one long before has no part in it");
    assert_eq!(run("oooxxoxxoxxox"), (None, vec![]));
    assert_eq!(run("oooxxoxxoxxoxxx"), (Some(3), vec![]), "a few old pages keep the old design");
    assert_eq!(run("xxxxxxxooooooo").0, None, "it came back by itself");
}

#[test]
fn a_page_that_is_read_again_and_again_counts_once() {
    let mut recent = remembered(8);
    let mut waiting = Vec::new();
    for n in 8..30 {
        waiting.push(at(n));
        recent.see(Seen { page: "matin.example/ticker".into(), ..seen(n, usual(n), Standing::Waiting) });
    }
    assert_eq!(course(&recent.latest, &waiting), Course::default());
    (30..33).for_each(|n| recent.see(seen(n, usual(n), Standing::Sound)));
    assert_eq!(course(&recent.latest, &waiting), Course { broken_since: None, alone: waiting });
}

#[test]
fn health_adds_up() {
    let signs = [usual(0), usual(1), with(usual(2), sign("body", 0, 90, false))];
    let body = health(&signs).into_iter().find(|field| field.field == "body").unwrap();
    assert_eq!((body.pages, body.found, body.median_length), (3, 2, Some(2000)));
    assert_eq!((body.compared, body.agreed), (2, 2));
    assert_eq!(health([]), []);
}
