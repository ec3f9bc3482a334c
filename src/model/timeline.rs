//! An article's history as a pure fold over its readings: the only place where versions are made.
//!
//! `fold` takes the readings of one article in any order; `Timeline::insert` adds one, at the end as a rule.
//! Both give the same history, so imports, merges and rebuilds agree with what the crawl wrote as it went.
//!
//! An article may stand on several pages: under a print view's address, an old headline's, a section's. The texts of one of
//! them count (the first seen, until it is gone or leads elsewhere); another page adds its sightings of the same text, and
//! another rendering of it makes no version. The article is gone when all of its pages are.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

mod pages;
mod runs;
#[cfg(test)]
mod tests;
mod version;

pub use version::{Cause, Verdict, Version};

use pages::Pages;
use version::is_doubtful;

/// How long a doubtful cut or an absence must last before it is believed.
pub const CONFIRM_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Returns within this time that make a version a flap.
const FLAP_WINDOW: SignedDuration = SignedDuration::from_hours(7 * 24);
/// This many returns within the window are a flap.
const FLAP_RETURNS: usize = 3;

/// A capture's instant and record id: what orders readings, and names a moment for ever.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    /// When the capture was made.
    pub at: Timestamp,
    /// Its `WARC-Record-ID`, the bare UUID.
    pub record: String,
}

/// One reading as the timeline sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// Which capture.
    pub moment: Moment,
    /// The page's key.
    pub page: String,
    /// What the capture showed.
    pub shows: Shows,
}

/// What a capture showed of its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shows {
    /// A text.
    Text(Shown),
    /// Nothing: 404, 410, or the home page in its place. Counted only if the host served another page in the same run.
    Absence {
        /// The host served another page in the same run.
        host_alive: bool,
    },
    /// The page leads to another page of the article for good.
    Moved {
        /// That page's key.
        to: String,
    },
    /// A wall, an error, a failed extraction: no say in the history.
    SetAside,
}

/// A text as far as the timeline must know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// [`super::article::Text::digest`].
    pub digest: String,
    /// [`super::article::Text::length`].
    pub length: usize,
    /// The page's bytes reach its closing tag: false is a sign of a cut that no length tells.
    pub ended: bool,
    /// Rules and extractor that read it: texts are compared only under the same.
    pub rules: String,
    /// It shares nothing with the article's text: the page may have begun another story. No version of this article.
    pub stranger: bool,
}

/// A shorter text that waits for confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Each distinct text since the first doubtful one, in order.
    pub texts: Vec<Version>,
}

/// A time in which the article was not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Last visit that showed a text.
    pub after: Option<Timestamp>,
    /// First negative answer.
    pub first: Moment,
    /// The negative answer that confirmed it; `None`: not yet believed.
    pub confirmed: Option<Moment>,
    /// The first text after it.
    pub returned: Option<Moment>,
}

/// The history of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// In order of their first sighting.
    pub versions: Vec<Version>,
    /// A cut that waits.
    pub held: Option<Held>,
    /// In order; only the last may be open.
    pub removals: Vec<Removal>,
    pages: Pages,
    confirm_after: SignedDuration,
}

/// The history that a set of readings tells, whatever their order.
#[must_use]
pub fn fold(sightings: &[Sighting], confirm_after: SignedDuration) -> Timeline {
    let mut timeline = Timeline::new(confirm_after);
    for sighting in in_order(sightings.iter()) {
        timeline.push(sighting);
    }
    timeline
}

fn in_order<'s>(sightings: impl Iterator<Item = &'s Sighting>) -> Vec<&'s Sighting> {
    let mut ordered: Vec<&Sighting> = sightings.collect();
    ordered.sort_by(|a, b| a.moment.cmp(&b.moment));
    ordered
}

impl Timeline {
    /// Before the first reading.
    #[must_use]
    pub fn new(confirm_after: SignedDuration) -> Self {
        Self { versions: Vec::new(), held: None, removals: Vec::new(), pages: Pages::default(), confirm_after }
    }

    /// Adds a reading to those that made this history, and says what it did. It may be earlier than some of them: two
    /// pages of an article that are asked for at once are not saved in the order of their answers.
    pub fn insert(&mut self, before: &[Sighting], more: &Sighting) -> Verdict {
        if before.iter().all(|sighting| sighting.moment < more.moment) {
            return self.push(more);
        }
        *self = Self::new(self.confirm_after);
        let mut did = Verdict::SetAside;
        for sighting in in_order(before.iter().chain([more])) {
            let verdict = self.push(sighting);
            if std::ptr::eq(sighting, more) {
                did = verdict;
            }
        }
        did
    }

    /// Appends a reading that is later than all before, and says what it did.
    fn push(&mut self, sighting: &Sighting) -> Verdict {
        match &sighting.shows {
            Shows::SetAside | Shows::Absence { host_alive: false } => Verdict::SetAside,
            Shows::Absence { host_alive: true } if self.pages.is_last_gone(&sighting.page) => {
                self.absent(&sighting.moment)
            }
            Shows::Absence { host_alive: true } => Verdict::Elsewhere,
            Shows::Moved { to } => {
                self.pages.moved(&sighting.page, to);
                Verdict::Elsewhere
            }
            Shows::Text(shown) if shown.stranger && !self.versions.is_empty() => {
                self.pages.stranger(&sighting.page, &sighting.moment);
                Verdict::Held
            }
            Shows::Text(shown) => {
                self.return_of_text(&sighting.moment);
                let same = self.head().is_some_and(|head| head.digest == shown.digest);
                let counts = self.pages.shows(&sighting.page);
                if counts || same { self.text(&sighting.moment, shown) } else { Verdict::Elsewhere }
            }
        }
    }

    /// The version that holds now.
    #[must_use]
    pub fn head(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// Since when this page shows texts that share nothing with the article, if it does.
    #[must_use]
    pub fn strange_since(&self, page: &str) -> Option<&Moment> {
        self.pages.strange_since(page)
    }

    /// Does this page's text count, and not another's?
    #[must_use]
    pub fn counts(&self, page: &str) -> bool {
        self.pages.counts(page)
    }

    /// Has this page ever shown the article, or led to it?
    #[must_use]
    pub fn stood_on(&self, page: &str) -> bool {
        self.pages.knows(page)
    }

    /// The article is believed gone.
    #[must_use]
    pub fn is_removed(&self) -> bool {
        self.removals.last().is_some_and(|r| r.confirmed.is_some() && r.returned.is_none())
    }

    fn text(&mut self, moment: &Moment, shown: &Shown) -> Verdict {
        let Some(head) = self.versions.last_mut() else {
            self.begin(moment, shown, None, Cause::First);
            return Verdict::NewVersion(Cause::First);
        };
        if head.digest == shown.digest {
            head.see_again(moment, shown);
            self.held = None;
            return Verdict::Same;
        }
        // Doubt comes first: other rules make a bad capture no better.
        if is_doubtful(head, shown) {
            return self.hold(moment, shown);
        }
        if head.rules != shown.rules {
            let after = head.last.at;
            self.held = None;
            self.begin(moment, shown, Some(after), Cause::Rules);
            return Verdict::NewVersion(Cause::Rules);
        }
        self.held = None;
        let cause = self.edit_or_return(shown);
        let after = self.versions.last().map(|v| v.last.at);
        self.begin(moment, shown, after, cause);
        Verdict::NewVersion(cause)
    }

    fn edit_or_return(&self, shown: &Shown) -> Cause {
        if self.versions.iter().any(|v| v.digest == shown.digest) { Cause::Restored } else { Cause::Edited }
    }

    fn begin(&mut self, moment: &Moment, shown: &Shown, after: Option<Timestamp>, cause: Cause) {
        let mut version = Version::begun(moment, shown, after, cause);
        version.flap = cause == Cause::Restored && self.returns_before(moment.at) + 1 >= FLAP_RETURNS;
        self.versions.push(version);
    }

    fn returns_before(&self, at: Timestamp) -> usize {
        let recent = |v: &&Version| v.cause == Cause::Restored && at.duration_since(v.first.at) <= FLAP_WINDOW;
        self.versions.iter().filter(recent).count()
    }

    fn hold(&mut self, moment: &Moment, shown: &Shown) -> Verdict {
        let head = self.versions.last();
        let after = head.map(|v| v.last.at);
        let comparable = head.is_some_and(|v| v.rules == shown.rules);
        let cause = if comparable { Cause::ConfirmedCut } else { Cause::Rules };
        let held = self.held.get_or_insert_with(|| Held { texts: Vec::new() });
        match held.texts.last_mut() {
            Some(last) if last.digest == shown.digest => last.see_again(moment, shown),
            Some(last) => {
                let after = Some(last.last.at);
                let cause = if last.rules == shown.rules { Cause::Edited } else { Cause::Rules };
                held.texts.push(Version::begun(moment, shown, after, cause));
            }
            None => held.texts.push(Version::begun(moment, shown, after, cause)),
        }
        let waited = moment.at.duration_since(held.texts[0].first.at);
        let seen = held.texts.iter().map(|v| v.sightings).sum::<u32>();
        if seen < 2 || waited < self.confirm_after {
            return Verdict::Held;
        }
        let confirmed = std::mem::take(&mut held.texts);
        self.held = None;
        let cause = confirmed[0].cause;
        self.versions.extend(confirmed);
        Verdict::NewVersion(cause)
    }

    fn absent(&mut self, moment: &Moment) -> Verdict {
        let after = self.versions.last().map(|v| v.last.at);
        let open = self.removals.last_mut().filter(|r| r.returned.is_none());
        let Some(open) = open else {
            self.removals.push(Removal { after, first: moment.clone(), confirmed: None, returned: None });
            return Verdict::Absent;
        };
        if open.confirmed.is_some() {
            return Verdict::Removed;
        }
        if moment.at.duration_since(open.first.at) < self.confirm_after {
            return Verdict::Absent;
        }
        open.confirmed = Some(moment.clone());
        Verdict::Removed
    }

    fn return_of_text(&mut self, moment: &Moment) {
        match self.removals.last_mut() {
            Some(open) if open.returned.is_none() && open.confirmed.is_some() => open.returned = Some(moment.clone()),
            // One bad answer between two good ones is no removal.
            Some(open) if open.returned.is_none() => {
                self.removals.pop();
            }
            _ => {}
        }
    }
}
