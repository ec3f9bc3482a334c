//! The fields of one article put together.

use super::fields::{self, first, many, plain, printed_date, prove, title, unproven};
use super::related::{self, RelatedBlocks};
use super::sight::Sight;
use super::{body, outcome};
use crate::model::article::{Attributes, Author, AuthorRole, Block, Image, PrintedDate, Text, normal};
use crate::model::link::{RelatedKind, RelatedLink};
use crate::model::reading::{ArticleReading, Proof};
use crate::profile::rules::{Field, Rule, Source};

/// Reads every field of a page.
pub(super) fn read(sight: &Sight<'_>) -> ArticleReading {
    let mut proofs = Vec::new();
    let mut keep = |proof: Proof| proofs.push(proof);
    let (headline, proof) = title(sight);
    keep(proof);
    if let Some(found) = &headline {
        // Marks that name the headline look for it here.
        sight.title.get_or_init(|| found.clone());
    }
    let (published, proof) = printed_date(sight, Field::Published);
    keep(proof);
    if let Some(line) = published.as_ref().and_then(|(_, line)| *line) {
        sight.published.get_or_init(|| line);
    }
    let (modified, proof) = printed_date(sight, Field::Modified);
    keep(proof);
    let (lead, proof) = plain(sight, Field::Lead);
    keep(proof);
    let (bylines, proof) = bylines(sight);
    keep(proof);
    let mut related = related::find(sight);
    let mut not_body: Vec<String> = headline.iter().map(|(t, _)| normal(t)).collect();
    not_body.extend(lead.iter().map(|(l, _)| normal(l)));
    let (mut lines, rule) = body::find(sight, &related, &not_body).unwrap_or_default();
    let mut authors: Vec<Author> = bylines.into_iter().map(|name| Author { name, role: AuthorRole::Byline }).collect();
    for (field, role) in [
        (Field::Byline, AuthorRole::Byline),
        (Field::Credit, AuthorRole::Credit),
        (Field::Signature, AuthorRole::Signature),
        (Field::Credit, AuthorRole::Credit),
    ] {
        authors.extend(from_tail(sight, &mut lines, field, role, &mut keep));
    }
    place(&mut related, &lines);
    let mut proof = unproven("body");
    if let Some((_, first)) = lines.first() {
        prove(&mut proof, &rule, &first.text);
        proof.notes.push(format!("{} blocks", lines.len()));
    }
    keep(proof);
    let blocks: Vec<Block> = lines.into_iter().map(|(_, block)| block).collect();
    let day = published.as_ref().map(|(date, _)| date).filter(|d| d.absolute).map(|d| d.on);
    let text = Text {
        title: headline.map(|(title, _)| title).unwrap_or_default(),
        lead: lead.map(|(lead, _)| lead).filter(|l| !l.trim_matches(['-', '.', ' ']).is_empty()),
        body: blocks,
        authors,
        published_on: day,
    };
    let published = published.map(|(date, _)| date);
    let related: Vec<RelatedLink> = related.links.into_iter().map(|(link, _)| link).collect();
    let attributes = attributes(sight, published, modified.map(|(date, _)| date), related, &mut keep);
    let (outcome, reason) = outcome::of(sight, &text);
    ArticleReading { outcome, reason, text, attributes, proofs }
}

/// A name as an author may have it: no site, no address, no "Par".
fn author_name(sight: &Sight<'_>, said: &str) -> Option<String> {
    let name = said.trim().trim_end_matches(['.', ',']);
    let name = [
        "Par ",
        "par ",
        "PAR ",
        "By ",
        "by ",
        "Von ",
        "von ",
        "Por ",
        "por ",
        "Propos recueillis par ",
        "Recueilli par ",
    ]
    .iter()
    .find_map(|lead| name.strip_prefix(lead))
    .unwrap_or(name)
    .trim();
    let own = normal(name).eq_ignore_ascii_case(&normal(&sight.profile.name));
    let address = name.contains("://") || name.starts_with("www.") || name.starts_with('@');
    (!own && !address && name.chars().any(char::is_alphabetic) && name.chars().count() < 120).then(|| name.to_owned())
}

fn bylines(sight: &Sight<'_>) -> (Vec<String>, Proof) {
    let mut proof = unproven(Field::Byline.word());
    for rule in sight.rules.of(Field::Byline) {
        let mut names: Vec<String> = Vec::new();
        for value in sight.values(rule) {
            match author_name(sight, &value.text) {
                Some(name) if !names.contains(&name) => names.push(name),
                Some(_) => {}
                None => proof.notes.push(format!("{}: `{}` is no author", rule.name, value.text)),
            }
        }
        if !names.is_empty() {
            prove(&mut proof, &rule.name, &names.join(", "));
            return (names, proof);
        }
    }
    (Vec::new(), proof)
}

/// Takes the last lines of the body while a `tail` rule of the field matches them.
fn from_tail(
    sight: &Sight<'_>,
    lines: &mut body::Lines,
    field: Field,
    role: AuthorRole,
    keep: &mut impl FnMut(Proof),
) -> Vec<Author> {
    let is_tail = |rule: &&Rule| matches!(rule.source, Source::Tail);
    let mut out = Vec::new();
    while let Some((_, last)) = lines.last() {
        // A body's only line is the body.
        if lines.len() < 2 {
            break;
        }
        let text = last.text.clone();
        let found = sight.rules.of(field).iter().filter(is_tail).find_map(|rule| {
            let captures = rule.text.as_ref()?.captures(&text)?;
            let part = captures.iter().skip(1).flatten().next().or_else(|| captures.get(0))?;
            Some((rule.name.clone(), part.as_str().trim().to_owned()))
        });
        let Some((rule, name)) = found else { break };
        lines.pop();
        let mut proof = unproven(field.word());
        prove(&mut proof, &rule, &name);
        keep(proof);
        out.insert(0, Author { name, role });
    }
    out
}

/// A related link that no body line follows stands at the end.
fn place(related: &mut RelatedBlocks, lines: &body::Lines) {
    let last = lines.iter().rev().find_map(|(at, _)| *at).unwrap_or(0);
    for (link, at) in &mut related.links {
        if link.kind == RelatedKind::Inline && *at > last {
            link.kind = RelatedKind::End;
        }
    }
}

fn attributes(
    sight: &Sight<'_>,
    published: Option<PrintedDate>,
    modified: Option<PrintedDate>,
    related: Vec<RelatedLink>,
    keep: &mut impl FnMut(Proof),
) -> Attributes {
    let (section, proof) = plain(sight, Field::Section);
    keep(proof);
    let (tags, proof) = many(sight, Field::Tags, true);
    keep(proof);
    let (language, proof) = plain(sight, Field::Language);
    keep(proof);
    let (canonical, proof) = first(sight, Field::Canonical, |v| sight.absolute(&v.text).ok_or("no address".to_owned()));
    keep(proof);
    let (images, proof) = fields::many(sight, Field::Images, false);
    keep(proof);
    let url_created_at = sight.profile.article.created_at(&sight.path, &sight.profile.zone);
    let date_conflict = conflict(sight, published.as_ref(), url_created_at);
    let image = |src: String| Some(Image { url: sight.absolute(&src)?.into(), alt: None, caption: None, credit: None });
    Attributes {
        published,
        modified,
        url_created_at,
        date_conflict,
        section: section.map(|(s, _)| s),
        tags,
        language: language.map(|(l, _)| l).or_else(|| Some(sight.profile.language.clone())),
        images: images.into_iter().filter_map(image).collect(),
        canonical: canonical.map(|(url, _)| url.into()),
        related,
    }
}

/// Says where page and URL disagree by more than a day about the publication.
fn conflict(sight: &Sight<'_>, published: Option<&PrintedDate>, created: Option<jiff::Timestamp>) -> Option<String> {
    let (published, created) = (published?, created?);
    let created_on = sight.profile.zone.to_datetime(created).date();
    let days = created_on.until(published.on).ok()?.get_days().abs();
    (days > 1).then(|| format!("printed {}, created {created_on} by the URL", published.on))
}
