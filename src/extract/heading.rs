//! A heading in two: the headline, and the kicker or the day that stands in the same element.

use std::sync::LazyLock;

use regex::Regex;
use scraper::ElementRef;

use super::called::letters;
use super::pattern::pattern;
use super::text;
use crate::extract::nodes::NodeSet;

/// A headline has so many letters at least; what is left with fewer was no headline beside a kicker.
const FEWEST: usize = 8;
/// Signs that part a kicker from the headline; many stand there for those alone who do not see the page.
const SIGNS: [char; 10] = [' ', ':', '-', '–', '—', '|', '•', '·', '/', ','];

/// What a heading says.
pub(super) struct Heading {
    pub(super) headline: String,
    /// All that it says, where something stands beside the headline.
    pub(super) whole: Option<String>,
}

/// Takes a heading apart; `dropped` are the page's elements that are no part of any text.
pub(super) fn of(heading: ElementRef<'_>, dropped: &NodeSet) -> Heading {
    let whole = text::of_element_without(heading, dropped);
    let beside: NodeSet = heading.descendent_elements().filter(is_beside).map(|element| element.id()).collect();
    if beside.is_empty() {
        return Heading { headline: whole, whole: None };
    }
    let inside = heading.descendants().map(|node| node.id()).filter(|id| dropped.contains(id));
    let headline = text::of_element_without(heading, &inside.chain(beside).collect());
    let headline = headline.trim_matches(SIGNS).to_owned();
    if letters(&headline).chars().count() < FEWEST {
        return Heading { headline: whole, whole: None };
    }
    Heading { headline, whole: Some(whole) }
}

/// Does the element's name say that it stands beside a headline? The words are those of content systems of all countries.
fn is_beside(element: &ElementRef<'_>) -> bool {
    static NAMES: LazyLock<Regex> = LazyLock::new(|| {
        let part_of_a_word = concat!(
            r"kicker|over-?line|top-?line|roof-?line|dachzeile|spitzmarke|(?:top|super|over|pre)-?title|sur-?titre|eyebrow",
            r"|occhiello|antet[ií]tulo"
        );
        let whole_word = r"rubrik|rubrique|topic|badge|label|category|entry-section";
        pattern(&format!(r"(?i){part_of_a_word}|(?:^|[\s_-])(?:{whole_word})(?:$|[\s_-])"))
    });
    let name = element.value().name();
    matches!(name, "small" | "time") || element.attr("class").is_some_and(|class| NAMES.is_match(class))
}

#[cfg(test)]
mod tests {
    use scraper::Selector;

    use super::*;

    fn headline(inside: &str) -> String {
        let html = crate::extract::parse(&format!("<h1>{inside}</h1>")).unwrap();
        of(html.select(&Selector::parse("h1").unwrap()).next().unwrap(), &NodeSet::default()).headline
    }

    #[test]
    fn a_kicker_is_no_part_of_the_headline() {
        for inside in [
            "<span class=dachzeile>Fleuve</span><span class=headline>Le bac de Konna reprend</span>",
            "<span class='article-heading__kicker'>Fleuve</span><span class=visually-hidden>: </span>Le bac de Konna reprend",
            "<div class='topic-label'>Fleuve</div> Le bac de Konna reprend",
            "Le bac de Konna reprend<br><small>3 mars 2024 • Fleuve</small>",
            "<span class='ts-overline'>Fleuve </span><span>: </span><span class='ts-headline'>Le bac de Konna reprend</span>",
        ] {
            assert_eq!(headline(inside), "Le bac de Konna reprend", "{inside}");
        }
    }

    #[test]
    fn what_is_all_there_is_stays() {
        for inside in ["<span class=label>Le bac de Konna reprend</span>", "Le bac <em>de Konna</em> reprend"] {
            assert_eq!(headline(inside), "Le bac de Konna reprend", "{inside}");
        }
        assert_eq!(headline("<span class=kicker>Le bac de Konna</span> reprend"), "Le bac de Konna reprend");
    }
}
