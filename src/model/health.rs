//! Is a site still read as it always was? Each reading of an article leaves its signs; what a site's former readings had
//! makes a doubt of some of them, and doubts that do not pass make a break.
//!
//! A paper prints short items, galleries and tickers, and is redesigned without a word. The two are told apart by a second
//! witness (the page read once more by griot's own rules), and by whether the pages after an odd one are odd as well.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::article::normal;
use super::timeline::Moment;

mod course;
mod doubt;
mod measure;
#[cfg(test)]
mod tests;

pub use course::{BREAK, Course, course};
pub use doubt::{Doubt, Opinion};
pub use measure::{FieldHealth, MEMORY, Recent, health};

/// What one reading tells of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sign {
    /// "title", "lead", "body", "published", "modified", "authors", "section", "tags", "images".
    pub field: String,
    /// The profile's rules found it.
    pub found: bool,
    /// Its characters; of authors, tags and images their number. 0: not found.
    pub length: usize,
    /// The same of the second witness. `None`: it found nothing, or was not asked for this field.
    pub witness: Option<usize>,
    /// Do both say the same? `None`: one of them says nothing, or both had it from the same place.
    pub agrees: Option<bool>,
}

/// What one reading tells of how its page was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signs {
    /// Field by field, those that have rules.
    pub fields: Vec<Sign>,
    /// Names the headline. `None`: none was found.
    pub title: Option<String>,
    /// Names the body. `None`: none, or one too short to tell a story.
    pub body: Option<String>,
    /// Names the headline as the second witness reads it: one story under several addresses has one face.
    pub face: String,
}

impl Signs {
    /// Has it what makes an article: a headline and a body?
    #[must_use]
    pub fn is_whole(&self) -> bool {
        ["title", "body"].iter().all(|field| self.of(field).is_some_and(|sign| sign.found))
    }

    /// Do both tell the same headline and the same body, and find the same fields?
    #[must_use]
    pub fn tells_as(&self, other: &Self) -> bool {
        let found = |signs: &Self| {
            signs.fields.iter().filter(|sign| sign.found).map(|sign| sign.field.clone()).collect::<Vec<_>>()
        };
        (&self.title, &self.body) == (&other.title, &other.body) && found(self) == found(other)
    }

    /// Do both show one headline and one body, to both witnesses?
    fn is_story_of(&self, other: &Self) -> bool {
        (&self.title, &self.body, &self.face) == (&other.title, &other.body, &other.face)
    }

    /// One field's.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&Sign> {
        self.fields.iter().find(|sign| sign.field == field)
    }
}

/// What has come of a reading's signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing speaks against it.
    Sound,
    /// Something is missing, and nothing tells whether the page prints it: it counts neither way.
    Unsure,
    /// Set aside, until the pages after it tell whether it was alone.
    Waiting,
    /// It was alone: read as an article after all.
    Forgiven,
    /// Part of a break that lasts.
    Broken,
    /// Aside as long as the rules stay as they are: part of a break that ended, or a page that was sound once.
    Over,
}

impl Standing {
    /// Every one.
    pub const ALL: [Self; 6] = [Self::Sound, Self::Unsure, Self::Waiting, Self::Forgiven, Self::Broken, Self::Over];

    /// The word written to the archive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Unsure => "unsure",
            Self::Waiting => "waiting",
            Self::Forgiven => "forgiven",
            Self::Broken => "broken",
            Self::Over => "over",
        }
    }

    /// Was it read as a site is read when all is well?
    #[must_use]
    pub fn is_good(self) -> bool {
        matches!(self, Self::Sound | Self::Forgiven)
    }

    /// Which way it counts.
    fn weight(self) -> i64 {
        match self {
            Self::Sound | Self::Forgiven => -1,
            Self::Unsure => 0,
            Self::Waiting | Self::Broken | Self::Over => 1,
        }
    }
}

/// A reading's signs in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The page's key.
    pub page: String,
    /// The capture.
    pub moment: Moment,
    /// Today's rules and extractor made it.
    pub by_todays_rules: bool,
    /// What it tells.
    pub signs: Signs,
    /// What came of it.
    pub standing: Standing,
}

/// Names a text whatever its typography and case; not to be made again by others.
#[must_use]
pub fn mark(text: &str) -> String {
    let digest = Sha256::digest(normal(text).to_lowercase());
    data_encoding::HEXLOWER.encode(&digest[..16])
}
