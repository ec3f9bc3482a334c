//! Images as data: the one the page shows for itself, and those that stand in the article.

use std::collections::HashSet;

use scraper::ElementRef;

use super::body;
use super::sight::Sight;
use super::text::fold;
use crate::model::article::Image;
use crate::profile::rules::Field;

/// Images kept of one page.
const MOST: usize = 60;
/// Pictures narrower than this are signs, faces and counters.
const NARROW: u32 = 100;

/// The page's images; `within` are the first and last line of the article.
pub(super) fn read(sight: &Sight<'_>, within: Option<(usize, usize)>) -> (Vec<Image>, Option<String>) {
    let mut out: Vec<Image> = Vec::new();
    let mut seen = HashSet::new();
    let mut rule_name = None;
    for rule in sight.rules.of(Field::Images) {
        for value in sight.values(rule) {
            let Some(url) = sight.absolute(&value.text) else { continue };
            if seen.insert(url.path().to_owned()) {
                rule_name.get_or_insert_with(|| rule.name.clone());
                out.push(Image { url: url.to_string(), alt: None, caption: None, credit: None });
            }
        }
        if !out.is_empty() {
            break;
        }
    }
    let Some((first, last)) = within else { return (out, rule_name) };
    let lines = &sight.flow.lines;
    let (from, to) = (lines[first].order, lines[last].order);
    for (node, place) in &sight.flow.images {
        let inside = (from..=to).contains(place);
        let element = sight.html.tree.get(*node).and_then(ElementRef::wrap);
        let Some(element) = element.filter(|e| inside && out.len() < MOST && !is_small(e)) else { continue };
        let Some(url) = source(element).and_then(|s| sight.absolute(&s)) else { continue };
        let mut under = body::under(sight, *node);
        if under.is_empty() {
            under.extend(body::bare_caption(sight, *place));
        }
        let caption = under.iter().map(|at| lines[*at].text.as_str()).collect::<Vec<_>>().join(" ");
        let (caption, credit) = parted(&caption);
        let alt = element.attr("alt").map(fold).filter(|a| !a.is_empty());
        if seen.insert(url.path().to_owned()) {
            out.push(Image { url: url.to_string(), alt, caption, credit });
        } else if let Some(known) = out.iter_mut().find(|i| i.url.contains(url.path())) {
            known.alt = known.alt.take().or(alt);
            known.caption = known.caption.take().or(caption);
            known.credit = known.credit.take().or(credit);
        }
    }
    (out, rule_name)
}

fn source(element: ElementRef<'_>) -> Option<String> {
    let attr = |name| element.attr(name).map(str::trim).filter(|v| !v.is_empty() && !v.starts_with("data:"));
    let set = attr("srcset").or_else(|| attr("data-srcset"));
    let largest = set.and_then(|s| s.rsplit(", ").next()).and_then(|s| s.split_whitespace().next());
    attr("data-src").or_else(|| attr("data-lazy-src")).or_else(|| attr("src")).or(largest).map(str::to_owned)
}

fn is_small(element: &ElementRef<'_>) -> bool {
    let width = element.attr("width").and_then(|w| w.trim_end_matches("px").parse::<u32>().ok());
    width.is_some_and(|w| w < NARROW)
}

/// Caption and credit, where a sign parts them.
fn parted(text: &str) -> (Option<String>, Option<String>) {
    let some = |t: &str| Some(t.trim().to_owned()).filter(|t| !t.is_empty());
    for sign in ["© ", "©", "Crédit photo :", "Crédits photo :", "Photo :", "Crédit :", "Foto:"] {
        if let Some((caption, credit)) = text.split_once(sign) {
            return (some(caption), some(credit));
        }
    }
    (some(text), None)
}
