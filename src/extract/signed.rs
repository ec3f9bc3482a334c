//! Bylines as readers meet them: lines around the headline and under the text that say who wrote, and links to the pages
//! of those who write.

use std::sync::LazyLock;

use super::pattern::pattern;
use regex::Regex;

use super::date::{is_month, within};
use super::dateline;
use super::flow::{Line, LineKind};
use super::sight::{Sight, Value};
use super::text;

/// Lines looked at under the headline.
const UNDER: usize = 10;
/// Lines looked at above it.
const ABOVE: usize = 4;
/// A longer line says more than who wrote.
const LONGEST: usize = 120;

/// Texts that name those who wrote, the likeliest first.
pub(super) fn signed(sight: &Sight<'_>) -> Vec<Value> {
    let lines = &sight.flow.lines;
    let Some(title) = dateline::headline(sight) else { return Vec::new() };
    let under = title + 1..(title + 1 + UNDER).min(lines.len());
    let above = (title.saturating_sub(ABOVE)..title).rev();
    let near: Vec<usize> = under.chain(above).filter(|at| is_own(&lines[*at])).collect();
    let tries: [fn(&Sight<'_>, usize) -> Option<String>; 3] = [announced, linked, beside_day];
    for attempt in tries {
        if let Some(found) = near.iter().find_map(|at| attempt(sight, *at).map(|text| Value { text, line: Some(*at) }))
        {
            return vec![found];
        }
    }
    let behind = (title + 1..lines.len()).filter(|at| is_own(&lines[*at]));
    let found = behind.filter_map(|at| whole_line(sight, at).map(|text| Value { text, line: Some(at) }));
    found.take(1).collect()
}

fn is_own(line: &Line) -> bool {
    !line.frame && line.text.chars().count() <= LONGEST
}

const BY: &str = r"by|par|von|por|door|di|text(?:e)?(?:\s*:|\s+(?:by|von|par|de))|autor(?:in|en)?\s*:|auteurs?\s*:|authors?\s*:|words\s+by|reporter\s*:|redaktion\s*:";
const DONE: &str = r"(?:(?:written|posted|published|reported|reviewed|submitted|article|story|geschrieben|erstellt|verfasst|gespeichert|veröffentlicht|eingestellt|écrit|rédigé|publié|posté|escrito|publicado|scritto|pubblicato)\s+)?";
/// A name as it is printed: words with a capital, and the small ones between them.
const NAME: &str = r"\p{Lu}[\p{L}\p{M}.'’-]*(?:\s+(?:(?:de|da|di|del|della|van|von|der|den|el|al|la|le|bin|y|du|dos|ter|zu)\s+)*\p{Lu}[\p{L}\p{M}.'’-]*){0,4}";

/// "Par Awa Diarra", "Posted on 3 May 2024 by Awa Diarra", "06.11.2023 13:30 von Olga", or "Author:" in the line before.
fn announced(sight: &Sight<'_>, at: usize) -> Option<String> {
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"^(?i:{DONE}(?:{BY}))\s*:?\s+({NAME}(?:(?:\s*[,&/]\s*|\s+(?i:et|and|und|y|e|en|mit|with)\s+){NAME})*)(.*)$"
        ))
    });
    static ALONE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(r"^(?i:{DONE}(?:by|par|von|por|door|author|autor(?:in)?|auteur|written by|text))\s*:?$"))
    });
    static BEHIND: LazyLock<Regex> =
        LazyLock::new(|| pattern(&format!(r"(?:^|\s|\|)(?i:by|von|par|por)\s+({NAME})\s*(?:$|[|·•/,(–-])")));
    let line = &sight.flow.lines[at];
    if matches!(line.kind, LineKind::Heading(1)) {
        return None;
    }
    let text = line.text.as_str();
    if let Some(found) = WHOLE.captures(text) {
        let rest = found.get(2).map_or("", |rest| rest.as_str());
        // "By Friday the bridge was open" goes on as a sentence.
        let ends = rest.trim().is_empty() || !rest.trim_start().starts_with(char::is_lowercase) || has_day(sight, rest);
        return ends.then(|| until_day(&found[1], rest)).filter(|names| !names.is_empty());
    }
    let before = at.checked_sub(1).and_then(|before| sight.flow.lines.get(before));
    if before.is_some_and(|b| ALONE.is_match(b.text.trim())) && is_person(text) {
        return Some(text.to_owned());
    }
    let found = BEHIND.captures(text).filter(|_| has_day(sight, text) && text.chars().count() <= 80)?;
    Some(found[1].to_owned())
}

/// The names before words of the page, and before the month of a day that goes on behind them: "Ziyi Xu, Dec 17, 2025".
fn until_day(names: &str, rest: &str) -> String {
    let end = words_of_pages().find(names).map_or(names.len(), |word| word.start());
    let mut names = names[..end].trim_end_matches(|c: char| c.is_whitespace() || ",&/".contains(c));
    let day = rest.trim_start_matches(['.', ' ']).starts_with(|c: char| c.is_ascii_digit());
    if day
        && let Some((head, month)) = names.rsplit_once([' ', ','])
        && is_month(month)
    {
        names = head.trim_end_matches([' ', ',']);
    }
    names.to_owned()
}

fn has_day(sight: &Sight<'_>, text: &str) -> bool {
    within(text, &dateline::context(sight)).is_some()
}

/// A link to the page of somebody who writes here.
fn linked(sight: &Sight<'_>, at: usize) -> Option<String> {
    static PAGES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)/(?:authors?|autor(?:en|es|a)?|auteurs?|autore|redakteure?|journalist(?:e|es|en|as)?|contributors?|columnists?|by|people|profiles?|profil|staff|reporters?|user|newsteam|team|writers?|experts?)/[^/?#]+",
        )
    });
    let line = &sight.flow.lines[at];
    let names = line.links.iter().filter(|link| PAGES.is_match(&link.href));
    let names: Vec<&str> =
        names.filter_map(|link| line.text.get(link.start..link.end)).filter(|text| is_person(text)).collect();
    (!names.is_empty() && line.text.chars().count() <= LONGEST).then(|| names.join(", "))
}

/// "Aaron Ricadela | Senior Writer | July 2, 2025", "1. Februar 2022, Daniel Dillenburg".
fn beside_day(sight: &Sight<'_>, at: usize) -> Option<String> {
    let line = &sight.flow.lines[at];
    let (day, _) = within(&line.text, &dateline::context(sight))?;
    let rest = format!("{}|{}", &line.text[..day.start], &line.text[day.end..]);
    let mut pieces =
        rest.split(['|', '•', '·', '⋅', '/', ',', '–', '—', '∙', '●']).map(str::trim).filter(|p| !p.is_empty());
    let first = pieces.next()?;
    // A section stands beside the day as often, and leads to its own page.
    let leads_on = line.links.iter().any(|link| line.text.get(link.start..link.end).is_some_and(|t| t.contains(first)));
    (line.text.chars().count() <= 80 && is_full(first) && !leads_on).then(|| first.to_owned())
}

/// A byline under the text, where its whole line is one.
fn whole_line(sight: &Sight<'_>, at: usize) -> Option<String> {
    static LINE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"^(?i:(?:(?:this\s+)?(?:post|article|story)\s+)?(?:was\s+)?(?:written|geschrieben|verfasst|écrit|escrito)\s+(?:by|von|par|por)|authors?\s*:|autor(?:in|en)?\s*:|auteurs?\s*:|von|by|par|text\s*:)\s+({NAME})\.?$"
        ))
    });
    let line = &sight.flow.lines[at];
    let found = LINE.captures(line.text.trim())?;
    let plain = !matches!(line.kind, LineKind::Heading(_)) && line.text.chars().count() <= 60;
    (plain && is_full(&found[1])).then(|| found[1].to_owned())
}

/// Nothing but a name.
fn is_person(text: &str) -> bool {
    static NAMES: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^{NAME}$")));
    let text = text.trim();
    NAMES.is_match(text) && text.chars().count() <= 40 && !is_word_of_pages(text)
}

/// A name of two words or more.
fn is_full(text: &str) -> bool {
    is_person(text) && text.split_whitespace().count() >= 2 && text.split_whitespace().count() <= 4
}

/// Words with a capital that stand where names do, and are none.
fn is_word_of_pages(text: &str) -> bool {
    words_of_pages().is_match(text)
}

fn words_of_pages() -> &'static Regex {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:news|read|min|minutes?|share|home|blog|more|all|about|view|show|posts?|articles?|updated?|published|comments?|contact",
            r"|now|register|life|leben|aktuelle?s?|\p{L}*meldung|pressemitteilung|redaktion|multimedia|video|foto|photo",
            r"|politi[ck]s?|politique|sport|kultur|culture|wirtschaft|panorama|newsletter|subscribe|abo|login|menu|press|presse|follow",
            r"|january|february|march|april|june|july|august|september|october|november|december|januar|februar|märz|juni|juli|oktober|dezember",
            r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b|économie\b"
        ))
    });
    &WORDS
}

/// A byline without the day that stands in it: "Andrew Gerrand 4 August 2010", "Isabella am Samstag, 19. Oktober 2019 um 11:14".
pub(super) fn without_day(sight: &Sight<'_>, byline: &str) -> String {
    static JOINED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)[\s,|·•/»–-]*(?:\b(?:am|on|le|el|vom|posted|updated|published)\b)?\s*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)?[\s,|·•/»–-]*$",
        )
    });
    let Some((day, _)) = within(byline, &dateline::context(sight)) else { return byline.to_owned() };
    let before = JOINED.replace(&byline[..day.start], "");
    if before.trim().is_empty() { byline[day.end..].trim().to_owned() } else { text::fold(&before) }
}
