//! Times of day and the zones behind them.

use jiff::civil::Time;
use jiff::tz::{Offset, TimeZone};

use super::cursor::{Cursor, Token};
use super::words;
use crate::model::article::Precision;

/// A zone that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Zone {
    Offset(Offset),
    Place(TimeZone),
    /// "heure locale".
    Own,
    /// Letters that mean several zones: they can be the paper's own.
    Letters(String),
}

/// A time of day, how fine it is, and its zone.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    pub(super) time: Time,
    pub(super) precision: Precision,
    pub(super) zone: Option<Zone>,
}

const SMALL_WORDS: &[&str] =
    &["a", "at", "um", "as", "alle", "om", "ore", "to", "t", "kl", "les", "h", "de", "vers", "lɛrɛ", "ga"];

/// A time of day behind a date, if one stands there. `Err` where it is no time of the clock.
pub(super) fn behind(cursor: &mut Cursor) -> Result<Option<Clock>, ()> {
    let time = cursor.attempt(|c| {
        c.skip_signs(" ,;|·•-–—@.(/");
        while c.word(SMALL_WORDS).is_some() {
            c.space();
        }
        c.word(&["las"]);
        c.skip_signs(" .,:");
        read(c)
    });
    time.transpose()
}

/// A time of day and its zone, here.
pub(super) fn read(cursor: &mut Cursor) -> Option<Result<Clock, ()>> {
    if let Some(hour) = cursor.attempt(named) {
        return Some(Ok(Clock { time: Time::constant(hour, 0, 0, 0), precision: Precision::Minute, zone: None }));
    }
    let (read, american) = cursor.attempt(digits).or_else(|| cursor.attempt(military).map(|t| (Ok(t), false)))?;
    let Ok((time, precision)) = read else { return Some(Err(())) };
    let zone = zone(cursor, american);
    Some(Ok(Clock { time, precision, zone }))
}

/// "midi", "minuit", "noon": nothing may follow that changes the hour.
fn named(cursor: &mut Cursor) -> Option<i8> {
    let hour = match cursor.word(&["midi", "minuit", "noon", "midnight", "mezzanotte", "mitternacht"])?.as_str() {
        "midi" | "noon" => 12,
        _ => 0,
    };
    let goes_on = cursor.rest().iter().find(|t| **t != Token::Sign(' '));
    let changes = |word: &str| words::number(word).is_some() || matches!(word, "et" | "moins" | "trente" | "quinze");
    (!matches!(goes_on, Some(Token::Word { bare, .. }) if changes(bare))).then_some(hour)
}

type Told = Result<(Time, Precision), ()>;

/// 7h31, 07 h 31, 7 heures, 07:31:12, 19.25 Uhr, 7:31 p.m.; and whether it is in half days.
fn digits(cursor: &mut Cursor) -> Option<(Told, bool)> {
    let mut hour = cursor.number(1..=2)?;
    let by_letter = cursor.attempt(|c| {
        c.space();
        c.word(&["h", "heures", "heure", "uhr"])
    });
    let minute = cursor.attempt(|c| {
        match by_letter {
            Some(_) => c.space(),
            None => c.sign(":.").map(drop)?,
        }
        let minute = c.number(2..=2)?;
        c.attempt(|c| {
            c.space();
            c.word(&["mn", "min", "minutes"])
        });
        Some(minute)
    });
    let second = minute.and_then(|_| {
        cursor.attempt(|c| {
            c.sign(":.")?;
            let second = c.number(2..=2)?;
            c.attempt(|c| c.sign(".,").and_then(|_| c.number(1..=3)));
            Some(second)
        })
    });
    let half = half(cursor);
    if (minute.is_none() && by_letter.is_none() && half.is_none()) || is_day(cursor) {
        return None;
    }
    cursor.attempt(|c| {
        c.space();
        c.word(&["uhr", "h", "uur", "hrs", "hs"])
    });
    if let Some(afternoon) = half {
        if !(1..=12).contains(&hour) {
            return Some((Err(()), true));
        }
        hour = hour % 12 + afternoon;
    }
    let small = |n: i16| i8::try_from(n).unwrap_or(i8::MAX);
    let time = Time::new(small(hour), small(minute.unwrap_or(0)), small(second.unwrap_or(0)), 0);
    let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
    Some((time.map(|t| (t, precision)).map_err(drop), half.is_some()))
}

/// Two numbers behind which a third is glued are a day: 26.01.2025.
fn is_day(cursor: &Cursor) -> bool {
    matches!(cursor.rest(), [Token::Sign('.' | '/' | '-'), Token::Number(n), ..] if n.len() == 4)
}

/// Hours that "am" and "pm" add.
fn half(cursor: &mut Cursor) -> Option<i16> {
    cursor.attempt(|c| {
        c.space();
        let word = c.word(&["am", "pm", "a", "p"])?;
        if word.len() == 1 {
            c.sign(".")?;
            c.space();
            c.word(&["m"])?;
            c.sign(".");
        }
        Some(if word.starts_with('p') { 12 } else { 0 })
    })
}

/// "0731 GMT", "1930 hrs".
fn military(cursor: &mut Cursor) -> Option<(Time, Precision)> {
    let both = cursor.number(4..=4)?;
    let part = |n: i16| i8::try_from(n).ok();
    let time = Time::new(part(both / 100)?, part(both % 100)?, 0, 0).ok()?;
    let announced = cursor.rest().iter().find(|t| **t != Token::Sign(' '));
    let is_zone = |w: &str| matches!(w, "gmt" | "utc" | "hrs" | "h" | "ist" | "bst");
    matches!(announced, Some(Token::Word { bare, .. }) if is_zone(bare)).then_some((time, Precision::Minute))
}

/// An offset or the name of a zone behind a time.
fn zone(cursor: &mut Cursor, american: bool) -> Option<Zone> {
    let zone = cursor.attempt(|c| {
        c.skip_signs(" (,");
        c.attempt(named_zone)
            .or_else(|| c.attempt(|c| place(c, american)))
            .or_else(|| c.attempt(letters))
            .or_else(|| signed(c).map(Zone::Offset))
    })?;
    cursor.sign(")");
    Some(zone)
}

fn named_zone(cursor: &mut Cursor) -> Option<Zone> {
    let minutes = cursor.word_as(words::zone)?;
    let shifted = if minutes == 0 { cursor.attempt(signed) } else { None };
    let named = || Offset::from_seconds(minutes * 60).ok();
    shifted.or_else(named).map(Zone::Offset)
}

/// "heure de Paris", "heure locale", "ET" behind half days.
fn place(cursor: &mut Cursor, american: bool) -> Option<Zone> {
    let said = cursor.word(&["heure", "heures", "ora", "hora"]).is_some();
    cursor.space();
    if said && cursor.word(&["locale", "local", "locales"]).is_some() {
        return Some(Zone::Own);
    }
    let linked = said && cursor.word(&["de", "d"]).is_some();
    cursor.space();
    let name = cursor.word_as(|w| words::place(w).filter(|_| if w.len() == 2 { american } else { linked }))?;
    TimeZone::get(name).ok().map(Zone::Place)
}

/// Zones whose letters mean several: India's, Israel's and Ireland's time, America's and China's central.
fn letters(cursor: &mut Cursor) -> Option<Zone> {
    cursor.word(&["ist", "cst", "mst", "ast", "gst", "pht", "nst", "sst", "ict", "wita", "wit"]).map(Zone::Letters)
}

/// +02:00, -0500, +1. A range of hours ("07:31 - 08:15") is no offset.
fn signed(cursor: &mut Cursor) -> Option<Offset> {
    cursor.space();
    let back = cursor.sign("+-−")? != '+';
    let (hours, minutes) = if let Some(both) = cursor.number(4..=4) {
        (both / 100, both % 100)
    } else {
        let hours = cursor.number(1..=2)?;
        let minutes = cursor.attempt(|c| {
            c.sign(":")?;
            c.number(2..=2)
        });
        (hours, minutes.unwrap_or(0))
    };
    offset(back, i32::from(hours), i32::from(minutes))
}

/// Offsets of the world's clocks: up to 14 hours, by quarters.
pub(super) fn offset(back: bool, hours: i32, minutes: i32) -> Option<Offset> {
    if hours > 14 || !matches!(minutes, 0 | 15 | 30 | 45) {
        return None;
    }
    let seconds = hours * 3600 + minutes * 60;
    Offset::from_seconds(if back { -seconds } else { seconds }).ok()
}
