//! Layout tables compiled: rules of each field, what to drop, where the body ends.

use regex::{Regex, RegexBuilder};
use scraper::Selector;
use toml::de::DeValue;

use super::pick::Pick;
use super::rules::{Field, Mark, Replacement, Rule, Rules, Source, Take, TeaserCut};
use super::table::{At, Table};

/// Compiled regular expressions may take this much memory each.
const REGEX_BYTES: usize = 4 << 20;

const SOURCES: &str = "css, jsonld, microdata, meta, url, label, after, tail, densest, agreed, headline, signed, around, \
                       anywhere, address, value";

/// A source that takes nothing but `true`.
struct Flag {
    key: &'static str,
    /// As proofs name it.
    said: &'static str,
    source: Source,
    /// What it finds, for people,
    finds: &'static str,
    /// and the fields that may ask for it.
    fields: &'static [Field],
}

impl Flag {
    /// The fields that may ask for it, for people.
    fn homes(&self) -> String {
        let words: Vec<&str> = self.fields.iter().map(|field| field.word()).collect();
        match words.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, before)) => format!("{} or {last}", before.join(", ")),
            None => String::new(),
        }
    }
}

const DATES: &[Field] = &[Field::Published, Field::Modified];

#[rustfmt::skip]
static FLAGS: [Flag; 8] = [
    Flag { key: "tail", said: "tail", source: Source::Tail, finds: "names", fields: &[Field::Byline, Field::Signature, Field::Credit] },
    Flag { key: "densest", said: "densest", source: Source::Densest, finds: "bodies", fields: &[Field::Body] },
    Flag { key: "agreed", said: "agreed", source: Source::Agreed, finds: "titles", fields: &[Field::Title] },
    Flag { key: "headline", said: "headline", source: Source::Headline, finds: "titles", fields: &[Field::Title] },
    Flag { key: "signed", said: "signed", source: Source::Signed, finds: "bylines", fields: &[Field::Byline] },
    Flag { key: "around", said: "around the headline", source: Source::Around, finds: "dates", fields: DATES },
    Flag { key: "anywhere", said: "anywhere on the page", source: Source::Anywhere, finds: "dates", fields: DATES },
    Flag { key: "address", said: "the address", source: Source::Address, finds: "dates", fields: DATES },
];

/// Reads the rules of a layout; a field that is not given takes the rules of `base`.
pub(super) fn rules(table: &Table<'_, '_>, base: &Rules, groups: &[String]) -> Rules {
    let mut rules = base.clone();
    for field in Field::ALL {
        if let Some(given) = field_rules(table, field, base, groups) {
            rules.fields.insert(field, given);
        }
    }
    rules.drop.extend(drops(table));
    rules.drop_images.extend(table.strings("drop_images").iter().filter_map(|s| regex(table, s)));
    rules.replace.extend(replacements(table));
    rules.unstructured = table.flag("structured").map_or(rules.unstructured, |believed| !believed);
    rules.drop_text.extend(table.strings("drop_text").iter().filter_map(|s| regex(table, s)));
    rules.labels.extend(table.strings("labels").into_iter().map(|s| s.value));
    for (index, end) in table.tables("ends").into_iter().enumerate() {
        let path = format!("ends[{}]", index + 1);
        rules.ends.extend(mark_table(&end, &path));
        end.finish();
    }
    if let Some(cut) = table.table("teaser_cut") {
        let bytes = cut.number("bytes", 20..=4096).unwrap_or(300) as usize;
        let tail = cut.string("tail").map(|t| t.value).unwrap_or_default();
        cut.finish();
        rules.teaser_cut = Some(TeaserCut { bytes, tail });
    }
    rules.break_parts = table.flag("break_parts").unwrap_or(rules.break_parts);
    rules.house_byline = table.flag("house_byline").unwrap_or(rules.house_byline);
    rules.caption_after_image = table.flag("caption_after_image").unwrap_or(rules.caption_after_image);
    rules
}

/// Selectors, or tables of one and what the element says.
fn drops(table: &Table<'_, '_>) -> Vec<Pick> {
    let whole = |selector| Pick::new(selector, None, None);
    let mut out = Vec::new();
    let Some(value) = table.get("drop") else { return out };
    let one = std::slice::from_ref(value);
    let items = value.get_ref().as_array().map_or(one, |list| list.as_ref());
    for (index, item) in items.iter().enumerate() {
        let field = format!("{}[{}]", table.field("drop"), index + 1);
        match item.get_ref() {
            DeValue::String(css) => {
                let said = At { value: css.to_string(), at: item.span().start, field };
                out.extend(selector(table, &said).map(whole));
            }
            DeValue::Table(keys) => {
                let drop = Table::new(table.sheet, field, &item.span(), keys);
                let css = drop.required("css", "\"p\"");
                out.extend(css.and_then(|css| pick(&drop, &css)));
                drop.finish();
            }
            _ => table.wrong("drop", item, "write drop = [\"…\"] or { css = \"…\", says = '…' }"),
        }
    }
    out
}

/// Elements by selector and by what they say.
fn pick(table: &Table<'_, '_>, css: &At<String>) -> Option<Pick> {
    let words = |key| table.string(key).map_or(Some(None), |says| regex(table, &says).map(Some));
    let (says, says_itself) = (words("says"), words("says_itself"));
    let selector = selector(table, css)?;
    Some(Pick::new(selector, says?, says_itself?))
}

/// More replacements than this are no mending of a page.
const MOST_REPLACEMENTS: usize = 100;

fn replacements(table: &Table<'_, '_>) -> Vec<Replacement> {
    let mut out = Vec::new();
    for one in table.tables("replace") {
        let find = one.required("find", "\"<a-img\"");
        let with = one.required("with", "\"<img\"");
        if let (Some(find), Some(with)) = (find, with) {
            if find.value.is_empty() {
                one.sheet.complain(find.at, &find.field, "is empty", "write the text that is to be replaced");
            } else if out.len() == MOST_REPLACEMENTS {
                let what = format!("is one more than {MOST_REPLACEMENTS} replacements");
                one.sheet.complain(one.at, &one.path, what, "drop elements instead, or write a narrower layout");
            } else {
                out.push(Replacement { find: find.value, with: with.value });
            }
        }
        one.finish();
    }
    out
}

fn field_rules(table: &Table<'_, '_>, field: Field, base: &Rules, groups: &[String]) -> Option<Vec<Rule>> {
    let key = field.word();
    let value = table.get(key)?;
    let Some(items) = value.get_ref().as_array() else {
        table.wrong(key, value, &format!("write {key} = [{{ css = \"…\" }}]"));
        return None;
    };
    let mut out = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let place = format!("{key}[{}]", index + 1);
        match item.get_ref() {
            DeValue::String(word) if word == "default" => out.extend(base.of(field).iter().cloned()),
            DeValue::Table(keys) => {
                let path = table.field(&place);
                let rule = Table::new(table.sheet, path, &item.span(), keys);
                out.extend(one_rule(&rule, &place, field, groups));
                rule.finish();
            }
            _ => table.wrong(key, item, "write a rule as { css = \"…\" }, or \"default\" for griot's own rules"),
        }
    }
    // What guesses is asked last: whoever wrote a rule behind "default" knows better.
    let (guesses, mut rules): (Vec<Rule>, Vec<Rule>) =
        out.into_iter().partition(|rule| matches!(rule.source, Source::Anywhere | Source::Signed));
    rules.extend(guesses);
    Some(rules)
}

fn one_rule(rule: &Table<'_, '_>, place: &str, field: Field, groups: &[String]) -> Option<Rule> {
    let text = rule.string("text").and_then(|t| regex(rule, &t));
    let broken_text = text.is_none() && rule.get("text").is_some();
    let into = rule.string("into");
    if let Some(wrong) = into.as_ref().filter(|into| into.value.matches("{}").count() != 1) {
        let what = format!("is `{}`", wrong.value);
        rule.sheet.complain(wrong.at, &wrong.field, what, "write {} once, where the value goes");
    }
    let nth = rule.number("nth", 1..=1000).map(|n| n as usize - 1);
    let mut sources = sources(rule, field, groups);
    if sources.len() > 1 {
        rule.sheet.complain(rule.at, &rule.path, "names two sources", format!("keep one of {SOURCES}"));
        return None;
    }
    if broken_text {
        return None;
    }
    let Some((said, source)) = sources.pop() else {
        if !rule.sheet.complained_at(rule.at, &rule.path) {
            rule.sheet.complain(rule.at, &rule.path, "names no source", format!("write one of {SOURCES}"));
        }
        return None;
    };
    if matches!(source, Source::Tail) && text.is_none() {
        let instead = "write { tail = true, text = '…' } under byline, signature or credit";
        rule.sheet.complain(rule.at, &rule.path, "takes the body's last lines without saying which", instead);
        return None;
    }
    let flag = FLAGS.iter().find(|flag| said == flag.said);
    if let Some(flag) = flag.filter(|flag| !flag.fields.contains(&field)) {
        let what = format!("`{}` finds {} only", flag.key, flag.finds);
        rule.sheet.complain(rule.at, &rule.path, what, format!("move it to {}", flag.homes()));
        return None;
    }
    Some(Rule { name: format!("{place} {said}"), source, text, into: into.map(|into| into.value), nth })
}

fn sources(rule: &Table<'_, '_>, field: Field, groups: &[String]) -> Vec<(String, Source)> {
    let mut out = Vec::new();
    let attr = rule.string("attr");
    if let Some(css) = rule.string("css")
        && let Some(pick) = pick(rule, &css)
    {
        let address = || field.leads_on().then(|| "href".to_owned());
        let attr = attr.as_ref().map(|a| a.value.to_ascii_lowercase()).or_else(address);
        let said = attr.as_ref().map_or_else(|| css.value.clone(), |a| format!("{} @{a}", css.value));
        let itself = rule.flag("itself").unwrap_or_default();
        out.push((format!("css {said}"), Source::Css { pick, attr, itself }));
    } else if rule.get("css").is_none() {
        for stray in [attr, rule.string("says"), rule.string("says_itself")].into_iter().flatten() {
            rule.sheet.complain(stray.at, &stray.field, "stands without css", "write css = \"…\" beside it");
        }
    }
    if let Some(value) = rule.string("value") {
        out.push((format!("value {}", value.value), Source::Fixed(value.value)));
    }
    let types: Vec<String> = rule.strings("type").into_iter().map(|t| t.value).collect();
    if let Some(path) = rule.string("jsonld") {
        let names = path.value.split('.').map(str::to_owned).collect();
        out.push((format!("jsonld {}", path.value), Source::JsonLd { path: names, types: types.clone() }));
    }
    if let Some(path) = rule.string("microdata") {
        let names = path.value.split('.').map(str::to_owned).collect();
        out.push((format!("microdata {}", path.value), Source::Microdata { path: names, types }));
    }
    if let Some(name) = rule.string("meta") {
        out.push((format!("meta {}", name.value), Source::Meta(name.value.to_ascii_lowercase())));
    }
    if let Some(group) = rule.string("url") {
        if groups.contains(&group.value) {
            out.push((format!("url {}", group.value), Source::Url(group.value)));
        } else {
            let known = if groups.is_empty() { "none so far".to_owned() } else { groups.join(", ") };
            let what = format!("names the group `{}`, which no article path has", group.value);
            rule.sheet.complain(group.at, &group.field, what, format!("known groups: {known}"));
        }
    }
    if let Some(label) = rule.string("label") {
        let take = take(rule);
        out.push((format!("label {}", label.value), Source::Label { label: label.value, take }));
    } else if let Some(stray) = rule.get("take") {
        rule.sheet.complain(stray.span().start, &rule.field("take"), "stands without label", "write label = \"…\"");
    }
    if let Some(after) = rule.string("after") {
        let before = rule.strings("before");
        let said = format!("after {}", after.value);
        let ends = before.iter().filter_map(|m| mark(rule, m)).collect();
        if let Some(after) = mark(rule, &after) {
            out.push((said, Source::Between { after, before: ends }));
        }
    } else if let Some(stray) = rule.get("before") {
        rule.sheet.complain(stray.span().start, &rule.field("before"), "stands without after", "write after = \"…\"");
    }
    let asked = FLAGS.iter().filter(|flag| rule.flag(flag.key) == Some(true));
    out.extend(asked.map(|flag| (flag.said.to_owned(), flag.source.clone())));
    out
}

fn take(rule: &Table<'_, '_>) -> Take {
    let Some(word) = rule.string("take") else { return Take::Line };
    match word.value.as_str() {
        "line" => Take::Line,
        "rest" => Take::Rest,
        "next" => Take::Next,
        other => {
            let what = format!("is `{other}`");
            rule.sheet.complain(word.at, &word.field, what, "write \"line\", \"rest\" or \"next\"");
            Take::Line
        }
    }
}

/// A mark in one string: `title`, `title-again`, `published`, `label:…`, `css:…` or `text:…`.
fn mark(rule: &Table<'_, '_>, said: &At<String>) -> Option<Mark> {
    let part = |value: &str| At { value: value.to_owned(), at: said.at, field: said.field.clone() };
    match said.value.split_once(':') {
        None if said.value == "title" => Some(Mark::Title),
        None if said.value == "title-again" => Some(Mark::TitleAgain),
        None if said.value == "published" => Some(Mark::Published),
        Some(("label", label)) => Some(Mark::Label(label.trim().to_owned())),
        Some(("css", css)) => selector(rule, &part(css.trim())).map(Mark::Css),
        Some(("text", pattern)) => regex(rule, &part(pattern.trim())).map(Mark::Text),
        _ => {
            let what = format!("is `{}`, which marks no place", said.value);
            let instead = "write title, title-again, published, label:…, css:… or text:…";
            rule.sheet.complain(said.at, &said.field, what, instead);
            None
        }
    }
}

fn mark_table(end: &Table<'_, '_>, path: &str) -> Vec<Mark> {
    let mut out = Vec::new();
    out.extend(end.string("label").map(|l| Mark::Label(l.value)));
    out.extend(end.string("css").and_then(|c| selector(end, &c)).map(Mark::Css));
    out.extend(end.string("text").and_then(|t| regex(end, &t)).map(Mark::Text));
    if out.is_empty() && !end.sheet.complained_at(end.at, &end.path) {
        let instead = "write { label = \"…\" }, { css = \"…\" } or { text = '…' }";
        end.sheet.complain(end.at, &end.field(path), "marks no end", instead);
    }
    out
}

/// Compiles a selector; refuses the forgiving forms that would hide a mistake.
pub(super) fn selector(table: &Table<'_, '_>, said: &At<String>) -> Option<Selector> {
    if let Some(reason) = forgiven(&said.value) {
        table.sheet.complain(said.at, &said.field, reason, "close the parenthesis and fill it");
        return None;
    }
    match Selector::parse(&said.value) {
        Ok(selector) => Some(selector),
        Err(error) => {
            let what = format!("is not a CSS selector ({error})");
            let instead = "write CSS as browsers know it; for text use label or text, for attributes attr";
            table.sheet.complain(said.at, &said.field, what, instead);
            None
        }
    }
}

/// `:is(` and `:where(` take anything between their parentheses and then match nothing.
pub(super) fn forgiven(css: &str) -> Option<&'static str> {
    let mut open = 0_i32;
    let mut quote = None;
    for c in css.chars() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => open += 1,
            (None, ')') => open -= 1,
            _ => {}
        }
    }
    if open != 0 {
        return Some("has a parenthesis that is not closed");
    }
    for forgiving in [":is(", ":where("] {
        for (at, _) in css.match_indices(forgiving) {
            let inside = css[at + forgiving.len()..].split(')').next().unwrap_or_default();
            if inside.split(',').any(|part| !part.contains('(') && Selector::parse(part.trim()).is_err()) {
                return Some("holds a part that is no selector, which `:is` and `:where` silently pass over");
            }
        }
    }
    None
}

/// Compiles a regular expression within [`REGEX_BYTES`].
pub(super) fn regex(table: &Table<'_, '_>, said: &At<String>) -> Option<Regex> {
    match RegexBuilder::new(&said.value).size_limit(REGEX_BYTES).dfa_size_limit(REGEX_BYTES).build() {
        Ok(regex) => Some(regex),
        Err(regex::Error::CompiledTooBig(_)) => {
            let instead = "write smaller repetitions than {1000}";
            table.sheet.complain(said.at, &said.field, "is too large a pattern", instead);
            None
        }
        Err(error) => {
            let last = error.to_string().lines().last().unwrap_or_default().trim().to_owned();
            let instead = "write it in single quotes, as the regex crate knows it (no look-around)";
            table.sheet.complain(said.at, &said.field, format!("is not a pattern ({last})"), instead);
            None
        }
    }
}
