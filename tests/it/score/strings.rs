//! French date strings of other projects' tests: how many are read, left unread, or read wrongly.

use griot::extract::date::{Context, read_date};
use griot::model::article::PrintedDate;
use jiff::Span;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::table::Row;
use crate::shared;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Read,
    Unread,
    Wrong,
}

/// What press dates are made of (real bylines and dateparser's) is to be read; of duckling's, far wider than any byline,
/// only a wrong reading counts.
pub(crate) fn rows() -> Vec<Row> {
    let verdicts = verdicts();
    let row = |wide: bool, verdict: Verdict, field: &str, beside: &str| {
        let of: Vec<Verdict> = verdicts.iter().filter(|(w, _)| *w == wide).map(|(_, verdict)| *verdict).collect();
        let count = of.iter().filter(|v| **v == verdict).count();
        let set = if wide { "dates-fr, duckling" } else { "dates-fr, bylines" };
        Row {
            set: set.to_owned(),
            field: field.to_owned(),
            of: of.len(),
            values: vec![count.to_string()],
            beside: beside.to_owned(),
        }
    };
    vec![
        row(false, Verdict::Read, "read", "aim: all"),
        row(false, Verdict::Unread, "unread", ""),
        row(false, Verdict::Wrong, "wrong", "aim 0"),
        row(true, Verdict::Wrong, "wrong", "aim 0"),
    ]
}

/// Each string: is it of the wider set, and how was it read?
fn verdicts() -> Vec<(bool, Verdict)> {
    let table = shared::read("dates-fr/fr-dates.tsv").unwrap_or_default();
    let rows = table.lines().skip(1).map(|line| line.split('\t').map(cell).collect::<Vec<_>>());
    let verdict = |row: Vec<String>| {
        let verdict = judge(&row);
        if verdict == Verdict::Wrong && super::worst().is_some() {
            println!("  wrong date: {row:?}");
        }
        (row[0].starts_with("duckling"), verdict)
    };
    rows.filter(|row| row.len() == 5).map(verdict).collect()
}

/// Cells with quotation marks are written as in CSV.
fn cell(text: &str) -> String {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.map_or_else(|| text.to_owned(), |inner| inner.replace("\"\"", "\""))
}

/// Columns: source, string, expected, base, kind. A string with a year is read long after it, any other at its base.
fn judge(row: &[String]) -> Verdict {
    let has_year = row[1].split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
    let base: DateTime = row[3].get(..19).and_then(|base| base.parse().ok()).unwrap_or_default();
    let (expected, zone) = expected(row, base);
    let now = if has_year || row[3].is_empty() { "2026-06-30T12:00:00".parse().unwrap() } else { base };
    let captured_at = zone.to_timestamp(now).unwrap();
    let Ok(date) = read_date(&row[1], &Context { zone: &zone, language: "fr", captured_at }) else {
        return Verdict::Unread;
    };
    if expected.is_some_and(|expected| fits(&date, expected, &zone)) { Verdict::Read } else { Verdict::Wrong }
}

/// The moment that is meant, in a zone that has it: `{"ago": {"years": 1}}`, a local moment, the first of an interval, or
/// an instant with its offset. Months and years alone have no moment.
fn expected(row: &[String], base: DateTime) -> (Option<DateTime>, TimeZone) {
    if let Ok(value) = serde_json::from_str::<Value>(&row[2]) {
        let back = value.get("ago").is_some();
        let part = |name: &str| value[if back { "ago" } else { "in_future" }][name].as_i64().unwrap_or(0);
        let span = Span::new().years(part("years")).months(part("months")).weeks(part("weeks")).days(part("days"));
        let span = span.hours(part("hours")).minutes(part("minutes")).seconds(part("seconds"));
        return (if back { base.checked_sub(span) } else { base.checked_add(span) }.ok(), TimeZone::UTC);
    }
    let first = row[2].split('|').next().unwrap_or_default();
    match first.parse::<Timestamp>() {
        Ok(at) => {
            let offset = first.get(19..).and_then(|offset| format!("2000-01-01T00:00:00{offset}").parse().ok());
            let seconds = offset.map_or(0, |there: Timestamp| 946_684_800 - there.as_second());
            let zone = TimeZone::fixed(jiff::tz::Offset::from_seconds(i32::try_from(seconds).unwrap()).unwrap());
            (Some(zone.to_datetime(at)), zone)
        }
        Err(_) => (first.parse().ok(), TimeZone::UTC),
    }
}

/// The day, and to the minute what is told beyond it: bylines print no seconds.
fn fits(date: &PrintedDate, expected: DateTime, zone: &TimeZone) -> bool {
    let minute = |moment: DateTime| (moment.date(), moment.hour(), moment.minute());
    match date.at {
        Some(at) => minute(zone.to_datetime(at)) == minute(expected),
        None => date.on == expected.date(),
    }
}
