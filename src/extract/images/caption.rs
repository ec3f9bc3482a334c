//! What stands under a picture: its caption, and whom it is from.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::extract::nodes::NodeSet;
use crate::extract::pattern::pattern;
use ego_tree::NodeId;
use regex::Regex;
use scraper::{ElementRef, Selector};

use super::beside;
use crate::extract::sight::Sight;
use crate::extract::text;
use crate::model::article::normal;

/// Elements between a picture and the box it shares with its caption.
const HEIGHT: usize = 8;
/// A longer text is no caption, a longer credit no name; characters.
const LONGEST: usize = 1_500;
const LONGEST_CREDIT: usize = 160;

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a selector of our own")
}

static CAPTION: LazyLock<Selector> = LazyLock::new(|| {
    selector("figcaption, [class*=caption i], [class*=legend i], [itemprop~=caption], [class*=bildunterschrift i]")
});
static CREDIT: LazyLock<Selector> = LazyLock::new(|| {
    selector(concat!(
        "[class*=credit i], [class*=copyright i], [class*=photographer i], [class*=attribution i], [itemprop~=copyrightHolder], ",
        "[itemprop~=creditText], [itemprop~=author], [class*=source i]:not(source), figcaption cite, figcaption small, ",
        "[class*=rights i]:not([class*=copyrights i]), [class*=caption i] [class*=author i], figcaption [class*=author i], ",
        "[class*=agency i], [class*=byline i]"
    ))
});
/// A sign between caption and credit: the credit stands behind it.
static SIGN: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"crédits?(?:\s+photos?)?|photos?(?:\s+credits?)?|photograph|fotos?|fotograf(?:ie|ía|o)?|bild(?:er|nachweis|quelle)?|quelle|quellen|credits?|images?|illustration|picture|source";
    pattern(&format!(
        r"(?is)^(.*?)[\s(\[|–—-]*(?:(?:©|\(c\)|copyright\b|℗)[\s:]*|\b(?:{words})\s*(?:\s(?:by|par|von|de)\s|:)\s*)(.+?)[)\]]*\s*$"
    ))
});
/// A bracket at the end that names an agency or an agency's photographer.
static BRACKET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?s)^(.*?)\s*[(\[]([^()\[\]]*(?:/|\b(?:AFP|AP|Reuters|REUTERS|Getty|dpa|EPA|EFE|IMAGO|Imago|Keystone|ANSA|Belga|BELGA|APA)\b)[^()\[\]]*)[)\]]\.?\s*$",
    )
});
/// "Name / AFP" behind the sentence.
static SLASH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)^(.*[.!?…»”])\s+([^.!?]{2,60}?\s?/\s?[^.!?]{2,40})\.?\s*$"));
/// A bracket, or "Photo Name", behind the sentence.
static BEHIND: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)^(.*[.!?…»”])\s*(?:[(\[]([^()\[\]]{2,60})[)\]]|[Pp]hotos?\s+(\p{Lu}.{2,60}))\s*$"));
/// What stands before a name in a box of its own.
static LEAD_IN: LazyLock<Regex> = LazyLock::new(|| {
    let signs = r"©|\(c\)|copyright|crédits?(?:\s+photos?)?|photos?(?:\s+credits?)?|fotos?|credits?|by|par|von";
    let words = r"fotograf(?:ie|ía|o)?|bild(?:er|nachweis|quelle)?|quelle|images?|picture|source|illustration";
    pattern(&format!(
        r"(?i)^[\s(\[|/–—•-]*(?:(?:©\s*|(?:{signs})(?:\s*:\s*|\s+by\s+|\s+)|(?:{words})(?:\s*:\s*|\s+by\s+)))*"
    ))
});
/// The agency behind the name that stands in a box of its own.
static AGENCY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(.*?)\s*/\s*([^./]{2,60})$"));

/// Caption and credit of a picture.
pub(super) fn of(sight: &Sight<'_>, node: NodeId, place: usize) -> (Option<String>, Option<String>) {
    let in_box = container(sight, node).and_then(|container| in_box(container));
    let (caption, credit) = in_box.unwrap_or_else(|| {
        let mut under = beside::under(sight, node);
        if under.is_empty() {
            under.extend(beside::bare_caption(sight, place));
        }
        (under.iter().map(|at| sight.flow.lines[*at].text.as_str()).collect::<Vec<_>>().join(" "), String::new())
    });
    let sized = |text: String, most: usize| Some(text).filter(|t| !t.is_empty() && t.chars().count() <= most);
    if credit.is_empty() {
        let (caption, credit) = parted(&caption);
        return (sized(caption, LONGEST), credit.and_then(|credit| sized(credit, LONGEST_CREDIT)));
    }
    let (mut caption, mut credit) = (caption, cleaned(&credit));
    if let Some(found) = AGENCY.captures(&caption).map(|c| (c[1].to_owned(), c[2].trim().to_owned())) {
        credit = format!("{credit}/{}", found.1);
        caption = found.0;
    }
    (sized(caption, LONGEST), sized(credit, LONGEST_CREDIT))
}

/// Does a caption or credit by name stand with the picture?
pub(super) fn stands(sight: &Sight<'_>, node: NodeId) -> bool {
    container(sight, node).and_then(in_box).is_some_and(|(caption, credit)| !caption.is_empty() || !credit.is_empty())
}

/// The box that a picture shares with its caption and with no other text.
fn container<'s>(sight: &'s Sight<'_>, node: NodeId) -> Option<ElementRef<'s>> {
    let ancestors = sight.html.tree.get(node)?.ancestors().filter_map(ElementRef::wrap).take(HEIGHT);
    let mut found = None;
    for element in ancestors {
        if matches!(element.value().name(), "article" | "main" | "body" | "html" | "section" | "ul") {
            break;
        }
        if element.value().name() == "figure" {
            return Some(element);
        }
        let holds = || element.select(&CAPTION).next().is_some() || element.select(&CREDIT).next().is_some();
        if found.is_none() && !holds_prose(element) && holds() {
            found = Some(element);
        }
    }
    found
}

fn holds_prose(element: ElementRef<'_>) -> bool {
    static PROSE: LazyLock<Selector> = LazyLock::new(|| selector("h1, h2, h3"));
    static PARAGRAPH: LazyLock<Selector> = LazyLock::new(|| selector("p"));
    element.select(&PROSE).next().is_some() || element.select(&PARAGRAPH).take(4).count() > 3
}

/// Caption and credit by the names of their elements; nothing where none has a name.
fn in_box(container: ElementRef<'_>) -> Option<(String, String)> {
    let credits: Vec<ElementRef<'_>> = outermost(container, &CREDIT);
    let dropped: NodeSet = credits.iter().map(|e| e.id()).collect();
    let credit = joined(credits.iter().map(|e| text::of_element(*e)));
    let captions = outermost(container, &CAPTION);
    let caption = joined(captions.iter().map(|e| text::of_element_without(*e, &dropped)));
    // What is called caption and credit at once is a caption with its credit in it.
    let whole = captions.iter().any(|e| dropped.contains(&e.id()));
    if whole {
        return Some((caption, String::new()));
    }
    (!caption.is_empty() || !credit.is_empty()).then_some((caption, credit))
}

/// The elements of a box that match and stand in no other that does.
fn outermost<'e>(container: ElementRef<'e>, selector: &Selector) -> Vec<ElementRef<'e>> {
    let all: Vec<ElementRef<'e>> = container.select(selector).take(20).collect();
    let ids: NodeSet = all.iter().map(|e| e.id()).collect();
    all.into_iter().filter(|e| !e.ancestors().any(|a| ids.contains(&a.id()))).collect()
}

/// The distinct texts, one behind the other.
fn joined(texts: impl Iterator<Item = String>) -> String {
    let mut seen = HashSet::new();
    let mut distinct: Vec<String> = texts.filter(|t| !t.is_empty() && seen.insert(normal(t))).take(20).collect();
    // One box says it for narrow screens, another for wide ones, and the box around them both.
    let all = distinct.clone();
    distinct.retain(|t| !all.iter().any(|o| o != t && t.contains(o.as_str()) && t.matches(o.as_str()).count() > 1));
    distinct.join(" ")
}

/// Does the text tell whom a picture is from?
pub(super) fn has_credit(text: &str) -> bool {
    parted(text).1.is_some()
}

/// Caption and credit of a text that holds both.
fn parted(text: &str) -> (String, Option<String>) {
    for rule in [&SIGN, &BRACKET, &SLASH, &BEHIND] {
        let Some(found) = rule.captures(text) else { continue };
        let credit = found.iter().skip(2).flatten().next().map(|m| cleaned(m.as_str())).unwrap_or_default();
        let caption = found[1].trim().to_owned();
        if credit.chars().count() <= LONGEST_CREDIT && credit.chars().any(char::is_alphabetic) {
            return (caption, Some(credit));
        }
    }
    (text.trim().to_owned(), None)
}

fn cleaned(credit: &str) -> String {
    let bare = LEAD_IN.replace(credit, "");
    let bare = bare.trim_matches(|c: char| c.is_whitespace() || "()[]|,;:•–—-/".contains(c)).trim_end_matches('.');
    once(&text::fold(bare))
}

/// "Awa Diarra | Awa Diarra" says it for two kinds of screens.
fn once(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().filter(|w| *w != "|").collect();
    let (first, second) = words.split_at(words.len() / 2);
    if first == second && !first.is_empty() { first.join(" ") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_part_caption_and_credit() {
        let cases = [
            ("Le fleuve à Ségou. © Awa Diarra/AFP", "Le fleuve à Ségou.", Some("Awa Diarra/AFP")),
            ("Le fleuve à Ségou (Photo : Awa Diarra)", "Le fleuve à Ségou", Some("Awa Diarra")),
            ("Le fleuve. Crédit photo : AMAP", "Le fleuve.", Some("AMAP")),
            ("Le fleuve à Ségou. (Awa Diarra/AFP)", "Le fleuve à Ségou.", Some("Awa Diarra/AFP")),
            ("Le fleuve à Ségou. Awa Diarra / AFP", "Le fleuve à Ségou.", Some("Awa Diarra / AFP")),
            ("Das Ufer. Foto: dpa", "Das Ufer.", Some("dpa")),
            ("Le fleuve à Ségou. (Awa Diarra)", "Le fleuve à Ségou.", Some("Awa Diarra")),
            ("Le fleuve, en mai. Photo Awa Diarra. AFP", "Le fleuve, en mai.", Some("Awa Diarra. AFP")),
            ("Le fleuve. © Picture Alliance", "Le fleuve.", Some("Picture Alliance")),
            ("Le fleuve. © Awa Diarra | Awa Diarra", "Le fleuve.", Some("Awa Diarra")),
            ("Le photographe devant sa photo (2019)", "Le photographe devant sa photo (2019)", None),
        ];
        for (text, caption, credit) in cases {
            assert_eq!(parted(text), (caption.to_owned(), credit.map(str::to_owned)), "{text}");
        }
    }
}
