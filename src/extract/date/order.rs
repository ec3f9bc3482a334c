//! Which number comes first in `05/06/2024`.

use super::Context;

/// What the paper's language and place say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
    /// English without a country, or no language at all.
    Unknown,
}

/// Countries that write English with the month first.
const MONTH_FIRST: &[&str] = &["us", "ph", "pr", "gu", "vi", "as"];
/// Zones of the United States, beside those under `US/`; Canada writes all three orders.
const AMERICAN: &[&str] = &[
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Detroit",
    "America/Boise",
    "America/Anchorage",
    "America/Puerto_Rico",
    "Pacific/Honolulu",
    "Pacific/Guam",
    "Asia/Manila",
];
/// Where English has the day first.
const DAY_FIRST: &[&str] = &["Europe/", "Africa/", "Australia/", "Asia/", "Indian/", "Atlantic/", "Pacific/Auckland"];

pub(super) fn order(context: &Context<'_>) -> Order {
    let mut parts = context.language.split(['-', '_']);
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let country = parts.find(|p| p.len() == 2).map(str::to_ascii_lowercase);
    match (language.as_str(), country.as_deref()) {
        ("" | "und" | "mul" | "zxx", _) | ("en", Some("ca")) => Order::Unknown,
        ("en", Some(country)) if MONTH_FIRST.contains(&country) => Order::MonthFirst,
        ("en", None) => of_zone(context.zone.iana_name().unwrap_or_default()),
        _ => Order::DayFirst,
    }
}

fn of_zone(zone: &str) -> Order {
    let american = |start: &&str| zone.starts_with(start);
    if AMERICAN.contains(&zone) || ["US/", "America/Indiana/", "America/Kentucky/"].iter().any(american) {
        return Order::MonthFirst;
    }
    if DAY_FIRST.iter().any(|start| zone.starts_with(start)) { Order::DayFirst } else { Order::Unknown }
}
