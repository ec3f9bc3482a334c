//! Section and front pages: every link in document order, with the text that best tells what it leads to.

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::gather::{Gather, TitleWorth, resolved};
use crate::model::link::{Found, Health, Listing, Source};
use crate::profile::{NextPage, Pagination};

/// The links of a page that are kept.
pub const MAX_LINKS: usize = 5_000;

/// The characters of a link's text that are looked at.
const MAX_TEXT: usize = 1_000;

/// From this many characters on a text is taken for a headline and not for "Lire la suite".
const HEADLINE: usize = 25;

#[expect(clippy::expect_used, reason = "the selectors are constants, compiled in the tests")]
fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a selector of this file")
}

static BASE: LazyLock<Selector> = LazyLock::new(|| selector("base[href]"));
static LINK: LazyLock<Selector> = LazyLock::new(|| selector("a[href], area[href]"));
static HEADING: LazyLock<Selector> = LazyLock::new(|| selector("h1, h2, h3, h4, h5, h6"));
static IMAGE: LazyLock<Selector> = LazyLock::new(|| selector("img[alt]"));

/// Reads a section page. `base` is the address it came from; `number` says the how manieth page of the section it is, from 1.
/// Links to itself are left out. Its next page, where `pagination` tells one and it shows anything, is in `further`.
/// The caller knows whether it is the front page; here it is a section.
#[must_use]
pub fn read_section(html: &Html, base: &Url, pagination: Option<&Pagination>, number: u32) -> Listing {
    let links_base = html
        .select(&BASE)
        .next()
        .and_then(|element| resolved(element.attr("href")?, base))
        .unwrap_or_else(|| base.clone());
    let mut gather = Gather::new(MAX_LINKS);
    for link in html.select(&LINK) {
        let href = link.attr("href").unwrap_or_default();
        if is_elsewhere(href, &links_base, base) {
            gather.add(href, &links_base, headline(link), None);
        }
    }
    let full = gather.is_full();
    let found = gather.into_found();
    let health = match found.len() {
        0 => Health::Broken("it shows no links".into()),
        _ if full => Health::Partial(format!("more than {MAX_LINKS} links")),
        _ => Health::Sound,
    };
    let next = pagination
        .filter(|_| !found.is_empty())
        .and_then(|pagination| next_page(html, pagination, number, &links_base));
    let next = next.filter(|url| without_fragment(url) != without_fragment(base));
    let further = next.map(|url| Found { url, rank: 0, title: None, date_hint: None }).into_iter().collect();
    Listing { source: Source::Section, found, further, health }
}

/// Does the link lead to another page than the one it stands on?
fn is_elsewhere(href: &str, links_base: &Url, page: &Url) -> bool {
    let href = href.trim();
    !href.starts_with('#')
        && resolved(href, links_base).is_none_or(|url| without_fragment(&url) != without_fragment(page))
}

fn without_fragment(url: &Url) -> &str {
    url.as_str().split('#').next().unwrap_or_default()
}

/// The link's text and its worth: a heading's before a long text, before a short one, before what an image or a tooltip says.
fn headline(link: ElementRef<'_>) -> Option<(String, TitleWorth)> {
    if let Some(heading) = link.select(&HEADING).map(text_of).find(|text| !text.is_empty()) {
        return Some((heading, 5));
    }
    let text = text_of(link);
    if !text.is_empty() {
        let in_heading = link.ancestors().take(4).filter_map(ElementRef::wrap).any(|parent| HEADING.matches(&parent));
        let long = text.chars().nth(HEADLINE - 1).is_some();
        return Some((
            text,
            if in_heading {
                4
            } else if long {
                3
            } else {
                2
            },
        ));
    }
    let said =
        [link.attr("title"), link.attr("aria-label"), link.select(&IMAGE).next().and_then(|image| image.attr("alt"))];
    said.into_iter()
        .flatten()
        .map(str::trim)
        .find(|text| !text.is_empty())
        .map(|text| (text.chars().take(MAX_TEXT).collect(), 1))
}

/// The text of an element, pieces apart, up to a length that no headline has.
fn text_of(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for piece in element.text() {
        text.push_str(piece);
        text.push(' ');
        if text.len() > MAX_TEXT {
            break;
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn next_page(html: &Html, pagination: &Pagination, number: u32, links_base: &Url) -> Option<Url> {
    if number >= pagination.most {
        return None;
    }
    match &pagination.next {
        NextPage::Link(selector) => {
            let named = html.select(selector).next()?;
            let link = if named.attr("href").is_some() { named } else { named.select(&LINK).next()? };
            resolved(link.attr("href")?, links_base)
        }
        NextPage::Counted { pattern, first, step } => {
            let n = first.checked_add(number.saturating_sub(1).checked_mul(*step)?)?;
            resolved(&pattern.replace("{n}", &n.to_string()), links_base)
        }
    }
}
