//! The plain fields: the first rule whose value can be believed gives the field, the rest is noted.

use super::date::{Context, read_date};
use super::sight::{Sight, Value};
use super::text::head;
use crate::model::article::{PrintedDate, normal};
use crate::model::reading::Proof;
use crate::profile::rules::Field;

/// A field read: its values and their proof.
pub(super) struct Read<T> {
    pub(super) value: Option<T>,
    pub(super) proof: Proof,
}

/// Tries the rules of a field in order until `believe` makes something of what one finds.
pub(super) fn first<T>(
    sight: &Sight<'_>,
    field: Field,
    shown: impl Fn(&T) -> String,
    believe: impl Fn(Vec<Value>) -> Result<T, String>,
) -> Read<T> {
    let mut notes = Vec::new();
    for rule in sight.rules.of(field) {
        let values = sight.values(rule);
        if values.is_empty() {
            continue;
        }
        match believe(values) {
            Ok(value) => {
                let said = Some(head(&shown(&value), 120));
                let proof = Proof { field: field.word().into(), rule: Some(rule.name.clone()), value: said, notes };
                return Read { value: Some(value), proof };
            }
            Err(reason) => notes.push(format!("{}: {reason}", rule.name)),
        }
    }
    Read { value: None, proof: Proof { field: field.word().into(), rule: None, value: None, notes } }
}

/// The headline; never the name of the site.
pub(super) fn title(sight: &Sight<'_>) -> Read<Value> {
    let site = normal(&sight.profile.name).to_lowercase();
    let names = sight.structured.meta("og:site_name");
    first(
        sight,
        Field::Title,
        |v: &Value| v.text.clone(),
        |values| {
            let own = |v: &Value| {
                let text = normal(&v.text).to_lowercase();
                text != site && !names.iter().any(|n| normal(n).to_lowercase() == text)
            };
            values.into_iter().find(own).ok_or_else(|| "is the site's name".to_owned())
        },
    )
}

/// The lead: everything its rule finds, joined.
pub(super) fn lead(sight: &Sight<'_>) -> Read<String> {
    let title = sight.title.get().map(|(t, _)| normal(t)).unwrap_or_default();
    first(sight, Field::Lead, Clone::clone, |values| {
        let is_text = |v: &Value| {
            let line = v.line.map(|at| &sight.flow.lines[at]);
            let menu = line.is_some_and(|l| l.linked() > 80 || l.caption);
            let name = v.text.starts_with("Par ") && v.text.chars().count() < 80;
            !menu && !name && normal(&v.text) != title
        };
        let texts: Vec<String> = values.into_iter().filter(is_text).map(|v| v.text).collect();
        let lead = texts.join(" ");
        if lead.chars().count() < 2 { Err("holds no text".to_owned()) } else { Ok(lead) }
    })
}

/// A date, with the line it stands in.
pub(super) fn date(sight: &Sight<'_>, field: Field) -> Read<(PrintedDate, Option<usize>)> {
    let context = context(sight);
    first(
        sight,
        field,
        |(d, _)| shown(d),
        |values| {
            let mut reason = String::new();
            for value in values {
                match read_date(&value.text, &context) {
                    Ok(date) => return Ok((date, value.line)),
                    Err(error) if reason.is_empty() => reason = error.to_string(),
                    Err(_) => {}
                }
            }
            Err(reason)
        },
    )
}

fn context<'s>(sight: &'s Sight<'_>) -> Context<'s> {
    let profile = sight.profile;
    Context { zone: &profile.zone, language: &profile.language, captured_at: sight.page.captured_at }
}

fn shown(date: &PrintedDate) -> String {
    match date.at {
        Some(at) => format!("{at} ({})", date.text),
        None => format!("{} ({})", date.on, date.text),
    }
}

/// Which other source of the publication is more than a day away from the one taken, if any.
pub(super) fn conflict(sight: &Sight<'_>, taken: &PrintedDate) -> Option<String> {
    const DAY: i64 = 86_400;
    let context = context(sight);
    let noon = |date: &PrintedDate| {
        let civil = date.on.at(12, 0, 0, 0);
        date.at.or_else(|| sight.profile.zone.to_timestamp(civil).ok())
    };
    let own = noon(taken)?;
    let far = |other: jiff::Timestamp| (other.as_second() - own.as_second()).abs() > DAY;
    if let Some(created) = sight.profile.article.created_at(&sight.path, &sight.profile.zone).filter(|c| far(*c)) {
        return Some(format!("the URL tells {created}, the page {}", shown(taken)));
    }
    for rule in sight.rules.of(Field::Published) {
        // Behind a label stand other articles' dates too; a machine's date is the page's own.
        if matches!(rule.source, crate::profile::rules::Source::JsonLd { .. } | crate::profile::rules::Source::Meta(_))
            && let Some(value) = sight.values(rule).first()
            && let Ok(other) = read_date(&value.text, &context)
            && noon(&other).is_some_and(far)
        {
            return Some(format!("{} tells {}, the rule taken {}", rule.name, shown(&other), shown(taken)));
        }
    }
    None
}

/// Tags: as printed, each once.
pub(super) fn tags(sight: &Sight<'_>) -> Read<Vec<String>> {
    first(
        sight,
        Field::Tags,
        |t: &Vec<String>| t.join(", "),
        |values| {
            let mut out: Vec<String> = Vec::new();
            let single = values.len() == 1;
            for value in &values {
                let cut = |c: char| single && (c == ',' || c == ';');
                for tag in value.text.split(cut).map(str::trim).filter(|t| !t.is_empty() && t.chars().count() <= 80) {
                    if !out.iter().any(|known| known == tag) {
                        out.push(tag.to_owned());
                    }
                }
            }
            if out.is_empty() { Err("holds no tag".into()) } else { Ok(out) }
        },
    )
}

/// The first value that is short enough to be what it should be.
pub(super) fn word(sight: &Sight<'_>, field: Field, most: usize) -> Read<String> {
    first(sight, field, Clone::clone, |values| {
        let fits = |v: &Value| v.text.chars().count() <= most;
        values.into_iter().find(fits).map(|v| v.text).ok_or_else(|| format!("longer than {most} characters"))
    })
}
