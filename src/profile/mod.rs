//! Profiles: what griot must know of one newspaper, as data. `selectors/<site>.toml`, compiled at start.

mod alike;
mod bare;
mod defaults;
mod error;
pub mod import;
mod layout;
mod load;
mod period;
pub mod pick;
pub mod rules;
mod shipped;
mod table;
#[cfg(test)]
mod tests;
pub(crate) mod written;

use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::model::link::Source;
use crate::model::url::{Canon, NotAPage, PageUrl};

pub use alike::reads_alike;
pub use defaults::plain_rules;
pub use error::{Problem, ProfileError};
pub use shipped::{find, names, shipped};

/// One newspaper, compiled.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The file's name without `.toml`: what people type.
    pub site: String,
    /// The paper's name for people.
    pub name: String,
    /// IANA zone of the paper's printed dates.
    pub zone: TimeZone,
    /// BCP 47 language of its text.
    pub language: String,
    /// Its host names and how its URLs become pages.
    pub canon: Canon,
    /// How fast it may be asked.
    pub pace: Pace,
    /// Where its articles are found.
    pub listings: Vec<ListingSource>,
    /// What an article's path looks like.
    pub article: ArticleShape,
    /// Rules, each valid between two instants; never empty, later ones first asked.
    pub layouts: Vec<Layout>,
    /// Headers sent to the site's own hosts only.
    pub headers: Vec<(String, String)>,
    /// Its versions are provisional until it has been seen to hold on the live site.
    pub provisional: bool,
    /// The file as read: kept by digest each time it is used.
    pub toml: Arc<str>,
    /// `sha256:` and 64 hex digits over `toml`.
    pub digest: String,
}

/// How fast a group of hosts may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// The pace group's name: the site's own unless profiles share one.
    pub group: String,
    /// From the end of an answer to the start of the next request.
    pub delay: Duration,
    /// Requests under way at once; 1 unless the owner of the site says otherwise.
    pub concurrency: u16,
}

/// A page that lists articles.
#[derive(Debug, Clone)]
pub struct ListingSource {
    /// Feed, sitemap, section or front page.
    pub source: Source,
    /// Where it stands.
    pub url: Url,
    /// How it goes on, for section pages.
    pub pagination: Option<Pagination>,
}

/// How a section page goes on.
#[derive(Debug, Clone)]
pub struct Pagination {
    /// How its next page is named.
    pub next: NextPage,
    /// No deeper than this many pages.
    pub most: u32,
}

/// How the next page of a listing is named.
#[derive(Debug, Clone)]
pub enum NextPage {
    /// A CSS selector of the link to it, compiled.
    Link(scraper::Selector),
    /// A URL with `{n}`; the first page that is asked so, and the step.
    Counted {
        /// Absolute, with `{n}` once.
        pattern: String,
        /// The number of the second page.
        first: u32,
        /// What the number grows by.
        step: u32,
    },
}

/// What an article's path looks like.
#[derive(Debug, Clone)]
pub struct ArticleShape {
    /// Tried on path and query; any may match. Named groups may be used by rules (`url = "slug"`).
    pub paths: Vec<regex::Regex>,
    /// Paths that look like an article's and are none.
    pub never: Vec<regex::Regex>,
    /// A named group that tells the time of creation, and how.
    pub created: Option<CreatedGroup>,
}

/// How a URL tells when its article was made.
#[derive(Debug, Clone)]
pub struct CreatedGroup {
    /// The named group.
    pub group: String,
    /// What stands in it.
    pub form: CreatedForm,
}

/// The forms in which URLs tell time.
#[derive(Debug, Clone)]
pub enum CreatedForm {
    /// Seconds since 1970 in hexadecimal: the first eight digits of PHP's `uniqid()`.
    HexSeconds,
    /// Seconds since 1970.
    Seconds,
    /// A strftime form of a day in the paper's zone, as `%Y/%m/%d`.
    Day(String),
}

/// Reading rules that hold between two instants.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Captures from here on; `None`: since ever.
    pub from: Option<Timestamp>,
    /// Captures before this; `None`: until further notice.
    pub until: Option<Timestamp>,
    /// By the day that begins here a person had looked at what griot doubts of it, and found it read well.
    pub checked: Option<Timestamp>,
    /// How each field is read.
    pub rules: rules::Rules,
}

impl Layout {
    /// Does a person vouch for how a capture of this instant is read?
    #[must_use]
    pub fn is_vouched_for(&self, captured_at: Timestamp) -> bool {
        self.checked.is_some_and(|day| captured_at < day + SignedDuration::from_hours(24))
    }
}

impl Profile {
    /// The layout for a capture.
    #[must_use]
    pub fn layout_at(&self, captured_at: Timestamp) -> Option<&Layout> {
        let began = |layout: &&Layout| layout.from.is_none_or(|from| from <= captured_at);
        self.layouts.iter().filter(began).find(|layout| layout.until.is_none_or(|until| captured_at < until))
    }

    /// The page that a URL of this site is. robots.txt is each origin's own, whatever other hosts serve the same pages.
    ///
    /// # Errors
    /// When it is none.
    pub fn page(&self, url: &Url) -> Result<PageUrl, NotAPage> {
        let key = self.canon.page(url)?;
        let host = url.host_str().unwrap_or_default();
        let shared = url.path() != "/robots.txt" || self.canon.hosts.first().is_some_and(|first| first == host);
        Ok(if shared { key } else { PageUrl::kept(format!("{host}{}", key.path_and_query())) })
    }

    /// Does this page's address have an article's shape?
    #[must_use]
    pub fn is_article(&self, page: &PageUrl) -> bool {
        self.article.matches(page.path_and_query())
    }

    /// When the article was made, where the URL tells it.
    #[must_use]
    pub fn created_at(&self, page: &PageUrl) -> Option<Timestamp> {
        self.article.created_at(page.path_and_query(), &self.zone)
    }
}

impl ArticleShape {
    /// Is this path, with its query, an article's?
    #[must_use]
    pub fn matches(&self, path_and_query: &str) -> bool {
        self.paths.iter().any(|p| p.is_match(path_and_query)) && !self.never.iter().any(|n| n.is_match(path_and_query))
    }

    /// What a named group holds in this path.
    #[must_use]
    pub fn group<'p>(&self, path_and_query: &'p str, name: &str) -> Option<&'p str> {
        let captures = self.paths.iter().find_map(|p| p.captures(path_and_query))?;
        captures.name(name).map(|group| group.as_str())
    }

    /// When the article was made, where its path tells it.
    #[must_use]
    pub fn created_at(&self, path_and_query: &str, zone: &TimeZone) -> Option<Timestamp> {
        let created = self.created.as_ref()?;
        let said = self.group(path_and_query, &created.group)?;
        match &created.form {
            CreatedForm::HexSeconds => {
                let seconds = i64::from_str_radix(said.get(..8)?, 16).ok()?;
                Timestamp::from_second(seconds).ok()
            }
            CreatedForm::Seconds => Timestamp::from_second(said.parse().ok()?).ok(),
            CreatedForm::Day(form) => {
                let day = jiff::civil::Date::strptime(form, said).ok()?;
                zone.to_timestamp(day.at(0, 0, 0, 0)).ok()
            }
        }
    }

    fn group_names(&self) -> Vec<String> {
        let all = self.paths.iter().flat_map(regex::Regex::capture_names).flatten().map(str::to_owned);
        let mut names: Vec<String> = all.collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}
