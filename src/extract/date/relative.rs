//! Dates told from the moment of reading: "hier à 19h25", "il y a 3 heures", "jeu 15:12".

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span, Timestamp};

use super::clock::{self, Clock};
use super::cursor::Cursor;
use super::words::{self, Unit};
use super::{Context, Parts, rest};
use crate::model::article::Precision;

/// Reads a relative date; `None` when there is none, or more than griot understands.
pub(super) fn read(cursor: &mut Cursor, context: &Context<'_>) -> Option<Parts> {
    let now = context.zone.to_datetime(context.captured_at);
    let told = cursor
        .attempt(|c| this_moment(c, now))
        .or_else(|| cursor.attempt(|c| counted(c, now)))
        .or_else(|| cursor.attempt(|c| named_day(c, now.date())))?;
    rest::is_apart(cursor.rest()).then_some(told)
}

fn relative(on: Date, time: Option<Time>, precision: Precision) -> Parts {
    Parts { on, time, precision, zone: None, absolute: false, doubt: None }
}

fn with_clock(on: Date, clock: Option<Clock>) -> Parts {
    match clock {
        Some(Clock { time, precision, zone }) => Parts { zone, ..relative(on, Some(time), precision) },
        None => relative(on, None, Precision::Day),
    }
}

/// "à l'instant", "just now", "il y a quelques minutes".
fn this_moment(cursor: &mut Cursor, now: DateTime) -> Option<Parts> {
    const SAID: [&[&str]; 6] = [
        &["a", "l'instant"],
        &["just", "now"],
        &["gerade", "eben"],
        &["il", "y", "a", "quelques", "secondes"],
        &["il", "y", "a", "quelques", "minutes"],
        &["il", "y", "a", "un", "instant"],
    ];
    SAID.iter().find_map(|words| cursor.phrase(words))?;
    let time = Time::new(now.hour(), now.minute(), 0, 0).ok()?;
    Some(relative(now.date(), Some(time), Precision::Minute))
}

/// "hier à 19h25", "hier soir", "aujourd'hui à 10:02", "avant-hier", "ce matin à 7h31", "gestern, 19:25 Uhr".
fn named_day(cursor: &mut Cursor, today: Date) -> Option<Parts> {
    const TODAY: &[&str] = &["aujourd'hui", "aujourdhui", "today", "heute", "hoy", "hoje", "oggi", "vandaag"];
    const YESTERDAY: &[&str] = &["hier", "yesterday", "gestern", "ayer", "ontem", "ieri", "gisteren"];
    const BEFORE: &[&str] = &["vorgestern", "anteayer", "anteontem", "eergisteren"];
    const PARTS: &[&str] = &["matin", "soir", "apres-midi", "midi", "nuit"];
    let back = if cursor.word(TODAY).is_some() {
        0
    } else if cursor.word(YESTERDAY).is_some() {
        1
    } else if cursor.word(BEFORE).is_some() || cursor.phrase(&["avant", "hier"]).is_some() {
        2
    } else {
        cursor.word(&["ce", "cet"])?;
        cursor.space();
        cursor.phrase(&["apres", "midi"]).or_else(|| cursor.word(PARTS).map(drop))?;
        0
    };
    if back > 0 {
        cursor.attempt(|c| {
            c.space();
            c.phrase(&["apres", "midi"]).or_else(|| c.word(PARTS).map(drop))
        });
    }
    let on = today.checked_sub(Span::new().days(back)).ok()?;
    Some(with_clock(on, clock::behind(cursor).ok()?))
}

/// "il y a 20 minutes", "vor 2 Tagen", "3 hours ago", "hace 2 horas", "1 an 2 mois", "dans une heure".
fn counted(cursor: &mut Cursor, now: DateTime) -> Option<Parts> {
    let ahead = cursor.word(&["dans", "en"]).is_some();
    let announced = ahead || announces_past(cursor);
    about(cursor);
    let spans = spans(cursor)?;
    cursor.space();
    let closed = !ahead && cursor.word(&["ago", "fa", "geleden", "atras"]).is_some();
    let smallest = spans.iter().map(|(_, unit)| *unit).min()?;
    // "3 min" alone is a time of reading, "2 ans" an age; two spans of the calendar are neither.
    if !announced && !closed && (spans.len() < 2 || smallest < Unit::Day) {
        return None;
    }
    let then = spans.iter().try_fold(now, |then, (count, unit)| {
        let span = span(*unit, *count).ok()?;
        if ahead { then.checked_add(span).ok() } else { then.checked_sub(span).ok() }
    })?;
    let precision = match smallest {
        Unit::Second => Precision::Second,
        Unit::Minute => Precision::Minute,
        Unit::Hour => Precision::Hour,
        Unit::Day => Precision::Day,
        Unit::Week => Precision::Week,
        Unit::Month => Precision::Month,
        Unit::Year => Precision::Year,
    };
    let second = if smallest == Unit::Second { then.second() } else { 0 };
    let time = Time::new(then.hour(), then.minute(), second, 0).ok()?;
    Some(relative(then.date(), (smallest < Unit::Day).then_some(time), precision))
}

fn announces_past(cursor: &mut Cursor) -> bool {
    let french = cursor.phrase(&["il", "y", "a"]).or_else(|| cursor.phrase(&["il", "ya"]));
    if french.is_some() || cursor.word(&["vor", "hace", "ha"]).is_some() {
        return true;
    }
    cursor.phrase(&["moins", "de"]).or_else(|| cursor.phrase(&["less", "than"])).is_some()
}

fn about(cursor: &mut Cursor) {
    cursor.space();
    let few = ["environ", "presque", "about", "almost", "over", "ungefahr", "etwa", "fast", "circa", "unos", "cerca"];
    if cursor.word(&few).is_none() {
        cursor.phrase(&["plus", "de"]);
        cursor.phrase(&["moins", "de"]);
    }
    cursor.space();
    cursor.word(&["de", "d"]);
    cursor.space();
}

/// "1 an, 2 mois et 3 jours".
fn spans(cursor: &mut Cursor) -> Option<Vec<(i64, Unit)>> {
    let mut spans = Vec::new();
    while spans.len() < 7 {
        let span = cursor.attempt(|c| {
            if !spans.is_empty() {
                c.skip_signs(" ,");
                c.word(&["et", "and", "und", "y", "e"]);
                c.space();
            }
            let count = c.number(1..=3).map(i64::from).or_else(|| c.word_as(words::number))?;
            c.space();
            Some((count, c.word_as(words::unit)?))
        });
        match span {
            Some(span) => spans.push(span),
            None => break,
        }
    }
    (!spans.is_empty()).then_some(spans)
}

fn span(unit: Unit, count: i64) -> Result<Span, jiff::Error> {
    let none = Span::new();
    match unit {
        Unit::Second => none.try_seconds(count),
        Unit::Minute => none.try_minutes(count),
        Unit::Hour => none.try_hours(count),
        Unit::Day => none.try_days(count),
        Unit::Week => none.try_weeks(count),
        Unit::Month => none.try_months(count),
        Unit::Year => none.try_years(count),
    }
}

/// "jeu 15:12", "Publié jeudi à 11h": the last such day. Without a label, "jeudi à 11h" may be yet to come.
pub(super) fn last_weekday(cursor: &mut Cursor, day: Weekday, context: &Context<'_>) -> Option<Parts> {
    let labelled = cursor.labelled;
    let clock = if labelled { clock::behind(cursor).ok()?? } else { clock::read(cursor)?.ok()? };
    if !rest::is_apart(cursor.rest()) {
        return None;
    }
    let now = context.zone.to_datetime(context.captured_at);
    let since = now.date().weekday().since(day);
    let mut back = i64::from(since);
    if back == 0 && clock.time > now.time() {
        back = 7;
    }
    let on = now.date().checked_sub(Span::new().days(back)).ok()?;
    Some(with_clock(on, Some(clock)))
}

/// The year of a day that is printed without one: the last time it came; with its weekday, if that agrees.
///
/// `None` where the weekday tells that the day is yet to come.
pub(super) fn last_time(month: i8, day: i8, weekday: Option<Weekday>, context: &Context<'_>) -> Option<Date> {
    let latest = context.captured_at.checked_add(super::AHEAD).unwrap_or(Timestamp::MAX);
    let latest = context.zone.to_datetime(latest).date();
    // A leap day comes again after eight years at the latest.
    let days = (0..=8).filter_map(|back| Date::new(latest.year().checked_sub(back)?, month, day).ok());
    let last = days.into_iter().find(|on| *on <= latest)?;
    let next = Date::new(last.year().checked_add(1)?, month, day).ok();
    let fits = |on: Date| weekday.is_none_or(|w| w == on.weekday());
    if !fits(last) && next.is_some_and(fits) { None } else { Some(last) }
}
