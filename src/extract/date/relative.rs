//! Dates told from the moment of reading: "hier à 19h25", "il y a 3 heures".

use jiff::{SignedDuration, Timestamp};

use super::cursor::Cursor;
use super::{Context, Parts};
use crate::model::article::Precision;

/// Reads a relative date; `None` when there is none, or more than griot understands.
pub(super) fn read(cursor: &mut Cursor, context: &Context<'_>) -> Option<Parts> {
    cursor.attempt(|c| ago(c, context)).or_else(|| cursor.attempt(|c| named_day(c, context)))
}

/// "hier à 19h25", "aujourd'hui à 10:02", "gestern, 19:25 Uhr", "yesterday at 7:25 pm".
fn named_day(cursor: &mut Cursor, context: &Context<'_>) -> Option<Parts> {
    let today = context.zone.to_datetime(context.captured_at).date();
    let back = match cursor
        .word(&[
            "aujourd'hui",
            "aujourdhui",
            "hier",
            "today",
            "yesterday",
            "heute",
            "gestern",
            "hoy",
            "ayer",
            "hoje",
            "ontem",
            "oggi",
            "ieri",
            "vandaag",
            "gisteren",
        ])?
        .as_str()
    {
        "aujourd'hui" | "aujourdhui" | "today" | "heute" | "hoy" | "hoje" | "oggi" | "vandaag" => 0,
        _ => 1,
    };
    let on = today.checked_sub(jiff::Span::new().days(back)).ok()?;
    let time = cursor.time().ok()?;
    cursor.at_end().then_some(Parts { on, time, offset: None, absolute: false })
}

/// "il y a 20 minutes", "vor 2 Tagen", "3 hours ago", "hace 2 horas".
fn ago(cursor: &mut Cursor, context: &Context<'_>) -> Option<Parts> {
    let french = cursor.attempt(|c| {
        c.word(&["il"]);
        c.space();
        c.word(&["y"])?;
        c.space();
        c.word(&["a"])
    });
    let announced = french.is_some() || cursor.word(&["vor", "hace", "ha"]).is_some();
    cursor.space();
    let count = match cursor.number(1..=2) {
        Some(count) => i64::from(count),
        None => cursor.word(&["un", "une", "an", "one", "einer", "einem", "una"]).map(|_| 1)?,
    };
    cursor.space();
    let unit = cursor.word(&[
        "minute", "minutes", "min", "mn", "minuten", "minutos", "minuto", "heure", "heures", "h", "hour", "hours",
        "stunde", "stunden", "hora", "horas", "jour", "jours", "j", "day", "days", "tag", "tagen", "dia", "dias",
    ])?;
    cursor.space();
    if !announced {
        cursor.word(&["ago"])?;
    }
    if !cursor.at_end() {
        return None;
    }
    let minutes = match unit.as_bytes()[0] {
        b'm' => Some(count),
        _ => None,
    };
    let hours = match unit.as_bytes()[0] {
        b'm' => 0,
        b'h' | b's' => count,
        _ => count * 24,
    };
    let past = SignedDuration::from_mins(minutes.unwrap_or(hours * 60));
    let at: Timestamp = context.captured_at.checked_sub(past).ok()?;
    let civil = context.zone.to_datetime(at);
    // Hours are rounded by who prints them: the day is known, the minute is not.
    let time = minutes.and_then(|_| {
        let time = jiff::civil::Time::new(civil.hour(), civil.minute(), 0, 0).ok()?;
        Some((time, Precision::Minute))
    });
    Some(Parts { on: civil.date(), time, offset: None, absolute: false })
}
