//! The element that holds the body, and what stands in it and is none of it.

use std::collections::{BTreeSet, HashMap};

use ego_tree::NodeId;
use scraper::ElementRef;

use super::Leaf;
use super::evidence::{Evidence, Rule};
use super::selectors::{self, Candidate, Pool};
use crate::profile::rules::Field;

/// A page with less text than this in characters says little of where its text stands.
const SHORT: usize = 300;
/// The body's element holds so much of it, in percent.
const HOLDS: usize = 85;
/// An element that many paragraphs share holds so much of them, in percent.
const SHARES: usize = 70;
/// Elements around the body that propose selectors.
const AROUND: usize = 4;
/// Selectors of one element.
const EACH: usize = 8;
/// A rule holds on a page where it reads the same but for a tenth.
const HELD: f64 = 0.90;
/// Over all pages that it holds on it must read this much the same, or griot's own rules are better.
const ALIKE: f64 = 0.98;
/// It must hold on so many of the pages, in percent.
const PAGES: usize = 60;
/// What a layout may need.
const RULES: usize = 3;

/// What the learnt rules read of each page: the lines.
pub(super) struct Learnt {
    pub(super) rules: Vec<Rule>,
    /// By page; nothing where no rule held.
    pub(super) lines: HashMap<usize, BTreeSet<usize>>,
    /// The elements that hold the body, by page: what is dropped stands inside them.
    pub(super) homes: HashMap<usize, Vec<NodeId>>,
}

struct Tried {
    candidate: Candidate,
    /// By page.
    lines: HashMap<usize, (BTreeSet<usize>, f64)>,
}

/// Learns where the body stands.
pub(super) fn learn(leaves: &[Leaf<'_>]) -> Learnt {
    let mut learnt = Learnt { rules: Vec::new(), lines: HashMap::new(), homes: HashMap::new() };
    let told: BTreeSet<usize> = (0..leaves.len()).filter(|at| leaves[*at].body_size() >= SHORT).collect();
    let least = super::least(leaves);
    let mut pool = Pool::default();
    for at in &told {
        propose(*at, &leaves[*at], &mut pool);
    }
    let tried: Vec<Tried> =
        pool.best(super::tried(leaves)).into_iter().map(|candidate| tried(leaves, &told, candidate)).collect();
    let mut open = told;
    while learnt.rules.len() < RULES && !open.is_empty() {
        let Some(best) = best(&tried, &open, least) else { break };
        let mut evidence = Evidence { tried: open.len(), ..Evidence::default() };
        for at in std::mem::take(&mut open) {
            let Some((lines, alike)) = best.lines.get(&at) else {
                open.insert(at);
                continue;
            };
            if *alike >= HELD {
                evidence.held += 1;
                evidence.by_archive += usize::from(leaves[at].is_archived());
            } else {
                let first = lines.first().map(|line| leaves[at].witness.line(*line).text);
                evidence.against(&leaves[at].name, first.unwrap_or_default());
            }
            learnt.lines.insert(at, lines.clone());
            let homes = leaves[at].witness.html().select(&best.candidate.selector).map(|e| e.id());
            learnt.homes.insert(at, homes.collect());
        }
        learnt.rules.push(Rule::css(Field::Body, &best.candidate, evidence));
    }
    learnt
}

fn tried(leaves: &[Leaf<'_>], told: &BTreeSet<usize>, candidate: Candidate) -> Tried {
    let mut lines = HashMap::new();
    for at in told {
        let leaf = &leaves[*at];
        let found = leaf.witness.body_by(&candidate.selector);
        if leaf.size(&found) > 0 {
            let alike = leaf.alike(&found);
            lines.insert(*at, (found, alike));
        }
    }
    Tried { candidate, lines }
}

/// The one that reads most pages as they are known; the simplest among equals.
fn best<'t>(tried: &'t [Tried], open: &BTreeSet<usize>, least: usize) -> Option<&'t Tried> {
    let worth = |tried: &Tried| {
        let found: Vec<f64> = open.iter().filter_map(|at| tried.lines.get(at).map(|(_, alike)| *alike)).collect();
        let held: Vec<f64> = found.iter().copied().filter(|alike| *alike >= HELD).collect();
        let mean = held.iter().sum::<f64>() / f64::from(u32::try_from(held.len().max(1)).unwrap_or(1));
        let fits = held.len() >= least && held.len() * 100 >= found.len() * PAGES && mean >= ALIKE;
        fits.then(|| {
            // A hundredth of likeness is not worth a less lasting name.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
            let hundredths = (mean * 100.0).round() as u32;
            (held.len(), hundredths)
        })
    };
    let counted = tried.iter().filter_map(|t| worth(t).map(|worth| (worth, t)));
    let best = counted.max_by(|(a, one), (b, other)| {
        let simpler = other.candidate.cost.cmp(&one.candidate.cost);
        a.cmp(b).then(simpler).then(other.candidate.css.len().cmp(&one.candidate.css.len()))
    });
    best.map(|(_, tried)| tried)
}

/// Selectors for the elements around the body's lines, and for what the paragraphs share.
fn propose(at: usize, leaf: &Leaf<'_>, pool: &mut Pool) {
    let mut holds: HashMap<NodeId, usize> = HashMap::new();
    let mut shared: HashMap<String, (u32, usize)> = HashMap::new();
    for line in &leaf.body {
        let size = leaf.length(*line);
        let Some(block) = leaf.witness.html().tree.get(leaf.witness.line(*line).block) else { continue };
        for (above, node) in std::iter::once(block).chain(block.ancestors()).enumerate() {
            let Some(element) = ElementRef::wrap(node) else { continue };
            *holds.entry(node.id()).or_default() += size;
            if above < 3 {
                for name in super::names::of(element.value()).into_iter().take(2) {
                    let entry = shared.entry(name.css).or_insert((name.cost + 3, 0));
                    entry.1 += size;
                }
            }
        }
    }
    let all = leaf.body_size();
    let enough = |id: &NodeId| holds.get(id).is_some_and(|size| size * 100 >= all * HOLDS);
    let deepest = leaf.body.iter().find_map(|line| {
        let block = leaf.witness.html().tree.get(leaf.witness.line(*line).block)?;
        std::iter::once(block).chain(block.ancestors()).find(|node| enough(&node.id()))
    });
    let around = deepest.into_iter().flat_map(|node| std::iter::once(node).chain(node.ancestors()).take(1 + AROUND));
    for element in around.filter_map(ElementRef::wrap).filter(|e| !matches!(e.value().name(), "html" | "body")) {
        for (css, cost) in selectors::of(element).into_iter().take(EACH) {
            pool.add_one(at, paragraphs(&css, " > "), None, cost + 2);
            pool.add_one(at, paragraphs(&css, " "), None, cost + 1);
            pool.add_one(at, css, None, cost);
        }
    }
    for (css, (cost, size)) in shared {
        if size * 100 >= all * SHARES {
            pool.add_one(at, css, None, cost);
        }
    }
}

/// The parts of a text inside an element, or right inside it.
fn paragraphs(css: &str, joint: &str) -> String {
    let tags = ["p", "h2", "h3", "h4", "ul", "ol", "blockquote"];
    tags.map(|tag| format!("{css}{joint}{tag}")).join(", ")
}
