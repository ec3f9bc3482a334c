//! Boxes that print related links without a label, or under the name of the subject: the page's own markup says what they
//! are (`widget--type-related`, `meme_sujet`).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use scraper::node::Element;

use super::super::flow::LineKind;
use super::super::labels::{self, LabelKind};
use super::{Finder, LONGEST_LIST, SENTENCE, place};
use crate::extract::pattern::pattern;
use crate::model::link::RelatedKind;

/// Boxes looked at on one page.
const BOXES: usize = 400;
/// A shorter text names no story.
const TITLE: usize = 15;
/// Words of class names and ids that stand for related links, one or two in a row.
const NAMES: &[&[&str]] = &[
    &["related"],
    &["relatedlinks"],
    &["relatedarticles"],
    &["correlated"],
    &["correlatedlink"],
    &["recirculation"],
    &["recommended"],
    &["crosslinking"],
    &["readalso"],
    &["seealso"],
    &["readmore"],
    &["lireaussi"],
    &["alireaussi"],
    &["read", "also"],
    &["read", "more"],
    &["see", "also"],
    &["also", "like"],
    &["lire", "aussi"],
    &["voir", "aussi"],
    &["meme", "sujet"],
    &["meme", "theme"],
    &["articles", "lies"],
    &["article", "lie"],
    &["liens", "lies"],
];

/// Does a class name or id name related links?
pub(super) fn is_related(name: &str) -> bool {
    // Nearly all names end here, and are not taken apart.
    static LIKELY: LazyLock<Regex> =
        LazyLock::new(|| pattern("(?i)relat|recirc|recomm|cross|also|aussi|sujet|theme|lie|more"));
    if !LIKELY.is_match(name) {
        return false;
    }
    let parts = place::parts(name);
    NAMES.iter().any(|words| parts.windows(words.len()).any(|window| window.iter().zip(*words).all(|(a, b)| a == b)))
}

impl<'f> Finder<'f, '_> {
    /// Reads the boxes whose markup names them and whose lines no label has taken.
    pub(super) fn named_boxes(&mut self) {
        // The same few names stand on most elements.
        let mut known: HashMap<&str, bool> = HashMap::new();
        let mut related = |name| *known.entry(name).or_insert_with(|| is_related(name));
        let named = self.sight.html.tree.root().descendants().filter(|node| {
            let element = node.value().as_element();
            let classes = |e: &'f Element| e.attr("class").unwrap_or_default().split_whitespace();
            element.is_some_and(|e| e.name() != "body" && classes(e).chain(e.attr("id")).any(&mut related))
        });
        let boxes: Vec<Range<usize>> = named.take(BOXES).map(|node| self.sight.flow.inside(node.id())).collect();
        let mut done = 0;
        for lines in boxes {
            let fits = !lines.is_empty() && lines.len() <= LONGEST_LIST && lines.start >= done;
            if fits && !self.is_full() && self.named_box(lines.clone()) {
                done = lines.end;
            }
        }
    }

    /// Reads one box; nothing where it holds prose or what was taken already.
    fn named_box(&mut self, lines: Range<usize>) -> bool {
        let flow = &self.sight.flow.lines;
        let foreign = |at: usize| flow[at].frame || self.taken.contains(&at) || self.prose(at);
        if lines.clone().any(foreign) {
            return false;
        }
        let cards = self.cards(lines.clone());
        let Some(first) = cards.first() else { return false };
        if cards.iter().any(|card| card.title.chars().count() < TITLE) {
            return false;
        }
        let heads = |at: &usize| {
            let line = &flow[*at];
            line.links.is_empty() && line.text.chars().count() <= SENTENCE && !labels::is_no_name(&line.text)
        };
        let label = (lines.start..first.lines.start).find(heads).map(|at| flow[at].text.clone());
        let said = label.as_deref().and_then(|label| labels::at_start(label, &[]));
        let kind = self.kind(lines.start, said.map_or(LabelKind::ReadAlso, |label| label.kind));
        let heading = matches!(flow[lines.start].kind, LineKind::Heading(_));
        // Beside the text, only a list that says what it is.
        if kind == RelatedKind::Side && label.is_none() && !heading {
            return false;
        }
        self.take_cards(lines.start, kind, label.as_deref(), cards);
        true
    }
}
