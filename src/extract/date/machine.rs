//! Dates that machines write: ISO 8601 and RFC 3339 with their usual slips, RFC 9110, JavaScript, Java and C forms, Unix
//! time.

use std::sync::LazyLock;

use crate::extract::pattern::pattern;
use jiff::Timestamp;
use jiff::civil::{Date, Time, date};
use jiff::tz::Offset;
use regex::{Captures, Regex};

use super::clock::{self, Zone};
use super::{Misread, Parts, months, words};
use crate::model::article::Precision;

/// `None`: not a machine's form.
pub(super) fn read(text: &str) -> Option<Result<Parts, Misread>> {
    static ISO: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt|,_ ]+|T\s)(\d\d?)[:h.]?(\d\d)(?:[:.]?(\d\d)(?:[.,:]\d+)?)?",
            r"\s*(?:([Zz]|UTC|GMT)|([+\-−])(\d\d):?(\d\d)?)?(?:\[[\w/]+\])?)?[ZT]?$"
        ))
    });
    static COMPACT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(\d{4})(\d\d)(\d\d)(?:[T\s]?(\d\d)(\d\d)(\d\d)?(?:(Z)|([+\-])(\d\d):?(\d\d)?)?)?$")
    });
    static RFC: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)^(?:(?P<w>[a-z]{3,9}),?\s+)?(?:(?P<d1>\d\d?)[\s-](?P<m1>[a-z]{3,9})[\s-](?P<y1>\d{4}|\d\d),?",
            r"|(?P<m2>[a-z]{3,9})\s+(?P<d2>\d\d?)\s+(?P<y2>\d{4}))\s+(?P<h>\d\d?):(?P<min>\d\d)(?::(?P<s>\d\d)(?:\.\d+)?)?",
            r"\s*(?P<z>[a-z]{1,4})?\s*(?:(?P<sign>[+-])(?P<oh>\d\d):?(?P<om>\d\d))?(?:\s*\([^)]*\))?$"
        ))
    });
    static C: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)^(?P<w>[a-z]{3})\s+(?P<m2>[a-z]{3})\s+(?P<d2>\d\d?)\s+(?P<h>\d\d?):(?P<min>\d\d):(?P<s>\d\d)",
            r"\s*(?P<z>[a-z]{1,4})?(?:(?P<sign>[+-])(?P<oh>\d\d):?(?P<om>\d\d))?\s+(?P<y2>\d{4})$"
        ))
    });
    let impossible = || Misread::Impossible(text.to_owned());
    if let Some(parts) = unix(text) {
        return Some(Ok(parts));
    }
    if let Some(found) = ISO.captures(text).or_else(|| COMPACT.captures(text)) {
        return Some(iso(&found).ok_or_else(impossible));
    }
    let found = RFC.captures(text).or_else(|| C.captures(text))?;
    let month = months::month(&words::bare(found.name("m1").or(found.name("m2"))?.as_str()))?;
    if let Some(weekday) = found.name("w") {
        words::weekday(&words::bare(weekday.as_str()))?;
    }
    let zone = match found.name("z") {
        // Letters that mean nothing here, or several zones, are for those who read what people write.
        Some(name) => Some(words::zone(&words::bare(name.as_str()))?),
        None => None,
    };
    Some(rfc(&found, month, zone).ok_or_else(impossible))
}

fn told(on: Date, time: Option<(Time, Precision)>, offset: Option<Offset>) -> Parts {
    let precision = time.map_or(Precision::Day, |(_, precision)| precision);
    let zone = offset.map(Zone::Offset);
    Parts { on, time: time.map(|(t, _)| t), precision, zone, absolute: true, doubt: None }
}

/// Seconds, milliseconds or microseconds since 1970, from 1995 on; `/Date(…)/` as .NET wraps them.
fn unix(text: &str) -> Option<Parts> {
    const FIRST: i64 = 788_918_400;
    let digits = text.strip_prefix("/Date(").and_then(|t| t.strip_suffix(")/")).unwrap_or(text);
    let digits = digits.split_once('.').map_or(digits, |(whole, _)| whole);
    if !matches!(digits.len(), 9 | 10 | 13 | 16) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    let seconds = match digits.len() {
        13 => number / 1_000,
        16 => number / 1_000_000,
        _ => number,
    };
    let at = Timestamp::from_second(seconds).ok().filter(|at| at.as_second() >= FIRST)?;
    let civil = Offset::UTC.to_datetime(at);
    Some(told(civil.date(), Some((civil.time(), Precision::Second)), Some(Offset::UTC)))
}

fn iso(found: &Captures<'_>) -> Option<Parts> {
    let number = |n: usize| found.get(n).map(|m| m.as_str().parse::<i16>());
    let small = |n: usize| number(n).transpose().ok().flatten().and_then(|v| i8::try_from(v).ok());
    let mut on = Date::new(number(1)?.ok()?, small(2)?, small(3)?).ok().filter(|d| d.year() >= super::EARLIEST_YEAR)?;
    // The first second of Unix time is an empty field.
    if on == date(1970, 1, 1) && small(4).is_none_or(|hour| hour == 0) && small(5).is_none_or(|minute| minute == 0) {
        return None;
    }
    let Some(mut hour) = small(4) else { return Some(told(on, None, None)) };
    let (minute, second) = (small(5)?, small(6).unwrap_or(0));
    if (hour, minute, second) == (24, 0, 0) {
        (on, hour) = (on.tomorrow().ok()?, 0);
    }
    let time = Time::new(hour, minute, second.min(59), 0).ok()?;
    let precision = if found.get(6).is_some() { Precision::Second } else { Precision::Minute };
    let offset = match (found.get(7), found.get(8)) {
        (Some(_), _) => Some(Offset::UTC),
        (None, Some(sign)) => Some(offset(sign.as_str(), small(9)?, small(10).unwrap_or(0))?),
        (None, None) => None,
    };
    Some(told(on, Some((time, precision)), offset))
}

fn rfc(found: &Captures<'_>, month: i8, zone: Option<i32>) -> Option<Parts> {
    let small = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i8>().ok());
    let year: i16 = found.name("y1").or(found.name("y2"))?.as_str().parse().ok()?;
    // RFC 9110 §5.6.7: two digits that seem far ahead are of the last century.
    let year = if year >= 100 { year } else { year + if year < 70 { 2000 } else { 1900 } };
    let on = Date::new(year, month, small("d1").or_else(|| small("d2"))?).ok()?;
    if on.year() < super::EARLIEST_YEAR {
        return None;
    }
    let time = Time::new(small("h")?, small("min")?, small("s").unwrap_or(0).min(59), 0).ok()?;
    let precision = if found.name("s").is_some() { Precision::Second } else { Precision::Minute };
    let shifted = match found.name("sign") {
        Some(sign) => Some(offset(sign.as_str(), small("oh")?, small("om")?)?),
        None => None,
    };
    let named = zone.and_then(|minutes| Offset::from_seconds(minutes * 60).ok());
    Some(told(on, Some((time, precision)), shifted.or(named)))
}

fn offset(sign: &str, hours: i8, minutes: i8) -> Option<Offset> {
    clock::offset(sign != "+", i32::from(hours), i32::from(minutes))
}
