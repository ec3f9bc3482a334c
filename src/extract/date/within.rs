//! Whole dates inside a text that says other things too: day, month and year, nothing left to guess.

use std::ops::Range;
use std::sync::LazyLock;

use crate::extract::pattern::pattern;
use regex::Regex;

use super::{Context, months, read_date, words};
use crate::model::article::PrintedDate;

/// A longer text in bytes says more than a day.
const LONGEST_BARE: usize = 60;
/// Stretches tried in one text.
const MOST: usize = 8;

/// The first whole date of a text, and the bytes that it takes; one with its time of day where that is understood.
pub(crate) fn within(text: &str, context: &Context<'_>) -> Option<(Range<usize>, PrintedDate)> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        let named = concat!(
            r"(?P<d>\d{1,2})(?:\.|\s?(?:er|st|nd|rd|th|º|ª))?[\s-]*(?:de\s+|of\s+)?(?P<m>\p{L}{3,12})\.?,?[\s-]*(?:de[l]?\s+)?\d{4}",
            r"|(?P<m2>\p{L}{3,12})\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
        );
        let numbers = r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}-\d{1,2}-\d{4}|\d{4}([-/.])\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日";
        let time = r"(?P<t>(?:T|[\s,]+(?:(?:um|at|à|a las|alle|às|om|-|–|\|)\s*)?)\d{1,2}[:h.]\d{2}(?::\d{2})?(?:\s?(?:Uhr|[ap]\.?m\.?|Z|[+-]\d{2}:?\d{2})\b)?)?";
        pattern(&format!("(?i)(?:{named}|{numbers}){time}"))
    });
    for found in DAY.captures_iter(text).take(MOST) {
        let whole = found.get(0)?;
        let month = found.name("m").or(found.name("m2")).map(|month| words::bare(month.as_str()));
        if month.is_some_and(|month| months::month(&month).is_none()) || is_glued(text, whole.range()) {
            continue;
        }
        let day = whole.start()..found.name("t").map_or(whole.end(), |time| time.start());
        for range in [whole.range(), day] {
            if let Some(date) = read_date(&text[range.clone()], context).ok().filter(|date| date.absolute) {
                return Some((range, date));
            }
        }
    }
    None
}

/// Is a text nothing but a whole date, with its weekday and its hour?
pub(crate) fn is_bare(text: &str, context: &Context<'_>) -> bool {
    if text.len() > LONGEST_BARE || !text.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let Some((range, _)) = within(text, context) else { return false };
    let rest = [&text[..range.start], &text[range.end..]];
    let mut others = rest.iter().flat_map(|part| part.split(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty());
    others.all(|word| words::weekday(&words::bare(word)).is_some())
}

/// A number or an address goes on before or behind it: a file's name, a version, a telephone number.
fn is_glued(text: &str, range: Range<usize>) -> bool {
    let (before, behind) = (&text[..range.start], &text[range.end..]);
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '/' | '_' | '=');
    let digit = |c: char| c.is_ascii_digit();
    let numbered = before.trim_end_matches(['.', ':']).ends_with(digit)
        && !before.ends_with(digit)
        && before.ends_with(['.', ':']);
    let numbers_on = behind.strip_prefix(['.', ':']).is_some_and(|rest| rest.starts_with(digit));
    before.ends_with(|c| goes_on(c) || c == '-') || numbered || behind.starts_with(goes_on) || numbers_on
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str, language: &str) -> Option<String> {
        let zone = jiff::tz::TimeZone::UTC;
        let context = Context { zone: &zone, language, captured_at: "2026-02-01T00:00:00Z".parse().unwrap() };
        within(text, &context).map(|(range, date)| format!("{}|{}", &text[range], date.on))
    }

    #[test]
    fn a_whole_date_is_found_where_other_words_stand_beside_it() {
        for (text, language, found) in [
            ("Geschrieben von Cooper am 25.08.2015 22:30 (1 Kommentar)", "de", Some("25.08.2015 22:30|2015-08-25")),
            ("25. Januar 2022 (DJV/FWR) Berlin/Ratingen", "de", Some("25. Januar 2022|2022-01-25")),
            ("Awa Diarra, Bamako, le 1er févr. 2025, pour le Fleuve", "fr", Some("1er févr. 2025|2025-02-01")),
            ("By Jane Doe ⋅ November 22, 2011 ⋅", "en", Some("November 22, 2011|2011-11-22")),
            ("Publicado por Ana el 4 de mayo de 2022 en Cali", "es", Some("4 de mayo de 2022|2022-05-04")),
            ("last edited 2019-11-10 13:28:18 by Mats", "en", Some("2019-11-10 13:28:18|2019-11-10")),
            ("Chapitre 12 mars 20255", "fr", None),
            ("le 12 mars, 250 personnes", "fr", None),
            ("Version 1.2.2024.3", "fr", None),
            ("bild-2022-01-26.jpg", "de", None),
            ("05/06/2024", "und", None),
            ("31 février 2024", "fr", None),
            ("im Raum 101.10.2020er", "de", None),
        ] {
            assert_eq!(day(text, language).as_deref(), found, "{text}");
        }
    }
}
