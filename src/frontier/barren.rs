//! Traps: patterns of addresses that lead on and on and to no article. Each has a budget of barren pages; then it is left
//! alone for a time, longer and after fewer pages each time it is found barren again.

use jiff::SignedDuration;

/// What kind of pages a pattern stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Pages that look like articles by their address.
    Article,
    /// Deeper pages of listings.
    Listing,
}

/// Barren pages in a row that a pattern may have at first: no paper prints so many galleries or dead links on end.
const ARTICLES: u32 = 200;

/// A listing shows many articles, so fewer pages of it tell more.
const LISTINGS: u32 = 40;

/// Fewest pages that a pattern is tried with.
const FEWEST: u32 = 5;

/// How long a pattern is left alone the first time.
const FIRST: SignedDuration = SignedDuration::from_hours(24);

/// And at the longest.
const LONGEST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Links from article to article that are followed away from a listing.
pub const MAX_HOPS: u32 = 100;

/// Levels of sitemap indexes; the protocol knows one.
pub const MAX_SITEMAP_DEPTH: u32 = 3;

/// Sitemaps of one index that are followed, those that changed last first: 80 years by month, or 13 by day.
pub const MAX_SITEMAPS: usize = 5_000;

/// Articles of one of the profile's own listings that are asked for whatever their pattern, from the top; ten times as many
/// of a feed or news sitemap, which show news and nothing else.
pub const TRUSTED: u32 = 100;

/// How a pattern stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Pages since the last one that gave a new article.
    pub barren: u32,
    /// How often it was left alone since then.
    pub closures: u32,
}

impl Standing {
    /// How long the pattern is to be left alone from now on; `None`: it may go on.
    #[must_use]
    pub fn closes(self, kind: Kind) -> Option<SignedDuration> {
        let first = match kind {
            Kind::Article => ARTICLES,
            Kind::Listing => LISTINGS,
        };
        let budget = (first >> self.closures.min(31)).max(FEWEST);
        let wait = FIRST.saturating_mul(1i32.checked_shl(self.closures).filter(|f| *f > 0).unwrap_or(i32::MAX));
        (self.barren >= budget).then_some(wait.min(LONGEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_left_alone_longer_and_sooner_each_time() {
        let mut spent = Vec::new();
        for closures in 0..12 {
            let closes = |barren| Standing { barren, closures }.closes(Kind::Article);
            let barren = (1..=200).find(|barren| closes(*barren).is_some()).unwrap();
            spent.push((barren, closes(barren).unwrap().as_hours() / 24));
        }
        assert_eq!(spent[..6], [(200, 1), (100, 2), (50, 4), (25, 8), (12, 16), (6, 30)]);
        assert!(spent[6..].iter().all(|s| *s == (5, 30)), "{spent:?}");
        assert_eq!(Standing { barren: 39, closures: 0 }.closes(Kind::Listing), None);
        assert!(Standing { barren: u32::MAX, closures: u32::MAX }.closes(Kind::Listing).is_some());
    }
}
