//! From what a person types to an FTS5 expression that is sound whatever it was.

/// What is looked for. Made by [`Query::parse`], so that it always holds a word to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query(String);

impl Query {
    /// Reads words, `"a phrase"`, `begin*` and `-without`; any other sign parts words and means nothing.
    ///
    /// Nothing comes back if there is no word to look for: exclusions alone would find the rest of the world.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        for term in Terms(typed) {
            let Some(expression) = term.expression() else { continue };
            if term.without { unwanted.push(expression) } else { wanted.push(expression) }
        }
        if wanted.is_empty() {
            return None;
        }
        let wanted = wanted.join(" AND ");
        let unwanted = unwanted.join(" OR ");
        Some(Self(if unwanted.is_empty() { wanted } else { format!("({wanted}) NOT ({unwanted})") }))
    }

    /// In FTS5's own language.
    #[must_use]
    pub(super) fn expression(&self) -> &str {
        &self.0
    }
}

/// One word or phrase as typed.
struct Term {
    text: String,
    begins: bool,
    without: bool,
}

impl Term {
    /// Quoted, so that no operator is one; nothing if the tokenizer would see no word.
    fn expression(&self) -> Option<String> {
        let text = folded(&self.text);
        let words = text.split(|c: char| !c.is_alphanumeric()).any(|word| !word.is_empty());
        words.then(|| format!("\"{}\"{}", text.replace(['"', '\0'], " "), if self.begins { " *" } else { "" }))
    }
}

/// œ and æ written out, as in the view that the index looks at.
fn folded(text: &str) -> String {
    text.replace('œ', "oe").replace('Œ', "Oe").replace('æ', "ae").replace('Æ', "Ae")
}

/// Quotation marks of any country open a phrase, and any closes it; an odd one is closed by the end.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '“' | '”' | '„' | '‟')
}

/// The hyphen of the keyboard, and the minus sign that a command line can tell from an option.
const MINUS: [char; 2] = ['-', '−'];

/// The terms of what is left.
struct Terms<'a>(&'a str);

impl Iterator for Terms<'_> {
    type Item = Term;

    fn next(&mut self) -> Option<Term> {
        let rest = self.0.trim_start();
        let without = rest.starts_with(MINUS);
        let rest = rest.trim_start_matches(MINUS);
        let first = rest.chars().next()?;
        let (text, rest) = if is_quote(first) {
            let rest = &rest[first.len_utf8()..];
            let end = rest.find(is_quote).unwrap_or(rest.len());
            (&rest[..end], rest[end..].strip_prefix(is_quote).unwrap_or(""))
        } else {
            rest.split_at(rest.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(rest.len()))
        };
        let after = rest.trim_start_matches('*');
        let begins = text.ends_with('*') || after.len() < rest.len();
        self.0 = after;
        Some(Term { text: text.to_owned(), begins, without })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression(typed: &str) -> Option<String> {
        Query::parse(typed).map(|q| q.0)
    }

    #[test]
    fn words_phrases_beginnings_and_exclusions_are_told_apart() {
        assert_eq!(expression("pont maire").unwrap(), "\"pont\" AND \"maire\"");
        assert_eq!(expression("« le pont »  nouv* -vieux").unwrap(), "(\" le pont \" AND \"nouv*\" *) NOT (\"vieux\")");
        assert_eq!(expression("\"le pon\"* -\"a b\" −c").unwrap(), "(\"le pon\" *) NOT (\"a b\" OR \"c\")");
        assert_eq!(expression("cœur Æsop").unwrap(), "\"coeur\" AND \"Aesop\"");
    }

    #[test]
    fn operators_and_odd_quotes_are_words_like_others() {
        assert_eq!(expression("NEAR(a OR b").unwrap(), "\"NEAR(a\" AND \"OR\" AND \"b\"");
        assert_eq!(expression("pont \"le maire").unwrap(), "\"pont\" AND \"le maire\"");
        assert_eq!(expression("a\"b\"c").unwrap(), "\"a\" AND \"b\" AND \"c\"");
        assert_eq!(expression("title:x - y").unwrap(), "\"title:x\" AND \"y\"");
    }

    #[test]
    fn without_a_word_there_is_no_query() {
        for nothing in ["", "  ", "\"", "\"\"", "*", "-", "--", "-pont", "?! «»", "'", "-\"a b\" -c*"] {
            assert_eq!(expression(nothing), None, "{nothing}");
        }
    }
}
