//! What a crawl tells while it runs, and what it adds up to. Numbers are counted after the commit that they tell of.

use serde::Serialize;

use crate::model::reading::Outcome;
use crate::model::timeline::{Cause, Verdict};
use crate::store::Concern;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Words for the log that need no answer.
    Note(String),
    /// A visit was recorded.
    Visited(Visited),
    /// A group must wait before its next request.
    Waiting {
        /// The group.
        group: String,
        /// Seconds.
        seconds: u64,
    },
}

/// A visit, told after its commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visited {
    /// The URL asked.
    pub url: String,
    /// What happened on the wire.
    pub wire: String,
    /// HTTP status.
    pub status: Option<u16>,
    /// Body bytes received.
    pub bytes: u64,
    /// What the capture turned out to be.
    pub outcome: Option<&'static str>,
    /// What that did to its article.
    pub verdict: Option<Verdict>,
    /// Why, for people.
    pub reason: Option<String>,
    /// Pages that it made known.
    pub new_pages: usize,
    /// The pattern of its address led to nothing once too often: which, and until when it is left alone.
    pub left_alone: Option<String>,
}

/// A run's sums.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Requests sent, robots.txt included.
    pub requests: u64,
    /// Body bytes received.
    pub bytes: u64,
    /// 304 answers.
    pub not_modified: u64,
    /// Pages that robots.txt kept closed.
    pub refused_by_robots: u64,
    /// Requests without an answer.
    pub failures: u64,
    /// Pages made known.
    pub new_pages: u64,
    /// Articles read for the first time.
    pub new_articles: u64,
    /// Versions after the first.
    pub new_versions: u64,
    /// Doubtful cuts that wait.
    pub held: u64,
    /// Absences believed now.
    pub removed: u64,
    /// Captures set aside: walls, errors, failed extractions.
    pub set_aside: u64,
    /// Of these, articles whose rules found no title or body.
    pub extraction_failed: u64,
    /// Patterns of addresses that led to nothing and are left alone for a time: traps, or rules that do not hold any more.
    pub left_alone: u64,
    /// Captures that a crash had left unread and that were read now.
    pub recovered: u64,
    /// Why the run ended.
    pub end: String,
    /// What a person has to look at, where that is new or has lasted for long.
    pub concerns: Vec<Concern>,
}

impl Summary {
    /// Adds a recorded visit.
    pub fn add(&mut self, visited: &Visited) {
        match visited.wire.as_str() {
            "refused-by-robots" => self.refused_by_robots += 1,
            "answer" | "not-modified" => self.requests += 1,
            _ => {
                self.requests += 1;
                self.failures += 1;
            }
        }
        self.not_modified += u64::from(visited.wire == "not-modified");
        self.bytes += visited.bytes;
        self.new_pages += visited.new_pages as u64;
        match visited.verdict {
            Some(Verdict::NewVersion(Cause::First)) => self.new_articles += 1,
            Some(Verdict::NewVersion(Cause::Rules) | Verdict::Same | Verdict::Absent | Verdict::Elsewhere) => {}
            // A page of no article yet has no history that could say so.
            None => self.set_aside += u64::from(visited.outcome.is_some_and(is_set_aside)),
            Some(Verdict::NewVersion(_)) => self.new_versions += 1,
            Some(Verdict::Held) => self.held += 1,
            Some(Verdict::Removed) => self.removed += 1,
            // A part says nothing alone; the last one tells the whole.
            Some(Verdict::SetAside) => self.set_aside += u64::from(visited.outcome != Some(Outcome::Part.word())),
        }
        self.left_alone += u64::from(visited.left_alone.is_some());
        self.extraction_failed += u64::from(visited.outcome == Some("extraction-failed"));
    }
}

fn is_set_aside(outcome: &str) -> bool {
    const SET_ASIDE: [Outcome; 7] = [
        Outcome::Consent,
        Outcome::Challenge,
        Outcome::PaywallExcerpt,
        Outcome::ExtractionFailed,
        Outcome::ParseLimit,
        Outcome::Truncated,
        Outcome::ErrorAnswer,
    ];
    SET_ASIDE.iter().any(|aside| aside.word() == outcome)
}
