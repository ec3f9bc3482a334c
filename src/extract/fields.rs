//! The plain fields: the first rule whose value can be believed gives the field, the rest is noted.

use jiff::civil::Date;

use super::date::read_date;
use super::dateline;
use super::headline;
use super::sight::{Sight, Value};
use super::text::{fold, head};
use crate::model::article::{PrintedDate, normal};
use crate::model::reading::Proof;
use crate::profile::rules::{Field, Source};

/// A longer text in characters leads into nothing.
const LONGEST_LEAD: usize = 1_500;

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

/// The headline; never the name of the site, and without it.
pub(super) fn title(sight: &Sight<'_>) -> Read<Value> {
    first(
        sight,
        Field::Title,
        |v: &Value| v.text.clone(),
        |values| {
            let own = values.into_iter().find(|v| !sight.called().is(&v.text));
            let own = own.ok_or_else(|| "is the site's name".to_owned())?;
            Ok(Value { text: fold(&headline::bare(sight, &own)), ..own })
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
        match lead.chars().count() {
            0 | 1 => Err("holds no text".to_owned()),
            length if length > LONGEST_LEAD => Err(format!("is too long for a lead: {length} characters")),
            _ => Ok(lead),
        }
    })
}

/// A date, with the line it stands in.
pub(super) fn date(sight: &Sight<'_>, field: Field) -> Read<(PrintedDate, Option<usize>)> {
    let context = dateline::context(sight);
    let believe = |values: Vec<Value>| {
        let mut reason = String::new();
        for value in values {
            match read_date(&value.text, &context) {
                Ok(date) if field == Field::Published && is_visit(sight, &date) => {
                    reason = format!("{} is the day of the capture, which the address contradicts", date.on);
                }
                Ok(date) => return Ok((date, value.line)),
                Err(error) if reason.is_empty() => reason = error.to_string(),
                Err(_) => {}
            }
        }
        Err(reason)
    };
    let mut read = first(sight, field, |(d, _)| shown(d), believe);
    if let Some((date, _)) = &mut read.value
        && let Some(on) = day_there(sight, field, date)
    {
        read.proof.notes.push(format!("{on} is the day that the page prints for it"));
        date.on = on;
    }
    read
}

/// A page that prints the moment of each visit dates nothing by it.
fn is_visit(sight: &Sight<'_>, date: &PrintedDate) -> bool {
    let visit = sight.profile.zone.to_datetime(sight.page.captured_at).date();
    let address = dateline::in_address(&sight.path).and_then(|day| day.parse().ok());
    dateline::days_apart(date.on, visit) <= 1 && address.is_some_and(|day| dateline::days_apart(visit, day) > 7)
}

/// The day at the paper of an instant in UTC, where neither profile nor text knows the zone: the one that the page
/// prints for people or in its address, if that is the day before or after.
fn day_there(sight: &Sight<'_>, field: Field, date: &PrintedDate) -> Option<Date> {
    let unknown = date.at.is_some() && date.zone == "+00" && sight.profile.zone.iana_name() == Some("UTC");
    if !unknown || field != Field::Published {
        return None;
    }
    let context = dateline::context(sight);
    let printed = dateline::around(sight).iter().find_map(|v| read_date(&v.text, &context).ok());
    let printed = printed.filter(|p| p.absolute).map(|p| p.on);
    let address = dateline::in_address(&sight.path).and_then(|day| day.parse().ok());
    if address == Some(date.on) {
        return None;
    }
    // West of Greenwich no paper is more than ten hours behind it; the earlier day ends there at ten in the morning.
    let hour = sight.profile.zone.to_datetime(date.at?).hour();
    let there = |on: &Date| dateline::days_apart(*on, date.on) == 1 && (*on < date.on) == (hour < 10);
    printed.or(address).filter(there)
}

fn shown(date: &PrintedDate) -> String {
    match date.at {
        Some(at) => format!("{at} ({})", date.text),
        None => format!("{} ({})", date.on, date.text),
    }
}

/// What speaks against the date of publication that was taken: its own weekday, or another source that is more than a
/// day away.
pub(super) fn conflict(sight: &Sight<'_>, taken: &PrintedDate) -> Option<String> {
    const DAY: i64 = 86_400;
    if let Some(doubt) = &taken.doubt {
        return Some(doubt.clone());
    }
    let context = dateline::context(sight);
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
        // Behind a label stand other articles' dates too; these are the page's own.
        let instant = matches!(rule.source, Source::JsonLd { .. } | Source::Microdata { .. } | Source::Meta(_));
        let day = matches!(rule.source, Source::Around | Source::Address);
        if (instant || day)
            && let Some(value) = sight.values(rule).first()
            && let Ok(other) = read_date(&value.text, &context)
            && noon(&other).is_some_and(far)
            && (instant || dateline::days_apart(other.on, taken.on) > 1)
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
