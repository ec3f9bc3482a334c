//! "Lire aussi" and the like: found by their label, as printed, with the lines they take out of the body.

use std::collections::{HashMap, HashSet};

use super::flow::{Line, LinkSpan};
use super::labels::{self, Label, LabelKind};
use super::sight::Sight;
use super::text::is_cut;
use crate::model::link::{RelatedKind, RelatedLink};

/// Links under one label are a list up to here.
const MOST_IN_LIST: usize = 40;
/// Lines without a link that one label is looked under.
const LOOK_AHEAD: usize = 2;

/// Related links, and what of the page's lines they take.
#[derive(Debug, Default)]
pub(super) struct RelatedBlocks {
    /// With the line each stands in.
    pub(super) links: Vec<(RelatedLink, usize)>,
    /// Lines that are no body.
    pub(super) taken: HashSet<usize>,
    /// Lines of which a stretch of bytes is no body.
    pub(super) cut: HashMap<usize, std::ops::Range<usize>>,
}

/// Finds every labelled link of the page.
pub(super) fn find(sight: &Sight<'_>) -> RelatedBlocks {
    let mut found = RelatedBlocks::default();
    let lines = &sight.flow.lines;
    let mut at = 0;
    while at < lines.len() {
        let next = at + 1;
        at = match label_of(sight, &lines[at]) {
            Some(label) => block(sight, &mut found, at, &label).max(next),
            None => next,
        };
    }
    found
}

fn label_of(sight: &Sight<'_>, line: &Line) -> Option<Label> {
    if line.frame {
        return None;
    }
    labels::at_start(&line.text, &sight.rules.labels).or_else(|| labels::inside(&line.text))
}

/// Reads what one label opens; says where the page goes on.
fn block(sight: &Sight<'_>, found: &mut RelatedBlocks, at: usize, label: &Label) -> usize {
    let line = &sight.flow.lines[at];
    let own: Vec<&LinkSpan> = line.links.iter().filter(|l| l.end > label.end).collect();
    if label.kind == LabelKind::ReadAlso && !own.is_empty() {
        return in_line(sight, found, at, label, own[0]);
    }
    // A common word without a link right behind it is a word.
    if label.weak || (line.text.len() > label.end + 40 && label.kind == LabelKind::ReadAlso) {
        return at + 1;
    }
    list(sight, found, at, label)
}

/// The link stands behind the label, in its line; the line may go on.
fn in_line(sight: &Sight<'_>, found: &mut RelatedBlocks, at: usize, label: &Label, link: &LinkSpan) -> usize {
    let line = &sight.flow.lines[at];
    let title = line.text[link.start.max(label.end)..link.end].trim().to_owned();
    if title.is_empty() || labels::is_generic(&title) {
        return at + 1;
    }
    let rest = line.text.len() - (link.end - label.start);
    if label.start == 0 && rest < 60 {
        found.taken.insert(at);
    } else {
        found.cut.insert(at, label.start..link.end);
    }
    let whole = found.taken.contains(&at);
    let teaser = if whole { teaser(sight, at + 1) } else { None };
    if let Some(teaser_at) = teaser {
        found.taken.insert(teaser_at);
    }
    push(sight, found, at, RelatedKind::Inline, Some(label), title, &link.href, teaser);
    teaser.map_or(at, |t| t) + 1
}

/// Where sites print teasers, the line under a link is one, unless it opens something of its own.
fn teaser(sight: &Sight<'_>, at: usize) -> Option<usize> {
    sight.rules.teaser_cut.as_ref()?;
    let line = sight.flow.lines.get(at)?;
    let own = labels::at_start(&line.text, &sight.rules.labels).is_some_and(|l| !l.weak);
    let ends = is_end(sight, at);
    (!own && !ends && !line.frame).then_some(at)
}

fn is_end(sight: &Sight<'_>, at: usize) -> bool {
    sight.rules.ends.iter().any(|mark| sight.mark(mark, at) == Some(at))
}

/// The links stand under the label: cards or a list, until the text goes on.
fn list(sight: &Sight<'_>, found: &mut RelatedBlocks, at: usize, label: &Label) -> usize {
    let lines = &sight.flow.lines;
    let kind = match label.kind {
        LabelKind::ReadAlso => RelatedKind::Inline,
        LabelKind::Author => RelatedKind::Author,
        LabelKind::Side => RelatedKind::Side,
    };
    let cards = label.kind == LabelKind::Author;
    let mut taken = vec![at];
    let (mut links, mut bare, mut next) = (0, 0, at + 1);
    let mut seen: HashSet<&str> = HashSet::new();
    while next < lines.len() && links < MOST_IN_LIST {
        let line = &lines[next];
        if line.frame || is_end(sight, next) || (next > at && opens_another(sight, line)) {
            break;
        }
        match line.links.iter().find(|_| line.linked() >= 60) {
            Some(link) if !labels::is_generic(&line.text) => {
                if seen.insert(link.href.as_str()) {
                    links += 1;
                    push(
                        sight,
                        found,
                        next,
                        kind,
                        Some(label),
                        line.text[link.start..link.end].trim().to_owned(),
                        &link.href,
                        None,
                    );
                }
                bare = 0;
            }
            _ if cards => {}
            _ => bare += 1,
        }
        if bare > LOOK_AHEAD || (links > 0 && bare > 0) {
            break;
        }
        taken.push(next);
        next += 1;
    }
    if links == 0 {
        return at + 1;
    }
    found.taken.extend(taken);
    next
}

fn opens_another(sight: &Sight<'_>, line: &Line) -> bool {
    labels::at_start(&line.text, &sight.rules.labels).is_some_and(|l| !l.weak)
}

#[expect(clippy::too_many_arguments, reason = "one link, as printed")]
fn push(
    sight: &Sight<'_>,
    found: &mut RelatedBlocks,
    at: usize,
    kind: RelatedKind,
    label: Option<&Label>,
    title: String,
    href: &str,
    teaser: Option<usize>,
) {
    let Some(url) = sight.absolute(href) else { return };
    let rank = u32::try_from(found.links.len()).unwrap_or(u32::MAX);
    let teaser = teaser.map(|t| sight.flow.lines[t].text.clone());
    let teaser_truncated = teaser.as_deref().is_some_and(|t| cut_off(sight, t));
    let label = label.map(|l| l.text.clone());
    let link = RelatedLink { kind, label, title, teaser, teaser_truncated, rank, url: url.into() };
    found.links.push((link, at));
}

/// Does the teaser end inside its sentence? Where the site cuts after so many bytes, by those bytes.
fn cut_off(sight: &Sight<'_>, teaser: &str) -> bool {
    match &sight.rules.teaser_cut {
        // A letter that the cut split was read as U+FFFD, which is two bytes longer than what was left of it.
        Some(cut) => teaser.len() >= cut.bytes.saturating_sub(2) && teaser.ends_with(cut.tail.as_str()),
        None => is_cut(teaser),
    }
}
