//! When a site's pages ceased to be read as they were: the first capture of another design.

use jiff::Timestamp;
use serde::Serialize;

use super::known::{Known, same};
use super::trial::likeness;
use super::{Known as Text, Sample};
use crate::extract::{Page, read};
use crate::model::reading::Outcome;
use crate::profile::Profile;

/// Fields by whose rules a design is known.
const FIELDS: [&str; 5] = ["title", "lead", "body", "published", "byline"];
/// A rule is usual where it gave a field on so many of the captures, in percent.
const USUAL: usize = 60;
/// So many captures are sound before a break and broken behind it, in percent.
const SURE: usize = 75;
/// A body less like the archived one than this is another text.
const ALIKE: f64 = 0.6;

/// The moment between two designs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Break {
    /// When the first capture was made that is not read as it should be: the new layout begins here.
    pub at: Timestamp,
    /// The last capture that is: page and instant.
    pub last_good: (String, Timestamp),
    /// The first that is not.
    pub first_bad: String,
    /// Captures before and behind.
    pub before: usize,
    /// Captures behind it.
    pub after: usize,
    /// What is no longer read as it was, with the number of captures.
    pub lost: Vec<(String, usize)>,
}

/// How one capture is read by the profile.
struct Sign {
    outcome: Outcome,
    /// By field: the rule that gave it.
    rules: [Option<String>; 5],
    /// Its text is another than the one that the archive had before.
    strange: bool,
}

/// Looks for the break in captures in order of time. `None`: all are read by one design.
#[must_use]
pub fn find_break(samples: &[&Sample], profile: &Profile) -> Option<Break> {
    let open = profile.layouts.first()?;
    let begun = samples.iter().position(|s| open.from.is_none_or(|from| from <= s.captured_at))?;
    let samples = &samples[begun..];
    let signs: Vec<Sign> = samples.iter().map(|sample| sign(sample, profile)).collect();
    let splits = (2..samples.len()).filter(|at| samples[at - 1].captured_at < samples[*at].captured_at);
    let judged = splits.filter_map(|at| judge(&signs, at).map(|worth| (worth, at)));
    let (_, at) = judged.max_by_key(|(worth, at)| (*worth, std::cmp::Reverse(*at)))?;
    let usual = usual(&signs[..at]);
    let mut lost: Vec<(String, usize)> = Vec::new();
    let mut count = |what: &str, captures: usize| {
        if captures > 0 {
            lost.push((what.to_owned(), captures));
        }
    };
    count("no article any more", signs[at..].iter().filter(|sign| sign.outcome != Outcome::Article).count());
    count("another text than before", signs[at..].iter().filter(|sign| sign.strange).count());
    for (n, field) in FIELDS.iter().enumerate().filter(|(n, _)| usual[*n].is_some()) {
        count(field, signs[at..].iter().filter(|sign| sign.rules[n] != usual[n]).count());
    }
    Some(Break {
        at: samples[at].captured_at,
        last_good: (samples[at - 1].name.clone(), samples[at - 1].captured_at),
        first_bad: samples[at].name.clone(),
        before: begun + at,
        after: samples.len() - at,
        lost,
    })
}

fn sign(sample: &Sample, profile: &Profile) -> Sign {
    let (url, html) = (&sample.url, &sample.html);
    let page = Page { url, html, captured_at: sample.captured_at, status: 200, headers: &[], names: &[] };
    let reading = read(&page, profile).article;
    let rule = |field: &str| {
        let proof = reading.proofs.iter().find(|proof| proof.field == field)?;
        proof.rule.clone()
    };
    let former: Option<&Text> =
        sample.versions.iter().rfind(|(since, _)| *since < sample.captured_at).map(|(_, known)| known);
    let strange = former.is_some_and(|known: &Known| {
        !same(&known.title, &reading.text.title) && !known.title.is_empty()
            || likeness(&known.body, &reading.text.body.iter().map(|b| b.text.clone()).collect::<Vec<_>>()) < ALIKE
    });
    Sign { outcome: reading.outcome, rules: FIELDS.map(rule), strange }
}

/// The rule that gives each field of most captures.
fn usual(signs: &[Sign]) -> [Option<String>; 5] {
    std::array::from_fn(|n| {
        let of = |rule: &str| signs.iter().filter(|sign| sign.rules[n].as_deref() == Some(rule)).count();
        let rules = signs.iter().filter_map(|sign| sign.rules[n].as_deref());
        let most = rules.max_by_key(|rule| of(rule))?;
        (of(most) * 100 >= signs.len() * USUAL).then(|| most.to_owned())
    })
}

/// How well a place parts sound captures from broken ones; `None`: not well enough.
fn judge(signs: &[Sign], at: usize) -> Option<usize> {
    let (before, after) = signs.split_at(at);
    let usual = usual(before);
    let is_broken = |sign: &&Sign| {
        // A single field that other rules give may be one article's own; the text itself may not.
        let other = |n: usize| usual[n].is_some() && sign.rules[n] != usual[n];
        let fields = (0..FIELDS.len()).filter(|n| other(*n)).count();
        sign.outcome != Outcome::Article || sign.strange || other(2) || fields > 1
    };
    let sound = before.iter().filter(|sign| !is_broken(sign)).count();
    let broken = after.iter().filter(is_broken).count();
    let sure = sound * 100 >= before.len() * SURE && broken * 100 >= after.len() * SURE;
    (sure && broken > 0).then_some(sound + broken)
}
