//! `griot verify`: proves that rows, records and digests agree.

use std::io::Write;
use std::path::Path;

use clap::Args;

use super::out::{out, print_json};
use super::reader::failed;
use super::{Done, Exit, Failure, Place, words};
use crate::archive::proof::{Proof, prove};

/// What `verify` is told.
#[derive(Debug, Args)]
#[command(after_long_help = "\
The rows are looked at first (integrity, references, digests of texts, attributes and profiles, the search index, each \
history against its readings), then every byte of every WARC file, each record against its rows. Nothing is changed, and \
a crawl may go on beside it. Damage ends with exit code 5.

Examples:
  griot verify --archive /srv/lessor --quiet || mail -s 'the archive is damaged' you@example.org
  griot verify --json")]
pub(super) struct VerifyArgs {
    #[command(flatten)]
    place: Place,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Print nothing unless something is wrong.
    #[arg(long, short)]
    quiet: bool,
}

/// Runs `griot verify`.
pub(super) fn run(args: &VerifyArgs) -> Done {
    let Proof { files, records, findings, notes } = proof(&args.place.archive)?;
    let mut out = out();
    if args.json {
        let told = serde_json::json!({ "files": files, "records": records, "findings": findings, "notes": notes });
        print_json(&mut out, &told)?;
    } else {
        for finding in &findings {
            writeln!(out, "{}", words::harmless(finding))?;
        }
        if !args.quiet {
            for note in &notes {
                writeln!(out, "{}", words::harmless(note))?;
            }
            writeln!(out, "{files} WARC files, {records} records, {} findings", findings.len())?;
        }
    }
    out.flush()?;
    Ok(if findings.is_empty() { Exit::Well } else { Exit::Damage })
}

/// Proves an archive that is there.
pub(super) fn proof(archive: &Path) -> Result<Proof, Failure> {
    prove(archive).map_err(failed)
}
