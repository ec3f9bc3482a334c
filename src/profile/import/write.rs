//! A draft as TOML that a person goes on from: every rule with the line it came from, every line that was left with why.

use super::css::{Picked, Value};
use super::draft::Draft;
use super::site::Hosts;
use crate::profile::written::{comment, string};

/// One rule, written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) line: usize,
    keys: Vec<(&'static str, Key)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Key {
    Text(String),
    Number(u32),
    Yes,
}

impl Rule {
    /// A string alone.
    pub(super) fn bare(text: String, line: usize) -> Self {
        Self { line, keys: vec![("", Key::Text(text))] }
    }

    /// A selector.
    pub(super) fn selector(css: String, line: usize) -> Self {
        Self { line, keys: vec![("css", Key::Text(css))] }
    }

    /// A value's rule; what `<meta>` says is asked by its name, unless an address is wanted.
    pub(super) fn of(value: &Value, line: usize, meta: bool) -> Self {
        let (picked, text, nth, into) = match value {
            Value::Fixed(text) => return Self { line, keys: vec![("value", Key::Text(text.clone()))] },
            Value::Of { picked, text, nth, into } => (picked, text, nth, into),
        };
        let mut keys = match meta.then(|| meta_name(picked)).flatten() {
            Some(name) => vec![("meta", Key::Text(name))],
            None => of_elements(picked),
        };
        keys.extend(text.clone().map(|text| ("text", Key::Text(text))));
        keys.extend(into.clone().map(|into| ("into", Key::Text(into))));
        keys.extend(nth.map(|nth| ("nth", Key::Number(nth))));
        Self { line, keys }
    }

    /// Its selector.
    pub(super) fn css(&self) -> Option<&str> {
        self.keys.iter().find_map(|(name, key)| match key {
            Key::Text(css) if *name == "css" => Some(css.as_str()),
            _ => None,
        })
    }

    /// The same rule under a condition that stands before its selector.
    pub(super) fn under(&self, condition: &str) -> Self {
        let mut rule = self.clone();
        for (name, key) in &mut rule.keys {
            if let Key::Text(css) = key
                && *name == "css"
            {
                *css = format!("{condition}:is({css})");
            }
        }
        rule
    }

    /// As an inline table, or as a string where it has nothing but a selector and that is enough.
    fn written(&self, bare: bool) -> String {
        match self.keys.as_slice() {
            [(name, Key::Text(text))] if name.is_empty() || bare && *name == "css" => string(text),
            keys => {
                let pair = |(name, key): &(&str, Key)| match key {
                    Key::Text(text) => format!("{name} = {}", string(text)),
                    Key::Number(number) => format!("{name} = {number}"),
                    Key::Yes => format!("{name} = true"),
                };
                format!("{{ {} }}", keys.iter().map(pair).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

fn of_elements(picked: &Picked) -> Vec<(&'static str, Key)> {
    let mut keys = vec![("css", Key::Text(picked.css.clone()))];
    keys.extend(picked.attr.clone().map(|attr| ("attr", Key::Text(attr))));
    keys.extend(picked.says.clone().map(|says| ("says", Key::Text(says))));
    keys.extend(picked.says_itself.clone().map(|says| ("says_itself", Key::Text(says))));
    keys.extend(picked.itself.then_some(("itself", Key::Yes)));
    keys
}

/// The name that a `<meta>` is asked by, if nothing else is asked of it.
fn meta_name(picked: &Picked) -> Option<String> {
    let said = picked.css.strip_prefix("meta[")?.strip_suffix("\"]")?;
    let (key, name) = said.split_once("=\"")?;
    let plain = matches!(key, "name" | "property" | "itemprop") && !name.is_empty() && !name.contains(['"', '\\', ']']);
    let whole = picked.attr.as_deref() == Some("content") && picked.says.is_none() && picked.says_itself.is_none();
    (plain && whole).then(|| name.to_owned())
}

/// The whole profile.
pub(super) fn toml(file: &str, hosts: &Hosts, paths: Option<&[String]>, draft: &Draft) -> String {
    let mut out = Page::default();
    head(&mut out, file, draft);
    site(&mut out, hosts, paths);
    headers(&mut out, draft);
    layout(&mut out, draft);
    out.0
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }
}

fn head(out: &mut Page, file: &str, draft: &Draft) {
    out.line(&format!("# Imported from {}, a rule file of Full-Text RSS, and not yet tried on a page.", comment(file)));
    if !draft.left.is_empty() {
        out.line("#");
        for left in &draft.left {
            let (text, because) = (comment(&left.text), comment(&left.because));
            out.line(&format!("# not carried over: line {}: {text}, because {because}", left.line));
        }
    }
    if !draft.unneeded.is_empty() {
        out.line("#");
        for (line, why) in &draft.unneeded {
            out.line(&format!("# not needed: line {line}: {}", comment(why)));
        }
    }
    if !draft.tests.is_empty() {
        out.line("#");
        out.line("# Its own tests; `griot check` takes the address of each:");
        for (url, contains) in &draft.tests {
            out.line(&format!("#   {}", comment(url.as_str())));
            for text in contains {
                out.line(&format!("#     where the text holds: {}", comment(text)));
            }
        }
    }
}

fn site(out: &mut Page, hosts: &Hosts, paths: Option<&[String]>) {
    let first = hosts.names.first().map_or("site.example", String::as_str);
    out.line("");
    out.line(&format!("name = {}", string(first)));
    out.line(
        "# A rule file does not say where a paper is or what it is written in: write its zone, as \"Africa/Bamako\",",
    );
    out.line("# and its language, as \"fr\".");
    out.line("zone = \"UTC\"");
    out.line("language = \"und\"");
    if hosts.unknown {
        out.line("# The file is named after no host: write those it is for.");
    } else if hosts.every_subdomain {
        out.line("# The file is for every host under this name: add those that the paper uses.");
    }
    let names: Vec<String> = hosts.names.iter().map(|name| string(name)).collect();
    out.line(&format!("hosts = [{}]", names.join(", ")));
    out.line("provisional = true");
    out.line("");
    out.line("# A rule file knows no listings: add the paper's feeds, sitemaps and sections.");
    out.line("[[listing]]");
    out.line("kind = \"front\"");
    out.line(&format!("url = {}", string(&format!("https://{first}/"))));
    out.line("");
    out.line("[article]");
    if let Some(paths) = paths {
        out.line("# As far as the tests above tell.");
        let paths: Vec<String> = paths.iter().map(|path| string(path)).collect();
        out.line(&format!("paths = [{}]", paths.join(", ")));
    } else {
        out.line("# Takes every page for an article: narrow it to what only articles' addresses have.");
        out.line("paths = ['^/.+']");
    }
}

fn headers(out: &mut Page, draft: &Draft) {
    for (name, (value, line)) in &draft.headers {
        out.line("");
        out.line(&format!("[[header]]  # line {line}"));
        out.line(&format!("name = {}", string(name)));
        out.line(&format!("value = {}", string(value)));
    }
}

fn layout(out: &mut Page, draft: &Draft) {
    out.line("");
    out.line("[[layout]]");
    if let Some(line) = draft.structured {
        out.line(&format!("structured = false  # line {line}"));
    }
    if !draft.finds.is_empty() {
        out.line("replace = [");
        for ((find, line), (with, _)) in draft.finds.iter().zip(&draft.replaces) {
            out.line(&format!("  {{ find = {}, with = {} }},  # line {line}", string(find), string(with)));
        }
        out.line("]");
    }
    for (field, rules) in &draft.fields {
        let leads_on = matches!(*field, "single_page" | "next_page");
        list(out, field, rules, !draft.alone && !leads_on, false);
    }
    list(out, "drop", &draft.drop, false, true);
    list(out, "drop_images", &draft.drop_images, false, true);
}

fn list(out: &mut Page, key: &str, rules: &[Rule], default: bool, bare: bool) {
    if rules.is_empty() {
        return;
    }
    out.line(&format!("{key} = ["));
    for rule in rules {
        out.line(&format!("  {},  # line {}", rule.written(bare), rule.line));
    }
    if default {
        out.line("  \"default\",");
    }
    out.line("]");
}
