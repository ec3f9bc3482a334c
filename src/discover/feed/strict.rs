//! By the feed parser, which knows the standards and forgives nothing.

use feed_rs::model::{Entry as Parsed, Link};
use jiff::Timestamp;
use url::Url;

use super::Entry;
use crate::discover::read_date;

/// The entries, or why there are none, in a line.
pub(super) fn read(text: &str, base: &Url) -> Result<Vec<Entry>, String> {
    let parser = feed_rs::parser::Builder::new()
        .base_uri(Some(base.as_str()))
        .sanitize_content(false)
        .timestamp_parser(|raw| read_date(raw)?.to_string().parse().ok())
        .build();
    let feed = parser.parse(text.as_bytes()).map_err(|error| one_line(&error.to_string()))?;
    Ok(feed.entries.into_iter().map(entry).collect())
}

fn entry(parsed: Parsed) -> Entry {
    let date = parsed.published.or(parsed.updated);
    Entry {
        link: best_link(&parsed.links),
        title: parsed.title.map(|title| title.content),
        date: date.and_then(|date| Timestamp::from_millisecond(date.timestamp_millis()).ok()),
    }
}

/// The page itself: `rel="alternate"` or no `rel`, HTML before other types.
fn best_link(links: &[Link]) -> Option<String> {
    let is_page = |link: &&Link| link.rel.as_deref().is_none_or(|rel| rel.eq_ignore_ascii_case("alternate"));
    let is_html = |link: &&Link| link.media_type.as_deref().is_none_or(|media| media.contains("html"));
    let usable = |link: &&Link| !link.href.trim().is_empty();
    let pages = || links.iter().filter(is_page).filter(usable);
    pages().find(is_html).or_else(|| pages().next()).map(|link| link.href.trim().to_owned())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect()
}
