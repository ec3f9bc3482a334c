//! What is told of a page's date, and which pages a run wants at all.

#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};

use crate::model::link::Source;

/// A date hint further in the future than this is not believed.
pub const FUTURE: SignedDuration = SignedDuration::from_hours(48);

/// What is older, by its hint, is backfill and not news.
pub const NEWS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Slack of the window at both ends: a hint may be a bare day in another zone. The article's own date decides later.
const SLACK: SignedDuration = SignedDuration::from_hours(24);

/// What a listing or a URL tells of a page's date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateHint {
    /// When it was published, or made.
    Published(Timestamp),
    /// When it was last changed: it was published then or before.
    Changed(Timestamp),
    /// Nothing.
    Unknown,
}

impl DateHint {
    /// The hint of a listing of this kind. Feeds and news sitemaps tell publication, others the last change.
    #[must_use]
    pub fn of(source: Source, date_hint: Option<Timestamp>) -> Self {
        match (date_hint, source) {
            (None, _) => Self::Unknown,
            (Some(at), Source::Feed | Source::NewsSitemap) => Self::Published(at),
            (Some(at), _) => Self::Changed(at),
        }
    }

    /// The instant, unless it lies in a future that is not believed.
    #[must_use]
    pub fn believed(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Published(at) | Self::Changed(at) if at.duration_since(now) <= FUTURE => Some(at),
            _ => None,
        }
    }
}

/// The time a run is asked for: `--since` and `--until`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    /// Published at or after.
    pub since: Option<Timestamp>,
    /// Published before.
    pub until: Option<Timestamp>,
}

impl Window {
    /// The window that hints are held against: only what is surely outside is refused.
    #[must_use]
    pub fn of_hints(&self) -> Self {
        Self {
            since: self.since.map(|since| since.saturating_sub(SLACK).unwrap_or(since)),
            until: self.until.map(|until| until.saturating_add(SLACK).unwrap_or(until)),
        }
    }

    /// Is an article of this date within? An article without a date is: its place in time is not known.
    #[must_use]
    pub fn holds(&self, published: Option<Timestamp>) -> bool {
        published
            .is_none_or(|at| self.since.is_none_or(|since| at >= since) && self.until.is_none_or(|until| at < until))
    }
}
