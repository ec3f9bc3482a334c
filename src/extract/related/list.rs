//! Lists under a label that stands alone.

use super::super::labels::{self, Label};
use super::card::Card;
use super::{Finder, LONGEST_LIST};
use crate::model::link::RelatedKind;

impl Finder<'_, '_> {
    /// Reads the list under a label; gives the line to go on with.
    pub(super) fn list(&mut self, at: usize, label: &Label) -> usize {
        let kind = self.kind(at, label.kind);
        let end = self.list_end(at, kind);
        let cards = self.cards(at + 1..end);
        self.take_cards(at, kind, Some(&label.text), cards)
    }

    /// The cards that stand in some lines.
    pub(super) fn cards(&self, lines: std::ops::Range<usize>) -> Vec<Card> {
        let mut cards = Vec::new();
        let mut next = lines.start;
        while next < lines.end {
            let (after, card) = self.card(next, lines.end);
            cards.extend(card);
            next = after;
        }
        cards
    }

    /// Keeps cards and the lines from `at` to their end; gives the line to go on with.
    pub(super) fn take_cards(&mut self, at: usize, kind: RelatedKind, label: Option<&str>, cards: Vec<Card>) -> usize {
        let Some(last) = cards.iter().map(|c| c.lines.end).max() else { return at + 1 };
        for card in cards {
            self.add(card.lines.start, kind, label, &card.title, card.teaser, &card.href);
        }
        let last = last.max(at + 1);
        self.taken.extend(at..last);
        last
    }

    /// Where the list under a label ends: with the box that holds label and links, at the next label, at prose.
    fn list_end(&self, at: usize, kind: RelatedKind) -> usize {
        let lines = &self.sight.flow.lines;
        let most = (at + 1 + LONGEST_LIST).min(lines.len());
        let inline = matches!(kind, RelatedKind::Inline);
        let boxed = self.boxed(at).filter(|end| *end > at + 1);
        let stop = |next: usize| {
            let line = &lines[next];
            let own_end = self.sight.rules.ends.iter().any(|mark| self.sight.mark(mark, next) == Some(next))
                || (line.frame && !lines[at].frame);
            let label = labels::at_start(&line.text, &self.sight.rules.labels);
            let labelled = label.is_some_and(|l| !l.weak && line.text.len() <= l.end + 1);
            let prose = inline && boxed.is_none() && line.linked() < 60;
            // A label outside the text, in a menu above it say, has nothing to say of the text's own lines.
            let text = !self.in_body(at) && self.in_body(next) && line.linked() < 60;
            own_end || labelled || prose || text
        };
        let end = (at + 1..most).find(|next| stop(*next)).unwrap_or(most);
        match boxed {
            Some(boxed) => boxed.min(end),
            None => end,
        }
    }

    /// The end of the smallest box around the label that holds links behind it and little prose.
    fn boxed(&self, at: usize) -> Option<usize> {
        let lines = &self.sight.flow.lines;
        let block = self.sight.html.tree.get(lines[at].block)?;
        for node in std::iter::once(block).chain(block.ancestors()).take(6) {
            let inside = self.sight.flow.inside(node.id());
            let behind = (at + 1).max(inside.start)..inside.end.min(at + 1 + LONGEST_LIST);
            if behind.clone().any(|n| !lines[n].links.is_empty()) {
                let foreign = inside.start + 1 < at || behind.clone().any(|n| self.prose(n));
                return (!foreign).then_some(inside.end);
            }
        }
        None
    }
}
