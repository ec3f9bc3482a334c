//! What a check found, for people and for programs.

use std::io::{self, Write};

use serde::Serialize;

use crate::cli::Failure;
use crate::cli::out::{Out, out, print_json};
use crate::cli::words::harmless;
use crate::crawl::{Entrance, Trial, unproven};
use crate::model::reading::Outcome;
use crate::profile::Profile;

/// What a check found.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    site: String,
    /// It has not been seen to hold on its live site.
    provisional: bool,
    /// robots.txt by origin.
    pub robots: Vec<Entrance>,
    /// Listings asked.
    pub listings: Vec<Shown>,
    /// Articles tried.
    pub pages: Vec<Trial>,
    /// Requests that gave nothing to read: the page, and why.
    pub failed: Vec<(String, String)>,
    /// The server asked for silence until then: that little was found says nothing of the profile.
    pub silent_until: Option<String>,
    /// What a conditional request for a page asked before was answered with.
    pub asked_again: Option<(String, u16)>,
    /// Titles that many of the pages share: names of their site.
    pub names: Vec<String>,
    /// Stored pages whose text is not the one the archive keeps.
    pub read_otherwise: Vec<String>,
}

/// A listing, and how much it shows.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    /// Its address.
    pub url: String,
    /// The status of its answer.
    pub status: u16,
    /// What it turned out to be.
    pub outcome: String,
    /// Pages of an article's shape, and listings, that it shows.
    pub shows: u64,
}

impl Report {
    /// Nothing found yet.
    pub(super) fn of(profile: &Profile) -> Self {
        Self {
            site: profile.site.clone(),
            provisional: profile.provisional,
            robots: Vec::new(),
            listings: Vec::new(),
            pages: Vec::new(),
            failed: Vec::new(),
            silent_until: None,
            asked_again: None,
            names: Vec::new(),
            read_otherwise: Vec::new(),
        }
    }

    /// Did the profile read every article it was tried on, and find one?
    pub(super) fn holds(&self) -> bool {
        !self.pages.is_empty()
            && self.pages.iter().all(|p| matches!(p.outcome, Outcome::Article | Outcome::Part))
            && self.failed.is_empty()
    }

    /// Prints it.
    pub(super) fn tell(&self, json: bool) -> Result<(), Failure> {
        let mut out = out();
        if json {
            let unproven = unproven(&self.pages);
            let whole = serde_json::json!({ "check": self, "unproven": unproven, "holds": self.holds() });
            print_json(&mut out, &whole)?;
            return Ok(out.flush()?);
        }
        for robots in &self.robots {
            entrance(&mut out, robots)?;
        }
        for listing in &self.listings {
            let Shown { url, status, outcome, shows } = listing;
            writeln!(out, "{}: {status} {outcome}, shows {shows} pages", harmless(url))?;
        }
        for page in &self.pages {
            tell_page(&mut out, page)?;
        }
        for (page, why) in &self.failed {
            writeln!(out, "{}: {}", harmless(page), harmless(why))?;
        }
        self.tell_end(&mut out)?;
        Ok(out.flush()?)
    }

    fn tell_end(&self, out: &mut Out) -> io::Result<()> {
        match &self.asked_again {
            Some((page, 304)) => writeln!(out, "validators hold: {} asked again is answered 304", harmless(page))?,
            Some((page, status)) => {
                writeln!(out, "validators do not hold: {} asked again gives {status}", harmless(page))?;
            }
            None => {}
        }
        for name in &self.names {
            writeln!(out, "`{}` is the title of many pages: taken for a name of the site", harmless(name))?;
        }
        for page in &self.read_otherwise {
            writeln!(out, "reads otherwise than the archive keeps it: {}", harmless(page))?;
        }
        if let Some(until) = &self.silent_until {
            writeln!(out, "the server asked for silence until {until}: check again after that")?;
        }
        let unproven = unproven(&self.pages);
        if self.pages.is_empty() {
            writeln!(out, "unproven: everything; no article was found to try the profile on")?;
        } else if !unproven.is_empty() {
            writeln!(out, "unproven, found on no page: {}", unproven.join(", "))?;
        }
        if self.provisional {
            writeln!(out, "{} is provisional: it has not been seen to hold on its live site", self.site)?;
        }
        Ok(())
    }
}

fn entrance(out: &mut Out, robots: &Entrance) -> io::Result<()> {
    let why = robots.reason.as_deref().map(|why| format!(" ({})", harmless(why))).unwrap_or_default();
    let delay = robots.crawl_delay_s.map_or_else(|| "no Crawl-delay".to_owned(), |s| format!("Crawl-delay {s} s"));
    writeln!(
        out,
        "robots.txt of {}: {}{why}, {delay}, {} sitemaps",
        robots.origin,
        robots.access,
        robots.sitemaps.len()
    )
}

fn tell_page(out: &mut Out, page: &Trial) -> io::Result<()> {
    let charset = page.charset.map_or_else(String::new, |(name, source)| format!(", {name} ({source})"));
    let validators = match (&page.etag, &page.last_modified) {
        (Some(_), Some(_)) => ", ETag and Last-Modified",
        (Some(_), None) => ", ETag",
        (None, Some(_)) => ", Last-Modified",
        (None, None) => "",
    };
    writeln!(out, "{}: {} {}{charset}{validators}", harmless(&page.page), page.status, page.outcome.word())?;
    if let Some(reason) = &page.reason {
        writeln!(out, "  {}", harmless(reason))?;
    }
    if page.unreadable_letters > 0 {
        writeln!(out, "  {} letters cannot be read in this charset", page.unreadable_letters)?;
    }
    for proof in &page.fields {
        let rule = proof.rule.as_deref().unwrap_or("no rule held");
        writeln!(out, "  {:10} {}  [{rule}]", proof.field, harmless(proof.value.as_deref().unwrap_or("-")))?;
        for note in &proof.notes {
            writeln!(out, "             {}", harmless(note))?;
        }
    }
    for link in &page.related {
        writeln!(out, "  related    {} {}", link.kind.word(), harmless(&link.title))?;
    }
    Ok(())
}
