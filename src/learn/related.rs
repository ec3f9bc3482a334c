//! The block of related links: by the label that several pages print over links of their own, and by the element around
//! these, which is nearly all link.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use scraper::{ElementRef, Selector};
use serde::Serialize;

use super::evidence::{Evidence, Rule};
use super::known::letters;
use super::{Leaf, selectors};

/// A longer line in characters is a sentence.
const LABEL: usize = 60;
/// A shorter one in letters is no label.
const SHORTEST: usize = 4;
/// Lines behind a label that are looked at.
const BEHIND: usize = 12;
/// A line of a list is link for more than this, in percent.
const LINKED: usize = 80;
/// The block stands within so many lines behind the body, or inside it.
const NEAR: usize = 25;
/// A label that nobody knows stands on so many of the pages, in percent.
const RARE: usize = 20;
/// Labels of one layout.
const MOST: usize = 6;
/// Of the links under a label on two pages so many must differ, in percent: what every page shows is no one's choice.
const OWN: usize = 50;

/// A label found, with the block under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    /// The label as printed on most pages.
    pub label: String,
    /// griot knows it everywhere, and no rule is needed to read the links.
    pub known: bool,
    /// A selector of the element that holds label or links.
    pub css: Option<String>,
    /// Share of its text that is link, in percent, over all pages.
    pub linked: usize,
    /// Pages that show it.
    pub evidence: Evidence,
}

struct Found {
    at: usize,
    line: usize,
    targets: BTreeSet<String>,
    last: usize,
}

/// Finds the blocks; gives too the ends of the body that they mark.
pub(super) fn learn(leaves: &[Leaf<'_>]) -> (Vec<Block>, Vec<Rule>) {
    let mut labels: HashMap<String, Vec<Found>> = HashMap::new();
    for (at, leaf) in leaves.iter().enumerate() {
        for line in near(leaf) {
            if let Some(found) = list_under(leaf, at, line) {
                labels.entry(letters(leaf.witness.line(line).text)).or_default().push(found);
            }
        }
    }
    let least = super::least(leaves);
    let mut blocks: Vec<(Block, Option<Rule>)> = labels
        .into_values()
        .filter_map(|found| {
            let pages: BTreeSet<usize> = found.iter().map(|f| f.at).collect();
            let known = leaves[found[0].at].witness.is_label(found[0].line);
            let unknown = (leaves.len() * RARE).div_ceil(100).max(2);
            let enough = pages.len() >= least.max(if known { 1 } else { unknown });
            (enough && (known || is_own(&found))).then(|| block(leaves, &found, pages.len(), known))
        })
        .collect();
    blocks.sort_by(|(a, _), (b, _)| b.evidence.held.cmp(&a.evidence.held).then(a.label.cmp(&b.label)));
    blocks.truncate(MOST);
    let ends = blocks.iter().filter_map(|(_, end)| end.clone()).collect();
    (blocks.into_iter().map(|(block, _)| block).collect(), ends)
}

/// The lines of the body and those behind it.
fn near(leaf: &Leaf<'_>) -> std::ops::Range<usize> {
    let Some((first, last)) = leaf.body.first().zip(leaf.body.last()) else { return 0..0 };
    *first..(last + NEAR).min(leaf.witness.len())
}

/// A short line with a line that is link behind it.
fn list_under(leaf: &Leaf<'_>, at: usize, line: usize) -> Option<Found> {
    let label = leaf.witness.line(line);
    let length = label.text.chars().count();
    let is_short = length <= LABEL && letters(label.text).len() >= SHORTEST && label.linked < LINKED;
    if label.around || !is_short || tells_time(label.text) || leaf.body.contains(&line) && !label.heading {
        return None;
    }
    let mut targets = BTreeSet::new();
    let mut last = line;
    for next in (line + 1..leaf.witness.len()).take(BEHIND) {
        let seen = leaf.witness.line(next);
        if seen.linked <= LINKED || leaf.body.contains(&next) {
            break;
        }
        let target = leaf.witness.links(next).next().and_then(|href| leaf.witness.absolute(href));
        let on_site = target.filter(|url| url.host_str() == leaf.url.host_str() && url.path().len() > 1);
        targets.extend(on_site.map(|url| url.path().to_owned()));
        last = next;
    }
    (!targets.is_empty()).then_some(Found { at, line, targets, last })
}

/// A line that stands over links and tells when is the day of one of the stories.
fn tells_time(line: &str) -> bool {
    line.bytes().filter(u8::is_ascii_digit).count() > 2
}

/// Do pages print links of their own under it?
fn is_own(found: &[Found]) -> bool {
    let all: usize = found.iter().map(|f| f.targets.len()).sum();
    let each: BTreeSet<&String> = found.iter().flat_map(|f| &f.targets).collect();
    all > 0 && each.len() * 100 >= all * OWN && found.len() > 1
}

fn block(leaves: &[Leaf<'_>], found: &[Found], pages: usize, known: bool) -> (Block, Option<Rule>) {
    let label = leaves[found[0].at].witness.line(found[0].line).text;
    let label = label.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let mut evidence = Evidence { tried: leaves.len(), held: pages, ..Evidence::default() };
    let by_archive = found.iter().filter(|f| leaves[f.at].is_archived()).map(|f| f.at).collect::<BTreeSet<_>>();
    evidence.by_archive = by_archive.len();
    let mut proposed: BTreeMap<(u32, String), BTreeSet<usize>> = BTreeMap::new();
    let (mut text, mut linked) = (0, 0);
    for one in found {
        let leaf = &leaves[one.at];
        for line in one.line..=one.last {
            let seen = leaf.witness.line(line);
            text += seen.text.len();
            linked += seen.text.len() * seen.linked.min(100) / 100;
        }
        for (css, cost) in around(leaf, one) {
            proposed.entry((cost, css)).or_default().insert(one.at);
        }
    }
    let css = proposed.into_iter().rev().max_by_key(|(_, on)| on.len()).map(|((_, css), _)| css);
    let end = css.as_deref().filter(|css| ends(leaves, css));
    let end = end.map(|css| Rule {
        field: "ends".into(),
        css: css.to_owned(),
        attr: None,
        behind: false,
        evidence: evidence.clone(),
    });
    (Block { label, known, css, linked: linked * 100 / text.max(1), evidence }, end)
}

/// Selectors for the elements that hold the whole list and nothing of the body.
fn around(leaf: &Leaf<'_>, found: &Found) -> Vec<(String, u32)> {
    let html = leaf.witness.html();
    let Some(block) = html.tree.get(leaf.witness.line(found.last).block) else { return Vec::new() };
    let mut out = Vec::new();
    for element in std::iter::once(block).chain(block.ancestors()).filter_map(ElementRef::wrap) {
        let inside = leaf.witness.inside(element.id());
        if inside.clone().any(|line| leaf.body.contains(&line)) {
            break;
        }
        if inside.contains(&found.last) && inside.start <= found.line + 1 {
            out.extend(selectors::of(element).into_iter().filter(|(css, _)| css.contains(['.', '#', '['])).take(3));
        }
    }
    out
}

/// Does the element stand behind all of the body wherever it stands, on two pages at least?
fn ends(leaves: &[Leaf<'_>], css: &str) -> bool {
    let Ok(selector) = Selector::parse(css) else { return false };
    let mut pages = 0;
    for leaf in leaves {
        let mut starts = leaf.witness.html().select(&selector).filter_map(|element| {
            let inside = leaf.witness.inside(element.id());
            (!inside.is_empty()).then_some(inside.start)
        });
        let Some(first) = starts.next() else { continue };
        if leaf.body.last().is_some_and(|last| first <= *last) {
            return false;
        }
        pages += 1;
    }
    pages >= 2
}
