//! Names: of the account or byline, under the text, and of the office or agency it comes from.

use std::sync::LazyLock;

use regex::Regex;

use super::sight::Sight;
use super::text::head;
use crate::model::article::{Author, AuthorRole, normal};
use crate::model::reading::Proof;
use crate::profile::rules::{Field, Source};

/// A longer text is no name.
const LONGEST: usize = 160;
/// Lines at the end of the body that may be names.
const TAIL: usize = 4;

/// Names, and what is proven of each field.
pub(super) struct Names {
    pub(super) authors: Vec<Author>,
    pub(super) proofs: Vec<Proof>,
}

const FIELDS: [(Field, AuthorRole); 3] = [
    (Field::Byline, AuthorRole::Byline),
    (Field::Signature, AuthorRole::Signature),
    (Field::Credit, AuthorRole::Credit),
];

/// Reads the names; takes those that stand at the body's end out of `body`.
pub(super) fn read(sight: &Sight<'_>, body: &mut Vec<(usize, String)>) -> Names {
    let mut tail = tail(sight, body);
    tail.reverse();
    let mut names = Names { authors: Vec::new(), proofs: Vec::new() };
    for (field, role) in FIELDS {
        let mut notes = Vec::new();
        let (mut rule_name, mut found) = (None, Vec::new());
        for rule in sight.rules.of(field) {
            let texts: Vec<String> = if matches!(rule.source, Source::Tail) {
                tail.iter().filter(|(name, _)| *name == rule.name).map(|(_, text)| text.clone()).collect()
            } else {
                sight.values(rule).into_iter().map(|v| v.text).collect()
            };
            found = texts.iter().flat_map(|text| parts(text, sight, role)).collect::<Vec<String>>();
            if !found.is_empty() {
                rule_name = Some(rule.name.clone());
                break;
            }
            if !texts.is_empty() {
                notes.push(format!("{}: `{}` is no name", rule.name, head(&texts[0], 40)));
            }
        }
        let mut own: Vec<Author> = Vec::new();
        for name in found {
            if !own.iter().any(|a| normal(&a.name) == normal(&name)) {
                own.push(Author { name, role });
            }
        }
        if !sight.rules.of(field).is_empty() {
            let value = own.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
            let value = Some(head(&value, 120)).filter(|v| !v.is_empty());
            names.proofs.push(Proof { field: field.word().to_owned(), rule: rule_name, value, notes });
        }
        names.authors.extend(own);
    }
    names
}

/// The body's last lines that match a rule for the tail of any of the three fields: (rule, text), last first.
fn tail(sight: &Sight<'_>, body: &mut Vec<(usize, String)>) -> Vec<(String, String)> {
    let rules: Vec<_> = FIELDS.iter().flat_map(|(f, _)| sight.rules.of(*f)).collect();
    let mut out = Vec::new();
    while out.len() < TAIL && body.len() > 1 {
        let Some((_, text)) = body.last() else { break };
        let cut = rules.iter().filter(|r| matches!(r.source, Source::Tail)).find_map(|rule| {
            let captures = rule.text.as_ref()?.captures(text)?;
            let part = captures.iter().skip(1).flatten().next().or_else(|| captures.get(0))?;
            Some((rule.name.clone(), part.as_str().trim().to_owned()))
        });
        let Some(found) = cut else { break };
        out.push(found);
        body.pop();
    }
    out
}

/// The names in one printed text.
fn parts(text: &str, sight: &Sight<'_>, role: AuthorRole) -> Vec<String> {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        let words = concat!(
            r"(?:propos\s+)?recueillis?\s+par|(?:texte|article|reportage|enquête|interview|écrit|rédigé|réalisée?|publié)s?\s+",
            r"(?:de|par|:)|par|by|von|por|door|di|de\s+nos\s+correspondants?|authors?\s*:|auteurs?\s*:"
        );
        Regex::new(&format!(r"(?i)^\s*(?:{words})\s*:?\s+")).expect("a pattern of our own")
    });
    static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\s*(?:,|;|\||\n|\s+(?:et|and|und|y|e|en)\s+|\s+&\s+)\s*").expect("a pattern of our own")
    });
    let bare = BEFORE.replace(text, "");
    // An office's name is one name, commas and all; "Le Figaro et AFP" is how the paper signs.
    let agencies = ["AFP", "Reuters", "APA", "AMAP", "AP", "dpa"];
    let shared = agencies.iter().any(|a| bare.ends_with(&format!(" et {a}")) || bare.ends_with(&format!(" avec {a}")));
    let pieces: Vec<String> = if role == AuthorRole::Credit || shared {
        vec![bare.into_owned()]
    } else {
        BETWEEN.split(&bare).map(str::to_owned).collect()
    };
    let cleaned = pieces.into_iter().map(|p| p.trim().trim_end_matches(['.', ',', ':']).trim().to_owned());
    cleaned.filter(|name| is_name(name, sight)).collect()
}

/// Neither an address, nor the site itself, nor prose.
fn is_name(name: &str, sight: &Sight<'_>) -> bool {
    let plain = normal(name).to_lowercase();
    let site = normal(&sight.profile.name).to_lowercase();
    let host = sight.profile.canon.hosts.iter().any(|h| *h == plain || h.strip_prefix("www.") == Some(&plain));
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let address = name.contains("://") || name.starts_with('@') || plain.starts_with("www.");
    letters >= 2 && name.chars().count() <= LONGEST && plain != site && !host && !address
}
