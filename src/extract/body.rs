//! The body: the lines a rule names, without captions, related links, names and everything that only stands beside.

use std::collections::HashMap;

use ego_tree::NodeId;

use super::flow::LineKind;
use super::related::RelatedBlocks;
use super::sight::Sight;
use super::text::{ends_sentence, fold};
use crate::model::article::{Block, BlockKind, normal};
use crate::profile::rules::{Field, Rule, Source};

/// Lines shorter than this do not speak for the place they stand in.
const PROSE: usize = 60;

/// A body before its lines are made blocks: each with the line it comes from, if it comes from one.
pub(super) type Lines = Vec<(Option<usize>, Block)>;

/// The first rule's body that has any text, with the rule's name.
pub(super) fn find(sight: &Sight<'_>, related: &RelatedBlocks, not_body: &[String]) -> Option<(Lines, String)> {
    sight.rules.of(Field::Body).iter().find_map(|rule| {
        let lines = of_rule(sight, related, not_body, rule);
        (!lines.is_empty()).then(|| (lines, rule.name.clone()))
    })
}

fn of_rule(sight: &Sight<'_>, related: &RelatedBlocks, not_body: &[String], rule: &Rule) -> Lines {
    let lines = match &rule.source {
        Source::Css { selector, attr: None } => {
            let found = sight.html.select(selector).map(|e| sight.flow.inside(e.id()));
            let mut lines: Vec<usize> = found.flatten().collect();
            lines.sort_unstable();
            lines.dedup();
            lines
        }
        Source::Between { after, before } => sight.between(after, before),
        Source::Densest => densest(sight, related),
        _ => return of_values(sight, rule),
    };
    let end = lines.first().and_then(|first| sight.rules.ends.iter().filter_map(|m| sight.mark(m, *first)).min());
    let kept = lines.into_iter().filter(|at| end.is_none_or(|end| *at < end));
    kept.filter_map(|at| block(sight, related, not_body, at)).collect()
}

/// A body that stands in structured data: paragraphs by its line breaks.
fn of_values(sight: &Sight<'_>, rule: &Rule) -> Lines {
    let texts: Vec<String> = sight.values(rule).into_iter().map(|v| v.text).collect();
    let lines = texts.iter().flat_map(|t| t.lines()).map(fold).filter(|l| !l.is_empty());
    lines.map(|text| (None, Block { kind: BlockKind::Paragraph, text })).collect()
}

fn block(sight: &Sight<'_>, related: &RelatedBlocks, not_body: &[String], at: usize) -> Option<(Option<usize>, Block)> {
    let line = &sight.flow.lines[at];
    if line.frame || line.aside || line.caption || related.taken.contains(&at) {
        return None;
    }
    if sight.rules.caption_after_image && line.after_image && !ends_sentence(&line.text) && line.text.len() < 200 {
        return None;
    }
    let mut text = line.text.clone();
    if let Some(cut) = related.cut.get(&at) {
        text.replace_range(cut.clone(), "");
        text = fold(&text);
    }
    let bare = normal(&text);
    let has_words = bare.chars().any(char::is_alphanumeric);
    let dropped = sight.rules.drop_text.iter().any(|pattern| pattern.is_match(&text));
    if !has_words || dropped || not_body.contains(&bare) || (line.linked() > 80 && !ends_sentence(&text)) {
        return None;
    }
    let kind = match line.kind {
        LineKind::Heading(_) => BlockKind::Heading,
        LineKind::Quote => BlockKind::Quote,
        LineKind::Item => BlockKind::Item,
        LineKind::Paragraph => BlockKind::Paragraph,
    };
    Some((Some(at), Block { kind, text }))
}

/// The lines of the element whose children hold the most prose; a grandchild's counts half.
fn densest(sight: &Sight<'_>, related: &RelatedBlocks) -> Vec<usize> {
    let mut weights: HashMap<NodeId, usize> = HashMap::new();
    for (at, line) in sight.flow.lines.iter().enumerate() {
        let beside = line.frame || line.aside || line.caption || related.taken.contains(&at);
        if beside || line.text.len() < PROSE || line.linked() > 50 || matches!(line.kind, LineKind::Heading(_)) {
            continue;
        }
        let Some(node) = sight.html.tree.get(line.block) else { continue };
        let Some(parent) = node.parent() else { continue };
        *weights.entry(parent.id()).or_default() += 2 * line.text.len();
        if let Some(above) = parent.parent() {
            *weights.entry(above.id()).or_default() += line.text.len();
        }
    }
    let best = weights.into_iter().max_by_key(|(id, weight)| (*weight, std::cmp::Reverse(sight.flow.place(*id))));
    best.map(|(id, _)| sight.flow.inside(id).collect()).unwrap_or_default()
}
