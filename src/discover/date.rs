//! The dates of feeds and sitemaps, in the forms they really come in. Hints only: no zone means UTC, and what is not surely a
//! date is none.

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use regex::Regex;

/// Longer texts are no dates.
const MAX_TEXT: usize = 100;

/// Years that a newspaper may print.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2200;

#[expect(clippy::expect_used, reason = "the patterns are constants, compiled in the tests")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of this file")
}

static ISO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^(\d{4})[-/]?(\d{2})(?:[-/]?(\d{2})
        (?:[t\s_]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*([+-]\d{2}(?::?\d{2})?|[a-z]{1,5})?)?)?$",
    )
});

static DAY_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})
        (?:[\s,à-]+(\d{1,2})[:h](\d{2})(?::(\d{2}))?\s*([+-]\d{2}(?::?\d{2})?|[a-z]{1,5})?)?$",
    )
});

/// First letters of the months in English and French, accents taken off; the longer ones first where one begins another.
const MONTHS: &[(&str, i8)] = &[
    ("jan", 1),
    ("feb", 2),
    ("fev", 2),
    ("mar", 3),
    ("apr", 4),
    ("avr", 4),
    ("may", 5),
    ("mai", 5),
    ("juin", 6),
    ("jun", 6),
    ("juil", 7),
    ("jul", 7),
    ("aug", 8),
    ("aou", 8),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

/// Zone names and their offsets in minutes.
const ZONES: &[(&str, i32)] = &[
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("ut", 0),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("wat", 60),
    ("cet", 60),
    ("cest", 120),
    ("cat", 120),
    ("eet", 120),
    ("eest", 180),
    ("eat", 180),
    ("msk", 180),
    ("jst", 540),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
];

/// The instant that a listing's date tells: RFC 3339 and 822 with their common faults, dd/mm/yyyy, English and French months.
#[must_use]
pub fn read_date(raw: &str) -> Option<Timestamp> {
    let raw = raw.trim();
    if raw.is_empty() || raw.len() > MAX_TEXT {
        return None;
    }
    let text = without_accents(raw);
    let numbers = |found: &regex::Captures<'_>, day: usize, month: usize, year: usize| {
        let number = |group: usize| found.get(group).map_or(Some(0), |text| text.as_str().parse::<i8>().ok());
        let date = date(found.get(year)?.as_str().parse().ok()?, number(month)?, number(day)?.max(1))?;
        let time = time(number(4)?, number(5)?, number(6)?)?;
        instant(date, time, found.get(7).map(|zone| zone.as_str()))
    };
    if let Some(found) = ISO.captures(&text) {
        return numbers(&found, 3, 2, 1);
    }
    if let Some(found) = DAY_FIRST.captures(&text) {
        // dd/mm, unless that is no date and mm/dd is.
        return numbers(&found, 1, 2, 3).or_else(|| numbers(&found, 2, 1, 3));
    }
    by_words(&text)
}

/// A date with the month's name in it: the parts are told by their looks, since their order is not to be relied on.
fn by_words(text: &str) -> Option<Timestamp> {
    let (mut day, mut month, mut year, mut clock, mut zone) = (None, None, None, None, None);
    let mut afternoon = None;
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')')).filter(|word| !word.is_empty())
    {
        // 06-Nov-94
        let is_offset = word.starts_with(['+', '-']);
        for part in word.split(|c| c == '-' && !is_offset) {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            if let Some(read) = clock_time(part) {
                clock = clock.or(Some(read));
            } else if digits == 4 && part.len() == 4 {
                year = year.or(part.parse::<i16>().ok());
            } else if (1..=2).contains(&digits)
                && matches!(&part[digits..], "" | "." | "er" | "st" | "nd" | "rd" | "th")
            {
                let number = part[..digits].parse::<i8>().ok();
                if day.is_none() {
                    day = number;
                } else if month.is_some() && year.is_none() && digits == 2 {
                    year = number.map(|short| i16::from(short) + if short < 70 { 2000 } else { 1900 });
                }
            } else if part == "am" || part == "pm" {
                afternoon = Some(part == "pm");
            } else if let Some(named) = month_named(part) {
                // The last one counts: "mar. 4 févr." begins with a Tuesday.
                month = Some(named);
            } else if zone.is_none() && offset(part).is_some() {
                zone = Some(part);
            }
        }
    }
    let (hour, minute, second) = clock.unwrap_or((0, 0, 0));
    let hour = match afternoon {
        Some(pm) if (1..=12).contains(&hour) => hour % 12 + if pm { 12 } else { 0 },
        _ => hour,
    };
    instant(date(year?, month?, day?)?, time(hour, minute, second)?, zone)
}

fn month_named(word: &str) -> Option<i8> {
    // Weekdays that begin as months do: "mardi".
    if word.starts_with("mardi") {
        return None;
    }
    MONTHS.iter().find(|(name, _)| word.starts_with(name)).map(|(_, number)| *number)
}

/// `7:31`, `07:31:05.9`, `7h31`, `7h`.
fn clock_time(word: &str) -> Option<(i8, i8, i8)> {
    let mut parts = word.splitn(3, [':', 'h']);
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?;
    let minute = if minute.is_empty() && word.ends_with('h') { 0 } else { minute.parse().ok()? };
    let second = parts.next().map_or(Some(0), |text| text.split('.').next().and_then(|whole| whole.parse().ok()))?;
    Some((hour, minute, second))
}

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    let date = Date::new(year, month, day).ok()?;
    // The first day of 1970 is a clock that was never set.
    (YEARS.contains(&year) && date != Date::constant(1970, 1, 1)).then_some(date)
}

fn time(hour: i8, minute: i8, second: i8) -> Option<Time> {
    // 24:00 is the midnight that begins no other day than the one it names in such feeds; 60 is a leap second.
    let hour = if hour == 24 { 0 } else { hour };
    Time::new(hour, minute, second.min(59), 0).ok()
}

fn instant(date: Date, time: Time, zone: Option<&str>) -> Option<Timestamp> {
    let offset = match zone {
        None => Offset::UTC,
        // A zone that is not known is not taken for UTC silently wrong by more than a hint may be: half a day at most.
        Some(zone) => offset(zone).unwrap_or(Offset::UTC),
    };
    TimeZone::fixed(offset).to_timestamp(DateTime::from_parts(date, time)).ok()
}

/// `+01:00`, `+0100`, `+01`, `gmt+0100`, or a name.
fn offset(zone: &str) -> Option<Offset> {
    let zone =
        zone.strip_prefix("gmt").or_else(|| zone.strip_prefix("utc")).filter(|rest| !rest.is_empty()).unwrap_or(zone);
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return ZONES.iter().find(|(name, _)| *name == zone).and_then(|(_, minutes)| minutes_east(*minutes)),
    };
    let digits: String = zone[1..].chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = match digits.len() {
        2 => (digits.parse::<i32>().ok()?, 0),
        4 => (digits[..2].parse().ok()?, digits[2..].parse::<i32>().ok()?),
        _ => return None,
    };
    minutes_east(sign * (hours * 60 + minutes))
}

fn minutes_east(minutes: i32) -> Option<Offset> {
    Offset::from_seconds(minutes * 60).ok()
}

/// Lower case, with the accents that French dates have taken off.
fn without_accents(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'é' | 'è' | 'ê' => 'e',
            'û' | 'ù' => 'u',
            '\u{a0}' | '\u{202f}' => ' ',
            other => other,
        })
        .collect()
}
