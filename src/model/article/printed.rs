//! A date as a page prints it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How fine a printed date is; the finer, the less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// To the second.
    Second,
    /// To the minute.
    Minute,
    /// To the hour: "il y a 3 heures".
    Hour,
    /// To the day.
    Day,
    /// To the week: "il y a 2 semaines".
    Week,
    /// To the month.
    Month,
    /// To the year.
    Year,
}

impl Precision {
    /// The word written to the archive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// Where a date's zone was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZoneSource {
    /// The text itself tells an offset.
    Printed,
    /// The profile's zone was taken.
    Profile,
}

impl ZoneSource {
    /// The word written to the archive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Printed => "printed",
            Self::Profile => "profile",
        }
    }
}

/// A date as printed, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedDate {
    /// The text it was read from, as printed.
    pub text: String,
    /// The instant; `None` when the text tells a day only.
    pub at: Option<Timestamp>,
    /// The day at the paper.
    pub on: Date,
    /// How fine the text is.
    pub precision: Precision,
    /// IANA name, or the offset as printed.
    pub zone: String,
    /// Where the zone comes from.
    pub zone_source: ZoneSource,
    /// The text tells a day by itself; "hier" and "il y a 3 heures" do not.
    pub absolute: bool,
    /// What in the text itself speaks against the day: a weekday that it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<String>,
}
