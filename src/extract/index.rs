//! A page's elements by their tags and attributes, so that most rules look at a few of them and not at all.

use std::collections::HashMap;

use ego_tree::NodeId;
use html5ever::LocalName;
use rustc_hash::FxBuildHasher;
use scraper::{ElementRef, Html};

use crate::profile::pick::{Key, Pick};

/// Places in `elements`, ascending.
type Lists = HashMap<LocalName, Vec<usize>, FxBuildHasher>;

/// The elements in the order of the tree, and where those of each name stand among them.
#[derive(Debug)]
pub(super) struct Index {
    elements: Vec<NodeId>,
    tags: Lists,
    attributes: Lists,
}

impl Index {
    pub(super) fn of(html: &Html) -> Self {
        let mut index = Self { elements: Vec::new(), tags: Lists::default(), attributes: Lists::default() };
        for node in html.tree.nodes().filter(|node| node.parent().is_some()) {
            let Some(element) = node.value().as_element() else { continue };
            let place = index.elements.len();
            index.elements.push(node.id());
            index.tags.entry(small(&element.name.local)).or_default().push(place);
            for (name, _) in &element.attrs {
                let list = index.attributes.entry(small(&name.local)).or_default();
                // `href` and `xlink:href` of one element.
                if list.last() != Some(&place) {
                    list.push(place);
                }
            }
        }
        index
    }

    /// The elements that the pick's selector matches, in the order of the tree.
    pub(super) fn matched<'h>(&self, html: &'h Html, pick: &Pick) -> Vec<ElementRef<'h>> {
        let mut places: Vec<usize> = Vec::new();
        for part in &pick.keys {
            let fewest = part.iter().map(|key| self.list(key)).min_by_key(|list| list.len());
            places.extend(fewest.unwrap_or_default());
        }
        if pick.keys.is_empty() || places.len() > self.elements.len() {
            return html.select(&pick.selector).collect();
        }
        if pick.keys.len() > 1 {
            places.sort_unstable();
            places.dedup();
        }
        let elements = places.into_iter().filter_map(|place| html.tree.get(self.elements[place]));
        elements.filter_map(ElementRef::wrap).filter(|element| pick.selector.matches(element)).collect()
    }

    fn list(&self, key: &Key) -> &[usize] {
        let list = match key {
            Key::Tag(name) => self.tags.get(name),
            Key::Attribute(name) => self.attributes.get(name),
        };
        list.map_or(&[], Vec::as_slice)
    }
}

/// Names within SVG have capitals (`foreignObject`), and selectors match them in either case.
fn small(name: &LocalName) -> LocalName {
    if name.bytes().any(|b| b.is_ascii_uppercase()) { name.to_ascii_lowercase() } else { name.clone() }
}

#[cfg(test)]
mod tests {
    use scraper::Selector;

    use super::*;

    #[test]
    fn every_selector_finds_what_it_finds_without_the_index() {
        let page = "<html lang=fr><head><meta property=og:title content=x><link rel='canonical' href=/a></head><body \
            class=A><article id=un class='texte Corps'><h1 itemprop=headline>Le bac</h1><p class=chapo>Il est là.</p>\
            <ul><li><a href=/b rel=author>Awa</a><li itemprop='name x'>b</ul><svg viewBox='0 0'><foreignObject><p>y</p>\
            </foreignObject><use xlink:href=#a href=#b></use></svg><form><h2>z</h2><p>w</p></form><table><p>fort</table>\
            <time datetime=2024-05-03>3 mai</time></article><div hidden id=S:0><p>q</p></div><div hidden>r</div></body>";
        let html = super::super::parse(page).unwrap();
        let index = Index::of(&html);
        for css in [
            "p",
            "*",
            "article p",
            "h2 ~ p, .chapo",
            "[itemprop~=name], [rel~=author]",
            "P.chapo, p, li",
            "foreignObject",
            "foreignobject",
            "[viewBox]",
            "[href]",
            "[lang]",
            "html",
            "body.A",
            ".a",
            "#un > p",
            ":is(h1, h2)",
            "div:not([id^='S:'])",
            "[hidden]:not([id^='S:'])",
            "form:not(:has(h1))",
            "p:nth-child(2)",
            "li:last-child",
            "table",
            "nothing",
            "p, nothing",
            "[class*=Corps], [property='og:title'], time[datetime]",
            "p:first-of-type",
            ":root",
            "article *",
        ] {
            let pick = Pick::new(Selector::parse(css).unwrap(), None, None);
            let ids = |found: Vec<ElementRef<'_>>| found.iter().map(|element| element.id()).collect::<Vec<_>>();
            assert_eq!(ids(index.matched(&html, &pick)), ids(html.select(&pick.selector).collect()), "{css}");
        }
    }
}
