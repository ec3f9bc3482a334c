//! The text of a robots.txt: made plain, then compiled for one product token.

use std::borrow::Cow;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use super::PRODUCT;

/// Sitemaps that are remembered.
const MAX_SITEMAPS: usize = 500;

/// A robots.txt as it is obeyed. It is its text; the rest is compiled from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Rules {
    text: String,
    compiled: robotxt::Robots,
}

impl From<String> for Rules {
    fn from(text: String) -> Self {
        Self::of_agent(text, PRODUCT)
    }
}

impl From<Rules> for String {
    fn from(rules: Rules) -> Self {
        rules.text
    }
}

impl Rules {
    /// The rules of a text for a product token.
    pub(super) fn of_agent(text: String, agent: &str) -> Self {
        let compiled = robotxt::Robots::parse(plain_lines(&text).as_bytes(), agent);
        Self { text, compiled }
    }

    /// Reads the bytes of a file: the first [`robotxt::BYTE_LIMIT`] (500 KiB) count, UTF-16 is told by its mark or its zeros,
    /// and a byte that is no UTF-8 stands for itself, percent-encoded.
    #[must_use]
    pub fn read(body: &[u8]) -> Self {
        let text = decoded(body);
        Self::from(whole_lines(&text).to_owned())
    }

    /// The text that is obeyed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Is the path with its query open, and by which rule (`None`: no rule speaks of it)? Linear in rules and path.
    #[must_use]
    pub fn judge(&self, path_and_query: &str) -> (bool, Option<String>) {
        let word = |allow| if allow { "Allow" } else { "Disallow" };
        let rule = self.compiled.matching_rule(path_and_query);
        let shown = rule.map(|rule| format!("{}: {}", word(rule.is_allow()), rule.pattern()));
        let open = path_and_query == "/robots.txt" || rule.is_none_or(robotxt::Rule::is_allow);
        (open, shown)
    }

    /// The `Crawl-delay` for us, if it is a number of seconds.
    #[must_use]
    pub fn crawl_delay(&self) -> Option<Duration> {
        self.compiled.crawl_delay()
    }

    /// The sitemaps listed, whoever they are listed for.
    #[must_use]
    pub fn sitemaps(&self) -> &[Url] {
        let all = self.compiled.sitemaps();
        &all[..all.len().min(MAX_SITEMAPS)]
    }
}

/// Does the body begin as a page of markup does? Rules begin with no `<`.
pub(super) fn is_markup(body: &[u8]) -> bool {
    let start = &body[..body.len().min(1024)];
    decoded(start).trim_start_matches('\u{feff}').trim_start().starts_with('<')
}

fn decoded(body: &[u8]) -> Cow<'_, str> {
    match body {
        [0xef, 0xbb, 0xbf, rest @ ..] => tolerant(rest),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0,
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        [1..=255, 0, 1..=255, 0, ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(body).0,
        [0, 1..=255, 0, 1..=255, ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(body).0,
        _ => tolerant(body),
    }
}

fn tolerant(body: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(body) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(body.len() + 64);
    for chunk in body.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(percent_encoding::percent_encode_byte(*byte));
        }
    }
    Cow::Owned(text)
}

/// The lines that stand wholly within the limit: half a rule is no rule.
fn whole_lines(text: &str) -> &str {
    let Some(window) = text.as_bytes().get(..robotxt::BYTE_LIMIT) else { return text };
    let end = window.iter().rposition(|byte| matches!(byte, b'\n' | b'\r' | 0)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// The text as the parser wants it: agents as their bare product token, delays as numbers it can clamp.
fn plain_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split(['\n', '\r', '\0']) {
        match line.split_once(':') {
            Some((key, value)) if is_key(key, &["user-agent", "user agent", "useragent"]) => {
                out.push_str("user-agent: ");
                out.push_str(product_token(value));
            }
            Some((key, value)) if is_key(key, &["crawl-delay", "crawl delay", "crawldelay"]) => {
                // Even a line that says nothing of use keeps its place: it ends the list of agents before it.
                out.push_str("crawl-delay: ");
                out.push_str(&seconds(value).map(|s| s.to_string()).unwrap_or_default());
            }
            _ => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

fn is_key(key: &str, spellings: &[&str]) -> bool {
    spellings.iter().any(|spelling| key.trim().eq_ignore_ascii_case(spelling))
}

/// The first product token of a `User-agent` value: `Griot/2 (+http://…)` is `Griot`.
fn product_token(value: &str) -> &str {
    let value = value.trim_start();
    if value.starts_with('*') {
        return "*";
    }
    let end = value.find(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_')).unwrap_or(value.len());
    &value[..end]
}

/// A finite, non-negative number of seconds, cut to a day: what is longer is clamped by the caller anyhow.
fn seconds(value: &str) -> Option<f64> {
    let value = value.split('#').next().unwrap_or_default().trim();
    let seconds: f64 = value.parse().ok()?;
    (seconds.is_finite() && seconds >= 0.0).then(|| seconds.min(86_400.0))
}
