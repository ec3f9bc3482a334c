//! One small page for each trap of pictures.

use url::Url;

use crate::extract::{Page, read};
use crate::model::article::Image;
use crate::profile::Profile;

const PROFILE: &str = "name = 'Le Matin'\nzone = 'Africa/Bamako'\nlanguage = 'fr'\nhosts = ['matin.example']\n\
    [article]\npaths = ['^/a/']\n[[layout]]\n";
const PROSE: &str = "<p>La réunion s’est tenue hier devant un public nombreux, sous le grand arbre de la place, et les \
    débats y ont duré jusqu’au soir.</p><p>Le maire y a promis que la route serait refaite avant les pluies.</p>";

fn images_by(rules: &str, page: &str) -> Vec<Image> {
    let profile = Profile::parse("matin", "matin.toml", &format!("{PROFILE}{rules}")).unwrap();
    let url = Url::parse("https://matin.example/a/une-page").unwrap();
    let captured_at = "2026-01-15T12:00:00Z".parse().unwrap();
    read(&Page { url: &url, html: page, captured_at, status: 200, headers: &[], names: &[] }, &profile)
        .article
        .attributes
        .images
}

fn page(before: &str, behind: &str) -> String {
    let head = "<title>La route</title><meta property=og:image content=/og/la-route-1200x630.jpg>";
    format!(
        "<html><head>{head}</head><body><header><img src=/haut.jpg></header><article><h1>La route</h1>{before}{PROSE}{behind}\
        <p>Les travaux dureront deux ans, selon le chef du chantier.</p></article>\
        <div class=related><a href=/a/autre><img src=/autre.jpg> Un autre titre</a></div></body></html>"
    )
}

fn urls(images: &[Image]) -> Vec<&str> {
    images.iter().map(|i| i.url.strip_prefix("https://matin.example").unwrap_or(&i.url)).collect()
}

#[test]
fn the_printed_picture_stands_for_the_one_named_to_others() {
    let figure = "<figure><img data-src=/photos/la-route-640x400.jpg src=data:image/gif;base64,R0 alt='Une route'>\
        <noscript><img src=/photos/la-route-640x400.jpg></noscript>\
        <figcaption>La route de Ségou. <span class=credit>Photo : Awa Diarra</span></figcaption></figure>";
    let images = images_by("", &page(figure, ""));
    assert_eq!(urls(&images), ["/photos/la-route-640x400.jpg"]);
    let image = &images[0];
    assert_eq!(image.alt.as_deref(), Some("Une route"));
    assert_eq!((image.caption.as_deref(), image.credit.as_deref()), (Some("La route de Ségou."), Some("Awa Diarra")));
}

#[test]
fn a_picture_named_to_others_is_the_articles_where_it_is_printed_or_alone() {
    assert_eq!(urls(&images_by("", &page("", ""))), ["/og/la-route-1200x630.jpg"]);
    let printed = page("", "<figure><img src=/photos/pont.jpg></figure>");
    assert_eq!(urls(&images_by("", &printed)), ["/photos/pont.jpg"]);
    let above = printed.replace("<img src=/haut.jpg>", "<img src=/grand/la-route-640x400.jpg alt='Une route'>");
    let images = images_by("", &above);
    assert_eq!(urls(&images), ["/grand/la-route-640x400.jpg", "/photos/pont.jpg"]);
    assert_eq!(images[0].alt.as_deref(), Some("Une route"));
}

#[test]
fn cards_faces_and_boxes_are_left_out() {
    let boxes = "<a href=/a/pont><img src=/carte.jpg></a><div class=author-box><img src=/visage.jpg></div>\
        <aside><img src=/cote.jpg></aside><article><img src=/autre-carte.jpg></article><img src=/logo.svg>\
        <img src=/point.jpg width=1 height=1><a href=/photos/grand.jpg><img src=/photos/petit.jpg></a>";
    let images = images_by("drop = ['.pub']", &page("", &format!("{boxes}<div class=pub><img src=/pub.jpg></div>")));
    assert_eq!(urls(&images), ["/photos/petit.jpg"]);
}

#[test]
fn a_profile_may_say_which_pictures_are_the_articles() {
    let gallery =
        "<ul class=diapo><li><img src=/d/un-pont.jpg></li><li><img src=/d/un-bac.jpg></li></ul><img src=/x/rive.jpg>";
    let images = images_by("images = [{ css = '.diapo img' }, 'default']", &page("", gallery));
    assert_eq!(urls(&images), ["/d/un-pont.jpg", "/d/un-bac.jpg"]);
}
