//! Which lines of the page are the article's text, and what kind each is.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::pattern::pattern;
use regex::Regex;

use super::flow::{Line, LineKind};
use super::heuristic;
use super::sight::Sight;
use super::text::ends_sentence;
use super::{date, dateline};
use crate::model::article::{Block, BlockKind, normal};
use crate::profile::rules::{Field, Rule, Source};

/// A body shorter than this in characters gives the next rule its turn.
const SHORT: usize = 140;
/// Longer lines in characters tell more than name and day.
const DATELINE: usize = 200;
/// Lines of a body among which the day may stand.
const DAY_WITHIN: usize = 3;

/// The lines that a body rule chose.
pub(super) struct Chosen {
    pub(super) rule: Option<String>,
    pub(super) lines: Vec<usize>,
    /// Text that stands in no line of the page: JSON-LD's `articleBody`.
    pub(super) loose: Vec<String>,
    pub(super) notes: Vec<String>,
}

/// Chooses the body's lines: by the first rule that finds enough, else by the one that finds most.
pub(super) fn choose(sight: &Sight<'_>) -> Chosen {
    let mut best = Chosen { rule: None, lines: Vec::new(), loose: Vec::new(), notes: Vec::new() };
    let mut most = 0;
    let mut notes = Vec::new();
    for rule in sight.rules.of(Field::Body) {
        let (lines, loose) = lines_of(sight, rule);
        let size: usize = lines.iter().map(|at| sight.flow.lines[*at].text.chars().count()).sum::<usize>()
            + loose.iter().map(|t| t.chars().count()).sum::<usize>();
        if size > most {
            most = size;
            best = Chosen { rule: Some(rule.name.clone()), lines, loose, notes: Vec::new() };
        }
        if size >= SHORT {
            break;
        }
        notes.push(format!("{}: {size} characters", rule.name));
    }
    best.notes = notes;
    best
}

/// The lines that one rule chooses, and text of its that stands in no line.
pub(super) fn lines_of(sight: &Sight<'_>, rule: &Rule) -> (Vec<usize>, Vec<String>) {
    let mut chosen = BTreeSet::new();
    match &rule.source {
        Source::Css { pick, attr: None, itself: false } => {
            let picked = sight.picked(pick).into_iter();
            let (skip, take) = rule.nth.map_or((0, usize::MAX), |nth| (nth, 1));
            for element in picked.skip(skip).take(take) {
                chosen.extend(sight.flow.inside(element.id()));
            }
        }
        Source::Between { after, before } => chosen.extend(sight.between(after, before)),
        Source::Densest => chosen.extend(heuristic::lines(sight)),
        _ => {
            let values = sight.values(rule).into_iter();
            let text: Vec<String> =
                values.flat_map(|v| v.text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
            return (Vec::new(), text);
        }
    }
    let lines = &sight.flow.lines;
    let first = chosen.first().copied().unwrap_or_default();
    let ends = sight.rules.ends.iter().filter_map(|mark| sight.mark(mark, first));
    let end = ends.min().unwrap_or(usize::MAX);
    let kept = chosen.into_iter().filter(|at| *at < end);
    let kept = kept.filter(|at| rule.text.as_ref().is_none_or(|t| t.is_match(&lines[*at].text)));
    (behind_title(sight, kept.collect()), Vec::new())
}

/// What stands before the headline is no part of the body that holds both.
fn behind_title(sight: &Sight<'_>, lines: Vec<usize>) -> Vec<usize> {
    let title = sight.title.get().and_then(|(_, at)| *at);
    match title.filter(|at| lines.contains(at)) {
        Some(title) => lines.into_iter().filter(|at| *at > title).collect(),
        None => lines,
    }
}

/// Takes out of the chosen lines what is no text of the article: captions, repeated titles and leads, datelines,
/// names, share bars, notices, headings over nothing.
pub(super) fn clean(sight: &Sight<'_>, chosen: &[usize], lead: Option<&str>, captions: &BTreeSet<usize>) -> Vec<usize> {
    let lines = &sight.flow.lines;
    let title = sight.title.get().map(|(t, _)| normal(t)).unwrap_or_default();
    let lead = lead.map(normal).unwrap_or_default();
    // What a text loses when it is made normal is white space and signs, and those are few.
    let longest = 2 * title.len().max(lead.len()) + DATELINE;
    let published = sight.published.get().copied();
    let context = dateline::context(sight);
    let mut kept: Vec<usize> = Vec::with_capacity(chosen.len());
    for at in chosen.iter().copied() {
        let line = &lines[at];
        let repeated = line.text.len() <= longest && {
            let same = normal(&line.text);
            same == title || (!lead.is_empty() && same == lead)
        };
        let heading_one = line.kind == LineKind::Heading(1);
        let dateline = published == Some(at) && line.text.chars().count() < 120;
        // A day that another place told stands here once more.
        let told = line.kind == LineKind::Paragraph || line.kind == LineKind::Item;
        let dateline = dateline || told && kept.len() < DAY_WITHIN && is_dateline(&line.text, &context);
        let dropped = sight.rules.drop_text.iter().any(|d| d.is_match(&line.text));
        if !(repeated || heading_one || dateline || dropped || captions.contains(&at) || is_boilerplate(line)) {
            kept.push(at);
        }
    }
    while kept.last().is_some_and(|at| matches!(lines[*at].kind, LineKind::Heading(_))) {
        kept.pop();
    }
    kept
}

/// Is the line a day alone, or one among pieces that signs part: "Le Matin | 4 mai 2015 à 13h36 | Par Awa Diarra"?
fn is_dateline(text: &str, context: &date::Context<'_>) -> bool {
    let in_pieces = || text.contains(['|', '•', '·']) && !ends_sentence(text) && text.chars().count() < DATELINE;
    date::is_bare(text, context) || in_pieces() && date::within(text, context).is_some()
}

/// Lines that stand in articles and say nothing of them.
fn is_boilerplate(line: &Line) -> bool {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        let words = concat!(
            r"publié|publiée|mis à jour|mise à jour|modifié|posté|published|updated|last updated|posted|veröffentlicht|",
            r"aktualisiert|stand:|publicado|actualizado|pubblicato|aggiornato"
        );
        pattern(&format!(r"(?i)^(?:arti(?:cle|kel) )?(?:{words})(?:\P{{L}}.*)?\d"))
    });
    static NAME: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:Par|By|Von|Por)\s+\p{Lu}[^.!?]*$"));
    static SHARE: LazyLock<Regex> = LazyLock::new(|| {
        let words = concat!(
            r"partager(?: (?:sur|cet article|l['’]article|par).*)?|facebook|twitter|x|whatsapp|linkedin|e-?mail|imprimer|",
            r"copier le lien|share(?: (?:on|this).*)?|print|teilen|drucken|merken|commenter|commentaires?|envoyer|",
            r"écouter l['’]article|temps de lecture.*|\d+ min(?:utes)? de lecture|publicité|advertisement|anzeige|werbung|",
            r"newsletter|s['’]abonner|s['’]inscrire|crédits? photo.*"
        );
        pattern(&format!(r"(?i)^\W*(?:{words})\W*$"))
    });
    let length = line.text.chars().count();
    let letters = line.text.chars().any(char::is_alphanumeric);
    !letters
        || (length < 120 && DATE.is_match(&line.text))
        || (length < 80 && NAME.is_match(&line.text))
        || (length < 80 && SHARE.is_match(&line.text))
}

/// What a line is as a block of the body: a short line wholly in bold heads what follows.
pub(super) fn block(line: &Line, text: String) -> Block {
    let bold = line.bold * 10 >= line.text.len() * 9 && line.text.chars().count() <= 120;
    let kind = match line.kind {
        LineKind::Heading(_) => BlockKind::Heading,
        LineKind::Paragraph if bold && !ends_sentence(&line.text) => BlockKind::Heading,
        LineKind::Paragraph => BlockKind::Paragraph,
        LineKind::Quote => BlockKind::Quote,
        LineKind::Item => BlockKind::Item,
    };
    Block { kind, text }
}
