//! A page and a profile in, a reading out. Pure: nothing here fetches, keeps or reads the time of day.

mod article;
mod body;
pub mod date;
mod fields;
mod flow;
mod labels;
mod links;
mod outcome;
mod parse;
mod related;
mod sight;
mod structured;
mod text;

use jiff::Timestamp;
use url::Url;

use crate::model::article::{Attributes, Text};
use crate::model::link::Found;
use crate::model::reading::{ArticleReading, Outcome};
use crate::profile::Profile;
use sight::Sight;

pub use parse::{ParseLimit, parse};

/// A page as the reader gets it.
#[derive(Debug, Clone, Copy)]
pub struct Page<'p> {
    /// Where it was asked.
    pub url: &'p Url,
    /// Its text, decoded.
    pub html: &'p str,
    /// When it was captured: relative dates count from here, and the layout is chosen by it.
    pub captured_at: Timestamp,
    /// HTTP status.
    pub status: u16,
    /// The answer's headers.
    pub headers: &'p [(String, Vec<u8>)],
}

/// A page, read.
#[derive(Debug)]
pub struct Extracted {
    /// The article, or why it is none.
    pub article: ArticleReading,
    /// Every web address of the page in document order, each once.
    pub links: Vec<Found>,
}

/// Reads a page by its site's profile: the layout of the capture's instant, every field with the rule that gave it.
#[must_use]
pub fn read(page: &Page<'_>, profile: &Profile) -> Extracted {
    let failed = |outcome, reason: String| Extracted {
        article: ArticleReading {
            outcome,
            reason: Some(reason),
            text: Text::default(),
            attributes: Attributes::default(),
            proofs: Vec::new(),
        },
        links: Vec::new(),
    };
    let html = match parse(page.html) {
        Ok(html) => html,
        Err(limit) => return failed(Outcome::ParseLimit, limit.to_string()),
    };
    let Some(layout) = profile.layout_at(page.captured_at) else {
        return failed(Outcome::ExtractionFailed, format!("{} has no layout for this day", profile.site));
    };
    let sight = Sight::new(page, profile, &layout.rules, &html);
    let links = links::all(&html, &sight.base);
    Extracted { article: article::read(&sight), links }
}
