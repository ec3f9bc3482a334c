//! The press as it was: saved pages under their own addresses, found by the listings their profiles name.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use griot::model::link::Source;
use griot::profile::Profile;
use url::Url;

use crate::score::pages::{Case, owner};
use crate::support::{Ask, Reply, Server};

/// One address's answer, beside 404.
#[derive(Debug, Clone)]
enum Answer {
    Page { etag: String, gzip: Vec<u8> },
    Listing { etag: String, content_type: &'static str, text: String },
    Moved(Url),
}

/// Saved pages and the profiles they are crawled by.
pub(super) struct Press {
    pub(super) profiles: Vec<Profile>,
    pub(super) cases: Vec<Case>,
}

impl Press {
    /// Every site's name.
    pub(super) fn sites(&self) -> Vec<&str> {
        self.profiles.iter().map(|p| p.site.as_str()).collect()
    }

    /// Every host of every site, those of its listings included.
    pub(super) fn hosts(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for profile in &self.profiles {
            all.extend(profile.canon.hosts.iter().map(String::as_str));
            all.extend(profile.listings.iter().filter_map(|l| l.url.host_str()));
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The page's name in the archive.
    pub(super) fn key(&self, case: &Case) -> String {
        let owner = owner(&self.profiles, &case.url).unwrap();
        owner.canon.page(&case.url).unwrap().as_str().to_owned()
    }

    /// Writes every profile where an operator's own ones stand, with no pause between two requests.
    pub(super) fn keep_profiles(&self, archive: &Path) {
        let folder = archive.join("selectors");
        std::fs::create_dir_all(&folder).unwrap();
        for profile in &self.profiles {
            let toml = if profile.toml.contains("\n[pace]\n") {
                profile.toml.replace("\ndelay = 2\n", "\ndelay = 0\n")
            } else {
                profile.toml.replacen("\n[[listing]]\n", "\n[pace]\ndelay = 0\n\n[[listing]]\n", 1)
            };
            let fast = Profile::parse(&profile.site, "fast", &toml).unwrap();
            assert!(fast.pace.delay.is_zero(), "{} says its pace otherwise now", profile.site);
            std::fs::write(folder.join(format!("{}.toml", profile.site)), toml).unwrap();
        }
        // The sites are crawled side by side; the ceiling over all of them is another test's matter.
        std::fs::write(archive.join("griot.toml"), "requests_per_second = 100_000\n").unwrap();
    }

    /// Serves it all.
    pub(super) fn serve(&self) -> Server {
        let answers = self.answers();
        Server::start(move |ask| match answers.get(&format!("{}{}", ask.host, ask.target)) {
            Some(answer) => answer.reply(ask),
            None => Reply::status(404).header("Content-Type", "text/html").body("<h1>404</h1>"),
        })
    }

    fn answers(&self) -> HashMap<String, Answer> {
        let mut answers = HashMap::new();
        for (n, case) in self.cases.iter().enumerate() {
            let page = Answer::Page { etag: format!("\"page-{n}\""), gzip: case.gzip.clone() };
            let target = &case.url[url::Position::BeforePath..url::Position::AfterQuery];
            let host = case.url.host_str().unwrap();
            for other in &owner(&self.profiles, &case.url).unwrap().canon.hosts {
                // The paper's other names lead to the page's own address, as they do on the web.
                answers.insert(format!("{other}{target}"), Answer::Moved(case.url.clone()));
            }
            // No paper looks at the campaign in a query.
            answers.insert(format!("{host}{}", case.url.path()), page.clone());
            answers.insert(format!("{host}{target}"), page);
        }
        for profile in &self.profiles {
            self.put_listings(profile, &mut answers);
        }
        answers
    }

    /// Deals a site's pages out to its listings, so that each has to lead to some; one that has none is a 404.
    fn put_listings(&self, profile: &Profile, answers: &mut HashMap<String, Answer>) {
        let pages: Vec<&Url> = self.cases.iter().map(|c| &c.url).filter(|url| profile.canon.owns(url)).collect();
        let count = profile.listings.len();
        for (n, listing) in profile.listings.iter().enumerate() {
            let shown: Vec<&Url> = pages.iter().copied().skip(n).step_by(count).collect();
            if shown.is_empty() {
                continue;
            }
            let (content_type, text) = document(listing.source, &shown);
            let etag = format!("\"{}-{n}\"", profile.site);
            let target = &listing.url[url::Position::BeforePath..url::Position::AfterQuery];
            let address = format!("{}{target}", listing.url.host_str().unwrap());
            answers.insert(address, Answer::Listing { etag, content_type, text });
        }
    }
}

impl Answer {
    fn reply(&self, ask: &Ask) -> Reply {
        match self {
            // Whatever their meta elements say: the tools that saved the pages wrote UTF-8.
            Self::Page { etag, gzip } => Reply::new("text/html; charset=utf-8", gzip.clone())
                .header("Content-Encoding", "gzip")
                .with_etag(etag, ask),
            Self::Listing { etag, content_type, text } => {
                Reply::new(content_type, text.clone()).gzip().with_etag(etag, ask)
            }
            Self::Moved(target) => Reply::redirect(301, target.as_str()),
        }
    }
}

/// A listing of that kind with these pages.
fn document(kind: Source, pages: &[&Url]) -> (&'static str, String) {
    let escaped = pages.iter().map(|url| url.as_str().replace('&', "&amp;").replace('\'', "&apos;"));
    let mut out = String::new();
    match kind {
        Source::Feed => {
            for url in escaped {
                write!(out, "<item><title>Titre</title><link>{url}</link></item>").unwrap();
            }
            let head = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Une</title>";
            ("application/rss+xml", format!("{head}{out}</channel></rss>"))
        }
        Source::Sitemap | Source::NewsSitemap => {
            for url in escaped {
                write!(out, "<url><loc>{url}</loc></url>").unwrap();
            }
            let head = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>";
            ("application/xml", format!("{head}{out}</urlset>"))
        }
        _ => {
            for url in escaped {
                write!(out, "<li><a href='{url}'>Titre</a></li>").unwrap();
            }
            ("text/html; charset=utf-8", format!("<!doctype html><title>Une</title><ul>{out}</ul>"))
        }
    }
}
