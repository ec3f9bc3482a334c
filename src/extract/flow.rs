//! The page as a reader meets it: lines of text in document order, each with what it is, where it stands and what it
//! links to. Every rule about order ("after the second title", "up to the first label") is a rule about lines.

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::Html;
use scraper::node::Element;

use super::text::{Folder, ends_sentence, is_block};
use crate::extract::nodes::{NodeMap, NodeSet};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineKind {
    Paragraph,
    Heading(u8),
    Quote,
    Item,
}

/// A stretch of a line that links somewhere; bytes of its text.
#[derive(Debug, Clone)]
pub(crate) struct LinkSpan {
    /// The `<a>`: two lines under one link share it.
    pub(crate) node: NodeId,
    pub(crate) href: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A line.
#[expect(clippy::struct_excessive_bools, reason = "five independent facts of one line, asked one by one")]
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) kind: LineKind,
    /// Place of its first text in the document.
    pub(crate) order: usize,
    /// The innermost block it stands in.
    pub(crate) block: NodeId,
    pub(crate) links: Vec<LinkSpan>,
    /// Bytes set in bold.
    pub(crate) bold: usize,
    /// Under an image by its tag or class.
    pub(crate) caption: bool,
    /// In `<aside>`.
    pub(crate) aside: bool,
    /// In `<nav>` or `<footer>`.
    pub(crate) frame: bool,
    /// An image stands between the line before and this one.
    pub(crate) after_image: bool,
    /// Parted from the line before by one `<br>` only.
    after_break: bool,
}

impl Line {
    /// Share of the text that is link, in percent.
    pub(crate) fn linked(&self) -> usize {
        let linked: usize = self.links.iter().map(|l| l.end - l.start).sum();
        linked * 100 / self.text.len().max(1)
    }
}

/// A page's lines, and where its elements stand among them.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    pub(crate) lines: Vec<Line>,
    /// Elements that are no part of any text; what stands inside them is not named.
    pub(crate) dropped: NodeSet,
    /// First and last place of every element, dropped ones not.
    spans: NodeMap<(usize, usize)>,
    /// Images in document order, with their places.
    pub(crate) images: Vec<(NodeId, usize)>,
    /// Links without text of their own (around an image), with their places.
    pub(crate) bare_links: Vec<(usize, NodeId, String)>,
}

impl Flow {
    /// Reads the lines of a page, passing over `dropped`.
    pub(crate) fn of(html: &Html, dropped: NodeSet, break_parts: bool) -> Self {
        let mut walk = Walk::default();
        let mut skip = None;
        for (order, edge) in html.tree.root().traverse().enumerate() {
            match edge {
                Edge::Open(_) if skip.is_some() => {}
                Edge::Open(node) => {
                    if let Some(text) = node.value().as_text() {
                        walk.text(text, order);
                    } else if let Some(element) = node.value().as_element() {
                        if dropped.contains(&node.id()) || element.name() == "head" {
                            skip = Some(node.id());
                            walk.spacer(element);
                        } else {
                            walk.open(node.id(), element, order);
                        }
                    }
                }
                Edge::Close(node) if skip == Some(node.id()) => skip = None,
                Edge::Close(_) if skip.is_some() => {}
                Edge::Close(node) => {
                    if let Some(element) = node.value().as_element() {
                        walk.close(node.id(), element, order);
                    }
                }
            }
        }
        walk.flush();
        let mut flow = walk.flow;
        flow.lines = join_breaks(std::mem::take(&mut flow.lines), break_parts);
        flow.dropped = dropped;
        flow
    }

    /// The lines inside an element, as a range of indexes.
    pub(crate) fn inside(&self, element: NodeId) -> std::ops::Range<usize> {
        let Some((start, end)) = self.spans.get(&element).copied() else { return 0..0 };
        let from = self.lines.partition_point(|l| l.order < start);
        let to = self.lines.partition_point(|l| l.order <= end);
        from..to
    }

    /// Where an element begins; `None` when it was dropped.
    pub(crate) fn place(&self, element: NodeId) -> Option<usize> {
        self.spans.get(&element).map(|(start, _)| *start)
    }
}

#[derive(Default)]
struct Walk {
    flow: Flow,
    folder: Folder,
    blocks: Vec<NodeId>,
    headings: Vec<u8>,
    links: Vec<(NodeId, String, usize, bool)>,
    line: Option<usize>,
    line_links: Vec<LinkSpan>,
    line_bold: usize,
    depth: Depths,
    breaks: u32,
    image: bool,
}

/// How many of each are open.
#[derive(Default)]
struct Depths {
    bold: u32,
    quote: u32,
    item: u32,
    caption: u32,
    aside: u32,
    frame: u32,
    article: u32,
}

impl Walk {
    fn text(&mut self, text: &str, order: usize) {
        if text.trim().is_empty() {
            self.folder.push(text);
            return;
        }
        let before = self.folder.len();
        self.folder.push(text);
        self.line.get_or_insert(order);
        if self.depth.bold > 0 {
            self.line_bold += self.folder.len() - before;
        }
        for link in &mut self.links {
            link.3 = true;
        }
    }

    fn spacer(&mut self, element: &Element) {
        if is_block(element.name()) { self.flush() } else { self.folder.space() }
    }

    fn open(&mut self, id: NodeId, element: &Element, order: usize) {
        self.flow.spans.insert(id, (order, order));
        let name = element.name();
        if is_block(name) {
            self.flush();
            self.breaks = 0;
            self.blocks.push(id);
        }
        self.count(element, 1);
        match name {
            "br" => {
                self.flush();
                self.breaks += 1;
            }
            "img" | "picture" | "amp-img" => {
                if name != "picture" {
                    self.flow.images.push((id, order));
                }
                self.image = true;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.headings.push(name.as_bytes()[1] - b'0');
            }
            "a" => {
                let href = element.attr("href").unwrap_or_default().trim().to_owned();
                self.links.push((id, href, self.folder.len(), false));
            }
            _ => {}
        }
    }

    fn close(&mut self, id: NodeId, element: &Element, order: usize) {
        if let Some(span) = self.flow.spans.get_mut(&id) {
            span.1 = order;
        }
        let name = element.name();
        if name == "a" {
            self.close_link(id, order);
        }
        if is_block(name) {
            self.flush();
            self.breaks = 0;
            self.blocks.pop();
        }
        if name.len() == 2 && name.starts_with('h') && name != "hr" {
            self.headings.pop();
        }
        self.count(element, -1);
    }

    fn close_link(&mut self, id: NodeId, order: usize) {
        let Some(at) = self.links.iter().rposition(|l| l.0 == id) else { return };
        let (node, href, start, has_text) = self.links.remove(at);
        if self.folder.len() > start {
            self.line_links.push(LinkSpan { node, href, start, end: self.folder.len() });
        } else if !has_text && !href.is_empty() {
            self.flow.bare_links.push((order, node, href));
        }
    }

    fn count(&mut self, element: &Element, by: i32) {
        let add = |n: &mut u32| *n = n.saturating_add_signed(by);
        match element.name() {
            "b" | "strong" => add(&mut self.depth.bold),
            "blockquote" => add(&mut self.depth.quote),
            "li" => add(&mut self.depth.item),
            "aside" => add(&mut self.depth.aside),
            "nav" | "footer" => add(&mut self.depth.frame),
            "article" | "main" => add(&mut self.depth.article),
            _ => {}
        }
        if is_caption(element) {
            add(&mut self.depth.caption);
        }
    }

    /// Ends the line.
    fn flush(&mut self) {
        let end = self.folder.len();
        let text = self.folder.take();
        let mut links = std::mem::take(&mut self.line_links);
        for (node, href, start, _) in &mut self.links {
            if end > *start {
                links.push(LinkSpan { node: *node, href: href.clone(), start: *start, end });
            }
            *start = 0;
        }
        let bold = std::mem::take(&mut self.line_bold);
        let Some(order) = self.line.take() else { return };
        if text.is_empty() {
            return;
        }
        for link in &mut links {
            link.start += text[link.start..link.end].len() - text[link.start..link.end].trim_start().len();
        }
        links.sort_by_key(|l| l.start);
        let kind = if let Some(level) = self.headings.last() {
            LineKind::Heading(*level)
        } else if self.depth.quote > 0 {
            LineKind::Quote
        } else if self.depth.item > 0 {
            LineKind::Item
        } else {
            LineKind::Paragraph
        };
        let after_break =
            self.breaks == 1 && self.flow.lines.last().is_some_and(|l| Some(&l.block) == self.blocks.last());
        let Some(block) = self.blocks.last().copied() else { return };
        self.flow.lines.push(Line {
            text,
            kind,
            order,
            block,
            links,
            bold,
            caption: self.depth.caption > 0,
            aside: self.depth.aside > 0,
            frame: self.depth.frame > 0,
            after_image: std::mem::take(&mut self.image),
            after_break,
        });
        self.breaks = 0;
    }
}

fn is_caption(element: &Element) -> bool {
    let name = element.name();
    // The attribute as written: the list of classes is interned when it is first asked for, and nearly nobody else asks.
    let named = |classes: &str| holds(classes, b"caption") || holds(classes, b"legend");
    matches!(name, "figcaption" | "figure") || (name != "body" && element.attr("class").is_some_and(named))
}

/// Does a name hold a word, in either case?
fn holds(name: &str, word: &[u8]) -> bool {
    let begins = |at: &usize| name.as_bytes()[*at].eq_ignore_ascii_case(&word[0]);
    let ends = (name.len() + 1).saturating_sub(word.len());
    (0..ends).filter(begins).any(|at| name.as_bytes()[at..at + word.len()].eq_ignore_ascii_case(word))
}

/// Joins lines that one `<br>` parts: always inside headings and where the site does not part blocks so, and where a
/// sentence plainly goes on.
fn join_breaks(lines: Vec<Line>, break_parts: bool) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        match out.last_mut() {
            Some(last) if line.after_break && last.block == line.block && joins(last, &line, break_parts) => {
                let shift = last.text.len() + 1;
                last.text.push(' ');
                last.text.push_str(&line.text);
                last.bold += line.bold;
                last.links.extend(line.links.into_iter().map(|l| LinkSpan {
                    start: l.start + shift,
                    end: l.end + shift,
                    ..l
                }));
            }
            _ => out.push(line),
        }
    }
    out
}

fn joins(last: &Line, line: &Line, break_parts: bool) -> bool {
    if matches!(line.kind, LineKind::Heading(_)) || !break_parts {
        return true;
    }
    !ends_sentence(&last.text) && line.text.starts_with(char::is_lowercase)
}
