//! Dates as papers print them. A date that is misread is worse than one that is not read: what is not wholly
//! understood is refused, with the reason.

mod cursor;
mod machine;
mod relative;
mod words;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::text::{fold, head};
use crate::model::article::{Precision, PrintedDate, ZoneSource};
use cursor::Cursor;

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
    /// Later than the page itself.
    #[error("`{0}` is after the capture")]
    Future(String),
}

/// What was read, before its zone is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parts {
    on: Date,
    time: Option<(Time, Precision)>,
    offset: Option<Offset>,
    absolute: bool,
}

/// Reads one printed date: "vendredi 24 janvier 2025 à 07:31", "hier à 19h25", an ISO or RFC form.
///
/// Of several dates in one text ("Publié le …, modifié le …") it is the first.
///
/// # Errors
/// When the text is not wholly understood as a date, names no day, or is after the capture by more than 48 hours.
pub fn read_date(text: &str, context: &Context<'_>) -> Result<PrintedDate, Misread> {
    let text = fold(text);
    let unknown = || Misread::Unknown(head(&text, 60));
    if text.is_empty() || text.len() > LONGEST {
        return Err(unknown());
    }
    let parts = match machine::read(&text) {
        Some(parts) => parts?,
        None => printed(&text, context)?.ok_or_else(unknown)?,
    };
    settle(&text, parts, context)
}

/// The forms that people read.
fn printed(text: &str, context: &Context<'_>) -> Result<Option<Parts>, Misread> {
    let mut cursor = Cursor::new(text);
    cursor.prefix();
    if let Some(parts) = relative::read(&mut cursor, context) {
        return Ok(Some(parts));
    }
    let weekday = cursor.weekday();
    cursor.prefix();
    let impossible = || Misread::Impossible(head(text, 60));
    let Some((year, month, day)) = cursor.day(context) else { return Ok(None) };
    let on = Date::new(year, month, day).map_err(|_| impossible())?;
    if on.year() < EARLIEST_YEAR {
        return Err(impossible());
    }
    // With names of months a wrong weekday is the writer's slip; with numbers alone it shows that they were misread.
    if cursor.numeric && weekday.is_some_and(|w| w != on.weekday()) {
        return Ok(None);
    }
    let time = cursor.time().map_err(|()| impossible())?;
    let offset = time.and_then(|_| cursor.offset());
    if !cursor.at_end() {
        return Ok(None);
    }
    Ok(Some(Parts { on, time, offset, absolute: true }))
}

fn settle(text: &str, parts: Parts, context: &Context<'_>) -> Result<PrintedDate, Misread> {
    let impossible = || Misread::Impossible(head(text, 60));
    let future = || Misread::Future(head(text, 60));
    let latest = context.captured_at.checked_add(AHEAD).unwrap_or(context.captured_at);
    let zone_name = context.zone.iana_name().unwrap_or("UTC").to_owned();
    let Some((time, precision)) = parts.time else {
        if parts.on > context.zone.to_datetime(latest).date() {
            return Err(future());
        }
        return Ok(PrintedDate {
            text: text.to_owned(),
            at: None,
            on: parts.on,
            precision: Precision::Day,
            zone: zone_name,
            zone_source: ZoneSource::Profile,
            absolute: parts.absolute,
        });
    };
    let civil = DateTime::from_parts(parts.on, time);
    let (at, zone, zone_source) = if let Some(offset) = parts.offset {
        let at = offset.to_timestamp(civil).map_err(|_| impossible())?;
        (at, offset.to_string(), ZoneSource::Printed)
    } else {
        // An hour that exists twice is taken for the earlier one, one that the clocks skip for the one after.
        let at = context.zone.to_ambiguous_timestamp(civil).compatible().map_err(|_| impossible())?;
        (at, zone_name, ZoneSource::Profile)
    };
    if at > latest {
        return Err(future());
    }
    let on = context.zone.to_datetime(at).date();
    Ok(PrintedDate { text: text.to_owned(), at: Some(at), on, precision, zone, zone_source, absolute: parts.absolute })
}

#[cfg(test)]
mod tests;
