//! The element that holds the body: where prose stands thickest, widened to what the page calls its body and to
//! neighbours that carry on.

use std::cmp::Reverse;
use std::ops::Range;

use ego_tree::NodeId;

use super::ground::Ground;
use super::measure::is_prose;
use super::names::Role;
use crate::extract::nodes::NodeMap;
use crate::extract::sight::Sight;

/// What a paragraph is worth to its parent, to the parent's parent, and so on, in percent.
const WORTH: [usize; 5] = [100, 85, 70, 60, 50];
/// Of boxes in boxes that all call themselves the body, the innermost is it that holds this much, in percent, of the prose.
const WHOLE: usize = 90;
/// So many elements around the thickest place are looked at.
const CLIMB: usize = 6;
/// Neighbours that carry the article on are prose for more than this, in percent of their text,
const PROSE: usize = 60;
/// and link for less than this.
const LINKED: usize = 20;

/// The lines of the element that holds the body.
pub(super) fn choose(sight: &Sight<'_>, ground: &Ground) -> Option<Range<usize>> {
    let thickest = thickest(sight, ground).or(ground.claims.principal.as_ref().map(|own| own.element))?;
    let own = sight.flow.inside(thickest);
    let holds = |outer: &Range<usize>| outer.start <= own.start && own.end <= outer.end;
    let within = |inner: &Range<usize>| own.start <= inner.start && inner.end <= own.end;
    if let Some(said) = ground.claims.principal.as_ref().filter(|own| own.role == Role::Said && !within(&own.lines)) {
        return Some(said.lines.clone());
    }
    let named = || ground.claims.bodies.iter().filter(|body| holds(&body.lines));
    let most = named().map(|body| ground.prose(&body.lines)).max().unwrap_or_default();
    let whole = named().filter(|body| ground.prose(&body.lines) * 100 >= most * WHOLE);
    let start = whole.min_by_key(|body| body.lines.len()).map_or(thickest, |body| body.element);
    Some(widen(sight, ground, start))
}

/// The element in which most of the page's prose stands.
fn thickest(sight: &Sight<'_>, ground: &Ground) -> Option<NodeId> {
    let mut scores: NodeMap<usize> = NodeMap::default();
    for (at, line) in sight.flow.lines.iter().enumerate() {
        if ground.is_furniture(at) || !is_prose(line) {
            continue;
        }
        let block = sight.html.tree.get(line.block)?;
        let inner = block.value().as_element().is_some_and(|e| matches!(e.name(), "p" | "blockquote" | "li"));
        let home = if inner { block.parent() } else { Some(block) };
        let around = home.into_iter().flat_map(|home| std::iter::once(home).chain(home.ancestors()));
        for (node, percent) in around.zip(WORTH) {
            if node.value().is_element() {
                *scores.entry(node.id()).or_default() += line.text.chars().count() * percent;
            }
        }
    }
    scores.into_iter().max_by_key(|(id, score)| (*score, Reverse(sight.flow.place(*id)))).map(|(id, _)| id)
}

/// Takes in the neighbours of an element as long as they are prose themselves.
fn widen(sight: &Sight<'_>, ground: &Ground, start: NodeId) -> Range<usize> {
    let mut here = sight.flow.inside(start);
    let Some(node) = sight.html.tree.get(start) else { return here };
    for outer in node.ancestors().take(CLIMB) {
        let inside = sight.flow.inside(outer.id());
        let more = |of: &dyn Fn(&Range<usize>) -> usize| of(&inside).saturating_sub(of(&here));
        let prose = more(&|lines| ground.prose(lines));
        if prose == 0 {
            continue;
        }
        let (text, linked) = (more(&|lines| ground.text(lines)), more(&|lines| ground.linked(lines)));
        if prose * 100 < text * PROSE || linked * 100 > text * LINKED {
            break;
        }
        here = inside;
    }
    here
}
