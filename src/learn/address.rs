//! What an article's address looks like, out of those at hand.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use url::Url;

use super::evidence::Evidence;
use crate::model::url::{drop_noise, is_named_as_story};

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
    /// Addresses that may be such listings, or stories with short names.
    pub doubtful: Vec<String>,
    /// Each path names the day.
    pub dated: bool,
}

/// Learns the patterns. `listings` are addresses that are known to be no articles.
pub(super) fn learn(pages: &[&Url], listings: &[Url]) -> Shapes {
    let first = common_first(pages);
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    for url in pages {
        let pattern = queried(url, pages).or_else(|| pattern(url, first.as_deref()));
        *groups.entry(pattern.unwrap_or_default()).or_default() += 1;
    }
    groups.remove("");
    let mut groups: Vec<(String, usize)> = groups.into_iter().collect();
    groups.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    groups.truncate(MOST);
    let compiled: Vec<Regex> = groups.iter().filter_map(|(pattern, _)| Regex::new(pattern).ok()).collect();
    let taken = listings.iter().filter(|url| compiled.iter().any(|p| p.is_match(url.path())));
    let articles: BTreeSet<&str> = pages.iter().map(|url| url.path()).collect();
    // What is excepted is never fetched: a story would be lost, a listing more is one page asked for in vain.
    let taken = taken.filter(|url| !is_of_story(url) && !articles.contains(url.path()));
    let (never, doubtful): (BTreeSet<&Url>, BTreeSet<&Url>) = taken.partition(|url| is_listing(url, pages));
    let literal = |urls: BTreeSet<&Url>| urls.into_iter().map(|url| literally(url.path())).take(NEVER).collect();
    let tried = pages.len();
    let dated = !groups.is_empty() && groups.iter().all(|(pattern, _)| pattern.contains("(?P<day>"));
    let evidence = |held| Evidence { tried, held, ..Evidence::default() };
    Shapes {
        paths: groups.into_iter().map(|(pattern, held)| (pattern, evidence(held))).collect(),
        never: literal(never),
        doubtful: literal(doubtful),
        dated,
    }
}

/// Does the address say that a story stands there: by a long name, a number, a day?
fn is_of_story(url: &Url) -> bool {
    is_named_as_story(url) || segments(url).windows(3).any(is_day)
}

/// Is what stands in many frames a listing for sure? Its address is shorter than any article's, or the articles' own are
/// all of stories, and this one is not.
fn is_listing(url: &Url, articles: &[&Url]) -> bool {
    let depth = segments(url).len();
    articles.iter().all(|article| is_of_story(article))
        || articles.iter().all(|article| segments(article).len() > depth)
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

/// The pattern of an address whose article is named by its query: `/?p=101`, or one of several under one path.
fn queried(url: &Url, pages: &[&Url]) -> Option<String> {
    let mut url = (*url).clone();
    drop_noise(&mut url);
    let values = |url: &Url, wanted: &str| {
        let mut pairs = url.query_pairs();
        pairs.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    let alike: Vec<&&Url> = pages.iter().filter(|other| other.path() == url.path()).collect();
    let names = |name: &str| {
        let said: BTreeSet<Option<String>> = alike.iter().map(|other| values(other, name)).collect();
        let number = said.iter().flatten().all(|value| value.bytes().all(|b| b.is_ascii_digit()));
        let tells = said.len() > 1 || alike.len() == 1 && url.path() == "/" && number;
        (tells && !said.contains(&None)).then_some(number)
    };
    let (name, number) = url.query_pairs().find_map(|(name, _)| Some((name.clone().into_owned(), names(&name)?)))?;
    let value = if number { r"\d+" } else { "[^&]+" };
    Some(format!(r"^{}\?(?:.*&)?{}={value}(?:&|$)", regex::escape(url.path()), regex::escape(&name)))
}

/// None for the front page.
fn pattern(url: &Url, first: Option<&str>) -> Option<String> {
    let all = segments(url);
    let (last, before) = all.split_last()?;
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
    Some(out)
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
    fn articles_that_only_their_query_names_have_a_pattern_too() {
        assert_eq!(only(&["/?p=101", "/?p=102"]), r"^/\?(?:.*&)?p=\d+(?:&|$)");
        assert_eq!(only(&["/?p=101"]), r"^/\?(?:.*&)?p=\d+(?:&|$)");
        let scripts = ["/article.php?rub=3&id=7", "/article.php?rub=3&id=8", "/article.php?rub=3&id=9"];
        assert_eq!(only(&scripts), r"^/article\.php\?(?:.*&)?id=\d+(?:&|$)");
        assert_eq!(shapes(&scripts, &[]).paths[0].1.held, 3);
        assert_eq!(shapes(&["/"], &[]).paths, []);
    }

    #[test]
    fn a_listing_that_looks_like_an_article_is_excepted() {
        let articles = ["/culture/le-bac-de-konna-reprend", "/sport/la-coupe-du-fleuve-commence"];
        let shapes = shapes(&articles, &["/dossiers/le-grand-format", "/sport"]);
        assert_eq!(shapes.never, [r"^/dossiers/le\-grand\-format/?$"]);
        assert!(!shapes.dated && shapes.doubtful.is_empty());
    }

    #[test]
    fn where_stories_have_short_names_nothing_as_short_is_excepted() {
        let most_read = ["/actu/interview", "/sport/coupe-monde", "/a-propos"];
        let shapes = shapes(&["/actu/bac-konna", "/sport/pluie", "/apropos/de/nous"], &most_read);
        assert_eq!(shapes.never, [r"^/a\-propos/?$"; 0]);
        assert_eq!(shapes.doubtful, [r"^/actu/interview/?$", r"^/sport/coupe\-monde/?$"]);
    }

    #[test]
    fn a_story_that_every_page_leads_to_is_not_excepted() {
        let listings = ["/le-bac-de-konna-traverse-de-nouveau", "/a-propos-de-nous", "/posts/a-b-694a5b2f0a1b2"];
        let articles = ["/la-pluie-est-venue-du-sud", "/le-marche-de-mopti-a-ouvert", "/posts/a-b-694a5b2f0a1c3"];
        let shapes = shapes(&articles, &listings);
        assert_eq!(shapes.never, [r"^/a\-propos\-de\-nous/?$"]);
    }
}
