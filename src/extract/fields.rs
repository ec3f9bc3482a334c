//! Fields that are one value: the first rule whose value can be taken wins, and is named.

use super::date::{self, read_date};
use super::sight::{Sight, Value};
use super::text::{fold, head};
use crate::model::article::{PrintedDate, normal};
use crate::model::reading::Proof;
use crate::profile::rules::Field;

/// Values are shown to people up to here.
const SHOWN: usize = 90;

/// A field's proof, without a value yet.
pub(super) fn unproven(field: &str) -> Proof {
    Proof { field: field.to_owned(), rule: None, value: None, notes: Vec::new() }
}

/// Names the rule that gave a value.
pub(super) fn prove(proof: &mut Proof, rule: &str, value: &str) {
    proof.rule = Some(rule.to_owned());
    proof.value = Some(head(value, SHOWN));
}

/// The first value of the field's rules that `take` accepts.
pub(super) fn first<T>(
    sight: &Sight<'_>,
    field: Field,
    mut take: impl FnMut(&Value) -> Result<T, String>,
) -> (Option<(T, Value)>, Proof) {
    let mut proof = unproven(field.word());
    for rule in sight.rules.of(field) {
        for value in sight.values(rule) {
            match take(&value) {
                Ok(taken) => {
                    prove(&mut proof, &rule.name, &value.text);
                    return (Some((taken, value)), proof);
                }
                Err(why) => proof.notes.push(format!("{}: {why}", rule.name)),
            }
        }
    }
    (None, proof)
}

/// The headline; the site's own name is none.
pub(super) fn title(sight: &Sight<'_>) -> (Option<(String, Option<usize>)>, Proof) {
    let site = normal(&sight.profile.name).to_lowercase();
    let (found, proof) = first(sight, Field::Title, |value| {
        let said = normal(&value.text).to_lowercase();
        if said == site || said.is_empty() { Err(format!("`{}` is the site's name", value.text)) } else { Ok(()) }
    });
    let found = found.map(|((), value)| {
        let line = value.line.or_else(|| sight.find(&value.text));
        (fold(&value.text), line)
    });
    (found, proof)
}

/// A printed date, by the first value that is wholly understood as one.
pub(super) fn printed_date(sight: &Sight<'_>, field: Field) -> (Option<(PrintedDate, Option<usize>)>, Proof) {
    let context = date::Context {
        zone: &sight.profile.zone,
        language: &sight.profile.language,
        captured_at: sight.page.captured_at,
    };
    let (found, proof) = first(sight, field, |value| read_date(&value.text, &context).map_err(|e| e.to_string()));
    (found.map(|(date, value)| (date, value.line)), proof)
}

/// A plain text field.
pub(super) fn plain(sight: &Sight<'_>, field: Field) -> (Option<(String, Option<usize>)>, Proof) {
    let (found, proof) = first(sight, field, |_| Ok(()));
    (found.map(|((), value)| (value.text, value.line)), proof)
}

/// Every value of the first rule that gives any; commas part the words of one value.
pub(super) fn many(sight: &Sight<'_>, field: Field, parted: bool) -> (Vec<String>, Proof) {
    let mut proof = unproven(field.word());
    for rule in sight.rules.of(field) {
        let mut out: Vec<String> = Vec::new();
        for value in sight.values(rule) {
            let parts: Vec<&str> = if parted { value.text.split([',', ';']).collect() } else { vec![&value.text] };
            for part in parts.into_iter().map(fold).filter(|p| !p.is_empty()) {
                if !out.contains(&part) {
                    out.push(part);
                }
            }
        }
        if !out.is_empty() {
            prove(&mut proof, &rule.name, &out.join(", "));
            return (out, proof);
        }
    }
    (Vec::new(), proof)
}
