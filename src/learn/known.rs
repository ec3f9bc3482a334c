//! What is known of a page before its elements are asked: out of the archive, or out of structured data and the
//! heuristic.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::extract::Witness;
use crate::model::article::{AuthorRole, normal};
use crate::model::reading::Outcome;

/// Who told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Teller {
    /// A version in the archive, read from an earlier capture of the same page.
    Archive,
    /// The page's own structured data, and the body heuristic.
    Page,
}

/// What a page is known to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who told.
    pub teller: Teller,
    /// What names the archived text.
    pub digest: Option<String>,
    /// The headline.
    pub title: String,
    /// The standfirst.
    pub lead: Option<String>,
    /// The body, block by block.
    pub body: Vec<String>,
    /// Bylines.
    pub authors: Vec<String>,
    /// The day of publication.
    pub published_on: Option<Date>,
    /// The instant of it.
    pub published_at: Option<Timestamp>,
    /// The day of the last change.
    pub modified_on: Option<Date>,
    /// The instant of it.
    pub modified_at: Option<Timestamp>,
    /// The paper's section.
    pub section: Option<String>,
    /// Keywords.
    pub tags: Vec<String>,
}

impl Known {
    /// What griot's own rules read of a page; `None` where that is no article.
    #[must_use]
    pub fn of(witness: &Witness<'_>) -> Option<Self> {
        let reading = witness.reading();
        if !matches!(reading.outcome, Outcome::Article | Outcome::PaywallExcerpt) {
            return None;
        }
        let (text, about) = (&reading.text, &reading.attributes);
        let names = text.authors.iter().filter(|author| author.role == AuthorRole::Byline);
        Some(Self {
            teller: Teller::Page,
            digest: None,
            title: text.title.clone(),
            lead: text.lead.clone(),
            body: text.body.iter().map(|block| block.text.clone()).collect(),
            authors: names.map(|author| author.name.clone()).collect(),
            published_on: about.published.as_ref().map(|date| date.on),
            published_at: about.published.as_ref().and_then(|date| date.at),
            modified_on: about.modified.as_ref().map(|date| date.on),
            modified_at: about.modified.as_ref().and_then(|date| date.at),
            section: about.section.clone(),
            tags: about.tags.clone(),
        })
    }
}

/// Do two texts say the same, but for signs, spaces and capitals?
pub(super) fn same(one: &str, other: &str) -> bool {
    letters(one) == letters(other)
}

/// The letters and digits of a text, in small.
pub(super) fn letters(text: &str) -> String {
    normal(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Do two lists name the same, in any order?
pub(super) fn same_set(one: &[String], other: &[String]) -> bool {
    let set = |names: &[String]| names.iter().map(|name| letters(name)).collect::<std::collections::BTreeSet<_>>();
    set(one) == set(other)
}
