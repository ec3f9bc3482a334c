//! What addresses have in common: the pattern that a trap repeats.

use url::Url;

use super::PageUrl;

/// Parameters of a query that a pattern names.
const NAMES: usize = 6;

/// Segments of a path that a pattern tells apart.
const SEGMENTS: usize = 5;

impl PageUrl {
    /// The pattern of this address. Digits are `#`; words of the first segment stay, of the others they are `*`; what goes
    /// deeper than five segments is `**`; of a query only the names are left.
    ///
    /// ```
    /// use griot::model::url::PageUrl;
    /// let shape = |key: &str| PageUrl::kept(key.into()).shape();
    /// assert_eq!(shape("journal.example/agenda/2031/05"), "/agenda/#/#");
    /// assert_eq!(shape("journal.example/posts/le-pont-est-ouvert-694a5b2f0a1b2?page=3"), "/posts/*?page");
    /// ```
    #[must_use]
    pub fn shape(&self) -> String {
        let mut shape = String::new();
        for (place, segment) in self.path().split('/').skip(1).enumerate() {
            shape.push('/');
            if place == SEGMENTS {
                shape.push_str("**");
                break;
            }
            shape.push_str(&in_general(segment, place == 0));
        }
        let names = self.path_and_query().split_once('?').map_or("", |(_, query)| query);
        for (place, parameter) in names.split('&').filter(|p| !p.is_empty()).enumerate() {
            shape.push(if place == 0 { '?' } else { '&' });
            if place == NAMES {
                shape.push_str("**");
                break;
            }
            shape.push_str(&in_general(parameter.split('=').next().unwrap_or_default(), true));
        }
        shape
    }
}

/// Does the path end as those of stories do: in a name as long as a headline, or numbered?
pub(crate) fn is_named_as_story(url: &Url) -> bool {
    let name = url.path().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    name.bytes().filter(u8::is_ascii_digit).count() >= 5 || name.matches(['-', '_']).count() >= 4
}

/// A word as it is, if it is one word and `named`; digits as `#`; anything else as `*`.
fn in_general(segment: &str, named: bool) -> String {
    if segment.is_empty() {
        return String::new();
    }
    if segment.bytes().all(|b| b.is_ascii_digit()) {
        return "#".into();
    }
    let digits = segment.bytes().filter(u8::is_ascii_digit).count();
    let joined = segment.bytes().filter(|b| matches!(b, b'-' | b'_' | b'%' | b'+')).count();
    // Letters and digits mixed are an identifier, words joined are a headline.
    let mixed = digits > 0 && segment.len() >= 12;
    if !named || mixed || joined >= 3 || segment.len() > 32 {
        return "*".into();
    }
    let mut out = String::new();
    for c in segment.chars() {
        match (c.is_ascii_digit(), out.ends_with('#')) {
            (true, true) => {}
            (true, false) => out.push('#'),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trap_has_one_pattern_and_an_article_another() {
        let shape = |path: &str| PageUrl::kept(format!("journal.example{path}")).shape();
        for (one, other) in [
            ("/agenda/2031/05/06", "/agenda/1987/12/24"),
            ("/posts?tri=a&page=2", "/posts?tri=b&page=977"),
            ("/a/b/c/d/e/f", "/a/x/y/z/e/f/g/h/i"),
            ("/S5f0c1d2e3f4a5b6c7/une", "/S0a1b2c3d4e5f6a7b8/deux"),
            ("/un-titre-qui-change-1", "/et-un-autre-titre-encore-2"),
        ] {
            assert_eq!(shape(one), shape(other));
        }
        for (one, other) in
            [("/agenda/2031/05", "/posts/2031/05"), ("/posts/a", "/posts/a?page=1"), ("/posts/a", "/posts/a/b")]
        {
            assert_ne!(shape(one), shape(other));
        }
    }

    #[test]
    fn a_pattern_is_short_whatever_the_address() {
        let key = format!("journal.example/{}?{}", "a-b-c-d/".repeat(300), "x=1&".repeat(300));
        assert!(PageUrl::kept(key).shape().len() < 64);
    }
}
