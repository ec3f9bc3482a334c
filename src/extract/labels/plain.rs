//! A line as labels are compared: lower case, without accents, one kind of space and apostrophe, and where each letter
//! stood. "À LIRE AUSSI", "A lire aussi" and its decomposed form are one label.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A line in plain letters.
#[derive(Debug)]
pub(super) struct Plain {
    pub(super) text: String,
    /// For each byte of the text and for its end, the place in the line.
    places: Vec<usize>,
}

impl Plain {
    /// The first characters of a line, at most `most`.
    pub(super) fn of(line: &str, most: usize) -> Self {
        let room = line.len().min(most);
        let mut plain = Self { text: String::with_capacity(room), places: Vec::with_capacity(room + 1) };
        let mut end = 0;
        for (at, c) in line.char_indices().take(most) {
            end = at + c.len_utf8();
            plain.push(c, at);
        }
        plain.places.push(end);
        plain
    }

    /// The place in the line of a byte of the text.
    pub(super) fn place(&self, at: usize) -> usize {
        self.places.get(at).or(self.places.last()).copied().unwrap_or_default()
    }

    fn push(&mut self, c: char, at: usize) {
        match c {
            c if c.is_whitespace() => {
                if !self.text.ends_with(' ') {
                    self.letter(' ', at);
                }
            }
            '’' | 'ʼ' | '`' | '‘' | '´' => self.letter('\'', at),
            // Zero-width characters and the soft hyphen show nothing.
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            'œ' | 'Œ' => self.letters("oe", at),
            'æ' | 'Æ' => self.letters("ae", at),
            'ß' => self.letters("ss", at),
            c if c.is_ascii() => self.letter(c.to_ascii_lowercase(), at),
            c => decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    part.to_lowercase().for_each(|lower| self.letter(lower, at));
                }
            }),
        }
    }

    fn letters(&mut self, letters: &str, at: usize) {
        letters.chars().for_each(|c| self.letter(c, at));
    }

    fn letter(&mut self, c: char, at: usize) {
        self.text.push(c);
        self.places.resize(self.text.len(), at);
    }
}
