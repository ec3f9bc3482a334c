use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use super::*;

fn at(hours: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + hours * 3600).unwrap()
}

fn url(path: &str) -> Url {
    Url::parse("https://journal.example").unwrap().join(path).unwrap()
}

fn learnt(learnt: Learnt) -> Robots {
    let mut robots = Robots::unknown();
    robots.learn(learnt, at(0));
    robots
}

fn of(body: &[u8]) -> Robots {
    learnt(Learnt::from_answer(200, body, None))
}

fn open(robots: &Robots, path: &str) -> bool {
    robots.admit(&url(path), at(0)).allowed
}

#[test]
fn twelve_ways_to_be_answered() {
    let status = |code| Learnt::from_answer(code, b"User-agent: *\nDisallow: /", None);
    for code in [400, 401, 403, 404, 410, 451] {
        assert!(open(&learnt(status(code)), "/a"), "{code}: no rules");
    }
    for code in [301, 304, 429, 500, 502, 503] {
        assert!(!open(&learnt(status(code)), "/a"), "{code}: nobody enters");
    }
    for kind in [FailureKind::Dns, FailureKind::Timeout, FailureKind::Tls, FailureKind::Reset] {
        assert!(!open(&learnt(Learnt::from_failure(kind)), "/a"), "{kind:?}: nobody enters");
    }
    assert!(!open(&learnt(Learnt::lost_in_redirects()), "/a"));
    assert!(!open(&Robots::unknown(), "/a"));
    let cut = |how| learnt(Learnt::from_answer(200, b"User-agent: *\nDisallow:", Some(how)));
    assert!(!open(&cut(Truncation::Disconnect), "/a") && open(&cut(Truncation::Length), "/a"));
}

#[test]
fn the_rule_that_decided_is_told() {
    let robots =
        of(b"User-agent: *\nDisallow: /prive\nAllow: /prive/ouvert\nUser-agent: Griot/1.0 (+x)\nDisallow: /nous");
    let by = |path| robots.admit(&url(path), at(0));
    assert_eq!(by("/nous/x").rule.as_deref(), Some("Disallow: /nous"));
    assert!(by("/prive").allowed && by("/prive").rule.is_none());
    assert_eq!(by("/prive").basis, Basis::Rules(at(0)));
    let all = of(b"User-agent: *\nDisallow: /prive\nAllow: /prive/ouvert");
    let open = all.admit(&url("/prive/ouvert?x=1"), at(0));
    assert_eq!((open.allowed, open.rule.as_deref()), (true, Some("Allow: /prive/ouvert")));
    assert_eq!(all.admit(&url("/prive/x"), at(0)).rule.as_deref(), Some("Disallow: /prive"));
}

#[test]
fn a_cached_copy_rules_while_robots_cannot_be_read() {
    let mut robots = of(b"User-agent: *\nDisallow: /prive");
    assert!(!robots.is_due(at(23)) && robots.is_due(at(24)));
    robots.learn(Learnt::from_answer(503, b"", None), at(24));
    for hours in [24, 24 * 40] {
        assert!(robots.admit(&url("/a"), at(hours)).allowed && !robots.admit(&url("/prive"), at(hours)).allowed);
    }
    assert_eq!(robots.admit(&url("/a"), at(25)).basis, Basis::OldCopy(at(0)));
    robots.learn(Learnt::from_answer(404, b"", None), at(30));
    assert!(robots.admit(&url("/prive"), at(30)).allowed);
}

#[test]
fn without_a_copy_nobody_enters_for_thirty_days() {
    let mut robots = Robots::unknown();
    for hours in [0, 300, 700] {
        robots.learn(Learnt::from_failure(FailureKind::Timeout), at(hours));
    }
    assert!(!robots.admit(&url("/a"), at(30 * 24 - 1)).allowed);
    assert!(robots.admit(&url("/a"), at(30 * 24)).allowed);
    // "No rules" is no copy: it lapses with its day.
    let mut none = learnt(Learnt::from_answer(404, b"", None));
    none.learn(Learnt::from_answer(500, b"", None), at(25));
    assert!(!none.admit(&url("/a"), at(25)).allowed);
}

#[test]
fn an_unreachable_file_is_asked_for_ever_more_rarely() {
    let mut robots = Robots::unknown();
    assert_eq!(robots.next_ask(), None);
    let mut waits = Vec::new();
    for _ in 0..9 {
        robots.learn(Learnt::from_answer(500, b"", None), at(0));
        waits.push(robots.next_ask().unwrap().duration_since(at(0)).as_mins());
    }
    assert_eq!(waits, [15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
    robots.learn(Learnt::from_answer(200, b"", None), at(0));
    robots.confirmed(at(5));
    assert_eq!(robots.next_ask(), Some(at(29)));
    assert!(robots.is_due(at(-400 * 24)), "a copy from the future does not live for ever");
}

#[test]
fn delays_are_clamped_and_junk_is_ignored() {
    let least = Duration::from_secs(2);
    for (value, seconds) in [
        ("10", 10.0),
        ("0.5", 2.0),
        ("2.5 # half", 2.5),
        ("1e300", 300.0),
        ("86400", 300.0),
        ("-1", 2.0),
        ("nan", 2.0),
        ("inf", 2.0),
        ("5s", 2.0),
        ("", 2.0),
    ] {
        let robots = of(format!("User-agent: *\nCrawl-delay: {value}\nDisallow: /x").as_bytes());
        assert!((robots.delay(least).as_secs_f64() - seconds).abs() < 1e-9, "{value}: {:?}", robots.delay(least));
        assert!(!open(&robots, "/x"), "{value} takes nothing from the rules");
    }
    let slow = of(b"User-agent: *\nCrawl-delay: 10");
    assert_eq!(slow.delay(Duration::from_mins(10)), Duration::from_mins(10), "the profile's own pace stands");
}

#[test]
fn odd_bytes_are_read() {
    let text = "User-agent: *\nDisallow: /ferm\u{e9}\n";
    let utf16 = |big: bool, mark: bool| -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let with_mark = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let files = [utf16(true, true), utf16(false, true), utf16(true, false), utf16(false, false), with_mark];
    for file in files {
        assert!(!open(&of(&file), "/fermé/x") && open(&of(&file), "/ferm"), "{file:?}");
    }
    for breaks in ["\r", "\0", "\r\n", "\n\n\n"] {
        let robots = of(format!("User-agent: *{breaks}Disallow: /x{breaks}Crawl-delay: 7").as_bytes());
        assert!(!open(&robots, "/x"), "{breaks:?}");
        assert_eq!(robots.delay(Duration::ZERO).as_secs(), 7);
    }
    assert!(!open(&of(b"User-agent: *\nDisallow: /caf\xe9"), "/caf%E9"), "a byte of Latin-1 stands for itself");
    let page = of(b"\n <!DOCTYPE html><html><body>\nUser-agent: *\nDisallow: /\n</body></html>");
    assert!(open(&page, "/a") && page.standing().0 == "allow-all");
}

#[test]
fn the_first_five_hundred_kibibytes_count_and_half_a_rule_does_not() {
    let mut file = b"User-agent: *\nDisallow: /first\n#".to_vec();
    file.resize(robotxt::BYTE_LIMIT - 20, b'-');
    file.extend(b"\nDisallow: /a\nDisallow: /abcdefghijkl\nDisallow: /late\n");
    let robots = of(&file);
    assert!(!open(&robots, "/first") && !open(&robots, "/a") && open(&robots, "/late"));
    let one_line = vec![b'x'; 10 << 20];
    assert!(open(&of(&one_line), "/a"));
}

#[test]
fn pattern_bombs_cost_little() {
    let mut file = String::from("User-agent: *\n");
    for n in 0..20_000 {
        writeln!(file, "Disallow: /a*a*a*a*{n}$").unwrap();
    }
    let robots = of(file.as_bytes());
    let stars = of(format!("User-agent: *\nDisallow: /{}b$\nDisallow: /shut", "a*".repeat(200_000)).as_bytes());
    let long = format!("/{}", "a".repeat(2000));
    let began = Instant::now();
    assert!(open(&robots, &long) && open(&stars, &long) && !open(&stars, "/shut"));
    let took = began.elapsed();
    println!("20,000 patterns of stars and one of 200,000 against 2,000 characters: {took:?}");
    assert!(took < Duration::from_millis(300), "{took:?}");
}

#[test]
fn sitemaps_are_listed_and_the_state_survives_its_writing() {
    let robots = of(b"Sitemap: https://journal.example/s.xml\nsitemap: relatif\nUser-agent: *\nDisallow: /x");
    assert_eq!(robots.sitemaps().len(), 1);
    let kept = serde_json::to_string(&robots).unwrap();
    let back: Robots = serde_json::from_str(&kept).unwrap();
    assert_eq!(back, robots);
    assert!(!open(&back, "/x"));
}

/// Where griot answers otherwise than Google's table, and why.
const DIFFERENCES: [(&str, &str); 4] = [
    ("http://foo.bar/foo/bar/ツ", "the table asks for the letter unencoded; a parsed URL never has it so"),
    ("http://foo.bar/foo/bar/ツ", "the same, with the rule encoded"),
    ("http://foo.bar/foo/bar/baz", "`%62%61%7A` is `baz` by RFC 9309 §2.2.2"),
    ("http://foo.com/allowed-slash/", "`index.html` standing for its folder is Google's own"),
];

/// Google's own table, where it is at hand.
#[test]
fn googles_cases() {
    #[derive(Deserialize)]
    struct Case {
        robots_txt: String,
        user_agent: String,
        url: String,
        allowed: bool,
    }
    let folder = std::env::var_os("GRIOT_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let Ok(text) = std::fs::read_to_string(folder.join("data/robots/google-robots-cases.json")) else {
        println!("skipped: no data/robots under {}", folder.display());
        return;
    };
    let cases: Vec<Case> = serde_json::from_str(&text).unwrap();
    let mut differ = Vec::new();
    let mut without = 0;
    for case in &cases {
        let Ok(url) = Url::parse(&case.url) else {
            without += 1;
            continue;
        };
        let rules = Rules::of_agent(case.robots_txt.clone(), &case.user_agent);
        let (allowed, _) = rules.judge(&url[Position::BeforePath..Position::AfterQuery]);
        if allowed != case.allowed {
            differ.push(case.url.as_str());
        }
    }
    let agree = cases.len() - without - differ.len();
    println!("{agree} of {} cases agree, {without} have no URL, {} differ: {differ:?}", cases.len(), differ.len());
    assert_eq!(differ, DIFFERENCES.map(|(url, _)| url));
}
