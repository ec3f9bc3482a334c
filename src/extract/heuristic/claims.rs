//! What the elements around a page's lines call themselves, asked once, and which of those that call themselves the body
//! is the page's own.

use std::cmp::Reverse;
use std::ops::Range;

use ego_tree::NodeId;

use super::measure::{Sums, prose};
use super::names::{self, Role};
use crate::extract::nodes::NodeMap;
use crate::extract::sight::Sight;

/// A body by the name of a class is the page's own if it holds this much of the page's prose, in percent;
const SHARE: usize = 40;
/// one that machines are told of, if it holds so much prose in characters.
const PROSE: usize = 140;

/// An element that calls itself the body.
#[derive(Debug, Clone)]
pub(super) struct Body {
    pub(super) element: NodeId,
    pub(super) lines: Range<usize>,
    pub(super) role: Role,
}

/// The roles of all elements around lines.
pub(super) struct Claims {
    roles: NodeMap<Role>,
    pub(super) bodies: Vec<Body>,
    /// The page's own body: the one with most prose.
    pub(super) principal: Option<Body>,
    /// All prose, in furniture or not.
    pub(super) prose: Sums,
}

impl Claims {
    pub(super) fn of(sight: &Sight<'_>) -> Self {
        let lines = &sight.flow.lines;
        let prose = Sums::of(lines.iter().map(prose));
        let mut claims = Self { roles: NodeMap::default(), bodies: Vec::new(), principal: None, prose };
        for line in lines {
            let Some(block) = sight.html.tree.get(line.block) else { continue };
            for node in std::iter::once(block).chain(block.ancestors()) {
                if claims.roles.contains_key(&node.id()) {
                    break;
                }
                let role = node.value().as_element().map_or(Role::Plain, names::role);
                if matches!(role, Role::Said | Role::Body) {
                    claims.bodies.push(Body { element: node.id(), lines: sight.flow.inside(node.id()), role });
                }
                claims.roles.insert(node.id(), role);
            }
        }
        claims.principal = claims.choose(sight);
        claims
    }

    fn choose(&self, sight: &Sight<'_>) -> Option<Body> {
        let all = self.prose.over(&(0..sight.flow.lines.len()));
        let enough = |body: &&Body| {
            let prose = self.prose.over(&body.lines);
            prose >= PROSE && (body.role == Role::Said || prose * 100 >= all * SHARE)
        };
        let shown = |body: &&Body| {
            let Some(node) = sight.html.tree.get(body.element) else { return false };
            let apart = node.ancestors().any(|a| matches!(self.role(a.id()), Role::Apart | Role::Hidden));
            !apart && !node.value().as_element().is_some_and(names::is_hidden)
        };
        // What machines are told has twice the weight of a name that may be anybody's.
        let weight = |body: &&Body| self.prose.over(&body.lines) * if body.role == Role::Said { 2 } else { 1 };
        let told = self.bodies.iter().filter(enough).filter(shown);
        told.max_by_key(|body| (weight(body), Reverse(body.lines.len()))).cloned()
    }

    pub(super) fn role(&self, element: NodeId) -> Role {
        self.roles.get(&element).copied().unwrap_or(Role::Plain)
    }

    /// Is the page's own body among these lines of one element?
    pub(super) fn holds_principal(&self, inside: &Range<usize>) -> bool {
        let holds = |own: &Body| inside.start <= own.lines.start && own.lines.end <= inside.end;
        self.principal.as_ref().is_some_and(holds)
    }
}
