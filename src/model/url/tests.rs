use std::path::PathBuf;

use proptest::prelude::*;
use url::Url;

use super::{Canon, MAX_URL, NotAPage};

fn canon() -> Canon {
    Canon {
        hosts: vec!["www.journal.example".into(), "journal.example".into(), "xn--tlrama-bvab.example:8080".into()],
        scheme: "https".into(),
        drop_params: vec!["Retour".into(), "mode_*".into()],
    }
}

fn page(text: &str) -> Result<String, NotAPage> {
    canon().page(&Url::parse(text).unwrap()).map(|page| page.as_str().to_owned())
}

#[test]
fn the_table_of_canonical_forms() {
    for (found, key) in [
        // hosts, schemes, ports
        ("http://journal.example/a", "www.journal.example/a"),
        ("HTTPS://WWW.Journal.Example./a#bas", "www.journal.example/a"),
        ("http://journal.example:80/a", "www.journal.example/a"),
        ("https://journal.example:80", "www.journal.example/"),
        ("http://t\u{e9}l\u{e9}rama.example:8080/a", "www.journal.example/a"),
        ("http://t\u{e9}l\u{e9}rama.example/a", "xn--tlrama-bvab.example/a"),
        ("https://ailleurs.example:8443/a", "ailleurs.example:8443/a"),
        // percent-encoding
        ("https://journal.example/%7euser/%C3%A9t%c3%a9", "www.journal.example/~user/%C3%A9t%C3%A9"),
        ("https://journal.example/été", "www.journal.example/%C3%A9t%C3%A9"),
        ("https://journal.example/l'essor", "www.journal.example/l%27essor"),
        ("https://journal.example/100%", "www.journal.example/100%25"),
        ("https://journal.example/a%2Fb", "www.journal.example/a%2Fb"),
        ("https://journal.example/%%411", "www.journal.example/%25A1"),
        ("https://journal.example/x/./y/%2e%2e/z", "www.journal.example/x/z"),
        // query
        ("https://journal.example/?", "www.journal.example/"),
        ("https://journal.example/a?b=2&a=1", "www.journal.example/a?a=1&b=2"),
        ("https://journal.example/a?a=2&a=1&&", "www.journal.example/a?a=2&a=1"),
        ("https://journal.example/a?UTM_Source=x&id=7&fbclid=y", "www.journal.example/a?id=7"),
        ("https://journal.example/a?xtor=RSS-1&at_medium=x&at_campaign=y&mc_cid=1", "www.journal.example/a"),
        ("https://journal.example/a?id=7&amp;page=2", "www.journal.example/a?id=7&page=2"),
        ("https://journal.example/a?retour=1&mode_nuit=2&mode=3", "www.journal.example/a?mode=3"),
        ("https://ailleurs.example/a?retour=1", "ailleurs.example/a?retour=1"),
        ("https://journal.example/spip.php?article12", "www.journal.example/spip.php?article12"),
        // sessions
        ("https://journal.example/a;jsessionid=8F2?x=1", "www.journal.example/a?x=1"),
        ("https://journal.example/a;v=1;JSESSIONID=8F2/b", "www.journal.example/a;v=1/b"),
        ("https://journal.example/a?PHPSESSID=4c1a", "www.journal.example/a"),
        ("https://journal.example/a?sid=0123456789abcdef0", "www.journal.example/a"),
        ("https://journal.example/a?sid=12", "www.journal.example/a?sid=12"),
        // a day is no trap
        ("https://journal.example/2011/11/11/11/a", "www.journal.example/2011/11/11/11/a"),
        ("https://journal.example/a/a/b", "www.journal.example/a/a/b"),
    ] {
        assert_eq!(page(found).as_deref(), Ok(key), "{found}");
    }
}

#[test]
fn what_is_no_page() {
    let long = format!("https://journal.example/{}", "a".repeat(MAX_URL));
    let grows = format!("https://journal.example/{}", "'".repeat(800));
    for (found, why) in [
        ("mailto:a@journal.example", NotAPage::Scheme("mailto".into())),
        ("data:text/html,x", NotAPage::Scheme("data".into())),
        ("https://jo:pw@journal.example/", NotAPage::UserInfo),
        ("https://jo@journal.example/", NotAPage::UserInfo),
        (long.as_str(), NotAPage::TooLong),
        (grows.as_str(), NotAPage::TooLong),
        ("https://journal.example/a/a/a/", NotAPage::Repeats),
        ("https://journal.example/a/b/a/b/a/b", NotAPage::Repeats),
        ("https://journal.example/blog/css/CSS/../css/x", NotAPage::Repeats),
        ("https://journal.example/a%25252525", NotAPage::Repeats),
        ("https://journal.example/a?x=1&amp;amp;y=2", NotAPage::Repeats),
    ] {
        assert_eq!(page(found), Err(why), "{found}");
    }
}

#[test]
fn a_site_owns_its_hosts_only() {
    let owns = |text: &str| canon().owns(&Url::parse(text).unwrap());
    assert!(owns("http://journal.example/") && owns("https://WWW.journal.example:443/x"));
    assert!(!owns("https://journal.example.evil.example/") && !owns("ftp://journal.example/"));
    assert!(!owns("https://journal.example:8443/"));
}

#[test]
fn one_article_under_five_hundred_addresses_is_one_page() {
    let hosts =
        ["journal.example", "www.journal.example", "JOURNAL.example", "journal.example:80", "www.journal.example."];
    let noise =
        ["", "?utm_source=n", "?fbclid=n", "?PHPSESSID=n", "#n", "?at_x=n&gclid=n", "?xtor=n", "?amp;utm_medium=n"];
    let mut keys = std::collections::BTreeSet::new();
    let mut tried = 0;
    for host in hosts {
        for tail in noise {
            for n in 0..13 {
                let tail = tail.replace('n', &n.to_string());
                keys.insert(page(&format!("http://{host}/posts/un-titre-6780cbba{tail}")).unwrap());
                tried += 1;
            }
        }
    }
    assert_eq!((keys.len(), tried), (1, 520));
}

proptest! {
    #[test]
    fn a_page_asked_under_its_address_is_the_same_page(
        host in "(journal\\.example|www\\.journal\\.example|[a-z]{1,8}\\.example|\\[::1\\])(:80|:443|:8080)?",
        path in "(/[a-zA-Z0-9%;=.:@'|^~é \\[\\]-]{0,9}(%[0-9a-fA-F]{2}|;jsessionid=[a-z.]{0,3})?){0,6}",
        query in "(\\?([a-z]{1,4}|utm_a|amp;|sid|%[0-9a-f]{2}|[=&;+'|%é]){0,9})?",
    ) {
        if let Ok(url) = Url::parse(&format!("http://{host}{path}{query}")) {
            check_round_trip(&url)?;
        }
    }

    #[test]
    fn any_text_that_parses_is_a_page_or_refused(text in "https?://[^\\s]{1,60}") {
        if let Ok(url) = Url::parse(&text) {
            check_round_trip(&url)?;
        }
    }
}

fn check_round_trip(url: &Url) -> Result<(), TestCaseError> {
    let canon = canon();
    let Ok(page) = canon.page(url) else { return Ok(()) };
    let address = canon.address(&page);
    prop_assert!(address.is_ok(), "{} has no address", page);
    prop_assert_eq!(canon.page(&address.unwrap()), Ok(page.clone()), "from {}", url);
    prop_assert!(page.as_str().is_ascii() && page.as_str().len() <= MAX_URL);
    Ok(())
}

/// Pairs of other people's canonicalisers, where they are at hand: how many agree with griot's keys. They differ on purpose where
/// those fold what may name another page to a server: `www.` and `m.` (a profile's hosts do that), `index.html`, closing and double
/// slashes, `.amp`, the case of a path, `%2525`, and parameters that only some sites use for noise (`ref`, `s`, `platform`).
#[test]
fn other_canonicalisers_pairs() {
    let folder = std::env::var_os("GRIOT_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let folder = folder.join("data/url");
    if !folder.is_dir() {
        println!("skipped: no {}", folder.display());
        return;
    }
    for (file, agree_at_least) in
        [("ural-canonicalize_url.json", 23), ("ural-normalize_url.json", 33), ("surt-cases.tsv", 31)]
    {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let pairs = if file.ends_with("json") { ural(&text) } else { surt(&text) };
        let (mut agree, mut differ, mut apart) = (0, Vec::new(), 0);
        for (found, expected) in &pairs {
            match (key_of(found), key_of(expected)) {
                (Some(a), Some(b)) if a == b => agree += 1,
                (Some(a), Some(b)) => differ.push(format!("{found} -> {a} and not {b}")),
                _ => apart += 1,
            }
        }
        println!("{file}: {agree} agree, {} differ, {apart} are no page on one side", differ.len());
        for one in &differ {
            println!("  {one}");
        }
        assert!(agree >= agree_at_least, "{file}: {agree}");
    }
}

fn key_of(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches("//");
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let canon = Canon { hosts: Vec::new(), scheme: "https".into(), drop_params: Vec::new() };
    canon.page(&Url::parse(&whole).ok()?).ok().map(|page| page.to_string())
}

fn ural(text: &str) -> Vec<(String, String)> {
    let rows: Vec<Vec<serde_json::Value>> = serde_json::from_str(text).unwrap();
    let word = |row: &Vec<serde_json::Value>, at: usize| row.get(at).and_then(|v| v.as_str()).map(str::to_owned);
    rows.iter().filter(|row| row.len() == 2).filter_map(|row| Some((word(row, 0)?, word(row, 1)?))).collect()
}

/// The rows that canonicalise a whole URL.
fn surt(text: &str) -> Vec<(String, String)> {
    let rows = text.lines().filter(|line| line.contains("URLCanonicalizer.canonicalize("));
    rows.filter_map(|line| {
        let mut cells = line.split('\t').skip(1);
        let (expression, expected) = (cells.next()?, cells.next()?);
        let found = expression.split('\'').nth(1)?;
        Some((found.to_owned(), expected.to_owned()))
    })
    .collect()
}
