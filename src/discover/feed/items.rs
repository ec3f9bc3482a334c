//! Item by item, by a scanner that no fault stops: what stands between `<item>` and the next one is an item.

use std::borrow::Cow;

use super::Entry;
use crate::discover::entity::unescape;
use crate::discover::read_date;

/// What the scanner saw.
pub(super) struct Scanned {
    pub(super) entries: Vec<Entry>,
    pub(super) root: Root,
}

/// The feed's outermost element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    /// There is none: this is no feed.
    None,
    /// It begins and does not end.
    Open,
    /// It begins and ends.
    Closed,
}

/// Elements that have titles, links and dates of their own, or text that may look like markup.
const APART: [&str; 10] =
    ["source", "content", "description", "summary", "encoded", "author", "image", "thumbnail", "group", "inreplyto"];

/// Name spaces whose elements are not the feed's own.
const FOREIGN: [&str; 8] = ["media", "itunes", "podcast", "rdf", "georss", "slash", "wfw", "thr"];

/// Reads the items of a text.
pub(super) fn read(text: &str) -> Scanned {
    let mut reader = Reader { entries: Vec::new(), item: None, root: Root::None };
    let mut scanner = Scanner::new(text);
    while let Some(token) = scanner.next() {
        match token {
            Token::Start { name, attributes, empty } => reader.start(name, attributes, empty),
            Token::End(name) => reader.end(name),
            Token::Text(text) => reader.text(&unescape(text)),
            Token::Raw(text) => reader.text(text),
        }
    }
    reader.close_item();
    Scanned { entries: reader.entries, root: reader.root }
}

struct Reader {
    entries: Vec<Entry>,
    item: Option<Item>,
    root: Root,
}

#[derive(Default)]
struct Item {
    title: Option<String>,
    /// `<link>`, or the `href` of the page among several.
    link: Option<String>,
    /// `<guid>` that is a permanent link, `<id>`, `rdf:about`: used where there is no link.
    permanent: Option<String>,
    published: Option<String>,
    changed: Option<String>,
    field: Option<(Field, String)>,
    /// Inside such an element: its name.
    apart: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Link,
    Permanent,
    Published,
    Changed,
}

impl Reader {
    fn start(&mut self, name: &str, attributes: &str, empty: bool) {
        let (prefix, local) = parts(name);
        if self.item.is_none() && matches!(local.as_ref(), "rss" | "feed" | "rdf" | "channel") {
            self.root = Root::Open;
        }
        if matches!(local.as_ref(), "item" | "entry") && !is_foreign(&prefix) {
            self.close_item();
            let about = attribute(attributes, "rdf:about").or_else(|| attribute(attributes, "href"));
            let changed = attribute(attributes, "lastmod");
            self.item = Some(Item { permanent: about, changed, ..Item::default() });
            if empty {
                self.close_item();
            }
            return;
        }
        let Some(item) = self.item.as_mut().filter(|item| item.apart.is_none()) else { return };
        let Some(field) = field(&prefix, &local) else {
            if !empty && APART.contains(&local.as_ref()) {
                item.close_field();
                item.apart = Some(local.into_owned());
            }
            return;
        };
        item.close_field();
        if field == Field::Link && !leads_to_page(attributes) || field == Field::Permanent && is_no_link(attributes) {
            return;
        }
        if field == Field::Link
            && let Some(href) = attribute(attributes, "href")
        {
            item.link.get_or_insert(href);
        } else if !empty {
            item.field = Some((field, String::new()));
        }
    }

    fn end(&mut self, name: &str) {
        let (prefix, local) = parts(name);
        if matches!(local.as_ref(), "item" | "entry") && !is_foreign(&prefix) {
            self.close_item();
        } else if let Some(item) = &mut self.item {
            if item.apart.as_deref() == Some(local.as_ref()) {
                item.apart = None;
            } else if item.field.as_ref().is_some_and(|(open, _)| Some(*open) == field(&prefix, &local)) {
                item.close_field();
            }
        }
        if matches!(local.as_ref(), "rss" | "feed" | "rdf" | "channel") && self.root == Root::Open {
            self.root = if local == "channel" { Root::Open } else { Root::Closed };
        }
    }

    fn text(&mut self, text: &str) {
        let open = self.item.as_mut().filter(|item| item.apart.is_none()).and_then(|item| item.field.as_mut());
        if let Some((_, value)) = open {
            value.push_str(text);
        }
    }

    fn close_item(&mut self) {
        if let Some(item) = self.item.take() {
            // A field still open was cut off: half an address is none.
            let date = item.published.or(item.changed).as_deref().and_then(read_date);
            let permanent = item.permanent.filter(|id| id.starts_with("http://") || id.starts_with("https://"));
            self.entries.push(Entry { link: item.link.or(permanent), title: item.title, date });
        }
    }
}

impl Item {
    /// Puts the open field where it belongs; the first of a kind counts.
    fn close_field(&mut self) {
        let Some((field, value)) = self.field.take() else { return };
        let place = match field {
            Field::Title => &mut self.title,
            Field::Link => &mut self.link,
            Field::Permanent => &mut self.permanent,
            Field::Published => &mut self.published,
            Field::Changed => &mut self.changed,
        };
        let value = value.trim();
        if place.is_none() && !value.is_empty() {
            *place = Some(value.to_owned());
        }
    }
}

fn field(prefix: &str, local: &str) -> Option<Field> {
    if is_foreign(prefix) {
        return None;
    }
    match local {
        "title" => Some(Field::Title),
        "link" => Some(Field::Link),
        "guid" | "id" => Some(Field::Permanent),
        "pubdate" | "date" | "published" | "issued" | "created" => Some(Field::Published),
        "updated" | "modified" => Some(Field::Changed),
        _ => None,
    }
}

fn is_foreign(prefix: &str) -> bool {
    FOREIGN.contains(&prefix)
}

/// A `<link>` to the page itself, and not to an enclosure, a comment feed or the like.
fn leads_to_page(attributes: &str) -> bool {
    attribute(attributes, "rel").is_none_or(|rel| rel.is_empty() || rel.eq_ignore_ascii_case("alternate"))
}

fn is_no_link(attributes: &str) -> bool {
    attribute(attributes, "ispermalink").is_some_and(|value| value.eq_ignore_ascii_case("false"))
}

/// Prefix and local name, in lower case.
fn parts(name: &str) -> (Cow<'_, str>, Cow<'_, str>) {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    (lower(prefix), lower(local))
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

/// The value of an attribute in the inside of a tag; `name` in lower case.
fn attribute(inside: &str, name: &str) -> Option<String> {
    let mut rest = inside;
    while let Some(equals) = rest.find('=') {
        let found = rest[..equals].trim_end().rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let value = rest[equals + 1..].trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_once(|c: char| c.is_whitespace()).unwrap_or((value, "")),
        };
        if found.eq_ignore_ascii_case(name) {
            return Some(unescape(value.trim()).into_owned());
        }
        rest = after;
    }
    None
}

enum Token<'a> {
    Start {
        name: &'a str,
        attributes: &'a str,
        empty: bool,
    },
    End(&'a str),
    Text(&'a str),
    /// Of a CDATA section: no references in it.
    Raw(&'a str),
}

/// Cuts a text into tags and what is between them. Every end is looked for once: one that is missing is missing for good.
struct Scanner<'a> {
    rest: &'a str,
    comments_end: bool,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text, comments_end: true }
    }

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest;
            if rest.is_empty() {
                return None;
            }
            let Some(inside) = rest.strip_prefix('<') else {
                return Some(Token::Text(self.take(rest.find('<').unwrap_or(rest.len()))));
            };
            if let Some(raw) = inside.strip_prefix("![CDATA[") {
                let length = raw.find("]]>");
                self.rest = length.map_or("", |length| &raw[length + 3..]);
                return Some(Token::Raw(&raw[..length.unwrap_or(raw.len())]));
            }
            if inside.starts_with("!--") && self.comments_end {
                if let Some(end) = rest.find("-->") {
                    self.rest = &rest[end + 3..];
                    continue;
                }
                self.comments_end = false;
            }
            if !inside.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '!' | '?' | '_')) {
                return Some(Token::Text(self.take(1)));
            }
            let Some(end) = inside.find('>') else {
                self.rest = "";
                return None;
            };
            self.rest = &inside[end + 1..];
            let tag = &inside[..end];
            if tag.starts_with(['!', '?']) {
                continue;
            }
            return Some(tag_token(tag));
        }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }
}

fn tag_token(tag: &str) -> Token<'_> {
    if let Some(name) = tag.strip_prefix('/') {
        return Token::End(name.trim());
    }
    let empty = tag.ends_with('/');
    let tag = tag.trim_end_matches('/');
    let (name, attributes) = tag.split_once(|c: char| c.is_whitespace()).unwrap_or((tag, ""));
    Token::Start { name, attributes, empty }
}
