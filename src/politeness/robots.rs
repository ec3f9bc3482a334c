//! robots.txt of one origin by RFC 9309: what was last learnt, how long it holds, and what it says about a URL.

mod text;

#[cfg(test)]
mod tests;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::{Position, Url};

use crate::model::answer::{FailureKind, Truncation};

pub use text::Rules;

/// The product token that griot obeys, RFC 9309 §2.2.1.
pub const PRODUCT: &str = "griot";

/// How long rules are used without asking again, RFC 9309 §2.4.
pub const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// Redirects of robots.txt that are followed, RFC 9309 §2.3.1.2.
pub const MAX_REDIRECTS: u32 = 5;

/// After this long without an answer an origin that never showed rules counts as having none, RFC 9309 §2.3.1.4.
pub const LONG_UNREACHABLE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The longest `Crawl-delay` that is obeyed to the letter.
pub const MAX_CRAWL_DELAY: Duration = Duration::from_mins(5);

/// The first wait before an unreachable robots.txt is asked for again; doubled each time, up to [`FRESH`].
const FIRST_RETRY: SignedDuration = SignedDuration::from_mins(15);

/// What asking for robots.txt gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is", content = "of")]
pub enum Learnt {
    /// A file with, perhaps, rules.
    Rules(Rules),
    /// There is none (4xx), or the page in its place holds none; why.
    AllowAll(String),
    /// It could not be read: nobody enters. Why.
    Unreachable(String),
    /// A page of markup stands in its place: a challenge, where there were rules before; no file at all, where there were
    /// none. Why.
    Markup(String),
}

impl Learnt {
    /// What a whole chain of redirects ended in. `body` is decoded of its content-coding; a 304 is not for here: the copy
    /// at hand stays, see [`Robots::confirmed`].
    #[must_use]
    pub fn from_answer(status: u16, body: &[u8], truncated: Option<Truncation>) -> Self {
        match status {
            200..=299 => match truncated {
                Some(Truncation::Time | Truncation::Disconnect) => Self::Unreachable(format!("{status}, cut off")),
                None | Some(Truncation::Length) if text::is_markup(body) => {
                    Self::Markup(format!("{status} with a page of markup in place of rules"))
                }
                None | Some(Truncation::Length) => Self::Rules(Rules::read(body)),
            },
            429 => Self::Unreachable("429".into()),
            400..=499 => Self::AllowAll(status.to_string()),
            _ => Self::Unreachable(status.to_string()),
        }
    }

    /// No answer came. Not for failures while the whole run is offline: those say nothing about the site.
    #[must_use]
    pub fn from_failure(kind: FailureKind) -> Self {
        Self::Unreachable(kind.word().into())
    }

    /// More than [`MAX_REDIRECTS`], or one to an address that is no page's. RFC 9309 §2.3.1.2 would let a crawler assume
    /// that there are no rules; but rules that stand behind a loop of consent or log-in are not none, and where robots.txt
    /// cannot be read griot does not enter.
    #[must_use]
    pub fn lost_in_redirects() -> Self {
        Self::Unreachable("too many redirects".into())
    }

    /// A redirect that is not followed: without a target, or from https to http.
    #[must_use]
    pub fn led_nowhere(status: u16) -> Self {
        Self::Unreachable(format!("{status} to what is not followed"))
    }
}

/// What is known of one origin's robots.txt. Serialisable, so that it holds across runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Robots {
    /// The last readable copy, and when it was read or last confirmed.
    copy: Option<(Learnt, Timestamp)>,
    /// Why and since when it cannot be read; and how often in a row it was tried.
    unreachable: Option<Unreachable>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Unreachable {
    why: String,
    since: Timestamp,
    last: Timestamp,
    tries: u32,
}

/// Whether a URL may be asked for, and by which rule: what the record of the visit keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admission {
    /// May it be asked for?
    pub allowed: bool,
    /// The rule that decided, as `Disallow: /x`; `None` where no rule speaks of the URL.
    pub rule: Option<String>,
    /// What the decision rests on, for people.
    pub basis: Basis,
    /// Nobody enters for want of a robots.txt that can be read: it is asked for again then, and may open the site.
    pub again_at: Option<Timestamp>,
}

/// What a decision rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// Rules read, or confirmed, at this instant.
    Rules(Timestamp),
    /// The copy of this instant, though it is no longer fresh: robots.txt is unreachable.
    OldCopy(Timestamp),
    /// There are no rules; why.
    NoRules(String),
    /// robots.txt cannot be read and there is no copy; why.
    Unreachable(String),
    /// It has not been asked for.
    Unknown,
}

impl Default for Robots {
    fn default() -> Self {
        Self::unknown()
    }
}

impl Robots {
    /// Nothing is known yet: nobody enters.
    #[must_use]
    pub fn unknown() -> Self {
        Self { copy: None, unreachable: None }
    }

    /// Takes in what was learnt at `now`.
    pub fn learn(&mut self, learnt: Learnt, now: Timestamp) {
        let lasts = |lost: &Unreachable| now.duration_since(lost.since) >= LONG_UNREACHABLE;
        let learnt = match learnt {
            Learnt::Markup(why) if self.rules().is_some() && !self.unreachable.as_ref().is_some_and(lasts) => {
                Learnt::Unreachable(why)
            }
            Learnt::Markup(why) => Learnt::AllowAll(why),
            plain => plain,
        };
        match learnt {
            Learnt::Unreachable(why) => {
                let (since, tries) = self.unreachable.as_ref().map_or((now, 0), |before| (before.since, before.tries));
                self.unreachable = Some(Unreachable { why, since, last: now, tries: tries.saturating_add(1) });
            }
            readable => {
                self.copy = Some((readable, now));
                self.unreachable = None;
            }
        }
    }

    /// The server said "not modified" at `now`: the copy is fresh again.
    pub fn confirmed(&mut self, now: Timestamp) {
        if let Some((_, read_at)) = &mut self.copy {
            *read_at = now;
            self.unreachable = None;
        }
    }

    /// When robots.txt must be asked for (again); `None`: before anything else.
    #[must_use]
    pub fn next_ask(&self) -> Option<Timestamp> {
        match (&self.unreachable, &self.copy) {
            (Some(lost), _) => {
                let doublings = lost.tries.saturating_sub(1).min(10);
                let wait = FIRST_RETRY.saturating_mul(1 << doublings).min(FRESH);
                Some(lost.last.saturating_add(wait).unwrap_or(lost.last))
            }
            (None, Some((_, read_at))) => Some(read_at.saturating_add(FRESH).unwrap_or(*read_at)),
            (None, None) => None,
        }
    }

    /// Must robots.txt be asked for before the next page? True too when the clock stands before the last reading by more
    /// than a day: a copy from the future would never grow old.
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.next_ask().is_none_or(|at| at <= now || at.duration_since(now) > FRESH.saturating_mul(2))
    }

    /// May this URL of the origin be asked for at `now`?
    #[must_use]
    pub fn admit(&self, url: &Url, now: Timestamp) -> Admission {
        let again_at = self.next_ask().unwrap_or(now);
        let no = |basis| Admission { allowed: false, rule: None, basis, again_at: Some(again_at) };
        let by = |allowed, rule, basis| Admission { allowed, rule, basis, again_at: None };
        match (&self.copy, &self.unreachable) {
            (Some((Learnt::Rules(rules), read_at)), lost) => {
                let basis = if lost.is_some() { Basis::OldCopy(*read_at) } else { Basis::Rules(*read_at) };
                let (allowed, rule) = rules.judge(&url[Position::BeforePath..Position::AfterQuery]);
                by(allowed, rule, basis)
            }
            (_, Some(lost)) if now.duration_since(lost.since) < LONG_UNREACHABLE => {
                no(Basis::Unreachable(lost.why.clone()))
            }
            (_, Some(lost)) => {
                let why = format!("unreachable for over 30 days ({})", lost.why);
                by(true, None, Basis::NoRules(why))
            }
            (Some((Learnt::AllowAll(why), _)), None) => by(true, None, Basis::NoRules(why.clone())),
            (_, None) => no(Basis::Unknown),
        }
    }

    /// The site's own delay between requests, never under `least` and never over [`MAX_CRAWL_DELAY`] (unless `least` is).
    #[must_use]
    pub fn delay(&self, least: Duration) -> Duration {
        let asked = self.rules().and_then(Rules::crawl_delay).unwrap_or_default();
        asked.min(MAX_CRAWL_DELAY).max(least)
    }

    /// The sitemaps that robots.txt lists.
    #[must_use]
    pub fn sitemaps(&self) -> &[Url] {
        self.rules().map(Rules::sitemaps).unwrap_or_default()
    }

    /// The rules in force, if any were read.
    #[must_use]
    pub fn rules(&self) -> Option<&Rules> {
        match &self.copy {
            Some((Learnt::Rules(rules), _)) => Some(rules),
            _ => None,
        }
    }

    /// What was last learnt, for the record: its word and, where there is one, the reason.
    #[must_use]
    pub fn standing(&self) -> (&'static str, Option<&str>) {
        match (&self.unreachable, &self.copy) {
            (Some(lost), _) => ("unreachable", Some(&lost.why)),
            (None, Some((Learnt::Rules(_), _))) => ("rules", None),
            (None, Some((Learnt::AllowAll(why) | Learnt::Unreachable(why) | Learnt::Markup(why), _))) => {
                ("allow-all", Some(why))
            }
            (None, None) => ("unknown", None),
        }
    }
}

impl std::fmt::Display for Basis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Rules(at) => write!(f, "robots.txt of {at}"),
            Self::OldCopy(at) => write!(f, "robots.txt of {at}; it cannot be read now"),
            Self::NoRules(why) => write!(f, "no robots.txt: {why}"),
            Self::Unreachable(why) => write!(f, "robots.txt cannot be read: {why}"),
            Self::Unknown => f.write_str("robots.txt has not been asked for"),
        }
    }
}
