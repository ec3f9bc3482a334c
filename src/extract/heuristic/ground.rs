//! The page measured: which lines stand in furniture, and how much prose, text and link any stretch of lines holds.

use std::collections::HashMap;
use std::ops::Range;

use ego_tree::{NodeId, NodeRef};
use scraper::Node;

use super::names::{self, Role};
use crate::extract::flow::{Line, LineKind};
use crate::extract::sight::Sight;

/// A line shorter than this in characters is no prose by itself.
const PROSE: usize = 50;
/// Of prose no more than this, in percent, is link.
const LINKED_PROSE: usize = 50;
/// A box of several lines of which more than this, in percent, is link is a menu.
const LINKED_BOX: usize = 60;

/// Sums over lines, each up to the line of its index: any stretch is measured by two of them.
#[derive(Debug, Default)]
struct Sums(Vec<usize>);

impl Sums {
    fn of(values: impl Iterator<Item = usize>) -> Self {
        let mut sum = 0;
        let sums = values.map(|value| {
            sum += value;
            sum
        });
        Self(std::iter::once(0).chain(sums).collect())
    }

    fn over(&self, lines: &Range<usize>) -> usize {
        let at = |line: usize| self.0.get(line).copied().unwrap_or_default();
        at(lines.end).saturating_sub(at(lines.start))
    }
}

/// Less than this, in percent, of the prose is left only where names lie.
const LEFT: usize = 25;

/// The page measured.
pub(super) struct Ground {
    /// Lines that stand in furniture.
    furniture: Vec<bool>,
    prose: Sums,
    /// All text outside furniture, and the links in it.
    text: Sums,
    linked: Sums,
    /// Elements that call themselves the body.
    pub(super) bodies: Vec<NodeId>,
}

impl Ground {
    /// Measures a page; where the names would leave next to nothing of its prose, they lie, and are not listened to.
    pub(super) fn of(sight: &Sight<'_>) -> Self {
        let (named, all) = Self::by(Survey::new(sight, true));
        let whole = 0..sight.flow.lines.len();
        if named.prose(&whole) * 100 >= all * LEFT {
            return named;
        }
        let (nameless, _) = Self::by(Survey::new(sight, false));
        if named.prose(&whole) * 100 >= nameless.prose(&whole) * LEFT { named } else { nameless }
    }

    fn by(mut survey: Survey<'_, '_>) -> (Self, usize) {
        let sight = survey.sight;
        let lines = &sight.flow.lines;
        let furniture: Vec<bool> = lines.iter().map(|l| survey.is_furniture(l.block)).collect();
        let kept = |at: usize, size: usize| if furniture[at] { 0 } else { size };
        let sums = |size: &dyn Fn(&Line) -> usize| Sums::of(lines.iter().enumerate().map(|(at, l)| kept(at, size(l))));
        let ground = Self {
            prose: sums(&|l| if is_prose(l) { chars(l) } else { 0 }),
            text: sums(&chars),
            linked: sums(&|l| links(l)),
            furniture,
            bodies: survey.bodies,
        };
        (ground, survey.prose.over(&(0..lines.len())))
    }

    pub(super) fn is_furniture(&self, line: usize) -> bool {
        self.furniture.get(line).copied().unwrap_or(true)
    }

    pub(super) fn prose(&self, lines: &Range<usize>) -> usize {
        self.prose.over(lines)
    }

    pub(super) fn text(&self, lines: &Range<usize>) -> usize {
        self.text.over(lines)
    }

    pub(super) fn linked(&self, lines: &Range<usize>) -> usize {
        self.linked.over(lines)
    }
}

fn chars(line: &Line) -> usize {
    line.text.chars().count()
}

/// Characters that are link, about.
fn links(line: &Line) -> usize {
    chars(line) * line.linked().min(100) / 100
}

/// Is the line long enough, and little enough link, to be told?
pub(super) fn is_prose(line: &Line) -> bool {
    let kind = !matches!(line.kind, LineKind::Heading(_));
    kind && !line.caption && line.text.len() >= PROSE && chars(line) >= PROSE && line.linked() <= LINKED_PROSE
}

/// Asks every element around a line once whether it is furniture.
struct Survey<'s, 'p> {
    sight: &'s Sight<'p>,
    /// Are names listened to?
    names: bool,
    known: HashMap<NodeId, bool>,
    bodies: Vec<NodeId>,
    prose: Sums,
    text: Sums,
    linked: Sums,
    title: Option<usize>,
    /// The `<article>` that the headline stands in: others beside it are other stories.
    story: Option<Range<usize>>,
}

impl<'s, 'p> Survey<'s, 'p> {
    fn new(sight: &'s Sight<'p>, names: bool) -> Self {
        let lines = &sight.flow.lines;
        let prose = |l: &Line| if is_prose(l) { chars(l) } else { 0 };
        let title = sight.title.get().and_then(|(_, at)| *at);
        Self {
            sight,
            names,
            story: title.and_then(|at| story(sight, at)),
            known: HashMap::new(),
            bodies: Vec::new(),
            prose: Sums::of(lines.iter().map(prose)),
            text: Sums::of(lines.iter().map(chars)),
            linked: Sums::of(lines.iter().map(links)),
            title,
        }
    }

    fn is_furniture(&mut self, block: NodeId) -> bool {
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
                inherited = self.judge(node.id(), names::role(element), element.name());
            }
            self.known.insert(node.id(), inherited);
        }
        inherited
    }

    fn judge(&mut self, id: NodeId, role: Role, tag: &str) -> bool {
        let inside = self.sight.flow.inside(id);
        let share = self.prose.over(&inside) * 100 / self.prose.over(&(0..self.sight.flow.lines.len())).max(1);
        let titled = self.title.is_some_and(|at| inside.contains(&at));
        match role {
            Role::Body => self.bodies.push(id),
            Role::Hidden if self.names && share < 50 => return true,
            Role::Furniture if self.names && share < 50 && !(titled && share > 30) => return true,
            Role::Apart if share < 90 && !(titled && share > 30) => return true,
            _ => {}
        }
        let apart = |story: &Range<usize>| {
            (inside.end <= story.start || story.end <= inside.start) && self.prose.over(story) > 0
        };
        if tag == "article" && share < 50 && self.story.as_ref().is_some_and(apart) {
            return true;
        }
        let boxes = matches!(tag, "ul" | "ol" | "dl" | "div" | "section" | "table" | "p" | "tr");
        let (text, linked) = (self.text.over(&inside), self.linked.over(&inside));
        boxes && inside.len() > 1 && share < 50 && linked * 100 > text * LINKED_BOX
    }
}

/// The lines of the innermost `<article>` around a line.
fn story(sight: &Sight<'_>, line: usize) -> Option<Range<usize>> {
    let block = sight.html.tree.get(sight.flow.lines.get(line)?.block)?;
    let is_article = |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(|e| e.name() == "article");
    let article = std::iter::once(block).chain(block.ancestors()).find(is_article)?;
    Some(sight.flow.inside(article.id()))
}
