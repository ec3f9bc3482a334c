//! What a capture turned out to be, by given rules. A reading can be made anew at any time.

use serde::{Deserialize, Serialize};

use super::article::{Attributes, Text};

/// The part a capture plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A page that should hold an article.
    Article,
    /// A feed.
    Feed,
    /// A sitemap or sitemap index.
    Sitemap,
    /// A section or front page.
    Section,
    /// robots.txt.
    Robots,
}

impl Role {
    /// The word written to the archive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Feed => "feed",
            Self::Sitemap => "sitemap",
            Self::Section => "section",
            Self::Robots => "robots",
        }
    }
}

/// What the capture turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// An article with a title and a body.
    Article,
    /// A part of an article that goes on on another page; the reading of its last part tells the whole.
    Part,
    /// A listing that could be read.
    Listing,
    /// robots.txt, read.
    Rules,
    /// A redirect: its target is due by itself.
    Redirect,
    /// 404 or 410.
    Gone,
    /// 200, but the home page or an error text.
    SoftGone,
    /// A consent wall.
    Consent,
    /// A bot challenge.
    Challenge,
    /// The beginning of an article that is for subscribers.
    PaywallExcerpt,
    /// No title, no body, or a body that cannot be this article's.
    ExtractionFailed,
    /// The parser's limits on time, depth or size were met.
    ParseLimit,
    /// The body is not whole.
    Truncated,
    /// 5xx, 429, 403 and the rest.
    ErrorAnswer,
}

impl Outcome {
    /// The word written to the archive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Part => "part",
            Self::Listing => "listing",
            Self::Rules => "rules",
            Self::Redirect => "redirect",
            Self::Gone => "gone",
            Self::SoftGone => "soft-gone",
            Self::Consent => "consent",
            Self::Challenge => "challenge",
            Self::PaywallExcerpt => "paywall-excerpt",
            Self::ExtractionFailed => "extraction-failed",
            Self::ParseLimit => "parse-limit",
            Self::Truncated => "truncated",
            Self::ErrorAnswer => "error-answer",
        }
    }
}

/// Which rule gave a field, or that none did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// "title", "lead", "body", "published", "modified", "authors", "section", "tags", "images", "related".
    pub field: String,
    /// The rule as the profile writes it, with its place: `title[1] css h1`; `None` when no rule held.
    pub rule: Option<String>,
    /// Its value for people, cut to a line.
    pub value: Option<String>,
    /// What was tried before and why it was passed over, and what remains unproven.
    pub notes: Vec<String>,
}

/// An article's page, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleReading {
    /// [`Outcome::Article`], or why not.
    pub outcome: Outcome,
    /// For people: why it is not an article, or what is doubtful about it.
    pub reason: Option<String>,
    /// What was read; kept even where `outcome` sets it aside.
    pub text: Text,
    /// The rest.
    pub attributes: Attributes,
    /// Field by field.
    pub proofs: Vec<Proof>,
}
