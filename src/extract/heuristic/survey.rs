//! Every element around a line asked once whether it is furniture: by its names, by the story it belongs to, by its links.

use std::ops::Range;

use ego_tree::{NodeId, NodeRef};
use scraper::Node;

use super::claims::Claims;
use super::measure::{Sums, chars, links};
use super::names::Role;
use crate::extract::flow::LineKind;
use crate::extract::nodes::NodeMap;
use crate::extract::sight::Sight;

/// A box of several lines of which more than this, in percent, is link is a menu.
const LINKED_BOX: usize = 60;
/// What holds this much of the page's prose, in percent, holds its text, whatever its names and its links;
const MOST: usize = 50;
/// what holds the headline too, needs no more than this.
const WITH_TITLE: usize = 30;

/// What is believed of what elements say of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Belief {
    /// All names.
    Names,
    /// That comments are comments, and `<aside>`, `<nav>` and `<footer>` what they are.
    Apart,
    Nothing,
}

/// Asks every element around a line once whether it is furniture.
pub(super) struct Survey<'s, 'p> {
    pub(super) sight: &'s Sight<'p>,
    belief: Belief,
    pub(super) claims: &'s Claims,
    known: NodeMap<bool>,
    /// Prose of what no belief takes for text.
    pub(super) apart: usize,
    text: Sums,
    linked: Sums,
    title: Option<usize>,
    /// The `<article>` that the headline stands in: others beside it are other stories.
    story: Option<Range<usize>>,
}

impl<'s, 'p> Survey<'s, 'p> {
    pub(super) fn new(sight: &'s Sight<'p>, claims: &'s Claims, belief: Belief) -> Self {
        let lines = &sight.flow.lines;
        let title = sight.title.get().and_then(|(_, at)| *at);
        Self {
            sight,
            belief,
            claims,
            apart: 0,
            story: title.and_then(|at| story(sight, at)),
            known: NodeMap::default(),
            text: Sums::of(lines.iter().map(chars)),
            linked: Sums::of(lines.iter().map(links)),
            title,
        }
    }

    pub(super) fn is_furniture(&mut self, block: NodeId) -> bool {
        let Some(block) = self.sight.html.tree.get(block) else { return true };
        let mut path = Vec::new();
        let mut inherited = false;
        for node in std::iter::once(block).chain(block.ancestors()) {
            if let Some(known) = self.known.get(&node.id()) {
                inherited = *known;
                break;
            }
            path.push(node);
        }
        for node in path.into_iter().rev() {
            if !inherited && let Some(element) = node.value().as_element() {
                inherited = self.judge(node.id(), self.claims.role(node.id()), element.name());
            }
            self.known.insert(node.id(), inherited);
        }
        inherited
    }

    fn judge(&mut self, id: NodeId, role: Role, tag: &str) -> bool {
        let inside = self.sight.flow.inside(id);
        let share =
            self.claims.prose.over(&inside) * 100 / self.claims.prose.over(&(0..self.sight.flow.lines.len())).max(1);
        let titled = self.title.is_some_and(|at| inside.contains(&at)) && share > WITH_TITLE;
        let small = share < MOST;
        let named = self.belief == Belief::Names && small && !titled;
        let principal = self.claims.holds_principal(&inside);
        match role {
            _ if principal => {}
            Role::Hidden | Role::Furniture if named => return true,
            Role::Teaser if named && self.leads_away(&inside) => return true,
            Role::Apart if self.belief != Belief::Nothing && !titled => {
                self.apart += self.claims.prose.over(&inside);
                return true;
            }
            _ => {}
        }
        let apart = |story: &Range<usize>| {
            let beside = inside.end <= story.start || story.end <= inside.start;
            beside && self.claims.prose.over(story) * 2 > self.claims.prose.over(&inside)
        };
        if tag == "article" && small && !principal && self.story.as_ref().is_some_and(apart) {
            return true;
        }
        let boxes = matches!(tag, "ul" | "ol" | "dl" | "div" | "section" | "table" | "p" | "tr");
        let (text, linked) = (self.text.over(&inside), self.linked.over(&inside));
        boxes && inside.len() > 1 && small && linked * 100 > text * LINKED_BOX
    }

    /// Is there a link or a headline in it? A standfirst has neither.
    fn leads_away(&self, inside: &Range<usize>) -> bool {
        let heading = |at: usize| matches!(self.sight.flow.lines[at].kind, LineKind::Heading(_));
        self.linked.over(inside) > 0 || inside.clone().any(heading)
    }
}

/// The lines of the innermost `<article>` around a line.
fn story(sight: &Sight<'_>, line: usize) -> Option<Range<usize>> {
    let block = sight.html.tree.get(sight.flow.lines.get(line)?.block)?;
    let is_article = |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(|e| e.name() == "article");
    let article = std::iter::once(block).chain(block.ancestors()).find(is_article)?;
    Some(sight.flow.inside(article.id()))
}
