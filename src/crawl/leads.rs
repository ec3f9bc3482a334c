//! Where a page leads: links, listings and redirects made canonical and given their place in line.

use std::collections::HashSet;

use jiff::Timestamp;
use url::Url;

use super::context::{Context, Site};
use super::reading::Read;
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
        Source::Article | Source::Redirect | Source::Given => Role::Article,
    }
}

/// The candidates of one page; each page once.
pub(super) struct Leads<'c> {
    context: &'c Context,
    site: &'c Site,
    now: Timestamp,
    seen: HashSet<PageUrl>,
    found: Vec<Lead>,
}

impl<'c> Leads<'c> {
    /// Nothing found yet.
    #[must_use]
    pub(super) fn new(context: &'c Context, site: &'c Site, now: Timestamp) -> Self {
        Self { context, site, now, seen: HashSet::new(), found: Vec::new() }
    }

    /// The articles that a page shows. Links that have no article's shape lead nowhere.
    pub(super) fn articles(&mut self, found: &[Found], source: Source) {
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
            self.push(key, url, found, |candidate| Candidate { source, place, hint_at, told_at, ..candidate });
        }
    }

    /// The listings that a listing leads to. `again`: those that are known are asked again too.
    pub(super) fn listings(&mut self, further: &[Found], source: Source, depth: u32, again: bool) {
        for found in further {
            let Some((owner, key)) = self.context.owner(&found.url) else { continue };
            if owner.profile.site != self.site.profile.site {
                continue;
            }
            let place = place(Errand::Listing { due: self.now, depth, changed: found.date_hint }, self.now);
            self.push(key, found.url.clone(), found, |candidate| Candidate {
                role: role_of(source),
                class: Class::Listing,
                told_at: found.date_hint,
                source,
                place,
                depth,
                again,
                ..candidate
            });
        }
    }

    /// Another page that a redirect leads to, due at once.
    pub(super) fn redirect(&mut self, due: &Due, target: &Url, key: PageUrl, hops_left: u8) {
        let found = Found { url: target.clone(), rank: 0, title: None, date_hint: None };
        self.push(key, target.clone(), &found, |candidate| Candidate {
            role: due.role,
            class: due.class,
            source: if due.role == Role::Article { Source::Redirect } else { due.source },
            place: place(Errand::Given, candidate.due_at),
            depth: due.depth,
            again: true,
            hops_left,
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
            told_at: None,
            due_at: self.now,
            again: false,
            hops_left: super::HOPS,
            depth: 0,
        };
        let sighting = SightingRow { rank: found.rank, title: found.title.clone(), date_hint: found.date_hint };
        self.found.push((shape(bare), sighting));
    }

    /// The keys of the articles among them.
    #[must_use]
    pub(super) fn article_keys(&self) -> Vec<PageUrl> {
        self.found.iter().filter(|(c, _)| c.class == Class::New).map(|(c, _)| c.key.clone()).collect()
    }

    /// All of them, in the order found.
    #[must_use]
    pub(super) fn into_vec(self) -> Vec<Lead> {
        self.found
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
        told_at: None,
        due_at: now,
        again,
        hops_left: super::HOPS,
        depth: 0,
    })
}
