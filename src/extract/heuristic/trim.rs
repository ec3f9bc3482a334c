//! What of a container's lines is the body.

use std::ops::Range;

use super::ground::Ground;
use super::measure::is_prose;
use super::phrases;
use super::witness::Witness;
use crate::extract::flow::{Line, LineKind};
use crate::extract::sight::Sight;
use crate::extract::text::ends_sentence;

/// A line of which more than this, in percent, is link is one of a menu.
const LINKED: usize = 80;
/// Longer lines in characters are prose, whatever they link.
const MENU: usize = 250;
/// Behind the name of an end no more prose stands than this, in percent of the whole.
const TAIL: usize = 25;
/// A standfirst begins within so many lines behind the headline,
const STANDFIRST_WITHIN: usize = 30;
/// links for no more than this, in percent,
const LINKED_STANDFIRST: usize = 20;
/// and is, where it is a heading, longer than this in bytes.
const LONG_HEADING: usize = 60;
/// The name of an end is no longer than this in characters.
const NAME: usize = 60;
/// Shorter lines in characters that end no sentence are no text at the head and the tail.
const SMALL: usize = 80;
/// So many lines are taken off the tail at the most.
const TAIL_LINES: usize = 12;

/// The lines of a container that nothing speaks against.
pub(super) fn lines(sight: &Sight<'_>, ground: &Ground, witness: &Witness, container: Range<usize>) -> Vec<usize> {
    let all = &sight.flow.lines;
    let end = end(sight, ground, witness, &container);
    let menu = |at: usize| all[at].linked() > LINKED && all[at].text.len() < MENU;
    let spoken = |at: usize| ground.is_furniture(at) && !witness.confirms(at);
    let kept = (container.start..end).filter(|at| !spoken(*at) && !menu(*at));
    let kept = kept.filter(|at| !phrases::is_notice(&all[*at].text));
    let mut kept: Vec<usize> = kept.collect();
    cut_head(sight, &mut kept);
    cut_tail(sight, &mut kept);
    witness.cut(&mut kept);
    standfirst(sight, ground, &container, &mut kept);
    kept
}

/// Bylines, dates and sections stand above the text; they end no sentence.
fn cut_head(sight: &Sight<'_>, kept: &mut Vec<usize>) {
    let lines = &sight.flow.lines;
    let title = sight.title.get().and_then(|(_, at)| *at).filter(|at| kept.contains(at));
    let from = title.map_or(0, |title| kept.partition_point(|at| *at <= title));
    let small = |at: usize| {
        let line = &lines[at];
        line.kind == LineKind::Paragraph && line.text.chars().count() < SMALL && !ends_sentence(&line.text)
    };
    let told = |at: &usize| is_prose(&lines[*at]) && !(small(*at) && phrases::is_dated(&lines[*at].text));
    let Some(first) = kept[from..].iter().position(told).map(|n| n + from) else { return };
    let mut place = 0..;
    kept.retain(|at| {
        let n = place.next().unwrap_or(usize::MAX);
        n < from || n >= first || !small(*at)
    });
}

/// What is said of the author, the paper or the newsletter under the text.
fn cut_tail(sight: &Sight<'_>, kept: &mut Vec<usize>) {
    let lines = &sight.flow.lines;
    for _ in 0..TAIL_LINES {
        let Some(last) = kept.last().map(|at| &lines[*at]) else { return };
        if kept.len() < 3 || !phrases::is_tail(&last.text) {
            return;
        }
        kept.pop();
    }
}

/// A standfirst between the headline and the container is text of the article.
fn standfirst(sight: &Sight<'_>, ground: &Ground, container: &Range<usize>, kept: &mut Vec<usize>) {
    let lines = &sight.flow.lines;
    let Some(title) = sight.title.get().and_then(|(_, at)| *at) else { return };
    if title >= container.start || container.start - title > STANDFIRST_WITHIN {
        return;
    }
    let told = |line: &Line| match line.kind {
        LineKind::Paragraph => is_prose(line) && line.linked() < LINKED_STANDFIRST,
        LineKind::Heading(level) => level > 1 && line.text.len() > LONG_HEADING,
        _ => false,
    };
    let fits = |at: &usize| !ground.is_furniture(*at) && told(&lines[*at]) && !phrases::is_notice(&lines[*at].text);
    let found = (title + 1..container.start).find(fits);
    let again = |found: &usize| kept.iter().any(|at| lines[*at].text == lines[*found].text);
    let found = found.filter(|found| !again(found));
    kept.splice(0..0, found);
}

/// Where the article ends and what is printed under it begins.
fn end(sight: &Sight<'_>, ground: &Ground, witness: &Witness, container: &Range<usize>) -> usize {
    let all = ground.prose(container);
    let known = container.clone().rev().find(|at| witness.confirms(*at)).unwrap_or_default();
    let title = sight.title.get().and_then(|(_, at)| *at).unwrap_or_default();
    for at in container.clone().skip_while(|at| *at <= title) {
        let line = &sight.flow.lines[at];
        let heads = matches!(line.kind, LineKind::Heading(_)) || line.text.chars().count() < NAME;
        if heads
            && at >= known
            && !ground.is_furniture(at)
            && phrases::is_end(&line.text)
            && ground.prose(&(at..container.end)) * 100 <= all * TAIL
        {
            return at;
        }
    }
    container.end
}
