//! A place in a page that a path has reached.

use super::Because;

/// One compound selector, with what stands before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spot {
    /// What stands before, its combinator with it: `section > `.
    pub(super) before: String,
    pub(super) tag: Option<String>,
    /// `[id="x"]:not(.y)`.
    pub(super) conditions: String,
    /// What is inside or behind it, as `:has()` takes it: `> a`.
    pub(super) has: Vec<String>,
    /// A pattern for its text.
    pub(super) says: Option<String>,
    /// A pattern for its own text.
    pub(super) says_itself: Option<String>,
    /// It is the document, and no element yet.
    pub(super) document: bool,
}

impl Spot {
    pub(super) fn document() -> Self {
        Self { document: true, ..Self::default() }
    }

    /// Bytes of its selector, about.
    pub(super) fn length(&self) -> usize {
        self.before.len() + self.conditions.len() + self.has.iter().map(String::len).sum::<usize>()
    }

    /// The element alone, without what is before, inside or behind it.
    pub(super) fn bare(&self) -> String {
        match (&self.tag, self.conditions.is_empty()) {
            (Some(tag), _) => format!("{tag}{}", self.conditions),
            (None, false) => self.conditions.clone(),
            (None, true) => "*".to_owned(),
        }
    }

    /// The element as a compound selector.
    pub(super) fn compound(&self) -> String {
        if self.has.is_empty() {
            return self.bare();
        }
        let bare = if self.tag.is_none() && self.conditions.is_empty() { String::new() } else { self.bare() };
        self.has.iter().fold(bare, |all, inside| format!("{all}:has({inside})"))
    }

    /// The whole selector.
    pub(super) fn written(&self) -> String {
        format!("{}{}", self.before, self.compound())
    }

    /// As `:has()` takes it. CSS has no `:has()` inside another: what is inside the element is appended.
    pub(super) fn inside(&self, relation: &str) -> Result<String, Because> {
        self.without_words()?;
        let element = if self.before.is_empty() { self.bare() } else { format!(":is({}{})", self.before, self.bare()) };
        match self.has.as_slice() {
            [] => Ok(format!("{relation}{element}")),
            [inside] => Ok(format!("{relation}{element} {inside}")),
            _ => Err("CSS has no `:has()` inside another".to_owned()),
        }
    }

    /// Words are asked of the element that is meant, and of no other.
    pub(super) fn without_words(&self) -> Result<(), Because> {
        if self.says.is_none() && self.says_itself.is_none() {
            return Ok(());
        }
        Err("it asks the words of an element other than the one it means".to_owned())
    }

    /// Holds another tag beside its own.
    pub(super) fn with_tag(mut self, tag: &str) -> Result<Self, Because> {
        match &self.tag {
            Some(own) if own != tag => Err(format!("no element is both `{own}` and `{tag}`")),
            _ => {
                self.tag = Some(tag.to_owned());
                Ok(self)
            }
        }
    }

    /// Holds what is asked of it as well.
    pub(super) fn and(mut self, other: &Self) -> Result<Self, Because> {
        let both = |a: Option<String>, b: &Option<String>| match (a, b) {
            (Some(_), Some(_)) => Err("it asks two things of the same words".to_owned()),
            (a, b) => Ok(a.or_else(|| b.clone())),
        };
        if let Some(tag) = &other.tag {
            self = self.with_tag(tag)?;
        }
        self.says = both(self.says, &other.says)?;
        self.says_itself = both(self.says_itself, &other.says_itself)?;
        self.conditions.push_str(&other.conditions);
        self.has.extend(other.has.iter().cloned());
        Ok(self)
    }

    /// Nothing but conditions on the element's own name and attributes?
    pub(super) fn is_plain(&self) -> bool {
        self.before.is_empty() && self.has.is_empty() && self.says.is_none() && self.says_itself.is_none()
    }
}
