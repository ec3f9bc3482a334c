//! From when until when a layout holds.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::Layout;
use super::table::Table;

/// Reads `from`, `until` or `checked`: a day or time at the paper, or an instant with its offset.
pub(super) fn bound(table: &Table<'_, '_>, key: &'static str, zone: &TimeZone) -> Option<Timestamp> {
    let value = table.get(key)?;
    let said = match (value.get_ref().as_datetime(), value.get_ref().as_str()) {
        (Some(datetime), _) => datetime.to_string(),
        (None, Some(text)) => text.to_owned(),
        (None, None) => String::new(),
    };
    let at_paper = |time: DateTime| zone.to_timestamp(time).ok();
    let instant = said.parse::<Timestamp>().ok();
    let time = || said.parse::<DateTime>().ok().and_then(at_paper);
    let day = || said.parse::<Date>().ok().and_then(|d| at_paper(d.at(0, 0, 0, 0)));
    let found = instant.or_else(time).or_else(day);
    if found.is_none() {
        table.wrong(key, value, &format!("write {key} = 2025-01-31"));
    }
    found
}

/// Sorts layouts, the latest first; refuses those that end before they begin or hold at the same time as another.
pub(super) fn check(top: &Table<'_, '_>, layouts: &mut [(usize, String, Layout)]) {
    for (at, path, layout) in layouts.iter() {
        if let (Some(from), Some(until)) = (layout.from, layout.until)
            && from >= until
        {
            let what = format!("begins at {from}, not before its end at {until}");
            top.sheet.complain(*at, path, what, "write a `from` that is earlier than `until`");
        }
    }
    layouts.sort_by_key(|(_, _, layout)| std::cmp::Reverse(layout.from));
    for pair in layouts.windows(2) {
        let [(at, later_path, later), (_, path, earlier)] = pair else { continue };
        let ends_in_time = matches!((earlier.until, later.from), (Some(until), Some(from)) if until <= from);
        if !ends_in_time {
            let instead = match later.from {
                Some(from) => format!("write until = {from} in {path}, or a later `from` here"),
                None => format!("write `from` in {later_path} or {path}"),
            };
            top.sheet.complain(*at, later_path, format!("holds at the same time as {path}"), instead);
        }
    }
}
