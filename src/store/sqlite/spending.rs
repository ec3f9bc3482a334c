//! What the archive's requests have cost: counted from its visits, so that no second ledger can disagree with them.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use rusqlite::{Transaction, params};

use super::row::at;
use crate::model::amount::Amount;
use crate::model::instant::written;
use crate::store::{Result, Spending};

/// As many days tell what is usual.
const WEEK: i64 = 7;

/// What has been spent on the day and in the month of `now`, UTC, and what listings and new articles usually take.
pub(super) fn spending(tx: &Transaction<'_>, now: Timestamp) -> Result<Spending> {
    let today = TimeZone::UTC.to_datetime(now).date();
    let midnight = |date: jiff::civil::Date| TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).unwrap_or(now);
    let week_ago = now.saturating_sub(SignedDuration::from_hours(24 * WEEK)).unwrap_or(now);
    let a_week = since(tx, week_ago, FOR_WHAT_IS_NEW)?;
    let days = days_of_visits(tx, week_ago)?.max(1);
    Ok(Spending {
        as_of: now,
        day: since(tx, midnight(today), "")?,
        month: since(tx, midnight(today.first_of_month()), "")?,
        usual: Amount { requests: a_week.requests / days, bytes: a_week.bytes / days },
    })
}

fn days_of_visits(tx: &Transaction<'_>, from: Timestamp) -> Result<u64> {
    tx.query_row(
        "SELECT count(DISTINCT substr(asked_at, 1, 10)) FROM visit WHERE asked_at >= ?1",
        [written(from)],
        |r| r.get::<_, i64>(0),
    )
    .map(i64::unsigned_abs)
    .map_err(at("counting days"))
}

/// Not the second and later visits of an article.
const FOR_WHAT_IS_NEW: &str = "AND NOT EXISTS (
    SELECT 1 FROM capture c JOIN reading r ON r.capture_id = c.id
    WHERE c.page_id = v.page_id AND r.role = 'article' AND c.captured_at < v.asked_at)";

fn since(tx: &Transaction<'_>, from: Timestamp, which: &str) -> Result<Amount> {
    let sql = format!(
        "SELECT count(*), coalesce(sum(v.bytes), 0) FROM visit v
         WHERE v.asked_at >= ?1 AND v.outcome <> 'refused-by-robots' {which}"
    );
    let (requests, bytes): (i64, i64) = tx
        .query_row(&sql, params![written(from)], |r| Ok((r.get(0)?, r.get(1)?)))
        .map_err(at("counting what was spent"))?;
    Ok(Amount { requests: requests.unsigned_abs(), bytes: bytes.unsigned_abs() })
}
