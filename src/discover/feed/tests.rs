use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

fn base() -> Url {
    Url::parse("https://journal.example/rss/flux.xml").unwrap()
}

fn feed(body: impl AsRef<[u8]>) -> Listing {
    read_feed(body.as_ref(), &base(), None)
}

fn links(listing: &Listing) -> Vec<&str> {
    listing.found.iter().map(|found| found.url.as_str()).collect()
}

fn titles(listing: &Listing) -> Vec<&str> {
    listing.found.iter().map(|found| found.title.as_deref().unwrap_or("-")).collect()
}

fn item(n: usize) -> String {
    format!(
        "<item><title>Titre {n}</title><link>https://journal.example/a{n}</link>\
         <pubDate>Fri, 24 Jan 2025 07:{n:02}:00 +0000</pubDate><description>Texte {n}</description></item>\n"
    )
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>Flux</title>{items}</channel></rss>"
    )
}

const THREE: [&str; 3] = ["https://journal.example/a1", "https://journal.example/a2", "https://journal.example/a3"];

#[test]
fn a_sound_feed() {
    let listing = feed(rss(&(1..4).map(item).collect::<String>()));
    assert_eq!((links(&listing), &listing.health), (THREE.to_vec(), &Health::Sound));
    assert_eq!(titles(&listing), ["Titre 1", "Titre 2", "Titre 3"]);
    let second = &listing.found[1];
    assert_eq!((second.rank, second.date_hint), (1, "2025-01-24T07:02:00Z".parse().ok()));
}

/// Seventeen feeds with one fault each, and one without: all three items must be found in every one.
#[test]
fn odd_feeds_lose_no_item() {
    let three: String = (1..4).map(item).collect();
    let with = |from: &str, to: &str| rss(&three).replacen(from, to, 1).into_bytes();
    let latin1 = |text: String| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>();
    let undeclared = rss(&three).replace(" encoding=\"UTF-8\"", "").replace("Texte 2", "l'été à Ségou, très chaud");
    let odd: Vec<(&str, Vec<u8>)> = vec![
        ("sound", rss(&three).into_bytes()),
        ("bare ampersand", with("Titre 2", "Pain & eau")),
        ("ampersand in an address", with("/a2</link>", "/a2</link><comments>https://x.example/?a=1&b=2</comments>")),
        ("entities of HTML", with("Titre 2", "L&rsquo;&eacute;t&eacute;&nbsp;!")),
        ("an entity nobody knows", with("Titre 2", "Titre &inconnu; 2")),
        ("control characters", with("Titre 2", "Titre\u{b}\u{0} 2")),
        ("a broken letter", {
            let mut bytes = with("Texte 2", "été été été");
            let at = bytes.iter().position(|b| *b == 0xc3).unwrap();
            bytes[at] = b'?';
            bytes
        }),
        ("Latin-1, undeclared", latin1(undeclared)),
        ("talk before the declaration", {
            let talk = "<br />\n<b>Warning</b>: mysql_connect() in <b>/www/a.php</b> on line <b>7</b><br />\n";
            [talk.as_bytes(), rss(&three).as_bytes()].concat()
        }),
        ("blank lines before", [b"\n\n ", rss(&three).as_bytes()].concat()),
        ("junk after the end", [rss(&three).as_bytes(), b"<!-- 0.2 s --><script>x()</script>"].concat()),
        ("a tag left open", with("Texte 2", "Un <br> et <b>gras")),
        ("a bare less-than", with("Texte 2", "3 < 4 et a <= b")),
        ("no version", with(" version=\"2.0\"", "")),
        ("another version", with("\"2.0\"", "\"2.1\"")),
        (
            "an item left open",
            with("</description></item>\n<item><title>Titre 2", "</description>\n<item><title>Titre 2"),
        ),
        ("a document type", with("<rss", "<!DOCTYPE rss [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;\">]>\n<rss")),
        ("no end", with("</channel></rss>", "")),
    ];
    assert_eq!(odd.len(), 18);
    for (fault, body) in &odd {
        let listing = feed(body);
        assert_eq!(links(&listing), THREE, "{fault}: {:?}", listing.health);
        assert!(listing.found.iter().all(|found| found.date_hint.is_some()), "{fault}: dates");
        assert!(!matches!(listing.health, Health::Broken(_)), "{fault}");
    }
    let health = |fault: &str| feed(&odd.iter().find(|(name, _)| *name == fault).unwrap().1).health;
    assert_eq!(health("sound"), Health::Sound);
    assert!(matches!(health("bare ampersand"), Health::Repaired(_)));
    assert!(matches!(health("no end"), Health::Partial(_)));
}

#[test]
fn headlines_are_what_a_reader_sees() {
    let item = |title: &str| format!("<item><title>{title}</title><link>/a</link></item>");
    for (written, seen) in [
        ("L&amp;rsquo;&amp;eacute;t&amp;eacute;", "L’été"),
        ("<![CDATA[<b>Mali</b>&nbsp;: la paix]]>", "Mali : la paix"),
        ("Un\n   titre\t coupé", "Un titre coupé"),
        ("AT&amp;T &lt; 3", "AT&T < 3"),
        ("   ", "-"),
    ] {
        assert_eq!(titles(&feed(rss(&item(written)))), [seen], "{written}");
    }
}

#[test]
fn links_where_feeds_hide_them() {
    let one = |item: &str| feed(rss(item)).found.first().map(|found| found.url.to_string());
    let guid =
        |attribute: &str| format!("<item><title>T</title><guid{attribute}>https://journal.example/g</guid></item>");
    assert_eq!(one(&guid("")).as_deref(), Some("https://journal.example/g"));
    assert_eq!(one(&guid(" isPermaLink=\"false\"")), None);
    assert_eq!(
        one("<item><link> /relatif?x=1&amp;y=2 </link></item>").as_deref(),
        Some("https://journal.example/relatif?x=1&y=2")
    );
    assert_eq!(one("<item><link>javascript:alert(1)</link></item>"), None);
    assert_eq!(
        one("<item><link><![CDATA[https://journal.example/c]]></link></item>").as_deref(),
        Some("https://journal.example/c")
    );
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>T</title>\
        <link rel='self' href='/self'/><link rel='enclosure' href='/a.mp3'/><link rel='alternate' type='text/html' href='/p'/>\
        <updated>2025-01-24T07:31:00Z</updated></entry></feed>";
    assert_eq!(links(&feed(atom)), ["https://journal.example/p"]);
    assert_eq!(feed(atom).found[0].date_hint, "2025-01-24T07:31:00Z".parse().ok());
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[
        {"id":"1","url":"https://journal.example/j","title":"J","date_published":"2025-01-24T07:31:00Z","content_text":"x"}]}"#;
    let listing = feed(json);
    assert_eq!(
        (links(&listing), listing.found[0].date_hint),
        (vec!["https://journal.example/j"], "2025-01-24T07:31:00Z".parse().ok())
    );
}

#[test]
fn dates_that_the_standards_do_not_know_are_hints_too() {
    let dated = |date: &str| {
        let body = rss(&format!("<item><title>T</title><link>/a</link>{date}</item>"));
        feed(body).found[0].date_hint.map(|at| at.to_string())
    };
    for date in [
        "<pubDate>2025-01-24 07:31:00</pubDate>",
        "<pubDate>ven., 24 janv. 2025 07:31:00 +0000</pubDate>",
        "<pubDate>24/01/2025 07:31</pubDate>",
        "<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>2025-01-24T08:31:00+01:00</dc:date>",
        "<updated>2025-01-24T07:31:00Z</updated>",
    ] {
        assert_eq!(dated(date).as_deref(), Some("2025-01-24T07:31:00Z"), "{date}");
    }
    assert_eq!(dated("<pubDate>31 février</pubDate>"), None);
}

#[test]
fn a_truncated_feed_keeps_every_complete_item() {
    let whole = rss(&(1..30).map(item).collect::<String>());
    for cut in (0..whole.len()).step_by(50) {
        let text = &whole[..cut];
        let complete = text.matches("</item>").count();
        let listing = feed(text);
        assert!(listing.found.len() >= complete, "cut at {cut}: {} of {complete}", listing.found.len());
        for (found, n) in listing.found.iter().zip(1..) {
            assert_eq!(found.url.path(), format!("/a{n}"), "cut at {cut}: half an address");
        }
        assert_ne!(listing.health, Health::Sound, "cut at {cut}");
    }
}

#[test]
fn what_is_no_feed_is_broken() {
    for body in ["", "   ", "<!DOCTYPE html><html><body><p>Erreur</p></body></html>", "{\"a\": 1}", "{", "Not found"] {
        let listing = feed(body);
        assert!(matches!(listing.health, Health::Broken(_)) && listing.found.is_empty(), "{body}: {listing:?}");
    }
    assert_eq!(feed(rss("")).health, Health::Sound, "an empty feed is a feed");
}

#[test]
fn the_same_page_twice_is_one_find_and_too_many_are_capped() {
    let twice = rss("<item><link>/a</link></item><item><title>Titre</title><link>/a#c1</link></item>");
    let listing = feed(twice);
    assert_eq!((links(&listing), titles(&listing)), (vec!["https://journal.example/a"], vec!["Titre"]));
    let items: Vec<String> = (0..MAX_ITEMS + 10).map(|n| format!("<item><link>/{n}</link></item>")).collect();
    let many = feed(rss(&items.concat()));
    assert_eq!(many.found.len(), MAX_ITEMS);
    assert!(matches!(many.health, Health::Partial(_)));
}

#[test]
fn hostile_texts_take_bounded_time() {
    let begun = Instant::now();
    for piece in [
        "<item>",
        "<",
        "<a",
        "&",
        "&#",
        "<!--",
        "<![CDATA[",
        "<item><title>",
        "<a b=",
        "< <",
        "]]>",
        "<b>",
        "&amp;",
        "<rss ",
        "<link href=",
        "<?",
        "<!DOCTYPE [",
        "\u{0}",
    ] {
        let text = rss(&piece.repeat((256 << 10) / piece.len()));
        let started = Instant::now();
        let _ = feed(&text);
        println!("256 KiB of {piece:?}: {:?}", started.elapsed());
        assert!(started.elapsed() < Duration::from_secs(5), "{piece:?}");
    }
    println!("together {:?}", begun.elapsed());
}

proptest! {
    #[test]
    fn no_damage_panics(
        cut in 0usize..2000,
        at in proptest::collection::vec((0usize..2000, any::<u8>()), 0..12),
    ) {
        let mut body = rss(&(1..5).map(item).collect::<String>()).into_bytes();
        for (place, byte) in at {
            let place = place % body.len();
            body[place] = byte;
        }
        body.truncate(cut.max(1));
        let _ = feed(&body);
    }
}

fn shared_feeds() -> Option<PathBuf> {
    let folder = std::env::var_os("GRIOT_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let feeds = folder.join("data/feeds");
    if !feeds.is_dir() {
        println!("skipped: no data/feeds under {}", folder.display());
        return None;
    }
    Some(feeds)
}

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_some_and(|ext| ext == "xml") {
            into.push(path);
        }
    }
}

/// How many items a file shows by its own text: what stands in it outside comments, in any case of letters.
fn items_in(body: &[u8]) -> usize {
    let text: String = decode(body, None).text.to_ascii_lowercase();
    let uncommented =
        regex::Regex::new(r"(?s)<!--.*?-->|<!\[CDATA\[.*?\]\]>").unwrap().replace_all(&text, "").into_owned();
    regex::Regex::new(r"<([a-z0-9]+:)?(item|entry)[\s/>]").unwrap().find_iter(&uncommented).count()
}

#[test]
fn feedparsers_files() {
    let Some(folder) = shared_feeds() else { return };
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    let (mut right, mut slowest) = (0, Duration::ZERO);
    let (mut wrong, mut states) = (Vec::new(), [0usize; 4]);
    for path in &paths {
        let body = std::fs::read(path).unwrap();
        let started = Instant::now();
        let (read, health) = entries(&body, &base(), None);
        slowest = slowest.max(started.elapsed());
        states[match health {
            Health::Sound => 0,
            Health::Repaired(_) => 1,
            Health::Partial(_) => 2,
            Health::Broken(_) => 3,
        }] += 1;
        if read.len() == items_in(&body) && !matches!(health, Health::Broken(_)) {
            right += 1;
        } else {
            let name = path.strip_prefix(&folder).unwrap().display().to_string();
            wrong.push(format!("{name}: {} of {}, {health:?}", read.len(), items_in(&body)));
        }
    }
    println!("{right} of {} with the right number of entries; slowest {slowest:?}", paths.len());
    println!("sound {}, repaired {}, partial {}, broken {}", states[0], states[1], states[2], states[3]);
    for one in &wrong {
        println!("  {one}");
    }
    assert!(right * 100 >= paths.len() * 98, "{right} of {}", paths.len());
}

/// The links that those files' own expectations name for their first items.
#[test]
fn feedparsers_links() {
    let Some(folder) = shared_feeds() else { return };
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    let expectation = regex::Regex::new(r"entries\[(\d)\]\['link'\] == u?'([^']*)'").unwrap();
    let (mut right, mut wrong) = (0, Vec::new());
    for path in &paths {
        let body = std::fs::read(path).unwrap();
        let head = String::from_utf8_lossy(&body);
        let Some(expected) = expectation.captures(&head) else { continue };
        if head.contains("Content-Location") {
            // The base is the caller's to choose.
            continue;
        }
        let (read, _) = entries(&body, &Url::parse("http://127.0.0.1:8097/x").unwrap(), None);
        let link = read.get(expected[1].parse::<usize>().unwrap()).and_then(|entry| entry.link.clone());
        if link
            .as_deref()
            .unwrap_or_default()
            .trim_end_matches('/')
            .eq_ignore_ascii_case(expected[2].trim_end_matches('/'))
        {
            right += 1;
        } else {
            wrong.push(format!("{}: {link:?}, not {}", path.display(), &expected[2]));
        }
    }
    println!("{right} of {} links as expected", right + wrong.len());
    for one in &wrong {
        println!("  {one}");
    }
    assert!(right > 0 && wrong.is_empty(), "{right} right, {} wrong", wrong.len());
}
