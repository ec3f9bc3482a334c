//! Dates as papers print them. A date that is misread is worse than one that is not read: what is not wholly
//! understood is refused, with the reason.

mod calendar;
mod clock;
mod cursor;
mod machine;
mod months;
mod order;
mod relative;
mod repair;
mod rest;
mod settle;
mod within;
mod words;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::text::{fold, head};
use crate::model::article::{Precision, PrintedDate};
use calendar::Day;
use clock::{Clock, Zone};
use cursor::Cursor;
pub(crate) use months::month;
use order::Order;
pub(crate) use within::{is_bare, within};

/// What a printed date is read against.
#[derive(Debug, Clone)]
pub struct Context<'c> {
    /// The paper's zone.
    pub zone: &'c TimeZone,
    /// The paper's language: it tells `05/06/2024` apart where the numbers do not.
    pub language: &'c str,
    /// When the page was captured: nothing was published long after that.
    pub captured_at: Timestamp,
}

/// A publication may be dated ahead of the capture by this much: zones, embargoes, wrong clocks.
const AHEAD: SignedDuration = SignedDuration::from_hours(48);
/// Longer texts are prose.
const LONGEST: usize = 240;
/// Pieces of a line that are tried, one behind the other: "Politique | 24 janvier 2025".
const MOST_PIECES: usize = 6;
/// No page of the web is older, no printed year earlier.
const EARLIEST_YEAR: i16 = 1900;

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misread {
    /// Not understood, from here on.
    #[error("`{0}` is no date that griot reads")]
    Unknown(String),
    /// A day that the calendar does not have, or a time that the clock does not.
    #[error("`{0}` does not exist")]
    Impossible(String),
    /// Day and month may each be the other, and nothing tells.
    #[error("`{0}` may be two days: neither the language nor the zone tells whether the day or the month comes first")]
    Ambiguous(String),
    /// The printed weekday shows that day and month stand in an order that this paper should not have.
    #[error("`{0}` names a weekday that its day is not")]
    Contradictory(String),
    /// Later than the page itself.
    #[error("`{text}` is after the capture")]
    Future {
        /// As printed.
        text: String,
        /// The day that it tells.
        on: Date,
    },
}

/// What was read, before its zone is known.
#[derive(Debug, Clone)]
struct Parts {
    on: Date,
    time: Option<Time>,
    precision: Precision,
    zone: Option<Zone>,
    absolute: bool,
    doubt: Option<String>,
}

/// Reads one printed date: "vendredi 24 janvier 2025 à 07:31", "hier à 19h25", an ISO or RFC form.
///
/// Of several dates in one text ("Publié le …, modifié le …") it is the first.
///
/// # Errors
/// When the text is not wholly understood as a date, names no day or two, or is after the capture by more than 48 hours.
pub fn read_date(text: &str, context: &Context<'_>) -> Result<PrintedDate, Misread> {
    let text = fold(text);
    if text.is_empty() || text.len() > LONGEST {
        return Err(Misread::Unknown(head(&text, 60)));
    }
    let repaired = repair::repaired(&text);
    let parts = match machine::read(&repaired) {
        Some(parts) => parts?,
        None => printed(&repaired, context)?,
    };
    settle::settled(&text, &parts, context)
}

/// The forms that people read: the whole text, or what stands behind a sign that parts pieces of a line.
fn printed(text: &str, context: &Context<'_>) -> Result<Parts, Misread> {
    let mut cursor = Cursor::new(text);
    let mut reason = Misread::Unknown(head(text, 60));
    for _ in 0..MOST_PIECES {
        match piece(&cursor, text, context) {
            Err(Misread::Unknown(_)) => {}
            Err(better) if matches!(reason, Misread::Unknown(_)) => reason = better,
            Err(_) => {}
            Ok(parts) => return Ok(parts),
        }
        if !cursor.next_piece() {
            break;
        }
    }
    Err(reason)
}

fn piece(cursor: &Cursor, text: &str, context: &Context<'_>) -> Result<Parts, Misread> {
    // "En 2 heures" begins with a word that also announces dates.
    if let Some(parts) = relative::read(&mut cursor.clone(), context) {
        return Ok(parts);
    }
    let mut cursor = cursor.clone();
    cursor.prefix();
    if let Some(parts) = relative::read(&mut cursor.clone(), context) {
        return Ok(parts);
    }
    let mut behind = cursor.clone();
    let weekday = behind.weekday();
    let named = weekday.map(|w| dated(behind, Some(w), text, context));
    match named {
        Some(Err(Misread::Unknown(_))) | None => {}
        Some(known) => return known,
    }
    // "Mar 24, 2025" is no Tuesday in French.
    dated(cursor, None, text, context)
}

/// A day, a time before or behind it, and nothing else that matters.
fn dated(mut cursor: Cursor, weekday: Option<Weekday>, text: &str, context: &Context<'_>) -> Result<Parts, Misread> {
    let unknown = || Misread::Unknown(head(text, 60));
    let impossible = || Misread::Impossible(head(text, 60));
    if let Some(day) = weekday
        && let Some(parts) = relative::last_weekday(&mut cursor.clone(), day, context)
    {
        return Ok(parts);
    }
    cursor.prefix();
    let (day, mut clock, weekday) = match calendar::read(&mut cursor) {
        Some(day) => (day, None, weekday),
        None => cursor.attempt(time_first).map(|(c, w, d)| (d, Some(c), weekday.or(w))).ok_or_else(unknown)?,
    };
    if clock.is_none() {
        clock = clock::behind(&mut cursor).map_err(|()| impossible())?;
    }
    if !rest::is_apart(cursor.rest()) {
        return Err(unknown());
    }
    let believed = cursor.labelled || (weekday.is_some() && clock.is_some());
    let (on, absolute) = resolved(day, weekday, believed, text, context)?;
    if on.year() < EARLIEST_YEAR {
        return Err(impossible());
    }
    let disagrees = |printed: Weekday| format!("printed as a {printed:?}, but {on} is a {:?}", on.weekday());
    let doubt = weekday.filter(|w| *w != on.weekday()).map(disagrees);
    let precision = clock.as_ref().map_or(Precision::Day, |c| c.precision);
    let (time, zone) = clock.map_or((None, None), |c| (Some(c.time), c.zone));
    Ok(Parts { on, time, precision, zone, absolute, doubt })
}

/// "07:31, 24 janvier 2025", "7:31 PM EST, Fri January 24, 2025".
fn time_first(cursor: &mut Cursor) -> Option<(Clock, Option<Weekday>, Day)> {
    let clock = clock::read(cursor)?.ok()?;
    cursor.prefix();
    let weekday = cursor.weekday();
    cursor.prefix();
    Some((clock, weekday, calendar::read(cursor)?))
}

/// The day itself, and whether the text tells it without the moment of reading.
fn resolved(
    day: Day,
    weekday: Option<Weekday>,
    believed: bool,
    text: &str,
    context: &Context<'_>,
) -> Result<(Date, bool), Misread> {
    let impossible = || Misread::Impossible(head(text, 60));
    match day {
        Day::Told { year, month, day } => {
            Ok((Date::new(whole(year, context), month, day).map_err(|_| impossible())?, true))
        }
        // A day without a year is believed where something says that it is past.
        Day::Yearless { month, day } if believed => {
            Date::new(2000, month, day).map_err(|_| impossible())?;
            let on = relative::last_time(month, day, weekday, context);
            Ok((on.ok_or_else(|| Misread::Unknown(head(text, 60)))?, false))
        }
        Day::Yearless { .. } => Err(Misread::Unknown(head(text, 60))),
        Day::Numbers { year, first, second } => {
            let year = whole(year, context);
            let by_day = Date::new(year, second, first).ok();
            let by_month = Date::new(year, first, second).ok();
            numbers(by_day, by_month, weekday, order::order(context), text).map(|on| (on, true))
        }
    }
}

fn numbers(
    by_day: Option<Date>,
    by_month: Option<Date>,
    weekday: Option<Weekday>,
    order: Order,
    text: &str,
) -> Result<Date, Misread> {
    let (by_day, by_month) = match (by_day, by_month) {
        (None, None) => return Err(Misread::Impossible(head(text, 60))),
        (Some(only), None) | (None, Some(only)) => return Ok(only),
        (Some(a), Some(b)) if a == b => return Ok(a),
        (Some(a), Some(b)) => (a, b),
    };
    let fits = |on: Date| weekday.is_some_and(|w| w == on.weekday());
    match order {
        Order::DayFirst if fits(by_month) && !fits(by_day) => Err(Misread::Contradictory(head(text, 60))),
        Order::MonthFirst if fits(by_day) && !fits(by_month) => Err(Misread::Contradictory(head(text, 60))),
        Order::DayFirst => Ok(by_day),
        Order::MonthFirst => Ok(by_month),
        // Points are of languages that have the day first.
        Order::Unknown if fits(by_day) != fits(by_month) => Ok(if fits(by_day) { by_day } else { by_month }),
        Order::Unknown
            if text.split(|c: char| !(c.is_ascii_digit() || c == '.')).any(|w| w.matches('.').count() == 2) =>
        {
            Ok(by_day)
        }
        Order::Unknown => Err(Misread::Ambiguous(head(text, 60))),
    }
}

/// Does this word name a month?
pub(crate) fn is_month(word: &str) -> bool {
    months::month(&words::bare(word)).is_some()
}

/// "74" was in the last century, "26" is in this one.
fn whole(year: i16, context: &Context<'_>) -> i16 {
    if year >= 100 {
        return year;
    }
    let this = context.zone.to_datetime(context.captured_at).year();
    if 2000 + year > this + 20 { 1900 + year } else { 2000 + year }
}

#[cfg(test)]
mod tests;
