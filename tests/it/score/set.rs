//! A set of pages and the rules it is read by.

use std::path::Path;

use super::marks::{Marked, print_worst};
use super::reader::{Rules, Sheet};
use super::sets::{self, Page};
use super::{pages, worst};

pub(crate) const PROFILES: &str = "fundus, profiles";
pub(crate) const FUNDUS: &str = "fundus";
pub(crate) const BENCHMARK: &str = "article-extraction-benchmark";
pub(crate) const TRAFILATURA: &str = "trafilatura";
pub(crate) const WCXB: &str = "wcxb articles";
pub(crate) const GOOSE: &str = "goose3";

/// In the order of the table.
pub(crate) const ALL: [&str; 6] = [PROFILES, FUNDUS, BENCHMARK, TRAFILATURA, WCXB, GOOSE];

pub(crate) struct Set {
    pub(crate) name: &'static str,
    pub(crate) rules: Rules,
    /// The set's values are the page's own to the letter, and not typed by people.
    exact: bool,
    pub(crate) pages: Vec<Page>,
    /// How many pages it has, thinned or not.
    pub(crate) all: usize,
}

impl Set {
    pub(crate) fn load(name: &'static str, shared: &Path) -> Self {
        let rules = if name == PROFILES { Rules::Shipped } else { Rules::Default };
        let pages = match name {
            PROFILES => owned(sets::fundus(shared)),
            FUNDUS => sets::fundus(shared),
            BENCHMARK => sets::article_extraction_benchmark(shared),
            TRAFILATURA => sets::trafilatura(shared),
            WCXB => sets::wcxb(shared),
            GOOSE => sets::goose(shared),
            other => panic!("no set is called {other}"),
        };
        Self { name, rules, exact: name.starts_with(FUNDUS), all: pages.len(), pages }
    }

    /// Every so many pages only: what an unoptimised build can read in seconds.
    pub(crate) fn thinned(mut self, every: usize) -> Self {
        let mut at = 0..;
        self.pages.retain(|_| at.next().unwrap_or(0) % every == 0);
        self
    }

    /// What a reader said, marked; a page of which it said nothing counts as read wrongly.
    pub(crate) fn marked(&self, sheets: &[Option<Sheet>]) -> Marked<'_> {
        Marked::of(&self.pages, sheets, self.exact)
    }

    /// The same for griot, with the worst pages told where people ask for them.
    pub(crate) fn marked_aloud(&self, sheets: &[Option<Sheet>]) -> Marked<'_> {
        let marked = self.marked(sheets);
        if let Some(most) = worst() {
            println!("{}: the worst pages", self.name);
            print_worst(&marked, most);
        }
        marked
    }
}

/// The pages for whose paper a profile ships.
fn owned(mut pages: Vec<Page>) -> Vec<Page> {
    let profiles = pages::shipped();
    pages.retain(|page| pages::owner(&profiles, &page.url).is_some());
    pages
}
