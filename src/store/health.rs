//! Signs on their way in and out: how a site's pages were read, and what was set aside because of it.

use serde::Serialize;
use url::Url;

use super::{CaptureId, Location, PageId, RulesId};
use crate::model::health::{Signs, Standing};
use crate::model::timeline::Moment;
use crate::model::url::PageUrl;

/// A reading's signs with what came of them.
#[derive(Debug, Clone)]
pub struct Marked {
    /// What it tells of how its page was read.
    pub signs: Signs,
    /// For people: what speaks against it.
    pub doubt: Option<String>,
    /// What has come of it.
    pub standing: Standing,
}

/// How a run reads a site: whose signs it may be held against.
#[derive(Debug, Clone)]
pub struct WayOfReading {
    /// Rows of the profile's texts that read alike.
    pub rules: Vec<RulesId>,
    /// This binary's extractor, whatever names of the site it knows.
    pub extractor: String,
}

/// A capture that was set aside by its signs, or that repeats one.
#[derive(Debug, Clone)]
pub struct Doubted {
    /// Which.
    pub capture: CaptureId,
    /// When it was captured, and its record's name.
    pub moment: Moment,
    /// Its page.
    pub page: (PageId, PageUrl),
    /// Where it was asked for.
    pub url: Url,
    /// Where its bytes stand.
    pub location: Location,
    /// The earlier capture whose payload it repeats.
    pub repeats: Option<CaptureId>,
    /// The rules that set it aside.
    pub rules: Option<RulesId>,
    /// And the extractor.
    pub extractor: String,
    /// What they told.
    pub signs: Signs,
    /// What speaks against it, for people.
    pub doubt: Option<String>,
    /// [`Standing::Waiting`], [`Standing::Broken`], [`Standing::Over`], or [`Standing::Unsure`] where nothing was read.
    pub standing: Standing,
    /// Its page shows another article since.
    pub reused: bool,
}

/// A capture as people are told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToldCapture {
    /// Its address as asked.
    pub url: String,
    /// When.
    pub captured_at: String,
    /// Its record's name.
    pub record_id: String,
}

/// A site that is not read as it always was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Break {
    /// Since when: the first bad capture's instant.
    pub since: String,
    /// The last capture before it that was read well.
    pub last_good: Option<ToldCapture>,
    /// The first that was not.
    pub first_bad: ToldCapture,
    /// What speaks against that one.
    pub doubt: Option<String>,
    /// Captures set aside.
    pub set_aside: u64,
}
