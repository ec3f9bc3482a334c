//! The pages that an article stands on: whose text counts, and which of them are still there.

use std::collections::BTreeMap;

use super::Moment;

/// How a page stood when it was seen last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Standing,
    Absent,
    Moved,
}

/// What is known of an article's pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pages {
    /// Whose text counts.
    counting: Option<String>,
    places: BTreeMap<String, Place>,
    /// Since when a page shows what shares nothing with the article.
    strangers: BTreeMap<String, Moment>,
}

impl Pages {
    /// A page shows the article; says whether its text counts. That of another page does while the one before is not there.
    pub(super) fn shows(&mut self, page: &str) -> bool {
        self.strangers.remove(page);
        self.places.insert(page.to_owned(), Place::Standing);
        let stands = self.counting.as_ref().is_some_and(|p| self.places.get(p) == Some(&Place::Standing));
        if !stands {
            self.counting = Some(page.to_owned());
        }
        self.counts(page)
    }

    /// A page leads to another for good: that one's text counts if this one's did.
    pub(super) fn moved(&mut self, page: &str, to: &str) {
        self.strangers.remove(page);
        self.places.insert(page.to_owned(), Place::Moved);
        if self.counts(page) {
            self.counting = Some(to.to_owned());
        }
    }

    /// A page is gone; says whether it was the last. One that never showed the article says nothing about it.
    pub(super) fn is_last_gone(&mut self, page: &str) -> bool {
        if !self.knows(page) {
            return false;
        }
        self.places.insert(page.to_owned(), Place::Absent);
        !self.places.values().any(|place| *place == Place::Standing)
    }

    pub(super) fn stranger(&mut self, page: &str, moment: &Moment) {
        self.strangers.entry(page.to_owned()).or_insert_with(|| moment.clone());
    }

    pub(super) fn strange_since(&self, page: &str) -> Option<&Moment> {
        self.strangers.get(page)
    }

    pub(super) fn counts(&self, page: &str) -> bool {
        self.counting.as_deref() == Some(page)
    }

    pub(super) fn knows(&self, page: &str) -> bool {
        self.counts(page) || self.places.contains_key(page)
    }
}
