//! White space, ends of sentences, and text of elements.

use crate::extract::nodes::NodeSet;

use scraper::ElementRef;

/// Text gathered piece by piece with its white space folded; a lone no-break space stays what it is, and marks of where a
/// word may be parted are dropped: nobody sees them, and nobody finds a word that holds them.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    text: String,
    gap: Option<char>,
}

impl Folder {
    pub(crate) fn push(&mut self, piece: &str) {
        for c in piece.chars() {
            if c.is_whitespace() {
                self.gap = match (self.gap, c) {
                    (None, '\u{a0}' | '\u{202f}') => Some(c),
                    _ => Some(' '),
                };
            } else if !matches!(c, '\0' | '\u{ad}' | '\u{feff}') {
                if let Some(gap) = self.gap.take()
                    && !self.text.is_empty()
                {
                    self.text.push(gap);
                }
                self.text.push(c);
            }
        }
    }

    /// A gap, as between two elements that stand side by side.
    pub(crate) fn space(&mut self) {
        self.gap = Some(' ');
    }

    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    pub(crate) fn take(&mut self) -> String {
        self.gap = None;
        std::mem::take(&mut self.text)
    }
}

/// Folds white space; trims.
pub(crate) fn fold(text: &str) -> String {
    let mut folder = Folder::default();
    folder.push(text);
    folder.take()
}

/// An element's text, scripts and styles left out, blocks parted by a space.
pub(crate) fn of_element(element: ElementRef<'_>) -> String {
    of_element_without(element, &NodeSet::default())
}

/// The same, and without the elements inside it that are no part of any text.
pub(crate) fn of_element_without(element: ElementRef<'_>, dropped: &NodeSet) -> String {
    let mut folder = Folder::default();
    let mut skip = None;
    for edge in element.traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) if skip.is_none() => {
                if let Some(text) = node.value().as_text() {
                    folder.push(text);
                } else if let Some(inner) = node.value().as_element() {
                    if is_code(inner.name()) || node.id() != element.id() && dropped.contains(&node.id()) {
                        skip = Some(node.id());
                    } else if is_block(inner.name()) || inner.name() == "br" {
                        folder.space();
                    }
                }
            }
            ego_tree::iter::Edge::Close(node) => {
                if skip == Some(node.id()) {
                    skip = None;
                }
                if node.value().as_element().is_some_and(|e| is_block(e.name())) {
                    folder.space();
                }
            }
            ego_tree::iter::Edge::Open(_) => {}
        }
    }
    folder.take()
}

/// The text that stands in an element and in none of those inside it.
pub(crate) fn own(element: ElementRef<'_>) -> String {
    let mut folder = Folder::default();
    for child in element.children() {
        match child.value().as_text() {
            Some(text) => folder.push(text),
            None => folder.space(),
        }
    }
    folder.take()
}

/// Elements whose text is no text.
pub(crate) fn is_code(name: &str) -> bool {
    matches!(name, "script" | "style" | "noscript" | "template" | "svg" | "iframe" | "head")
}

/// Elements that begin and end a line.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// Does the text end where a sentence may end?
pub(crate) fn ends_sentence(text: &str) -> bool {
    let bare =
        text.trim_end_matches(['»', '”', '"', '\'', '’', ')', ']', '」', '』', '）', ' ', '\u{a0}', '\u{202f}', '*']);
    bare.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '।', '؟', '۔', '።', '։'])
}

/// Is the text cut off: by a sign of omission, or without an end to its sentence?
pub(crate) fn is_cut(text: &str) -> bool {
    text.ends_with('…') || text.ends_with("...") || !ends_sentence(text)
}

/// The first `most` characters, for people.
pub(crate) fn head(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
