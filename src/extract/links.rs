//! The addresses a page leads to.

use std::collections::HashMap;

use scraper::{Html, Selector};
use url::Url;

use super::text;
use crate::model::link::Found;

/// Links taken from one page.
const MOST: usize = 5_000;

/// What the page's relative addresses are relative to.
pub(super) fn base(html: &Html, url: &Url) -> Url {
    let selector = Selector::parse("base[href]").expect("a selector of our own");
    let href = html.select(&selector).next().and_then(|e| e.attr("href"));
    href.and_then(|h| url.join(h.trim()).ok()).filter(is_web).unwrap_or_else(|| url.clone())
}

/// The whole address; `None` for mail, scripts and places on the page itself.
pub(super) fn absolute(base: &Url, href: &str) -> Option<Url> {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') || href.len() > 4 * crate::model::url::MAX_URL {
        return None;
    }
    base.join(href).ok().filter(is_web)
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

/// The address that a page gives itself, for a page that came without one: its canonical link or `og:url`, the front page's
/// only where neither names another.
///
/// # Panics
/// Never: its selectors are its own.
#[must_use]
pub fn own_address(html: &str) -> Option<Url> {
    // It stands in the head, and the head is a small part of most pages.
    let head = html.find("</head>").map_or(html, |end| &html[..end]);
    let found = address_in(head);
    if head.len() == html.len() || found.as_ref().is_some_and(|url| url.path() != "/") {
        return found;
    }
    address_in(html).or(found)
}

fn address_in(html: &str) -> Option<Url> {
    let tree = super::parse(html).ok()?;
    let links = addresses(&tree, "link[rel~=canonical][href]", "href");
    let metas = addresses(&tree, "meta[property='og:url'][content], meta[name='og:url'][content]", "content");
    let all = || links.iter().chain(&metas);
    all().find(|url| url.path() != "/").or_else(|| all().next()).cloned()
}

fn addresses(html: &Html, css: &str, attr: &str) -> Vec<Url> {
    let selector = Selector::parse(css).expect("a selector of our own");
    let values = html.select(&selector).filter_map(|e| e.attr(attr).map(str::trim));
    values.filter(|v| v.len() <= crate::model::url::MAX_URL).filter_map(|v| Url::parse(v).ok()).filter(is_web).collect()
}

/// Every web address of the page in document order, each once, with the first text that links to it.
pub(super) fn all(html: &Html, base: &Url) -> Vec<Found> {
    let selector = Selector::parse("a[href], area[href]").expect("a selector of our own");
    let mut out: Vec<Found> = Vec::new();
    let mut seen: HashMap<Url, usize> = HashMap::new();
    for element in html.select(&selector) {
        let Some(mut url) = absolute(base, element.attr("href").unwrap_or_default()) else { continue };
        url.set_fragment(None);
        let title = Some(text::of_element(element)).filter(|t| !t.is_empty());
        if let Some(at) = seen.get(&url) {
            if out[*at].title.is_none() {
                out[*at].title = title;
            }
            continue;
        }
        if out.len() >= MOST {
            break;
        }
        seen.insert(url.clone(), out.len());
        let rank = u32::try_from(out.len()).unwrap_or(u32::MAX);
        out.push(Found { url, rank, title, date_hint: None });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::own_address;

    #[test]
    fn a_page_tells_its_own_address() {
        for (head, address) in [
            ("<link rel=canonical href=' https://a.example/un '>", Some("https://a.example/un")),
            (
                "<link rel=canonical href='https://a.example/'><meta property=og:url content=https://a.example/deux>",
                Some("https://a.example/deux"),
            ),
            (
                "<link rel='canonical' href='/trois'><meta name=og:url content=https://a.example/>",
                Some("https://a.example/"),
            ),
            ("<link rel=canonical href='javascript:alert(1)'>", None),
            ("<link rel=next href=https://a.example/quatre>", None),
            (
                "<link rel=canonical href='https://a.example/'></head><meta property=og:url content=https://a.example/cinq>",
                Some("https://a.example/cinq"),
            ),
        ] {
            assert_eq!(own_address(head).as_ref().map(url::Url::as_str), address, "{head}");
        }
    }
}
