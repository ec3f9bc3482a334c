//! Where a page tells its day without saying so to machines: the lines around the headline, and its address.

mod anywhere;

use std::sync::LazyLock;

use super::pattern::pattern;
use ego_tree::{NodeId, NodeRef};
use jiff::civil::Date;
use regex::Regex;
use scraper::{Node, Selector};

use super::date::{Context, month, read_date};
use super::flow::LineKind;
use super::sight::{Sight, Value};
use super::text;
use crate::model::article::PrintedDate;

pub(super) use anywhere::anywhere;

/// Lines looked at under the headline: lead, byline and share bar stand between it and the day.
const UNDER: usize = 14;
/// Lines looked at above it.
const ABOVE: usize = 6;
/// Elements looked at that call themselves a date.
const MOST_ELEMENTS: usize = 400;

/// What dates are read against on this page.
pub(super) fn context<'s>(sight: &'s Sight<'_>) -> Context<'s> {
    let (profile, page) = (sight.profile, sight.page);
    Context { zone: &profile.zone, language: sight.language(), captured_at: page.captured_at }
}

/// Dates around the headline, under it first: whole lines, and elements that call themselves a date inside a line that
/// is none. Not those that say when the text was changed.
pub(super) fn around<'s>(sight: &'s Sight<'_>) -> &'s [Value] {
    sight.around.get_or_init(|| look_around(sight))
}

fn look_around(sight: &Sight<'_>) -> Vec<Value> {
    let lines = &sight.flow.lines;
    let Some(title) = headline(sight) else { return Vec::new() };
    let context = context(sight);
    let read = |at: usize, text: &str| -> Option<PrintedDate> {
        let line = lines.get(at).filter(|l| !l.frame && !l.aside && may_date(text))?;
        let before = at.checked_sub(1).filter(|before| *before != title).and_then(|before| lines.get(before));
        let announced = before.is_some_and(|l| announces_change(&l.text));
        if announced || is_changed(&line.text) || is_changed(text) { None } else { read_date(text, &context).ok() }
    };
    let end = (title + 1 + UNDER).min(lines.len());
    let start = title.saturating_sub(ABOVE);
    // Above the headline, outside of the article, stands the day of whoever looks at the page.
    let visit = context.zone.to_datetime(context.captured_at).date();
    let believed = |at: usize, date: &PrintedDate| {
        at > title || days_apart(date.on, visit) > 1 || is_in_article(sight, lines[at].block)
    };
    let mut found: Vec<(usize, String)> = Vec::new();
    for at in (start..end).filter(|at| *at != title) {
        if read(at, &lines[at].text).is_some_and(|date| believed(at, &date)) {
            found.push((at, lines[at].text.clone()));
        }
    }
    for (at, text) in named(sight, start, end) {
        if !found.iter().any(|(known, _)| *known == at) && read(at, &text).is_some_and(|date| believed(at, &date)) {
            found.push((at, text));
        }
    }
    found.sort_by_key(|(at, _)| if *at > title { (0, at - title) } else { (1, title - at) });
    found.into_iter().map(|(at, text)| Value { text, line: Some(at) }).collect()
}

/// Only short lines date without a number ("publié hier à midi"), and none that is longer than any date with its names.
fn may_date(text: &str) -> bool {
    text.len() <= 80 || (text.len() <= 240 && text.contains(|c: char| c.is_ascii_digit()))
}

fn is_in_article(sight: &Sight<'_>, block: NodeId) -> bool {
    let Some(node) = sight.html.tree.get(block) else { return false };
    let named = |n: NodeRef<'_, Node>| n.value().as_element().is_some_and(|e| matches!(e.name(), "article" | "main"));
    named(node) || node.ancestors().any(named)
}

/// The line of the headline: as the title's rule found it, else the page's first `<h1>`.
pub(super) fn headline(sight: &Sight<'_>) -> Option<usize> {
    let known = sight.title.get().and_then(|(_, line)| *line);
    known.or_else(|| sight.flow.lines.iter().position(|l| l.kind == LineKind::Heading(1)))
}

/// Texts of elements whose class says that they hold a date, and that begin in these lines.
fn named(sight: &Sight<'_>, start: usize, end: usize) -> Vec<(usize, String)> {
    static NAMED: LazyLock<Selector> = LazyLock::new(|| {
        let names = concat!(
            "time, [class*=date], [class*=Date], [class*=time], [class*=publish], [class*=posted], [class*=created], ",
            "[data-testid*=date]"
        );
        Selector::parse(names).expect("a selector of our own")
    });
    let lines = &sight.flow.lines;
    let (after, before) = (start.checked_sub(1).map(|at| lines[at].order), lines.get(end).map(|line| line.order));
    let near = |place: usize| after.is_none_or(|after| place > after) && before.is_none_or(|before| place <= before);
    let changed = |class: &str| ["updat", "modif"].iter().any(|part| class.to_ascii_lowercase().contains(part));
    let mut out = Vec::new();
    let elements = sight.html.root_element().descendent_elements();
    let placed = elements.filter_map(|element| Some((element, sight.flow.place(element.id())?)));
    let found = placed.filter(|(element, place)| near(*place) && NAMED.matches(element));
    for (element, place) in found.take(MOST_ELEMENTS) {
        // The line that it begins in or goes on with.
        let inside = sight.flow.inside(element.id());
        let line = if inside.is_empty() {
            sight.flow.lines.partition_point(|l| l.order <= place).checked_sub(1)
        } else {
            Some(inside.start).filter(|_| inside.len() <= 2)
        };
        let near = line.filter(|at| (start..end).contains(at));
        if let Some(at) = near.filter(|_| !element.attr("class").is_some_and(changed)) {
            out.push((at, text::of_element_without(element, &sight.flow.dropped)));
        }
    }
    out
}

/// "Mis à jour le …": when the text was changed, not when it came out.
fn is_changed(line: &str) -> bool {
    static CHANGED: LazyLock<Regex> = LazyLock::new(|| {
        let words = concat!(
            r"mis(?:e)?\s+à\s+jour|modifié|actualisé|maj\b|dernière\s+(?:mise|modif)|(?:last\s+)?(?:updated?|modified|edited|reviewed)\b",
            r"|(?:zuletzt\s+)?(?:aktualisiert|geändert|bearbeitet)|letzte\s+(?:änderung|aktualisierung)|actualizad|atualizad",
            r"|aggiornat|ultim[ao]\s+(?:modifica|aggiornamento|actualización|atualização)|bijgewerkt|laatst\b",
        );
        pattern(&format!(r"(?i)^\W*(?:{words})"))
    });
    CHANGED.is_match(line)
}

/// A line of its own above a day that is one of change; "Reviewed by Awa Diarra" tells who, and nothing of the next line.
fn announces_change(line: &str) -> bool {
    static BY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s(?:by|par|von|por|da|door)\s"));
    line.chars().count() < 40 && is_changed(line) && !BY.is_match(line)
}

/// The day in the page's address, as ISO 8601 has it; nothing when there is none.
pub(super) fn in_address(path: &str) -> Option<String> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        let year = r"((?:19|20)\d\d)";
        let (month, day) = (r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])");
        let apart = format!(r"{year}[/\-_.](0?[1-9]|1[0-2])[/\-_.](0?[1-9]|[12]\d|3[01])");
        pattern(&format!(r"(?:^|[/\-_.=])(?:{apart}|{year}[/\-_]?{month}{day})(?:[/\-_.]|$)"))
    });
    let path = path.split(['?', '#']).next()?;
    // An archive's address holds the one that it keeps, and its own day before it.
    let path = path.rfind("/http").map_or(path, |at| &path[at..]);
    let on = match DAY.captures(path) {
        Some(found) => {
            let mut parts = found.iter().skip(1).flatten().map(|part| part.as_str());
            let year = parts.next()?.parse().ok()?;
            Date::new(year, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?).ok()?
        }
        None => day_first(path).or_else(|| month_named(path))?,
    };
    // The web is not older.
    (on.year() >= 1991).then(|| on.to_string())
}

/// `/29-10-2021-un-titre`: only where the first number can be no month.
fn day_first(path: &str) -> Option<Date> {
    static DAY: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:^|[/_])(1[3-9]|2\d|3[01])[-._](0[1-9]|1[0-2])[-._]((?:19|20)\d\d)(?:[/\-_.]|$)"));
    let found = DAY.captures(path)?;
    let number = |n: usize| found.get(n).and_then(|m| m.as_str().parse::<i16>().ok());
    Date::new(number(3)?, i8::try_from(number(2)?).ok()?, i8::try_from(number(1)?).ok()?).ok()
}

/// `/2023/october/03/un-titre`.
fn month_named(path: &str) -> Option<Date> {
    static DAY: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:^|/)((?:19|20)\d\d)/(\p{L}{3,12})/([0-3]?\d)(?:[/._-]|$)"));
    let found = DAY.captures(path)?;
    let month = month(&found[2].to_lowercase())?;
    Date::new(found[1].parse().ok()?, month, found[3].parse().ok()?).ok()
}

/// Whole days between two.
pub(super) fn days_apart(a: Date, b: Date) -> i32 {
    (a - b).get_days().abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_tell_their_day() {
        for (path, day) in [
            ("/2024/05/03/un-titre", Some("2024-05-03")),
            ("/posts/2024-5-3-un-titre.html", Some("2024-05-03")),
            ("/n1/2024/0424/c1001-40223222.html", Some("2024-04-24")),
            ("/actualite/20240503/titre", Some("2024-05-03")),
            ("/web/20140226054445/http://exemple.ml/2013/08/07/titre", Some("2013-08-07")),
            ("/2024/43/titre", None),
            ("/titre-202405031", None),
            ("/2024/05/titre", None),
            ("/2024/02/31/titre", None),
            ("/titre?jour=2024-05-03", None),
            ("/actus/29-10-2021", Some("2021-10-29")),
            ("/actus/23.01.2022-un-titre/17-378.html", Some("2022-01-23")),
            ("/blog/2023/october/03/un-titre", Some("2023-10-03")),
            ("/monde/2023/Aout/3/", Some("2023-08-03")),
            ("/2023/sport/03/un-titre", None),
            ("/actus/05-06-2021", None),
            ("/titre-29-10-2021", None),
        ] {
            assert_eq!(in_address(path).as_deref(), day, "{path}");
        }
    }

    #[test]
    fn changes_are_told_from_publications() {
        for line in [
            "Mis à jour le 3 mars 2024",
            "Updated: Dec 12, 2025",
            "Last updated on 17 December 2025",
            "Zuletzt aktualisiert: 3.3.2024",
        ] {
            assert!(is_changed(line), "{line}");
        }
        for line in ["Publié le 3 mars 2024, mis à jour le 4 mars 2024", "3 mars 2024", "Posted on Dec 12, 2025"] {
            assert!(!is_changed(line), "{line}");
        }
    }
}
