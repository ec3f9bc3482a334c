//! The site at four moments, and what it answers at each of them.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::paper::{Article, Misprint, Part, Section};
use super::{bundle, listing, page};

/// `Lire aussi` blocks on an article's page.
pub const READ_ALSO: usize = 6;
/// Cards of the account's articles on an article's page.
pub const SAME_AUTHOR: usize = 7;

/// A state of the site, named for what happened since the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edition {
    /// As first found.
    First,
    /// Every side block and counter has turned; not a word of any article changed.
    Turned,
    /// One article edited, one cut to a third, one removed, one new; the side blocks turned again.
    Changed,
    /// The same bytes as [`Edition::Changed`]: a later visit confirms them.
    Confirmed,
}

impl Edition {
    /// In the order of their passes.
    pub const ALL: [Self; 4] = [Self::First, Self::Turned, Self::Changed, Self::Confirmed];

    /// The articles that the site shows, newest first.
    ///
    /// # Errors
    /// When a bundled file has a mistake; a test reads them all.
    pub fn articles(self) -> Result<Vec<Article>, Misprint> {
        let mut texts: BTreeMap<&str, &str> = bundle::ARTICLES.iter().copied().collect();
        if self >= Self::Changed {
            texts.extend(bundle::LATER.iter().copied());
            for slug in bundle::REMOVED.split_whitespace() {
                texts.remove(slug);
            }
        }
        let mut articles =
            texts.into_iter().map(|(slug, text)| Article::parse(slug, text)).collect::<Result<Vec<_>, _>>()?;
        articles.sort_by_key(|a| std::cmp::Reverse(a.created));
        Ok(articles)
    }

    /// Where in the list of articles, newest first, the side blocks begin. They show the site's latest, as such
    /// blocks do; in the second pass what was latest a while ago, so that nothing at all stays in its place.
    fn turn(self) -> usize {
        if self == Self::Turned { READ_ALSO } else { 0 }
    }

    /// How often an article's page was read by then. Two passes with the same bytes count the same.
    fn reads(self, rank: usize) -> u32 {
        let so_far = match self {
            Self::First => 1,
            Self::Turned => 2,
            Self::Changed | Self::Confirmed => 3,
        };
        u32::try_from(rank).unwrap_or_default() * 37 % 900 + 40 * so_far
    }

    /// When the site took this state: what `Last-Modified` says of pages first printed then.
    #[must_use]
    pub fn printed_at(self) -> Timestamp {
        const FIRST: i64 = 1_773_986_400; // 2026-03-20T06:00:00Z
        const DAY: i64 = 86_400;
        let days = match self {
            Self::First => 0,
            Self::Turned => 1,
            Self::Changed => 2,
            Self::Confirmed => 4,
        };
        Timestamp::from_second(FIRST + days * DAY).unwrap_or_default()
    }
}

/// One resource of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The whole `Content-Type`.
    pub media_type: &'static str,
    /// Its bytes; `{origin}` in them stands for the scheme and host by which it is asked, in sitemap and robots only.
    pub body: Vec<u8>,
    /// The moment of the edition that first had exactly these bytes.
    pub modified: Timestamp,
}

const HTML: &str = "text/html; charset=UTF-8";

/// Everything the site answers with 200, at each edition.
#[derive(Debug)]
pub struct Site {
    editions: [BTreeMap<String, Resource>; 4],
    missing: Vec<u8>,
}

impl Site {
    /// Prints all editions.
    ///
    /// # Errors
    /// When a bundled file has a mistake; a test reads them all.
    pub fn print() -> Result<Self, Misprint> {
        let mut editions: [BTreeMap<String, Resource>; 4] = Default::default();
        for (number, edition) in Edition::ALL.into_iter().enumerate() {
            let mut resources = resources(edition)?;
            if let Some(before) = number.checked_sub(1).map(|n| &editions[n]) {
                for (path, resource) in &mut resources {
                    if let Some(same) = before.get(path).filter(|b| b.body == resource.body) {
                        resource.modified = same.modified;
                    }
                }
            }
            editions[number] = resources;
        }
        Ok(Self { editions, missing: page::missing() })
    }

    /// What stands at a path with its query; `None` is a 404.
    #[must_use]
    pub fn resource(&self, edition: Edition, path_and_query: &str) -> Option<&Resource> {
        self.editions[edition as usize].get(path_and_query)
    }

    /// The page that comes with a 404.
    #[must_use]
    pub fn missing(&self) -> &[u8] {
        &self.missing
    }

    /// Every path that an edition answers with 200.
    pub fn paths(&self, edition: Edition) -> impl Iterator<Item = &str> {
        self.editions[edition as usize].keys().map(String::as_str)
    }
}

fn resources(edition: Edition) -> Result<BTreeMap<String, Resource>, Misprint> {
    let articles = edition.articles()?;
    let mut all = BTreeMap::new();
    let mut put = |path: String, media_type, body| {
        all.insert(path, Resource { media_type, body, modified: edition.printed_at() });
    };
    put("/".into(), HTML, listing::front(&articles));
    put("/sitemap.xml".into(), "application/xml", listing::sitemap(&articles));
    put("/robots.txt".into(), "text/plain; charset=UTF-8", listing::robots());
    for section in Section::ALL {
        for (path, body) in listing::section(section, &articles) {
            put(path, HTML, body);
        }
    }
    for (rank, article) in articles.iter().enumerate() {
        put(article.path(), HTML, page::article(article, &sides(edition, &articles, rank)));
        for (place, part) in article.body.iter().enumerate() {
            if matches!(part, Part::Picture(_)) {
                put(page::picture_path(article, place), "image/svg+xml", page::picture(rank));
            }
        }
    }
    Ok(all)
}

/// The blocks around the article at `rank`: first what its editor recommends, then the site's latest.
fn sides(edition: Edition, articles: &[Article], rank: usize) -> page::Sides<'_> {
    let article = &articles[rank];
    let chosen = article.see.iter().filter_map(|slug| articles.iter().find(|a| a.slug == *slug));
    let from =
        |start: usize| articles.iter().cycle().skip(start).take(articles.len()).filter(|a| a.slug != article.slug);
    let latest = from(edition.turn()).filter(|a| !article.see.contains(&a.slug));
    page::Sides {
        read_also: chosen.chain(latest).take(READ_ALSO).collect(),
        // Begins before the other list ends, so that some stories stand in both.
        same_author: from(edition.turn() + READ_ALSO / 2).take(SAME_AUTHOR).collect(),
        reads: edition.reads(rank),
    }
}

#[cfg(test)]
mod tests;
