//! What the names of an element (tag, class, id, role) tell of the text inside it. The words are those that templates
//! of all sites share.

use scraper::node::Element;

/// What an element says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The article's text.
    Body,
    /// What readers say under it.
    Comments,
    /// Something around the text: shares, teasers, forms, notices.
    Furniture,
    /// Never shown.
    Hidden,
    Plain,
}

/// Words that are furniture wherever they stand in a name: `post-share-box`, `shareBox`.
const WORDS: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "cookie",
    "cookies",
    "consent",
    "copyright",
    "disclaimer",
    "footer",
    "gdpr",
    "login",
    "masthead",
    "meta",
    "menu",
    "modal",
    "more",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "newsletters",
    "outbrain",
    "pager",
    "pagination",
    "paywall",
    "popular",
    "popup",
    "postmeta",
    "promo",
    "promos",
    "promotion",
    "rating",
    "ratings",
    "recirc",
    "recommended",
    "recommendation",
    "recommendations",
    "related",
    "rss",
    "share",
    "sharing",
    "shares",
    "sharethis",
    "sidebar",
    "signup",
    "social",
    "sponsor",
    "sponsored",
    "sponsors",
    "subscribe",
    "subscription",
    "subnav",
    "syndication",
    "taboola",
    "tagcloud",
    "taglist",
    "tags",
    "teaser",
    "teasers",
    "toolbar",
    "trending",
    "toc",
    "crumbs",
    "bookmark",
    "aside",
    "buttons",
    "button",
    "tool",
    "tools",
    "carousel",
];

/// Classes that are furniture when they stand alone; as a part of longer names they are any builder's boxes.
const ALONE: &[&str] = &["widget", "widgets", "widget-area"];

/// Beginnings of words written in one: `relatedposts`, `newslettersignup`.
const BEGINNINGS: &[&str] = &[
    "relatedp",
    "relateda",
    "relateds",
    "relatedl",
    "relatedc",
    "relatedn",
    "newsletter",
    "breadcrumb",
    "sidebar",
    "sharebar",
    "sharebutton",
    "sharedaddy",
    "sharelink",
    "sociallink",
    "socialshare",
    "socialicon",
    "addthis",
    "addtoany",
    "mostread",
    "mostpopular",
    "authorbio",
    "authorbox",
    "authorinfo",
    "aboutauthor",
    "advert",
    "subscri",
    "recommend",
    "cookie",
];

const COMMENTS: &[&str] = &[
    "comment",
    "comments",
    "commentlist",
    "commentform",
    "commentarea",
    "disqus",
    "respond",
    "reply",
    "kommentare",
    "commentaires",
    "comentarios",
    "livefyre",
];

/// A class or id of the text itself, its signs left out: `article__body`, `entry-content`.
const BODIES: &[&str] = &[
    "articlebody",
    "articlecontent",
    "articletext",
    "bodycontent",
    "contentbody",
    "entrycontent",
    "postbody",
    "postcontent",
    "posttext",
    "storybody",
    "storycontent",
    "storytext",
    "bodytext",
    "newsbody",
    "newstext",
    "newscontent",
    "textcontent",
    "contenttext",
    "blogcontent",
    "postentry",
    "entrybody",
    "entrytext",
    "bodycopy",
    "richtext",
    "articlecopy",
    "articlemain",
];

/// The role of an element by its names alone.
pub(super) fn role(element: &Element) -> Role {
    let tag = element.name();
    if is_hidden(element) {
        return Role::Hidden;
    }
    if matches!(tag, "html" | "body") {
        return Role::Plain;
    }
    let names = || [element.attr("class"), element.attr("id"), element.attr("role")].into_iter().flatten();
    let mut found = Role::Plain;
    for word in names().flat_map(words) {
        let word = word.to_ascii_lowercase();
        if COMMENTS.contains(&word.as_str()) {
            return Role::Comments;
        }
        if WORDS.contains(&word.as_str()) || BEGINNINGS.iter().any(|b| word.starts_with(b)) {
            found = Role::Furniture;
        }
    }
    if names().flat_map(str::split_whitespace).any(|name| ALONE.contains(&name)) {
        found = Role::Furniture;
    }
    if found == Role::Furniture {
        return found;
    }
    let said = element.attr("itemprop").is_some_and(|p| p.split_whitespace().any(|p| p == "articleBody"));
    if said || names().flat_map(str::split_whitespace).any(is_body) {
        return Role::Body;
    }
    found
}

fn is_hidden(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default();
    let style = || style.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase());
    !element.attr("style").unwrap_or_default().is_empty() && style().collect::<String>().contains("display:none")
        || element.attr("aria-hidden") == Some("true")
}

fn is_body(name: &str) -> bool {
    let bare: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    BODIES.iter().any(|body| bare.contains(body))
}

/// A name's words, parted by signs or by a capital behind a small letter.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut small = false;
        let end = rest.find(|c: char| {
            let parts = !c.is_alphanumeric() || (small && c.is_uppercase());
            small = c.is_lowercase();
            parts
        });
        let (word, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind;
        (!word.is_empty()).then_some(word)
    })
}
