//! Days of the calendar as they are printed.

use super::cursor::Cursor;
use super::months;

/// A day as its words and numbers tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// The month is named, or the year comes first.
    Told { year: i16, month: i8, day: i8 },
    /// The month is named, the year left to the reader.
    Yearless { month: i8, day: i8 },
    /// Two numbers and a year of four or two digits; which is the day, others must say.
    Numbers { year: i16, first: i8, second: i8 },
}

/// The day that stands here.
pub(super) fn read(cursor: &mut Cursor) -> Option<Day> {
    cursor
        .attempt(day_first)
        .or_else(|| cursor.attempt(month_first))
        .or_else(|| cursor.attempt(year_first))
        .or_else(|| cursor.attempt(year_and_name_first))
        .or_else(|| cursor.attempt(numbers))
}

/// 24 janvier 2025, 1er févr. 2025, 24. Januar 2025, 24 de enero de 2025, 24 ga Janairu, 2025, 24-Jan-25.
fn day_first(cursor: &mut Cursor) -> Option<Day> {
    let day = match cursor.number(1..=2) {
        Some(day) => i8::try_from(day).ok()?,
        None => cursor.word(&["premier"]).map(|_| 1)?,
    };
    cursor.attempt(|c| {
        c.space();
        c.word(&["er", "e", "eme", "st", "nd", "rd", "th", "º", "ª"])
    });
    cursor.skip_signs(".- /°º");
    cursor.word(&["de", "of", "ga", "fan", "tile"]);
    cursor.space();
    let month = month(cursor)?;
    Some(with_year(cursor, month, day))
}

/// January 24, 2025; décembre 5 2014; Jan. 24th 2025; zanwuyekalo tile 24 san 2025.
fn month_first(cursor: &mut Cursor) -> Option<Day> {
    let month = month(cursor)?;
    cursor.skip_signs(". ");
    while cursor.word(&["kalo", "tile"]).is_some() {
        cursor.space();
    }
    let day = i8::try_from(cursor.number(1..=2)?).ok()?;
    cursor.word(&["st", "nd", "rd", "th", "er"]);
    Some(with_year(cursor, month, day))
}

fn month(cursor: &mut Cursor) -> Option<i8> {
    let month = cursor.word_as(months::month)?;
    cursor.attempt(|c| {
        c.space();
        c.word(&["kalo"])
    });
    Some(month)
}

/// The year behind a day and a month; of two digits only where no time of day begins with them.
fn with_year(cursor: &mut Cursor, month: i8, day: i8) -> Day {
    let year = cursor.attempt(|c| {
        c.skip_signs(".,- /'’");
        c.word(&["de", "del", "san"]);
        c.space();
        c.number(4..=4).or_else(|| {
            c.attempt(|c| {
                let year = c.number(2..=2)?;
                let time = c.clone().word(&["h", "heures", "uhr", "am", "pm", "min"]).is_some() || glued(c);
                (!time).then_some(year)
            })
        })
    });
    match year {
        Some(year) => Day::Told { year, month, day },
        None => Day::Yearless { month, day },
    }
}

/// A number goes on behind a sign, or a time of day behind a space.
fn glued(cursor: &Cursor) -> bool {
    let mut ahead = cursor.clone();
    let sign = ahead.sign(":.-/").is_some();
    let spaced = !sign && ahead.sign(" ").is_some() && ahead.word(&["h", "heures", "am", "pm", "uhr"]).is_some();
    spaced || (sign && ahead.number(1..=4).is_some())
}

/// 2025-01-24, 2025/01/24, 2025. 01. 24., 2025年1月24日.
fn year_first(cursor: &mut Cursor) -> Option<Day> {
    let year = cursor.number(4..=4)?;
    cursor.space();
    let asian = cursor.word(&["年", "년"]).is_some();
    let sign = if asian { None } else { Some(cursor.sign("-/.")?) };
    cursor.space();
    let month = cursor.number(1..=2)?;
    cursor.space();
    match sign {
        Some(sign) => cursor.sign(&sign.to_string()).map(drop)?,
        None => cursor.word(&["月", "월"]).map(drop)?,
    }
    cursor.space();
    let day = cursor.number(1..=2)?;
    cursor.word(&["日", "일"]);
    cursor.sign(".");
    Some(Day::Told { year, month: i8::try_from(month).ok()?, day: i8::try_from(day).ok()? })
}

/// 2025 Jan 24, 2025-Jan-24, as libraries and journals write it.
fn year_and_name_first(cursor: &mut Cursor) -> Option<Day> {
    let year = cursor.number(4..=4)?;
    cursor.sign(" -")?;
    let month = month(cursor)?;
    cursor.skip_signs(".");
    cursor.sign(" -")?;
    let day = i8::try_from(cursor.number(1..=2)?).ok()?;
    Some(Day::Told { year, month, day })
}

/// 24/01/2025, 24.1.25, 24-01-2025, 24 01 2025; without a sign only with a whole year.
fn numbers(cursor: &mut Cursor) -> Option<Day> {
    let first = i8::try_from(cursor.number(1..=2)?).ok()?;
    cursor.space_before("/.-");
    let sign = cursor.sign("/.- ")?;
    cursor.space();
    let second = i8::try_from(cursor.number(1..=2)?).ok()?;
    cursor.space_before("/.-");
    cursor.sign(&sign.to_string())?;
    cursor.space();
    let year = match cursor.number(4..=4) {
        Some(year) => year,
        None if sign == ' ' => return None,
        None => cursor.number(2..=2)?,
    };
    Some(Day::Numbers { year, first, second })
}
