//! Pictures that stand among an article's and are none of it: cards of other articles, faces, signs, advertisements.

use std::sync::LazyLock;

use crate::extract::nodes::NodeSet;
use crate::extract::pattern::pattern;
use regex::Regex;
use scraper::ElementRef;
use url::Url;

use super::{Picture, caption};
use crate::extract::sight::Sight;

/// Words of a class or id that name a box of other things, wherever in the name they stand.
static BOX: LazyLock<Regex> = LazyLock::new(|| {
    let words = concat!(
        r"related|recommend(?:ed|ations?)?|recirc\w*|newsletters?|avatars?|authors?|byline|logos?|sponsored|advert\w*|",
        r"advertisement|anzeige|publicite|outbrain|taboola|breadcrumbs?|paywall|most-?read|read-?more|lire-?aussi|read-?also|",
        r"meistgelesen|emoji|auteurs?|autoren?"
    );
    pattern(&format!(r"(?i)(?:^|[\s_-])(?:{words})(?:$|[\s_-])"))
});
/// Words that name such a box where the name ends with them: a `sidebar-grid` may hold the article.
static END: LazyLock<Regex> = LazyLock::new(|| {
    let words = concat!(
        r"bio|ads?|promo|social|share|sharing|comments?|kommentare?|sidebar|popular|trending|more-on|footer|navigation|nav|menu|",
        r"tags?|signature|journalist|player|video-item|teaser"
    );
    pattern(&format!(r"(?i)(?:^|[\s_-])(?:{words})(?:$|\s)"))
});

/// Does a picture belong to the page's furniture? `text` are the elements around the article's text.
pub(super) fn is_furniture(sight: &Sight<'_>, picture: &Picture, text: &NodeSet) -> bool {
    let Some(node) = sight.html.tree.get(picture.node) else { return true };
    let dropped = |element: ElementRef<'_>| {
        sight.flow.dropped.contains(&element.id()) && !matches!(element.value().name(), "noscript" | "button")
    };
    if ElementRef::wrap(node).is_some_and(dropped) {
        return true;
    }
    let mut in_header = false;
    for (height, element) in node.ancestors().filter_map(ElementRef::wrap).enumerate() {
        match element.value().name() {
            "nav" | "footer" | "aside" | "form" => return true,
            "header" => in_header = true,
            // A card of its own.
            "article" if !text.contains(&element.id()) => return true,
            "article" | "main" => in_header = false,
            // A picture with its own caption may lead to a page that shows it alone.
            "a" if leads_away(sight, element, &picture.url) && !caption::stands(sight, node.id()) => return true,
            "body" | "html" => break,
            _ => {}
        }
        if dropped(element) {
            return true;
        }
        // The page's own frame carries all sorts of names; what holds only a few levels is the picture's.
        if height < 6 && !text.contains(&element.id()) && is_box(element) {
            return true;
        }
    }
    in_header
}

fn is_box(element: ElementRef<'_>) -> bool {
    // `image--has-icon` is an image: what stands behind the dashes says how it looks.
    let block = |word: &str| word.split("--").next().is_some_and(|block| BOX.is_match(block) || END.is_match(block));
    let named = |name: &str| element.attr(name).is_some_and(|value| value.split_whitespace().any(block));
    !matches!(element.value().name(), "article" | "main") && (named("class") || named("id"))
}

/// Does the link lead to another page of text? To a larger form of the picture it does not.
fn leads_away(sight: &Sight<'_>, link: ElementRef<'_>, picture: &Url) -> bool {
    let Some(url) = link.attr("href").and_then(|href| sight.absolute(href)) else { return false };
    let path = url.path().to_ascii_lowercase();
    let ending = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"].iter().any(|ending| path.ends_with(ending));
    // A host that serves nothing but pictures needs no endings.
    let store = url.host() == picture.host() && !sight.profile.canon.owns(&url);
    !ending && !store && url.path().trim_end_matches('/') != sight.page.url.path().trim_end_matches('/')
}
