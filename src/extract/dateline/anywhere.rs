//! The last places to look for a day: inside lines that say other things too, in elements that call themselves a date
//! wherever they stand, in the data of the page's scripts. Asked only where every plainer rule found nothing.

use std::ops::Range;
use std::sync::LazyLock;

use crate::extract::pattern::pattern;
use jiff::civil::Date;
use regex::Regex;

use super::super::date::{read_date, within};
use super::super::flow::{Line, LineKind, LinkSpan};
use super::super::sight::{Sight, Value};
use super::super::text::ends_sentence;
use super::{
    ABOVE, MOST_ELEMENTS, UNDER, announces_change, context, days_apart, headline, is_changed, is_in_article, named,
};

/// A line that is longer is prose, where only what it begins with can be its day.
const SHORT: usize = 100;
/// Bytes of a page that are looked through for the data of its scripts.
const MOST_BYTES: usize = 2 << 20;
/// No page of the web is older; an older day is one that the page tells of.
const EARLIEST_YEAR: i16 = 1995;

/// Days by the best place first.
pub(in crate::extract) fn anywhere(sight: &Sight<'_>) -> Vec<Value> {
    let from = headline(sight).map_or(0, |title| title + 1);
    let lines = sight.flow.lines.len();
    let near = (from + UNDER).min(lines);
    let mut found = in_lines(sight, from..near, is_card);
    found.extend(in_pieces(sight, from.saturating_sub(1 + ABOVE)..near));
    // Where the headline tells when the text was changed, a day elsewhere is another story's.
    let told = (from.saturating_sub(1 + ABOVE)..near).any(|at| {
        let line = &sight.flow.lines[at];
        !line.frame && (announces_change(&line.text) || (is_changed(&line.text) && line.text.chars().count() <= SHORT))
    });
    found.extend(in_elements(sight, from).into_iter().filter(|_| !told));
    found.extend(in_scripts(sight));
    found.extend(in_lines(sight, near..lines, is_of_others).into_iter().filter(|_| !told));
    found
}

fn in_lines(sight: &Sight<'_>, range: Range<usize>, is_anothers: fn(&Line) -> bool) -> Vec<Value> {
    let lines = &sight.flow.lines;
    let of = |at: usize| {
        let line = lines.get(at).filter(|l| !l.frame && !l.aside && !matches!(l.kind, LineKind::Heading(_)))?;
        let text = dated(sight, &line.text).filter(|_| !is_announced(lines, at) && !is_anothers(line))?;
        is_believed(sight, line, &text).then_some(Value { text, line: Some(at) })
    };
    range.filter_map(of).take(1).collect()
}

/// Texts of elements that are a day and nothing else, in short lines: glued to the name behind it, or in a heading.
fn in_pieces(sight: &Sight<'_>, range: Range<usize>) -> Vec<Value> {
    let context = context(sight);
    let of = |line: &Line, text: &str| {
        let text = text.trim_matches(|c: char| c.is_whitespace() || "•·|–—-,()".contains(c));
        let whole = (6..=40).contains(&text.len()) && text.contains(|c: char| c.is_ascii_digit());
        let before = whole.then(|| line.text.find(text))?.map(|at| &line.text[..at])?;
        let date = read_date(text, &context).ok().filter(|date| date.absolute)?;
        let own = date.on.year() >= EARLIEST_YEAR && !has_changed(before) && is_believed(sight, line, text);
        own.then(|| text.to_owned())
    };
    let lines = &sight.flow.lines;
    for (at, line) in lines.iter().enumerate().take(range.end).skip(range.start) {
        let short = line.text.chars().count() <= SHORT && !is_sentence(&line.text) && !is_changed(&line.text);
        let apart = line.frame || line.aside || is_card(line) || is_announced(lines, at);
        let Some(block) = sight.html.tree.get(line.block).filter(|_| short && !apart) else { continue };
        let mut texts = block.descendants().filter_map(|node| node.value().as_text()).take(MOST_ELEMENTS);
        if let Some(text) = texts.find_map(|text| of(line, text)) {
            return vec![Value { text, line: Some(at) }];
        }
    }
    Vec::new()
}

/// Does the line before say that the day of this one is one of change?
fn is_announced(lines: &[Line], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| lines.get(before)).is_some_and(|line| announces_change(&line.text))
}

/// A line that is nothing but a link leads to another story, and tells of that one; where name and day are a link each,
/// they are this story's.
fn is_card(line: &Line) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let is_day = |link: &LinkSpan| {
        let text = &line.text[link.start..link.end];
        digits(text) >= 5 && text.chars().count() <= 24
    };
    let of_its_own = line.links.len() > 1 && line.links.iter().any(is_day);
    line.linked() > 80 && line.text.chars().count() > 30 && !of_its_own
}

/// Far from the headline, where lists of other stories stand, any link and any item may be one's.
fn is_of_others(line: &Line) -> bool {
    line.kind == LineKind::Item || !line.links.is_empty()
}

/// Outside of the article stands the day of whoever looks at the page.
fn is_believed(sight: &Sight<'_>, line: &Line, text: &str) -> bool {
    let context = context(sight);
    let visit = context.zone.to_datetime(context.captured_at).date();
    let on = read_date(text, &context).map(|date| date.on);
    on.is_ok_and(|on| days_apart(on, visit) > 1 || is_in_article(sight, line.block))
}

/// The date in a line, if it is the line's own: not what a sentence tells of, not when the text was changed.
fn dated(sight: &Sight<'_>, line: &str) -> Option<String> {
    static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
        let words = concat!(
            r"datum|date|fecha|data|stand|(?:presse)?mitteilung|(?:fach|presse)?meldung|news|nachricht|artikel|article",
            r"|press\s+release|communiqué|publié|paru|posted|published|written|erstellt|geschrieben|publicado"
        );
        let joined = r"le|du|de|on|of|vom|von|am|del|el";
        pattern(&format!(r"(?i)^\W*(?:(?:{words})\W*(?:(?:{joined})\s+)?)?\W*$"))
    });
    let (range, date) = within(line, &context(sight))?;
    if date.on.year() < EARLIEST_YEAR {
        return None;
    }
    let before = &line[..range.start];
    let start = before.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    let tail = before[start..].rsplit(['|', '•', '·', '/', ';']).next().unwrap_or_default();
    let announced = ANNOUNCED.is_match(before) && (!before.trim().is_empty() || parts_from_text(&line[range.end..]));
    let own = announced || (line.chars().count() <= SHORT && !is_sentence(line));
    let owned = ["copyright", "©", "(c)"].iter().any(|word| line.to_lowercase().contains(word));
    (own && !owned && !is_changed(line) && !has_changed(tail)).then(|| line[range].to_owned())
}

/// "27.1.2022 – Bei der Erinnerung …", "(21. November 2022) Energieverbraucher …": a sign parts the day from the text.
fn parts_from_text(behind: &str) -> bool {
    behind.trim_start().starts_with(['–', '—', '-', ')', '|', ':', '/'])
}

/// A line of words that ends as a sentence does tells of a day.
fn is_sentence(line: &str) -> bool {
    ends_sentence(line) && line.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count() >= 4
}

/// "…, aktualisiert am 3.3.2024": the word stands right before the date.
fn has_changed(before: &str) -> bool {
    let words = before.split_whitespace().rev().take(4).collect::<Vec<_>>();
    (1..=words.len()).any(|n| is_changed(&words[..n].iter().rev().copied().collect::<Vec<_>>().join(" ")))
}

/// Elements whose class says that they hold a date: the first behind the headline, else the only day that they tell.
fn in_elements(sight: &Sight<'_>, from: usize) -> Vec<Value> {
    let lines = &sight.flow.lines;
    let mut behind = None;
    let mut days: Vec<(Date, Value)> = Vec::new();
    for (at, text) in named(sight, 0, lines.len()) {
        let Some(line) = lines.get(at).filter(|_| text.chars().count() <= SHORT) else { continue };
        let Some(said) = dated(sight, &text).filter(|said| is_believed(sight, line, said)) else { continue };
        let Ok(date) = read_date(&said, &context(sight)) else { continue };
        let value = Value { text: said, line: Some(at) };
        if behind.is_none() && at >= from && !line.frame && !line.aside {
            behind = Some(value.clone());
        }
        days.push((date.on, value));
    }
    let only = days.first().filter(|(first, _)| days.iter().all(|(on, _)| on == first)).map(|(_, value)| value.clone());
    behind.or(only).into_iter().collect()
}

/// What the page's scripts say of the publication: `"publishedAt":"2024-05-03T…"`, quoted once or twice over.
fn in_scripts(sight: &Sight<'_>) -> Vec<Value> {
    static SAID: LazyLock<Regex> = LazyLock::new(|| {
        let names = concat!(
            r"date[_-]?published|(?:first)?_?publish(?:ed)?_?(?:at|on|date|time)|(?:first_?)?publication_?date|pub_?date|post_?date",
            r"|date_?publi(?:shed|cation)"
        );
        let quote = r#"(?:\\*["']|&quot;|&#34;)"#;
        let day = r"(?P<on>(?:19|20)\d\d-?\d\d-?\d\d(?:T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?)";
        pattern(&format!(r"(?i){quote}?\b(?:{names}){quote}?\s*[:=]\s*{quote}{day}"))
    });
    let html = sight.page.html;
    let html = &html[..html.floor_char_boundary(MOST_BYTES)];
    let said = SAID.captures(html).and_then(|found| found.name("on"));
    said.map(|on| Value { text: on.as_str().to_owned(), line: None }).into_iter().collect()
}
