//! "Lire aussi" and the like: links that an article prints to others, each with the label it stands under.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::flow::{Line, LineKind, LinkSpan};
use super::labels::{self, Label, LabelKind};
use super::sight::Sight;
use super::text::{fold, is_cut};
use crate::model::link::{RelatedKind, RelatedLink};
use crate::profile::rules::TeaserCut;

/// Links kept of one page.
const MOST: usize = 200;
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

/// Finds related links. `body` are the lines that the body's rule chose.
pub(super) fn find(sight: &Sight<'_>, body: &[usize]) -> Related {
    let mut finder = Finder { sight, body, out: Related::default(), seen: HashSet::new() };
    let lines = &sight.flow.lines;
    let mut at = 0;
    while at < lines.len() && finder.out.links.len() < MOST {
        at = finder.line(at);
    }
    finder.out
}

struct Finder<'f, 'p> {
    sight: &'f Sight<'p>,
    body: &'f [usize],
    out: Related,
    seen: HashSet<(RelatedKind, String)>,
}

impl Finder<'_, '_> {
    /// Reads what begins at a line; gives the line to go on with.
    fn line(&mut self, at: usize) -> usize {
        let line = &self.sight.flow.lines[at];
        if line.frame && line.links.len() < 2 && !self.body.contains(&at) {
            return at + 1;
        }
        let Some(label) = self.label(line) else { return at + 1 };
        if let Some(links) = self.same_line(at, &label) {
            return self.labelled_line(at, &label, &links);
        }
        let alone = label.start == 0 && line.text.len() <= label.end;
        let button = !line.links.is_empty() && !matches!(line.kind, LineKind::Heading(_));
        let heads = matches!(line.kind, LineKind::Heading(_)) || label.announced;
        if !alone || button || (label.weak && !heads) {
            return at + 1;
        }
        self.list(at, &label)
    }

    /// The label of a line: at its start, glued to the link that it stands before, or inside.
    fn label(&self, line: &Line) -> Option<Label> {
        let own = &self.sight.rules.labels;
        let glued = || {
            let head = line.text.get(..line.links.first()?.start)?;
            labels::at_start(head, own).filter(|l| l.end == head.len() && !l.weak)
        };
        glued().or_else(|| labels::at_start(&line.text, own)).or_else(|| labels::inside(&line.text))
    }

    /// The links right behind the label in its own line, or around it.
    fn same_line(&self, at: usize, label: &Label) -> Option<Vec<LinkSpan>> {
        let line = &self.sight.flow.lines[at];
        let behind = line.links.iter().filter(|l| l.end > label.end);
        let mut links: Vec<LinkSpan> = Vec::new();
        let mut reached = label.end;
        for link in behind {
            let gap = line.text.get(reached..link.start.max(reached)).unwrap_or_default();
            if gap.chars().any(char::is_alphanumeric) {
                break;
            }
            reached = link.end;
            links.push(link.clone());
        }
        let believed = label.announced || !label.weak;
        (!links.is_empty() && believed).then_some(links)
    }

    fn labelled_line(&mut self, at: usize, label: &Label, links: &[LinkSpan]) -> usize {
        let line = self.sight.flow.lines[at].clone();
        let kind = self.kind(at, label.kind);
        let end = links.last().map_or(label.end, |l| l.end);
        let rest = line.text[end..].trim_matches(|c: char| !c.is_alphanumeric());
        let whole = label.start == 0 && rest.is_empty();
        let (mut next, mut teaser) = (at + 1, None);
        if whole {
            (next, teaser) = self.teaser(at, links);
        }
        for link in links {
            let start = link.start.max(label.end);
            let title = fold(&line.text[start..link.end]);
            let teaser = if links.len() == 1 { teaser.clone() } else { None };
            self.add(kind, Some(&label.text), &title, teaser, &link.href);
        }
        if whole {
            self.out.taken.extend(at..next);
        } else {
            self.out.cuts.push((at, label.start..end));
        }
        next
    }

    /// The teaser under a labelled link: the lines up to the next label, where they are not the body's.
    fn teaser(&self, at: usize, own: &[LinkSpan]) -> (usize, Option<String>) {
        let lines = &self.sight.flow.lines;
        let mut text = String::new();
        let mut next = at + 1;
        while let Some(line) = lines.get(next) {
            let same_link = line.links.iter().any(|l| own.iter().any(|k| k.node == l.node || k.href == l.href));
            let foreign = !same_link && (!line.links.is_empty() || self.sight.rules.teaser_cut.is_none());
            if self.body.contains(&next) || foreign || next > at + 3 || !self.is_plain(next) {
                break;
            }
            if text.len() + line.text.len() > TEASER {
                break;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&line.text);
            next += 1;
            if self.cut_here(&text) {
                break;
            }
        }
        (next, Some(text).filter(|t| !t.is_empty()))
    }

    /// Is the text as long as the site lets a teaser be?
    fn cut_here(&self, text: &str) -> bool {
        self.sight.rules.teaser_cut.as_ref().is_some_and(|cut| is_cut_by(text, cut))
    }

    /// Neither label, nor heading, nor end of the article.
    fn is_plain(&self, at: usize) -> bool {
        let line = &self.sight.flow.lines[at];
        let label = labels::at_start(&line.text, &self.sight.rules.labels);
        let labelled = label.is_some_and(|l| !l.weak || l.announced);
        let own_text = |mark| self.sight.mark(mark, at) == Some(at);
        !labelled && !matches!(line.kind, LineKind::Heading(_)) && !self.sight.rules.ends.iter().any(own_text)
    }

    /// A list under a label that stands alone.
    fn list(&mut self, at: usize, label: &Label) -> usize {
        let kind = self.kind(at, label.kind);
        let end = self.list_end(at, kind);
        let mut cards = Vec::new();
        let mut next = at + 1;
        while next < end {
            let (after, card) = self.card(next, end);
            cards.extend(card);
            next = after;
        }
        if cards.is_empty() {
            return at + 1;
        }
        let last = cards.iter().map(|c| c.lines.end).max().unwrap_or(at + 1);
        for card in cards {
            self.add(kind, Some(&label.text), &card.title, card.teaser, &card.href);
        }
        self.out.taken.extend(at..last.max(at + 1));
        last.max(at + 1)
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
            own_end || labelled || prose
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
            let behind = (at + 1).max(inside.start)..inside.end;
            if behind.clone().any(|n| !lines[n].links.is_empty()) {
                let foreign = inside.start + 1 < at || behind.clone().filter(|n| self.prose(*n)).count() > 0;
                return (!foreign).then_some(inside.end);
            }
        }
        None
    }

    /// A line of the body's own prose.
    fn prose(&self, at: usize) -> bool {
        self.prose_over(at, TEASER_LIKE)
    }

    fn prose_over(&self, at: usize, characters: usize) -> bool {
        let line = &self.sight.flow.lines[at];
        self.body.contains(&at) && line.linked() < 40 && line.text.chars().count() > characters
    }

    /// One card of a list: a title that is a link or stands over one, and a teaser.
    fn card(&self, at: usize, end: usize) -> (usize, Option<Card>) {
        let lines = &self.sight.flow.lines;
        let line = &lines[at];
        let Some((href, node)) = self.link_of(at, end) else { return (at + 1, None) };
        let under = |n: usize| lines[n].links.iter().any(|l| Some(l.node) == node);
        let last = (at..end).take_while(|n| under(*n)).last().unwrap_or(at);
        let rank = |n: usize| match lines[n].kind {
            _ if is_stamp(&lines[n].text) => -1,
            LineKind::Heading(_) => 2,
            _ if lines[n].bold * 2 > lines[n].text.len() => 1,
            _ => 0,
        };
        let mut title_at = at;
        for n in at..=last {
            if rank(n) > rank(title_at) {
                title_at = n;
            }
        }
        let title = match lines[title_at].links.iter().find(|l| Some(l.node) == node) {
            Some(span) => fold(&lines[title_at].text[span.start..span.end]),
            None => line.text.clone(),
        };
        let (mut next, mut teaser) = (last + 1, None);
        let mut others = (title_at + 1..=last).filter(|n| is_teaser(&lines[*n].text));
        if let Some(own) = others.next() {
            teaser = Some(lines[own].text.clone());
        }
        while next < end && !self.begins_card(next, end, &href) {
            if teaser.is_none() && is_teaser(&lines[next].text) {
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
    fn link_of(&self, at: usize, end: usize) -> Option<(String, Option<ego_tree::NodeId>)> {
        let lines = &self.sight.flow.lines;
        let line = &lines[at];
        let whole = |l: &&LinkSpan| (l.end - l.start) * 10 >= line.text.len() * 6;
        if let Some(link) = line.links.iter().find(whole)
            && !labels::is_generic(&line.text)
            && self.leads_to_sibling(&link.href)
        {
            return Some((link.href.clone(), Some(link.node)));
        }
        if !matches!(line.kind, LineKind::Heading(_)) {
            return None;
        }
        let before = at.checked_sub(1).map_or(0, |n| lines[n].order);
        let bare = self.sight.flow.bare_links.iter().rev().find(|(o, _, _)| *o < line.order && *o > before);
        if let Some((_, _, href)) = bare.filter(|(_, _, href)| self.leads_to_sibling(href)) {
            return Some((href.clone(), None));
        }
        let generic = (at + 1..end.min(at + 6)).take_while(|n| !matches!(lines[*n].kind, LineKind::Heading(_)));
        let mut spans = generic.flat_map(|n| lines[n].links.iter().map(move |l| (n, l)));
        let (_, span) = spans.find(|(n, l)| labels::is_generic(&lines[*n].text[l.start..l.end]))?;
        self.leads_to_sibling(&span.href).then(|| (span.href.clone(), None))
    }

    /// An article of the site or of one under the same name: what lists without a link of another house hold.
    fn leads_to_sibling(&self, href: &str) -> bool {
        let family = |host: &str| host.rsplit('.').take(2).map(str::to_owned).collect::<Vec<_>>();
        let own = self.sight.page.url.host_str().map(family);
        let theirs = self.sight.absolute(href).and_then(|url| url.host_str().map(family));
        own == theirs && self.leads_to_article(href)
    }

    /// Another page of the web; where the profile knows the site's own articles by their path, one of those.
    fn leads_to_article(&self, href: &str) -> bool {
        let Some(url) = self.sight.absolute(href) else { return false };
        if url.path() == "/" || url.path() == self.sight.page.url.path() {
            return false;
        }
        let host = url.host_str().unwrap_or_default();
        let own = self.sight.profile.canon.hosts.iter().any(|h| h.split(':').next() == Some(host));
        let path = url.query().map_or_else(|| url.path().to_owned(), |q| format!("{}?{q}", url.path()));
        !own || self.sight.profile.article.paths.is_empty() || self.sight.profile.article.matches(&path)
    }

    fn kind(&self, at: usize, label: LabelKind) -> RelatedKind {
        let line: &Line = &self.sight.flow.lines[at];
        match (label, self.body.first(), self.body.last()) {
            (LabelKind::Author, ..) => RelatedKind::Author,
            (LabelKind::Side, ..) => RelatedKind::Side,
            _ if line.frame => RelatedKind::Side,
            (_, Some(first), Some(last)) if (*first..=*last).contains(&at) => {
                // Behind the last line that is text, a list inside the body's box is the list at its end.
                let text_follows = self.body.iter().any(|b| *b > at && self.prose_over(*b, SENTENCE));
                if text_follows { RelatedKind::Inline } else { RelatedKind::End }
            }
            _ if line.aside => RelatedKind::Side,
            (_, _, Some(last)) if at > *last => RelatedKind::End,
            _ => RelatedKind::Side,
        }
    }

    fn add(&mut self, kind: RelatedKind, label: Option<&str>, title: &str, teaser: Option<String>, href: &str) {
        let Some(url) = self.sight.absolute(href) else { return };
        let title = title.trim_matches([' ', '\u{a0}', '»', '>', '→']).to_owned();
        if title.is_empty() || !self.seen.insert((kind, url.to_string())) {
            return;
        }
        let cut = match (&teaser, &self.sight.rules.teaser_cut) {
            (Some(text), Some(cut)) => is_cut_by(text, cut),
            (Some(text), None) => is_cut(text),
            (None, _) => false,
        };
        let rank = u32::try_from(self.out.links.len()).unwrap_or(u32::MAX);
        let label = label.map(str::to_owned);
        let url = url.to_string();
        self.out.links.push(RelatedLink { kind, label, title, teaser, teaser_truncated: cut, rank, url });
    }
}

#[derive(Debug)]
struct Card {
    title: String,
    teaser: Option<String>,
    href: String,
    lines: Range<usize>,
}

/// A short line that begins with a day or an hour: "21/10/17 | FOOTBALL".
fn is_stamp(text: &str) -> bool {
    let mut parts = text.splitn(3, ['/', ':', '.']).take(2);
    let number = |part: &str| part.len() <= 2 && part.chars().all(|c| c.is_ascii_digit()) && !part.is_empty();
    let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    text.chars().count() <= 40 && number(first) && number(second.get(..2).unwrap_or(second))
}

/// Prose, and neither a name nor a date.
fn is_teaser(text: &str) -> bool {
    let name = text.starts_with("Par ") || text.starts_with("By ") || text.starts_with("Von ");
    let date = labels::starts_with(text, "Publié").is_some();
    text.chars().count() >= 2 && text.len() <= TEASER && !name && !date && !labels::is_generic(text)
}

/// A letter cut through came as one byte and stands as U+FFFD, which has three.
fn is_cut_by(text: &str, cut: &TeaserCut) -> bool {
    let Some(bare) = text.strip_suffix(cut.tail.as_str()) else { return false };
    let bytes = bare.len() - 2 * bare.matches('\u{fffd}').count();
    // A space at the cut may have been folded away, and a letter cut through may count one to three bytes.
    (cut.bytes.saturating_sub(3)..=cut.bytes).contains(&bytes)
}
