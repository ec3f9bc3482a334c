//! Selectors that could find an element again on the site's other pages.

use std::collections::{BTreeSet, HashMap};

use scraper::{ElementRef, Selector};

use super::names::{self, Name};

/// Names of one element that are tried.
const OWN: usize = 4;
/// Ancestors whose names are tried before it,
const UP: usize = 8;
/// so many of each.
const THEIRS: usize = 2;
/// Selectors of one element.
const MOST: usize = 56;
/// Selectors remembered for one field: pages made to have more have no say in the rest.
const POOL: usize = 4_000;

/// Tags that say what they hold.
const TAGS: [&str; 6] = ["h1", "time", "address", "article", "main", "figcaption"];

/// A selector, compiled, and how long it may be expected to hold.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) css: String,
    pub(super) attr: Option<&'static str>,
    pub(super) selector: Selector,
    /// The less, the longer.
    pub(super) cost: u32,
}

/// Selectors proposed by pages, each with the pages that propose it.
#[derive(Debug, Default)]
pub(super) struct Pool(HashMap<Key, (u32, BTreeSet<usize>)>);

/// A selector and an attribute.
type Key = (String, Option<&'static str>);

impl Pool {
    /// Adds what could find an element of one page; `more` is what speaks against the element itself.
    pub(super) fn add(&mut self, page: usize, element: ElementRef<'_>, attr: Option<&'static str>, more: u32) {
        for (css, cost) in of(element) {
            self.add_one(page, css, attr, cost + more);
        }
    }

    /// Adds one selector.
    pub(super) fn add_one(&mut self, page: usize, css: String, attr: Option<&'static str>, cost: u32) {
        let full = self.0.len() >= POOL;
        let key = (css, attr);
        if !full || self.0.contains_key(&key) {
            self.0.entry(key).or_insert_with(|| (cost, BTreeSet::new())).1.insert(page);
        }
    }

    /// Those that most pages propose, the simplest first among equals.
    pub(super) fn best(self, most: usize) -> Vec<Candidate> {
        let mut all: Vec<_> = self.0.into_iter().collect();
        all.sort_by(|((css, _), (cost, pages)), ((other, _), (others, more))| {
            more.len().cmp(&pages.len()).then(cost.cmp(others)).then(css.len().cmp(&other.len())).then(css.cmp(other))
        });
        all.truncate(most);
        let compiled = all.into_iter().filter_map(|((css, attr), (cost, _))| {
            let selector = Selector::parse(&css).ok()?;
            Some(Candidate { css, attr, selector, cost })
        });
        compiled.collect()
    }
}

/// Selectors for an element, each with its cost.
pub(super) fn of(element: ElementRef<'_>) -> Vec<(String, u32)> {
    let tag = element.value().name();
    let mut own = names::of(element.value());
    own.truncate(OWN);
    let mut out: Vec<(String, u32)> = own.iter().map(|name| (name.css.clone(), name.cost)).collect();
    // A class that an ancestor's module bears too is told from it by its tag.
    out.extend(own.iter().map(|name| (format!("{tag}{}", name.css), name.cost + 1)));
    if TAGS.contains(&tag) {
        out.push((tag.to_owned(), if tag == "h1" { 2 } else { 4 }));
    }
    let bare = Name { css: tag.to_owned(), cost: 2 };
    for (above, ancestor) in element.ancestors().filter_map(ElementRef::wrap).take(UP).enumerate() {
        let theirs = names::of(ancestor.value());
        let tags =
            TAGS.contains(&ancestor.value().name()).then(|| Name { css: ancestor.value().name().into(), cost: 3 });
        for name in theirs.into_iter().take(THEIRS).chain(tags) {
            for own in own.iter().chain([&bare]) {
                let cost = name.cost + own.cost + 1 + u32::try_from(above / 3).unwrap_or(0);
                out.push((format!("{} {}", name.css, own.css), cost));
            }
            if above == 0 {
                out.push((format!("{} > {tag}", name.css), name.cost + 3));
            }
        }
    }
    out.sort_by(|(a, cost), (b, other)| cost.cmp(other).then(a.len().cmp(&b.len())));
    out.dedup();
    out.truncate(MOST);
    out
}
