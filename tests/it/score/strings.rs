//! French date strings of other projects' tests: how many are read, left unread, or read wrongly.

use super::table::Row;
use crate::dates::strings::Strings;

/// What press dates are made of (real bylines and dateparser's) is to be read; of duckling's only a wrong reading counts.
pub(crate) fn rows() -> Vec<Row> {
    let Some((press, wide)) = Strings::judged() else { return Vec::new() };
    let (press, wide) = (press.counts(), wide.counts());
    let of = press.right + press.unread + press.wrong;
    let row = |set: &str, field: &str, of: usize, count: usize, aim: &str| Row {
        set: set.to_owned(),
        field: field.to_owned(),
        of,
        values: vec![count.to_string()],
        beside: aim.to_owned(),
    };
    vec![
        row("dates-fr, bylines", "read", of, press.right, "aim: all"),
        row("dates-fr, bylines", "unread", of, press.unread, ""),
        row("dates-fr, bylines", "wrong", of, press.wrong, "aim 0"),
        row("dates-fr, duckling", "wrong", wide.right + wide.unread + wide.wrong, wide.wrong, "aim 0"),
    ]
}
