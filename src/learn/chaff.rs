//! What stands inside the body's element, or was taken for text, and is none: boxes that the known text leaves out, and
//! sentences that stand on page after page.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ego_tree::NodeRef;
use scraper::{ElementRef, Node, Selector};

use super::body::Learnt;
use super::evidence::{Evidence, Rule};
use super::known::letters;
use super::{Leaf, selectors};

/// Rules of one layout.
const MOST: usize = 12;
/// Lines of one page that propose what to drop.
const LINES: usize = 60;
/// Shorter sentences may stand in two articles by chance, in letters;
const SENTENCE: usize = 12;
/// longer ones may be quoted by both.
const LONG: usize = 400;
/// Elements that are climbed to from a line.
const CLIMB: usize = 4;

/// Lines of all pages: page, line.
pub(super) type Lines = BTreeSet<(usize, usize)>;

/// Takes sentences that several pages share out of what is believed to be their text; gives those that were taken, with
/// the number of pages.
pub(super) fn repeated(leaves: &mut [Leaf<'_>]) -> Vec<(String, usize)> {
    let least = if leaves.len() < 6 { 2 } else { 3 };
    let mut pages: HashMap<String, (String, BTreeSet<usize>)> = HashMap::new();
    for (at, leaf) in leaves.iter().enumerate().filter(|(_, leaf)| !leaf.is_archived()) {
        for line in &leaf.body {
            let text = leaf.witness.line(*line).text;
            let said = letters(text);
            if (SENTENCE..=LONG).contains(&said.chars().count()) {
                pages.entry(said).or_insert_with(|| (text.to_owned(), BTreeSet::new())).1.insert(at);
            }
        }
    }
    pages.retain(|_, (_, on)| on.len() >= least);
    for leaf in leaves.iter_mut().filter(|leaf| !leaf.is_archived()) {
        let shared = |line: &usize| pages.contains_key(&letters(leaf.witness.line(*line).text));
        let gone: Vec<usize> = leaf.body.iter().copied().filter(shared).collect();
        for line in gone {
            leaf.body.remove(&line);
            leaf.shared.insert(line);
        }
    }
    let mut told: Vec<(String, usize)> = pages.into_values().map(|(text, on)| (text, on.len())).collect();
    told.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    told
}

/// Learns which elements to drop; gives too the shared lines that no element tells apart, as (page, line).
pub(super) fn learn(leaves: &[Leaf<'_>], body: &Learnt) -> (Vec<Rule>, Lines) {
    let mut proposed: BTreeMap<(u32, String), BTreeSet<usize>> = BTreeMap::new();
    let mut open: Lines = BTreeSet::new();
    for (at, leaf) in leaves.iter().enumerate() {
        let read = body.lines.get(&at);
        let extra = read.into_iter().flatten().copied().filter(|line| !leaf.body.contains(line));
        let extra: BTreeSet<usize> = extra.chain(leaf.shared.iter().copied()).collect();
        for line in extra.into_iter().take(LINES) {
            open.insert((at, line));
            for (css, cost) in around(leaf, body.homes.get(&at).map_or(&[], Vec::as_slice), line) {
                proposed.entry((cost, css)).or_default().insert(at);
            }
        }
    }
    let least = super::least(leaves);
    let many = proposed.into_iter().filter(|(_, pages)| pages.len() >= least);
    let tried: Vec<(String, Evidence, Lines)> =
        many.take(80).filter_map(|((_, css), _)| tried(leaves, css, &open)).collect();
    let mut rules = Vec::new();
    while rules.len() < MOST {
        let gain = |taken: &Lines| taken.intersection(&open).count();
        let pages = |taken: &Lines| taken.intersection(&open).map(|(at, _)| *at).collect::<BTreeSet<_>>().len();
        let useful = tried.iter().rev().filter(|(_, _, taken)| pages(taken) >= least);
        let Some((css, evidence, taken)) = useful.max_by_key(|(_, _, taken)| gain(taken)) else { break };
        open.retain(|line| !taken.contains(line));
        rules.push(Rule {
            field: "drop".into(),
            css: css.clone(),
            attr: None,
            behind: false,
            evidence: evidence.clone(),
        });
    }
    open.retain(|(at, line)| leaves[*at].shared.contains(line));
    (rules, open)
}

/// Selectors for the boxes around a line that hold nothing of the body.
fn around(leaf: &Leaf<'_>, homes: &[ego_tree::NodeId], line: usize) -> Vec<(String, u32)> {
    let Some(block) = leaf.witness.html().tree.get(leaf.witness.line(line).block) else { return Vec::new() };
    let inside = |node: &NodeRef<'_, Node>| !homes.contains(&node.id()) && is_chaff(leaf, node.id());
    let boxes = std::iter::once(block).chain(block.ancestors()).take(CLIMB).take_while(inside);
    let mut out = Vec::new();
    for element in boxes.filter_map(ElementRef::wrap) {
        // A bare tag inside something is too much of the text to be dropped.
        let named = selectors::of(element).into_iter().filter(|(css, _)| is_named(css, element.value().name()));
        out.extend(named.take(4));
    }
    out
}

fn is_named(css: &str, tag: &str) -> bool {
    let last = css.rsplit([' ', '>']).next().unwrap_or_default();
    last != tag
}

/// Nothing of the text is in it, nor a label of related links, which are read where they stand.
fn is_chaff(leaf: &Leaf<'_>, element: ego_tree::NodeId) -> bool {
    let inside = leaf.witness.inside(element);
    let headline = leaf.witness.title_line();
    inside.clone().all(|line| !leaf.body.contains(&line) && headline != Some(line) && !leaf.witness.is_label(line))
}

/// What a selector would drop, if it drops nothing of any page's text.
fn tried(leaves: &[Leaf<'_>], css: String, open: &Lines) -> Option<(String, Evidence, Lines)> {
    let selector = Selector::parse(&css).ok()?;
    let mut evidence = Evidence { tried: leaves.len(), ..Evidence::default() };
    let mut taken = BTreeSet::new();
    for (at, leaf) in leaves.iter().enumerate() {
        let mut found = false;
        for element in leaf.witness.html().select(&selector) {
            if !is_chaff(leaf, element.id()) {
                return None;
            }
            let lines = leaf.witness.inside(element.id());
            found |= !lines.is_empty();
            taken.extend(lines.map(|line| (at, line)).filter(|line| open.contains(line)));
        }
        evidence.held += usize::from(found);
    }
    (!taken.is_empty()).then_some((css, evidence, taken))
}
