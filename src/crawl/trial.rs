//! A profile tried on one page: what each rule gave, and what the answer says for later visits.

use jiff::Timestamp;
use serde::Serialize;
use url::Url;

use crate::extract::{self, Page};
use crate::fetch::decode;
use crate::model::answer::{Answer, Limits, Wire};
use crate::model::article::Text;
use crate::model::link::RelatedLink;
use crate::model::reading::{Outcome, Proof};
use crate::politeness::robots::{Robots, Rules};
use crate::profile::Profile;
use crate::store::RobotsRow;

/// What a page gave.
#[derive(Debug, Serialize)]
pub struct Trial {
    /// The page's address, or the file's name.
    pub page: String,
    /// The status of its answer.
    pub status: u16,
    /// What it turned out to be.
    pub outcome: Outcome,
    /// Why it is no article, or what is doubtful.
    pub reason: Option<String>,
    /// The encoding's name, and who said so: "bom", "header", "meta", "detected".
    pub charset: Option<(&'static str, &'static str)>,
    /// Letters that could not be read.
    pub unreadable_letters: usize,
    /// The answer's `ETag`.
    pub etag: Option<String>,
    /// The answer's `Last-Modified`.
    pub last_modified: Option<String>,
    /// Field by field: value, rule, doubts.
    pub fields: Vec<Proof>,
    /// What it prints under "Lire aussi" and the like.
    pub related: Vec<RelatedLink>,
    /// The text that was read, by digest.
    pub text: Option<String>,
    /// Its title and body, where it is an article.
    #[serde(skip)]
    pub titled: Option<(String, String)>,
}

/// How robots.txt of one origin stands.
#[derive(Debug, Serialize)]
pub struct Entrance {
    /// The origin.
    pub origin: String,
    /// "rules", "allow-all", "unreachable", "unknown".
    pub access: String,
    /// Why, where that is not plain.
    pub reason: Option<String>,
    /// Seconds that it asks for between requests.
    pub crawl_delay_s: Option<u64>,
    /// Sitemaps that it lists.
    pub sitemaps: Vec<Url>,
}

/// Reads a kept row of robots.txt for people.
#[must_use]
pub fn entrance(row: &RobotsRow) -> Entrance {
    let robots = serde_json::from_str::<Robots>(&row.state).unwrap_or_default();
    let (access, reason) = robots.standing();
    Entrance {
        origin: row.origin.clone(),
        access: access.to_owned(),
        reason: reason.map(str::to_owned),
        crawl_delay_s: robots.rules().and_then(Rules::crawl_delay).map(|delay| delay.as_secs()),
        sitemaps: robots.sitemaps().to_vec(),
    }
}

/// Tries a profile on an answer; `names` are those learnt of its site.
#[must_use]
pub fn of_answer(profile: &Profile, names: &[String], answer: &Answer, captured_at: Timestamp) -> Option<Trial> {
    let Wire::Response(response) = &answer.wire else { return None };
    let limit = Limits::PAGE.decoded_bytes;
    let inflated = decode::inflate(&response.body, response.header("content-encoding"), limit);
    let bytes = inflated.map_or_else(decode::DecodeError::into_bytes, |i| i.bytes);
    let text = decode::text(&bytes, response.header("content-type"));
    let page = Page {
        url: &answer.url,
        html: &text.text,
        captured_at,
        status: response.status,
        headers: &response.headers,
        names,
    };
    let validators = response.validators();
    let trial = trial(answer.url.to_string(), &page, &text, profile);
    Some(Trial { etag: validators.etag, last_modified: validators.last_modified, ..trial })
}

/// Tries a profile on a saved page, read as if it had come from `url`; `names` are those learnt of its site.
#[must_use]
pub fn of_bytes(profile: &Profile, names: &[String], file: String, url: &Url, bytes: &[u8], now: Timestamp) -> Trial {
    let text = decode::text(bytes, None);
    let page = Page { url, html: &text.text, captured_at: now, status: 200, headers: &[], names };
    trial(file, &page, &text, profile)
}

fn trial(name: String, page: &Page<'_>, text: &decode::Text, profile: &Profile) -> Trial {
    let extract::Extracted { article: read, next, .. } = extract::read(page, profile);
    let next = next.filter(|_| !read.text.body.is_empty());
    let outcome = if next.is_some() { Outcome::Part } else { read.outcome };
    Trial {
        page: name,
        status: page.status,
        outcome,
        reason: next.map(|next| format!("goes on at {next}")).or(read.reason),
        charset: Some((text.charset, text.source.word())),
        unreadable_letters: text.replacements,
        etag: None,
        last_modified: None,
        text: matches!(outcome, Outcome::Article | Outcome::Part).then(|| read.text.digest()),
        titled: matches!(outcome, Outcome::Article | Outcome::Part).then(|| titled(&read.text)),
        fields: read.proofs,
        related: read.attributes.related,
    }
}

fn titled(text: &Text) -> (String, String) {
    let blocks: Vec<&str> = text.body.iter().map(|block| block.text.as_str()).collect();
    (text.title.clone(), blocks.join("\n\n"))
}

/// The fields that no rule gave on any page that is an article, or a part of one.
#[must_use]
pub fn unproven(trials: &[Trial]) -> Vec<String> {
    let articles = || trials.iter().filter(|t| matches!(t.outcome, Outcome::Article | Outcome::Part));
    let mut fields: Vec<&str> = articles().flat_map(|t| &t.fields).map(|p| p.field.as_str()).collect();
    let mut seen = std::collections::HashSet::new();
    fields.retain(|field| seen.insert(*field));
    let given = |field: &&str| articles().any(|t| t.fields.iter().any(|p| p.field == *field && p.rule.is_some()));
    fields.into_iter().filter(|field| !given(field)).map(str::to_owned).collect()
}
