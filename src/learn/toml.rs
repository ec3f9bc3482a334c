//! What was learnt as a profile that people can read, with the evidence beside each rule.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::evidence::Rule;
use super::{Learnt, Sample, sort};
use crate::extract::{Page, Witness, parse};
use crate::model::article::normal;
use crate::profile::rules::Field;
use crate::profile::{Profile, ProfileError};

/// Pages asked for name and language.
const ASKED: usize = 8;

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
    let mut about = About { name: first, zone: "UTC".into(), language: "und".into(), hosts, zone_unknown: true };
    let Ok(base) = minimal(&about) else { return about };
    let (mut names, mut languages) = (Vec::new(), Vec::new());
    for sample in own.into_iter().take(ASKED) {
        let (url, html) = (&sample.url, &sample.html);
        let page = Page { url, html, captured_at: sample.captured_at, status: 200, headers: &[] };
        let Ok(parsed) = parse(&sample.html) else { continue };
        let Some(witness) = Witness::of(&page, &base, &parsed) else { continue };
        names.extend(witness.meta("og:site_name").into_iter().take(1));
        languages.extend(witness.reading().attributes.language.clone().filter(|tag| tag != "und" && tag.len() <= 12));
    }
    about.name = most_common(names).filter(|name| name.chars().count() <= 60).unwrap_or(about.name);
    about.language = most_common(languages).unwrap_or(about.language);
    about
}

fn most_common(said: Vec<String>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    said.into_iter().for_each(|text| *counts.entry(normal(&text)).or_default() += 1);
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(text, _)| text)
}

/// A string as TOML has it, whatever it holds.
fn quoted(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    ::toml::Value::String(clean).to_string()
}

fn head(about: &About, zone_told: bool) -> String {
    let hosts: Vec<String> = about.hosts.iter().map(|host| quoted(host)).collect();
    let (name, language) = (quoted(&about.name), quoted(&about.language));
    let unknown = if zone_told && about.zone_unknown { "  # no page tells it: write the paper's own" } else { "" };
    let zone = format!("zone = {}{unknown}", quoted(&about.zone));
    format!("name = {name}\n{zone}\nlanguage = {language}\nhosts = [{}]\nprovisional = true\n\n", hosts.join(", "))
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
        let _ = writeln!(out, "  {},  # {} of {}", quoted(pattern), evidence.held, evidence.tried);
    }
    out.push_str("]\n");
    if !learnt.shapes.never.is_empty() {
        let never: Vec<String> = learnt.shapes.never.iter().map(|pattern| quoted(pattern)).collect();
        let _ = writeln!(out, "# In the frame of every other page: listings.\nnever = [{}]", never.join(", "));
    }
    if learnt.shapes.dated {
        out.push_str("created = { group = \"day\", form = \"%Y/%m/%d\" }\n");
    }
    out.push('\n');
    out.push_str(&layout(learnt, None));
    out
}

fn front(about: &About) -> String {
    format!("https://{}/", about.hosts.first().map(String::as_str).unwrap_or_default())
}

/// One layout, from an instant on.
#[must_use]
pub(super) fn layout(learnt: &Learnt, from: Option<jiff::Timestamp>) -> String {
    let mut out = String::from("[[layout]]\n");
    if let Some(from) = from {
        let _ = writeln!(out, "from = {from}");
    }
    for field in Field::ALL {
        let rules: Vec<&Rule> = learnt.rules.iter().filter(|rule| rule.field == field.word()).collect();
        if rules.is_empty() {
            continue;
        }
        let _ = writeln!(out, "{} = [", field.word());
        for rule in rules {
            let attr = rule.attr.as_deref().map(|attr| format!(", attr = {}", quoted(attr))).unwrap_or_default();
            let _ = writeln!(out, "  # {}", rule.evidence.told());
            let _ = writeln!(out, "  {{ css = {}{attr} }},", quoted(&rule.css));
        }
        out.push_str("  \"default\",\n]\n");
    }
    list(&mut out, "drop", learnt.drop.iter().map(|rule| (quoted(&rule.css), rule.evidence.told())));
    let sentences = learnt.drop_text.iter();
    let on = |pages: usize| format!("the same on {pages} pages");
    let pattern = |text: &str| quoted(&format!("^{}$", regex::escape(text)));
    list(&mut out, "drop_text", sentences.map(|(text, pages)| (pattern(text), on(*pages))));
    for block in &learnt.related {
        let place = block.css.as_deref().map(|css| format!(" in `{css}`")).unwrap_or_default();
        let shown = format!("on {} of {} pages", block.evidence.held, block.evidence.tried);
        let known = if block.known { ", which griot knows everywhere" } else { "" };
        let label: String = block.label.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let _ = writeln!(out, "# related links: `{label}`{place} {shown}, {} % link{known}", block.linked);
    }
    let own: BTreeSet<&str> = learnt.related.iter().filter(|b| !b.known).map(|b| b.label.as_str()).collect();
    if !own.is_empty() {
        let own: Vec<String> = own.into_iter().map(quoted).collect();
        let _ = writeln!(out, "labels = [{}]", own.join(", "));
    }
    list(&mut out, "ends", learnt.ends.iter().map(|r| (format!("{{ css = {} }}", quoted(&r.css)), r.evidence.told())));
    out
}

fn list(out: &mut String, key: &str, items: impl Iterator<Item = (String, String)>) {
    let lines: Vec<String> = items.map(|(item, told)| format!("  # {told}\n  {item},\n")).collect();
    if !lines.is_empty() {
        let _ = write!(out, "{key} = [\n{}]\n", lines.concat());
    }
}
