//! One small page for each trap.

mod days;
mod mended;
mod signed;

use super::*;
use crate::model::article::AuthorRole;
use crate::model::article::BlockKind::{self, Heading, Item, Paragraph, Quote};
use crate::model::link::RelatedKind;

const PROFILE: &str = "name = 'Le Matin'\nzone = 'Africa/Bamako'\nlanguage = 'fr'\nhosts = ['matin.example']\n\
    [article]\npaths = ['^/a/']\n[[layout]]\nsignature = [{ tail = true, text = '^\\p{Lu}\\w+ \\p{Lu}{2,}$' }]\n\
    credit = [{ tail = true, text = '^(?:AMAP|AFP)$' }]\n";

const PROSE: &str = "<p>La réunion s’est tenue hier devant un public nombreux, sous le grand arbre de la place, et les \
    débats y ont duré jusqu’au soir.</p><p>Le maire y a promis que la route serait refaite avant les pluies, ce que \
    nul ne croyait plus guère.</p>";

fn read_with(html: &str, headers: &[(String, Vec<u8>)]) -> ArticleReading {
    let profile = Profile::parse("matin", "matin.toml", PROFILE).unwrap();
    let url = Url::parse("https://matin.example/a/une-page").unwrap();
    let captured_at = "2026-01-15T12:00:00Z".parse().unwrap();
    read(&Page { url: &url, html, captured_at, status: 200, headers, names: &[] }, &profile).article
}

fn article_of(inside: &str) -> ArticleReading {
    let head = "<title>La route | Le Matin</title><meta property=article:published_time content=2026-01-14T08:00:00Z>";
    read_with(&format!("<html><head>{head}</head><body><article><h1>La route</h1>{inside}</article></body>"), &[])
}

fn links(reading: &ArticleReading) -> Vec<(RelatedKind, &str, &str)> {
    let related = reading.attributes.related.iter();
    related.map(|l| (l.kind, l.label.as_deref().unwrap_or_default(), l.title.as_str())).collect()
}

fn body(reading: &ArticleReading) -> String {
    reading.text.body.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn inline_labels_are_found_in_every_form_and_never_stay_in_the_body() {
    let forms = [
        "<p class=x><span>À lire aussi</span> <a href=/a/b>Un pont</a></p>",
        "<section><span> Lire aussi </span><span><a href=/a/b>Un pont</a></span></section>",
        "<div><h3>Lire aussi&nbsp;:</h3><p><a href=/a/b>Un pont</a></p></div>",
        "<p><strong>Lire aussi :</strong> <a href=/a/b>Un pont</a></p>",
        "<p>Lire aussi : <a href='/a/b' title='Lire un autre article'>Un pont</a></p>",
        "<p><strong>LIRE AUSSI SUR LEMATIN.ML<br> &gt;&gt;</strong> <i><a href=/a/b>Un pont</a></i></p>",
        "<p><a href=/a/b><strong>&gt;&gt; A lire aussi : Un pont</strong></a></p>",
        "<div><span>À lire aussi</span><a href=/a/b>Un pont</a></div>",
        "<p>À lire également...</p><p><a href=/a/b>Un pont</a></p>",
    ];
    for form in forms {
        let reading = article_of(&format!("{PROSE}{form}{PROSE}"));
        assert_eq!(reading.outcome, Outcome::Article, "{form}");
        let found = links(&reading);
        assert_eq!(found.len(), 1, "{form}: {found:?}");
        assert_eq!((found[0].0, found[0].2), (RelatedKind::Inline, "Un pont"), "{form}");
        assert!(
            found[0].1.to_lowercase().ends_with("aussi")
                || found[0].1.contains("également")
                || found[0].1.contains("LEMATIN")
        );
        let text = body(&reading);
        assert!(!text.to_lowercase().contains("lire") && !text.contains("Un pont"), "{form}: {text}");
        assert_eq!(reading.text.body.len(), 4, "{form}: {text}");
        assert_eq!(reading.attributes.related[0].url, "https://matin.example/a/b");
    }
}

#[test]
fn a_paragraph_goes_on_behind_the_label() {
    let inside = "<p>Il est parti. <span>À LIRE AUSSI <strong><a href=/a/b>Un pont</a></strong></span>Son domicile est vide.</p>";
    let reading = article_of(&format!("{PROSE}{inside}{PROSE}"));
    assert_eq!(links(&reading), [(RelatedKind::Inline, "À LIRE AUSSI", "Un pont")]);
    assert_eq!(reading.text.body[2].text, "Il est parti. Son domicile est vide.");
}

#[test]
fn false_friends_are_no_related_links() {
    for inside in [
        "<nav><a href=/a/b>À découvrir</a></nav>",
        "<p><button>À lire</button></p>",
        "<p><a href=/a/b>À lire</a></p>",
        "<p>Lire la suite sur <a href=https://autre.example/a>Autre</a></p>",
        "<p>Il faut lire aussi ses <a href=/a/b>deux romans</a>, dit-elle.</p>",
    ] {
        let reading = article_of(&format!("{PROSE}{inside}{PROSE}"));
        assert!(reading.attributes.related.is_empty(), "{inside}: {:?}", reading.attributes.related);
    }
}

#[test]
fn lists_at_the_end_and_at_the_side_are_told_apart() {
    let end = "<div><h3>Sur le même sujet</h3><ul><li><a href=/a/b>Un pont</a></li><li><a href=/a/c>Un bac</a></li></ul></div>";
    let side = "<aside><h3>Les plus lus</h3><ol><li><a href=/a/d>La fête</a></li></ol></aside>";
    let reading = article_of(&format!("{PROSE}{end}{side}"));
    let expected = [
        (RelatedKind::End, "Sur le même sujet", "Un pont"),
        (RelatedKind::End, "Sur le même sujet", "Un bac"),
        (RelatedKind::Side, "Les plus lus", "La fête"),
    ];
    assert_eq!(links(&reading), expected);
    assert_eq!(reading.text.body.len(), 2, "{}", body(&reading));
}

#[test]
fn captions_shares_bylines_and_datelines_are_no_text() {
    let noise = "<figure><img src=/p.jpg><figcaption>Le maire. © A. Keïta</figcaption></figure><p>Par Awa Diarra</p>\
        <p>Publié le 14 janvier 2026 à 08:00</p><p>Partager sur Facebook</p>";
    let reading = article_of(&format!(
        "{noise}{PROSE}<h2>La suite</h2>{PROSE}<blockquote>Jamais.</blockquote><ul><li>Un</li></ul>"
    ));
    let kinds: Vec<BlockKind> = reading.text.body.iter().map(|b| b.kind).collect();
    assert_eq!(kinds, [Paragraph, Paragraph, Heading, Paragraph, Paragraph, Quote, Item], "{}", body(&reading));
    let image = &reading.attributes.images[0];
    assert_eq!((image.caption.as_deref(), image.credit.as_deref()), (Some("Le maire."), Some("A. Keïta")));
}

#[test]
fn names_at_the_end_are_signature_and_credit() {
    let reading = article_of(&format!("{PROSE}<p>Souleymane SIDIBE</p><p>AMAP</p>"));
    let names: Vec<_> = reading.text.authors.iter().map(|a| (a.role, a.name.as_str())).collect();
    assert_eq!(names, [(AuthorRole::Signature, "Souleymane SIDIBE"), (AuthorRole::Credit, "AMAP")]);
    assert_eq!(reading.text.body.len(), 2);
}

#[test]
fn names_marked_as_author_are_the_byline() {
    let marks = [
        "<p itemprop=author itemscope><a itemprop=url href=/b>Toutes ses pages</a> <i itemprop=name>Awa Diarra</i></p>",
        "<p>Source, 15.4.2024; <span itemprop=author>Awa Diarra</span></p>",
    ];
    for mark in marks {
        let reading = article_of(&format!("{mark}{PROSE}"));
        let names: Vec<_> = reading.text.authors.iter().map(|a| (a.role, a.name.as_str())).collect();
        assert_eq!(names, [(AuthorRole::Byline, "Awa Diarra")], "{mark}");
    }
}

#[test]
fn what_is_dropped_is_no_part_of_any_field() {
    let layout = "[[layout]]\nlead = [{ css = '.chapo' }]\ndrop = ['.slug']\nsignature";
    let profile = Profile::parse("matin", "matin.toml", &PROFILE.replace("[[layout]]\nsignature", layout)).unwrap();
    let lead = "<h2 class=chapo><b class=slug>Analyse</b> La route attend <i>depuis</i> un an.</h2>";
    let html = format!("<article><h1>La route <button>Partager</button></h1>{lead}{PROSE}</article>");
    let url = Url::parse("https://matin.example/a/une-page").unwrap();
    let captured_at = "2026-01-15T12:00:00Z".parse().unwrap();
    let text = read(&Page { url: &url, html: &html, captured_at, status: 200, headers: &[], names: &[] }, &profile)
        .article
        .text;
    assert_eq!((text.title.as_str(), text.lead.as_deref()), ("La route", Some("La route attend depuis un an.")));
    assert_eq!(text.body.len(), 2, "{:?}", text.body);
}

#[test]
fn a_text_that_calls_itself_its_description_is_no_lead() {
    let lead = |body: &str| {
        let reading = article_of(body);
        (reading.text.lead.is_some(), reading.text.body.len())
    };
    assert_eq!(lead(&format!("<div itemprop='description articleBody'>{PROSE}</div>")), (false, 2));
    assert!(!lead(&format!("<div itemprop=description>{}</div>", PROSE.repeat(9))).0, "however long");
    assert_eq!(lead(&format!("<p itemprop=description>La route attend depuis un an.</p>{PROSE}")), (true, 2));
}

#[test]
fn the_site_is_no_author_and_no_title() {
    let html = format!(
        "<meta name=author content='Le Matin'><meta property=og:title content='Le Matin'><h1>Le Matin</h1>\
         <article><h1>La route</h1>{PROSE}</article>"
    );
    let reading = read_with(&html, &[]);
    assert_eq!(reading.text.title, "La route");
    assert!(reading.text.authors.is_empty(), "{:?}", reading.text.authors);
}

#[test]
fn walls_and_lost_pages_are_no_articles() {
    let mitigated = [("cf-mitigated".to_owned(), b"challenge".to_vec())];
    assert_eq!(read_with("<title>Just a moment...</title>", &mitigated).outcome, Outcome::Challenge);
    let challenge = "<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/h/b/x.js></script>";
    assert_eq!(read_with(challenge, &[]).outcome, Outcome::Challenge);
    let consent = "<p>Nous et nos partenaires utilisons des cookies.</p><button>Accepter et continuer</button>";
    assert_eq!(read_with(consent, &[]).outcome, Outcome::Consent);
    let lost = "<title>Page introuvable | Le Matin</title><h1>Page introuvable</h1><p>Retournez à l’accueil.</p>";
    assert_eq!(read_with(lost, &[]).outcome, Outcome::SoftGone);
    let home = "<title>Le Matin - Toute l’actualité</title><link rel=canonical href=/><h3><a href=/a/b>Un</a></h3>";
    assert_eq!(read_with(home, &[]).outcome, Outcome::SoftGone);
    assert_eq!(read_with("<p>rien</p>", &[]).outcome, Outcome::ExtractionFailed);
    assert_eq!(read_with(&"<div>".repeat(5_000), &[]).outcome, Outcome::ParseLimit);
}

#[test]
fn an_article_about_walls_is_an_article() {
    let about = "<p>Le site affichait « Accepter et continuer », des cookies partout, puis « Just a moment ».</p>";
    assert_eq!(article_of(&format!("{PROSE}{about}")).outcome, Outcome::Article);
    let notice = "<p>L’espace des contributions est réservé aux abonnés.</p>";
    assert_eq!(article_of(&format!("{PROSE}{notice}")).outcome, Outcome::Article);
}

#[test]
fn an_excerpt_says_so_itself_and_is_short() {
    let said =
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":\"False\"}</script>";
    assert_eq!(article_of(&format!("{said}{PROSE}")).outcome, Outcome::PaywallExcerpt);
    assert_eq!(article_of(&format!("{said}{}", PROSE.repeat(8))).outcome, Outcome::Article);
}

#[test]
fn dates_that_disagree_are_flagged_and_late_ones_refused() {
    let said = "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":\"2026-03-01T00:00:00Z\"}</script>";
    let reading = article_of(&format!("{said}{PROSE}"));
    assert_eq!(reading.text.published_on.unwrap().to_string(), "2026-01-14");
    let proof = reading.proofs.iter().find(|p| p.field == "published").unwrap();
    assert!(proof.notes[0].contains("after the capture"), "{:?}", proof.notes);
    let earlier = said.replace("2026-03", "2025-12");
    let conflict = article_of(&format!("{earlier}{PROSE}")).attributes.date_conflict.unwrap();
    assert!(conflict.contains("2026-01-14"), "{conflict}");
}

#[test]
fn links_are_the_pages_own_each_once_and_whole() {
    let profile = Profile::parse("matin", "matin.toml", PROFILE).unwrap();
    let url = Url::parse("https://matin.example/a/une-page").unwrap();
    let html = "<base href='https://matin.example/x/'><a href=b>B</a><a href='/a/c#lieu'><img></a><a href='/a/c'>C</a>\
        <a href='mailto:x@y.z'>m</a><a href='#haut'>h</a><a href='javascript:void(0)'>j</a>";
    let page = Page {
        url: &url,
        html,
        captured_at: "2026-01-15T12:00:00Z".parse().unwrap(),
        status: 200,
        headers: &[],
        names: &[],
    };
    let found = read(&page, &profile).links;
    let told: Vec<_> = found.iter().map(|f| (f.url.as_str(), f.title.as_deref())).collect();
    let expected = [("https://matin.example/x/b", Some("B")), ("https://matin.example/a/c", Some("C"))];
    assert_eq!(told, expected);
    let many: String = (0..6_000).fold(String::new(), |all, n| all + &format!("<a href=/{n}>x</a>"));
    assert_eq!(read(&Page { html: &many, ..page }, &profile).links.len(), 5_000);
}
