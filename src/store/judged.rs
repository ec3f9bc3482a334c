//! Readings on their way in and out: what a capture turned out to be, and what that means for its article.

use super::{
    ArticleId, Candidate, CaptureId, Class, Due, Fact, Location, Marked, PaceRow, PageId, RobotsRow, RulesId,
    SightingRow, Step,
};
use crate::model::article::Attributes;
use crate::model::article::Text;
use crate::model::link::RelatedLink;
use crate::model::reading::Outcome;
use crate::model::reading::Proof;
use crate::model::reading::Role;
use crate::model::timeline::Sighting;
use crate::model::timeline::Timeline;
use crate::model::timeline::Verdict;
use crate::model::url::PageUrl;
use jiff::Timestamp;
use url::Url;

/// What the archive knows of a page's article.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// The article, if the page ever showed one.
    pub article: Option<ArticleId>,
    /// Every reading of it, and of its former pages since they show another story.
    pub sightings: Vec<Sighting>,
}

/// A reading that today's rules have not made.
#[derive(Debug, Clone)]
pub struct OldReading {
    /// The capture that was read.
    pub capture: CaptureId,
    /// Its record's name.
    pub record: String,
    /// The record that holds the bytes.
    pub location: Location,
    /// When it was captured.
    pub captured_at: Timestamp,
    /// The page captured: the last part's, where an article stands on several.
    pub page: PageId,
}

/// A part of an article, as it was captured last.
#[derive(Debug, Clone)]
pub struct Part {
    /// The page.
    pub page: PageId,
    /// Its key.
    pub key: PageUrl,
    /// The record that holds the bytes.
    pub location: Location,
    /// When it was captured.
    pub captured_at: Timestamp,
}

/// The parts of an article before a page.
#[derive(Debug, Clone, Default)]
pub struct Before {
    /// Part one first; none: the page is no later part.
    pub parts: Vec<Part>,
    /// The page was a later part once, and no page leads to it as one any more.
    pub orphan: bool,
}

/// The reading of an earlier capture of the same payload.
#[derive(Debug, Clone)]
pub struct FormerReading {
    /// What it turned out to be.
    pub outcome: Outcome,
    /// Why.
    pub reason: Option<String>,
    /// Its text's digest and length, and whether the page was whole.
    pub text: Option<(String, usize, bool)>,
    /// Its attributes' digest.
    pub attributes: Option<String>,
    /// Made by these rules.
    pub rules: Option<RulesId>,
    /// And this extractor.
    pub extractor: String,
}

/// A reading's row.
#[derive(Debug, Clone)]
pub struct NewReading {
    /// The part it plays.
    pub role: Role,
    /// What it turned out to be.
    pub outcome: Outcome,
    /// What it did to the article.
    pub verdict: Option<Verdict>,
    /// For people.
    pub reason: Option<String>,
    /// The rules that made it; `None` where none were needed.
    pub rules: Option<RulesId>,
    /// The extractor that made it.
    pub extractor: String,
    /// Its text.
    pub text: Option<ReadText>,
    /// Its attributes.
    pub attributes: Option<ReadAttributes>,
    /// The page reaches its closing tag.
    pub ended: bool,
    /// Its text shares nothing with the article's.
    pub stranger: bool,
    /// The page leads there for good.
    pub moved_to: Option<PageUrl>,
    /// For an absence: the host served another page in this run.
    pub host_alive: bool,
    /// Rule by rule.
    pub proofs: Vec<Proof>,
    /// How its page was read, where that was looked at.
    pub signs: Option<Box<Marked>>,
}

/// A text, or the name of one that is kept.
#[derive(Debug, Clone)]
pub enum ReadText {
    /// Read now.
    New(Box<Text>),
    /// Digest and length of one that is kept.
    Kept(String, usize),
}

/// Attributes, or the name of some that are kept.
#[derive(Debug, Clone)]
pub enum ReadAttributes {
    /// Read now.
    New(Box<Attributes>),
    /// The digest of some that are kept.
    Kept(String),
}

/// An article's history with a reading judged.
#[derive(Debug, Clone)]
pub struct Judged {
    /// `None`: an article that begins with it.
    pub article: Option<ArticleId>,
    /// What ties the page to the article.
    pub bond: Bond,
    /// Other pages that are said to show the same article; one that shows an article already is left as it is.
    pub also: Vec<Also>,
    /// What the address says the article is, where the profile reads it.
    pub ident: Option<String>,
    /// How many readings the history was folded from, as [`History::sightings`] has them: another number in the store is [`super::StoreError::Stale`].
    pub seen: usize,
    /// The history with the reading in it.
    pub timeline: Timeline,
    /// Captures read again by today's rules.
    pub reread: Vec<Reread>,
    /// What it prints under "Lire aussi".
    pub related: Related,
    /// The profile has not been seen to hold on its live site.
    pub provisional: bool,
}

/// What ties a page to the article that it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bond {
    /// The page shows what it showed before; or it shows nothing yet, and its own article begins.
    Own,
    /// The page, which showed none, shows an article that other pages show.
    Joined(How),
    /// The page shows another story from here on: its article begins.
    Begun {
        /// What it showed before.
        after: ArticleId,
        /// How many readings that one has: another number in the store is [`super::StoreError::Stale`].
        seen: usize,
        /// Records of readings that were held as strangers there and belong here.
        takes: Vec<String>,
        /// Since when it shows the new one.
        from: Timestamp,
    },
}

/// Another page of an article.
#[derive(Debug, Clone)]
pub struct Also {
    /// Its key.
    pub page: PageUrl,
    /// Where to ask for it.
    pub url: Url,
    /// How that is known.
    pub how: How,
}

/// How it is known that a page shows an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The article was first seen there.
    Own,
    /// A page names another as canonical, and tells the same story.
    Canonical,
    /// Their addresses hold the same id.
    Id,
    /// The same text, title, names and printed day.
    Text,
    /// One leads to the other for good.
    Redirect,
    /// The address showed another story before.
    Reuse,
}

impl How {
    /// The word written to the archive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Canonical => "canonical",
            Self::Id => "id",
            Self::Text => "text",
            Self::Redirect => "redirect",
            Self::Reuse => "reuse",
        }
    }
}

/// What may tell which article a page shows.
#[derive(Debug, Clone)]
pub enum Claim {
    /// The id in its address.
    Id {
        /// The site.
        site: String,
        /// The id.
        id: String,
    },
    /// The page that it names.
    Page(PageUrl),
    /// Its text's digest.
    Text {
        /// The site.
        site: String,
        /// The digest.
        digest: String,
    },
}

/// A history folded once more without a visit.
#[derive(Debug, Clone)]
pub struct Rejudged {
    /// The history.
    pub timeline: Timeline,
    /// Readings made anew for it.
    pub reread: Vec<Reread>,
    /// When.
    pub at: Timestamp,
}

/// A capture read again.
#[derive(Debug, Clone)]
pub struct Reread {
    /// Which.
    pub capture: CaptureId,
    /// Other captures that showed the same text by the former rules: its reading tells what they show by today's.
    pub speaks_for: Vec<CaptureId>,
    /// Its reading by today's.
    pub reading: NewReading,
}

/// The related links of a reading.
#[derive(Debug, Clone)]
pub enum Related {
    /// None were read.
    Unread,
    /// Those of the article's capture before.
    AsBefore,
    /// As printed, each with its target's key.
    Printed(Vec<(RelatedLink, String)>),
}

/// A visit with everything that follows from it: one transaction.
#[derive(Debug, Clone)]
pub struct Finished {
    /// The page visited.
    pub page: PageId,
    /// What happened.
    pub fact: Fact,
    /// What it turned out to be.
    pub reading: Option<NewReading>,
    /// The page whose article the reading tells, where the page visited is the last part of it.
    pub of: Option<PageId>,
    /// What that means for its article.
    pub judged: Option<Judged>,
    /// What it shows.
    pub found: Vec<(Candidate, SightingRow)>,
    /// What it tells of its pattern.
    pub yielded: Option<Yielded>,
    /// When it is due again; `None` for robots.txt, which has no place in the frontier.
    pub step: Option<Step>,
    /// The group's pace after it.
    pub pace: Option<PaceRow>,
    /// How robots.txt stands after it.
    pub robots: Option<RobotsRow>,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// The capture, if an answer came.
    pub capture: Option<CaptureId>,
    /// Pages that were new to the archive.
    pub new_pages: usize,
    /// The article's version count after it.
    pub versions: usize,
    /// How its pattern stands after it: barren pages in a row, and how often it was left alone.
    pub pattern: Option<(u32, u32)>,
}

/// What a visit tells of the pattern of its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Yielded {
    /// The pattern.
    pub pattern: Pattern,
    /// It gave an article that the archive did not have.
    pub new_article: bool,
}

/// Addresses of one site, one class and one shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The site.
    pub site: String,
    /// What its pages wait for: a listing and an article of one shape are two patterns.
    pub class: Class,
    /// `model::url::PageUrl::shape`.
    pub shape: String,
}

/// A capture that no reading tells about: adopted after a crash.
#[derive(Debug, Clone)]
pub struct Unread {
    /// Which.
    pub capture: CaptureId,
    /// Its page as the frontier has it; robots.txt and pages of no frontier have none.
    pub due: Option<Due>,
    /// The page's key and row.
    pub page: (PageId, PageUrl),
    /// Where its own record stands.
    pub location: Location,
    /// The earlier capture whose payload it repeats, and the status that came with it there.
    pub repeats: Option<(CaptureId, u16)>,
}
