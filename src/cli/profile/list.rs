//! `griot profile list`: the papers that a profile knows.

use std::io::Write;
use std::path::Path;

use clap::Args;
use serde::Serialize;

use crate::cli::out::{out, print_json};
use crate::cli::words::harmless;
use crate::cli::{Done, Exit, Failure, Place, sites};
use crate::profile::{Profile, names};

/// What `profile list` is told.
#[derive(Debug, Args)]
#[command(after_long_help = "\
A profile in <archive>/selectors goes before one built in under the same name. A provisional one has not been tried on \
the live site yet: `griot check SITE` does.

Examples:
  griot profile list monde
  griot profile list --json")]
pub(in crate::cli) struct ListArgs {
    #[command(flatten)]
    place: Place,
    /// Only those whose name, paper or host has this in it.
    #[arg(value_name = "WORD")]
    word: Option<String>,
    /// Print one JSON object a line.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Listed<'p> {
    site: &'p str,
    name: &'p str,
    hosts: &'p [String],
    language: &'p str,
    provisional: bool,
    /// Its file; none for one built in.
    file: Option<String>,
}

/// Runs `griot profile list`.
pub(in crate::cli) fn run(args: &ListArgs) -> Done {
    let own = sites::own(&args.place.archive);
    let (mut out, mut told, mut mistakes) = (out(), 0, 0);
    for site in names(Some(&own)) {
        match sites::profile(&site, &args.place.archive) {
            Ok(profile) if args.word.as_deref().is_none_or(|word| is_about(&profile, word)) => {
                let listed = listed(&profile, &own);
                told += 1;
                if args.json { print_json(&mut out, &listed)? } else { tell(&mut out, &listed)? }
            }
            Ok(_) => {}
            Err(failure) => {
                eprintln!("griot: {}", harmless(&failure.words));
                mistakes += 1;
            }
        }
    }
    out.flush()?;
    match args.word.as_deref() {
        _ if mistakes > 0 => Ok(Exit::Configuration),
        Some(word) if told == 0 => {
            let words = format!("no profile's name, paper or host has `{word}` in it; `griot profile learn` makes one");
            Err(Failure::new(Exit::Failed, words))
        }
        _ => Ok(Exit::Well),
    }
}

fn is_about(profile: &Profile, word: &str) -> bool {
    let word = word.to_lowercase();
    let hosts = profile.canon.hosts.iter().map(String::as_str);
    hosts.chain([profile.site.as_str(), profile.name.as_str()]).any(|said| said.to_lowercase().contains(&word))
}

fn listed<'p>(profile: &'p Profile, own: &Path) -> Listed<'p> {
    let file = own.join(format!("{}.toml", profile.site));
    Listed {
        site: &profile.site,
        name: &profile.name,
        hosts: &profile.canon.hosts,
        language: &profile.language,
        provisional: profile.provisional,
        file: file.exists().then(|| file.display().to_string()),
    }
}

fn tell(out: &mut impl Write, listed: &Listed<'_>) -> Result<(), Failure> {
    let own = listed.file.as_ref().map(|file| format!("; {file}")).unwrap_or_default();
    let provisional = if listed.provisional { "; provisional" } else { "" };
    let host = listed.hosts.first().map(String::as_str).unwrap_or_default();
    let said = format!("{:<24} {}, {host} ({}{provisional}{own})", listed.site, listed.name, listed.language);
    writeln!(out, "{}", harmless(&said))?;
    Ok(())
}
