//! Profiles learnt from a publisher's other pages, beside the one written by hand and beside none: each page is read by
//! what the others of its paper taught.

use std::path::Path;

use griot::learn::{self, Sample};
use griot::model::reading::ArticleReading;
use griot::profile::Profile;

use super::marks::Marked;
use super::measure::Said;
use super::pages;
use super::reader::{self, Sheet};
use super::rules::total;
use super::sets::{self, Page};
use super::table::Row;

/// A paper has so many pages at least: one to be read, the others to learn from.
const PAGES: usize = 3;
/// What the learnt profile should reach of the hand-made one's score.
const AIM: &str = "aim .900";

/// Pages with truth, each read three ways.
pub(crate) struct Measured {
    pages: Vec<Page>,
    hand: Vec<Option<Sheet>>,
    learnt: Vec<Option<Sheet>>,
    none: Vec<Option<Sheet>>,
    pub(crate) publishers: usize,
    /// Pages for which the others taught a rule.
    pub(crate) taught: usize,
}

/// One field's scores.
pub(crate) struct Score {
    pub(crate) field: &'static str,
    pub(crate) of: usize,
    pub(crate) learnt: f64,
    pub(crate) hand: f64,
    pub(crate) none: f64,
}

impl Score {
    /// What is reached of the hand-made profile's score.
    pub(crate) fn ratio(&self) -> f64 {
        if self.hand > 0.0 { self.learnt / self.hand } else { 1.0 }
    }
}

/// Every page of every set that a shipped profile owns, by profile; those of fundus first.
pub(crate) fn papers(shared: &Path) -> Vec<(Profile, Vec<Page>, usize)> {
    let mut papers: Vec<(Profile, Vec<Page>, usize)> =
        pages::shipped().into_iter().map(|profile| (profile, Vec::new(), 0)).collect();
    let mut give = |page: Page, scored: bool| {
        let Some((_, pages, count)) = papers.iter_mut().find(|(profile, ..)| profile.canon.owns(&page.url)) else {
            return;
        };
        if !pages.iter().any(|known| known.url == page.url) {
            *count += usize::from(scored);
            pages.push(page);
        }
    };
    for page in sets::fundus(shared) {
        give(page, true);
    }
    let others = [sets::trafilatura, sets::article_extraction_benchmark, sets::wcxb, sets::goose, sets::francophone];
    for page in others.into_iter().flat_map(|set| set(shared)) {
        give(page, false);
    }
    papers.retain(|(_, pages, scored)| pages.len() >= PAGES && *scored > 0);
    papers
}

/// Learns and reads. Every so many papers only: what an unoptimised build can do in seconds.
pub(crate) fn measure(shared: &Path, every: usize) -> Measured {
    let mut out = Measured {
        pages: Vec::new(),
        hand: Vec::new(),
        learnt: Vec::new(),
        none: Vec::new(),
        publishers: 0,
        taught: 0,
    };
    for (profile, mut pages, scored) in papers(shared).into_iter().step_by(every) {
        out.publishers += 1;
        let samples: Vec<Sample> = pages.iter().map(sample).collect();
        let profiles = [profile];
        for (at, page) in pages.iter().enumerate().take(scored) {
            let others: Vec<Sample> =
                samples.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, sample)| sample.clone()).collect();
            let (toml, rules) = learn_from(&others);
            let learnt = [Profile::parse("learnt", &page.id, &toml).unwrap_or_else(|e| panic!("{e}\n{toml}"))];
            if std::env::var("GRIOT_SCORE_PAGES").is_ok() {
                println!("### {}: learnt from {} others\n{toml}", page.id, others.len());
            }
            out.taught += usize::from(rules > 0);
            out.hand.push(Some(read(page, &profiles)));
            out.learnt.push(Some(read(page, &learnt)));
            out.none.push(Some(read(page, &[])));
        }
        pages.truncate(scored);
        out.pages.append(&mut pages);
    }
    out
}

fn sample(page: &Page) -> Sample {
    Sample {
        name: page.id.clone(),
        url: page.url.clone(),
        html: page.html(),
        captured_at: page.saved_at,
        versions: Vec::new(),
    }
}

/// The profile as it would be printed, and how many rules it has.
fn learn_from(samples: &[Sample]) -> (String, usize) {
    let about = learn::about(samples);
    let learnt = learn::learn(samples, &learn::minimal(&about).unwrap(), None);
    (learn::whole(&about, &learnt), learnt.rules.len())
}

/// Reads a page by the profile, though its address may be of another host of the paper.
fn read(page: &Page, profiles: &[Profile]) -> Sheet {
    let (article, time): (ArticleReading, _) = match profiles {
        [one] => reader::by(page, one),
        _ => reader::article(page, profiles),
    };
    Sheet { said: Said::from(&article), outcome: Some(article.outcome), time }
}

impl Measured {
    /// Field by field.
    pub(crate) fn scores(&self) -> Vec<Score> {
        let marked = |sheets| Marked::of(&self.pages, sheets, true);
        let (hand, learnt, none) = (marked(&self.hand), marked(&self.learnt), marked(&self.none));
        if let Some(most) = super::worst() {
            println!("fundus, learnt: the worst pages");
            super::marks::print_worst(&learnt, most);
        }
        let scores = hand.fields().map(|(field, hand, of)| {
            let of_field = |marked: &Marked<'_>| total(&marked.points(field));
            Score { field, of, hand, learnt: of_field(&learnt), none: of_field(&none) }
        });
        scores.collect()
    }
}

/// The table's lines.
pub(crate) fn rows(shared: &Path) -> Vec<Row> {
    let measured = measure(shared, 1);
    let scores = measured.scores();
    let row = |score: &Score| Row {
        set: "fundus, learnt".to_owned(),
        field: score.field.to_owned(),
        of: score.of,
        values: vec![format!("{:.3}", score.learnt)],
        beside: format!(
            "by hand {:.3}, no profile {:.3}; {:.3} of by hand, {AIM}",
            score.hand,
            score.none,
            score.ratio()
        ),
    };
    println!(
        "fundus, learnt: {} publishers, rules for {} of {} pages",
        measured.publishers,
        measured.taught,
        measured.pages.len()
    );
    scores.iter().map(row).collect()
}
