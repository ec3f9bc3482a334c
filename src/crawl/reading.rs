//! What an answer turned out to be, by today's rules: the pure part of a visit, run off the async threads.

use jiff::Timestamp;
use url::Url;

use super::context::Site;
use crate::discover;
use crate::extract;
use crate::fetch::decode;
use crate::model::answer::{Answer, Limits, Response, Wire};
use crate::model::health::Standing;
use crate::model::link::{Found, Health, Listing, RelatedLink, Source};
use crate::model::reading::{Outcome, Role};
use crate::profile::ListingSource;
use crate::store::{Marked, NewReading, ReadAttributes, ReadText};

/// Names this binary's way of reading; another name means that texts are read again before they are compared.
pub const EXTRACTOR: &str = "griot-6";

/// What is to be read, and as what.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The part the page plays.
    pub role: Role,
    /// How it became known.
    pub source: Source,
    /// Depth below the profile's own listings.
    pub depth: u32,
    /// When the answer was captured.
    pub captured_at: Timestamp,
    /// A page that has a part of an article leads to the view that has all of it. Such a view leads nowhere itself, nor
    /// does a capture that the archive knows as an article.
    pub leads_on: bool,
    /// An article is looked at a second time, for the signs of how it was read.
    pub twice: bool,
}

/// What an answer turned out to be, and where it leads.
#[derive(Debug)]
pub struct Read {
    /// Its row, without a verdict.
    pub reading: NewReading,
    /// Pages it shows.
    pub found: Vec<Found>,
    /// Under which kind of source it shows them.
    pub shown_by: Source,
    /// Listings it leads to.
    pub further: Vec<Found>,
    /// What an article prints under "Lire aussi".
    pub related: Vec<RelatedLink>,
    /// Where a redirect leads.
    pub redirect: Option<Url>,
    /// Where an article goes on.
    pub next: Option<Url>,
}

impl Read {
    /// A capture that says nothing but what it is.
    #[must_use]
    pub fn bare(site: &Site, role: Role, outcome: Outcome, reason: Option<String>) -> Self {
        let reading = NewReading {
            role,
            outcome,
            verdict: None,
            reason,
            rules: Some(site.rules),
            extractor: site.extractor.clone(),
            text: None,
            attributes: None,
            ended: true,
            stranger: false,
            moved_to: None,
            host_alive: false,
            proofs: Vec::new(),
            signs: None,
        };
        Self {
            reading,
            found: Vec::new(),
            shown_by: Source::Article,
            further: Vec::new(),
            related: Vec::new(),
            redirect: None,
            next: None,
        }
    }
}

/// Reads an answer. CPU work: call it off the async threads.
#[must_use]
pub fn read(site: &Site, asked: &Asked, answer: &Answer) -> Read {
    let bare = |outcome, reason: Option<String>| Read::bare(site, asked.role, outcome, reason);
    let Wire::Response(response) = &answer.wire else {
        return bare(Outcome::ErrorAnswer, Some("no answer came".into()));
    };
    match response.status {
        301 | 302 | 303 | 307 | 308 => redirect(site, asked, answer, response),
        404 | 410 => bare(Outcome::Gone, Some(response.status.to_string())),
        _ if response.truncated.is_some() => {
            bare(Outcome::Truncated, response.truncated.map(|t| format!("the body is cut ({})", t.word())))
        }
        200 | 203 => read_body(site, asked, answer, response),
        401 | 403 | 503 | 429 if asked.role == Role::Article => wall(site, asked, answer, response),
        status => bare(Outcome::ErrorAnswer, Some(status.to_string())),
    }
}

fn redirect(site: &Site, asked: &Asked, answer: &Answer, response: &Response) -> Read {
    let bare = |outcome, reason: String| Read::bare(site, asked.role, outcome, Some(reason));
    let Some(location) = response.header("location") else {
        return bare(Outcome::ErrorAnswer, format!("{} without a target", response.status));
    };
    match answer.url.join(location) {
        Ok(target) if !matches!(target.scheme(), "http" | "https") => {
            bare(Outcome::ErrorAnswer, format!("redirected to `{}:`, which is not fetched", target.scheme()))
        }
        Ok(target) if target.scheme() == "http" && answer.url.scheme() == "https" => {
            bare(Outcome::ErrorAnswer, format!("redirected from https to http ({target}), which is not followed"))
        }
        Ok(mut target) => {
            target.set_fragment(None);
            let mut read = bare(Outcome::Redirect, format!("{} to {target}", response.status));
            read.redirect = Some(target);
            read
        }
        Err(error) => bare(Outcome::ErrorAnswer, format!("redirected to no URL ({error})")),
    }
}

/// The decoded text of a body and its note, or why there is none.
fn body_text(response: &Response, cap: u64) -> Result<decode::Text, String> {
    let inflated = decode::inflate(&response.body, response.header("content-encoding"), cap);
    let bytes = inflated.map_err(|e| e.to_string())?.bytes;
    Ok(decode::text(&bytes, response.header("content-type")))
}

fn read_body(site: &Site, asked: &Asked, answer: &Answer, response: &Response) -> Read {
    match asked.role {
        Role::Article => read_article(site, asked, answer, response),
        Role::Feed | Role::Sitemap | Role::Section => {
            let listing = match read_listing(site, asked, answer, response) {
                Ok(listing) => listing,
                Err((outcome, reason)) => return Read::bare(site, asked.role, outcome, Some(reason)),
            };
            of_listing(site, asked, listing)
        }
        Role::Robots => Read::bare(site, asked.role, Outcome::Rules, None),
    }
}

fn read_listing(
    site: &Site,
    asked: &Asked,
    answer: &Answer,
    response: &Response,
) -> Result<Listing, (Outcome, String)> {
    let encoding = response.header("content-encoding");
    let inflated = decode::inflate(&response.body, encoding, Limits::LISTING.decoded_bytes);
    let bytes = inflated.map_err(|e| (Outcome::Truncated, e.to_string()))?.bytes;
    let base = &answer.url;
    Ok(match asked.role {
        Role::Feed => discover::read_feed(&bytes, base, response.header("content-type")),
        Role::Sitemap => discover::read_sitemap(&bytes, base),
        _ => {
            let text = decode::text(&bytes, response.header("content-type"));
            let html = extract::parse(&text.text).map_err(|e| (Outcome::ParseLimit, e.to_string()))?;
            let pagination = section_source(site, base).and_then(|s| s.pagination.as_ref());
            let mut listing = discover::read_section(&html, base, pagination, asked.depth + 1);
            listing.source = asked.source;
            listing
        }
    })
}

/// The profile's listing that a section page belongs to: itself, or the one whose pages it continues.
fn section_source<'s>(site: &'s Site, url: &Url) -> Option<&'s ListingSource> {
    let sections = || site.profile.listings.iter().filter(|l| matches!(l.source, Source::Section | Source::Front));
    let path = |u: &Url| u.path().trim_end_matches('/').to_owned();
    let begins = |l: &&ListingSource| path(url).starts_with(&path(&l.url));
    sections().filter(begins).max_by_key(|l| l.url.path().len())
}

fn of_listing(site: &Site, asked: &Asked, listing: Listing) -> Read {
    let (outcome, reason) = match &listing.health {
        Health::Sound => (Outcome::Listing, None),
        Health::Repaired(what) => (Outcome::Listing, Some(format!("read after repair: {what}"))),
        Health::Partial(what) => (Outcome::Listing, Some(format!("read in part: {what}"))),
        Health::Broken(why) => (Outcome::ExtractionFailed, Some(why.clone())),
    };
    let mut read = Read::bare(site, asked.role, outcome, reason);
    read.shown_by = listing.source;
    read.found = listing.found;
    read.further = listing.further;
    read
}

/// A refusal that is a bot challenge is told apart from a plain one.
fn wall(site: &Site, asked: &Asked, answer: &Answer, response: &Response) -> Read {
    let read = read_article(site, asked, answer, response);
    if read.reading.outcome == Outcome::Challenge {
        return read;
    }
    Read::bare(site, asked.role, Outcome::ErrorAnswer, Some(response.status.to_string()))
}

fn read_article(site: &Site, asked: &Asked, answer: &Answer, response: &Response) -> Read {
    let text = match body_text(response, Limits::PAGE.decoded_bytes) {
        Ok(text) => text,
        Err(reason) => return Read::bare(site, asked.role, Outcome::Truncated, Some(reason)),
    };
    let page = extract::Page {
        url: &answer.url,
        html: &text.text,
        captured_at: asked.captured_at,
        status: response.status,
        headers: &response.headers,
        names: &site.names,
    };
    let extracted = extract::read(&page, &site.profile);
    if let Some(whole) = extracted.whole.filter(|_| asked.leads_on) {
        let mut read = Read::bare(site, asked.role, Outcome::Redirect, Some(format!("stands whole at {whole}")));
        read.reading.proofs = extracted.article.proofs;
        read.found = extracted.links;
        read.redirect = Some(whole);
        return read;
    }
    let article = extracted.article;
    let next = extracted.next.filter(|_| !article.text.body.is_empty());
    let told = matches!(article.outcome, Outcome::Article | Outcome::ExtractionFailed);
    let signs = (asked.twice && told).then(|| extract::signs(&page, &site.profile, &article));
    let mut read = Read::bare(site, asked.role, article.outcome, article.reason);
    if let Some(next) = next {
        read.reading.outcome = Outcome::Part;
        read.reading.reason = Some(format!("goes on at {next}"));
        read.next = Some(next);
    }
    read.related.clone_from(&article.attributes.related);
    read.found = extracted.links;
    read.reading.signs = signs.map(|signs| Box::new(Marked { signs, doubt: None, standing: Standing::Sound }));
    read.reading.ended = is_ended(&text.text);
    read.reading.proofs = article.proofs;
    read.reading.text = Some(ReadText::New(Box::new(article.text)));
    read.reading.attributes = Some(ReadAttributes::New(Box::new(article.attributes)));
    read
}

/// Does the page reach its closing tag? Looked for near the end, where scripts and counters may follow it.
fn is_ended(html: &str) -> bool {
    const NEAR: usize = 4096;
    let tail = &html[html.floor_char_boundary(html.len().saturating_sub(NEAR))..];
    tail.as_bytes().windows(7).any(|w| w.eq_ignore_ascii_case(b"</html>") || w.eq_ignore_ascii_case(b"</body>"))
}
