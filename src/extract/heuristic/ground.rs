//! The page measured: which lines stand in furniture, and how much prose, text and link any stretch of lines holds.

use std::ops::Range;

use super::claims::{Body, Claims};
use super::measure::{Sums, chars, links, prose};
use super::survey::{Belief, Survey};
use crate::extract::flow::Line;
use crate::extract::sight::Sight;

/// Less than this, in percent, of the prose is left only where names lie.
const LEFT: usize = 25;

/// The page measured.
pub(super) struct Ground {
    lines: Lines,
    pub(super) claims: Claims,
}

impl Ground {
    /// Measures a page. Where its names would leave next to nothing of its prose they lie, and less is believed.
    pub(super) fn of(sight: &Sight<'_>) -> Self {
        let claims = Claims::of(sight);
        let lines = Lines::believed(sight, &claims);
        Self { lines, claims }
    }

    /// Does the line stand in furniture?
    pub(super) fn is_furniture(&self, line: usize) -> bool {
        self.lines.furniture.get(line).copied().unwrap_or(true)
    }

    pub(super) fn prose(&self, lines: &Range<usize>) -> usize {
        self.lines.prose.over(lines)
    }

    pub(super) fn text(&self, lines: &Range<usize>) -> usize {
        self.lines.text.over(lines)
    }

    pub(super) fn linked(&self, lines: &Range<usize>) -> usize {
        self.lines.linked.over(lines)
    }
}

/// All lines by what is believed of the elements around them.
struct Lines {
    /// Those that stand in furniture.
    furniture: Vec<bool>,
    prose: Sums,
    /// All text outside furniture, and the links in it.
    text: Sums,
    linked: Sums,
}

impl Lines {
    fn believed(sight: &Sight<'_>, claims: &Claims) -> Self {
        let whole = 0..sight.flow.lines.len();
        let by = |belief| Self::by(Survey::new(sight, claims, belief));
        let (named, all) = by(Belief::Names);
        let left = |own: &Body| named.prose.over(&own.lines) * 2 > claims.prose.over(&own.lines);
        if claims.principal.as_ref().is_some_and(left) || named.prose.over(&whole) * 100 >= all * LEFT {
            return named;
        }
        let (apart, _) = by(Belief::Apart);
        match (named.prose.over(&whole), apart.prose.over(&whole)) {
            (_, 0) => by(Belief::Nothing).0,
            (few, left) if few * 100 < left * LEFT => apart,
            _ => named,
        }
    }

    /// With all the page's prose that nobody's tag or comment sets apart.
    fn by(mut survey: Survey<'_, '_>) -> (Self, usize) {
        let lines = &survey.sight.flow.lines;
        let furniture: Vec<bool> = lines.iter().map(|l| survey.is_furniture(l.block)).collect();
        let kept = |at: usize, size: usize| if furniture[at] { 0 } else { size };
        let sums = |size: &dyn Fn(&Line) -> usize| Sums::of(lines.iter().enumerate().map(|(at, l)| kept(at, size(l))));
        let all = survey.claims.prose.over(&(0..lines.len())).saturating_sub(survey.apart);
        (Self { prose: sums(&prose), text: sums(&chars), linked: sums(&links), furniture }, all)
    }
}
