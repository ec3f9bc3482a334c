//! Names: of the account or byline, under the text, and of the office or agency it comes from.

mod names;

use std::collections::HashSet;

use names::House;

use super::sight::Sight;
use super::signed;
use super::text::head;
use crate::model::article::{Author, AuthorRole, normal};
use crate::model::reading::Proof;
use crate::profile::rules::{Field, Rule, Source};

/// Lines at the end of the body that may be names.
const TAIL: usize = 4;

/// A longer text tells of somebody, and names nobody in particular; characters.
const LONGEST: usize = 400;

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
    let house = house(sight);
    let mut tail = tail(sight, body);
    tail.reverse();
    let mut names = Names { authors: Vec::new(), proofs: Vec::new() };
    for (field, role) in FIELDS {
        let mut notes = Vec::new();
        let (mut rule_name, mut found) = (None, Vec::new());
        for rule in sight.rules.of(field) {
            // What any rule of the field took out of the body is named, or it would be nowhere.
            let taken = || tail.iter().filter(|taken| taken.field == field);
            let name = taken().next().filter(|_| matches!(rule.source, Source::Tail)).map_or(&rule.name, |t| &t.rule);
            let texts: Vec<String> = if matches!(rule.source, Source::Tail) {
                taken().map(|taken| taken.text.clone()).collect()
            } else {
                sight.values(rule).into_iter().map(|v| v.text).filter(|text| text.chars().count() <= LONGEST).collect()
            };
            let whole = role == AuthorRole::Credit;
            let bare = |text: &String| if whole { text.clone() } else { signed::without_day(sight, text) };
            found = texts.iter().map(bare).flat_map(|text| names::names(&text, &house, whole)).collect::<Vec<String>>();
            if !found.is_empty() {
                rule_name = Some(name.clone());
                break;
            }
            if !texts.is_empty() {
                notes.push(format!("{}: `{}` is no name", rule.name, head(&texts[0], 40)));
            }
        }
        let mut seen = HashSet::new();
        found.retain(|name| seen.insert(normal(name).to_lowercase()));
        let own: Vec<Author> = found.into_iter().map(|name| Author { name, role }).collect();
        if !sight.rules.of(field).is_empty() {
            let value = own.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
            let value = Some(head(&value, 120)).filter(|v| !v.is_empty());
            names.proofs.push(Proof { field: field.word().to_owned(), rule: rule_name, value, notes });
        }
        names.authors.extend(own);
    }
    names
}

/// The names in a printed byline.
pub(super) fn in_text(sight: &Sight<'_>, text: &str) -> Vec<String> {
    names::names(text, &house(sight), false)
}

fn house<'p>(sight: &'p Sight<'_>) -> House<'p> {
    let path = ["publisher".to_owned(), "name".to_owned()];
    let said = sight.structured.meta("og:site_name").into_iter().chain(sight.structured.values(&path, &[]));
    House {
        names: said
            .chain(sight.page.names.iter().cloned())
            .chain([sight.profile.name.clone()])
            .map(|name| normal(&name).to_lowercase())
            .collect(),
        hosts: &sight.profile.canon.hosts,
        language: &sight.profile.language,
        signs: sight.rules.house_byline,
    }
}

/// A name in a last line of the body.
struct Taken {
    field: Field,
    rule: String,
    text: String,
}

/// What the rules for the tail of any of the three fields take out of the body's last lines, last first.
fn tail(sight: &Sight<'_>, body: &mut Vec<(usize, String)>) -> Vec<Taken> {
    let by = |field: Field, rule: &Rule, text: &str| {
        let captures = rule.text.as_ref().filter(|_| matches!(rule.source, Source::Tail))?.captures(text)?;
        let part = captures.iter().skip(1).flatten().next().or_else(|| captures.get(0))?;
        Some(Taken { field, rule: rule.name.clone(), text: part.as_str().trim().to_owned() })
    };
    let mut out = Vec::new();
    for _ in 0..TAIL {
        let Some((_, text)) = body.last().filter(|_| body.len() > 1) else { break };
        // One line may tell two fields: "AK/MD (AMAP)".
        let found: Vec<_> = FIELDS
            .iter()
            .filter_map(|(field, _)| sight.rules.of(*field).iter().find_map(|rule| by(*field, rule, text)))
            .collect();
        if found.is_empty() {
            break;
        }
        out.extend(found);
        body.pop();
    }
    out
}
