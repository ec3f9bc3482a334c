//! Where a list stands: in the text, behind it, or beside it.

use std::collections::HashSet;

use ego_tree::{NodeId, NodeRef};
use scraper::Node;
use scraper::node::Element;

use super::super::labels::LabelKind;
use super::Finder;
use crate::model::link::RelatedKind;

/// Parts of class names and ids that name a column by themselves.
const COLUMNS: &[&str] = &["sidebar", "sidebars", "aside", "rail", "rightrail", "leftrail", "colonne", "lateral"];
/// A side of the page, and what stands there.
const SIDES: &[&str] = &["right", "left", "droite", "gauche", "side", "secondary"];
const PILLARS: &[&str] = &["col", "cols", "column", "columns", "colonne", "bar", "rail", "panel"];
/// Elements looked at on the way up from a list.
const DEEPEST: usize = 40;

impl Finder<'_, '_> {
    /// The kind of what stands at a line under a label of some kind.
    pub(super) fn kind(&self, at: usize, label: LabelKind) -> RelatedKind {
        match label {
            LabelKind::Author => return RelatedKind::Author,
            LabelKind::Side => return RelatedKind::Side,
            LabelKind::ReadAlso => {}
        }
        let (Some(first), Some(last)) = (self.body.first(), self.body.last()) else { return RelatedKind::Side };
        if self.sight.flow.lines[at].frame {
            return RelatedKind::Side;
        }
        if (*first..=*last).contains(&at) {
            // Behind the last line that is text, a list inside the body's box is the list at its end.
            let text_follows = self.last_text.is_some_and(|text| at < text);
            return if text_follows { RelatedKind::Inline } else { RelatedKind::End };
        }
        if self.in_column(at, *first) {
            return RelatedKind::Side;
        }
        let headline = self.sight.title.get().and_then(|(_, at)| *at);
        match headline {
            _ if at > *last => RelatedKind::End,
            // A box between the headline and the first paragraph.
            Some(headline) if at > headline => RelatedKind::Inline,
            _ => RelatedKind::Side,
        }
    }

    /// Does a line stand in a column beside the text? On the way up to the box that holds both, an element says so that
    /// is not named as the text's own boxes are; or both stand in different columns of one grid.
    fn in_column(&self, at: usize, first: usize) -> bool {
        let text_names: HashSet<&str> =
            self.boxes(first).filter_map(|n| n.value().as_element()).flat_map(Element::classes).collect();
        let mut below: Option<NodeId> = None;
        for node in self.boxes(at) {
            if self.sight.flow.inside(node.id()).contains(&first) {
                return below.is_some_and(|own| self.beside(node, own, first));
            }
            if node.value().as_element().is_some_and(|e| is_column(e, &text_names)) {
                return true;
            }
            below = Some(node.id());
        }
        false
    }

    /// The elements around a line, the innermost first.
    fn boxes(&self, at: usize) -> impl Iterator<Item = NodeRef<'_, Node>> {
        let block = self.sight.html.tree.get(self.sight.flow.lines[at].block);
        block.into_iter().flat_map(|block| std::iter::once(block).chain(block.ancestors())).take(DEEPEST)
    }

    /// Are the children of one box that hold the list and the text two columns of a grid?
    fn beside(&self, shared: NodeRef<'_, Node>, own: NodeId, first: usize) -> bool {
        let columns = |id: NodeId| -> Vec<&str> {
            let element = self.sight.html.tree.get(id).and_then(|n| n.value().as_element());
            element.map(|e| e.classes().filter(|c| is_grid(c)).collect()).unwrap_or_default()
        };
        let text = shared.children().map(|c| c.id()).find(|id| self.sight.flow.inside(*id).contains(&first));
        let (own_columns, text_columns) = (columns(own), text.map(columns).unwrap_or_default());
        let two = !own_columns.is_empty() && !text_columns.is_empty();
        let classes = |id: NodeId| {
            let element = self.sight.html.tree.get(id).and_then(|n| n.value().as_element());
            element.map(|e| e.classes().collect::<Vec<_>>())
        };
        two && !own_columns.iter().any(|c| is_whole(c)) && classes(own) != text.and_then(classes)
    }
}

/// An `<aside>` that does not say it is about the same subject, or an element that is named for a column.
fn is_column(element: &Element, text_names: &HashSet<&str>) -> bool {
    let names = || element.classes().chain(element.id()).filter(|name| !text_names.contains(name));
    if element.name() == "aside" {
        return !names().any(super::named::is_related);
    }
    // SPIP, which many papers of French-speaking Africa run on, calls its two columns so.
    if matches!(element.id(), Some("extra" | "navigation")) {
        return true;
    }
    names().any(|name| {
        let parts = parts(name);
        let has = |words: &[&str]| parts.iter().any(|part| words.contains(&part.as_str()));
        has(COLUMNS) || (has(SIDES) && has(PILLARS))
    })
}

/// `col`, `col-md-4`, `column`, `span8`, `grid_4`.
fn is_grid(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    let rest = ["column", "col", "span", "grid"].iter().find_map(|name| class.strip_prefix(name));
    rest.is_some_and(|rest| rest.trim_start_matches('s').is_empty() || rest.starts_with(['-', '_']) || is_digits(rest))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A column as wide as its row.
fn is_whole(class: &str) -> bool {
    class.ends_with("12") || class.ends_with("100") || class.ends_with("full")
}

/// The words of a class name or id: `RightRail`, `right-rail` and `right_rail` have two.
pub(super) fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut lower = false;
    for c in name.chars().take(80) {
        if !c.is_alphanumeric() || (lower && c.is_uppercase()) {
            parts.push(String::new());
        }
        lower = c.is_lowercase();
        if let Some(part) = parts.last_mut().filter(|_| c.is_alphanumeric()) {
            part.extend(c.to_lowercase());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}
