//! How an instant is written everywhere: `YYYY-MM-DDTHH:MM:SS.sssZ`, so that text order is time order.

use jiff::{Timestamp, Unit};

/// Writes an instant in the archive's one form, UTC to the millisecond (cut, never rounded up into the future).
///
/// ```
/// let t: jiff::Timestamp = "2025-01-24T07:31:00.1239Z".parse().unwrap();
/// assert_eq!(griot::model::instant::written(t), "2025-01-24T07:31:00.123Z");
/// ```
#[must_use]
pub fn written(at: Timestamp) -> String {
    format!("{:.3}", to_millisecond(at))
}

/// Reads what [`written`] wrote; any other RFC 3339 instant is refused.
///
/// # Errors
/// When the text is not 24 characters of that form.
pub fn read(text: &str) -> Result<Timestamp, jiff::Error> {
    if text.len() != 24 || !text.ends_with('Z') {
        return Err(jiff::Error::from_args(format_args!("`{text}` is not YYYY-MM-DDTHH:MM:SS.sssZ")));
    }
    text.parse()
}

/// The instant as the archive can hold it: cut to the millisecond.
#[must_use]
pub fn to_millisecond(at: Timestamp) -> Timestamp {
    let cut = jiff::TimestampRound::new().smallest(Unit::Millisecond).mode(jiff::RoundMode::Floor);
    at.round(cut).unwrap_or(at)
}
