//! What speaks for a rule, and what against it: pages.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;

use super::Leaf;
use super::field::Did;
use super::selectors::Candidate;
use crate::profile::rules::Field;

/// Contradictions kept with their words.
const SHOWN: usize = 3;
/// Their length in characters.
const WORDS: usize = 80;

/// The pages that a rule was tried on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Pages of which it is known what they say.
    pub tried: usize,
    /// Pages on which it found just that.
    pub held: usize,
    /// Pages on which it found something else,
    pub otherwise: usize,
    /// and what, on the first of them: page, found.
    pub contradictions: Vec<(String, String)>,
    /// Of those on which it held, pages whose text the archive had.
    pub by_archive: usize,
}

impl Evidence {
    /// Sums up what a rule did on the pages still open.
    pub(super) fn of(leaves: &[Leaf<'_>], did: &[Did], open: &BTreeSet<usize>) -> Self {
        let mut evidence = Self { tried: open.len(), ..Self::default() };
        for at in open {
            match &did[*at] {
                Did::Held => {
                    evidence.held += 1;
                    evidence.by_archive += usize::from(leaves[*at].is_archived());
                }
                Did::Otherwise(found) => evidence.against(&leaves[*at].name, found),
                Did::Absent => {}
            }
        }
        evidence
    }

    /// One more page on which something else was found.
    pub(super) fn against(&mut self, page: &str, found: &str) {
        self.otherwise += 1;
        if self.contradictions.len() < SHOWN {
            let found: String = found.chars().take(WORDS).map(|c| if c.is_control() { ' ' } else { c }).collect();
            self.contradictions.push((page.to_owned(), found));
        }
    }

    /// For people, on one line.
    #[must_use]
    pub fn told(&self) -> String {
        let pages = if self.tried == 1 { "page" } else { "pages" };
        let mut told = format!("held on {} of {} {pages}", self.held, self.tried);
        if self.otherwise > 0 {
            let _ = write!(told, "; disagreed on {}", self.otherwise);
        }
        if self.by_archive > 0 {
            let _ = write!(told, "; {} by the archive's text", self.by_archive);
        }
        told
    }
}

/// A rule learnt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// The field it reads; "drop" and "labels" for what is no part of the text.
    pub field: String,
    /// The selector, or the label itself.
    pub css: String,
    /// The attribute that holds the value.
    pub attr: Option<String>,
    /// It stands behind griot's own rules: these read the same wherever there is data for machines.
    pub behind: bool,
    /// Pages for and against it.
    pub evidence: Evidence,
}

impl Rule {
    pub(super) fn css(field: Field, candidate: &Candidate, evidence: Evidence) -> Self {
        let attr = candidate.attr.map(str::to_owned);
        Self { field: field.word().to_owned(), css: candidate.css.clone(), attr, behind: false, evidence }
    }
}
