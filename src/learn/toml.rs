//! What was learnt as a profile that people can read, with the evidence beside each rule.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ::toml::{Table, Value};
use jiff::Timestamp;

use super::evidence::Rule;
use super::{Block, Learnt, Sample, sort, zone};
use crate::extract::{Page, Witness, parse};
use crate::model::article::normal;
use crate::profile::rules::Field;
use crate::profile::written::{comment, string as quoted};
use crate::profile::{Profile, ProfileError};

/// Pages asked for name and language.
const ASKED: usize = 8;

/// The language that nobody told.
const UNKNOWN: &str = "und";

/// What a profile says of the paper itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The paper's name.
    pub name: String,
    /// IANA zone.
    pub zone: String,
    /// BCP 47.
    pub language: String,
    /// The pages' own hosts, the one of most pages first.
    pub hosts: Vec<String>,
    /// `https`, or `http` where most pages have that.
    pub scheme: String,
    /// Somebody has to say the zone: no page does.
    pub zone_unknown: bool,
}

/// A profile of griot's own rules and nothing else.
///
/// # Errors
/// When one of the hosts is none.
pub fn minimal(about: &About) -> Result<Profile, ProfileError> {
    Profile::parse("learnt", "the profile to learn by", &format!("{}[article]\npaths = []\n", head(about, false)))
}

/// Name, language and hosts as the pages tell them.
#[must_use]
pub fn about(samples: &[Sample]) -> About {
    let own = sort::of_one_site(samples, &mut Vec::new());
    let mut hosts: BTreeMap<String, usize> = BTreeMap::new();
    for sample in &own {
        if let Some(host) = sample.url.host_str() {
            let host = sample.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
            *hosts.entry(host).or_default() += 1;
        }
    }
    let mut hosts: Vec<(String, usize)> = hosts.into_iter().collect();
    hosts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let hosts: Vec<String> = hosts.into_iter().map(|(host, _)| host).collect();
    let first = hosts.first().cloned().unwrap_or_default();
    let plain = own.iter().filter(|sample| sample.url.scheme() == "http").count();
    let scheme = if plain * 2 > own.len() { "http" } else { "https" }.to_owned();
    let (zone, language) = ("UTC".to_owned(), UNKNOWN.to_owned());
    let mut about = About { name: first, zone, language, hosts, scheme, zone_unknown: true };
    let Ok(base) = minimal(&about) else { return about };
    let (mut names, mut languages) = (Vec::new(), Vec::new());
    for sample in own.into_iter().take(ASKED) {
        let (url, html) = (&sample.url, &sample.html);
        let page = Page { url, html, captured_at: sample.captured_at, status: 200, headers: &[], names: &[] };
        let Ok(parsed) = parse(&sample.html) else { continue };
        let Some(witness) = Witness::of(&page, &base, &parsed) else { continue };
        names.extend(witness.meta("og:site_name").into_iter().take(1));
        languages.extend(witness.reading().attributes.language.as_deref().and_then(tag));
    }
    if let Some(zone) = zone::of_country(about.hosts.iter().map(String::as_str)) {
        zone.clone_into(&mut about.zone);
    }
    about.name = most_common(names).filter(|name| name.chars().count() <= 60).unwrap_or(about.name);
    about.language = most_common(languages).unwrap_or(about.language);
    about
}

/// A language tag as BCP 47 has it: pages write `fr_FR`, and words that are none.
fn tag(said: &str) -> Option<String> {
    let tag = said.replace('_', "-");
    let mut parts = tag.split('-');
    let language =
        parts.next().is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    let rest = parts.all(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    (language && rest && tag != UNKNOWN && tag.len() <= 12).then_some(tag)
}

fn most_common(said: Vec<String>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for text in said {
        *counts.entry(normal(&text)).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(text, _)| text)
}

fn head(about: &About, zone_told: bool) -> String {
    let hosts: Vec<String> = about.hosts.iter().map(|host| quoted(host)).collect();
    let (name, language) = (quoted(&about.name), quoted(&about.language));
    let unknown = match (zone_told && about.zone_unknown, about.zone == "UTC") {
        (false, _) => "",
        (true, true) => "  # no page tells it: write the paper's own",
        (true, false) => "  # the country of its address; no page tells it",
    };
    let zone = format!("zone = {}{unknown}", quoted(&about.zone));
    let untold =
        if zone_told && about.language == UNKNOWN { "  # no page tells it: write the paper's own" } else { "" };
    let scheme = if about.scheme == "http" { "scheme = \"http\"\n" } else { "" };
    let hosts = hosts.join(", ");
    format!("name = {name}\n{zone}\nlanguage = {language}{untold}\nhosts = [{hosts}]\n{scheme}provisional = true\n\n")
}

/// A whole profile.
#[must_use]
pub fn whole(about: &About, learnt: &Learnt) -> String {
    let pages = learnt.pages.len();
    let word = if pages == 1 { "page" } else { "pages" };
    let mut out = format!(
        "# Learnt from {pages} {word}; provisional until `griot check` has shown it to hold on the live site.\n"
    );
    if learnt.is_weak() {
        out.push_str("# So few pages cannot tell a rule from chance: learn again from a dozen.\n");
    }
    out.push_str(&head(about, true));
    let scheme = "# Where its articles are listed nobody has said yet; this is the least.\n";
    let _ = write!(out, "{scheme}[[listing]]\nkind = \"front\"\nurl = {}\n\n", quoted(&front(about)));
    out.push_str("[article]\npaths = [\n");
    for (pattern, evidence) in &learnt.shapes.paths {
        let wide = if pattern.ends_with("/[^/?]+(?:\\?|$)") && !learnt.shapes.dated { "; wide: narrow it" } else { "" };
        let _ = writeln!(out, "  {},  # {} of {}{wide}", quoted(pattern), evidence.held, evidence.tried);
    }
    out.push_str("]\n");
    if !learnt.shapes.never.is_empty() {
        let never: Vec<String> = learnt.shapes.never.iter().map(|pattern| quoted(pattern)).collect();
        let _ = writeln!(out, "# In the frame of every other page: listings.\nnever = [{}]", never.join(", "));
    }
    for pattern in &learnt.shapes.doubtful {
        let _ = writeln!(out, "# In many frames, and a listing or a story: {}", comment(pattern));
    }
    if learnt.shapes.dated {
        out.push_str("created = { group = \"day\", form = \"%Y/%m/%d\" }\n");
    }
    out.push('\n');
    out.push_str(&layout(learnt, None, &Table::new()));
    out
}

fn front(about: &About) -> String {
    format!("{}://{}/", about.scheme, about.hosts.first().map(String::as_str).unwrap_or_default())
}

/// One layout, from an instant on. What a former layout says beside is kept: its rules behind those learnt, and
/// everything that rests on no selector.
#[must_use]
pub(super) fn layout(learnt: &Learnt, from: Option<Timestamp>, former: &Table) -> String {
    let mut out = String::from("[[layout]]\n");
    if let Some(from) = from {
        let _ = writeln!(out, "from = {from}");
    }
    let mut kept = former.clone();
    kept.remove("from");
    kept.remove("until");
    for field in Field::ALL {
        let known = |rule: &Rule| match former.get(field.word()) {
            Some(Value::Array(before)) => before.iter().any(|known| is_same(known, rule)),
            _ => false,
        };
        let of_field = learnt.rules.iter().filter(|rule| rule.field == field.word());
        let rules: Vec<&Rule> = of_field.filter(|rule| !known(rule)).collect();
        if rules.is_empty() {
            continue;
        }
        let former = match kept.remove(field.word()) {
            Some(Value::Array(before)) => before.iter().map(|rule| format!("  {rule},\n")).collect::<Vec<_>>().concat(),
            _ => "  \"default\",\n".to_owned(),
        };
        let one = |rule: &&Rule| {
            let attr = rule.attr.as_deref().map(|attr| format!(", attr = {}", quoted(attr))).unwrap_or_default();
            format!("  # {}\n  {{ css = {}{attr} }},\n", rule.evidence.told(), quoted(&rule.css))
        };
        let (behind, before): (Vec<&Rule>, Vec<&Rule>) = rules.into_iter().partition(|rule| rule.behind);
        let [before, behind] = [before, behind].map(|rules| rules.iter().map(one).collect::<Vec<_>>().concat());
        let _ = write!(out, "{} = [\n{before}{former}{behind}]\n", field.word());
    }
    lists(&mut out, learnt, &mut kept);
    for (key, value) in kept {
        let _ = writeln!(out, "{key} = {value}");
    }
    out
}

/// Does a former layout's rule say what a learnt one says, and no more?
fn is_same(known: &Value, rule: &Rule) -> bool {
    let Value::Table(keys) = known else { return false };
    let said = |key: &str| keys.get(key).and_then(Value::as_str);
    let asked = keys.keys().all(|key| key == "css" || key == "attr");
    asked && said("css") == Some(&rule.css) && said("attr") == rule.attr.as_deref()
}

/// What is dropped, and where the body ends; with what a former layout says of it.
fn lists(out: &mut String, learnt: &Learnt, kept: &mut Table) {
    let mut former = |key: &str| match kept.remove(key) {
        Some(Value::Array(items)) => items.iter().map(|item| (item.to_string(), "as before".to_owned())).collect(),
        _ => Vec::new(),
    };
    let drop = learnt.drop.iter().map(|rule| (quoted(&rule.css), rule.evidence.told()));
    list(out, "drop", drop, former("drop"));
    let pattern = |text: &str| quoted(&format!("^{}$", regex::escape(text)));
    let sentences = learnt.drop_text.iter().map(|(text, on)| (pattern(text), format!("the same on {on} pages")));
    list(out, "drop_text", sentences, former("drop_text"));
    for block in &learnt.related {
        let place = block.css.as_deref().map(|css| format!(" in `{}`", comment(css))).unwrap_or_default();
        let shown = format!("on {} of {} pages", block.evidence.held, block.evidence.tried);
        let known = if block.known { ", which griot knows everywhere" } else { "" };
        let label = comment(&block.label);
        let _ = writeln!(out, "# related links: `{label}`{place} {shown}, {} % link{known}", block.linked);
    }
    let own = learnt.related.iter().filter(|block| !block.known);
    let shown = |block: &Block| format!("on {} of {} pages", block.evidence.held, block.evidence.tried);
    list(out, "labels", own.map(|block| (quoted(&block.label), shown(block))), former("labels"));
    let ends = learnt.ends.iter().map(|rule| (format!("{{ css = {} }}", quoted(&rule.css)), rule.evidence.told()));
    list(out, "ends", ends, former("ends"));
}

/// One key's items, each once, with its evidence; those of a former layout behind.
fn list(out: &mut String, key: &str, learnt: impl Iterator<Item = (String, String)>, former: Vec<(String, String)>) {
    let mut items: Vec<(String, String)> = learnt.collect();
    for (item, told) in former {
        if !items.iter().any(|(known, _)| *known == item) {
            items.push((item, told));
        }
    }
    let lines: Vec<String> = items.iter().map(|(item, told)| format!("  # {told}\n  {item},\n")).collect();
    if !lines.is_empty() {
        let _ = write!(out, "{key} = [\n{}]\n", lines.concat());
    }
}
