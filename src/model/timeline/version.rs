//! A version, why it began, and what a reading did to its article.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Moment, Shown};

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

/// What a reading did to its article's timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A version began.
    NewVersion(Cause),
    /// The text of the present version.
    Same,
    /// A doubtful cut, kept and waiting.
    Held,
    /// Another page of the article stands, and its text counts: this one shows another rendering, nothing, or the way there.
    Elsewhere,
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
            Self::Elsewhere => "elsewhere",
            Self::Absent => "absent",
            Self::Removed => "removed",
            Self::SetAside => "set-aside",
        }
    }
}

impl Version {
    pub(super) fn begun(moment: &Moment, shown: &Shown, after: Option<Timestamp>, cause: Cause) -> Self {
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

    pub(super) fn see_again(&mut self, moment: &Moment, shown: &Shown) {
        self.last = moment.clone();
        self.sightings += 1;
        self.ended |= shown.ended;
        self.rules.clone_from(&shown.rules);
        self.length = shown.length;
    }
}

/// Less than half of the text, or a shorter text on a page that breaks off where it did not before.
pub(super) fn is_doubtful(head: &Version, shown: &Shown) -> bool {
    shown.length * 2 < head.length || (head.ended && !shown.ended && shown.length < head.length)
}
