//! What griot reads of public sets of pages, held against what each set wants by the set's own rule. `make score` prints
//! the whole as one table, beside the peers; the tests here hold floors, so that no change loses what was reached.

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
mod sets;
mod strings;
mod table;

use griot::model::reading::Outcome;
use marks::Marked;
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
        [("title", 0.98), ("instant", 0.98), ("day", 0.98), ("authors", 0.80), ("body", 0.98), ("images", 0.69)];
    hold(&set.marked_aloud(&sheets), &floors);
}

#[test]
fn pages_without_a_profile_are_no_walls() {
    let Some((set, sheets)) = read(set::FUNDUS, 1) else { return };
    let wall = |outcome| matches!(outcome, Outcome::Challenge | Outcome::Consent | Outcome::SoftGone);
    let walls = ids(&set, &sheets, wall);
    assert!(walls.is_empty(), "articles taken for walls: {walls:?}");
    let floors =
        [("title", 0.80), ("instant", 0.96), ("day", 0.96), ("authors", 0.80), ("body", 0.90), ("images", 0.62)];
    hold(&set.marked_aloud(&sheets), &floors);
}

#[test]
fn bodies_of_the_benchmark_keep_their_shingles() {
    let Some((set, sheets)) = read(set::BENCHMARK, 1) else { return };
    hold(&set.marked_aloud(&sheets), &[("body", 0.94)]);
}

#[test]
fn pages_of_trafilatura_keep_their_segments() {
    let Some((set, sheets)) = read(set::TRAFILATURA, 8) else { return };
    hold(&set.marked_aloud(&sheets), &[("title", 0.74), ("day", 0.60), ("authors", 0.45), ("body", 0.85)]);
}

#[test]
fn articles_of_wcxb_keep_their_words() {
    let Some((set, sheets)) = read(set::WCXB, 8) else { return };
    hold(&set.marked_aloud(&sheets), &[("title", 0.78), ("day", 0.62), ("authors", 0.56), ("body", 0.84)]);
}

/// Reads every so many pages of a set, and says how many these are; nothing where the sets are not at hand.
fn read(name: &'static str, every: usize) -> Option<(Set, Vec<Option<Sheet>>)> {
    let set = Set::load(name, &crate::shared::folder()?);
    let all = set.pages.len();
    let set = set.thinned(every);
    println!("{name}: {} of {all} pages; `make score` reads all", set.pages.len());
    let sheets = read_all(&set.pages, set.rules);
    Some((set, sheets))
}

/// Prints every field's score; each of those named reaches its floor.
fn hold(marked: &Marked<'_>, floors: &[(&str, f64)]) {
    for (field, score, of) in marked.fields() {
        println!("  {field:10} {of:>4} {score:.3}");
    }
    for (field, floor) in floors {
        let score = total(&marked.points(field));
        assert!(score >= *floor, "{field}: {score:.3} is under {floor}");
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
