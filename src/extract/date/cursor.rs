//! One pass over a printed date, word by word and number by number.

use jiff::civil::{Time, Weekday};
use jiff::tz::Offset;

use super::Context;
use super::words::{self, bare};
use crate::model::article::Precision;

/// A number, a word, or a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Number(String),
    Word(String),
    Sign(char),
}

/// Where the reading stands.
#[derive(Debug)]
pub(super) struct Cursor {
    tokens: Vec<Token>,
    at: usize,
    /// The month was told by a number.
    pub(super) numeric: bool,
}

impl Cursor {
    pub(super) fn new(text: &str) -> Self {
        let mut tokens: Vec<Token> = Vec::new();
        for c in bare(text).chars() {
            let inside = |c: char| c.is_alphabetic() || matches!(c, '\'' | '\u{fffd}' | '?');
            match (tokens.last_mut(), c) {
                (Some(Token::Number(n)), c) if c.is_ascii_digit() => n.push(c),
                (Some(Token::Word(w)), c) if inside(c) => w.push(c),
                (_, c) if c.is_ascii_digit() => tokens.push(Token::Number(c.to_string())),
                (_, c) if inside(c) => tokens.push(Token::Word(c.to_string())),
                (_, c) => tokens.push(Token::Sign(if c.is_whitespace() { ' ' } else { c })),
            }
        }
        Self { tokens, at: 0, numeric: false }
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn skip_signs(&mut self, signs: &str) {
        while matches!(self.peek(), Some(Token::Sign(s)) if signs.contains(*s)) {
            self.at += 1;
        }
    }

    fn sign(&mut self, signs: &str) -> Option<char> {
        match self.peek() {
            Some(Token::Sign(s)) if signs.contains(*s) => {
                let s = *s;
                self.at += 1;
                Some(s)
            }
            _ => None,
        }
    }

    /// Takes the next word if it is one of these.
    pub(super) fn word(&mut self, known: &[&str]) -> Option<String> {
        match self.peek() {
            Some(Token::Word(w)) if known.contains(&w.as_str()) => {
                let w = w.clone();
                self.at += 1;
                Some(w)
            }
            _ => None,
        }
    }

    pub(super) fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
        match self.peek() {
            Some(Token::Number(n)) if digits.contains(&n.len()) => {
                let n = n.parse().ok()?;
                self.at += 1;
                Some(n)
            }
            _ => None,
        }
    }

    /// Passes over the words that announce a date.
    pub(super) fn prefix(&mut self) {
        loop {
            self.skip_signs(" :|·•-–—,(>»");
            if self.word(words::BEFORE).is_none() {
                return;
            }
        }
    }

    pub(super) fn space(&mut self) {
        self.skip_signs(" ");
    }

    /// Tries a reading; what it took is given back when it fails.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let at = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = at;
        }
        found
    }

    pub(super) fn weekday(&mut self) -> Option<Weekday> {
        let Some(Token::Word(word)) = self.peek() else { return None };
        let found = words::weekday(word)?;
        self.at += 1;
        // Portuguese: "sexta-feira" comes as three tokens, the first of which is not in the list.
        self.skip_signs(".,; ");
        Some(found)
    }

    /// Year, month and day.
    pub(super) fn day(&mut self, context: &Context<'_>) -> Option<(i16, i8, i8)> {
        self.attempt(Self::day_first).or_else(|| self.attempt(Self::month_first)).or_else(|| {
            self.numeric = true;
            self.attempt(Self::year_first).or_else(|| self.attempt(|c| c.all_numbers(context)))
        })
    }

    /// 24 janvier 2025, 1er févr. 2025, 24. Januar 2025, 24 de enero de 2025.
    fn day_first(&mut self) -> Option<(i16, i8, i8)> {
        let day = self.number(1..=2)?;
        self.word(&["er", "e", "st", "nd", "rd", "th", "º"]);
        self.skip_signs(".- /°º");
        self.word(&["de", "of"]);
        self.space();
        let month = self.month()?;
        self.skip_signs(".,- /");
        self.word(&["de", "del"]);
        self.space();
        let year = self.number(4..=4)?;
        Some((year, month, i8::try_from(day).ok()?))
    }

    /// January 24, 2025; décembre 5 2014; Jan. 24th 2025.
    fn month_first(&mut self) -> Option<(i16, i8, i8)> {
        let month = self.month()?;
        self.skip_signs(". ");
        let day = self.number(1..=2)?;
        self.word(&["st", "nd", "rd", "th", "er"]);
        self.skip_signs(", ");
        let year = self.number(4..=4)?;
        Some((year, month, i8::try_from(day).ok()?))
    }

    fn month(&mut self) -> Option<i8> {
        let Some(Token::Word(word)) = self.peek() else { return None };
        let month = words::month(word)?;
        self.at += 1;
        Some(month)
    }

    /// 2025-01-24, 2025/01/24, 2025.01.24, 2025年1月24日.
    fn year_first(&mut self) -> Option<(i16, i8, i8)> {
        let year = self.number(4..=4)?;
        let asian = self.word(&["年", "년"]).is_some();
        let sign = if asian { None } else { Some(self.sign("-/.")?) };
        self.space();
        let month = self.number(1..=2)?;
        match sign {
            Some(sign) => self.sign(&sign.to_string()).map(drop)?,
            None => self.word(&["月", "월"]).map(drop)?,
        }
        self.space();
        let day = self.number(1..=2)?;
        self.word(&["日", "일"]);
        Some((year, i8::try_from(month).ok()?, i8::try_from(day).ok()?))
    }

    /// 24/01/2025, 24.1.25, 01/24/2025 where the paper is American.
    fn all_numbers(&mut self, context: &Context<'_>) -> Option<(i16, i8, i8)> {
        let first = i8::try_from(self.number(1..=2)?).ok()?;
        let sign = self.sign("/.-")?;
        self.space();
        let second = i8::try_from(self.number(1..=2)?).ok()?;
        self.sign(&sign.to_string())?;
        self.space();
        let year = match self.number(4..=4) {
            Some(year) => year,
            None => 2000 + self.number(2..=2)?,
        };
        let american = context.language.starts_with("en")
            && context.zone.iana_name().is_some_and(|z| z.starts_with("America/") || z.starts_with("US/"));
        let month_first = if first > 12 { false } else { second > 12 || american };
        Some(if month_first { (year, first, second) } else { (year, second, first) })
    }

    /// A time of day behind a date, if one stands there. `Err` where it is no time of the clock.
    pub(super) fn time(&mut self) -> Result<Option<(Time, Precision)>, ()> {
        self.attempt(|c| {
            c.skip_signs(" ,;|·•-–—@.(");
            c.word(&["a", "at", "um", "as", "alle", "om", "ore", "to", "t", "kl", "les", "h"]);
            if c.word(&["las"]).is_some() {
                c.space();
            }
            c.skip_signs(" .,:");
            c.clock()
        })
        .transpose()
    }

    fn clock(&mut self) -> Option<Result<(Time, Precision), ()>> {
        let mut hour = self.number(1..=2)?;
        self.space();
        let by_letter = self.word(&["h", "heures", "heure", "uhr"]).is_some();
        if !by_letter {
            self.sign(":.")?;
        }
        let mut minute = None;
        let mut second = None;
        if let Some(m) = self.attempt(|c| {
            c.space();
            c.number(2..=2)
        }) {
            minute = Some(m);
            self.word(&["mn", "min"]);
            second = self.attempt(|c| {
                c.sign(":")?;
                c.number(2..=2)
            });
        }
        if minute.is_none() && !by_letter {
            return None;
        }
        self.attempt(|c| {
            c.space();
            c.word(&["uhr", "h", "uur", "hrs"])
        });
        if let Some(half) = self.half() {
            if !(1..=12).contains(&hour) {
                return Some(Err(()));
            }
            hour = hour % 12 + half;
        }
        let small = |n: i16| i8::try_from(n).unwrap_or(i8::MAX);
        let time = Time::new(small(hour), small(minute.unwrap_or(0)), small(second.unwrap_or(0)), 0);
        let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
        Some(time.map(|t| (t, precision)).map_err(drop))
    }

    /// Hours that "am" and "pm" add.
    fn half(&mut self) -> Option<i16> {
        self.attempt(|c| {
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

    /// An offset or the name of a zone behind a time.
    pub(super) fn offset(&mut self) -> Option<Offset> {
        self.attempt(|c| {
            c.skip_signs(" (,");
            if let Some(Token::Word(word)) = c.peek()
                && let Some(hours) = words::zone(word)
            {
                c.at += 1;
                let named = Offset::from_hours(hours).ok()?;
                let shifted = if hours == 0 { c.attempt(Self::signed) } else { None };
                c.skip_signs(")");
                return Some(shifted.unwrap_or(named));
            }
            c.signed()
        })
    }

    fn signed(&mut self) -> Option<Offset> {
        let back = self.sign("+-")? == '-';
        let (hours, minutes) = if let Some(both) = self.number(4..=4) {
            (both / 100, both % 100)
        } else {
            let hours = self.number(1..=2)?;
            let minutes = self.attempt(|c| {
                c.sign(":")?;
                c.number(2..=2)
            });
            (hours, minutes.unwrap_or(0))
        };
        if hours > 14 || minutes > 59 {
            return None;
        }
        let seconds = i32::from(hours) * 3600 + i32::from(minutes) * 60;
        Offset::from_seconds(if back { -seconds } else { seconds }).ok()
    }

    /// Nothing follows, or what follows plainly is another piece than the date.
    pub(super) fn at_end(&mut self) -> bool {
        self.space();
        match self.peek() {
            None => true,
            Some(Token::Sign(s)) => ",;|·•-–—()./>»".contains(*s) && !self.number_follows(),
            Some(Token::Word(w)) => words::AFTER.contains(&w.as_str()),
            Some(Token::Number(_)) => false,
        }
    }

    /// A number right behind a separator may be the rest of a date that was cut wrongly.
    fn number_follows(&self) -> bool {
        let glued = |sign: &Token| matches!(sign, Token::Sign('-' | '.' | '/' | ','));
        self.peek().is_some_and(glued) && matches!(self.tokens.get(self.at + 1), Some(Token::Number(_)))
    }
}
