//! Gathers the links of a listing: absolute, over http, each once, in the order seen, capped.

use std::collections::HashMap;

use jiff::Timestamp;
use url::Url;

use crate::model::link::Found;
use crate::model::url::MAX_URL;

/// The longest headline that is kept, in characters.
const MAX_TITLE: usize = 500;

/// How well a text tells what the page is about; the better one is kept when a page is shown twice.
pub(super) type TitleWorth = u8;

/// The links seen so far.
pub(super) struct Gather {
    most: usize,
    found: Vec<Found>,
    worth: Vec<TitleWorth>,
    places: HashMap<Url, usize>,
    full: bool,
}

impl Gather {
    /// At most `most` links are kept.
    pub(super) fn new(most: usize) -> Self {
        Self { most, found: Vec::new(), worth: Vec::new(), places: HashMap::new(), full: false }
    }

    /// Takes a link as written. What is no address over http is passed over.
    pub(super) fn add(
        &mut self,
        href: &str,
        base: &Url,
        title: Option<(String, TitleWorth)>,
        date_hint: Option<Timestamp>,
    ) {
        let Some(mut url) = resolved(href, base) else { return };
        // The fragment stays in what was found, but names no page of its own.
        let fragment = url.fragment().map(str::to_owned);
        url.set_fragment(None);
        let (title, worth) = match title {
            Some((text, worth)) => (shortened(&text), worth),
            None => (None, 0),
        };
        if let Some(&place) = self.places.get(&url) {
            let known = &mut self.found[place];
            if title.is_some() && (known.title.is_none() || worth > self.worth[place]) {
                known.title = title;
                self.worth[place] = worth;
            }
            known.date_hint = known.date_hint.or(date_hint);
            return;
        }
        if self.found.len() >= self.most {
            self.full = true;
            return;
        }
        self.places.insert(url.clone(), self.found.len());
        url.set_fragment(fragment.as_deref());
        let rank = u32::try_from(self.found.len()).unwrap_or(u32::MAX);
        self.found.push(Found { url, rank, title, date_hint });
        self.worth.push(worth);
    }

    /// Has a link been left out because the listing shows too many?
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    /// The links.
    pub(super) fn into_found(self) -> Vec<Found> {
        self.found
    }
}

/// The address that `href` names on a page at `base`, if it is one over http that can be kept.
pub(super) fn resolved(href: &str, base: &Url) -> Option<Url> {
    let href = href.trim();
    if href.is_empty() || href.len() > MAX_URL {
        return None;
    }
    let url = base.join(href).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host() && url.as_str().len() <= MAX_URL).then_some(url)
}

/// White space folded, controls taken out, cut to a headline's length; empty text is `None`.
fn shortened(text: &str) -> Option<String> {
    let mut out = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        if let Some((cut, _)) = out.char_indices().nth(MAX_TITLE) {
            out.truncate(cut);
            break;
        }
    }
    (!out.is_empty()).then_some(out)
}
