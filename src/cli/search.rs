//! `griot search`: words in the texts, without accents.

use std::ffi::OsString;
use std::io::Write;

use clap::Args;

use super::ink::Ink;
use super::out::{out, print_json};
use super::reader::{failed, known_site, reader};
use super::words::harmless;
use super::{Done, Exit, Failure, Place};
use crate::store::sqlite::{Piece, Query, Scope};

/// What `search` is told.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Every word must stand in the text; accents and capitals make no difference, œ is oe. The newest version of each \
article is looked at; headlines weigh most.

  pont maire         both words
  '\"le pont\"'        this phrase (the shell takes one pair of quotes)
  inond*             words that begin so
  pont -maire        without this word

Examples:
  griot search --site lessor inondation* niger
  griot search --all-versions --json '\"conseil des ministres\"'")]
pub(super) struct SearchArgs {
    /// What to look for: words, '"a phrase"', begin*, -without.
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    place: Place,
    /// Only this site.
    #[arg(long)]
    site: Option<String>,
    /// At most so many results; 0: all.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u32,
    /// Look in former versions too.
    #[arg(long)]
    all_versions: bool,
    /// Print one JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Makes `-word` after `griot search` a word with a minus sign, so that it is not taken for options of one letter.
pub(super) fn with_exclusions(line: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut line: Vec<OsString> = line.collect();
    if line.get(1).is_some_and(|command| command == "search") {
        for word in line.iter_mut().skip(2).take_while(|word| *word != "--") {
            let excluded = word.to_str().and_then(|w| w.strip_prefix('-')).filter(|w| !w.starts_with('-'));
            if let Some(excluded) = excluded.filter(|w| !w.is_empty() && *w != "h") {
                *word = format!("−{excluded}").into();
            }
        }
    }
    line
}

/// Runs `griot search`.
pub(super) fn run(args: &SearchArgs) -> Done {
    let Some(query) = Query::parse(&args.words.join(" ")) else {
        let words =
            "there is no word to look for; give at least one that is not excluded, as in `griot search pont -maire`";
        return Err(Failure::new(Exit::Usage, words));
    };
    let scope = Scope { site: args.site.as_deref(), all_versions: args.all_versions, limit: args.limit };
    let reader = reader(&args.place.archive)?;
    known_site(&reader, &args.place.archive, args.site.as_deref())?;
    let hits = reader.search(&query, scope).map_err(failed)?;
    let ink = Ink::for_stdout();
    let mut out = out();
    for hit in &hits {
        if args.json {
            print_json(&mut out, hit)?;
            continue;
        }
        let day = hit.published_on.as_deref().unwrap_or("undated   ");
        let version = if args.all_versions { format!(" (version {})", hit.version) } else { String::new() };
        writeln!(out, "{day} {}{version}", line(&hit.marked_title, ink))?;
        writeln!(out, "           {}\n           {}", line(&hit.snippet, ink), harmless(&hit.url))?;
    }
    out.flush()?;
    if hits.is_empty() && !args.json {
        eprintln!("no text in {} holds that", args.place.archive.display());
    }
    Ok(Exit::Well)
}

/// A text in pieces as one line.
fn line(pieces: &[Piece], ink: Ink) -> String {
    let one = |p: &Piece| {
        let text = harmless(&p.text).replace('\n', " ");
        if p.hit { ink.hit(&text) } else { text }
    };
    pieces.iter().map(one).collect::<String>().replace("  ", " ")
}
