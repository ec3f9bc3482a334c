//! What a page says of itself to machines: JSON-LD in whatever state it is, microdata, and `<meta>`.

mod mend;
mod microdata;

use std::collections::{HashMap, HashSet, VecDeque};

use scraper::{Html, Selector};
use serde_json::Value;

use super::text::fold;

/// Longer scripts hold no metadata.
const MOST_BYTES: usize = 2 << 20;
/// Objects looked at on one page.
const MOST_OBJECTS: usize = 2_000;

/// JSON-LD objects, flat, microdata items, and meta elements.
#[derive(Debug, Default)]
pub(crate) struct Structured {
    objects: Vec<Value>,
    items: Vec<Value>,
    by_id: HashMap<String, usize>,
    metas: Vec<(String, String)>,
}

impl Structured {
    pub(crate) fn of(html: &Html) -> Self {
        let mut found = Self::only_meta(html);
        for script in select(html, "script[type]") {
            let kind = script.attr("type").unwrap_or_default().to_ascii_lowercase();
            if !kind.contains("ld+json") {
                continue;
            }
            let text: String = script.text().collect();
            if text.len() <= MOST_BYTES {
                found.add(mend::json_values(&text));
            }
        }
        found.items = microdata::items(html);
        found.items.iter_mut().for_each(name_people);
        found
    }

    /// What `<meta>` says, and nothing else.
    pub(crate) fn only_meta(html: &Html) -> Self {
        let mut found = Self::default();
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
                    let mut object = Value::Object(object);
                    name_people(&mut object);
                    self.objects.push(object);
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

    /// The texts at a path in the objects of the given types; without types, in those of articles: people only of the
    /// first that names any.
    pub(crate) fn values(&self, path: &[String], types: &[String]) -> Vec<String> {
        self.texts(&self.objects, path, types)
    }

    /// The same in the page's microdata.
    pub(crate) fn microdata(&self, path: &[String], types: &[String]) -> Vec<String> {
        self.texts(&self.items, path, types)
    }

    fn texts(&self, objects: &[Value], path: &[String], types: &[String]) -> Vec<String> {
        let of = |object: &Value| {
            let mut here = vec![object];
            for name in path {
                here = here.into_iter().flat_map(|v| self.step(v, name)).collect();
            }
            here.into_iter().flat_map(items).filter_map(text).collect::<Vec<String>>()
        };
        let wanted = |object: &&Value| {
            if types.is_empty() { is_article(object) } else { types.iter().any(|t| has_type(object, |x| x == t)) }
        };
        let each = objects.iter().filter(wanted).map(of);
        // One text after the other is tried as a date or a headline; names of another story would be taken with these.
        let people = types.is_empty() && path.first().is_some_and(|name| name == "author" || name == "creator");
        let mut out: Vec<String> = if people {
            each.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
        } else {
            each.flatten().collect()
        };
        let mut seen = HashSet::new();
        out.retain(|text| seen.insert(text.clone()));
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

/// A value's text, if it is one.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => plain(text),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Object(object) => plain(object.get("@value")?.as_str()?),
        _ => return None,
    };
    Some(text).filter(|t| !t.is_empty())
}

/// Gives a name to authors of whom only its parts are told.
fn name_people(object: &mut Value) {
    for key in ["author", "creator"] {
        let people: Vec<&mut Value> = match object.get_mut(key) {
            Some(Value::Array(list)) => list.iter_mut().collect(),
            Some(one) => vec![one],
            None => continue,
        };
        for person in people.into_iter().filter_map(Value::as_object_mut).filter(|p| !p.contains_key("name")) {
            let parts =
                ["givenName", "additionalName", "familyName"].into_iter().filter_map(|k| person.get(k)?.as_str());
            let name = parts.collect::<Vec<_>>().join(" ");
            if !name.trim().is_empty() {
                person.insert("name".to_owned(), Value::String(name));
            }
        }
    }
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
        let once = |line: &str| super::parse(line).map(|html| super::text::of_element(html.root_element()));
        let clean = once(line).unwrap_or_default();
        // Some escape what was escaped: "&amp;#8217;".
        if clean.contains("&#") || clean.contains("&amp;") { once(&clean).unwrap_or_default() } else { clean }
    };
    let lines: Vec<String> = text.lines().map(clean).filter(|l| !l.is_empty()).collect();
    lines.join("\n")
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
    fn quotes_of_every_kind_are_mended() {
        let script =
            r#"{"@type":"NewsArticle","headline":"Il dit "non" au barrage","author":{'name':'Awa d’Or "la voix"'}}"#;
        assert_eq!(values(script, "headline"), ["Il dit \"non\" au barrage"]);
        let single = "{'@type':'NewsArticle','author':{'name':'Moussa l\'aîné'}}";
        assert_eq!(values(single, "author.name"), ["Moussa l'aîné"]);
        let escaped = "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;Un titre&quot;}";
        assert_eq!(values(escaped, "headline"), ["Un titre"]);
    }

    #[test]
    fn names_in_parts_are_joined_and_the_first_article_names_its_authors() {
        let script = r#"[{"@type":"NewsArticle","headline":"Un","author":{"givenName":"Awa","familyName":"Diarra"}},
            {"@type":"NewsArticle","headline":"Deux","author":"Une autre"}]"#;
        assert_eq!(values(script, "author.name"), ["Awa Diarra"]);
        assert_eq!(values(script, "headline"), ["Un", "Deux"]);
    }

    #[test]
    fn microdata_is_read_as_a_tree() {
        let page = "<article itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop=headline>Un titre</h1>
            <meta itemprop=datePublished content=2024-05-01><span itemprop=author itemscope itemtype='http://schema.org/Person'>
            Par <a itemprop=name href=/a>Awa <b>Diarra</b></a></span><div itemscope itemtype='http://schema.org/NewsArticle'>
            <i itemprop=headline>Un autre</i></div></article>";
        let structured = Structured::of(&super::super::parse(page).unwrap());
        let of = |path: &str| structured.microdata(&path.split('.').map(str::to_owned).collect::<Vec<_>>(), &[]);
        assert_eq!(of("headline"), ["Un titre", "Un autre"]);
        assert_eq!(of("author.name"), ["Awa Diarra"]);
        assert_eq!(of("datePublished"), ["2024-05-01"]);
    }

    #[test]
    fn what_cannot_be_mended_is_nothing() {
        assert!(values("{\"@type\":\"NewsArticle\",\"headline\":", "headline").is_empty());
        assert!(values(&"[".repeat(100_000), "headline").is_empty());
    }
}
