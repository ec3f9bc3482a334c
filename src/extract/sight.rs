//! A page with everything that rules look at, parsed once and shared by all fields.

use std::cell::OnceCell;

use memchr::memmem::Finder;
use scraper::{ElementRef, Html};
use url::Url;

use super::Page;
use super::called::Called;
use super::flow::Flow;
use super::labels;
use super::structured::Structured;
use super::text;
use super::words::Words;
use crate::extract::nodes::NodeSet;
use crate::model::article::normal;
use crate::profile::Profile;
use crate::profile::pick::Pick;
use crate::profile::rules::{Field, Mark, Rule, Rules, Source, Take};

/// A value that a rule found.
#[derive(Debug, Clone, Default)]
pub(super) struct Value {
    pub(super) text: String,
    /// The line it begins in, where it stands in the text.
    pub(super) line: Option<usize>,
}

/// The page under reading.
pub(super) struct Sight<'p> {
    pub(super) page: &'p Page<'p>,
    pub(super) profile: &'p Profile,
    pub(super) rules: &'p Rules,
    pub(super) html: &'p Html,
    words: Words,
    pub(super) flow: Flow,
    pub(super) structured: Structured,
    pub(super) base: Url,
    pub(super) path: String,
    /// The headline, once it is known, with its first line.
    pub(super) title: OnceCell<(String, Option<usize>)>,
    /// The line of the day of publication, once it is known.
    pub(super) published: OnceCell<usize>,
    /// The days around the headline, once they are looked for.
    pub(super) around: OnceCell<Vec<Value>>,
    language: OnceCell<String>,
    called: OnceCell<Called>,
}

impl<'p> Sight<'p> {
    pub(super) fn new(page: &'p Page<'p>, profile: &'p Profile, rules: &'p Rules, html: &'p Html) -> Self {
        let path = match page.url.query() {
            Some(query) => format!("{}?{query}", page.url.path()),
            None => page.url.path().to_owned(),
        };
        let words = Words::default();
        Self {
            page,
            profile,
            rules,
            html,
            flow: Flow::of(html, dropped(html, &words, &rules.drop), rules.break_parts),
            structured: if rules.unstructured { Structured::only_meta(html) } else { Structured::of(html) },
            words,
            base: super::links::base(html, page.url),
            path,
            title: OnceCell::new(),
            published: OnceCell::new(),
            around: OnceCell::new(),
            language: OnceCell::new(),
            called: OnceCell::new(),
        }
    }

    /// What the site is called.
    pub(super) fn called(&self) -> &Called {
        self.called.get_or_init(|| Called::of(self))
    }

    /// The language the page's dates are read in: the profile's, or where it knows none or no country, the page's own.
    pub(super) fn language(&self) -> &str {
        self.language.get_or_init(|| {
            let own = self.profile.language.as_str();
            let said = self.rules.of(Field::Language).iter().flat_map(|rule| self.values(rule)).map(|v| v.text);
            let mut said = said.filter(|tag| tag.len() <= 35);
            let bare = !own.contains(['-', '_']);
            let finer = said.find(|tag| own == "und" || (bare && primary(tag) == own));
            // "en" says less of the order of day and month than "en_US" behind it.
            let with_country = |first: &String| said.find(|tag| tag.len() > 4 && primary(tag) == primary(first));
            let finest = finer.as_ref().filter(|first| primary(first).len() == first.len()).and_then(with_country);
            finest.or(finer).unwrap_or_else(|| own.to_owned())
        })
    }

    /// An address on this page, whole; only the web's own.
    pub(super) fn absolute(&self, href: &str) -> Option<Url> {
        super::links::absolute(&self.base, href)
    }

    /// Everything that a rule finds, in document order, cut by its pattern.
    pub(super) fn values(&self, rule: &Rule) -> Vec<Value> {
        let found = self.source(&rule.source);
        let cut = |value: Value| match &rule.text {
            None => Some(value),
            Some(pattern) => {
                let captures = pattern.captures(&value.text)?;
                let part = captures.iter().skip(1).flatten().next().or_else(|| captures.get(0))?;
                Some(Value { text: part.as_str().trim().to_owned(), ..value })
            }
        };
        let put = |value: Value| match &rule.into {
            None => value,
            Some(into) => Value { text: into.replacen("{}", &value.text, 1), ..value },
        };
        let values = found.into_iter().filter_map(cut).filter(|v| !v.text.is_empty()).map(put);
        match rule.nth {
            Some(nth) => values.skip(nth).take(1).collect(),
            None => values.collect(),
        }
    }

    fn source(&self, source: &Source) -> Vec<Value> {
        let bare = |text: String| Value { text, line: None };
        match source {
            Source::Css { pick, attr, itself } => {
                let picked = self.picked(pick).into_iter();
                picked.filter_map(|element| self.of_element(element, attr.as_deref(), *itself)).collect()
            }
            Source::Fixed(value) => vec![bare(value.clone())],
            Source::JsonLd { path, types } => self.structured.values(path, types).into_iter().map(bare).collect(),
            Source::Microdata { path, types } => self.structured.microdata(path, types).into_iter().map(bare).collect(),
            Source::Meta(name) => self.structured.meta(name).into_iter().map(bare).collect(),
            Source::Url(group) => {
                let found = self.profile.article.group(&self.path, group);
                found.map(|g| bare(g.to_owned())).into_iter().collect()
            }
            Source::Label { label, take } => self.labelled(label, *take),
            Source::Between { after, before } => {
                self.between(after, before).into_iter().map(|at| self.line(at)).collect()
            }
            Source::Around => super::dateline::around(self).to_vec(),
            Source::Agreed => super::headline::agreed(self),
            Source::Headline => super::headline::headings(self),
            Source::Signed => super::signed::signed(self),
            Source::Anywhere => super::dateline::anywhere(self),
            Source::Address => super::dateline::in_address(&self.path).map(bare).into_iter().collect(),
            Source::Tail | Source::Densest => Vec::new(),
        }
    }

    /// The elements that a rule picks, in document order.
    pub(super) fn picked(&self, pick: &Pick) -> Vec<ElementRef<'p>> {
        self.words.picked(self.html, pick)
    }

    /// An element's value, with the line it begins in; none where it has no such attribute.
    pub(super) fn of_element(&self, element: ElementRef<'_>, attr: Option<&str>, itself: bool) -> Option<Value> {
        let lines = self.flow.inside(element.id());
        let line = (!lines.is_empty()).then_some(lines.start);
        let text = match attr {
            Some(name) => text::fold(element.attr(name)?),
            // A rule that names a script means what stands in it.
            None if itself || text::is_code(element.value().name()) => text::own(element),
            None => text::of_element_without(element, &self.flow.dropped),
        };
        Some(Value { text, line })
    }

    fn line(&self, at: usize) -> Value {
        Value { text: self.flow.lines[at].text.clone(), line: Some(at) }
    }

    /// What stands at, behind or under a label, for every line that has it.
    fn labelled(&self, label: &str, take: Take) -> Vec<Value> {
        let lines = &self.flow.lines;
        let mut out = Vec::new();
        let finder = Finder::new(label);
        for (at, line) in lines.iter().enumerate() {
            let Some((start, end)) = label_in(&line.text, label, &finder) else { continue };
            let rest = line.text[end..].trim_start_matches(|c: char| c.is_whitespace() || ":»>-–—|".contains(c));
            let next = lines.get(at + 1).map(|l| l.text.as_str()).unwrap_or_default();
            let text = match take {
                Take::Line if rest.is_empty() => format!("{} {next}", &line.text[start..end]),
                Take::Line => line.text[start..].to_owned(),
                Take::Rest if rest.is_empty() => next.to_owned(),
                Take::Rest => rest.to_owned(),
                Take::Next => next.to_owned(),
            };
            out.push(Value { text, line: Some(at) });
        }
        out
    }

    /// The lines strictly between two marks. Nothing when the first mark is not there.
    pub(super) fn between(&self, after: &Mark, before: &[Mark]) -> Vec<usize> {
        let Some(first) = self.mark(after, 0).map(|at| at + 1) else { return Vec::new() };
        let ends = before.iter().filter_map(|mark| self.mark(mark, first));
        let end = ends.min().unwrap_or(self.flow.lines.len());
        (first..end).filter(|at| !self.flow.lines[*at].frame && !self.flow.lines[*at].aside).collect()
    }

    /// The first line at a mark, not before line `from`.
    pub(super) fn mark(&self, mark: &Mark, from: usize) -> Option<usize> {
        let lines = &self.flow.lines;
        let first = |is: &dyn Fn(&str) -> bool| (from..lines.len()).find(|at| is(&lines[*at].text));
        match mark {
            Mark::Title => self.title.get()?.1.filter(|at| *at >= from),
            Mark::TitleAgain => {
                let (title, at) = self.title.get()?;
                let again = from.max((*at)? + 1);
                let wanted = normal(title);
                (again..lines.len()).find(|at| !lines[*at].frame && normal(&lines[*at].text) == wanted)
            }
            Mark::Published => self.published.get().copied().filter(|at| *at >= from),
            Mark::Label(label) => first(&|text| labels::starts_with(text, label).is_some()),
            Mark::Text(pattern) => first(&|text| pattern.is_match(text)),
            Mark::Css(selector) => {
                let starts = self.html.select(selector).filter_map(|e| {
                    let place = self.flow.place(e.id())?;
                    Some(lines.partition_point(|l| l.order < place))
                });
                starts.filter(|at| *at >= from).min()
            }
        }
    }

    /// The first line at or behind `from` with the same text.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        let wanted = normal(text);
        self.flow.lines.iter().position(|l| normal(&l.text) == wanted)
    }
}

fn dropped(html: &Html, words: &Words, drop: &[Pick]) -> NodeSet {
    drop.iter().flat_map(|pick| words.picked(html, pick)).map(|element| element.id()).collect()
}

/// The language of a tag, without its country.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

/// A label at the start of a line in either case, or, exactly as written, behind another piece of the line.
fn label_in(line: &str, label: &str, finder: &Finder<'_>) -> Option<(usize, usize)> {
    if let Some(end) = labels::starts_with(line, label) {
        return Some((line.len() - line.trim_start_matches(|c: char| !c.is_alphanumeric()).len(), end));
    }
    let at = finder.find(line.as_bytes())?;
    let before = line[..at].chars().next_back();
    let behind = line[at + label.len()..].chars().next();
    let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    (alone(before) && alone(behind)).then_some((at, at + label.len()))
}
