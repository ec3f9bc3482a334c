//! Dates that machines write: ISO 8601 and RFC 3339 with their usual slips, RFC 9110 and JavaScript forms, Unix seconds.

use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use regex::{Captures, Regex};

use super::{Misread, Parts, words};
use crate::model::article::Precision;

/// `None`: not a machine's form.
pub(super) fn read(text: &str) -> Option<Result<Parts, Misread>> {
    static ISO: LazyLock<Regex> = LazyLock::new(|| {
        built(concat!(
            r"^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt| ]+|T\s)(\d\d?)[:h]?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?",
            r"\s*(?:([Zz]|UTC|GMT)|([+-−])(\d\d):?(\d\d)?)?(?:\[[\w/]+\])?)?$"
        ))
    });
    static COMPACT: LazyLock<Regex> =
        LazyLock::new(|| built(r"^(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(?:(Z)|([+-])(\d\d):?(\d\d)?)?)?$"));
    static RFC: LazyLock<Regex> = LazyLock::new(|| {
        built(concat!(
            r"(?i)^(?:[a-z]{3,9},?\s+)?(?:(?P<d1>\d\d?)[\s-](?P<m1>[a-z]{3,9})[\s-](?P<y1>\d{4})",
            r"|(?P<m2>[a-z]{3,9})\s+(?P<d2>\d\d?)\s+(?P<y2>\d{4}))\s+(?P<h>\d\d?):(?P<min>\d\d)(?::(?P<s>\d\d))?",
            r"\s*(?P<z>[a-z]{1,4})?\s*(?:(?P<sign>[+-])(?P<oh>\d\d):?(?P<om>\d\d))?(?:\s*\([^)]*\))?$"
        ))
    });
    if let Some(found) = ISO.captures(text).or_else(|| COMPACT.captures(text)) {
        return Some(iso(&found).ok_or_else(|| Misread::Impossible(text.to_owned())));
    }
    RFC.captures(text).and_then(|found| rfc(&found, text))
}

fn built(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of our own")
}

fn iso(found: &Captures<'_>) -> Option<Parts> {
    let number = |n: usize| found.get(n).map(|m| m.as_str().parse::<i16>());
    let small = |n: usize| number(n).transpose().ok().flatten().and_then(|v| i8::try_from(v).ok());
    let on = Date::new(number(1)?.ok()?, small(2)?, small(3)?).ok().filter(|d| d.year() >= super::EARLIEST_YEAR)?;
    let Some(hour) = small(4) else { return Some(Parts { on, time: None, offset: None, absolute: true }) };
    let time = Time::new(hour, small(5)?, small(6).unwrap_or(0), 0).ok()?;
    let precision = if found.get(6).is_some() { Precision::Second } else { Precision::Minute };
    let offset = match (found.get(7), found.get(8)) {
        (Some(_), _) => Some(Offset::UTC),
        (None, Some(sign)) => Some(offset(sign.as_str(), small(9)?, small(10).unwrap_or(0))?),
        (None, None) => None,
    };
    Some(Parts { on, time: Some((time, precision)), offset, absolute: true })
}

fn rfc(found: &Captures<'_>, text: &str) -> Option<Result<Parts, Misread>> {
    let small = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i8>().ok());
    let month = words::month(&words::bare(found.name("m1").or(found.name("m2"))?.as_str()))?;
    let year = found.name("y1").or(found.name("y2"))?.as_str().parse().ok()?;
    let impossible = || Misread::Impossible(text.to_owned());
    let parts = || {
        let on = Date::new(year, month, small("d1").or_else(|| small("d2"))?).ok()?;
        let time = Time::new(small("h")?, small("min")?, small("s").unwrap_or(0), 0).ok()?;
        let precision = if found.name("s").is_some() { Precision::Second } else { Precision::Minute };
        let shifted = match found.name("sign") {
            Some(sign) => Some(offset(sign.as_str(), small("oh")?, small("om")?)?),
            None => None,
        };
        let named = match found.name("z") {
            Some(name) => {
                let hours = words::zone(&words::bare(name.as_str()))?;
                Some(Offset::from_hours(hours).ok()?)
            }
            None => None,
        };
        Some(Parts { on, time: Some((time, precision)), offset: shifted.or(named), absolute: true })
    };
    Some(parts().ok_or_else(impossible))
}

fn offset(sign: &str, hours: i8, minutes: i8) -> Option<Offset> {
    if !(0..=14).contains(&hours) || !(0..=59).contains(&minutes) {
        return None;
    }
    let seconds = i32::from(hours) * 3600 + i32::from(minutes) * 60;
    Offset::from_seconds(if sign == "+" { seconds } else { -seconds }).ok()
}
