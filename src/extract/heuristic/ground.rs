//! The page measured: which lines stand in furniture, and how much prose, text and link any stretch of lines holds.

use std::ops::Range;

use ego_tree::NodeId;

use super::measure::{Sums, chars, links, prose};
use super::survey::{Belief, Survey};
use crate::extract::flow::Line;
use crate::extract::sight::Sight;

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
    /// Measures a page. Where its names would leave next to nothing of its prose they lie, and less is believed.
    pub(super) fn of(sight: &Sight<'_>) -> Self {
        let whole = 0..sight.flow.lines.len();
        let by = |belief| Self::by(Survey::new(sight, belief));
        let (named, all) = by(Belief::Names);
        if named.prose(&whole) * 100 >= all * LEFT {
            return named;
        }
        let (apart, _) = by(Belief::Apart);
        match (named.prose(&whole), apart.prose(&whole)) {
            (_, 0) => by(Belief::Nothing).0,
            (few, left) if few * 100 < left * LEFT => apart,
            _ => named,
        }
    }

    fn by(mut survey: Survey<'_, '_>) -> (Self, usize) {
        let sight = survey.sight;
        let lines = &sight.flow.lines;
        let furniture: Vec<bool> = lines.iter().map(|l| survey.is_furniture(l.block)).collect();
        let kept = |at: usize, size: usize| if furniture[at] { 0 } else { size };
        let sums = |size: &dyn Fn(&Line) -> usize| Sums::of(lines.iter().enumerate().map(|(at, l)| kept(at, size(l))));
        let ground =
            Self { prose: sums(&prose), text: sums(&chars), linked: sums(&links), furniture, bodies: survey.bodies };
        (ground, survey.prose.over(&(0..lines.len())))
    }

    /// Does the line stand in furniture?
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
