//! A TOML table read key by key: every key that was not asked for is a mistake, every mistake knows its line.

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::Problem;

/// The file and the mistakes found in it so far.
pub(super) struct Sheet<'s> {
    source: &'s str,
    problems: RefCell<Vec<Problem>>,
}

impl<'s> Sheet<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, problems: RefCell::default() }
    }

    pub(super) fn complain(&self, at: usize, field: &str, what: impl Into<String>, instead: impl Into<String>) {
        let line = self.line(at);
        let problem = Problem { line, field: field.to_owned(), what: what.into(), instead: instead.into() };
        self.problems.borrow_mut().push(problem);
    }

    /// Was something already said of this place?
    pub(super) fn complained_at(&self, at: usize, path: &str) -> bool {
        let line = self.line(at);
        self.problems.borrow().iter().any(|p| p.line >= line && p.field.starts_with(path))
    }

    fn line(&self, at: usize) -> usize {
        self.source.get(..at).unwrap_or(self.source).matches('\n').count() + 1
    }

    /// The mistakes, in the order of the lines.
    pub(super) fn problems(self) -> Vec<Problem> {
        let mut all = self.problems.into_inner();
        all.sort_by_key(|p| p.line);
        all
    }
}

/// One table under reading.
pub(super) struct Table<'t, 's> {
    pub(super) sheet: &'t Sheet<'s>,
    /// How its keys are named in messages: `layout[1]`, or nothing at the top.
    pub(super) path: String,
    /// Where it begins.
    pub(super) at: usize,
    keys: &'t DeTable<'s>,
    asked: RefCell<Vec<&'static str>>,
}

/// A value with its place.
#[expect(clippy::struct_field_names, reason = "a value at a place: `value.at` reads as it is meant")]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) at: usize,
    pub(super) field: String,
}

type Value<'s> = Spanned<DeValue<'s>>;

impl<'t, 's> Table<'t, 's> {
    pub(super) fn new(sheet: &'t Sheet<'s>, path: String, span: &Range<usize>, keys: &'t DeTable<'s>) -> Self {
        Self { sheet, path, at: span.start, keys, asked: RefCell::default() }
    }

    pub(super) fn field(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The raw value of a key, which is then known.
    pub(super) fn get(&self, key: &'static str) -> Option<&'t Value<'s>> {
        self.asked.borrow_mut().push(key);
        self.keys.iter().find(|(name, _)| name.get_ref().as_ref() == key).map(|(_, value)| value)
    }

    pub(super) fn wrong(&self, key: &str, value: &Value<'_>, instead: &str) {
        let what = format!("is {} here", a(value.get_ref().type_str()));
        self.sheet.complain(value.span().start, &self.field(key), what, instead);
    }

    pub(super) fn string(&self, key: &'static str) -> Option<At<String>> {
        let value = self.get(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(key, value, &format!("write {key} = \"…\""));
            return None;
        };
        Some(At { value: text.to_owned(), at: value.span().start, field: self.field(key) })
    }

    pub(super) fn required(&self, key: &'static str, example: &str) -> Option<At<String>> {
        let found = self.string(key);
        if found.is_none() && self.get(key).is_none() {
            self.sheet.complain(self.at, &self.field(key), "is missing", format!("write {key} = {example}"));
        }
        found
    }

    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(key, value, &format!("write {key} = true or {key} = false"));
        }
        flag
    }

    /// A whole number between two bounds.
    pub(super) fn number(&self, key: &'static str, bounds: std::ops::RangeInclusive<u32>) -> Option<u32> {
        let value = self.get(key)?;
        let read = value.get_ref().as_integer().and_then(|n| u32::from_str_radix(n.as_str(), n.radix()).ok());
        let number = read.filter(|n| bounds.contains(n));
        if number.is_none() {
            self.wrong(key, value, &format!("write a whole number from {} to {}", bounds.start(), bounds.end()));
        }
        number
    }

    /// Seconds, whole or with a fraction, between two bounds.
    pub(super) fn seconds(&self, key: &'static str, bounds: std::ops::RangeInclusive<f64>) -> Option<f64> {
        let value = self.get(key)?;
        let read = match value.get_ref() {
            DeValue::Integer(n) => n.as_str().parse().ok(),
            DeValue::Float(n) => n.as_str().parse().ok(),
            _ => None,
        };
        let seconds = read.filter(|n| bounds.contains(n));
        if seconds.is_none() {
            self.wrong(key, value, &format!("write seconds from {} to {}", bounds.start(), bounds.end()));
        }
        seconds
    }

    /// Strings: one, or a list of them.
    pub(super) fn strings(&self, key: &'static str) -> Vec<At<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let one = std::slice::from_ref(value);
        let items = value.get_ref().as_array().map_or(one, |list| list.as_ref());
        let mut out = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            match item.get_ref().as_str() {
                Some(text) => out.push(At {
                    value: text.to_owned(),
                    at: item.span().start,
                    field: format!("{}[{}]", self.field(key), index + 1),
                }),
                None => self.wrong(key, item, &format!("write {key} = [\"…\"]")),
            }
        }
        out
    }

    /// A table under a key.
    pub(super) fn table(&self, key: &'static str) -> Option<Table<'t, 's>> {
        let value = self.get(key)?;
        let Some(keys) = value.get_ref().as_table() else {
            self.wrong(key, value, &format!("write [{key}] and its keys below"));
            return None;
        };
        Some(Table::new(self.sheet, self.field(key), &value.span(), keys))
    }

    /// Tables under a key that is written `[[key]]` or as a list of inline tables.
    pub(super) fn tables(&self, key: &'static str) -> Vec<Table<'t, 's>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(key, value, &format!("write [[{}]]", self.field(key)));
            return Vec::new();
        };
        let mut out = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            match item.get_ref().as_table() {
                Some(keys) => {
                    let path = format!("{}[{}]", self.field(key), index + 1);
                    out.push(Table::new(self.sheet, path, &item.span(), keys));
                }
                None => self.wrong(key, item, &format!("write [[{}]]", self.field(key))),
            }
        }
        out
    }

    /// Refuses what nobody asked for, naming the nearest key that is known.
    pub(super) fn finish(self) {
        let asked = self.asked.into_inner();
        for (name, value) in self.keys {
            let name_text = name.get_ref().as_ref();
            if asked.contains(&name_text) {
                continue;
            }
            let field = if self.path.is_empty() { name_text.to_owned() } else { format!("{}.{name_text}", self.path) };
            let instead = nearest(name_text, &asked)
                .map_or_else(|| format!("known here: {}", asked.join(", ")), |near| format!("did you mean `{near}`?"));
            let _ = value;
            self.sheet.complain(name.span().start, &field, "is not a key griot knows", instead);
        }
    }
}

fn a(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'i']) { "an" } else { "a" };
    format!("{article} {kind}")
}

/// The known word that is nearest to a mistyped one, if any is near.
pub(super) fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let near = known.iter().map(|k| (distance(word, k), *k)).min_by_key(|(d, _)| *d)?;
    (near.0 <= 1 + word.chars().count() / 3).then_some(near.1)
}

/// Letters to insert, drop or change.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(64).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let change = corner + usize::from(ca != *cb);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}
