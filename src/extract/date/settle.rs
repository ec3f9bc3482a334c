//! From what a text tells to an instant: its zone, or the paper's; never after the capture.

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, tz};

use super::clock::Zone;
use super::{AHEAD, Context, Misread, Parts};
use crate::extract::text::head;
use crate::model::article::{Precision, PrintedDate, ZoneSource};

pub(super) fn settled(text: &str, parts: &Parts, context: &Context<'_>) -> Result<PrintedDate, Misread> {
    let latest = context.captured_at.checked_add(AHEAD).unwrap_or(context.captured_at);
    let own = context.zone.iana_name().unwrap_or("UTC").to_owned();
    let mut date = PrintedDate {
        text: text.to_owned(),
        at: None,
        on: parts.on,
        precision: parts.precision,
        zone: own,
        zone_source: ZoneSource::Profile,
        absolute: parts.absolute,
        doubt: parts.doubt.clone(),
    };
    let is_future = match parts.time {
        None => date.on > context.zone.to_datetime(latest).date(),
        Some(time) => {
            let impossible = || Misread::Impossible(head(text, 60));
            place(&mut date, parts, time, context).ok_or_else(impossible)?;
            date.at.is_some_and(|at| at > latest)
        }
    };
    if is_future { Err(Misread::Future { text: head(text, 60), on: date.on }) } else { Ok(date) }
}

/// Gives the date its instant, its zone, and its day at the paper.
fn place(date: &mut PrintedDate, parts: &Parts, time: Time, context: &Context<'_>) -> Option<()> {
    let civil = DateTime::from_parts(parts.on, time);
    match &parts.zone {
        Some(Zone::Offset(offset)) => {
            let at = offset.to_timestamp(civil).ok()?;
            // Midnight in UTC to the second is how machines write a day; and a profile in UTC knows no better than
            // the text what the day at the paper is.
            let is_day = *offset == tz::Offset::UTC && time == Time::midnight();
            if !is_day && !is_utc(context.zone) {
                date.on = context.zone.to_datetime(at).date();
            }
            (date.at, date.zone, date.zone_source) = (Some(at), offset.to_string(), ZoneSource::Printed);
        }
        Some(Zone::Place(zone)) => {
            let at = instant(zone, civil)?;
            if !is_utc(context.zone) {
                date.on = context.zone.to_datetime(at).date();
            }
            date.at = Some(at);
            (date.zone, date.zone_source) = (zone.iana_name()?.to_owned(), ZoneSource::Printed);
        }
        Some(Zone::Letters(letters)) => {
            let at = instant(context.zone, civil)?;
            let abbreviation = context.zone.to_offset_info(at).abbreviation().to_lowercase();
            // Of a zone that is not understood, the day alone is kept.
            if abbreviation == *letters { date.at = Some(at) } else { date.precision = Precision::Day }
        }
        Some(Zone::Own) | None => date.at = Some(instant(context.zone, civil)?),
    }
    Some(())
}

/// An hour that exists twice is taken for the earlier one, one that the clocks skip for the one after.
fn instant(zone: &TimeZone, civil: DateTime) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(civil).compatible().ok()
}

fn is_utc(zone: &TimeZone) -> bool {
    zone.iana_name().is_none_or(|name| name == "UTC" || name.starts_with("Etc/"))
}
