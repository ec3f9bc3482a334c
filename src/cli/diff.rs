//! `griot diff`: what changed between two versions of an article.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::compare::{self, Hunk};
use super::ink::Ink;
use super::out::{Out, out, print_json};
use super::reader::{failed, reader};
use super::which::{Which, pick};
use super::words::harmless;
use super::{Done, Exit, Failure, Place, address};
use crate::model::article::BlockKind;
use crate::store::sqlite::{KeptText, PastVersion};

/// What `diff` is told.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Without OLD and NEW the last two versions are compared; with OLD alone, that one and the latest. A version is named by

  2                       its number (for the eye; `griot history` tells it)
  v1:4d9ca44d             its text digest, or enough of it; a superseded one too
  2026-03-16              the day at whose end it stood, at the paper
  2026-03-16T08:00:00Z    an instant at which it stood

Examples:
  griot diff https://lessor.ml/posts/le-pont-est-ouvert-694a5b2f0a1b2
  griot diff lessor.ml/posts/le-pont-est-ouvert-694a5b2f0a1b2 1 2026-03-16")]
pub(super) struct DiffArgs {
    /// Any of the article's addresses.
    url: String,
    /// The former version: number, text digest, day or instant.
    old: Option<Which>,
    /// The later version; none: the latest.
    new: Option<Which>,
    #[command(flatten)]
    place: Place,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// How two versions differ.
#[derive(Debug, Serialize)]
struct Difference<'a> {
    url: &'a str,
    old: &'a PastVersion,
    new: &'a PastVersion,
    fields: Vec<Field>,
}

/// How one field differs.
#[derive(Debug, Serialize)]
struct Field {
    field: &'static str,
    hunks: Vec<Hunk>,
}

/// Runs `griot diff`.
pub(super) fn run(args: &DiffArgs) -> Done {
    let reader = reader(&args.place.archive)?;
    let article = address::article(&reader, &args.place.archive, &args.url)?;
    let past = reader.past(article).map_err(failed)?;
    let zone = address::zone(&reader, &args.place.archive, &past.site)?;
    let pick = |which: &Which| pick(&reader, article, &past.versions, which, &zone);
    let (old, new) = match (&args.old, &args.new, past.versions.as_slice()) {
        (Some(old), Some(new), _) => (pick(old)?, pick(new)?),
        (Some(old), None, [.., last]) => (pick(old)?, last),
        (None, _, [.., before, last]) => (before, last),
        _ => {
            let words = format!("one version only is kept of {}: there is nothing to compare it with", past.url);
            return Err(Failure::new(Exit::Failed, words));
        }
    };
    let texts = (reader.text(&old.text_digest).map_err(failed)?, reader.text(&new.text_digest).map_err(failed)?);
    let difference = Difference { url: &past.url, old, new, fields: fields(&texts.0, &texts.1) };
    let mut out = out();
    if args.json {
        print_json(&mut out, &difference)?;
    } else {
        print(&mut out, &difference)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}

fn fields(old: &KeptText, new: &KeptText) -> Vec<Field> {
    let one = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
    let names = |text: &KeptText| -> Vec<String> {
        text.authors.iter().map(|a| format!("{} ({})", a.name, a.role.word())).collect()
    };
    let pairs = [
        ("title", vec![old.title.clone()], vec![new.title.clone()]),
        ("lead", one(&old.lead), one(&new.lead)),
        ("authors", names(old), names(new)),
        ("published_on", one(&old.published_on), one(&new.published_on)),
        ("body", blocks(old), blocks(new)),
    ];
    let field = |(field, old, new): (&'static str, Vec<String>, Vec<String>)| Field {
        field,
        hunks: compare::hunks(&old, &new),
    };
    pairs.into_iter().map(field).filter(|f| !f.hunks.is_empty()).collect()
}

/// The body's blocks; what is no paragraph says so, since that too makes a version.
fn blocks(text: &KeptText) -> Vec<String> {
    let mark = |kind| match kind {
        BlockKind::Paragraph => "",
        BlockKind::Heading => "## ",
        BlockKind::Quote => "> ",
        BlockKind::Item => "* ",
    };
    text.body.iter().map(|block| format!("{}{}", mark(block.kind), block.text)).collect()
}

fn print(out: &mut Out, difference: &Difference<'_>) -> Result<(), Failure> {
    writeln!(out, "{}", harmless(difference.url))?;
    for (sign, version) in [('-', difference.old), ('+', difference.new)] {
        let (number, seen, digest) = (version.number, &version.first_seen_at, &version.text_digest);
        writeln!(out, "{sign} version {number}, first seen {seen}, {digest}")?;
    }
    if let Some(after) =
        difference.new.changed_after.as_ref().filter(|_| difference.new.number == difference.old.number + 1)
    {
        writeln!(out, "  changed after {after} and not after {}", difference.new.first_seen_at)?;
    }
    if difference.fields.is_empty() {
        writeln!(out, "\nthe texts are the same")?;
    }
    for field in &difference.fields {
        writeln!(out, "\n{}", field.field)?;
        compare::print(out, &field.hunks, Ink::for_stdout(), usize::MAX)?;
    }
    Ok(())
}
