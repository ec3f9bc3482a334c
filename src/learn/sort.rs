//! Which pages have a say: articles of one site, each once.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use url::Url;

use super::known::letters;
use super::{Known, Leaf, Sample};
use crate::extract::Witness;
use crate::model::url::house;

/// A link in a page's frame leads to a listing where so many pages have it, in percent.
const FRAME: usize = 50;
/// Addresses of listings looked at.
const MOST: usize = 400;
/// So much of an archived text must stand on a page, in percent, or the page tells nothing of where its text stands.
const THERE: usize = 50;

/// Pages of the site that most of them are of.
pub(super) fn of_one_site<'s>(samples: &'s [Sample], left_out: &mut Vec<(String, String)>) -> Vec<&'s Sample> {
    let mut sites: BTreeMap<String, usize> = BTreeMap::new();
    for sample in samples {
        *sites.entry(site(&sample.url)).or_default() += 1;
    }
    let Some(most) = sites.iter().rev().max_by_key(|(_, count)| **count).map(|(site, _)| site.clone()) else {
        return Vec::new();
    };
    let (own, other): (Vec<_>, Vec<_>) = samples.iter().partition(|sample| site(&sample.url) == most);
    let reason = |sample: &Sample| format!("is of {}, the others of {most}", site(&sample.url));
    left_out.extend(other.into_iter().map(|sample| (sample.name.clone(), reason(sample))));
    own
}

/// What hosts of one paper share: the name that its house registers, or the whole address of a machine.
pub(super) fn site(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let name = if url.domain().is_some() { house(host) } else { host };
    url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

/// Does the page say what another says?
pub(super) fn is_repeat(leaves: &[Leaf<'_>], leaf: &Leaf<'_>) -> bool {
    let said = |known: &Known| letters(&known.body.concat());
    let own = said(&leaf.known);
    !own.is_empty()
        && leaves.iter().any(|other| other.known.body.len() == leaf.known.body.len() && said(&other.known) == own)
}

/// Why a page has no say, for people.
pub(super) fn why_no_article(witness: &Witness<'_>) -> String {
    let reading = witness.reading();
    let reason = reading.reason.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
    format!("is no article but {}{reason}", reading.outcome.word())
}

/// The lines that say what the archive says; none where most of it is not there.
pub(super) fn archived_lines(witness: &Witness<'_>, known: &Known) -> BTreeSet<usize> {
    let lines = witness.lines_of(&known.body);
    let there: HashSet<String> = lines.iter().map(|line| letters(witness.line(*line).text)).collect();
    let wanted: Vec<String> = known.body.iter().map(|block| letters(block)).collect();
    let all: usize = wanted.iter().map(String::len).sum();
    let found: usize = wanted.iter().filter(|block| there.contains(*block)).map(String::len).sum();
    if found * 100 >= all * THERE { lines } else { BTreeSet::new() }
}

/// Addresses that stand in the frames of many pages: sections, and no articles.
pub(super) fn listings(leaves: &[Leaf<'_>]) -> Vec<Url> {
    let mut pages: HashMap<Url, usize> = HashMap::new();
    for leaf in leaves {
        let around = (0..leaf.witness.len()).filter(|at| leaf.witness.line(*at).around);
        let own: HashSet<Url> = around
            .flat_map(|at| leaf.witness.links(at))
            .filter_map(|href| leaf.witness.absolute(href))
            .filter(|url| site(url) == site(leaf.url))
            .take(MOST)
            .collect();
        for url in own {
            *pages.entry(url).or_default() += 1;
        }
    }
    let many = pages.into_iter().filter(|(_, count)| *count > 1 && count * 100 >= leaves.len() * FRAME);
    let mut out: Vec<Url> = many.map(|(url, _)| url).collect();
    out.sort();
    out.truncate(MOST);
    out
}
