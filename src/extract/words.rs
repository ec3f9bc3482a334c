//! What the elements of a page say: their text, gathered once, for rules that ask an element's words.

use std::cell::{Cell, OnceCell};

use ego_tree::iter::Edge;
use scraper::{ElementRef, Html};

use super::index::Index;
use super::text::{Folder, is_block, is_code, own};
use crate::extract::nodes::NodeMap;
use crate::profile::pick::Pick;

/// Bytes looked at on one page: elements inside one another have the same words, and a page may be made of them.
const MOST: usize = 256 << 20;

/// The page's words and where each element's begin and end; gathered when the first rule asks.
#[derive(Debug, Default)]
pub(super) struct Words {
    gathered: OnceCell<Gathered>,
    index: OnceCell<Index>,
    looked_at: Cell<usize>,
}

#[derive(Debug, Default)]
struct Gathered {
    text: String,
    spans: NodeMap<(usize, usize)>,
}

impl Words {
    /// The elements that are picked, in document order.
    pub(super) fn picked<'h>(&self, html: &'h Html, pick: &Pick) -> Vec<ElementRef<'h>> {
        let matched = self.index.get_or_init(|| Index::of(html)).matched(html, pick);
        if pick.says.is_none() && pick.says_itself.is_none() {
            return matched;
        }
        let says = |element: &ElementRef<'_>| {
            pick.says.as_ref().is_none_or(|says| says.is_match(self.of(html, *element)))
                && pick.says_itself.as_ref().is_none_or(|says| says.is_match(&own(*element)))
        };
        matched.into_iter().filter(says).collect()
    }

    /// The element's words, folded; none once the page has cost more than any page made for people.
    fn of(&self, html: &Html, element: ElementRef<'_>) -> &str {
        let gathered = self.gathered.get_or_init(|| Gathered::of(html));
        let Some((start, end)) = gathered.spans.get(&element.id()).copied() else { return "" };
        let looked_at = self.looked_at.get().saturating_add(end - start);
        self.looked_at.set(looked_at);
        if looked_at > MOST { "" } else { gathered.text[start..end].trim() }
    }
}

impl Gathered {
    fn of(html: &Html) -> Self {
        let mut folder = Folder::default();
        let mut spans = NodeMap::default();
        let mut code = None;
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(_) | Edge::Close(_) if code.is_some() => {
                    if matches!(edge, Edge::Close(node) if code == Some(node.id())) {
                        code = None;
                    }
                }
                Edge::Open(node) => {
                    if let Some(text) = node.value().as_text() {
                        folder.push(text);
                    } else if let Some(element) = node.value().as_element() {
                        if is_code(element.name()) {
                            code = Some(node.id());
                        } else {
                            if is_block(element.name()) || element.name() == "br" {
                                folder.space();
                            }
                            spans.insert(node.id(), (folder.len(), folder.len()));
                        }
                    }
                }
                Edge::Close(node) => {
                    if let Some(span) = spans.get_mut(&node.id()) {
                        span.1 = folder.len();
                    }
                    if node.value().as_element().is_some_and(|e| is_block(e.name())) {
                        folder.space();
                    }
                }
            }
        }
        Self { text: folder.take(), spans }
    }
}
