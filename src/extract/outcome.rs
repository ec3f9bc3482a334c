//! What a page that is no article is instead. Strong marks only: an article that is called a wall is lost.

use std::sync::LazyLock;

use super::pattern::pattern;
use regex::Regex;

use super::sight::Sight;
use crate::model::article::{Attributes, Text, normal};
use crate::model::reading::Outcome;

/// Where marks of a wall are looked for.
const MARKS_WITHIN: usize = 512 << 10;
/// A text for subscribers shorter than this in characters is its beginning only.
const EXCERPT: usize = 900;
/// A page with more text than this in characters is no wall.
const WALL: usize = 1_500;

/// The outcome, and why, for people.
pub(super) fn judge(sight: &Sight<'_>, text: &Text, attributes: &Attributes) -> (Outcome, Option<String>) {
    let length = text.length();
    if let Some(reason) = challenge(sight, length) {
        return (Outcome::Challenge, Some(reason));
    }
    let whole = !text.title.is_empty() && !text.body.is_empty();
    if !whole && let Some(reason) = consent(sight) {
        return (Outcome::Consent, Some(reason));
    }
    if let Some(reason) = soft_gone(sight, (text, length), attributes, whole) {
        return (Outcome::SoftGone, Some(reason));
    }
    if !whole {
        let missing = match (text.title.is_empty(), text.body.is_empty()) {
            (true, true) => "neither title nor body",
            (true, false) => "no title",
            _ => "no body",
        };
        return (Outcome::ExtractionFailed, Some(format!("{missing} found by the profile's rules")));
    }
    if length < EXCERPT && sight.structured.is_for_subscribers() {
        let reason = format!("the page says it is not for everyone, and shows {length} characters");
        return (Outcome::PaywallExcerpt, Some(reason));
    }
    (Outcome::Article, None)
}

fn challenge(sight: &Sight<'_>, length: usize) -> Option<String> {
    let mitigated = sight.page.headers.iter().any(|(name, value)| {
        name.eq_ignore_ascii_case("cf-mitigated") && value.to_ascii_lowercase().starts_with(b"challenge")
    });
    if mitigated {
        return Some("the answer says `cf-mitigated: challenge`".into());
    }
    if length > WALL {
        return None;
    }
    let marks = [
        ("/cdn-cgi/challenge-platform/", "<title>Just a moment"),
        ("captcha-delivery.com", "geo.captcha-delivery.com/captcha"),
        ("_pxAppId", "px-captcha"),
        ("_Incapsula_Resource", "Incapsula incident ID"),
        ("awsWafCookieDomainList", "challenge-container"),
    ];
    let html = start(sight.page.html);
    let found = marks.iter().find(|(a, b)| html.contains(a) && html.contains(b))?;
    Some(format!("the page holds the marks of a bot challenge (`{}`)", found.1))
}

fn consent(sight: &Sight<'_>) -> Option<String> {
    static ACTION: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r#"(?i)<form[^>]+action=["'][^"']*(?:consent\.|/consent|collectconsent|cmp[./])[^"']*["']"#)
    });
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        let words = concat!(
            r"(?:accepter|refuser)\s+(?:et\s+(?:continuer|fermer)|tous?\s+les\s+cookies)|continuer\s+sans\s+accepter|",
            r"alle\s+(?:cookies\s+)?akzeptieren|zustimmen\s+und\s+weiter|accept\s+all\s+cookies|aceptar\s+(?:todas|y\s+continuar)"
        );
        pattern(&format!("(?i){words}"))
    });
    let html = start(sight.page.html);
    if ACTION.is_match(html) {
        return Some("nothing but a form that asks for consent".into());
    }
    let length: usize = sight.flow.lines.iter().map(|l| l.text.chars().count()).sum();
    let said = super::text::of_element(sight.html.root_element());
    let cookies = said.to_lowercase().contains("cookie");
    (length < 4_000 && cookies && WORDS.is_match(&said)).then(|| "nothing but a cookie wall".into())
}

/// An article's address answered by the home page or by an error text.
fn soft_gone(
    sight: &Sight<'_>,
    (text, length): (&Text, usize),
    attributes: &Attributes,
    whole: bool,
) -> Option<String> {
    static LOST: LazyLock<Regex> = LazyLock::new(|| {
        let words = concat!(
            r"(?:erreur\s+)?404\b.*|(?:cette\s+|la\s+)?page\s+(?:\S+\s+){0,6}(?:introuvable|n['’]existe\s+(?:pas|plus)|non\s+trouvée)",
            r"|(?:oups|oops)\b.*|(?:article|contenu|page)\s+(?:introuvable|non\s+trouvée?|supprimée?)|(?:page|article)\s+not\s+found",
            r"|seite\s+nicht\s+gefunden|página\s+no\s+encontrada|pagina\s+niet\s+gevonden"
        );
        pattern(&format!(r"(?i)^\W*(?:{words})\W*$"))
    });
    let shaped = sight.profile.article.paths.is_empty() || sight.profile.article.matches(&sight.path);
    if !shaped || sight.page.url.path() == "/" {
        return None;
    }
    let dated = attributes.published.is_some();
    if let Some(home) = attributes.canonical.as_deref().and_then(|c| sight.absolute(c))
        && home.path() == "/"
        && home.query().is_none()
        && !(whole && dated)
    {
        return Some(format!("the page says it is {home}"));
    }
    let title = if text.title.is_empty() { window_title(sight) } else { text.title.clone() };
    let error_title =
        LOST.is_match(&title) || LOST.is_match(title.split([':', '|', '-', '–']).next().unwrap_or_default());
    if error_title && length < WALL && !dated {
        return Some(format!("the page is titled `{}`", super::text::head(&title, 60)));
    }
    let home_title = normal(&window_title(sight)).to_lowercase();
    let name = normal(&sight.profile.name).to_lowercase();
    let generic = home_title == name
        || home_title.strip_prefix(&name).is_some_and(|r| r.trim_start().starts_with(['-', '|', ':']));
    (!whole && !dated && generic).then(|| format!("the page is titled `{}`, as the home page is", window_title(sight)))
}

fn window_title(sight: &Sight<'_>) -> String {
    let selector = scraper::Selector::parse("title").expect("a selector of our own");
    sight.html.select(&selector).next().map(|t| super::text::fold(&t.text().collect::<String>())).unwrap_or_default()
}

fn start(html: &str) -> &str {
    &html[..html.floor_char_boundary(MARKS_WITHIN)]
}
