//! Which of a page's dates is that of its publication: one small page of our own for each trap.

use griot::extract::{Page, read};
use griot::model::reading::ArticleReading;
use griot::profile::Profile;
use url::Url;

/// Reads a page captured on 19 February 2025, by a profile that says nothing of dates.
fn reading(path: &str, head: &str, body: &str) -> ArticleReading {
    let toml = "name = 'Le Canari'\nzone = 'Africa/Bamako'\nlanguage = 'fr'\nhosts = ['canari.example']\n[article]\npaths = []\n";
    let profile = Profile::parse("canari", "canari", toml).unwrap();
    let prose = "<p>Le marché de Médine a rouvert ses portes, et les commerçantes y ont retrouvé leurs étals. La mairie promet \
                 que les travaux du toit finiront avant la saison des pluies.</p>"
        .repeat(3);
    let html = format!(
        "<html lang=fr><head><title>x</title>{head}</head><body>{}</body></html>",
        body.replace("PROSE", &prose)
    );
    let url = Url::parse("https://canari.example").unwrap().join(path).unwrap();
    let captured_at = "2025-02-19T10:00:00Z".parse().unwrap();
    read(&Page { url: &url, html: &html, captured_at, status: 200, headers: &[], names: &[] }, &profile).article
}

/// The day taken, and the rule that gave it.
fn day(article: &ArticleReading) -> (Option<String>, String) {
    let proof = article.proofs.iter().find(|p| p.field == "published").unwrap();
    let on = article.attributes.published.as_ref().map(|d| d.on.to_string());
    (on, proof.rule.clone().unwrap_or_default())
}

#[track_caller]
fn check(path: &str, head: &str, body: &str, on: Option<&str>, rule: &str) -> ArticleReading {
    let article = reading(path, head, body);
    let (found, by) = day(&article);
    assert_eq!(found.as_deref(), on, "by {by}");
    assert!(by.contains(rule), "{by}");
    article
}

#[test]
fn the_day_under_the_headline_is_found_without_a_label() {
    check(
        "/a",
        "",
        "<h1>Le marché rouvre</h1><p>Par Awa Diarra</p><p>18 février 2025 à 7 h 31</p>PROSE",
        Some("2025-02-18"),
        "around",
    );
    let beside =
        "<h1>Le marché rouvre</h1><div><span>Awa Diarra</span> <span class='meta-date'>18/02/2025</span></div>PROSE";
    check("/a", "", beside, Some("2025-02-18"), "around");
    let above = "<article><div>18 février 2025 | Économie</div><h1>Le marché rouvre</h1>PROSE</article>";
    check("/a", "", above, Some("2025-02-18"), "around");
}

#[test]
fn the_day_of_the_visit_in_a_header_is_not_the_articles() {
    let header = "<div>mercredi 19 février 2025</div><h1>Le marché rouvre</h1>";
    check("/a", "", &format!("{header}PROSE"), None, "");
    check("/a", "", &format!("{header}<p>Publié le 3 mars 2024</p>PROSE"), Some("2024-03-03"), "around");
    check("/2024/03/03/a", "", &format!("{header}PROSE"), Some("2024-03-03"), "address");
    // A machine's date may be made at each visit, too.
    let meta = "<meta name=date content='2025-02-19T09:59:58Z'>";
    check("/2024/03/03/a", meta, "<h1>Le marché rouvre</h1>PROSE", Some("2024-03-03"), "address");
}

#[test]
fn a_day_of_change_or_of_the_footer_is_no_publication() {
    let changed =
        "<h1>Le marché rouvre</h1><p>Mis à jour le 18 février 2025 à 9h</p>PROSE<footer>© 12 janvier 2025</footer>";
    let article = check("/a", "", changed, None, "");
    assert_eq!(article.attributes.modified.unwrap().on.to_string(), "2025-02-18");
    check("/a", "", "<h1>Le marché rouvre</h1>PROSE<p>Copyright 12 janvier 2025</p>", None, "");
}

#[test]
fn what_is_refused_says_why() {
    let ahead = "<meta property='article:published_time' content='2025-03-19T08:00:00Z'>";
    let article =
        check("/a", ahead, "<h1>Le marché rouvre</h1><p>18 février 2025</p>PROSE", Some("2025-02-18"), "around");
    let proof = article.proofs.iter().find(|p| p.field == "published").unwrap();
    assert!(proof.notes.iter().any(|n| n.contains("after the capture")), "{:?}", proof.notes);
}

#[test]
fn sources_that_disagree_are_flagged() {
    let meta = "<meta property='article:published_time' content='2025-02-10T08:00:00Z'>";
    let conflict = |path: &str, under: &str| {
        let page = format!("<h1>Le marché rouvre</h1><p>{under}</p>PROSE");
        check(path, meta, &page, Some("2025-02-10"), "article:published_time").attributes.date_conflict
    };
    assert_eq!(conflict("/a", "Publié le 10 février 2025"), None);
    assert_eq!(conflict("/2025/02/09/a", "Publié le 10 février 2025"), None);
    assert!(conflict("/a", "Publié le 3 mars 2024").unwrap().contains("around"));
    assert!(conflict("/2024/03/03/a", "Par Awa Diarra").unwrap().contains("address"));
    let slip = reading("/a", "", "<h1>Le marché rouvre</h1><p>Publié lundi 18 février 2025</p>PROSE");
    assert_eq!(slip.attributes.date_conflict.unwrap(), "printed as a Monday, but 2025-02-18 is a Tuesday");
}

#[test]
fn dates_of_the_text_and_of_other_articles_stay_out() {
    let text = "<h1>Le marché rouvre</h1><p>Le 24 janvier 2025, le ministre a visité le marché de Médine.</p>PROSE";
    check("/a", "", text, None, "");
    let cards =
        "<h1>Le marché rouvre</h1>PROSEPROSEPROSEPROSEPROSE<ul><li><a href='/b'>Un autre</a> 17 février 2025</li></ul>";
    check("/a", "", cards, None, "");
}
