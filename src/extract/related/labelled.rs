//! Labels with their links in the same line: "Lire aussi : …" alone, or inside a paragraph that goes on.

use super::super::flow::LinkSpan;
use super::super::labels::{self, Label};
use super::super::text::fold;
use super::{Finder, TEASER, is_cut_by};
use crate::extract::flow::LineKind;

impl Finder<'_, '_> {
    /// Takes the links behind a label at a line's start, and behind further labels of the line; gives the line to go on
    /// with. `None` where no link follows.
    pub(super) fn labelled_line(&mut self, at: usize, label: &Label) -> Option<usize> {
        let links = self.behind(at, label)?;
        let line = &self.sight.flow.lines[at];
        let end = links.last().map_or(label.end, |l| l.end);
        let rest = line.text.get(end..).unwrap_or_default();
        if !is_mark(rest) {
            self.take_stretch(at, label, &links);
            self.labels_inside(at);
            return Some(at + 1);
        }
        let (next, teaser) = self.teaser(at, &links);
        self.take_links(at, label, &links, teaser.as_deref());
        self.taken.extend(at..next);
        Some(next)
    }

    /// Takes the labels inside a line with their links.
    pub(super) fn labels_inside(&mut self, at: usize) -> usize {
        let line = &self.sight.flow.lines[at];
        if line.links.is_empty() {
            return at + 1;
        }
        for label in labels::inside(&line.text) {
            let covered = self.cuts.iter().rev().take_while(|(cut, _)| *cut == at).any(|(_, c)| c.end > label.start);
            if covered {
                continue;
            }
            self.tried += 1;
            if let Some(links) = self.behind(at, &label) {
                self.take_stretch(at, &label, &links);
            }
        }
        at + 1
    }

    /// The links right behind the label in its own line, or around it, wherever they lead.
    fn behind(&self, at: usize, label: &Label) -> Option<Vec<LinkSpan>> {
        if label.weak && !label.announced {
            return None;
        }
        let line = &self.sight.flow.lines[at];
        let mut links: Vec<LinkSpan> = Vec::new();
        let mut reached = label.end;
        for link in line.links.iter().filter(|l| l.end > label.end) {
            let gap = line.text.get(reached..link.start.max(reached)).unwrap_or_default();
            let first_gap = links.is_empty() && labels::is_access_mark(gap);
            if gap.chars().any(char::is_alphanumeric) && !first_gap {
                break;
            }
            reached = link.end;
            links.push(link.clone());
        }
        (!links.is_empty()).then_some(links)
    }

    /// Keeps links; of several none that offers a tag or a section.
    fn take_links(&mut self, at: usize, label: &Label, links: &[LinkSpan], teaser: Option<&str>) {
        let kind = self.kind(at, label.kind);
        for link in links {
            if links.len() > 1 && self.leads_to_listing(&link.href) {
                continue;
            }
            let text = &self.sight.flow.lines[at].text;
            let title = fold(text.get(link.start.max(label.end)..link.end).unwrap_or_default());
            let teaser = teaser.filter(|_| links.len() == 1).map(str::to_owned);
            self.add(at, kind, Some(&label.text), &title, teaser, &link.href);
        }
    }

    /// Links inside a line that has other words too: only they go out of the text.
    fn take_stretch(&mut self, at: usize, label: &Label, links: &[LinkSpan]) {
        self.take_links(at, label, links, None);
        let (mut start, mut end) = (label.start, links.last().map_or(label.end, |l| l.end));
        let text = &self.sight.flow.lines[at].text;
        let before = text.get(..start).unwrap_or_default().trim_end();
        let behind = text.get(end..).unwrap_or_default().trim_start();
        let in_brackets =
            (before.ends_with('(') && behind.starts_with(')')) || (before.ends_with('[') && behind.starts_with(']'));
        if in_brackets {
            (start, end) = (before.len() - 1, text.len() - behind.len() + 1);
        }
        self.cuts.push((at, start..end));
    }

    /// The teaser under a labelled link: the lines up to the next label, where they are not the body's.
    fn teaser(&self, at: usize, own: &[LinkSpan]) -> (usize, Option<String>) {
        let lines = &self.sight.flow.lines;
        let mut text = String::new();
        let mut next = at + 1;
        while let Some(line) = lines.get(next) {
            let same_link = line.links.iter().any(|l| own.iter().any(|k| k.node == l.node || k.href == l.href));
            let foreign = !same_link && (!line.links.is_empty() || self.sight.rules.teaser_cut.is_none());
            if self.in_body(next) || foreign || next > at + 3 || !self.is_plain(next) {
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
}

/// Signs and access marks only.
fn is_mark(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric) || labels::is_access_mark(text)
}
