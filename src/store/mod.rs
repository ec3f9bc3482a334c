//! Where facts, readings and state are kept. The store speaks verbs, each one transaction; it never judges.

use async_trait::async_trait;
use jiff::Timestamp;
use url::Url;

use crate::model::article::Text;
use crate::model::health::{Recent, Signs, Standing};
use crate::model::url::PageUrl;

mod concern;
pub mod error;
mod fact;
mod health;
mod judged;
mod page;
pub mod sqlite;

pub use concern::*;
pub use error::{Result, StoreError};
pub use fact::*;
pub use health::*;
pub use judged::*;
pub use page::*;

/// A row of the store's own; private to one archive and never printed.
macro_rules! ids {
    ($($name:ident: $what:literal),*) => {$(
        #[doc = concat!("Names ", $what, " inside one archive; never printed.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub(in crate::store) i64);
    )*};
}
ids!(PageId: "a page", CaptureId: "a capture", ArticleId: "an article", RunId: "a run", RulesId: "a profile's text");

impl RulesId {
    /// Names rules and extractor together: texts are compared only under one such name.
    #[must_use]
    pub fn name(rules: Option<Self>, extractor: &str) -> String {
        format!("{}/{extractor}", rules.map_or(0, |r| r.0))
    }
}

/// What every engine must do. Each verb is one transaction.
#[async_trait]
pub trait Store: Send + Sync {
    /// Who the archive is.
    async fn identity(&self) -> Result<Identity>;
    /// Opens a run's row.
    async fn begin_run(&self, start: RunStart) -> Result<RunBegun>;
    /// What a run has done at a site; a listing fails from so many `attempts` in a row on.
    async fn tally(&self, run: RunId, site: String, attempts: u32) -> Result<Tally>;
    /// Closes a run, with what it leaves for a person; says for how many runs in a row each has lasted.
    async fn end_run(&self, run: RunId, at: Timestamp, reason: String, found: Vec<Concern>) -> Result<Vec<Concern>>;
    /// Keeps a profile's text by digest.
    async fn keep_rules(&self, site: String, digest: String, toml: String, at: Timestamp) -> Result<RulesId>;
    /// The texts that a site's profile had, the oldest first.
    async fn rules_of(&self, site: String) -> Result<Vec<(RulesId, String)>>;
    /// Remembers pages; says how many were new. A page that is known keeps its place, but a promise of news makes it due.
    async fn enqueue(&self, found: Vec<Candidate>) -> Result<usize>;
    /// How many of these pages are new to the frontier.
    async fn unknown(&self, keys: Vec<PageUrl>) -> Result<usize>;
    /// The best page that is due.
    async fn next(&self, wanted: Wanted) -> Result<Option<Due>>;
    /// A page's row and last payload, by key; makes the row if need be.
    async fn page(&self, site: String, key: PageUrl, url: Url) -> Result<(PageId, Option<Payload>)>;
    /// When the next page of a selection falls due after `now`.
    async fn next_due(&self, sites: Vec<String>, selection: Selection, now: Timestamp) -> Result<Option<Timestamp>>;
    /// What is known of a page's article.
    async fn history(&self, page: PageId) -> Result<History>;
    /// The article that a claim names, if there is one.
    async fn article_of(&self, claim: Claim) -> Result<Option<ArticleId>>;
    /// What is known of an article.
    async fn history_of(&self, article: ArticleId) -> Result<History>;
    /// The readings of an article's texts that other rules or another extractor than these made.
    async fn old_readings(&self, article: ArticleId, rules: RulesId, extractor: String) -> Result<Vec<OldReading>>;
    /// The parts of an article before a page, each as it stood at an instant: from the page that led to it back to part one.
    async fn parts_before(&self, page: PageId, at: Timestamp) -> Result<Before>;
    /// A text that is kept.
    async fn text(&self, digest: String) -> Result<Option<Text>>;
    /// The reading of a capture.
    async fn reading_of(&self, capture: CaptureId) -> Result<Option<FormerReading>>;
    /// What a site's latest readings were like. While so many captures are set aside that they are a break, signs of other
    /// extractors count as today's: a newer griot is no mended profile.
    async fn recent_signs(&self, site: String, way: WayOfReading) -> Result<Recent>;
    /// The signs of the last good reading of a capture's page before it, whatever rules made it.
    async fn good_signs_before(&self, capture: CaptureId) -> Result<Option<Signs>>;
    /// Captures of a site that were set aside by their signs, or of which nothing was read, in order of capture.
    async fn doubted(&self, site: String) -> Result<Vec<Doubted>>;
    /// Says what has come of captures that were set aside by their signs.
    async fn settle_doubts(&self, captures: Vec<CaptureId>, standing: Standing) -> Result<()>;
    /// Forgets the signs of a capture that is no article by today's rules, or whose page shows another article.
    async fn forget_signs(&self, capture: CaptureId) -> Result<()>;
    /// Where a capture's bytes stand.
    async fn locate(&self, capture: CaptureId) -> Result<Option<Location>>;
    /// Writes finished visits, in order, in one transaction.
    async fn record(&self, run: RunId, finished: Vec<Finished>) -> Result<Vec<Recorded>>;
    /// How robots.txt stands at an origin.
    async fn robots(&self, origin: String) -> Result<Option<RobotsRow>>;
    /// A group's pace.
    async fn pace(&self, group: String) -> Result<Option<PaceRow>>;
    /// Keeps a group's pace apart from any visit.
    async fn keep_pace(&self, pace: PaceRow) -> Result<()>;
    /// What the archive's requests have cost, as of `now`.
    async fn spending(&self, now: Timestamp) -> Result<Spending>;
    /// The instant of the archive's latest visit.
    async fn last_visit(&self) -> Result<Option<Timestamp>>;
    /// The WARC files known.
    async fn warc_files(&self) -> Result<Vec<WarcFile>>;
    /// Notes that a file is never touched again; its length must be the one that rows answer for.
    async fn close_warc_file(&self, file: ClosedFile, at: Timestamp) -> Result<()>;
    /// Writes the facts of records found after a crash.
    async fn adopt(&self, records: Vec<Adopted>) -> Result<()>;
    /// Captures that wait for their reading, oldest first.
    async fn unread(&self) -> Result<Vec<Unread>>;
    /// Makes every page of these sites that is ever visited again due now.
    async fn make_due(&self, sites: Vec<String>, now: Timestamp) -> Result<()>;
    /// Leaves a pattern that was left alone so often before alone until an instant: its pages never had are due then, and
    /// say why. `false`: another worker was faster.
    async fn leave_alone(&self, pattern: Pattern, before: u32, until: Timestamp, note: String) -> Result<bool>;
    /// At a run's end: absences whose host turned out to serve other pages, and pages that were seen with another story;
    /// these articles are to be judged again.
    async fn settle_absences(&self, run: RunId) -> Result<Vec<ArticleId>>;
    /// Writes a history that was judged again, with what was read anew for it; [`StoreError::Stale`] if it moved meanwhile.
    async fn rejudge(&self, article: ArticleId, seen: usize, judged: Rejudged) -> Result<()>;
    /// The names learnt of a site: titles that are none.
    async fn names(&self, site: String) -> Result<Vec<String>>;
    /// At a run's end: learns the titles that many of a site's latest articles share as names of it. Those that have one
    /// learnt just now for a title are to be read again.
    async fn learn_names(&self, site: String, at: Timestamp) -> Result<Vec<ArticleId>>;
    /// At a run's end: marks the links that the whole site shows.
    async fn mark_sitewide(&self, run: RunId) -> Result<()>;
}
