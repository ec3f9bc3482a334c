//! Where a page leads: links, listings and redirects made canonical and given their place in line.

use std::cmp::Reverse;
use std::collections::HashSet;

use jiff::Timestamp;
use url::Url;

use super::CrawlError;
use super::context::{Context, Site};
use super::reading::Read;
use crate::frontier::barren::{MAX_HOPS, MAX_SITEMAP_DEPTH, MAX_SITEMAPS, TRUSTED};
use crate::frontier::order::DateHint;
use crate::frontier::place::{Errand, place};
use crate::model::link::{Found, Source};
use crate::model::reading::Role;
use crate::model::url::PageUrl;
use crate::profile::ListingSource;
use crate::store::{Candidate, Class, Due, SightingRow};

/// A page found, with how it was shown.
pub(super) type Lead = (Candidate, SightingRow);

/// The role of a listing of this kind.
#[must_use]
pub(super) fn role_of(source: Source) -> Role {
    match source {
        Source::Feed => Role::Feed,
        Source::Sitemap | Source::NewsSitemap => Role::Sitemap,
        Source::Section | Source::Front => Role::Section,
        Source::Article | Source::Part | Source::Redirect | Source::Given => Role::Article,
    }
}

/// Where a visit leads.
#[derive(Debug, Default)]
pub(super) struct Led {
    /// The pages, in the order found.
    pub found: Vec<Lead>,
    /// How many of its articles are new.
    pub new: usize,
    /// What was left out, for people.
    pub note: Option<String>,
}

/// The pages a reading leads to.
///
/// # Errors
/// The store's.
pub(super) async fn of_visit(
    context: &Context,
    site: &Site,
    due: &Due,
    now: Timestamp,
    read: Option<&Read>,
) -> Result<Led, CrawlError> {
    let Some(read) = read else { return Ok(Led::default()) };
    let mut leads = Leads::new(context, site, Some(due), now);
    // A page that leads to the view of the whole also shows it among its links, where it would have to wait its turn.
    if let Some(target) = &read.redirect
        && let Some((_, key)) = context.owner(target)
        && key != due.key
        && let Some(hops_left) = due.hops_left.checked_sub(1)
    {
        leads.redirect(due, target, key, hops_left);
    }
    if let Some(next) = &read.next
        && let Ok(key) = site.profile.page(next)
    {
        leads.part(due, next, key);
    }
    let redirected = leads.found.len();
    leads.articles(&read.found, read.shown_by);
    let new = context.store.unknown(leads.article_keys(redirected)).await?;
    let first_time = due.interval.is_none();
    let note = leads.listings(&read.further, read.shown_by, new > 0 && !first_time);
    Ok(Led { found: leads.found, new, note })
}

/// The sitemaps that robots.txt names.
#[must_use]
pub(super) fn of_robots(context: &Context, site: &Site, now: Timestamp, found: &[Found]) -> Vec<Lead> {
    let mut leads = Leads::new(context, site, None, now);
    leads.listings(found, Source::Sitemap, false);
    leads.found
}

/// The candidates of one page; each page once.
struct Leads<'c> {
    context: &'c Context,
    site: &'c Site,
    /// The page that shows them; robots.txt has no place in the frontier.
    due: Option<&'c Due>,
    now: Timestamp,
    seen: HashSet<PageUrl>,
    found: Vec<Lead>,
}

impl<'c> Leads<'c> {
    /// Nothing found yet.
    fn new(context: &'c Context, site: &'c Site, due: Option<&'c Due>, now: Timestamp) -> Self {
        Self { context, site, due, now, seen: HashSet::new(), found: Vec::new() }
    }

    /// The articles that a page shows. Links that have no article's shape lead nowhere.
    fn articles(&mut self, found: &[Found], source: Source) {
        let hops = self.due.filter(|due| due.class != Class::Listing).map(|due| due.depth);
        let own_listing = hops.is_none() && self.due.is_some_and(|due| due.depth == 0);
        let depth = hops.map_or(0, |hops| hops + 1);
        if depth > MAX_HOPS {
            return;
        }
        for found in found {
            let Some((owner, key)) = self.context.owner(&found.url) else { continue };
            if owner.profile.site != self.site.profile.site || !self.site.profile.is_article(&key) {
                continue;
            }
            let created = self.site.profile.created_at(&key);
            let hint = created.map_or_else(|| DateHint::of(source, found.date_hint), DateHint::Published);
            let place = place(Errand::New { source, hint }, self.now);
            let url = self.site.profile.canon.address(&key).unwrap_or_else(|_| found.url.clone());
            let told_at =
                found.date_hint.filter(|_| matches!(source, Source::Feed | Source::Sitemap | Source::NewsSitemap));
            let hint_at = hint.believed(self.now);
            let trusted = match source {
                Source::Feed | Source::NewsSitemap => found.rank < 10 * TRUSTED,
                _ => own_listing && found.rank < TRUSTED,
            };
            let shape = (!trusted).then(|| key.shape());
            self.push(key, url, found, |candidate| Candidate {
                source,
                place,
                hint_at,
                hint_published: matches!(hint, DateHint::Published(_)),
                told_at,
                depth,
                shape,
                ..candidate
            });
        }
    }

    /// The listings that a listing leads to; says what was left out. `again`: those that are known are asked again too.
    fn listings(&mut self, further: &[Found], source: Source, again: bool) -> Option<String> {
        let depth = self.due.map_or(0, |due| due.depth) + 1;
        let is_sitemap = role_of(source) == Role::Sitemap;
        let deepest = if is_sitemap { MAX_SITEMAP_DEPTH } else { super::MAX_DEPTH };
        if depth > deepest {
            return (!further.is_empty()).then(|| format!("what it leads to is deeper than {deepest} and is left out"));
        }
        let mut newest: Vec<&Found> = further.iter().collect();
        newest.sort_by_key(|found| Reverse(found.date_hint));
        for found in newest.into_iter().take(MAX_SITEMAPS) {
            let Some((owner, key)) = self.context.owner(&found.url) else { continue };
            if owner.profile.site != self.site.profile.site {
                continue;
            }
            let shape = key.shape();
            let place = place(Errand::Listing { due: self.now, depth, changed: found.date_hint }, self.now);
            self.push(key, found.url.clone(), found, |candidate| Candidate {
                role: role_of(source),
                class: Class::Listing,
                told_at: found.date_hint,
                source,
                place,
                depth,
                again,
                hint_at: found.date_hint,
                shape: Some(shape),
                ..candidate
            });
        }
        let more = further.len().saturating_sub(MAX_SITEMAPS);
        (more > 0).then(|| format!("leads to {} listings: the {more} that changed first are left out", further.len()))
    }

    /// Another page that a redirect leads to: due at once if it is new. An article that is known keeps its own time, for a
    /// redirect tells nothing new of it; a page that a person named leads on at once, and so does a part of an article.
    fn redirect(&mut self, due: &Due, target: &Url, key: PageUrl, hops_left: u8) {
        let shape = due.shape.as_ref().map(|_| key.shape());
        let found = Found { url: target.clone(), rank: 0, title: None, date_hint: None };
        self.push(key, target.clone(), &found, |candidate| Candidate {
            role: due.role,
            class: due.class,
            source: if due.role == Role::Article { Source::Redirect } else { due.source },
            place: place(Errand::Given, candidate.due_at),
            depth: due.depth,
            again: due.role != Role::Article || matches!(due.source, Source::Given | Source::Part),
            hops_left,
            shape,
            ..candidate
        });
    }

    /// The next part of an article: due at once, whatever its own time is.
    fn part(&mut self, due: &Due, next: &Url, key: PageUrl) {
        let found = Found { url: next.clone(), rank: 0, title: None, date_hint: None };
        let url = self.site.profile.canon.address(&key).unwrap_or_else(|_| next.clone());
        self.push(key, url, &found, |candidate| Candidate {
            source: Source::Part,
            place: place(Errand::Given, candidate.due_at),
            depth: due.depth,
            again: true,
            ..candidate
        });
    }

    fn push(&mut self, key: PageUrl, url: Url, found: &Found, shape: impl FnOnce(Candidate) -> Candidate) {
        if !self.seen.insert(key.clone()) {
            return;
        }
        let bare = Candidate {
            site: self.site.profile.site.clone(),
            key,
            url,
            found_as: found.url.clone(),
            role: Role::Article,
            source: Source::Article,
            class: Class::New,
            place: i64::MAX,
            hint_at: None,
            hint_published: false,
            told_at: None,
            due_at: self.now,
            again: false,
            hops_left: super::HOPS,
            depth: 0,
            shape: None,
        };
        let sighting = SightingRow { rank: found.rank, title: found.title.clone(), date_hint: found.date_hint };
        self.found.push((shape(bare), sighting));
    }

    /// The keys of the articles among them, from the nth on.
    fn article_keys(&self, from: usize) -> Vec<PageUrl> {
        self.found[from..].iter().filter(|(c, _)| c.class == Class::New).map(|(c, _)| c.key.clone()).collect()
    }
}

/// What an article prints under "Lire aussi", each with its target's key.
#[must_use]
pub(super) fn related(context: &Context, site: &Site, read: &Read) -> Vec<(crate::model::link::RelatedLink, String)> {
    let key = |link: &crate::model::link::RelatedLink| {
        let url = Url::parse(&link.url).ok()?;
        let page = context.owner(&url).map(|(_, page)| page).or_else(|| site.profile.canon.page(&url).ok())?;
        Some((link.clone(), page.as_str().to_owned()))
    };
    read.related.iter().filter_map(key).collect()
}

/// A profile's own listing as a page to remember.
///
/// # Errors
/// Why its URL is no page.
pub(super) fn seed(
    site: &Site,
    listing: &ListingSource,
    now: Timestamp,
    again: bool,
) -> Result<Candidate, crate::model::url::NotAPage> {
    Ok(Candidate {
        site: site.profile.site.clone(),
        key: site.profile.canon.page(&listing.url)?,
        url: listing.url.clone(),
        found_as: listing.url.clone(),
        role: role_of(listing.source),
        source: listing.source,
        class: Class::Listing,
        place: place(Errand::Listing { due: now, depth: 0, changed: None }, now),
        hint_at: None,
        hint_published: false,
        told_at: None,
        due_at: now,
        again,
        hops_left: super::HOPS,
        depth: 0,
        shape: None,
    })
}
