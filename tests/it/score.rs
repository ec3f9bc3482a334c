//! What griot reads of public sets of pages, held against what each set wants by the set's own rule. `make score` prints
//! the whole as one table, beside the peers; the tests here hold floors, so that no change loses what was reached.

pub(crate) mod measure;
pub(crate) mod pages;

mod marks;
mod reader;
mod rules;
mod sets;
mod table;

use std::path::Path;
use std::time::Duration;

use griot::model::reading::Outcome;
use reader::{Rules, Sheet, read_all};
use sets::Page;
use table::{Marked, Row, share};

pub(crate) const TITLE: f64 = 0.95;
pub(crate) const DAY: f64 = 0.95;
pub(crate) const BODY: f64 = 0.90;

/// A set of pages under the rules it is read by.
struct Set {
    name: &'static str,
    rules: Rules,
    /// The set's values are the page's own to the letter.
    exact: bool,
    pages: Vec<Page>,
}

impl Set {
    fn all(shared: &Path) -> Vec<Self> {
        let profiles = pages::shipped();
        let mut owned = sets::fundus(shared);
        owned.retain(|page| pages::owner(&profiles, &page.url).is_some());
        let set = |name, pages| Self { name, rules: Rules::Default, exact: false, pages };
        vec![
            Self { name: "fundus, profiles", rules: Rules::Shipped, exact: true, pages: owned },
            Self { exact: true, ..set("fundus", sets::fundus(shared)) },
            set("article-extraction-benchmark", sets::article_extraction_benchmark(shared)),
            set("trafilatura", sets::trafilatura(shared)),
            set("wcxb articles", sets::wcxb(shared)),
            set("goose3", sets::goose(shared)),
        ]
    }

    /// Marks what griot said, and prints the worst pages when people ask for them.
    fn marked(&self, sheets: &[Sheet]) -> Marked<'_> {
        let marked = Marked::of(&self.pages, &sheets.iter().map(Some).collect::<Vec<_>>(), self.exact);
        if let Some(most) = worst() {
            println!("{}: the worst pages", self.name);
            marked.print_worst(most);
        }
        marked
    }
}

#[test]
#[ignore = "`make score` runs it, optimised"]
fn the_table() {
    let shared = crate::shared::folder().expect("the shared sets");
    let mut rows = Vec::new();
    for set in Set::all(&shared).iter().filter(|set| asked(set.name)) {
        let sheets = read_all(&set.pages, set.rules);
        for (field, score, of) in set.marked(&sheets).fields() {
            let (set, field, values) = (set.name.to_owned(), field.to_owned(), vec![share(score)]);
            rows.push(Row { set, field, of, values, beside: String::new() });
        }
        println!("{}: {:.1} pages/s of one core", set.name, pace(&sheets));
    }
    table::print(&["griot".to_owned()], &rows);
}

#[test]
fn pages_with_a_profile_reach_the_targets() {
    holds(
        "fundus, profiles",
        1,
        &[("title", 0.95), ("day", 0.95), ("authors", 0.80), ("body", 0.97), ("images", 0.68)],
    );
}

#[test]
fn pages_without_a_profile_are_no_walls() {
    holds("fundus", 4, &[("title", 0.75), ("day", 0.90), ("authors", 0.75), ("body", 0.85), ("images", 0.55)]);
}

/// Each of these fields reaches its floor, on every so many pages of the set, and no page is taken for a wall.
fn holds(name: &str, every: usize, floors: &[(&str, f64)]) {
    let Some(shared) = crate::shared::folder() else { return };
    let mut set = Set::all(&shared).into_iter().find(|set| set.name == name).unwrap();
    let all = set.pages.len();
    let mut at = 0..;
    set.pages.retain(|_| at.next().unwrap_or(0) % every == 0);
    let sheets = read_all(&set.pages, set.rules);
    println!("{name}: {} of {all} pages", sheets.len());
    let marked = set.marked(&sheets);
    for (field, score, of) in marked.fields() {
        println!("  {field:10} {of:>4} {score:.3}");
    }
    let wall = |sheet: &Sheet| matches!(sheet.outcome, Some(Outcome::Challenge | Outcome::Consent | Outcome::SoftGone));
    let walls: Vec<&str> = set.pages.iter().zip(&sheets).filter(|(_, s)| wall(s)).map(|(p, _)| p.id.as_str()).collect();
    assert!(walls.is_empty(), "articles taken for walls: {walls:?}");
    for (field, floor) in floors {
        let (score, _) = marked.score(field).unwrap();
        assert!(score >= *floor, "{name}, {field}: {score:.3} is under {floor}");
    }
}

/// `GRIOT_SCORE_SETS=wcxb` reads only the sets whose name has this in it.
fn asked(name: &str) -> bool {
    std::env::var("GRIOT_SCORE_SETS").map_or(true, |part| name.contains(part.as_str()))
}

/// How many of the worst pages people want to see of each set and field: `GRIOT_SCORE_PAGES=20`.
fn worst() -> Option<usize> {
    let most = std::env::var("GRIOT_SCORE_PAGES").ok()?;
    Some(most.parse().ok().filter(|most| *most > 1).unwrap_or(10))
}

#[expect(clippy::cast_precision_loss, reason = "pages of a set")]
fn pace(sheets: &[Sheet]) -> f64 {
    sheets.len() as f64 / sheets.iter().map(|sheet| sheet.time).sum::<Duration>().as_secs_f64()
}
