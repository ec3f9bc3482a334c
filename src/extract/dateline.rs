//! Where a page tells its day without saying so to machines: the lines around the headline, and its address.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::date::{Context, read_date};
use super::sight::{Sight, Value};
use crate::model::article::PrintedDate;

/// Lines looked at under the headline: lead, byline and share bar stand between it and the day.
const UNDER: usize = 14;
/// Lines looked at above it.
const ABOVE: usize = 6;

/// What dates are read against on this page.
pub(super) fn context<'s>(sight: &'s Sight<'_>) -> Context<'s> {
    let (profile, page) = (sight.profile, sight.page);
    Context { zone: &profile.zone, language: sight.language(), captured_at: page.captured_at }
}

/// Lines around the headline that are wholly a date, under it first; not those that say when the text was changed.
pub(super) fn around(sight: &Sight<'_>) -> Vec<Value> {
    let Some(title) = sight.title.get().and_then(|(_, line)| *line) else { return Vec::new() };
    let lines = &sight.flow.lines;
    let context = context(sight);
    let dated = |at: usize| -> Option<PrintedDate> {
        let line = lines.get(at).filter(|l| !l.frame && !l.aside)?;
        let announced = at.checked_sub(1).and_then(|before| lines.get(before)).is_some_and(|l| is_changed(&l.text));
        if is_changed(&line.text) || (announced && lines[at - 1].text.chars().count() < 40 && at != title + 1) {
            return None;
        }
        read_date(&line.text, &context).ok()
    };
    let end = (title + 1 + UNDER).min(lines.len());
    let under = (title + 1..end).filter(|at| dated(*at).is_some());
    // Above the headline stands the day of whoever looks at the page.
    let visit = context.zone.to_datetime(context.captured_at).date();
    let is_old = |date: &PrintedDate| days_apart(date.on, visit) > 1;
    let above = (title.saturating_sub(ABOVE)..title).rev().filter(|at| dated(*at).as_ref().is_some_and(is_old));
    under.chain(above).map(|at| Value { text: lines[at].text.clone(), line: Some(at) }).collect()
}

/// "Mis à jour le …": when the text was changed, not when it came out.
fn is_changed(line: &str) -> bool {
    static CHANGED: LazyLock<Regex> = LazyLock::new(|| {
        let words = concat!(
            r"mis(?:e)?\s+à\s+jour|modifié|actualisé|maj\b|dernière\s+(?:mise|modif)|(?:last\s+)?(?:updated?|modified|edited|reviewed)\b",
            r"|(?:zuletzt\s+)?(?:aktualisiert|geändert|bearbeitet)|letzte\s+(?:änderung|aktualisierung)|actualizad|atualizad",
            r"|aggiornat|ultim[ao]\s+(?:modifica|aggiornamento|actualización|atualização)|bijgewerkt|laatst\b",
        );
        Regex::new(&format!(r"(?i)^\W*(?:{words})")).expect("a pattern of our own")
    });
    CHANGED.is_match(line)
}

/// The day in the page's address, as ISO 8601 has it; nothing when there is none.
pub(super) fn in_address(path: &str) -> Option<String> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        let year = r"((?:19|20)\d\d)";
        let (month, day) = (r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])");
        let apart = format!(r"{year}[/\-_.](0?[1-9]|1[0-2])[/\-_.](0?[1-9]|[12]\d|3[01])");
        let pattern = format!(r"(?:^|[/\-_.=])(?:{apart}|{year}[/\-_]?{month}{day})(?:[/\-_.]|$)");
        Regex::new(&pattern).expect("a pattern of our own")
    });
    let path = path.split(['?', '#']).next()?;
    // An archive's address holds the one that it keeps, and its own day before it.
    let path = path.rfind("/http").map_or(path, |at| &path[at..]);
    let found = DAY.captures(path)?;
    let mut parts = found.iter().skip(1).flatten().map(|part| part.as_str());
    let year = parts.next()?.parse().ok()?;
    let on = Date::new(year, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?).ok()?;
    // The web is not older.
    (on.year() >= 1991).then(|| on.to_string())
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
