//! Sitemaps by sitemaps.org: index, pages, news, plain text, or a feed in their place. Read as a stream, never as a tree.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use url::Url;

use super::charset::decode;
use super::entity::{at_head, plain};
use super::gather::Gather;
use super::{read_date, read_feed};
use crate::model::link::{Health, Listing, Source};
use crate::model::url::MAX_URL;

/// The addresses of one sitemap that are kept: what sitemaps.org allows.
pub const MAX_URLS: usize = 50_000;

/// The bytes of a sitemap after inflating, as sitemaps.org allows (50 MB), with some grace.
pub const MAX_BYTES: usize = 64 << 20;

/// Gzip within gzip that is undone.
const MAX_LAYERS: usize = 2;

/// The text of one element that is kept: an address, a date or a headline.
const MAX_TEXT: usize = 4 * MAX_URL;

/// Reads a sitemap; `base` is the address it came from. A body that is still gzip (`sitemap.xml.gz` is a file, not a coding) is inflated.
/// The sitemaps of an index are in `further`, the pages in `found`.
#[must_use]
pub fn read_sitemap(body: &[u8], base: &Url) -> Listing {
    let (body, cut) = inflated(body);
    let decoded = decode(&body, None);
    let text = decoded.text.trim_start();
    let mut listing = match text.as_bytes().first() {
        None => broken("it is empty"),
        Some(b'{') => read_feed(&body, base, None),
        Some(b'<') => match root(text).as_deref() {
            Some("urlset" | "sitemapindex") => read_xml(text, base),
            Some("rss" | "feed" | "rdf") => read_feed(&body, base, None),
            Some(other) => broken(&format!("its outermost element is <{other}>")),
            None => broken("it has no outermost element"),
        },
        Some(_) => read_lines(text, base),
    };
    if let (Some(why), Health::Sound) = (decoded.repaired, &listing.health) {
        listing.health = Health::Repaired(why);
    }
    if let (Some(why), Health::Sound | Health::Repaired(_)) = (cut, &listing.health) {
        listing.health = Health::Partial(why);
    }
    listing
}

fn broken(why: &str) -> Listing {
    let health = Health::Broken(why.chars().take(200).collect());
    Listing { source: Source::Sitemap, found: Vec::new(), further: Vec::new(), health }
}

/// The bytes without gzip around them, and why they are not whole.
fn inflated(body: &[u8]) -> (Cow<'_, [u8]>, Option<String>) {
    let mut bytes = Cow::Borrowed(body);
    let mut cut = None;
    for _ in 0..MAX_LAYERS {
        if !bytes.starts_with(&[0x1f, 0x8b]) {
            break;
        }
        let mut inflated = Vec::new();
        let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
        // What was inflated before the fault is kept: it is a beginning of the sitemap.
        if let Err(error) = MultiGzDecoder::new(&*bytes).take(limit + 1).read_to_end(&mut inflated) {
            cut = Some(format!("gzip: {error}"));
        }
        bytes = Cow::Owned(inflated);
    }
    if bytes.len() > MAX_BYTES {
        cut = Some(format!("longer than {MAX_BYTES} bytes"));
        bytes.to_mut().truncate(MAX_BYTES);
    }
    (bytes, cut)
}

/// The local name of the first element, in lower case.
fn root(text: &str) -> Option<String> {
    let mut reader = reader(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => return Some(local(&start)),
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

fn local(start: &BytesStart<'_>) -> String {
    start.local_name().as_ref().to_ascii_lowercase()
}

/// One address per line.
fn read_lines(text: &str, base: &Url) -> Listing {
    let mut gather = Gather::new(MAX_URLS);
    for line in text.lines().map(str::trim).filter(|line| line.starts_with("http://") || line.starts_with("https://")) {
        gather.add(line, base, None, None);
    }
    let full = gather.is_full();
    let found = gather.into_found();
    if found.is_empty() {
        return broken("it is neither XML nor a list of addresses");
    }
    let health = if full { Health::Partial(format!("more than {MAX_URLS} addresses")) } else { Health::Sound };
    Listing { source: Source::Sitemap, found, further: Vec::new(), health }
}

fn read_xml(text: &str, base: &Url) -> Listing {
    let mut entries = Entries::new(base);
    let mut reader = reader(text);
    let fault = loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => entries.start(&start),
            Ok(Event::End(end)) => entries.end(&end.local_name().as_ref().to_ascii_lowercase()),
            Ok(Event::Text(text)) => entries.text(&text),
            Ok(Event::CData(text)) => entries.text(&text),
            Ok(Event::GeneralRef(name)) => entries.reference(&name),
            Ok(Event::Eof) if entries.depth > 0 => break Some("it ends before its end".to_owned()),
            Ok(Event::Eof) => break None,
            // Empty elements say nothing; document types are passed over: their entities stay what they are, names.
            Ok(_) => {}
            Err(error) => break Some(format!("at byte {}: {error}", reader.buffer_position())),
        }
    };
    entries.into_listing(fault)
}

/// The entry being read, and those that were.
struct Entries<'a> {
    base: &'a Url,
    pages: Gather,
    sitemaps: Gather,
    news: bool,
    depth: usize,
    /// Depth of the `<url>` or `<sitemap>` that is open, and which it is.
    open: Option<(usize, bool)>,
    entry: Entry,
    field: Option<Field>,
}

#[derive(Default)]
struct Entry {
    address: String,
    changed: String,
    published: String,
    title: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Address,
    Changed,
    Published,
    Title,
}

impl<'a> Entries<'a> {
    fn new(base: &'a Url) -> Self {
        let gather = || Gather::new(MAX_URLS);
        Self {
            base,
            pages: gather(),
            sitemaps: gather(),
            news: false,
            depth: 0,
            open: None,
            entry: Entry::default(),
            field: None,
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        self.depth += 1;
        let prefixed =
            start.name().prefix().is_some_and(|prefix| matches!(prefix.as_ref(), "image" | "video" | "xhtml"));
        if prefixed {
            return;
        }
        let name = local(start);
        match (name.as_str(), self.open) {
            ("url" | "sitemap", _) => {
                // One that was left open ends where the next begins.
                self.close();
                self.open = Some((self.depth, name == "sitemap"));
            }
            ("loc", Some(_)) => self.begin(Field::Address),
            ("lastmod", Some(_)) => self.begin(Field::Changed),
            ("news", Some(_)) => self.news = true,
            ("publication_date", Some(_)) => self.begin(Field::Published),
            ("title", Some(_)) => self.begin(Field::Title),
            _ => {}
        }
    }

    /// The first of a kind counts.
    fn begin(&mut self, field: Field) {
        self.field = self.entry.of(field).is_empty().then_some(field);
    }

    fn end(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        match name {
            "url" | "sitemap" => self.close(),
            "urlset" | "sitemapindex" => {
                self.close();
                self.depth = 0;
            }
            _ => self.field = None,
        }
    }

    fn text(&mut self, text: &str) {
        let Some(field) = self.field else { return };
        let value = self.entry.of(field);
        if value.len() + text.len() <= MAX_TEXT {
            value.push_str(text);
        }
    }

    fn reference(&mut self, name: &BytesRef<'_>) {
        let written = format!("&{};", &**name);
        let meaning = at_head(&written).map_or(written.clone(), |(meaning, _)| meaning);
        self.text(&meaning);
    }

    fn close(&mut self) {
        self.field = None;
        let entry = std::mem::take(&mut self.entry);
        let Some((_, is_sitemap)) = self.open.take() else { return };
        let title = Some((plain(&entry.title), 1)).filter(|(title, _)| !title.trim().is_empty());
        let date = entry.date();
        let gather = if is_sitemap { &mut self.sitemaps } else { &mut self.pages };
        gather.add(&entry.address, self.base, title, date);
    }

    fn into_listing(mut self, fault: Option<String>) -> Listing {
        // Half an address is none, and half a date is another date.
        if let Some(cut_off) = self.field {
            self.entry.of(cut_off).clear();
        }
        self.close();
        let full = self.pages.is_full() || self.sitemaps.is_full();
        let health = match fault {
            _ if full => Health::Partial(format!("more than {MAX_URLS} addresses")),
            Some(fault) => Health::Partial(fault),
            None => Health::Sound,
        };
        let source = if self.news { Source::NewsSitemap } else { Source::Sitemap };
        Listing { source, found: self.pages.into_found(), further: self.sitemaps.into_found(), health }
    }
}

impl Entry {
    fn of(&mut self, field: Field) -> &mut String {
        match field {
            Field::Address => &mut self.address,
            Field::Changed => &mut self.changed,
            Field::Published => &mut self.published,
            Field::Title => &mut self.title,
        }
    }

    fn date(&self) -> Option<Timestamp> {
        read_date(&self.published).or_else(|| read_date(&self.changed))
    }
}
