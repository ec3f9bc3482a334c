//! What the names of an element (tag, class, id, role) tell of the text inside it. The words are those that templates
//! of all sites share.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxBuildHasher;
use scraper::node::Element;

use crate::extract::pattern::pattern;

/// What an element says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The article's text, as machines are told: `itemprop=articleBody`.
    Said,
    /// The article's text, by the name of a class.
    Body,
    /// Readers' comments, questions about cookies, and what a tag sets apart: furniture however long it is.
    Apart,
    /// What leads to other stories, or a standfirst.
    Teaser,
    /// Something around the text: shares, teasers, forms, notices.
    Furniture,
    /// Never shown.
    Hidden,
    Plain,
}

type Words = HashSet<&'static str, FxBuildHasher>;

/// Words that are furniture wherever they stand in a name: `post-share-box`, `shareBox`.
const FURNITURE: &str = "\
    ad ads advert advertisement advertising aside auteur author authors autor banner bio bookmark breadcrumb breadcrumbs button buttons \
    byline carousel copyright crumbs disclaimer footer login masthead menu meta \
    modal more nav navbar navigation newsletter newsletters outbrain pager pagination paywall popular popup \
    postmeta promo promos promotion rating ratings recirc recommendation recommendations recommended related \
    rss share shares sharethis sharing sidebar signup social sponsor sponsored sponsors subnav subscribe \
    subscription syndication taboola tagcloud taglist tags toc tool toolbar tools trending";

/// Beginnings of words written in one: `relatedposts`, `newslettersignup`.
const BEGINNINGS: &str = "\
    aboutauthor addthis addtoany advert authorbio authorbox authorinfo breadcrumb mostpopular \
    mostread newsletter recommend relateda relatedc relatedl relatedn relatedp relateds sharebar sharebutton \
    sharedaddy sharelink sidebar socialicon sociallink socialshare subscri";

/// The shortest of these in bytes.
const SHORTEST_BEGINNING: usize = 6;

/// Classes that are furniture when they stand alone; as a part of longer names they are any page builder's boxes.
const ALONE: &[&str] = &["widget", "widgets", "widget-area"];

/// Where readers speak, and where they are asked for their consent.
const APART: &str = "\
    comentarios comment commentaires commentarea commentform commentlist comments consent cookie cookiebar \
    cookiebanner cookies disqus gdpr kommentare livefyre reply respond";

/// A shorter name in bytes is no phrase.
const SLUG: usize = 14;
/// Small words of headings, which no name of a box needs.
const JOINING: [&str; 32] = [
    "the", "and", "with", "for", "from", "your", "our", "how", "what", "why", "is", "are", "le", "la", "les", "des",
    "du", "et", "aux", "une", "pour", "dans", "sur", "est", "der", "die", "und", "mit", "von", "el", "los", "para",
];

/// Names of the text itself, without their signs: `article__body`, `entry-content`.
const BODIES: &str = "\
    articlebody articlecontent articlecopy articlemain articletext blogcontent bodycontent bodycopy bodytext \
    contentbody contenttext entrybody entrycontent entrytext newsbody newscontent newstext postbody \
    postcontent postentry posttext richtext storybody storycontent storytext textcontent";

static FURNITURE_WORDS: LazyLock<Words> = LazyLock::new(|| FURNITURE.split_whitespace().collect());
static APART_WORDS: LazyLock<Words> = LazyLock::new(|| APART.split_whitespace().collect());
static BEGINS: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^(?:{})", any_of(BEGINNINGS))));
static NAMES_BODY: LazyLock<Regex> = LazyLock::new(|| pattern(&any_of(BODIES)));

fn any_of(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join("|")
}

/// What an element says of itself, gathered in one pass over its attributes: every element of a page is asked.
#[derive(Default)]
struct Said<'e> {
    class: &'e str,
    id: &'e str,
    role: &'e str,
    property: &'e str,
    style: &'e str,
    unread: bool,
}

impl<'e> Said<'e> {
    fn by(element: &'e Element) -> Self {
        let mut said = Self::default();
        for (name, value) in element.attrs() {
            match name {
                "class" => said.class = value,
                // An address within the page repeats a heading's words, which are about anything.
                "id" if !is_slug(value) => said.id = value,
                "role" => said.role = value,
                "itemprop" => said.property = value,
                "style" => said.style = value,
                "aria-hidden" => said.unread = value == "true",
                _ => {}
            }
        }
        said
    }

    fn is_hidden(&self) -> bool {
        let bare = || self.style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        let unseen = |style: String| style.contains("display:none") || style.contains("visibility:hidden");
        self.unread || (!self.style.is_empty() && unseen(bare()))
    }

    fn names(&self) -> impl Iterator<Item = &'e str> {
        [self.class, self.id, self.role].into_iter()
    }

    fn is(&self, property: &str) -> bool {
        self.property.split_whitespace().any(|own| own == property)
    }
}

/// The role of an element by its names alone.
pub(super) fn role(element: &Element) -> Role {
    let name = element.name();
    if matches!(name, "html" | "body") {
        return Role::Plain;
    }
    let said = Said::by(element);
    match name {
        _ if said.is_hidden() => return Role::Hidden,
        "aside" | "nav" | "footer" => return Role::Apart,
        _ if said.is("articleBody") => return Role::Said,
        _ if said.is("author") => return Role::Furniture,
        _ => {}
    }
    let mut found = Role::Plain;
    let mut lower = String::new();
    for word in said.names().flat_map(words) {
        lower.clear();
        lower.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        let word = lower.as_str();
        if word.starts_with("embed") {
            // Posts of social networks are quoted so, and belong to the text.
            return Role::Plain;
        }
        if APART_WORDS.contains(word) {
            return Role::Apart;
        }
        if FURNITURE_WORDS.contains(word) || begins_furniture(word) {
            found = Role::Furniture;
        } else if found == Role::Plain && matches!(word, "teaser" | "teasers") {
            found = Role::Teaser;
        }
    }
    let whole = || said.names().flat_map(str::split_whitespace);
    match found {
        Role::Furniture => found,
        _ if whole().any(|name| ALONE.contains(&name)) => Role::Furniture,
        Role::Plain if whole().any(is_body) => Role::Body,
        _ => found,
    }
}

pub(super) fn is_hidden(element: &Element) -> bool {
    Said::by(element).is_hidden()
}

fn begins_furniture(word: &str) -> bool {
    word.len() >= SHORTEST_BEGINNING && BEGINS.is_match(word)
}

fn is_body(name: &str) -> bool {
    let bare: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    NAMES_BODY.is_match(&bare)
}

/// Is the name a phrase: four words or more, one of which only joins the others?
fn is_slug(name: &str) -> bool {
    name.len() >= SLUG && words(name).count() >= 4 && words(name).any(|word| JOINING.contains(&word))
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
