//! What a page says of itself to machines: JSON-LD in whatever state it is, and `<meta>`.

use std::collections::{HashMap, VecDeque};

use scraper::{Html, Selector};
use serde_json::Value;

use super::text::fold;

/// Longer scripts hold no metadata.
const MOST_BYTES: usize = 2 << 20;
/// Objects looked at on one page.
const MOST_OBJECTS: usize = 2_000;

/// JSON-LD objects, flat, and meta elements.
#[derive(Debug, Default)]
pub(crate) struct Structured {
    objects: Vec<Value>,
    by_id: HashMap<String, usize>,
    metas: Vec<(String, String)>,
}

impl Structured {
    pub(crate) fn of(html: &Html) -> Self {
        let mut found = Self::default();
        for script in select(html, "script[type]") {
            let kind = script.attr("type").unwrap_or_default().to_ascii_lowercase();
            if !kind.contains("ld+json") {
                continue;
            }
            let text: String = script.text().collect();
            if text.len() <= MOST_BYTES {
                found.add(json_values(&text));
            }
        }
        for meta in select(html, "meta[content]") {
            let content = fold(meta.attr("content").unwrap_or_default());
            let names = ["property", "name", "itemprop"].iter().filter_map(|a| meta.attr(a));
            for name in names {
                found.metas.push((name.trim().to_ascii_lowercase(), content.clone()));
            }
        }
        found
    }

    fn add(&mut self, values: Vec<Value>) {
        let mut waiting: VecDeque<Value> = values.into();
        while let Some(value) = waiting.pop_front() {
            match value {
                Value::Array(items) => items.into_iter().rev().for_each(|item| waiting.push_front(item)),
                Value::Object(mut object) if self.objects.len() < MOST_OBJECTS => {
                    let graph = object.remove("@graph");
                    for key in ["mainEntity", "mainEntityOfPage"] {
                        if object.get(key).is_some_and(is_article) {
                            waiting.extend(object.get(key).cloned());
                        }
                    }
                    if let Some(Value::String(id)) = object.get("@id")
                        && object.len() > 1
                    {
                        self.by_id.entry(id.clone()).or_insert(self.objects.len());
                    }
                    self.objects.push(Value::Object(object));
                    waiting.extend(graph);
                }
                _ => {}
            }
        }
    }

    /// The `<meta>` contents under a name, property or itemprop, in document order; empty ones left out.
    pub(crate) fn meta(&self, name: &str) -> Vec<String> {
        let of = |(key, content): &(String, String)| (key == name && !content.is_empty()).then(|| content.clone());
        self.metas.iter().filter_map(of).collect()
    }

    /// The texts at a path in the objects of the given types; without types, in those of articles.
    pub(crate) fn values(&self, path: &[String], types: &[String]) -> Vec<String> {
        let wanted = |object: &&Value| {
            if types.is_empty() { is_article(object) } else { types.iter().any(|t| has_type(object, |x| x == t)) }
        };
        let mut here: Vec<&Value> = self.objects.iter().filter(wanted).collect();
        for name in path {
            here = here.into_iter().flat_map(|v| self.step(v, name)).collect();
        }
        let mut out: Vec<String> = Vec::new();
        for value in here.into_iter().flat_map(items) {
            let text = match value {
                Value::String(text) => plain(text),
                Value::Number(number) => number.to_string(),
                Value::Bool(flag) => flag.to_string(),
                Value::Object(object) => match object.get("@value") {
                    Some(Value::String(text)) => plain(text),
                    _ => continue,
                },
                _ => continue,
            };
            if !text.is_empty() && !out.contains(&text) {
                out.push(text);
            }
        }
        out
    }

    fn step<'v>(&'v self, value: &'v Value, name: &str) -> Vec<&'v Value> {
        let inner = |v: &'v Value| self.resolved(v).get(name).map(items).unwrap_or_default();
        items(value).into_iter().flat_map(inner).collect()
    }

    /// The object that `{"@id": …}` stands for.
    fn resolved<'v>(&'v self, value: &'v Value) -> &'v Value {
        let Some(object) = value.as_object() else { return value };
        let id = object.get("@id").and_then(Value::as_str);
        let bare = object.keys().all(|k| k == "@id" || k == "@type");
        match id.and_then(|id| self.by_id.get(id)) {
            Some(at) if bare => &self.objects[*at],
            _ => value,
        }
    }

    /// Does an article of the page say that it is not for everyone?
    pub(crate) fn is_for_subscribers(&self) -> bool {
        let said = self.values(&["isAccessibleForFree".to_owned()], &[]);
        said.iter().any(|s| s.eq_ignore_ascii_case("false") || s.ends_with("/False"))
    }
}

fn select<'h>(html: &'h Html, css: &str) -> Vec<scraper::ElementRef<'h>> {
    let selector = Selector::parse(css).expect("a selector of our own");
    html.select(&selector).collect()
}

fn items(value: &Value) -> Vec<&Value> {
    value.as_array().map_or_else(|| vec![value], |list| list.iter().collect())
}

fn is_article(value: &Value) -> bool {
    has_type(value, |t| t.ends_with("Article") || t.ends_with("Posting") || t == "Report")
}

fn has_type(value: &Value, is: impl Fn(&str) -> bool) -> bool {
    let types = value.get("@type").map(items).unwrap_or_default();
    types.into_iter().filter_map(Value::as_str).any(|t| is(t.rsplit('/').next().unwrap_or(t)))
}

/// Text without the markup and the entities that some sites leave in JSON-LD; line ends stay.
fn plain(text: &str) -> String {
    let marked = text.contains('<') || (text.contains('&') && text.contains(';'));
    let clean = |line: &str| {
        if !marked {
            return fold(line);
        }
        match super::parse(line) {
            Ok(html) => super::text::of_element(html.root_element()),
            Err(_) => String::new(),
        }
    };
    let lines: Vec<String> = text.lines().map(clean).filter(|l| !l.is_empty()).collect();
    lines.join("\n")
}

/// Every JSON value in a script, mended where it is broken; what cannot be mended is no value.
fn json_values(text: &str) -> Vec<Value> {
    if let Ok(value) = serde_json::from_str(text) {
        return vec![value];
    }
    let mended = mend(text);
    serde_json::Deserializer::from_str(&mended).into_iter::<Value>().map_while(Result::ok).collect()
}

/// Undoes what breaks JSON-LD in the wild: comments, CDATA marks, control characters and wrong escapes in strings,
/// commas before a closing bracket, semicolons behind the value.
fn mend(text: &str) -> String {
    let bare = text.replace("<!--", " ").replace("-->", " ").replace("<![CDATA[", " ").replace("]]>", " ");
    let mut out = String::with_capacity(bare.len());
    let mut chars = bare.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match (quoted, c) {
            (true, '\\') => match chars.next() {
                Some(e @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => out.extend(['\\', e]),
                Some(other) => out.push(other),
                None => {}
            },
            (true, '\n' | '\r' | '\t') => out.push_str("\\n"),
            (true, c) if c.is_control() => {}
            (false, '/') if chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            (false, '/') if chars.peek() == Some(&'*') => {
                let mut star = false;
                for c in chars.by_ref().skip(1) {
                    if star && c == '/' {
                        break;
                    }
                    star = c == '*';
                }
            }
            (false, ';') => {}
            (false, '}' | ']') => {
                let kept = out.trim_end().trim_end_matches(',').len();
                out.truncate(kept);
                out.push(c);
            }
            _ => {
                if c == '"' {
                    quoted = !quoted;
                }
                out.push(c);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(script: &str, path: &str) -> Vec<String> {
        let page = format!("<script type='application/ld+json'>{script}</script>");
        let path: Vec<String> = path.split('.').map(str::to_owned).collect();
        Structured::of(&super::super::parse(&page).unwrap()).values(&path, &[])
    }

    #[test]
    fn graphs_and_references_are_followed() {
        let script = r##"{"@context":"x","@graph":[{"@type":"Person","@id":"#p","name":"Awa Diarra"},
            {"@type":["NewsArticle"],"headline":"L&#039;eau","author":[{"@id":"#p"},{"name":"B. Keïta"}]}]}"##;
        assert_eq!(values(script, "author.name"), ["Awa Diarra", "B. Keïta"]);
        assert_eq!(values(script, "headline"), ["L'eau"]);
    }

    #[test]
    fn broken_json_is_mended() {
        let script = "<!-- // un commentaire\n[{\"@type\":\"NewsArticle\", /* et */ \"headline\":\"Deux\nlignes \\'ici\\'\",}]; -->";
        assert_eq!(values(script, "headline"), ["Deux\nlignes 'ici'"]);
    }

    #[test]
    fn what_cannot_be_mended_is_nothing() {
        assert!(values("{\"@type\":\"NewsArticle\",\"headline\":", "headline").is_empty());
        assert!(values(&"[".repeat(100_000), "headline").is_empty());
    }
}
