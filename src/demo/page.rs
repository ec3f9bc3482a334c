//! An article's page, in the order and with the traps of the paper it imitates: the headline twice, the lead apart
//! from a body that may end its sentence, eight dates of which one is the article's, teasers cut by bytes, a list of
//! everything the one account published, a notice for subscribers that is the comment box's only.

use super::html::Html;
use super::paper::{ACCOUNT, Article, Part};

/// Bytes of a lead that a teaser keeps.
const TEASER: usize = 300;

/// What stands around an article's text and turns by itself.
#[derive(Debug)]
pub(super) struct Sides<'a> {
    /// The `Lire aussi` blocks.
    pub(super) read_also: Vec<&'a Article>,
    /// The cards of the account's articles.
    pub(super) same_author: Vec<&'a Article>,
    /// How often the page was read.
    pub(super) reads: u32,
}

/// The page of one article.
pub(super) fn article(article: &Article, sides: &Sides<'_>) -> Vec<u8> {
    Html::page(|page| {
        page.raw("<div class=\"mt-4\">\n<h1>").text(&article.title).raw("</h1>\n<p>").text(&article.lead);
        page.raw("</p>\n<span>").text(&article.published()).raw("</span>\n<div><b>").text(&article.title);
        page.raw("</b></div>\n<div class=\"mt-4\">\n");
        for (place, part) in article.body.iter().enumerate() {
            body_part(page, article, place, part);
        }
        page.raw("</div>\n<p>&nbsp;</p>\n<p>").text(ACCOUNT).raw("</p>\n");
        for other in &sides.read_also {
            page.raw("<div class=\"mt-4\"><p>Lire aussi\u{a0}: ");
            link(page, other);
            page.raw("</p><p>").bytes(&teaser(&other.lead)).raw("</p></div>\n");
        }
        page.raw("</div>\n<div class=\"mt-4\">\n<h2>Les articles de l'auteur</h2>\n");
        for other in &sides.same_author {
            card(page, other);
        }
        page.raw("</div>\n<div class=\"mt-4\"><p>Le coin des lecteurs est ouvert aux seuls abonnés.<br>\n");
        page.raw(
            "Prenez un abonnement pour lire les avis et laisser le vôtre.</p><a href=\"/abonnement\">S’abonner</a>",
        );
        page.raw("<p>Page lue ").text(&sides.reads.to_string()).raw(" fois</p></div>\n");
    })
}

fn body_part(page: &mut Html, article: &Article, place: usize, part: &Part) {
    match part {
        Part::Paragraph(text) => page.raw("<p>").text(text).raw("</p>\n"),
        Part::Heading(text) => page.raw("<p>&nbsp;</p>\n<p><strong>").text(text).raw("</strong></p>\n"),
        Part::Picture(caption) => {
            page.raw("<p><img src=\"").text(&picture_path(article, place)).raw("\" alt=\"\"></p>\n<p>");
            page.text(caption).raw("</p>\n")
        }
        Part::Signature(name) | Part::Credit(name) => page.raw("<p>&nbsp;</p>\n<p>").text(name).raw("</p>\n"),
    };
}

/// Title, lead, account and date of another article, as the lists print them.
pub(super) fn card(page: &mut Html, article: &Article) {
    page.raw("<div class=\"mt-4\"><h3>");
    link(page, article);
    let lead = if article.lead.is_empty() { "-" } else { &article.lead };
    page.raw("</h3>\n<p>").text(lead).raw(".</p>\n<p>Par ").text(ACCOUNT).raw("</p><br>\n<p>");
    page.text(&article.published()).raw("</p></div>\n");
}

fn link(page: &mut Html, article: &Article) {
    page.raw("<a href=\"").text(&article.path()).raw("\">").text(&article.title).raw("</a>");
}

/// A lead's first 300 bytes and a full stop, as a language that counts bytes cuts it: inside words, inside letters.
pub(super) fn teaser(lead: &str) -> Vec<u8> {
    let lead = if lead.is_empty() { "-" } else { lead };
    let mut cut = lead.as_bytes()[..lead.len().min(TEASER)].to_vec();
    cut.push(b'.');
    cut
}

/// Where the picture at a place of an article's body is had.
pub(super) fn picture_path(article: &Article, place: usize) -> String {
    format!("/media/{}-{place}.svg", article.slug)
}

/// A pirogue on the water, the river's colour being all that differs.
pub(super) fn picture(rank: usize) -> Vec<u8> {
    let hue = rank * 47 % 360;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 60 40\"><rect width=\"60\" height=\"40\" \
         fill=\"hsl({hue},40%,70%)\"/><path d=\"M8 24q22 12 44 0l-5 8H13z\" fill=\"#432\"/></svg>\n"
    )
    .into_bytes()
}

/// The page shown for an address that shows nothing.
pub(super) fn missing() -> Vec<u8> {
    Html::page(|page| {
        page.raw("<h1>Page introuvable</h1>\n<p>Cette page n’existe pas, ou n’existe plus.</p>\n");
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_teaser_is_cut_by_bytes() {
        assert_eq!(teaser(""), b"-.");
        assert_eq!(teaser("Court."), b"Court..");
        let long = "a".repeat(299) + "été";
        let cut = teaser(&long);
        assert_eq!(cut.len(), 301);
        assert_eq!(cut[299..], [0xc3, b'.']);
    }
}
