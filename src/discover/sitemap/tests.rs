use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use super::*;

fn sitemap(body: impl AsRef<[u8]>) -> Listing {
    read_sitemap(body.as_ref(), &Url::parse("https://journal.example/sitemap.xml").unwrap())
}

fn paths(listing: &Listing) -> Vec<&str> {
    listing.found.iter().map(|found| found.url.path()).collect()
}

fn urlset(urls: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\" xmlns:image=\"i\">{urls}</urlset>"
    )
}

fn page(n: usize) -> String {
    format!("<url><loc>https://journal.example/p{n}</loc><lastmod>2025-01-24</lastmod></url>\n")
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn pages_with_their_dates() {
    let listing = sitemap(urlset(&format!(
        "{}<url><loc> https://journal.example/p2?a=1&amp;b=2\n</loc><lastmod>2025-01-24T07:31:00+01:00</lastmod>\
         <image:image><image:loc>https://journal.example/i.jpg</image:loc><image:title>I</image:title></image:image></url>\
         <url><loc><![CDATA[https://journal.example/p3]]></loc><lastmod>un jour</lastmod></url>",
        page(1)
    )));
    assert_eq!((paths(&listing), listing.source), (vec!["/p1", "/p2", "/p3"], Source::Sitemap));
    assert_eq!((listing.health, listing.further.len()), (Health::Sound, 0));
    assert_eq!(listing.found[1].url.query(), Some("a=1&b=2"));
    let dates: Vec<_> = listing.found.iter().map(|found| found.date_hint.map(|at| at.to_string())).collect();
    assert_eq!(dates, [Some("2025-01-24T00:00:00Z".into()), Some("2025-01-24T06:31:00Z".into()), None]);
    assert!(listing.found.iter().all(|found| found.title.is_none()), "an image's title is not the page's");
}

#[test]
fn news_tell_title_and_publication() {
    let listing = sitemap(urlset(
        "<url><loc>https://journal.example/n</loc><lastmod>2025-02-01</lastmod><news:news><news:publication><news:name>Le Journal\
         </news:name><news:language>fr</news:language></news:publication><news:publication_date>2025-01-24T07:31:00Z\
         </news:publication_date><news:title>L&apos;&eacute;t&eacute; &amp;amp; l&#39;eau</news:title></news:news></url>",
    ));
    assert_eq!(listing.source, Source::NewsSitemap);
    let found = &listing.found[0];
    assert_eq!(found.title.as_deref(), Some("L'été & l'eau"));
    assert_eq!(found.date_hint, "2025-01-24T07:31:00Z".parse().ok());
}

#[test]
fn an_index_leads_to_other_sitemaps() {
    let listing = sitemap(
        "<sitemapindex><sitemap><loc>https://journal.example/s1.xml.gz</loc><lastmod>2025-01-24</lastmod></sitemap>\
         <sitemap><loc>/s2.xml</loc></sitemap><sitemap><loc>ftp://x/s3.xml</loc></sitemap></sitemapindex>",
    );
    let further: Vec<_> = listing.further.iter().map(|found| found.url.as_str()).collect();
    assert_eq!(further, ["https://journal.example/s1.xml.gz", "https://journal.example/s2.xml"]);
    assert!(listing.found.is_empty() && listing.further[0].date_hint.is_some());
}

#[test]
fn other_things_that_are_served_as_sitemaps() {
    let lines = sitemap("\u{feff}https://journal.example/a\r\n\r\nhttps://journal.example/b\nn'importe quoi\n");
    assert_eq!((paths(&lines), &lines.health), (vec!["/a", "/b"], &Health::Sound));
    let feed =
        sitemap("<rss version='2.0'><channel><item><link>https://journal.example/f</link></item></channel></rss>");
    assert_eq!((paths(&feed), feed.source), (vec!["/f"], Source::Feed));
    for none in ["", "Not found", "<!DOCTYPE html><html><body>404</body></html>", "<x", "\u{0}\u{1}"] {
        assert!(matches!(sitemap(none).health, Health::Broken(_)), "{none}");
    }
    let utf16: Vec<u8> = format!("\u{feff}{}", urlset(&page(1))).encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(paths(&sitemap(utf16)), ["/p1"]);
}

#[test]
fn gzip_is_undone_and_bombs_are_cut() {
    let plain = urlset(&(0..100).map(page).collect::<String>());
    let once = gzip(plain.as_bytes());
    assert_eq!(sitemap(&once).found.len(), 100);
    assert_eq!(sitemap(gzip(&once)).found.len(), 100);
    let half = sitemap(&once[..once.len() / 2]);
    assert!(matches!(half.health, Health::Partial(_)) && half.found.len() < 100);
    let mut bomb = urlset(&page(1)).into_bytes();
    bomb.truncate(bomb.len() - "</urlset>".len());
    bomb.resize(MAX_BYTES + (8 << 20), b' ');
    let cut = sitemap(gzip(&bomb));
    assert!(matches!(cut.health, Health::Partial(_)), "{:?}", cut.health);
    assert_eq!(cut.found.len(), 1);
}

#[test]
fn a_cut_or_faulty_sitemap_gives_its_whole_addresses() {
    let whole = urlset(&(0..30).map(page).collect::<String>());
    for cut in (100..whole.len()).step_by(37) {
        let text = &whole[..cut];
        let listing = sitemap(text);
        let complete = text.matches("</loc>").count();
        assert_eq!(listing.found.len(), complete, "cut at {cut}: {:?}", listing.health);
        assert_ne!(listing.health, Health::Sound, "cut at {cut}");
    }
    let sloppy = urlset(
        "<url><loc>https://journal.example/a?x=1&y=2</loc><url><loc>https://journal.example/b</loc></url></wrong>\
         <url><loc>https://journal.example/c&nope;</loc></url>",
    );
    assert_eq!(paths(&sitemap(sloppy)), ["/a", "/b", "/c&nope;"]);
}

#[test]
fn entities_of_a_document_type_are_not_expanded() {
    let listing = sitemap(
        "<!DOCTYPE urlset [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>\
         <urlset><url><loc>https://journal.example/&b;&f;</loc></url></urlset>",
    );
    assert_eq!(paths(&listing), ["/&b;&f;"]);
}

#[test]
fn no_more_than_the_standard_allows() {
    let listing = sitemap(urlset(&(0..MAX_URLS + 5).map(page).collect::<String>()));
    assert_eq!(listing.found.len(), MAX_URLS);
    assert!(matches!(listing.health, Health::Partial(_)));
}

#[test]
fn hostile_texts_take_bounded_time() {
    for piece in [
        "<url>",
        "<url><loc>",
        "<",
        "&",
        "&a;",
        "<!--",
        "<![CDATA[",
        "<a b=\"",
        "<a b='c' ",
        "</url>",
        "<a>",
        "<!DOCTYPE [",
        "<?",
    ] {
        let text = urlset(&piece.repeat((512 << 10) / piece.len()));
        let started = Instant::now();
        let _ = sitemap(&text);
        println!("512 KiB of {piece:?}: {:?}", started.elapsed());
        assert!(started.elapsed() < Duration::from_secs(5), "{piece:?}");
    }
}

proptest! {
    #[test]
    fn no_damage_panics(at in proptest::collection::vec((0usize..1000, any::<u8>()), 0..12), zipped: bool) {
        let mut body = urlset(&(1..5).map(page).collect::<String>()).into_bytes();
        if zipped {
            body = gzip(&body);
        }
        for (place, byte) in at {
            let place = place % body.len();
            body[place] = byte;
        }
        let _ = sitemap(&body);
    }
}
