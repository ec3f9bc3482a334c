//! RSS, Atom and JSON feeds: strictly, then repaired, then item by item, so that one bad letter costs no article.

mod items;
mod repair;
mod strict;

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use url::Url;

use super::charset::decode;
use super::entity::plain;
use super::gather::Gather;
use crate::model::link::{Health, Listing, Source};

/// The bytes of a feed that are read.
pub const MAX_BYTES: usize = 8 << 20;

/// The items of a feed that are kept.
pub const MAX_ITEMS: usize = 5_000;

/// One item, before its link is made absolute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Entry {
    link: Option<String>,
    /// May hold HTML.
    title: Option<String>,
    date: Option<Timestamp>,
}

/// Reads a feed. `base` is the address it came from, `content_type` what the server said of it. An item without a
/// link is no find; a feed without items is sound and empty.
#[must_use]
pub fn read_feed(body: &[u8], base: &Url, content_type: Option<&str>) -> Listing {
    let (entries, mut health) = entries(body, base, content_type);
    let mut gather = Gather::new(MAX_ITEMS);
    for entry in entries {
        let title = entry.title.map(|title| (plain(&title), 1));
        if let Some(link) = entry.link {
            gather.add(&link, base, title, entry.date);
        }
    }
    if gather.is_full() {
        health = Health::Partial(format!("more than {MAX_ITEMS} items"));
    }
    Listing { source: Source::Feed, found: gather.into_found(), further: Vec::new(), health }
}

/// Every item, with or without a link.
fn entries(body: &[u8], base: &Url, content_type: Option<&str>) -> (Vec<Entry>, Health) {
    let whole = body.len() <= MAX_BYTES;
    let decoded = decode(&body[..body.len().min(MAX_BYTES)], content_type);
    let text = decoded.text.trim_start();
    let (entries, health) = if text.starts_with('{') { json(text, base) } else { xml(text, base) };
    let health = match (health, decoded.repaired) {
        (broken @ Health::Broken(_), _) => broken,
        (_, _) if !whole => Health::Partial(format!("longer than {MAX_BYTES} bytes")),
        (Health::Sound, Some(why)) => Health::Repaired(why),
        (health, _) => health,
    };
    (entries, health)
}

fn json(text: &str, base: &Url) -> (Vec<Entry>, Health) {
    match strict::read(text, base) {
        Ok(entries) => (entries, Health::Sound),
        Err(why) => (Vec::new(), Health::Broken(why)),
    }
}

/// Tries three readers, and takes the first that sees as many items as stand in the text.
fn xml(text: &str, base: &Url) -> (Vec<Entry>, Health) {
    let scanned = items::read(text);
    let strictly = strict::read(repair::without_declaration(text), base);
    if let Ok(read) = &strictly
        && read.len() >= scanned.entries.len()
    {
        return (completed(read.clone(), scanned.entries), Health::Sound);
    }
    let why = match &strictly {
        Ok(read) => format!("{} of {} items read", read.len(), scanned.entries.len()),
        Err(why) => why.clone(),
    };
    if let Ok(read) = strict::read(&repair::repaired(text), base)
        && read.len() >= scanned.entries.len()
    {
        return (completed(read, scanned.entries), Health::Repaired(why));
    }
    match (scanned.entries.is_empty(), scanned.root) {
        (_, items::Root::Open) => (scanned.entries, Health::Partial(format!("cut off before its end: {why}"))),
        (true, items::Root::None) => (Vec::new(), Health::Broken(why)),
        _ => (scanned.entries, Health::Repaired(format!("item by item: {why}"))),
    }
}

/// Fills in what the strict reader passes over (permanent links in a `guid`, dates in another place) from the same items as scanned.
fn completed(mut read: Vec<Entry>, scanned: Vec<Entry>) -> Vec<Entry> {
    if read.len() == scanned.len() {
        for (entry, other) in read.iter_mut().zip(scanned) {
            entry.link = entry.link.take().or(other.link);
            entry.title = entry.title.take().or(other.title);
            entry.date = entry.date.or(other.date);
        }
    }
    read
}
