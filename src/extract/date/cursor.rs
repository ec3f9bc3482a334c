//! One pass over a printed date, word by word and number by number.

use std::ops::RangeInclusive;
use std::rc::Rc;

use jiff::civil::Weekday;
use unicode_normalization::UnicodeNormalization;

use super::months;
use super::words::{self, bare, is_apostrophe};

/// A number, a word, or a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Number(String),
    Word {
        /// Small letters, no accents.
        bare: String,
        /// As printed, it begins with a capital.
        capital: bool,
    },
    Sign(char),
}

/// Signs that part what a line says from what else it says.
pub(super) const STRONG: &str = "|·•/»>";
const BEFORE_DATE: &str = " :|·•-–—,(>»[.\u{1f552}";

/// Names of a place or a person before a date.
const MOST_NAMES: usize = 4;

/// Where the reading stands.
#[derive(Debug, Clone)]
pub(super) struct Cursor {
    /// Shared by the readings that are tried from one place.
    tokens: Rc<[Token]>,
    at: usize,
    /// A word such as "publié" stood before.
    pub(super) labelled: bool,
}

impl Cursor {
    pub(super) fn new(text: &str) -> Self {
        let mut raw: Vec<(char, String)> = Vec::new();
        for c in text.nfc() {
            let class = match c {
                '0'..='9' => '0',
                '\u{fffd}' | '?' => 'a',
                c if c.is_alphabetic() || is_apostrophe(c) || unicode_normalization::char::is_combining_mark(c) => 'a',
                _ => ' ',
            };
            match raw.last_mut() {
                Some((last, piece)) if *last == class && class != ' ' => piece.push(c),
                _ => raw.push((class, c.to_string())),
            }
        }
        let token = |(class, piece): (char, String)| match class {
            '0' => Token::Number(piece),
            'a' => Token::Word { capital: piece.starts_with(char::is_uppercase), bare: bare(&piece) },
            _ => Token::Sign(piece.chars().next().map_or(' ', |c| if c.is_whitespace() { ' ' } else { c })),
        };
        Self { tokens: raw.into_iter().map(token).collect(), at: 0, labelled: false }
    }

    /// What has not been read yet.
    pub(super) fn rest(&self) -> &[Token] {
        self.tokens.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    /// The bare word that stands here.
    pub(super) fn here(&self) -> Option<&str> {
        match self.peek() {
            Some(Token::Word { bare, .. }) => Some(bare),
            _ => None,
        }
    }

    pub(super) fn skip_signs(&mut self, signs: &str) {
        while matches!(self.peek(), Some(Token::Sign(s)) if signs.contains(*s)) {
            self.at += 1;
        }
    }

    pub(super) fn space(&mut self) {
        self.skip_signs(" ");
    }

    /// Passes over a space where one of these signs stands behind it.
    pub(super) fn space_before(&mut self, signs: &str) {
        self.attempt(|c| {
            c.sign(" ")?;
            matches!(c.peek(), Some(Token::Sign(s)) if signs.contains(*s)).then_some(())
        });
    }

    pub(super) fn sign(&mut self, signs: &str) -> Option<char> {
        match self.peek() {
            Some(Token::Sign(s)) if signs.contains(*s) => {
                let s = *s;
                self.at += 1;
                Some(s)
            }
            _ => None,
        }
    }

    /// Takes the next word if something can be made of it.
    pub(super) fn word_as<T>(&mut self, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let found = read(self.here()?)?;
        self.at += 1;
        Some(found)
    }

    /// Takes the next word if it is one of these.
    pub(super) fn word(&mut self, known: &[&str]) -> Option<String> {
        self.word_as(|w| known.contains(&w).then(|| w.to_owned()))
    }

    fn listed(&mut self, list: &str) -> bool {
        self.word_as(|w| words::is_one(w, list).then_some(())).is_some()
    }

    /// Takes words that follow each other, or none.
    pub(super) fn phrase(&mut self, words: &[&str]) -> Option<()> {
        self.attempt(|c| {
            words.iter().try_for_each(|word| {
                c.skip_signs(" -");
                c.word(&[word]).map(drop)
            })
        })
    }

    pub(super) fn number(&mut self, digits: RangeInclusive<usize>) -> Option<i16> {
        match self.peek() {
            Some(Token::Number(n)) if digits.contains(&n.len()) => {
                let n = n.parse().ok()?;
                self.at += 1;
                Some(n)
            }
            _ => None,
        }
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

    /// Passes over the words that announce a date.
    pub(super) fn prefix(&mut self) {
        loop {
            self.skip_signs(BEFORE_DATE);
            if self.begins_relative() {
                return;
            }
            if self.listed(words::LABELS) {
                self.labelled = true;
            } else if !self.listed(words::BEFORE)
                && self.attempt(Self::byline).is_none()
                && self.attempt(Self::names).is_none()
            {
                return;
            }
        }
    }

    /// "il y a", "à l'instant" begin with words that announce dates too.
    fn begins_relative(&self) -> bool {
        const BEGINNINGS: [&[&str]; 3] = [&["il", "y"], &["il", "ya"], &["a", "l'instant"]];
        BEGINNINGS.iter().any(|words| self.clone().phrase(words).is_some())
    }

    /// "Par Awa DIARRA, ", "By Jane Doe and John Roe | ".
    fn byline(&mut self) -> Option<()> {
        self.word(words::BYLINE)?;
        for _ in 0..10 {
            self.skip_signs(" .-&");
            match self.peek() {
                Some(Token::Word { capital: true, bare }) if !words::is_one(bare, words::LABELS) => self.at += 1,
                Some(Token::Word { bare, .. })
                    if matches!(bare.as_str(), "et" | "and" | "und" | "y" | "e" | "avec") =>
                {
                    self.at += 1;
                }
                Some(Token::Sign(',' | '|' | '•' | '·' | '–' | '—' | '/' | '(' | ':')) => return Some(()),
                Some(Token::Word { bare, .. }) if words::is_one(bare, words::LABELS) || bare == "le" => {
                    return Some(());
                }
                _ => return None,
            }
        }
        None
    }

    /// "Hamburg, ", "Awa Diarra le ", "Pressemitteilung vom ": a few names, and nothing else, before the date.
    fn names(&mut self) -> Option<()> {
        let mut names = 0;
        while let Some(Token::Word { capital: true, bare }) = self.peek()
            && names < MOST_NAMES
            && !words::is_one(bare, words::LABELS)
            && words::weekday(bare).is_none()
            && months::month(bare).is_none()
            && !begins_with_article(bare)
        {
            self.at += 1;
            names += 1;
            self.skip_signs(" .-");
        }
        let parted = self.sign(",").is_some() || self.word(&["le", "am", "on", "vom", "em", "il", "op"]).is_some();
        (names > 0 && parted).then_some(())
    }

    pub(super) fn weekday(&mut self) -> Option<Weekday> {
        self.attempt(|c| {
            let day = c.word_as(words::weekday)?;
            if c.sign("-").is_some() {
                c.word(&["feira"])?;
            }
            c.skip_signs(".,;) ");
            Some(day)
        })
    }

    /// Moves behind the next sign that parts one piece of a line from another.
    pub(super) fn next_piece(&mut self) -> bool {
        let parts = |t: &Token| matches!(t, Token::Sign(s) if "|•·".contains(*s));
        match self.rest().iter().position(parts) {
            Some(at) => {
                self.at += at + 1;
                true
            }
            None => false,
        }
    }
}

/// "L'Assemblée" begins a sentence about it; no dateline names it.
fn begins_with_article(bare: &str) -> bool {
    ["l'", "d'", "qu'"].iter().any(|article| bare.starts_with(article))
}
