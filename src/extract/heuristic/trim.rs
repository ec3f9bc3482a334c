//! What of a container's lines is the body.

use std::ops::Range;

use super::ground::Ground;
use super::phrases;
use crate::extract::flow::LineKind;
use crate::extract::sight::Sight;

/// A line of which more than this, in percent, is link is one of a menu.
const LINKED: usize = 80;
/// Longer lines in characters are prose, whatever they link.
const MENU: usize = 250;
/// Behind the name of an end no more prose stands than this, in percent of the whole.
const TAIL: usize = 35;

/// The lines of a container that nothing speaks against.
pub(super) fn lines(sight: &Sight<'_>, ground: &Ground, container: Range<usize>) -> Vec<usize> {
    let all = &sight.flow.lines;
    let end = end(sight, ground, &container);
    let menu = |at: usize| all[at].linked() > LINKED && all[at].text.len() < MENU;
    let kept = (container.start..end).filter(|at| !ground.is_furniture(*at) && !menu(*at));
    kept.filter(|at| !phrases::is_notice(&all[*at].text)).collect()
}

/// Where the article ends and what is printed under it begins.
fn end(sight: &Sight<'_>, ground: &Ground, container: &Range<usize>) -> usize {
    let all = ground.prose(container);
    let title = sight.title.get().and_then(|(_, at)| *at).unwrap_or_default();
    for at in container.clone() {
        let line = &sight.flow.lines[at];
        let heads = matches!(line.kind, LineKind::Heading(_)) || line.text.chars().count() < 60;
        if at > title
            && heads
            && !ground.is_furniture(at)
            && phrases::is_end(&line.text)
            && ground.prose(&(at..container.end)) * 100 <= all * TAIL
        {
            return at;
        }
    }
    container.end
}
