//! Articles whose pages have a part of them each: the view that has all of it is read in their stead.

use std::path::Path;

use crate::crawl::{BODY, griot, sums};
use crate::support::run::rows;
use crate::support::{Server, Site};

const PART: &str = "/posts/le-pont-est-ouvert";
const WHOLE: &str = "/posts/le-pont-est-ouvert?tout=1";

/// A paper that prints its articles in parts.
fn profile(archive: &Path) {
    let toml = r#"
name = "Les Parties"
zone = "Africa/Bamako"
language = "fr"
hosts = ["lessor.ml", "www.lessor.ml"]

[pace]
delay = 0.01

[[listing]]
kind = "front"
url = "https://lessor.ml/"

[article]
paths = ['^/posts/']

[[layout]]
body = [{ css = "div.texte" }]
single_page = [{ css = "a.tout" }]
"#;
    std::fs::create_dir_all(archive.join("selectors")).unwrap();
    std::fs::write(archive.join("selectors/parties.toml"), toml).unwrap();
}

fn html(paragraphs: &[&str], links: &str) -> String {
    let text: String = paragraphs.iter().map(|p| format!("<p>{p}</p>")).collect::<Vec<_>>().concat();
    format!(
        "<!DOCTYPE html><html lang=fr><head><title>Le pont</title></head><body><article><h1>Le pont est ouvert</h1>\
         <div class=texte>{text}</div>{links}</article></body></html>"
    )
}

fn paper(whole: &str) -> Site {
    let site = Site::new();
    site.put("/", format!("<html><body><a href=\"{PART}\">Le pont</a></body></html>"));
    site.put(PART, html(&BODY[..1], &format!("<a class=tout href=\"{WHOLE}\">Sur une page</a>")));
    site.put(WHOLE, html(&BODY, whole));
    site
}

fn asked(server: &Server) -> Vec<String> {
    let targets = server.hits().into_iter().map(|hit| hit.ask.target);
    targets.filter(|target| target != "/robots.txt").collect()
}

fn text_of(archive: &Path, server: &Server) -> String {
    let shown = griot(archive, server, &["show", &format!("https://lessor.ml{WHOLE}"), "--json"]);
    let shown: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    shown["body"].as_str().unwrap().to_owned()
}

#[test]
fn the_view_of_the_whole_is_read_in_the_parts_stead_and_its_edits_are_seen() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let site = paper("");
    let server = site.serve();
    let first = sums(&griot(folder.path(), &server, &["crawl", "parties"]));
    assert_eq!((&first["new_articles"], &first["set_aside"]), (&1.into(), &0.into()), "{first}");
    assert_eq!(asked(&server), ["/", PART, WHOLE], "the view is asked for at once");
    let text = text_of(folder.path(), &server);
    assert!(BODY.iter().all(|paragraph| text.contains(paragraph)), "{text}");
    let readings = rows(folder.path(), "SELECT reason FROM reading WHERE outcome = 'redirect'");
    assert_eq!(readings, [format!("stands whole at https://lessor.ml{WHOLE}")]);

    site.put(WHOLE, html(&[BODY[0], BODY[1], "Les taxis ne reprendront pas leur ancien trajet, a dit le maire."], ""));
    let edited = sums(&griot(folder.path(), &server, &["crawl", "parties", "--revisit", "all"]));
    assert_eq!((&edited["new_articles"], &edited["new_versions"]), (&0.into(), &1.into()), "{edited}");
    let again = sums(&griot(folder.path(), &server, &["crawl", "parties", "--revisit", "all"]));
    assert_eq!((&again["new_articles"], &again["new_versions"]), (&0.into(), &0.into()), "{again}");
    assert!(griot(folder.path(), &server, &["verify"]).status.success());
}

#[test]
fn a_view_that_names_views_leads_nowhere() {
    for view in ["?tout=1", "?tout=2", ""] {
        let folder = tempfile::tempdir().unwrap();
        profile(folder.path());
        let site = paper(&format!("<a class=tout href=\"{PART}{view}\">Sur une page</a>"));
        let round = html(&BODY[..2], &format!("<a class=tout href=\"{PART}\">Sur une page</a>"));
        site.put(&format!("{PART}?tout=2"), round);
        let server = site.serve();
        let crawled = sums(&griot(folder.path(), &server, &["crawl", "parties"]));
        assert!(crawled["new_articles"].as_u64() >= Some(1), "{view}: {crawled}");
        assert!(asked(&server).len() <= 4, "{view}: {:?}", asked(&server));
        let text = text_of(folder.path(), &server);
        assert!(text.contains(BODY[2]), "{view}: {text}");
    }
}

#[test]
fn a_view_elsewhere_is_left_and_the_part_is_read_as_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    profile(folder.path());
    let site = Site::new();
    site.put("/", format!("<html><body><a href=\"{PART}\">Le pont</a></body></html>"));
    site.put(PART, html(&BODY[..2], "<a class=tout href=\"https://ailleurs.example/posts/tout\">Sur une page</a>"));
    let server = site.serve();
    let crawled = sums(&griot(folder.path(), &server, &["crawl", "parties"]));
    assert_eq!(
        (&crawled["new_articles"], asked(&server)),
        (&1.into(), vec!["/".to_owned(), PART.to_owned()]),
        "{crawled}"
    );
    let proof = rows(folder.path(), "SELECT proofs FROM reading WHERE outcome = 'article'").concat();
    assert!(proof.contains("is on no host of parties"), "{proof}");
}
