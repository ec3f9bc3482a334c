//! What a run's end tells of each site, and what of it a person has to look at.

use jiff::Timestamp;
use serde::Serialize;

use super::Break;

/// One site's run in numbers.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Requests that left, robots.txt included.
    pub requests: u64,
    /// Those that got any answer.
    pub answered: u64,
    /// Pages that robots.txt kept closed.
    pub refused: u64,
    /// Pages answered, robots.txt left out.
    pub pages: u64,
    /// New bytes where an article should be, by what they turned out to be; the most frequent first. An overloaded
    /// server's (429, 5xx) are left out: they are asked for again; and so is what was read and set aside by its signs.
    pub articles: Vec<(String, u64)>,
    /// The site's pages are not read as they always were.
    pub broken: Option<Break>,
    /// Listings that showed pages in an earlier run, came with new bytes now, and show none.
    pub emptied: Vec<String>,
    /// The profile's own listings that could not be read for too long, by their attempts in a row.
    pub failing: Vec<String>,
    /// The profile's own listings, where the last answer of none of them could be read; else nothing. An overloaded
    /// server's answer says nothing of a listing.
    pub unreadable: Vec<String>,
    /// Since when nothing of the site has answered: its last answer, or its first visit if there never was one.
    pub silent_since: Option<Timestamp>,
    /// When each of the site's articles was first read, over the sixty days before the last one, in order.
    pub first_read: Vec<Timestamp>,
}

/// Something that a person has to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Concern {
    /// The site.
    pub site: String,
    /// "broken", "unread", "unanswered", "lost", "closed", "unlisted", "emptied", "silent".
    pub kind: String,
    /// What happened, and what to do next.
    pub words: String,
    /// Runs of this site in a row that ended with it, this one included.
    pub runs: u32,
}

impl Concern {
    /// Does it speak of answers that did not come? A run that was offline tells nothing of that.
    #[must_use]
    pub fn is_silence(&self) -> bool {
        self.kind == "unanswered"
    }
}
