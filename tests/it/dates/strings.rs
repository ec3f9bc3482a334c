//! French date strings out of public test suites: what press dates are made of must be read, and nothing wrongly.

use griot::extract::date::{Context, Misread, read_date};
use griot::model::article::{Precision, PrintedDate};
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp};
use serde_json::Value;

/// One row of the set.
struct Row {
    source: String,
    text: String,
    expected: String,
    base: String,
    kind: String,
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Right,
    Unread,
    Wrong(String),
}

#[test]
fn press_dates_are_read_and_nothing_is_read_wrongly() {
    let Some((press, wide)) = Strings::judged() else { return };
    for (name, list) in [("press", &press), ("wide", &wide)] {
        let Counts { right, unread, wrong } = list.counts();
        println!("{name}: {} strings, right {right}, unread {unread}, wrong {wrong}", list.0.len());
    }
    let bad =
        |(row, verdict): &(Row, Verdict)| format!("{}: {:?} {verdict:?}, not {}", row.source, row.text, row.expected);
    let press_bad: Vec<String> = press.0.iter().filter(|(_, v)| *v != Verdict::Right).map(bad).collect();
    let wide_bad: Vec<String> = wide.0.iter().filter(|(_, v)| matches!(v, Verdict::Wrong(_))).map(bad).collect();
    if std::env::var_os("GRIOT_SCORE_PAGES").is_some() {
        wide.0.iter().filter(|(_, v)| *v == Verdict::Right).for_each(|(row, _)| println!("  read: {}", row.text));
    }
    assert!(press.0.len() >= 60 && wide.0.len() >= 460, "{} and {}", press.0.len(), wide.0.len());
    assert!(press_bad.is_empty(), "{}", press_bad.join("\n"));
    assert!(wide_bad.is_empty(), "{}", wide_bad.join("\n"));
}

/// Strings of one kind, each with how it was read.
pub(crate) struct Strings(Vec<(Row, Verdict)>);

/// How many of them were read how.
pub(crate) struct Counts {
    pub(crate) right: usize,
    pub(crate) unread: usize,
    pub(crate) wrong: usize,
}

impl Strings {
    /// What press dates are made of, and duckling's, which are far wider than any byline.
    pub(crate) fn judged() -> Option<(Self, Self)> {
        let table = crate::shared::read("dates-fr/fr-dates.tsv")?;
        let judged = table.lines().skip(1).map(row).map(|row| (judge(&row), row)).map(|(verdict, row)| (row, verdict));
        let (wide, press) = judged.partition(|(row, _)| row.source.starts_with("duckling"));
        Some((Self(press), Self(wide)))
    }

    pub(crate) fn counts(&self) -> Counts {
        let count = |wanted: &Verdict| self.0.iter().filter(|(_, verdict)| verdict == wanted).count();
        let (right, unread) = (count(&Verdict::Right), count(&Verdict::Unread));
        Counts { right, unread, wrong: self.0.len() - right - unread }
    }
}

fn row(line: &str) -> Row {
    // Cells with quotation marks are written as in CSV.
    let cell = |text: &str| match text.strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => text.to_owned(),
    };
    let mut cells = line.split('\t').map(cell);
    let mut next = || cells.next().unwrap_or_default();
    Row { source: next(), text: next(), expected: next(), base: next(), kind: next() }
}

/// Real dates stand in the zone of the instant that is expected. The moment of reading is the set's where the text needs
/// one: a text with a year is read long after it.
fn judge(row: &Row) -> Verdict {
    let offset = row.expected.get(19..).filter(|_| row.source.starts_with("real")).unwrap_or_default();
    let seconds = offset.get(1..3).map_or(0, |hours| hours.parse::<i32>().unwrap() * 3600);
    let zone = TimeZone::fixed(Offset::from_seconds(seconds).unwrap());
    let has_year = row.text.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4);
    let civil: DateTime =
        if has_year { "2026-06-30T12:00:00" } else { row.base.get(..19).unwrap_or("2026-06-30T12:00:00") }
            .parse()
            .unwrap();
    let captured_at = zone.to_timestamp(civil).unwrap();
    let context = Context { zone: &zone, language: "fr", captured_at };
    let read = read_date(&row.text, &context);
    if row.kind.starts_with("relative") { relative(row, civil, read, &zone) } else { absolute(row, read, &zone) }
}

/// `{"ago": {"years": 1, "months": 2}}`. A day in the future is refused as such, and as the right one.
fn relative(row: &Row, base: DateTime, read: Result<PrintedDate, Misread>, zone: &TimeZone) -> Verdict {
    let value: Value = serde_json::from_str(&row.expected).unwrap();
    let (direction, parts) = value.as_object().unwrap().iter().next().unwrap();
    let part = |name: &str| parts[name].as_i64().unwrap_or(0);
    let span = Span::new().years(part("years")).months(part("months")).weeks(part("weeks")).days(part("days"));
    let span = span.hours(part("hours")).minutes(part("minutes")).seconds(part("seconds"));
    let wanted = if direction == "ago" { base - span } else { base + span };
    match read {
        Ok(date) => same(&date, wanted, zone),
        Err(Misread::Future { on, .. }) if direction != "ago" && on == wanted.date() => Verdict::Right,
        Err(_) => Verdict::Unread,
    }
}

/// An instant, a day, or, for the widest set, a span of either; grains beyond the day leave no day to be right.
fn absolute(row: &Row, read: Result<PrintedDate, Misread>, zone: &TimeZone) -> Verdict {
    let Ok(date) = read else { return Verdict::Unread };
    let wrong = || Verdict::Wrong(format!("{} ({:?})", date.on, date.at));
    let first = row.expected.split('|').next().unwrap();
    if row.source.starts_with("real") {
        let wanted: Timestamp = row.expected.parse().unwrap();
        // Pages print no seconds.
        return if date.at.is_some_and(|at| at.as_second() / 60 == wanted.as_second() / 60) {
            Verdict::Right
        } else {
            wrong()
        };
    }
    let Ok(wanted) = first.parse::<DateTime>() else {
        // "il y a deux ans" tells a month at the best.
        let digits: Vec<i16> = first.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        let fits = date.precision > Precision::Week && digits.first() == Some(&date.on.year());
        return if fits { Verdict::Right } else { wrong() };
    };
    let is_span = row.source.contains("Interval");
    if is_span && row.kind == "Day" || row.kind == "Week" || row.kind == "Month" {
        return wrong();
    }
    if is_span {
        // Part of one day ("hier soir"): the day is right, a time is not told.
        return if date.at.is_none() && date.on == wanted.date() { Verdict::Right } else { wrong() };
    }
    same(&date, wanted, zone)
}

fn same(date: &PrintedDate, wanted: DateTime, zone: &TimeZone) -> Verdict {
    let day: Date = wanted.date();
    let right = match date.at {
        Some(at) => zone.to_datetime(at) == wanted,
        None => date.on == day,
    };
    if right { Verdict::Right } else { Verdict::Wrong(format!("{} ({:?})", date.on, date.at)) }
}
