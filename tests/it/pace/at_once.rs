//! Several requests at once, where a site's owner allows it: no page is asked for twice.

use std::time::Duration;

use crate::crawl::{BODY, fast_profile, page};
use crate::support::run::{crawl, sums};
use crate::support::{Reply, Server, Site};

#[test]
fn a_page_that_robots_txt_refuses_does_not_hand_out_again_what_is_under_way() {
    let folder = tempfile::tempdir().unwrap();
    fast_profile(folder.path(), "0.02");
    let profile = folder.path().join("selectors/lessor.toml");
    let toml = std::fs::read_to_string(&profile).unwrap();
    let several = toml.replace("delay = 0.02\n", "delay = 0.02\nconcurrency = 3\n");
    assert_ne!(several, toml);
    std::fs::write(&profile, several).unwrap();

    let path = |n: u32| format!("/posts/un-article-{:08x}0a1b2", 0x694a_5b2f - n);
    let site = Site::new();
    let links: String = ["", "prive-", "prive-", ""].iter().zip(0..).fold(String::new(), |links, (kind, n)| {
        let path = path(n).replace("un-article", &format!("{kind}un-article"));
        site.put(&path, page(&format!("Article {n}"), &BODY, &path));
        links + &format!("<a href=\"{path}\">Article {n}</a> ")
    });
    site.put("/", format!("<html><body>{links}</body></html>"));
    site.put_typed("/robots.txt", "text/plain", "User-agent: *\nDisallow: /posts/prive-\n");
    let slow = path(0);
    let waits_for = slow.clone();
    let server = Server::start(move |ask| {
        let wait = if ask.target == waits_for { Duration::from_millis(600) } else { Duration::ZERO };
        let reply: Reply = site.answer(ask);
        reply.delay(wait)
    });
    let done = sums(&mut crawl(folder.path(), &server, &["lessor.ml", "www.lessor.ml"], &["lessor"]));
    let mut asked: Vec<String> = server.hits().iter().map(|hit| hit.ask.target.clone()).collect();
    // Two requests that are under way at once, each on a connection of its own, may arrive in either order.
    asked[2..].sort_unstable_by_key(|target| *target != slow);
    assert_eq!(asked, ["/robots.txt", "/", &slow, &path(3)], "{done}");
    assert_eq!((&done["new_articles"], &done["refused_by_robots"]), (&2.into(), &2.into()), "{done}");
}
