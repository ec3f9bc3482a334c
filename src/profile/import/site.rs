//! Which site a rule file is for, and what its articles' addresses look like, as far as its tests tell.

use std::collections::BTreeSet;

use url::Url;

/// Shapes of addresses that a profile is given.
const MOST_SHAPES: usize = 8;

/// Hosts: the one that the file is named after, `www.` before it, and those of the tests that belong to it.
pub(super) struct Hosts {
    /// Never empty; the first is the one that the newest test asks.
    pub(super) names: Vec<String>,
    /// The file holds for every host under its name.
    pub(super) every_subdomain: bool,
    /// The file names no host; a place-holder stands there.
    pub(super) unknown: bool,
}

/// The hosts of a file by its name, without `.txt`, and of its tests.
pub(super) fn hosts(file_name: &str, tests: &[Url]) -> Hosts {
    let every_subdomain = file_name.starts_with('.');
    let bare = file_name.trim_start_matches('.').trim_start_matches("www.").to_lowercase();
    let named = host(&bare).filter(|name| name.contains('.') && !name.starts_with("fingerprint."));
    let Some(own) = named else {
        return Hosts { names: vec!["site.example".to_owned()], every_subdomain: false, unknown: true };
    };
    let under = format!(".{own}");
    let belongs = |name: &str| {
        name == own || name.strip_prefix("www.") == Some(own.as_str()) || (every_subdomain && name.ends_with(&under))
    };
    let tested = tests.iter().rev().filter_map(Url::host_str).filter(|name| belongs(name)).map(str::to_owned);
    let mut names: Vec<String> = tested.chain([own.clone(), format!("www.{own}")]).collect();
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    Hosts { names, every_subdomain, unknown: false }
}

fn host(name: &str) -> Option<String> {
    let url = Url::parse(&format!("https://{name}/")).ok()?;
    let plain = url.path() == "/" && url.username().is_empty() && url.port().is_none() && url.query().is_none();
    url.domain().filter(|_| plain).map(str::to_owned)
}

/// Patterns for the paths of articles: only where every test has a number that can be an article's own.
pub(super) fn paths(tests: &[Url], hosts: &[String]) -> Option<Vec<String>> {
    let own = tests.iter().filter(|url| url.host_str().is_some_and(|host| hosts.iter().any(|h| h == host)));
    let shapes: Option<BTreeSet<String>> = own.map(shape).collect();
    shapes.filter(|shapes| !shapes.is_empty() && shapes.len() <= MOST_SHAPES).map(|all| all.into_iter().collect())
}

/// The shape of an address; `None` where nothing in it tells an article from a section.
fn shape(url: &Url) -> Option<String> {
    const DIGITS: usize = 4;
    let mut out = String::from("^");
    let mut numbered = false;
    for segment in url.path_segments()?.filter(|s| !s.is_empty()) {
        let longest = segment.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or_default();
        out.push_str(if longest == segment.len() {
            r"/\d+"
        } else if longest >= DIGITS {
            r"/[^/?]*\d{4,}[^/?]*"
        } else {
            "/[^/?]+"
        });
        numbered |= longest >= DIGITS;
    }
    out.push_str("/?(?:[?]|$)");
    numbered.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(all: &[&str]) -> Vec<Url> {
        all.iter().map(|u| Url::parse(u).unwrap()).collect()
    }

    #[test]
    fn hosts_are_the_files_own_and_those_of_its_tests() {
        let tests = urls(&["http://lejour.example/a", "https://www.lejour.example/b", "https://ailleurs.example/c"]);
        assert_eq!(hosts("lejour.example", &tests).names, ["www.lejour.example", "lejour.example"]);
        let blogs = hosts(".lejour.example", &urls(&["https://blog.lejour.example/a"]));
        assert_eq!(blogs.names, ["blog.lejour.example", "lejour.example", "www.lejour.example"]);
        assert!(blogs.every_subdomain && !blogs.unknown);
        for odd in ["global", "fingerprint.lejour.example", "", "..", "a b", "x:80", "été été", "127.0.0.1"] {
            assert!(hosts(odd, &tests).unknown, "{odd}");
        }
    }

    #[test]
    fn paths_are_told_only_by_numbers_that_articles_have() {
        let hosts = ["x.example".to_owned()];
        let of = |all: &[&str]| paths(&urls(all), &hosts);
        let dated = of(&["https://x.example/2024/05/01/un-titre.html", "https://x.example/2023/12/31/autre?x=1"]);
        assert_eq!(dated.unwrap(), [r"^/\d+/\d+/\d+/[^/?]+/?(?:[?]|$)"]);
        let numbered = of(&["https://x.example/ville/un-titre-123456.html", "https://x.example/p/7891011/"]);
        assert_eq!(numbered.unwrap(), [r"^/[^/?]+/[^/?]*\d{4,}[^/?]*/?(?:[?]|$)", r"^/[^/?]+/\d+/?(?:[?]|$)"]);
        assert_eq!(of(&["https://x.example/2024/05/01/un-titre", "https://x.example/ville/un-titre"]), None);
        assert_eq!(of(&["https://ailleurs.example/2024/05/01/un-titre"]), None);
    }
}
