//! "Lire aussi" and the like: links that an article prints to others, each with the label it stands under.

mod card;
mod labelled;
mod list;
mod named;
mod place;
mod target;

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::flow::{Line, LineKind};
use super::labels::{self, Label, LabelKind};
use super::sight::Sight;
use super::text::is_cut;
use crate::model::link::{RelatedKind, RelatedLink};
use crate::profile::rules::TeaserCut;

/// Links kept of one page.
const MOST: usize = 200;
/// Labels that are followed up on one page.
const LABELS: usize = 600;
/// Lines that one list may fill.
const LONGEST_LIST: usize = 120;
/// A line of more characters is a sentence of the article, not the name of a list.
const SENTENCE: usize = 80;
/// Up to so many characters a line in a list may be a teaser.
const TEASER_LIKE: usize = 160;
/// A longer text is no teaser.
const TEASER: usize = 700;

/// What was found, and which lines it took.
#[derive(Debug, Default)]
pub(super) struct Related {
    pub(super) links: Vec<RelatedLink>,
    /// Lines that are no text of the article.
    pub(super) taken: BTreeSet<usize>,
    /// Stretches of lines that are no text of the article.
    pub(super) cuts: Vec<(usize, Range<usize>)>,
}

impl Related {
    /// What a line of the body says without the links taken out of it; nothing where only signs are left.
    pub(super) fn left_of(&self, at: usize, line: &str) -> String {
        let mut cuts: Vec<&Range<usize>> = self.cuts.iter().filter(|(cut, _)| *cut == at).map(|(_, cut)| cut).collect();
        if cuts.is_empty() {
            return line.to_owned();
        }
        cuts.sort_by_key(|cut| cut.start);
        let (mut text, mut from) = (String::new(), 0);
        for cut in cuts.into_iter().chain([&(line.len()..line.len())]) {
            let piece = line.get(from..cut.start.max(from)).unwrap_or_default().trim();
            if !text.is_empty() && !piece.is_empty() && !piece.starts_with([',', '.', ';', ')']) {
                text.push(' ');
            }
            text.push_str(piece);
            from = from.max(cut.end);
        }
        if text.chars().any(char::is_alphanumeric) { text } else { String::new() }
    }
}

/// Finds related links. `body` are the lines that the body's rule chose, in order.
pub(super) fn find(sight: &Sight<'_>, body: &[usize]) -> Related {
    let mut finder = Finder::new(sight, body);
    let mut at = 0;
    while at < sight.flow.lines.len() && !finder.is_full() {
        at = finder.line(at);
    }
    finder.named_boxes();
    finder.finish()
}

struct Finder<'f, 'p> {
    sight: &'f Sight<'p>,
    body: &'f [usize],
    /// The last line of the body that is text.
    last_text: Option<usize>,
    /// Labels followed up.
    tried: usize,
    found: Vec<Found>,
    seen: HashSet<(RelatedKind, String)>,
    taken: BTreeSet<usize>,
    cuts: Vec<(usize, Range<usize>)>,
}

/// A link with the line it was found in: its rank is known when all are.
struct Found {
    at: usize,
    link: RelatedLink,
}

impl<'f, 'p> Finder<'f, 'p> {
    fn new(sight: &'f Sight<'p>, body: &'f [usize]) -> Self {
        let (seen, taken) = (HashSet::new(), BTreeSet::new());
        let mut finder =
            Self { sight, body, last_text: None, tried: 0, found: Vec::new(), seen, taken, cuts: Vec::new() };
        finder.last_text = body.iter().rev().find(|at| finder.prose_over(**at, SENTENCE)).copied();
        finder
    }

    fn is_full(&self) -> bool {
        self.found.len() >= MOST || self.tried >= LABELS
    }

    fn finish(mut self) -> Related {
        self.found.sort_by_key(|found| found.at);
        let ranks = 0..u32::try_from(MOST).unwrap_or(u32::MAX);
        let links = self.found.into_iter().zip(ranks).map(|(found, rank)| RelatedLink { rank, ..found.link }).collect();
        Related { links, taken: self.taken, cuts: self.cuts }
    }

    /// Reads what begins at a line; gives the line to go on with.
    fn line(&mut self, at: usize) -> usize {
        let line = &self.sight.flow.lines[at];
        if line.frame && line.links.len() < 2 && !self.in_body(at) {
            return at + 1;
        }
        let Some(label) = self.label(line) else { return self.labels_inside(at) };
        self.tried += 1;
        if let Some(next) = self.labelled_line(at, &label) {
            return next;
        }
        let heading = matches!(line.kind, LineKind::Heading(_));
        let alone = line.text.len() <= label.end;
        let button = !line.links.is_empty() && !heading;
        // A paragraph of nothing but the label says nothing of the article, even where nothing stands under it.
        if alone && !heading && !label.weak && label.kind == LabelKind::ReadAlso && self.in_body(at) {
            self.taken.insert(at);
        }
        if !alone || button || (label.weak && !heading && !label.announced) {
            return self.labels_inside(at);
        }
        self.list(at, &label)
    }

    /// The label at a line's start, or glued to the link that it stands before.
    fn label(&self, line: &Line) -> Option<Label> {
        let own = &self.sight.rules.labels;
        let glued = || {
            let head = line.text.get(..line.links.first()?.start)?;
            labels::at_start(head, own).filter(|l| l.end == head.len() && !l.weak)
        };
        glued().or_else(|| labels::at_start(&line.text, own))
    }

    fn in_body(&self, at: usize) -> bool {
        self.body.binary_search(&at).is_ok()
    }

    /// A line of the body's own prose.
    fn prose(&self, at: usize) -> bool {
        self.prose_over(at, TEASER_LIKE)
    }

    fn prose_over(&self, at: usize, characters: usize) -> bool {
        let line = &self.sight.flow.lines[at];
        self.in_body(at) && line.linked() < 40 && line.text.chars().count() > characters
    }

    /// Keeps a link, unless the same kind has its target already.
    fn add(
        &mut self,
        at: usize,
        kind: RelatedKind,
        label: Option<&str>,
        title: &str,
        teaser: Option<String>,
        href: &str,
    ) {
        let Some(url) = self.sight.absolute(href).map(target::cleaned) else { return };
        let title = title.trim_matches([' ', '\u{a0}', '»', '>', '→', ':']).to_owned();
        let key = self.sight.profile.canon.page(&url).map_or_else(|_| url.to_string(), |page| page.to_string());
        if title.is_empty() || self.is_full() || !self.seen.insert((kind, key)) {
            return;
        }
        let cut = match (&teaser, &self.sight.rules.teaser_cut) {
            (Some(text), Some(cut)) => is_cut_by(text, cut),
            (Some(text), None) => is_cut(text),
            (None, _) => false,
        };
        let (label, url) = (label.map(str::to_owned), url.to_string());
        let link = RelatedLink { kind, label, title, teaser, teaser_truncated: cut, rank: 0, url };
        self.found.push(Found { at, link });
    }
}

/// A letter cut through came as one byte and stands as U+FFFD, which has three.
fn is_cut_by(text: &str, cut: &TeaserCut) -> bool {
    let Some(bare) = text.strip_suffix(cut.tail.as_str()) else { return false };
    let bytes = bare.len() - 2 * bare.matches('\u{fffd}').count();
    // A space at the cut may have been folded away, and a letter cut through may count one to three bytes.
    (cut.bytes.saturating_sub(3)..=cut.bytes).contains(&bytes)
}
