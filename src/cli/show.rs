//! `griot show`: one article, as it stands or as it stood.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::Args;

use super::out::{Out, out, print_json};
use super::reader::{failed, reader};
use super::which::{Which, pick};
use super::words::harmless;
use super::{Done, Exit, Failure, Place, address};
use crate::archive::read_record;
use crate::fetch::decode;
use crate::model::answer::{Limits, Wire};
use crate::model::article::AuthorRole;
use crate::store::sqlite::{Kept, Shown};
use crate::warc::facts;
use crate::warc::visit::payload_digest;

/// What `show` is told.
#[derive(Debug, Args)]
#[command(after_long_help = "\
--raw writes the body of the version's first capture as the server sent it, its content-coding (gzip, br, zstd) undone \
and nothing else: the charset is the page's own. A capture that repeats an earlier payload gives that payload. The \
bytes are the web's, so they are not written to a terminal.

Examples:
  griot show https://lessor.ml/posts/le-pont-694a5b2f0a1b2
  griot show lessor.ml/posts/le-pont-694a5b2f0a1b2 --version 2026-03-16 --json
  griot show lessor.ml/posts/le-pont-694a5b2f0a1b2 --raw > page.html")]
pub(super) struct ShowArgs {
    /// Any of the article's addresses.
    url: String,
    #[command(flatten)]
    place: Place,
    /// This version: number, text digest, day or instant; none: the latest.
    #[arg(long, value_name = "WHICH")]
    version: Option<Which>,
    /// Write the stored bytes of the page instead.
    #[arg(long, conflicts_with = "json")]
    raw: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs `griot show`.
pub(super) fn run(args: &ShowArgs) -> Done {
    let archive = &args.place.archive;
    let reader = reader(archive)?;
    let article = address::article(&reader, archive, &args.url)?;
    let versions = reader.versions(article).map_err(failed)?;
    let none = || Failure::new(Exit::Failed, format!("no version of {} is kept; `griot history` tells why", args.url));
    let number = match &args.version {
        None => versions.last().ok_or_else(none)?.number,
        Some(which) => {
            let site = reader.past(article).map_err(failed)?.site;
            pick(&reader, article, &versions, which, &address::zone(&reader, archive, &site)?)?.number
        }
    };
    let mut out = out();
    if args.raw {
        if io::stdout().is_terminal() {
            let words =
                "the page's bytes are not for a terminal: write them to a file (griot show --raw URL > page.html)";
            return Err(Failure::new(Exit::Usage, words));
        }
        let kept = reader.kept(article, number).map_err(failed)?.ok_or_else(none)?;
        out.write_all(&body(archive, &kept)?)?;
    } else {
        let shown = reader.show(article, number).map_err(failed)?.ok_or_else(none)?;
        if args.json { print_json(&mut out, &shown)? } else { print(&mut out, &shown)? }
    }
    out.flush()?;
    Ok(Exit::Well)
}

/// A kept body, its content-coding undone; one that is not what the rows say is damage.
fn body(archive: &Path, kept: &Kept) -> Result<Vec<u8>, Failure> {
    let damage = |e: &dyn std::fmt::Display| Failure::new(Exit::Damage, format!("{e}; `griot verify` looks further"));
    let record = read_record(archive, &kept.location).map_err(|e| damage(&e))?;
    let answer = facts::replay(&record, None).map_err(|e| damage(&e))?;
    let Wire::Response(response) = answer.wire else { return Err(damage(&"the record holds no answer")) };
    let digest = payload_digest(&response);
    if kept.payload_digest.as_ref().is_some_and(|said| *said != digest) {
        return Err(damage(&format!("record {} holds other bytes than its row says", record.id)));
    }
    let inflated = decode::inflate(&response.body, response.header("content-encoding"), Limits::PAGE.decoded_bytes);
    inflated.map(|i| i.bytes).map_err(|e| Failure::new(Exit::Failed, e))
}

fn print(out: &mut Out, shown: &Shown) -> io::Result<()> {
    writeln!(out, "{}", harmless(&shown.title))?;
    for role in [AuthorRole::Byline, AuthorRole::Signature, AuthorRole::Credit] {
        let names: Vec<String> = shown.authors.iter().filter(|a| a.role == role).map(|a| harmless(&a.name)).collect();
        field(out, role.word(), (!names.is_empty()).then(|| names.join(", ")).as_deref())?;
    }
    let about = &shown.attributes;
    field(out, "published", published(shown).as_deref())?;
    let modified = about.modified_at.as_ref().or(about.modified_on.as_ref());
    let printed = about.modified_text.as_ref().map(|t| format!(" (printed: {t})")).unwrap_or_default();
    field(out, "modified", modified.map(|m| format!("{m}{printed}")).as_deref())?;
    field(out, "conflict", about.date_conflict.as_deref())?;
    field(out, "section", about.section.as_deref())?;
    field(out, "tags", (!about.tags.is_empty()).then(|| about.tags.join(", ")).as_deref())?;
    writeln!(out)?;
    if let Some(lead) = &shown.lead {
        writeln!(out, "{}\n", harmless(lead))?;
    }
    writeln!(out, "{}\n", harmless(&shown.body))?;
    for image in &about.images {
        field(out, "image", Some(&image.url))?;
        field(out, "  caption", image.caption.as_deref())?;
        field(out, "  credit", image.credit.as_deref())?;
    }
    for link in &shown.related {
        let label = link.label.as_ref().map(|l| format!("{l}: ")).unwrap_or_default();
        let whose = if link.sitewide { " (on the whole site)" } else { "" };
        field(out, &format!("{} link", link.kind), Some(&format!("{label}{}{whose}", link.title)))?;
        writeln!(out, "             {}", harmless(&link.url))?;
    }
    let gone = if shown.removed { "; removed since" } else { "" };
    writeln!(
        out,
        "version {} ({}), seen {} to {}{gone}\n{}",
        shown.version,
        shown.cause,
        shown.first_seen_at,
        shown.last_seen_at,
        harmless(&shown.name)
    )
}

/// One line, if there is something to say.
fn field(out: &mut Out, name: &str, value: Option<&str>) -> io::Result<()> {
    match value {
        Some(value) => writeln!(out, "{:12} {}", format!("{name}:"), harmless(value).replace('\n', " ")),
        None => Ok(()),
    }
}

/// The publication: the day at the paper, the instant where the text tells one, and what was printed.
fn published(shown: &Shown) -> Option<String> {
    let about = &shown.attributes;
    let day = about.published_on.as_ref()?;
    let zone = about.published_zone.as_ref().map(|zone| {
        let source =
            if about.published_zone_source.as_deref() == Some("printed") { "printed" } else { "by the profile" };
        format!(" in {zone} ({source})")
    });
    let at = about.published_at.as_ref().map(|at| format!(", {at}")).unwrap_or_default();
    let precision = about.published_precision.as_ref().map(|p| format!(", to the {p}")).unwrap_or_default();
    let text = about.published_text.as_ref().map(|t| format!(" (printed: {t})")).unwrap_or_default();
    Some(format!("{day}{}{at}{precision}{text}", zone.unwrap_or_default()))
}
