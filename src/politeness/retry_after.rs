//! `Retry-After` in both its forms, RFC 9110 §10.2.3, made safe.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// The longest wait a server can ask for.
pub const MAX_WAIT: Duration = Duration::from_hours(24);

/// The wait asked for: seconds, or a date judged against the server's own `Date` (its clock may be wrong, but it is the one
/// it counts by; `now` where it sent none). Within 0…[`MAX_WAIT`]; junk is `None`.
#[must_use]
pub fn wait_asked(retry_after: &str, server_date: Option<&str>, now: Timestamp) -> Option<Duration> {
    let value = retry_after.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        // `as_secs_f64` of 24 hours bounds it on both sides, so that no conversion can fail.
        return seconds.is_finite().then(|| Duration::from_secs_f64(seconds.clamp(0.0, MAX_WAIT.as_secs_f64())));
    }
    let until = http_date(value)?;
    let from = server_date.and_then(http_date).unwrap_or(now);
    let wait = Duration::try_from(until.duration_since(from)).unwrap_or_default();
    Some(wait.min(MAX_WAIT))
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// An HTTP date in any of its three forms, RFC 9110 §5.6.7. The weekday is not looked at.
#[must_use]
pub fn http_date(text: &str) -> Option<Timestamp> {
    if text.len() > 64 {
        return None;
    }
    let words: Vec<&str> = text.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
    // Sun, 06 Nov 1994 08:49:37 GMT, and Sunday, 06-Nov-94 08:49:37 GMT; or Sun Nov  6 08:49:37 1994.
    let ([_, day, month, year, time, "GMT" | "UTC"] | [_, month, day, time, year]) = words[..] else { return None };
    let month = i8::try_from(MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month))? + 1).ok()?;
    let year = match (year.len(), year.parse::<i16>().ok()?) {
        (2, short) => short + if short < 70 { 2000 } else { 1900 },
        (4, whole) => whole,
        _ => return None,
    };
    let date = Date::new(year, month, day.parse().ok()?).ok()?;
    let time: Time = time.parse().ok()?;
    TimeZone::UTC.to_timestamp(DateTime::from_parts(date, time)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-24T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn both_forms_past_negative_junk_and_enormous() {
        let day = Some(86_400);
        for (value, wait) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("-5", Some(0)),
            ("9000000000000000000", day),
            ("99999999999999999999999999", day),
            ("9e18", day),
            ("inf", None),
            ("nan", None),
            ("soon", None),
            ("", None),
            ("Tue, 24 Nov 2026 10:02:00 GMT", Some(120)),
            ("Tuesday, 24-Nov-26 10:02:00 GMT", Some(120)),
            ("Tue Nov 24 10:02:00 2026", Some(120)),
            ("Tue, 24 Nov 2020 10:02:00 GMT", Some(0)),
            ("Tue, 24 Nov 9999 10:02:00 GMT", day),
            ("Tue, 31 Feb 2026 10:02:00 GMT", None),
        ] {
            assert_eq!(wait_asked(value, None, now()).map(|w| w.as_secs()), wait, "{value}");
        }
    }

    #[test]
    fn a_date_is_judged_by_the_servers_own_clock() {
        let server = Some("Sat, 01 Jan 2000 00:00:00 GMT");
        let wait = wait_asked("Sat, 01 Jan 2000 00:05:00 GMT", server, now());
        assert_eq!(wait, Some(Duration::from_mins(5)));
    }
}
