//! Links: where a page was seen, and what an article prints under "Lire aussi".

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

/// The kinds of page that show others, and the other ways a page becomes known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// An RSS, Atom or JSON feed.
    Feed,
    /// A sitemap that is no news sitemap, or plain-text list of addresses.
    Sitemap,
    /// A sitemap with `news:` entries.
    NewsSitemap,
    /// A section page.
    Section,
    /// The front page.
    Front,
    /// A link of an article's page, "Lire aussi" and the like included.
    Article,
    /// The next part of an article that stands on several pages.
    Part,
    /// The target of a redirect.
    Redirect,
    /// Named by hand on the command line.
    Given,
}

impl Source {
    /// Does it name stories, each at its own address?
    #[must_use]
    pub fn is_listing(self) -> bool {
        !matches!(self, Self::Article | Self::Part | Self::Redirect)
    }

    /// The word written to the archive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Sitemap => "sitemap",
            Self::NewsSitemap => "news-sitemap",
            Self::Section => "section",
            Self::Front => "front",
            Self::Article => "article",
            Self::Part => "part",
            Self::Redirect => "redirect",
            Self::Given => "given",
        }
    }
}

/// A link that a listing shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Absolute, as found: not yet canonical.
    pub url: Url,
    /// Place on the listing, from 0, in document order.
    pub rank: u32,
    /// The headline or link text as printed, white space folded; empty text is `None`.
    pub title: Option<String>,
    /// When the listing says the page was published or changed. Never more than a hint.
    pub date_hint: Option<Timestamp>,
}

/// What reading a listing gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// What the listing turned out to be (a sitemap may show itself a news sitemap).
    pub source: Source,
    /// Every page it shows, in document order, without doubles.
    pub found: Vec<Found>,
    /// Other listings it leads to: a sitemap index's sitemaps (with `lastmod` as hint), a section's next page.
    pub further: Vec<Found>,
    /// How it stood.
    pub health: Health,
}

/// How well a listing could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// By the strict parser.
    Sound,
    /// Only after repair, or item by item; what was wrong.
    Repaired(String),
    /// Cut at one of our caps (bytes, links, depth) or at the end of a truncated document; which.
    Partial(String),
    /// Not at all; why.
    Broken(String),
}

/// Where on the article's page a related link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelatedKind {
    /// Between paragraphs of the body.
    Inline,
    /// In a list after the body.
    End,
    /// Beside the article: most read, latest.
    Side,
    /// Other articles of the same author or account.
    Author,
}

impl RelatedKind {
    /// The word written to the archive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Inline => "inline",
            Self::End => "end",
            Self::Side => "side",
            Self::Author => "author",
        }
    }
}

/// A link an article prints to another, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedLink {
    /// Where it stands.
    pub kind: RelatedKind,
    /// "Lire aussi", "Sur le même sujet" …: as printed, without the colon or arrows that follow it.
    pub label: Option<String>,
    /// The link's text without the label.
    pub title: String,
    /// The teaser under it, as printed.
    pub teaser: Option<String>,
    /// The teaser ends inside its sentence.
    pub teaser_truncated: bool,
    /// Place among the page's related links of all kinds, from 0.
    pub rank: u32,
    /// Absolute, without campaign, session and fragment; not yet canonical.
    pub url: String,
}
