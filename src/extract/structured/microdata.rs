//! Microdata (HTML Standard, "Microdata"): `itemscope` trees as the objects that JSON-LD would make of them.

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Html};
use serde_json::{Map, Value};

use super::super::text::{Folder, is_block};

/// Items read of one page.
const MOST_ITEMS: usize = 500;
/// Values read of one page.
const MOST_VALUES: usize = 2_000;
/// Longer values are whole texts, which other rules read better; bytes.
const LONGEST: usize = 2_000;
/// Nodes looked at for the text of one value: values stand inside values, and a page may be made of nothing else.
const MOST_NODES: usize = 500;

/// An item whose element is not closed yet.
struct Open {
    /// Its place among the page's items.
    place: usize,
    node: NodeId,
    /// The properties of the outer item that it is the value of.
    names: Vec<String>,
    object: Map<String, Value>,
}

/// The page's outermost items, in document order; `itemref` is passed over, as the press does not use it.
pub(super) fn items(html: &Html) -> Vec<Value> {
    let mut done: Vec<(usize, Value)> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let (mut begun, mut read) = (0, 0);
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                let Some(element) = ElementRef::wrap(node) else { continue };
                let names = names(element);
                if element.attr("itemscope").is_some() && begun < MOST_ITEMS {
                    begun += 1;
                    open.push(Open { place: begun, node: node.id(), names, object: typed(element) });
                } else if let Some(item) = open.last_mut().filter(|_| !names.is_empty() && read < MOST_VALUES) {
                    read += 1;
                    let Some(value) = value(element) else { continue };
                    for name in names {
                        add(&mut item.object, name, Value::String(value.clone()));
                    }
                }
            }
            Edge::Close(node) if open.last().is_some_and(|item| item.node == node.id()) => {
                let Some(item) = open.pop() else { continue };
                let value = Value::Object(item.object);
                match open.last_mut().filter(|_| !item.names.is_empty()) {
                    Some(outer) => item.names.into_iter().for_each(|n| add(&mut outer.object, n, value.clone())),
                    None => done.push((item.place, value)),
                }
            }
            Edge::Close(_) => {}
        }
    }
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, value)| value).collect()
}

fn names(element: ElementRef<'_>) -> Vec<String> {
    let names = element.attr("itemprop").unwrap_or_default().split_whitespace();
    // "Author" stands beside "author" in the wild.
    names.map(|name| name.chars().take(1).flat_map(char::to_lowercase).chain(name.chars().skip(1)).collect()).collect()
}

fn typed(element: ElementRef<'_>) -> Map<String, Value> {
    let types = element.attr("itemtype").unwrap_or_default().split_whitespace();
    let types: Vec<Value> = types.map(|t| Value::String(t.to_owned())).collect();
    let mut object = Map::new();
    if !types.is_empty() {
        object.insert("@type".to_owned(), Value::Array(types));
    }
    object
}

/// A property's value: what the element says to machines, else its text. A link is its text, unless it is an address
/// that is asked for.
fn value(element: ElementRef<'_>) -> Option<String> {
    let attr = |name: &str| element.attr(name).map(|value| value.trim().to_owned());
    let address = || names(element).iter().any(|n| n == "url" || n == "sameAs" || n == "image" || n == "contentUrl");
    let said = attr("content").or_else(|| match element.value().name() {
        "time" => attr("datetime"),
        "img" => attr("src"),
        "data" | "meter" => attr("value"),
        "a" | "link" if address() => attr("href"),
        _ => None,
    });
    let value = said.unwrap_or_else(|| printed(element));
    Some(value).filter(|v| !v.is_empty() && v.len() <= LONGEST)
}

fn printed(element: ElementRef<'_>) -> String {
    let mut folder = Folder::default();
    for node in element.descendants().take(MOST_NODES) {
        if let Some(text) = node.value().as_text() {
            folder.push(text);
        } else if node.value().as_element().is_some_and(|e| is_block(e.name()) || e.name() == "br") {
            folder.space();
        }
        if folder.len() > LONGEST {
            break;
        }
    }
    folder.take()
}

fn add(object: &mut Map<String, Value>, name: String, value: Value) {
    match object.get_mut(&name) {
        None => drop(object.insert(name, value)),
        Some(Value::Array(list)) => list.push(value),
        Some(one) => *one = Value::Array(vec![one.take(), value]),
    }
}
