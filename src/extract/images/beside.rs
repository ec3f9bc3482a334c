//! Captions that nothing names: lines that stand with a picture and with nothing else.

use std::collections::BTreeSet;

use ego_tree::{NodeId, NodeRef};
use scraper::Node;

use super::caption::has_credit;
use crate::extract::flow::{Line, LineKind};
use crate::extract::sight::Sight;
use crate::extract::text::ends_sentence;

/// A caption is no longer than this in characters.
const LINE: usize = 250;
/// Shorter text in characters right behind a picture is its caption, also where it is a sentence.
const WRAPPED: usize = 100;
/// Letters that set a caption apart from text.
const SMALL: [&str; 4] = ["em", "i", "small", "font"];

/// All lines that are captions: by the names of their elements, or by their place.
pub(in crate::extract) fn lines(sight: &Sight<'_>) -> BTreeSet<usize> {
    let lines = &sight.flow.lines;
    let mut out: BTreeSet<usize> = (0..lines.len()).filter(|at| lines[*at].caption).collect();
    for (image, _) in &sight.flow.images {
        out.extend(under(sight, *image));
    }
    for (_, place) in &sight.flow.images {
        out.extend(bare_caption(sight, *place));
    }
    out
}

/// A short line without a stop right behind an image, where the site writes captions so.
pub(super) fn bare_caption(sight: &Sight<'_>, place: usize) -> Option<usize> {
    let at = sight.flow.lines.partition_point(|l| l.order < place);
    let line = sight.flow.lines.get(at).filter(|_| sight.rules.caption_after_image)?;
    let bare = line.after_image && can_be_caption(line) && line.links.is_empty();
    (bare && !ends_sentence(&line.text) && line.bold * 2 < line.text.len()).then_some(at)
}

/// The lines that share a box with an image and nothing else.
pub(super) fn under(sight: &Sight<'_>, image: NodeId) -> Vec<usize> {
    let lines = &sight.flow.lines;
    let Some(node) = sight.html.tree.get(image) else { return Vec::new() };
    let mut found = Vec::new();
    for ancestor in node.ancestors().take(4) {
        let Some(element) = ancestor.value().as_element() else { break };
        if matches!(element.name(), "a" | "body" | "html" | "article" | "main" | "li") {
            break;
        }
        let inside = sight.flow.inside(ancestor.id());
        if inside.len() > 2 || inside.clone().any(|at| !can_be_caption(&lines[at])) {
            break;
        }
        // A box that has a caption by its name may hold text beside it.
        if inside.clone().any(|at| lines[at].caption)
            && inside.clone().any(|at| !lines[at].caption && is_told(&lines[at]))
        {
            return inside.filter(|at| lines[*at].caption).collect();
        }
        if element.name() == "p" && inside.clone().any(|at| is_wrapped(image, ancestor, &lines[at])) {
            break;
        }
        found = inside.collect();
    }
    found
}

/// A paragraph that goes on right behind its picture, in a whole sentence and in plain letters, flows around it: it is text.
fn is_wrapped(image: NodeId, paragraph: NodeRef<'_, Node>, line: &Line) -> bool {
    if !is_told(line) {
        return false;
    }
    for node in paragraph.descendants().skip_while(|node| node.id() != image) {
        match node.value() {
            Node::Element(element) if element.name() == "br" => return false,
            Node::Text(text) if !text.trim().is_empty() => {
                let set = |n: NodeRef<'_, Node>| n.value().as_element().is_some_and(|e| SMALL.contains(&e.name()));
                return !node.ancestors().take_while(|above| above.id() != paragraph.id()).any(set);
            }
            _ => {}
        }
    }
    false
}

/// A whole sentence, too long for a caption that nobody calls so, and without a credit.
fn is_told(line: &Line) -> bool {
    line.text.chars().count() >= WRAPPED && ends_sentence(&line.text) && !has_credit(&line.text)
}

fn can_be_caption(line: &Line) -> bool {
    line.text.chars().count() <= LINE && !matches!(line.kind, LineKind::Heading(_)) && line.linked() < 80
}
