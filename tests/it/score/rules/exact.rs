//! Titles and days: right or wrong.

use griot::model::article::normal;
use jiff::Timestamp;
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;

/// The same text but for typography.
pub(crate) fn same(wanted: &str, said: &str) -> bool {
    normal(wanted) == normal(said)
}

/// The same letters and digits, whatever their case: for truths that people typed.
pub(crate) fn same_letters(wanted: &str, said: &str) -> bool {
    letters(wanted) == letters(said)
}

pub(crate) fn letters(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// When an article came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When {
    /// The day at the paper.
    pub(crate) day: Date,
    /// To the second, where more than a day is told.
    pub(crate) second: Option<i64>,
}

impl When {
    /// A day, or an instant with its offset: `2024-05-03`, `2024-05-03 15:47:42.389+02:00`. People who typed a truth wrote
    /// `2022-11-1` and `2022-01.26` as well; a month alone is no day.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let head = text.split(['T', ' ']).next()?;
        let numbers: Vec<i16> = head.split(['-', '.']).map(str::parse).collect::<Result<_, _>>().ok()?;
        let [year, month, day] = numbers[..] else { return None };
        let day = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
        let second = text.parse::<Timestamp>().ok().map(Timestamp::as_second);
        Some(Self { day, second })
    }

    /// The same day, at the paper or because it is the very instant.
    pub(crate) fn same_day(self, said: Option<Self>) -> bool {
        said.is_some_and(|said| said.day == self.day || (self.second.is_some() && self.second == said.second))
    }
}

impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at = self.second.and_then(|second| Timestamp::from_second(second).ok());
        write!(f, "{}{}", self.day, at.map(|at| format!(" ({at})")).unwrap_or_default())
    }
}
