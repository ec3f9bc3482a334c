//! Images as data: the one the page shows for itself, and those that the article prints.
//!
//! Printed ones come in the page's order, with caption and credit. The picture that the page names for others (`og:image`,
//! JSON-LD) stands before them only where the article opens without one and the page prints it outside the article; as it
//! is named it stands only where the article prints none.

mod beside;
mod caption;
mod furniture;
mod source;
#[cfg(test)]
mod tests;

pub(super) use beside::lines as captions;

use std::collections::HashSet;
use std::ops::Range;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Node};
use url::Url;

use super::sight::Sight;
use super::text::fold;
use crate::extract::nodes::NodeSet;
use crate::model::article::Image;
use crate::profile::rules::{Field, Source};

/// Images kept of one page.
const MOST: usize = 60;
/// Images looked at on one page.
const MOST_SEEN: usize = 2_000;

/// A picture that stands in the page.
struct Picture {
    node: NodeId,
    /// Its place among the page's nodes.
    place: usize,
    url: Url,
    alt: Option<String>,
}

/// The page's images; `body` are the first and last line of the text.
pub(super) fn read(sight: &Sight<'_>, body: Option<(usize, usize)>) -> (Vec<Image>, Option<String>) {
    let pictures = pictures(sight);
    let (mut named, mut rule_name) = (None, None);
    for rule in sight.rules.of(Field::Images) {
        if let Source::Css { pick, attr: None, .. } = &rule.source {
            let of_rule: NodeSet = sight.picked(pick).iter().map(|e| e.id()).collect();
            let chosen = pictures.iter().filter(|p| in_any(sight, p.node, &of_rule));
            let images = distinct(None, chosen.map(|p| image(sight, p)));
            if !images.is_empty() {
                return (images, Some(rule.name.clone()));
            }
        } else if named.is_none() {
            let values = sight.values(rule);
            let mut addresses =
                values.iter().filter(|v| source::is_picture(&v.text)).filter_map(|v| sight.absolute(&v.text));
            named = addresses.find(|url| !is_dropped(sight, url));
            rule_name = named.as_ref().map(|_| rule.name.clone());
        }
    }
    let mut printed: Vec<&Picture> = Vec::new();
    if let Some((first, last)) = body {
        let text: NodeSet = above(sight, first).map(|node| node.id()).collect();
        let range = around(sight, first, last);
        let stands = |p: &&Picture| range.contains(&p.place) && !furniture::is_furniture(sight, p, &text);
        printed.extend(pictures.iter().filter(stands));
    }
    let text = body.map_or(0, |(first, _)| sight.flow.lines[first].order);
    let opens = printed.iter().any(|p| p.place < text);
    let cover = named.filter(|_| !opens).and_then(|url| cover(sight, &url, &pictures, printed.is_empty()));
    (distinct(cover, printed.into_iter().map(|p| image(sight, p))), rule_name)
}

/// The picture that the page names for others, as it is printed. One that is not printed is often made for cards alone, with
/// the paper's name on it: it stands only where the article prints none.
fn cover(sight: &Sight<'_>, url: &Url, pictures: &[Picture], alone: bool) -> Option<Image> {
    let key = source::key(url.as_str());
    if let Some(twin) = pictures.iter().find(|picture| source::key(picture.url.as_str()) == key) {
        return Some(image(sight, twin));
    }
    let alt = sight.structured.meta("og:image:alt").into_iter().next();
    alone.then(|| Image { url: url.to_string(), alt, caption: None, credit: None })
}

/// Each picture once: the first that has a caption or a credit, else the first.
fn distinct(cover: Option<Image>, printed: impl Iterator<Item = Image>) -> Vec<Image> {
    let mut out: Vec<Image> = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    for image in cover.into_iter().chain(printed) {
        let key = source::key(&image.url);
        if seen.insert(key.clone()) {
            if out.len() < MOST {
                out.push(image);
                keys.push(key);
            }
        } else if let Some(at) = keys.iter().position(|k| *k == key) {
            let known = &mut out[at];
            if known.caption.is_none() && known.credit.is_none() && (image.caption.is_some() || image.credit.is_some())
            {
                *known = Image { alt: image.alt.or_else(|| known.alt.take()), ..image };
            }
        }
    }
    out
}

fn image(sight: &Sight<'_>, picture: &Picture) -> Image {
    let (caption, credit) = caption::of(sight, picture.node, picture.place);
    Image { url: picture.url.to_string(), alt: picture.alt.clone(), caption, credit }
}

/// Every picture of the page, those of `<noscript>` too, in document order.
fn pictures(sight: &Sight<'_>) -> Vec<Picture> {
    let mut out = Vec::new();
    for (place, edge) in sight.html.tree.root().traverse().enumerate() {
        let Edge::Open(node) = edge else { continue };
        let Some(element) = ElementRef::wrap(node).filter(|_| out.len() < MOST_SEEN) else { continue };
        let (url, alt) = match element.value().name() {
            "img" | "amp-img" => (source::largest(element), element.attr("alt").map(fold)),
            "noscript" => source::hidden(element),
            _ => continue,
        };
        let Some(url) = url.and_then(|url| sight.absolute(&url)).filter(|url| !is_dropped(sight, url)) else {
            continue;
        };
        out.push(Picture { node: node.id(), place, url, alt: alt.filter(|a| !a.is_empty()) });
    }
    out
}

/// Does the layout say that what has this address is no image of an article?
fn is_dropped(sight: &Sight<'_>, url: &Url) -> bool {
    sight.rules.drop_images.iter().any(|pattern| pattern.is_match(url.as_str()))
}

/// Is the node one of these, or inside one?
fn in_any(sight: &Sight<'_>, node: NodeId, of: &NodeSet) -> bool {
    let Some(node) = sight.html.tree.get(node) else { return false };
    of.contains(&node.id()) || node.ancestors().any(|a| of.contains(&a.id()))
}

/// The elements around a line, innermost first.
fn above<'s>(sight: &'s Sight<'_>, line: usize) -> impl Iterator<Item = NodeRef<'s, Node>> {
    let block = sight.html.tree.get(sight.flow.lines[line].block);
    block.into_iter().flat_map(|block| std::iter::once(block).chain(block.ancestors()))
}

/// The places that belong to the article: from the box that holds headline and text to the first line behind the text.
fn around(sight: &Sight<'_>, first: usize, last: usize) -> Range<usize> {
    let lines = &sight.flow.lines;
    let title = sight.title.get().and_then(|(_, at)| *at).filter(|at| *at < first);
    let of_title: NodeSet = title.into_iter().flat_map(|t| above(sight, t)).map(|node| node.id()).collect();
    let whole =
        |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(|e| matches!(e.name(), "article" | "main"));
    let shared = match title {
        Some(_) => above(sight, first).find(|node| of_title.contains(&node.id())),
        None => above(sight, first).find(whole),
    };
    let start = shared.and_then(|node| sight.flow.place(node.id()));
    let from = start.unwrap_or(lines[title.unwrap_or(first)].order);
    let behind = lines[last + 1..].iter().find(|line| !line.caption);
    from..behind.map_or(usize::MAX, |line| line.order)
}
