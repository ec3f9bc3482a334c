//! One card of a list: a title that is a link or stands over one, and a teaser.

use std::ops::Range;

use ego_tree::NodeId;

use super::super::date::read_date;
use super::super::dateline;
use super::super::flow::{Line, LineKind, LinkSpan};
use super::super::labels;
use super::super::text::fold;
use super::{Finder, TEASER};

/// What says when is as long at most.
const STAMP: usize = 40;
/// Headlines are as long at most.
const HEADLINE: usize = 160;

/// A story that a list shows.
#[derive(Debug)]
pub(super) struct Card {
    pub(super) title: String,
    pub(super) teaser: Option<String>,
    pub(super) href: String,
    pub(super) lines: Range<usize>,
}

impl Finder<'_, '_> {
    /// The card that begins at a line, if one does; gives the line to go on with.
    pub(super) fn card(&self, at: usize, end: usize) -> (usize, Option<Card>) {
        let lines = &self.sight.flow.lines;
        let Some((href, node)) = self.link_of(at, end) else { return (at + 1, None) };
        let own = |l: &&LinkSpan| node.map_or(l.href == href, |node| l.node == node);
        let under = |n: usize| lines[n].links.iter().any(|l| own(&l));
        let from = if node.is_none() { at + 1 } else { at };
        let last = (from..end).take_while(|n| under(*n)).last().unwrap_or(at);
        let rank = |n: usize| (under(n), self.title_rank(n, last));
        let title_at = (at..=last).rev().max_by_key(|n| rank(*n)).unwrap_or(at);
        let title = match lines[title_at].links.iter().find(own) {
            Some(span) => fold(&lines[title_at].text[span.start..span.end]),
            None => lines[at].text.clone(),
        };
        let (mut next, mut teaser) = (last + 1, None);
        let mut others = (title_at + 1..=last).filter(|n| is_teaser(&lines[*n].text));
        if let Some(own) = others.next() {
            teaser = Some(lines[own].text.clone());
        }
        while next < end && !self.begins_card(next, end, &href) {
            if teaser.is_none() && lines[next].linked() < 60 && is_teaser(&lines[next].text) {
                teaser = Some(lines[next].text.clone());
            }
            next += 1;
        }
        (next, Some(Card { title, teaser, href, lines: at..next }))
    }

    /// Does another card begin here?
    fn begins_card(&self, at: usize, end: usize, href: &str) -> bool {
        self.link_of(at, end).is_some_and(|(other, _)| other != href)
    }

    /// Where the card that begins at a line leads: by its own link, by a bare link (around an image) right before it,
    /// or, for a heading, by the next generic link ("Lire la suite").
    fn link_of(&self, at: usize, end: usize) -> Option<(String, Option<NodeId>)> {
        let lines = &self.sight.flow.lines;
        let line = &lines[at];
        if let Some(link) = self.title_link(line)
            && !labels::is_generic(&line.text)
            && !labels::is_name_of_list(&line.text)
        {
            return Some((link.href.clone(), Some(link.node)));
        }
        if !matches!(line.kind, LineKind::Heading(_)) {
            return None;
        }
        let before = at.checked_sub(1).map_or(0, |n| lines[n].order);
        let bare = &self.sight.flow.bare_links;
        let from = bare.partition_point(|(order, _, _)| *order <= before);
        let bare = bare[from..].iter().take_while(|(order, _, _)| *order < line.order).last();
        if let Some((_, _, href)) = bare.filter(|(_, _, href)| self.leads_to_sibling(href)) {
            return Some((href.clone(), None));
        }
        let generic = (at + 1..end.min(at + 6)).take_while(|n| !matches!(lines[*n].kind, LineKind::Heading(_)));
        let mut spans = generic.flat_map(|n| lines[n].links.iter().map(move |l| (n, l)));
        let (_, span) = spans.find(|(n, l)| labels::is_generic(&lines[*n].text[l.start..l.end]))?;
        self.leads_to_sibling(&span.href).then(|| (span.href.clone(), None))
    }

    /// The link that a line consists of; of two ("Économie | Un titre"), the one that leads to a story.
    fn title_link<'l>(&self, line: &'l Line) -> Option<&'l LinkSpan> {
        let siblings = line.links.iter().filter(|l| self.leads_to_sibling(&l.href));
        let link = siblings.max_by_key(|l| (self.is_named_as_story(&l.href), l.end - l.start))?;
        let whole = (link.end - link.start) * 10 >= line.text.len() * 6;
        (whole || (line.links.len() == 2 && line.linked() >= 60)).then_some(link)
    }

    /// How much a line of a card that ends with line `last` looks like its title; of equals the first is it.
    fn title_rank(&self, at: usize, last: usize) -> i32 {
        let line = &self.sight.flow.lines[at];
        match line.kind {
            _ if self.is_stamp(&line.text) => -2,
            LineKind::Heading(_) => 2,
            _ if line.bold * 2 > line.text.len() => 1,
            _ if at < last && is_kicker(&line.text, &self.sight.flow.lines[at + 1].text) => -1,
            _ => 0,
        }
    }

    /// A short line that is a date, or begins with a day or an hour: "21/10/17 | FOOTBALL", "il y a 3 heures".
    fn is_stamp(&self, text: &str) -> bool {
        if text.chars().count() > STAMP {
            return false;
        }
        let mut parts = text.splitn(3, ['/', ':', '.']).take(2);
        let number = |part: &str| part.len() <= 2 && part.chars().all(|c| c.is_ascii_digit()) && !part.is_empty();
        let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let begins = number(first) && number(second.get(..2).unwrap_or(second));
        begins || read_date(text, &dateline::context(self.sight)).is_ok()
    }
}

/// A word or two over a line that is as long as a headline and no sentence: the section, the place.
fn is_kicker(text: &str, next: &str) -> bool {
    let long = |text: &str| text.chars().count();
    let words = |text: &str| text.split_whitespace().count();
    let headline = words(next) > 3 && long(next) > long(text) && long(next) <= HEADLINE && !next.ends_with(['.', '…']);
    words(text) <= 2 && headline
}

/// Prose, and neither a name nor a date.
fn is_teaser(text: &str) -> bool {
    let name = text.starts_with("Par ") || text.starts_with("By ") || text.starts_with("Von ");
    let date = labels::starts_with(text, "Publié").is_some();
    text.chars().count() >= 2 && text.len() <= TEASER && !name && !date && !labels::is_generic(text)
}
