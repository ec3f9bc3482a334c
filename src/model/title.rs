//! Titles that are none: what many articles of a site are titled alike is a name of the site.

use std::collections::{HashMap, HashSet};

use super::article::normal;

/// Different texts under one title that make it a name.
const FEWEST: usize = 3;

/// The articles of a site that are looked at, the latest first: a title that only old ones share has been mended.
pub const LATEST: u32 = 20;

/// The titles that at least three different texts share, and at least half of all: what a paper calls its weather or its
/// horoscope returns too, but beside other titles. `texts`: title and body of each article.
#[must_use]
pub fn shared(texts: &[(String, String)]) -> Vec<String> {
    let mut bodies: HashMap<String, (&str, HashSet<String>)> = HashMap::new();
    for (title, body) in texts.iter().filter(|(title, _)| !title.trim().is_empty()) {
        bodies.entry(normal(title).to_lowercase()).or_insert((title, HashSet::new())).1.insert(normal(body));
    }
    let is_name = |count: usize| count >= FEWEST && count * 2 >= texts.len();
    let mut names: Vec<String> =
        bodies.into_values().filter(|(_, bodies)| is_name(bodies.len())).map(|(title, _)| title.to_owned()).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::shared;

    fn texts(titles: &[&str], body: impl Fn(usize) -> String) -> Vec<(String, String)> {
        titles.iter().enumerate().map(|(n, title)| ((*title).to_owned(), body(n))).collect()
    }

    #[test]
    fn a_title_of_many_texts_is_a_name() {
        let own = |n: usize| format!("Le texte {n}.");
        assert_eq!(shared(&texts(&["Lessor", "LESSOR", "Lessor "], own)), ["Lessor"]);
        assert_eq!(shared(&texts(&["Lessor", "Lessor", "Lessor", "Un", "Deux", "Trois"], own)), ["Lessor"]);
        for none in
            [&["Lessor", "Lessor"][..], &["", "", ""], &["Météo", "Météo", "Météo", "Un", "Deux", "Trois", "Quatre"]]
        {
            assert_eq!(shared(&texts(none, own)), [""; 0], "{none:?}");
        }
        assert_eq!(
            shared(&texts(&["Un", "Un", "Un"], |_| "Le même texte.".to_owned())),
            [""; 0],
            "one article, thrice"
        );
    }
}
