//! An article's history as a pure fold over its readings: the only place where versions are made.
//!
//! `fold` takes the readings of one article in any order; `Timeline::push` appends one that is later than all before.
//! Both give the same history, so imports, merges and rebuilds agree with what the crawl wrote as it went.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

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
}

/// Why a version began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The first text seen.
    First,
    /// The text changed.
    Edited,
    /// A text seen before came back.
    Restored,
    /// A cut that was held until a later visit confirmed it.
    ConfirmedCut,
    /// Other rules read it and the former text cannot be read by them: no edit is claimed.
    Rules,
}

impl Cause {
    /// The word written to the archive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Edited => "edited",
            Self::Restored => "restored",
            Self::ConfirmedCut => "confirmed-cut",
            Self::Rules => "rules",
        }
    }
}

/// One text of an article between a first and a last sighting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The text.
    pub digest: String,
    /// Its length in normal form.
    pub length: usize,
    /// Its page was whole to the closing tag.
    pub ended: bool,
    /// Rules of its latest reading.
    pub rules: String,
    /// First seen.
    pub first: Moment,
    /// Last seen.
    pub last: Moment,
    /// How many captures show it.
    pub sightings: u32,
    /// The last visit that showed the former text: the change happened after this and not after `first`.
    pub after: Option<Timestamp>,
    /// Why it began.
    pub cause: Cause,
    /// The third return within seven days: an A/B test or two edges of a cache, not an editor.
    pub flap: bool,
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

/// What a reading did to its article's timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A version began.
    NewVersion(Cause),
    /// The text of the present version.
    Same,
    /// A doubtful cut, kept and waiting.
    Held,
    /// Not there; not yet believed.
    Absent,
    /// Not there, confirmed.
    Removed,
    /// No say in the history.
    SetAside,
}

impl Verdict {
    /// The word written to the archive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NewVersion(_) => "new-version",
            Self::Same => "same",
            Self::Held => "held",
            Self::Absent => "absent",
            Self::Removed => "removed",
            Self::SetAside => "set-aside",
        }
    }
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
    confirm_after: SignedDuration,
}

/// The history that a set of readings tells, whatever their order.
///
/// `superseded` maps the digest that former rules gave a text to the digest today's rules give the same capture.
#[must_use]
#[expect(clippy::implicit_hasher, reason = "the store makes it, nobody else")]
pub fn fold(sightings: &[Sighting], superseded: &HashMap<String, String>, confirm_after: SignedDuration) -> Timeline {
    let mut ordered: Vec<&Sighting> = sightings.iter().collect();
    ordered.sort_by(|a, b| a.moment.cmp(&b.moment));
    let mut timeline = Timeline::new(confirm_after);
    for sighting in ordered {
        timeline.push(&renamed(sighting, superseded));
    }
    timeline
}

fn renamed(sighting: &Sighting, superseded: &HashMap<String, String>) -> Sighting {
    let mut now = sighting.clone();
    if let Shows::Text(shown) = &mut now.shows {
        // A chain of profiles leaves a chain of names; each step is taken once, so a loop of names ends.
        for _ in 0..superseded.len() {
            match superseded.get(&shown.digest) {
                Some(newer) if *newer != shown.digest => shown.digest.clone_from(newer),
                _ => break,
            }
        }
    }
    now
}

impl Timeline {
    /// Before the first reading.
    #[must_use]
    pub fn new(confirm_after: SignedDuration) -> Self {
        Self { versions: Vec::new(), held: None, removals: Vec::new(), confirm_after }
    }

    /// Appends a reading that is later than all before, and says what it did.
    pub fn push(&mut self, sighting: &Sighting) -> Verdict {
        match &sighting.shows {
            Shows::SetAside | Shows::Absence { host_alive: false } => Verdict::SetAside,
            Shows::Absence { host_alive: true } => self.absent(&sighting.moment),
            Shows::Text(shown) => {
                self.return_of_text(&sighting.moment);
                self.text(&sighting.moment, shown)
            }
        }
    }

    /// The version that holds now.
    #[must_use]
    pub fn head(&self) -> Option<&Version> {
        self.versions.last()
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
        if head.rules != shown.rules {
            let after = head.last.at;
            self.held = None;
            self.begin(moment, shown, Some(after), Cause::Rules);
            return Verdict::NewVersion(Cause::Rules);
        }
        if is_doubtful(head, shown) {
            return self.hold(moment, shown);
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
        let after = self.versions.last().map(|v| v.last.at);
        let held = self.held.get_or_insert_with(|| Held { texts: Vec::new() });
        match held.texts.last_mut() {
            Some(last) if last.digest == shown.digest => last.see_again(moment, shown),
            Some(last) => {
                let after = Some(last.last.at);
                held.texts.push(Version::begun(moment, shown, after, Cause::Edited));
            }
            None => held.texts.push(Version::begun(moment, shown, after, Cause::ConfirmedCut)),
        }
        let waited = moment.at.duration_since(held.texts[0].first.at);
        let seen = held.texts.iter().map(|v| v.sightings).sum::<u32>();
        if seen < 2 || waited < self.confirm_after {
            return Verdict::Held;
        }
        let confirmed = std::mem::take(&mut held.texts);
        self.held = None;
        self.versions.extend(confirmed);
        Verdict::NewVersion(Cause::ConfirmedCut)
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

impl Version {
    fn begun(moment: &Moment, shown: &Shown, after: Option<Timestamp>, cause: Cause) -> Self {
        Self {
            digest: shown.digest.clone(),
            length: shown.length,
            ended: shown.ended,
            rules: shown.rules.clone(),
            first: moment.clone(),
            last: moment.clone(),
            sightings: 1,
            after,
            cause,
            flap: false,
        }
    }

    fn see_again(&mut self, moment: &Moment, shown: &Shown) {
        self.last = moment.clone();
        self.sightings += 1;
        self.ended |= shown.ended;
        self.rules.clone_from(&shown.rules);
        self.length = shown.length;
    }
}

/// Less than half of the text, or a shorter text on a page that breaks off where it did not before.
fn is_doubtful(head: &Version, shown: &Shown) -> bool {
    shown.length * 2 < head.length || (head.ended && !shown.ended && shown.length < head.length)
}
