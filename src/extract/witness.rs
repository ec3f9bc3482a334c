//! A page as those look at it who learn its rules: what griot's own rules read, which elements say the same, and what a
//! rule of their own would read.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use jiff::Timestamp;
use jiff::civil::Date;
use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::authors;
use super::date::read_date;
use super::dateline;
use super::flow::LineKind;
use super::related::{self, Related};
use super::sight::Sight;
use super::{Page, body, images, labels, text};
use crate::extract::nodes::NodeMap;
use crate::model::article::normal;
use crate::model::reading::ArticleReading;
use crate::profile::Profile;
use crate::profile::pick::Pick;
use crate::profile::rules::{Rule, Source};

/// Elements with more text than this in bytes hold no title, date or name.
const SMALL: usize = 700;
/// More values than a field has.
const VALUES: usize = 60;
/// Elements looked at on one page.
const MOST: usize = 20_000;

/// A page under witness.
pub struct Witness<'p> {
    sight: Sight<'p>,
    reading: ArticleReading,
    body: BTreeSet<usize>,
    related: Related,
    captions: BTreeSet<usize>,
}

/// A small element, with all that it says.
#[derive(Debug, Clone)]
pub struct Small<'p> {
    /// The element.
    pub element: ElementRef<'p>,
    /// Its text, white space folded.
    pub text: String,
    /// The line it begins in, where it stands in the text.
    pub line: Option<usize>,
}

/// A line, as those see it who look for blocks of links.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'w> {
    /// Its text.
    pub text: &'w str,
    /// The innermost block it stands in.
    pub block: NodeId,
    /// Share of the text that is link, in percent.
    pub linked: usize,
    /// It stands in `<nav>`, `<footer>`, `<aside>` or the page's own `<header>`.
    pub around: bool,
    /// A heading.
    pub heading: bool,
}

impl<'p> Witness<'p> {
    /// Reads a page by the layout that holds at its capture; `None` where none does.
    #[must_use]
    pub fn of(page: &'p Page<'p>, profile: &'p Profile, html: &'p Html) -> Option<Self> {
        let layout = profile.layout_at(page.captured_at)?;
        let sight = Sight::new(page, profile, &layout.rules, html);
        let reading = super::article(&sight);
        let blocks: Vec<String> = reading.text.body.iter().map(|block| block.text.clone()).collect();
        let body = lines_that_say(&sight, &blocks);
        // Where these stand depends little on what is taken for the body, and much work on it.
        let related = related::find(&sight, &body.iter().copied().collect::<Vec<_>>());
        let captions = images::captions(&sight);
        Some(Self { sight, reading, body, related, captions })
    }

    /// What griot's own rules read.
    #[must_use]
    pub fn reading(&self) -> &ArticleReading {
        &self.reading
    }

    /// The parsed page.
    #[must_use]
    pub fn html(&self) -> &'p Html {
        self.sight.html
    }

    /// The lines of the body that griot's own rules read.
    #[must_use]
    pub fn body(&self) -> &BTreeSet<usize> {
        &self.body
    }

    /// The lines that say what these blocks say.
    #[must_use]
    pub fn lines_of(&self, blocks: &[String]) -> BTreeSet<usize> {
        lines_that_say(&self.sight, blocks)
    }

    /// The line of the headline, if it is known.
    #[must_use]
    pub fn title_line(&self) -> Option<usize> {
        self.sight.title.get().and_then(|(_, line)| *line)
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sight.flow.lines.len()
    }

    /// Has the page no line at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sight.flow.lines.is_empty()
    }

    /// One line; panics past [`Self::len`].
    #[must_use]
    pub fn line(&self, at: usize) -> Seen<'_> {
        let line = &self.sight.flow.lines[at];
        Seen {
            text: &line.text,
            block: line.block,
            linked: line.linked(),
            around: line.frame || line.aside,
            heading: matches!(line.kind, LineKind::Heading(_)),
        }
    }

    /// Where the links of a line lead, as written.
    pub fn links(&self, at: usize) -> impl Iterator<Item = &str> {
        self.sight.flow.lines[at].links.iter().map(|link| link.href.as_str())
    }

    /// The lines inside an element.
    #[must_use]
    pub fn inside(&self, element: NodeId) -> Range<usize> {
        self.sight.flow.inside(element)
    }

    /// Is the line the head of a list of related links, in words that griot knows everywhere?
    #[must_use]
    pub fn is_label(&self, at: usize) -> bool {
        labels::at_start(&self.sight.flow.lines[at].text, &[]).is_some()
    }

    /// An address of the page, whole.
    #[must_use]
    pub fn absolute(&self, href: &str) -> Option<Url> {
        self.sight.absolute(href)
    }

    /// What the page gives other machines as its summary: the values that may be a standfirst.
    #[must_use]
    pub fn summaries(&self) -> Vec<String> {
        let said = self.sight.structured.values(&["description".to_owned()], &[]);
        let metas = ["og:description", "description", "twitter:description"];
        said.into_iter().chain(metas.iter().flat_map(|name| self.sight.structured.meta(name))).collect()
    }

    /// The headlines that the page gives machines, whole and without what is joined to them.
    #[must_use]
    pub fn titles(&self) -> Vec<String> {
        let structured = &self.sight.structured;
        let metas = ["og:title", "twitter:title"].into_iter().flat_map(|name| structured.meta(name));
        let whole = structured.values(&["headline".to_owned()], &[]).into_iter().chain(metas);
        let parts = |title: String| {
            let cut = [" | ", " - ", " – ", " — "].into_iter().filter_map(|joint| title.rsplit_once(joint));
            // Behind a colon, too: before it stands the kicker, which is printed apart.
            let tail = title.split_once(": ").map(|(_, tail)| tail.to_owned());
            cut.map(|(head, _)| head.to_owned()).chain(tail).chain([title.clone()]).collect::<Vec<_>>()
        };
        whole.flat_map(parts).collect()
    }

    /// The contents of a `<meta>`, by name, property or itemprop.
    #[must_use]
    pub fn meta(&self, name: &str) -> Vec<String> {
        self.sight.structured.meta(name)
    }

    /// The names in a printed byline.
    #[must_use]
    pub fn names(&self, text: &str) -> Vec<String> {
        authors::in_text(&self.sight, text)
    }

    /// The day, and the instant if it tells one, that a text is read as.
    #[must_use]
    pub fn date(&self, text: &str) -> Option<(Date, Option<Timestamp>)> {
        read_date(text, &dateline::context(&self.sight)).ok().map(|date| (date.on, date.at))
    }

    /// Small elements that hold text, in document order; at most 20,000.
    #[must_use]
    pub fn small(&self) -> Vec<Small<'p>> {
        let sizes = self.sizes();
        let lines = &self.sight.flow.lines;
        let mut out = Vec::new();
        for node in self.sight.html.tree.nodes() {
            let fits = sizes.get(&node.id()).is_some_and(|size| (1..=SMALL).contains(size));
            if !fits || out.len() >= MOST {
                continue;
            }
            let Some(element) = ElementRef::wrap(node) else { continue };
            let inside = self.inside(node.id());
            let text = text::of_element_without(element, &self.sight.flow.dropped);
            if !text.is_empty() && inside.start < lines.len() {
                out.push(Small { element, text, line: (!inside.is_empty()).then_some(inside.start) });
            }
        }
        out
    }

    /// Bytes of text in every element that belongs to the text.
    fn sizes(&self) -> NodeMap<usize> {
        let mut sizes = NodeMap::default();
        let mut open: Vec<(NodeId, usize)> = Vec::new();
        for edge in self.sight.html.tree.root().traverse() {
            match edge {
                Edge::Open(node) if node.value().is_element() => open.push((node.id(), 0)),
                Edge::Open(node) => {
                    if let (Some(text), Some(last)) = (node.value().as_text(), open.last_mut()) {
                        last.1 += text.trim().len();
                    }
                }
                Edge::Close(node) if node.value().is_element() => {
                    let Some((id, size)) = open.pop() else { continue };
                    // What was dropped has no place, and is no text of what stands around it.
                    if self.sight.flow.place(id).is_some() {
                        sizes.insert(id, size);
                        if let Some(parent) = open.last_mut() {
                            parent.1 += size;
                        }
                    }
                }
                Edge::Close(_) => {}
            }
        }
        sizes
    }

    /// What a rule with this selector finds, with the line that each value begins in; of many the first 60.
    #[must_use]
    pub fn values(&self, selector: &Selector, attr: Option<&str>) -> Vec<(String, Option<usize>)> {
        let found = self.sight.html.select(selector).take(VALUES);
        let values = found.filter_map(|element| self.sight.of_element(element, attr, false));
        values.filter(|value| !value.text.is_empty()).map(|value| (value.text, value.line)).collect()
    }

    /// The body that a rule with this selector reads: its lines.
    #[must_use]
    pub fn body_by(&self, selector: &Selector) -> BTreeSet<usize> {
        let (lines, _) = body::lines_of(&self.sight, &rule(selector));
        let lines: Vec<usize> = lines.into_iter().filter(|at| !self.related.taken.contains(at)).collect();
        let lead = self.reading.text.lead.as_deref();
        body::clean(&self.sight, &lines, lead, &self.captions).into_iter().collect()
    }
}

fn rule(selector: &Selector) -> Rule {
    let pick = Pick::new(selector.clone(), None, None);
    let source = Source::Css { pick, attr: None, itself: false };
    Rule { name: String::new(), source, text: None, into: None, nth: None }
}

/// Lines with the text of one of the blocks. Text that a page repeats is taken each time.
fn lines_that_say(sight: &Sight<'_>, blocks: &[String]) -> BTreeSet<usize> {
    let wanted: HashSet<String> = blocks.iter().map(|block| normal(block)).collect();
    let lines = sight.flow.lines.iter().enumerate();
    lines.filter(|(_, line)| wanted.contains(&normal(&line.text))).map(|(at, _)| at).collect()
}
