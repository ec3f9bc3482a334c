//! Fields with one short value: a selector is learnt where what it finds agrees with what is known, page after page.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::evidence::{Evidence, Rule};
use super::known::{Known, letters, same, same_set};
use super::selectors::{Candidate, Pool};
use super::{Leaf, least};
use crate::extract::{Small, Witness};
use crate::profile::rules::Field;

/// Rules that one field may need: papers keep pages of former designs.
const RULES: usize = 3;
/// A rule may find something else on so many of the pages where it finds anything, in percent.
const WRONG: usize = 20;
/// Summaries are cut, and standfirsts are not: this much of a beginning is enough, in letters.
const BEGINNING: usize = 40;
/// Shorter texts are no standfirst.
const LEAD: usize = 50;
/// Longer texts in bytes are no headline,
const TITLE: usize = 500;
/// no date,
const DATE: usize = 160;
/// no names,
const NAMES: usize = 300;
/// no section and no tag.
const WORDS: usize = 160;
/// Elements of one page that propose selectors for one field.
const ELEMENTS: usize = 24;

/// The fields learnt so, in the order of a profile.
pub(super) const FIELDS: [Field; 7] =
    [Field::Title, Field::Lead, Field::Published, Field::Modified, Field::Byline, Field::Section, Field::Tags];

/// What a rule did on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Did {
    Held,
    Otherwise(String),
    Absent,
}

/// A selector tried on every page.
struct Tried {
    candidate: Candidate,
    /// By page.
    did: Vec<Did>,
    /// Bytes of the first value it found, over all pages.
    length: usize,
}

/// Learns the rules of a field; none where nothing lasting agrees.
pub(super) fn learn(field: Field, leaves: &[Leaf<'_>]) -> Vec<Rule> {
    let told: Vec<usize> = (0..leaves.len()).filter(|at| tells(field, &leaves[*at])).collect();
    let least = least(leaves);
    if told.is_empty() || (field == Field::Byline && is_house(leaves, &told)) {
        return Vec::new();
    }
    let mut pool = Pool::default();
    for at in &told {
        propose(field, *at, &leaves[*at], &mut pool);
    }
    let try_one = |candidate: Candidate| {
        let (did, lengths): (Vec<Did>, Vec<usize>) = leaves.iter().map(|leaf| did(field, leaf, &candidate)).unzip();
        Tried { candidate, did, length: lengths.into_iter().sum() }
    };
    let tried: Vec<Tried> = pool.best(super::tried(leaves)).into_iter().map(try_one).collect();
    let mut open: BTreeSet<usize> = told.iter().copied().collect();
    let mut rules = Vec::new();
    while rules.len() < RULES && !open.is_empty() {
        let Some(Tried { candidate, did, .. }) = best(&tried, &open, least) else { break };
        let evidence = Evidence::of(leaves, did, &open);
        open.retain(|at| did[*at] == Did::Absent);
        let behind = matches!(field, Field::Title | Field::Byline) && told.iter().all(|at| leaves[*at].reads(field));
        rules.push(Rule { behind, ..Rule::css(field, candidate, evidence) });
    }
    if adds(field, leaves, &told, &rules) { rules } else { Vec::new() }
}

/// Is it known what the page says here?
fn tells(field: Field, leaf: &Leaf<'_>) -> bool {
    let known = &leaf.known;
    match field {
        Field::Title => !known.title.is_empty(),
        // What the archive has no standfirst of has none.
        Field::Lead if leaf.is_archived() => known.lead.is_some(),
        Field::Lead => known.lead.is_some() || leaf.summaries.iter().any(|summary| summary.len() >= BEGINNING),
        Field::Published => known.published_on.is_some(),
        Field::Modified => known.modified_on.is_some(),
        Field::Byline => !known.authors.is_empty(),
        Field::Section => known.section.is_some(),
        Field::Tags => !known.tags.is_empty(),
        _ => false,
    }
}

fn propose(field: Field, at: usize, leaf: &Leaf<'_>, pool: &mut Pool) {
    let attr = |small: &Small<'_>| small.element.attr("datetime").map(str::to_owned);
    let mut found = 0;
    for small in &leaf.small {
        if found >= ELEMENTS {
            return;
        }
        let line = small.line.map(|line| leaf.witness.line(line));
        // Headlines stand in menus and crumbs too, and in heads that follow the reader down the page; names on logos.
        let printed = matches!(field, Field::Title | Field::Byline);
        if printed && line.is_none_or(|line| line.around) {
            continue;
        }
        if !could_be(field, leaf, small) {
            continue;
        }
        let more = if field == Field::Title && line.is_some_and(|line| !line.heading) { 3 } else { 0 };
        let dated = matches!(field, Field::Published | Field::Modified);
        if dated && attr(small).is_some_and(|value| is_value(field, leaf, &[(value, small.line)])) {
            pool.add(at, small.element, Some("datetime"), 0);
            found += 1;
        } else if field == Field::Tags {
            // One tag an element: all together are what the page is known by.
            if leaf.known.tags.iter().any(|tag| same(tag, &small.text)) {
                pool.add(at, small.element, None, more);
                found += 1;
            }
        } else if is_value(field, leaf, &[(small.text.clone(), small.line)]) {
            pool.add(at, small.element, None, more);
            found += 1;
        }
    }
}

/// Is it worth being read? Pages have thousands of elements, and few that hold a date or a name.
fn could_be(field: Field, leaf: &Leaf<'_>, small: &Small<'_>) -> bool {
    let (known, length) = (&leaf.known, small.text.len());
    match field {
        Field::Title => length <= TITLE,
        Field::Lead => length >= LEAD && small.line.is_some(),
        Field::Published | Field::Modified => {
            let digit = small.text.bytes().any(|b| b.is_ascii_digit()) && length <= DATE;
            digit || small.element.attr("datetime").is_some()
        }
        Field::Byline => {
            let text = small.text.to_lowercase();
            let last = |name: &String| name.split_whitespace().next_back().map(str::to_lowercase);
            length <= NAMES && known.authors.iter().filter_map(last).any(|last| text.contains(&last))
        }
        _ => length <= WORDS,
    }
}

/// What a candidate did on a page, and the length of what it found.
fn did(field: Field, leaf: &Leaf<'_>, candidate: &Candidate) -> (Did, usize) {
    let values = leaf.witness.values(&candidate.selector, candidate.attr);
    if values.is_empty() {
        return (Did::Absent, 0);
    }
    (judge(field, leaf, &values), values[0].0.len())
}

fn judge(field: Field, leaf: &Leaf<'_>, values: &[(String, Option<usize>)]) -> Did {
    if is_value(field, leaf, values) {
        return Did::Held;
    }
    Did::Otherwise(said(field, values))
}

/// Do all pages name the same author? It is the paper.
fn is_house(leaves: &[Leaf<'_>], told: &[usize]) -> bool {
    let first = &leaves[told[0]].known.authors;
    told.len() > 1 && told.iter().all(|at| same_set(&leaves[*at].known.authors, first))
}

fn said(field: Field, values: &[(String, Option<usize>)]) -> String {
    match field {
        Field::Tags | Field::Byline => values.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join("; "),
        _ => values[0].0.clone(),
    }
}

/// Do the values of a rule, read as griot reads them, agree with what is known?
fn is_value(field: Field, leaf: &Leaf<'_>, values: &[(String, Option<usize>)]) -> bool {
    let (known, witness) = (&leaf.known, &leaf.witness);
    let first = values.first().map(|(text, _)| text.as_str()).unwrap_or_default();
    match field {
        Field::Title => leaf.titles.contains(&letters(first)),
        Field::Lead => values.len() <= 2 && is_lead(leaf, values),
        Field::Published => is_day(witness, first, known.published_on, known.published_at),
        Field::Modified => is_day(witness, first, known.modified_on, known.modified_at),
        Field::Byline => {
            let names: Vec<String> = values.iter().flat_map(|(text, _)| witness.names(text)).collect();
            !names.is_empty() && same_set(&names, &known.authors)
        }
        Field::Section => known.section.as_deref().is_some_and(|section| same(first, section)),
        Field::Tags => {
            let tags: Vec<String> = values.iter().map(|(text, _)| text.clone()).collect();
            same_set(&tags, &known.tags)
        }
        _ => false,
    }
}

/// The same instant, or the same day where no more is known.
fn is_day(witness: &Witness<'_>, text: &str, on: Option<jiff::civil::Date>, at: Option<jiff::Timestamp>) -> bool {
    let Some((day, instant)) = witness.date(text) else { return false };
    match (at, instant) {
        (Some(known), Some(found)) => known.as_second() / 60 == found.as_second() / 60,
        (Some(_), None) => false,
        (None, _) => Some(day) == on,
    }
}

/// A standfirst stands before the body, and says what is known of it or what the page tells machines as its summary.
fn is_lead(leaf: &Leaf<'_>, values: &[(String, Option<usize>)]) -> bool {
    let text = values.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(" ");
    if let Some(lead) = &leaf.known.lead {
        return text.len() <= 2 * lead.len() && same(lead, &text);
    }
    let Some(line) = values[0].1.filter(|_| !leaf.is_archived()) else { return false };
    let body = &leaf.body;
    let before = body.iter().next().is_none_or(|first| line <= *first);
    let behind = leaf.witness.title_line().is_none_or(|title| line > title);
    if !before || !behind || text.chars().count() < LEAD || leaf.witness.line(line).linked > 50 {
        return false;
    }
    let said = letters(&text);
    leaf.summaries.iter().any(|summary| {
        let enough = summary.chars().count() >= BEGINNING;
        enough && (said.starts_with(summary) || summary.starts_with(&said) || begins_alike(&said, summary))
    })
}

fn begins_alike(one: &str, other: &str) -> bool {
    let alike = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    alike >= BEGINNING && alike * 10 >= one.chars().count().min(other.chars().count()) * 9
}

/// The rule that holds on most of the pages still open. Of those that hold alike the one that finds least: a headline
/// without its kicker, a name without what its bearer does.
fn best<'t>(tried: &'t [Tried], open: &BTreeSet<usize>, least: usize) -> Option<&'t Tried> {
    let counted = tried.iter().filter_map(|tried| {
        let count = |wanted: fn(&Did) -> bool| open.iter().filter(|at| wanted(&tried.did[**at])).count();
        let held = count(|did| *did == Did::Held);
        let wrong = count(|did| matches!(did, Did::Otherwise(_)));
        let fits = held >= least && wrong * 100 <= (held + wrong) * WRONG;
        let worth = i64::try_from(held).unwrap_or(0) - 2 * i64::try_from(wrong).unwrap_or(0);
        let (cost, css) = (tried.candidate.cost, &tried.candidate.css);
        fits.then_some(((Reverse(worth), tried.length, cost, css.len(), css), tried))
    });
    counted.min_by(|(a, _), (b, _)| a.cmp(b)).map(|(_, tried)| tried)
}

/// Does a field gain by rules of its own? Where griot's own rules read it out of structured data on every page, only a
/// headline, a standfirst and names gain by being read where readers see them.
fn adds(field: Field, leaves: &[Leaf<'_>], told: &[usize], rules: &[Rule]) -> bool {
    if rules.is_empty() {
        return false;
    }
    match field {
        Field::Title | Field::Lead | Field::Byline => true,
        _ => !told.iter().all(|at| leaves[*at].reads(field)),
    }
}

/// Does what griot's own rules read agree with what is known?
pub(super) fn reads(field: Field, witness: &Witness<'_>, known: &Known) -> bool {
    let Some(own) = Known::of(witness) else { return false };
    match field {
        Field::Title => same(&own.title, &known.title),
        Field::Lead => own.lead.as_deref().map(letters) == known.lead.as_deref().map(letters),
        Field::Published => own.published_at == known.published_at && own.published_on == known.published_on,
        Field::Modified => own.modified_at == known.modified_at && own.modified_on == known.modified_on,
        Field::Byline => same_set(&own.authors, &known.authors),
        Field::Section => own.section.as_deref().map(letters) == known.section.as_deref().map(letters),
        Field::Tags => same_set(&own.tags, &known.tags),
        _ => true,
    }
}
