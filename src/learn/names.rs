//! Which of an element's names people made, and will keep: a selector may rest on these and on no others.

use scraper::node::Element;

/// Longer names hold something that is this page's own.
const LONGEST: usize = 48;
/// Classes looked at on one element: some page builders write dozens.
const CLASSES: usize = 12;
/// Attributes in which people name parts of a page for their own tests and scripts.
const HANDLES: [&str; 9] = [
    "data-testid",
    "data-test-id",
    "data-test",
    "data-qa",
    "data-component",
    "data-element",
    "data-role",
    "data-gu-name",
    "data-block",
];
/// Words that say what an element holds.
const TELLING: [&str; 30] = [
    "article",
    "author",
    "autor",
    "auteur",
    "body",
    "byline",
    "chapo",
    "content",
    "contenu",
    "copy",
    "corps",
    "date",
    "desc",
    "entry",
    "headline",
    "intro",
    "inhalt",
    "lead",
    "post",
    "published",
    "signature",
    "standfirst",
    "story",
    "subtitle",
    "summary",
    "teaser",
    "text",
    "texte",
    "title",
    "titre",
];

/// A name with the selector that finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) css: String,
    /// The less, the longer it will hold.
    pub(super) cost: u32,
}

/// An element's lasting names, the most lasting first.
pub(super) fn of(element: &Element) -> Vec<Name> {
    let mut names = Vec::new();
    let mut add = |css: String, cost: u32| names.push(Name { css, cost });
    for property in element.attr("itemprop").into_iter().flat_map(str::split_whitespace) {
        if is_word(property) {
            add(format!("[itemprop~={property}]"), 1);
        }
    }
    for handle in HANDLES {
        if let Some(value) = element.attr(handle).filter(|value| is_made_by_people(value)) {
            add(format!("[{handle}=\"{value}\"]"), 1);
        }
    }
    if let Some(id) = element.attr("id").filter(|id| is_made_by_people(id)) {
        add(format!("#{id}"), 2);
    }
    for class in element.attr("class").into_iter().flat_map(str::split_whitespace).take(CLASSES) {
        let cost = if is_telling(class) { 2 } else { 3 };
        if is_made_by_people(class) {
            add(format!(".{class}"), cost);
        } else if let Some(stem) = stem(class) {
            add(format!("[class*=\"{stem}\"]"), cost + 2);
        }
    }
    names.sort_by_key(|name| name.cost);
    names
}

fn is_telling(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    TELLING.iter().any(|word| lower.contains(word))
}

/// Letters, digits, hyphens and underscores, a letter first: what needs no escape in a selector.
fn is_word(name: &str) -> bool {
    name.len() <= LONGEST
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Is it a name that a person thought of: no hash, no number of an article?
pub(super) fn is_made_by_people(name: &str) -> bool {
    let known =
        ["css-", "sc-", "jsx-", "jss", "svelte-", "emotion-", "makeStyles-", "MuiBox-", "data-v-", "astro-", "tw-"];
    is_word(name)
        && name.len() > 1
        && !known.iter().any(|made| name.starts_with(made))
        && !is_number_of_one(name)
        && name.split(['-', '_']).filter(|part| !part.is_empty()).all(is_part)
}

/// `post-12345`, `article-77`: a number behind a word that counts articles.
fn is_number_of_one(name: &str) -> bool {
    let (word, number) = name.rsplit_once(['-', '_']).unwrap_or((name, ""));
    let counted = ["post", "article", "node", "story", "entry", "page", "item", "comment", "postid", "id"];
    !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) && counted.iter().any(|w| word.ends_with(w))
}

/// A part between hyphens: a word, a short number, or a word with a short number behind it.
fn is_part(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let tail = part.bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits == part.len() {
        return digits <= 3;
    }
    digits == tail && digits <= 2 && is_pronounced(&part[..part.len() - tail])
}

/// Letters that people put together: capitals only where words meet, vowels among the consonants.
fn is_pronounced(word: &str) -> bool {
    let bytes = word.as_bytes();
    let upper = bytes.iter().filter(|b| b.is_ascii_uppercase()).count();
    let all_upper = upper == bytes.len();
    if !all_upper && upper * 3 > bytes.len() {
        return false;
    }
    let vowel = |b: &u8| matches!(b.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let mut run = 0;
    let mut longest = 0;
    for byte in bytes {
        run = if vowel(byte) { 0 } else { run + 1 };
        longest = longest.max(run);
    }
    // `btn`, `xl`, `html` are short; `hrdlwqk` is a hash. German joins six: `Artikeltextschrift`.
    longest <= 6 && (bytes.len() <= 4 || bytes.iter().any(vowel))
}

/// What stands before the hash in `ArticleHeader_title__3xYz1`.
fn stem(class: &str) -> Option<&str> {
    let at = class.rfind("__").map(|at| at + 2).or_else(|| class.rfind(['-', '_']).map(|at| at + 1))?;
    let (stem, hash) = class.split_at(at);
    let bare = stem.trim_end_matches(['-', '_']);
    let hashed = (4..=10).contains(&hash.len()) && !is_part(hash);
    (hashed && bare.len() >= 6 && is_made_by_people(bare)).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_people_made_are_told_from_hashes() {
        for name in
            ["article__title", "post-content", "chapo", "entry-title", "col-md-8", "articleBody", "texte2", "h1"]
        {
            assert!(is_made_by_people(name), "{name}");
        }
        for name in [
            "css-1x2y3z",
            "sc-bdVaJa",
            "jsx-3921847",
            "post-12345",
            "article-77",
            "a3F9kQ",
            "kXrTqz",
            "svelte-1mk8mu",
            "x1lliihq",
            "_2Hd9s",
            "hrdlwqkp",
            "node_4711",
            "w:full",
        ] {
            assert!(!is_made_by_people(name), "{name}");
        }
    }

    #[test]
    fn what_stands_before_a_hash_stays() {
        assert_eq!(stem("ArticleHeader_title__3xYz1"), Some("ArticleHeader_title__"));
        assert_eq!(stem("headline-3kQx9"), Some("headline-"));
        assert_eq!(stem("article-body"), None);
        assert_eq!(stem("css-1x2y3z"), None);
    }

    #[test]
    fn the_most_lasting_name_comes_first() {
        let html = scraper::Html::parse_fragment("<p class='css-1a2b3c chapo' itemprop=description id=post-4711>x</p>");
        let selector = scraper::Selector::parse("p").unwrap();
        let names = of(html.select(&selector).next().unwrap().value());
        let css: Vec<&str> = names.iter().map(|name| name.css.as_str()).collect();
        assert_eq!(css, ["[itemprop~=description]", ".chapo"]);
    }
}
