//! What griot reads of public sets of pages, held against what each set wants by the set's own rule. `make score` prints
//! the whole as one table, beside the peers; the tests here hold floors, so that no change loses what was reached.

pub(crate) mod learnt;
pub(crate) mod measure;
pub(crate) mod pages;

mod marks;
mod peers;
mod published;
mod reader;
mod related;
mod report;
mod rules;
mod set;
pub(crate) mod sets;
mod strings;
mod table;

use griot::model::reading::Outcome;
use reader::{Sheet, read_all};
use rules::total;
use set::Set;

pub(crate) const TITLE: f64 = 0.95;
pub(crate) const DAY: f64 = 0.95;
pub(crate) const BODY: f64 = 0.90;

#[test]
#[ignore = "`make score` runs it, optimised and beside the peers"]
fn the_table() {
    report::print(&crate::shared::folder().expect("the shared sets"));
}

#[test]
fn pages_with_a_profile_reach_the_targets() {
    let Some((set, sheets)) = read(set::PROFILES, 1) else { return };
    assert!(sheets.len() >= 14, "only {} pages have a profile", sheets.len());
    let lost = ids(&set, &sheets, |outcome| outcome != Outcome::Article);
    assert!(lost.is_empty(), "no article: {lost:?}");
    let floors =
        [("title", 0.99), ("instant", 0.99), ("day", 0.99), ("authors", 0.975), ("body", 0.985), ("images", 0.90)];
    hold(&set, &sheets, &floors);
}

#[test]
fn pages_without_a_profile_are_no_walls() {
    let Some((set, sheets)) = read(set::FUNDUS, 1) else { return };
    let wall = |outcome| matches!(outcome, Outcome::Challenge | Outcome::Consent | Outcome::SoftGone);
    let walls = ids(&set, &sheets, wall);
    assert!(walls.is_empty(), "articles taken for walls: {walls:?}");
    let floors =
        [("title", 0.80), ("instant", 0.965), ("day", 0.97), ("authors", 0.79), ("body", 0.96), ("images", 0.885)];
    hold(&set, &sheets, &floors);
}

#[test]
fn bodies_of_the_benchmark_keep_their_shingles() {
    let Some((set, sheets)) = read(set::BENCHMARK, 1) else { return };
    hold(&set, &sheets, &[("body", 0.97)]);
}

#[test]
fn pages_of_trafilatura_keep_their_segments() {
    let Some((set, sheets)) = read(set::TRAFILATURA, 8) else { return };
    hold(&set, &sheets, &[("title", 0.73), ("day", 0.725), ("authors", 0.455), ("body", 0.91)]);
}

#[test]
fn articles_of_wcxb_keep_their_words() {
    let Some((set, sheets)) = read(set::WCXB, 8) else { return };
    hold(&set, &sheets, &[("title", 0.80), ("day", 0.84), ("authors", 0.655), ("body", 0.92)]);
}

#[test]
fn profiles_learnt_from_other_pages_come_near_those_written_by_hand() {
    let Some(shared) = crate::shared::folder() else { return };
    let measured = learnt::measure(&shared, 3);
    assert!(measured.publishers >= 4 && measured.taught >= 4, "{} publishers", measured.publishers);
    let mut ratios = Vec::new();
    for score in measured.scores() {
        println!(
            "  {:10} {:>3} {:.3} of {:.3}, {:.3} without",
            score.field, score.of, score.learnt, score.hand, score.none
        );
        ratios.push(score.ratio());
        // Which of a page's own headlines its publisher's parser takes, no page tells.
        let floor = if score.field == "title" { 0.75 } else { 0.9 };
        assert!(score.ratio() >= floor, "{}: {:.3} of {:.3}", score.field, score.learnt, score.hand);
    }
    let mean = rules::mean(ratios.into_iter());
    assert!(mean >= 0.9, "{mean:.3} of the hand-made profiles' score");
}

/// Reads every so many pages of a set; nothing where the sets are not at hand.
fn read(name: &'static str, every: usize) -> Option<(Set, Vec<Option<Sheet>>)> {
    let set = Set::load(name, &crate::shared::folder()?).thinned(every);
    let sheets = read_all(&set.pages, set.rules);
    Some((set, sheets))
}

/// Each of these fields reaches its floor. Prints what all of them reach, and how much of the set was read.
fn hold(set: &Set, sheets: &[Option<Sheet>], floors: &[(&str, f64)]) {
    let marked = set.marked_aloud(sheets);
    let line = |(field, score, of): (&str, f64, usize)| format!("\n  {field:10} {of:>4} {score:.3}");
    let lines: String = marked.fields().map(line).collect();
    println!("{}: {} of {} pages; `make score` reads all{lines}", set.name, sheets.len(), set.all);
    for (field, floor) in floors {
        let score = total(&marked.points(field));
        assert!(score >= *floor, "{}, {field}: {score:.3} is under {floor}", set.name);
    }
}

fn ids<'s>(set: &'s Set, sheets: &[Option<Sheet>], wanted: impl Fn(Outcome) -> bool) -> Vec<&'s str> {
    let outcome = |sheet: &Option<Sheet>| sheet.as_ref().and_then(|sheet| sheet.outcome);
    let found = set.pages.iter().zip(sheets).filter(|(_, sheet)| outcome(sheet).is_some_and(&wanted));
    found.map(|(page, _)| page.id.as_str()).collect()
}

/// `GRIOT_SCORE_SETS=wcxb` reads only the sets that have this in their name.
fn asked(name: &str) -> bool {
    std::env::var("GRIOT_SCORE_SETS").map_or(true, |part| name.contains(part.as_str()))
}

/// How many of the worst pages of each set and field people want to see: `GRIOT_SCORE_PAGES=20`.
fn worst() -> Option<usize> {
    let most = std::env::var("GRIOT_SCORE_PAGES").ok()?;
    Some(most.parse().ok().filter(|most| *most > 1).unwrap_or(10))
}
