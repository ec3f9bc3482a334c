//! Layouts that mend a page before they read it, and that ask what an element says.

use super::*;

fn read_by(layout: &str, html: &str) -> Extracted {
    let toml = format!(
        "name = 'Le Matin'\nzone = 'Africa/Bamako'\nlanguage = 'fr'\nhosts = ['matin.example', 'www.matin.example']\n\
         [article]\npaths = ['^/a/']\n[[layout]]\n{layout}\n"
    );
    let profile = Profile::parse("matin", "matin.toml", &toml).unwrap_or_else(|e| panic!("{e}"));
    let url = Url::parse("https://matin.example/a/une-page").unwrap();
    let captured_at = "2026-01-15T12:00:00Z".parse().unwrap();
    read(&Page { url: &url, html, captured_at, status: 200, headers: &[], names: &[] }, &profile)
}

fn page(inside: &str) -> String {
    format!("<html><body><article><h1>La route</h1>{inside}</article></body></html>")
}

fn proof<'r>(read: &'r Extracted, field: &str) -> &'r Proof {
    read.article.proofs.iter().find(|p| p.field == field).unwrap()
}

#[test]
fn text_is_replaced_before_the_page_is_parsed_one_after_the_other() {
    let hidden = page(&format!("<!--texte{PROSE}texte-->"));
    assert_eq!(read_by("", &hidden).article.outcome, Outcome::ExtractionFailed);
    let rules = "replace = [{ find = '<!--texte', with = '<div id=xx>' }, { find = 'texte-->', with = '</div>' },\n\
                 { find = 'id=xx', with = 'id=texte' }]\nbody = [{ css = '#texte' }]";
    let read = read_by(rules, &hidden);
    assert_eq!((read.article.outcome, read.article.text.body.len()), (Outcome::Article, 2));
    assert_eq!(proof(&read, "body").rule.as_deref(), Some("body[1] css #texte"));
}

#[test]
fn replacements_that_would_blow_up_a_page_are_not_made() {
    let rules: String = (0..100).map(|_| "{ find = 'a', with = 'aaaaaaaaaa' },").collect();
    let read = read_by(&format!("replace = [{rules}]"), &page(&PROSE.repeat(20)));
    assert_eq!(read.article.outcome, Outcome::ParseLimit);
    assert!(read.article.reason.unwrap().starts_with("replacing `a` "));
}

#[test]
fn elements_are_dropped_by_what_they_say() {
    let inside =
        format!("{PROSE}<div><p>Ce texte est paru d’abord  ailleurs.</p></div><p>Un autre texte est paru ici.</p>");
    let read = read_by("drop = [{ css = 'p', says = '^Ce texte est paru d’abord ailleurs' }]", &page(&inside));
    let body = body(&read.article);
    assert!(!body.contains("ailleurs") && body.contains("paru ici"), "{body}");
}

#[test]
fn a_rule_takes_the_element_that_says_it() {
    let names = "<ul><li><b>Photo</b> Moussa Keïta<li><b>Texte</b> Awa Diarra</ul>";
    let rule = "byline = [{ css = 'li', says = '^Texte', text = '^Texte (.+)$' }]";
    let read = read_by(rule, &page(&format!("{names}{PROSE}")));
    assert_eq!(read.article.text.authors[0].name, "Awa Diarra");
    let read = read_by("byline = [{ css = '.auteur' }, { value = 'Awa Diarra' }]", &page(PROSE));
    assert_eq!(read.article.text.authors[0].name, "Awa Diarra");
    assert_eq!(proof(&read, "byline").rule.as_deref(), Some("byline[2] value Awa Diarra"));
}

#[test]
fn what_structured_data_says_can_be_left_unbelieved() {
    let json = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"a-710880",
        "author":{"name":"Robot"}}</script><meta property="article:section" content="Ville">"#;
    let html = page(&format!("{json}{PROSE}"));
    let believed = read_by("", &html).article;
    assert_eq!((believed.text.title.as_str(), believed.text.authors.len()), ("a-710880", 1));
    let unbelieved = read_by("structured = false", &html).article;
    assert_eq!((unbelieved.text.title.as_str(), unbelieved.text.authors.len()), ("La route", 0));
    assert_eq!(unbelieved.attributes.section.as_deref(), Some("Ville"), "a `<meta>` is no such data");
}

#[test]
fn images_are_dropped_by_their_address() {
    let image = |name: &str| format!("<figure><img src='/media/{name}.jpg' width=600 height=400></figure>");
    let head = "<meta property='og:image' content='https://matin.example/media/logo-partage.jpg'>";
    let html = page(&format!("{head}{}{PROSE}{}{PROSE}", image("bandeau-abonnement"), image("pont")));
    let names = |read: Extracted| -> Vec<String> {
        let images = read.article.attributes.images.into_iter();
        images.map(|i| i.url.rsplit('/').next().unwrap().to_owned()).collect()
    };
    assert!(names(read_by("", &html)).contains(&"bandeau-abonnement.jpg".to_owned()));
    assert_eq!(names(read_by("drop_images = ['/bandeau-', 'logo-partage']", &html)), ["pont.jpg"]);
}

#[test]
fn a_page_names_the_view_on_which_the_article_stands_whole() {
    let rules = "single_page = [{ css = 'a.tout' }, { css = 'link[rel=whole]' }]";
    let whole = |href: &str| read_by(rules, &page(&format!("{PROSE}<a class=tout href='{href}'>Sur une page</a>")));
    let read = whole("?tout=1#suite");
    assert_eq!(read.whole.as_ref().map(Url::as_str), Some("https://matin.example/a/une-page?tout=1"));
    assert_eq!(read.article.outcome, Outcome::Article, "what the page itself says is told as well");
    assert_eq!(proof(&read, "single_page").rule.as_deref(), Some("single_page[1] css a.tout @href"));
    assert!(whole("https://www.matin.example/a/une-page-entiere").whole.is_some(), "any host of the profile");
    for (href, why) in [
        ("/a/une-page?utm_source=x", "is this page"),
        ("https://www.matin.example/a/une-page", "is this page"),
        ("https://ailleurs.example/a/une-page", "is on no host of matin"),
        ("http://matin.example/a/une-page-entiere", "is http, this page https"),
        ("/imprimer/une-page", "has not the shape of an article"),
        ("javascript:imprimer()", "is no address"),
    ] {
        let read = whole(href);
        assert_eq!(read.whole, None, "{href}");
        let notes = &proof(&read, "single_page").notes;
        assert!(notes.iter().any(|n| n.contains(why)), "{href}: {notes:?}");
    }
    assert!(read_by("", &page(PROSE)).article.proofs.iter().all(|p| p.field != "single_page"));
}

#[test]
fn a_page_names_the_page_on_which_the_article_goes_on() {
    let rules = "next_page = [{ css = 'a.suite' }]";
    let next = |href: &str| read_by(rules, &page(&format!("{PROSE}<a class=suite href='{href}'>Suite</a>")));
    let read = next("?page=2");
    assert_eq!(read.next.as_ref().map(Url::as_str), Some("https://matin.example/a/une-page?page=2"));
    assert_eq!(proof(&read, "next_page").rule.as_deref(), Some("next_page[1] css a.suite @href"));
    assert!(next("/suite/une-page-2").next.is_some(), "a later part may have another shape");
    assert_eq!(next("/a/une-page").next, None, "it leads back to itself");
    assert_eq!(next("https://ailleurs.example/a/une-page?page=2").next, None);
}

#[test]
fn a_wall_leads_nowhere() {
    let wall =
        "<form action='https://consent.matin.example/collectconsent'></form><a class=tout href='/a/tout'>Tout</a>";
    let read = read_by("single_page = [{ css = 'a.tout' }]", wall);
    assert_eq!((read.article.outcome, read.whole), (Outcome::Consent, None));
}

#[test]
fn words_of_nested_elements_are_looked_at_within_bounds() {
    let nested = format!("{}{}{}", "<div>".repeat(400), "mot ".repeat(400_000), "</div>".repeat(400));
    let began = std::time::Instant::now();
    let read = read_by("drop = [{ css = '*', says = 'jamais écrit$' }]", &page(&format!("{PROSE}{nested}")));
    assert_eq!(read.article.outcome, Outcome::Article);
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}
