//! What leads to articles: the front page, the sections with their further pages, the sitemap, robots.txt.

use super::html::Html;
use super::page::card;
use super::paper::{Article, NAME, Section};

/// Stands where the scheme and host come to stand by which the reader asked.
pub(super) const ORIGIN: &str = "{origin}";
/// Cards on the front page.
const FRONT: usize = 10;
/// Cards on one page of a section.
const PER_PAGE: usize = 4;

/// The newest of everything.
pub(super) fn front(newest_first: &[Article]) -> Vec<u8> {
    Html::page(|page| {
        page.raw("<h1>").text(NAME).raw("</h1>\n");
        newest_first.iter().take(FRONT).for_each(|article| card(page, article));
    })
}

/// The pages of a section, at least one, each with its path and query.
pub(super) fn section(section: Section, newest_first: &[Article]) -> Vec<(String, Vec<u8>)> {
    let own: Vec<&Article> = newest_first.iter().filter(|a| a.section == section).collect();
    let pages = own.len().div_ceil(PER_PAGE).max(1);
    let path = |number: usize| match number {
        1 => format!("/rubriques/{}", section.slug()),
        more => format!("/rubriques/{}?page={more}", section.slug()),
    };
    let print = |number: usize| {
        Html::page(|page| {
            page.raw("<h1>").text(section.name()).raw("</h1>\n");
            own.iter().skip((number - 1) * PER_PAGE).take(PER_PAGE).for_each(|article| card(page, article));
            page.raw("<p>Page ").raw(&format!("{number} sur {pages}"));
            if number < pages {
                page.raw(" <a href=\"").text(&path(number + 1)).raw("\">Page suivante</a>");
            }
            page.raw("</p>\n");
        })
    };
    (1..=pages).map(|number| (path(number), print(number))).collect()
}

/// Every article, sitemaps.org 0.9.
pub(super) fn sitemap(newest_first: &[Article]) -> Vec<u8> {
    let mut xml = Html::default();
    xml.raw(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for article in newest_first {
        xml.raw("<url><loc>").raw(ORIGIN).text(&article.path()).raw("</loc><lastmod>");
        xml.raw(&format!("{:.0}", article.created)).raw("</lastmod></url>\n");
    }
    xml.raw("</urlset>\n");
    xml.done()
}

/// RFC 9309, with the two lines beyond it that many sites write.
pub(super) fn robots() -> Vec<u8> {
    format!("User-agent: *\nDisallow: /abonnement\nCrawl-delay: 0\n\nSitemap: {ORIGIN}/sitemap.xml\n").into_bytes()
}
