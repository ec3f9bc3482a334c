//! Which elements a rule takes, and by which of their names they are found without asking every element of a page.

use html5ever::LocalName;
use regex::Regex;
use scraper::Selector;
use scraper::selector::ToCss as _;

/// Which elements.
#[derive(Debug, Clone)]
pub struct Pick {
    /// Those that it matches,
    pub selector: Selector,
    /// and whose text this matches,
    pub says: Option<Regex>,
    /// and whose own text this matches, without that of the elements inside it.
    pub says_itself: Option<Regex>,
    /// What an element has that the selector may match: for each part of the list, all of its keys. Where one of the
    /// parts has none, or what is asked of an element is dear to ask of one at a time, there are no parts.
    pub keys: Vec<Vec<Key>>,
}

/// A name that an element has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// Its tag, in small letters.
    Tag(LocalName),
    /// One of its attributes, in small letters.
    Attribute(LocalName),
}

impl Pick {
    /// The elements that a selector matches, and that say something.
    #[must_use]
    pub fn new(selector: Selector, says: Option<Regex>, says_itself: Option<Regex>) -> Self {
        let css = selector.to_css_string();
        // Names are not escaped there: what `.a\>b` is written as, is another selector.
        let same = Selector::parse(&css).is_ok_and(|again| again == selector);
        let keys = if same { keys(&css) } else { Vec::new() };
        Self { selector, says, says_itself, keys }
    }
}

/// What a serialised selector (CSSOM, "Serializing Selectors") asks of the element itself, part by part.
fn keys(css: &str) -> Vec<Vec<Key>> {
    // An element's place among its siblings, and what stands inside it, is looked up once for a whole page only.
    let dear = [":has(", ":nth-", "of-type", "only-", "\\", "|"];
    if dear.iter().any(|part| css.contains(part)) {
        return Vec::new();
    }
    let mut parts = vec![Vec::new()];
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        let last = parts.last_mut().expect("one part at least");
        match c {
            ',' => parts.push(Vec::new()),
            ' ' | '>' | '+' | '~' => last.clear(),
            '.' => last.push(Key::Attribute("class".into())),
            '#' => last.push(Key::Attribute("id".into())),
            '[' => last.push(Key::Attribute(name(&rest[1..]))),
            '*' | ':' => {}
            _ => last.push(Key::Tag(name(rest))),
        }
        // Behind a comma stands a space that parts nothing.
        rest = match c {
            ',' | ' ' | '>' | '+' | '~' => rest[1..].trim_start(),
            '[' | ':' => behind(rest),
            '*' => &rest[1..],
            '.' | '#' => rest[1..].trim_start_matches(is_name),
            _ if is_name(c) => rest.trim_start_matches(is_name),
            _ => return Vec::new(),
        };
    }
    if parts.iter().any(Vec::is_empty) { Vec::new() } else { parts }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

fn name(text: &str) -> LocalName {
    LocalName::from(text.chars().take_while(|c| is_name(*c)).collect::<String>().to_lowercase())
}

/// What stands behind an attribute in its brackets, or behind a pseudo-class with its argument.
fn behind(text: &str) -> &str {
    let (mut depth, mut quoted) = (0_usize, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' | '(' => depth += 1,
            ']' | ')' => {
                depth = depth.saturating_sub(1);
                // A selector's argument ends it, and an attribute its bracket.
                if depth == 0 {
                    return &text[at + 1..];
                }
            }
            _ if depth == 0 && at > 0 && c != ':' && !is_name(c) => return &text[at..],
            _ => {}
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys_of(css: &str) -> Vec<Vec<Key>> {
        Pick::new(Selector::parse(css).unwrap(), None, None).keys
    }

    fn tag(name: &str) -> Key {
        Key::Tag(name.into())
    }

    fn attribute(name: &str) -> Key {
        Key::Attribute(name.into())
    }

    #[test]
    fn what_an_element_has_is_told_from_what_stands_around_it() {
        for (css, keys) in [
            ("h1", vec![vec![tag("h1")]]),
            ("article  time[datetime]", vec![vec![tag("time"), attribute("datetime")]]),
            ("#a > P.b", vec![vec![tag("p"), attribute("class")]]),
            ("h2 ~ p, .x:not(meta, [id]) #y", vec![vec![tag("p")], vec![attribute("id")]]),
            ("[itemprop~='a, b] c']:not([itemscope])", vec![vec![attribute("itemprop")]]),
            ("[Hidden]:not([id^='S:'])", vec![vec![attribute("hidden")]]),
            (".a:first-child", vec![vec![attribute("class")]]),
            (".a:first-child.b", vec![vec![attribute("class"), attribute("class")]]),
            ("*, p", vec![]),
            ("p, :is(div, a)", vec![]),
            ("form:not(:has(h1))", vec![]),
            ("p:nth-child(2)", vec![]),
            ("li:last-of-type", vec![]),
            (".\\[\\&\\>p\\]\\:b", vec![]),
            ("#a\\ b", vec![]),
        ] {
            assert_eq!(keys_of(css), keys, "{css}");
        }
    }

    #[test]
    fn odd_text_has_no_end_that_is_missed() {
        for css in ["", " ", "[", "]", "::", "((", "é ,", "[a=\""] {
            assert!(keys(css).len() < 3, "{css}");
        }
    }
}
