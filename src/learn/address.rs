//! What an article's address looks like, out of those at hand.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use url::Url;

use super::evidence::Evidence;
use crate::model::url::is_named_as_story;

/// Patterns of one profile.
const MOST: usize = 6;
/// Addresses of sections that are excepted by name.
const NEVER: usize = 12;
/// Segments of a path.
const DEEP: usize = 8;
/// A headline in an address.
const WORDS: &str = "[^/?]+-[^/?]+-[^/?]+";

/// What the addresses of a site have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Shapes {
    /// Patterns of paths, with the pages that have them.
    pub paths: Vec<(String, Evidence)>,
    /// Listings that one of these takes in too. A story that every page leads to is none.
    pub never: Vec<String>,
    /// Each path names the day.
    pub dated: bool,
}

/// Learns the patterns. `listings` are addresses that are known to be no articles.
pub(super) fn learn(pages: &[&Url], listings: &[Url]) -> Shapes {
    let first = common_first(pages);
    let mut groups: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for url in pages {
        groups.entry(pattern(url, first.as_deref())).or_default().insert(url.path());
    }
    let mut groups: Vec<(String, usize)> = groups.into_iter().map(|(pattern, on)| (pattern, on.len())).collect();
    groups.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    groups.truncate(MOST);
    let compiled: Vec<Regex> = groups.iter().filter_map(|(pattern, _)| Regex::new(pattern).ok()).collect();
    let taken = listings.iter().filter(|url| compiled.iter().any(|p| p.is_match(url.path())));
    // What is excepted is never fetched: a story would be lost, a listing more is one page asked for in vain.
    let taken = taken.filter(|url| !is_named_as_story(url) && !segments(url).windows(3).any(is_day));
    let articles: BTreeSet<&str> = pages.iter().map(|url| url.path()).collect();
    let never: BTreeSet<String> = taken.map(Url::path).filter(|path| !articles.contains(path)).map(literally).collect();
    let tried = pages.len();
    let dated = !groups.is_empty() && groups.iter().all(|(pattern, _)| pattern.contains("(?P<day>"));
    let evidence = |held| Evidence { tried, held, ..Evidence::default() };
    Shapes {
        paths: groups.into_iter().map(|(pattern, held)| (pattern, evidence(held))).collect(),
        never: never.into_iter().take(NEVER).collect(),
        dated,
    }
}

fn literally(path: &str) -> String {
    format!("^{}/?$", regex::escape(path.trim_end_matches('/')))
}

fn segments(url: &Url) -> Vec<&str> {
    url.path().split('/').filter(|segment| !segment.is_empty()).take(DEEP).collect()
}

/// The word that every path begins with, on three pages at least.
fn common_first(pages: &[&Url]) -> Option<String> {
    let first = segments(pages.first()?).first().map(|s| (*s).to_owned())?;
    let alike = pages.len() >= 3 && pages.iter().all(|url| segments(url).first().is_some_and(|s| **s == first));
    let word = first.chars().all(|c| c.is_alphabetic() || c == '-');
    (alike && word && pages.iter().all(|url| segments(url).len() > 1)).then_some(first)
}

fn pattern(url: &Url, first: Option<&str>) -> String {
    let all = segments(url);
    let Some((last, before)) = all.split_last() else { return "^/$".to_owned() };
    let mut out = String::from("^");
    let mut before = before;
    if let Some((word, rest)) = before.split_first()
        && first == Some(*word)
    {
        out.push('/');
        out.push_str(&regex::escape(word));
        before = rest;
    }
    let date = before.windows(3).position(is_day).map(|at| (at, 3));
    let date = date.or_else(|| before.windows(2).position(is_month).map(|at| (at, 2)));
    match date {
        Some((at, length)) => {
            out.push_str(&sections(at));
            let digits = if length == 3 { r"\d{4}/\d{1,2}/\d{1,2}" } else { r"\d{4}/\d{1,2}" };
            out.push('/');
            let named = format!("(?P<day>{digits})");
            out.push_str(if length == 3 { &named } else { digits });
            out.push_str(&sections(before.len() - at - length));
        }
        None => out.push_str(&sections(before.len())),
    }
    out.push('/');
    let last = in_general(last);
    // Nothing but articles is filed under a day.
    let sure = date.is_some() && last == WORDS;
    out.push_str(if sure { "[^/?]+" } else { &last });
    if url.path().ends_with('/') {
        out.push_str("/?");
    }
    out.push_str(r"(?:\?|$)");
    out
}

/// Sections and their sections: papers file stories more or less deep.
fn sections(count: usize) -> String {
    if count == 0 { String::new() } else { "(?:/[^/?]+)+".to_owned() }
}

fn is_number(text: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_day(parts: &[&str]) -> bool {
    is_month(&parts[..2]) && is_number(parts[2], 1..=2)
}

fn is_month(parts: &[&str]) -> bool {
    is_number(parts[0], 4..=4) && matches!(parts[0].as_bytes()[0], b'1' | b'2') && is_number(parts[1], 1..=2)
}

/// A last segment without what is this article's own: its words, its number, not its ending.
fn in_general(segment: &str) -> String {
    let (stem, ending) = match segment.rsplit_once('.') {
        Some((stem, ending)) if (2..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_lowercase()) => {
            (stem, format!(r"\.{ending}"))
        }
        _ => (segment, String::new()),
    };
    let id = stem.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let before = &stem[..stem.len() - id.len()];
    let joint = before.chars().next_back().map(|c| regex::escape(&c.to_string())).unwrap_or_default();
    let words = if before.chars().count() > 1 { "[^/?]+" } else { "" };
    let digits = id.bytes().filter(u8::is_ascii_digit).count();
    let hex = id.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if digits == id.len() && digits >= 4 {
        return format!("{words}{joint}\\d{{{},}}{ending}", 4.min(digits));
    }
    if hex && id.len() >= 8 && digits > 0 {
        return format!("{words}{joint}[0-9a-f]{{{}}}{ending}", id.len());
    }
    if digits > 1 && id.len() >= 6 {
        return format!("{words}{joint}[0-9A-Za-z]{{{},}}{ending}", 6);
    }
    if !ending.is_empty() {
        return format!("[^/?]+{ending}");
    }
    // Sections have one word, headlines have several.
    if stem.matches(['-', '_']).count() >= 2 { WORDS.to_owned() } else { "[^/?]+".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(paths: &[&str], listings: &[&str]) -> Shapes {
        let url = |path: &&str| Url::parse(&format!("https://journal.example{path}")).unwrap();
        let pages: Vec<Url> = paths.iter().map(url).collect();
        learn(&pages.iter().collect::<Vec<_>>(), &listings.iter().map(url).collect::<Vec<_>>())
    }

    fn only(paths: &[&str]) -> String {
        let shapes = shapes(paths, &[]);
        assert_eq!(shapes.paths.len(), 1, "{shapes:?}");
        let pattern = Regex::new(&shapes.paths[0].0).unwrap();
        assert!(paths.iter().all(|path| pattern.is_match(path)), "{pattern}");
        shapes.paths[0].0.clone()
    }

    #[test]
    fn addresses_of_a_kind_have_one_pattern() {
        let posts = ["/posts/le-pont-694a5b2f0a1b2", "/posts/le-bac-694a5b2f0a1c3", "/posts/un-694a5b2f0a1d4"];
        assert_eq!(only(&posts), r"^/posts/[^/?]+\-[0-9a-f]{13}(?:\?|$)");
        let dated = only(&["/2026/03/02/le-bac-reprend", "/2026/3/12/la-pluie-est-venue"]);
        assert_eq!(dated, r"^/(?P<day>\d{4}/\d{1,2}/\d{1,2})/[^/?]+(?:\?|$)");
        let deep = only(&["/politik/ausland/titel-a1-12345.html", "/sport/ein-anderer-2345678.html"]);
        assert_eq!(deep, r"^(?:/[^/?]+)+/[^/?]+\-\d{4,}\.html(?:\?|$)");
    }

    #[test]
    fn a_listing_that_looks_like_an_article_is_excepted() {
        let shapes = shapes(&["/culture/a-b-c", "/sport/d-e-f"], &["/dossiers/le-grand-format", "/sport"]);
        assert_eq!(shapes.never, [r"^/dossiers/le\-grand\-format/?$"]);
        assert!(!shapes.dated);
    }

    #[test]
    fn a_story_that_every_page_leads_to_is_not_excepted() {
        let listings = ["/le-bac-de-konna-traverse-de-nouveau", "/a-propos-de-nous", "/posts/a-b-694a5b2f0a1b2"];
        let shapes = shapes(&["/la-pluie-est-venue", "/le-marche-a-ouvert", "/posts/a-b-694a5b2f0a1c3"], &listings);
        assert_eq!(shapes.never, [r"^/a\-propos\-de\-nous/?$"]);
    }
}
