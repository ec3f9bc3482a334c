//! `griot verify`: proves that rows, records and digests agree.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use clap::Args;

use super::out::{out, print_json};
use super::reader::{failed, reader};
use super::{Done, Exit, Failure, Place, words};
use crate::archive::WARC_FOLDER;
use crate::store::sqlite::Answered;
use crate::warc::verify;

/// What `verify` is told.
#[derive(Debug, Args)]
#[command(after_long_help = "\
The rows are looked at first (integrity, references, revisits that end in a body, search index), then every byte of \
every WARC file that rows answer for. Nothing is changed. Damage ends with exit code 5.

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
    let files = reader(&args.place.archive)?.answered().map_err(failed)?;
    let records: usize = files.iter().map(|f| f.records.len()).sum();
    let findings = findings(&args.place.archive)?;
    let mut out = out();
    if args.json {
        print_json(&mut out, &serde_json::json!({ "files": files.len(), "records": records, "findings": findings }))?;
    } else {
        for finding in &findings {
            writeln!(out, "{}", words::harmless(finding))?;
        }
        if !args.quiet {
            writeln!(out, "{} WARC files, {records} records, {} findings", files.len(), findings.len())?;
        }
    }
    out.flush()?;
    Ok(if findings.is_empty() { Exit::Well } else { Exit::Damage })
}

/// Everything that is wrong with an archive, in words for people.
pub(super) fn findings(archive: &Path) -> Result<Vec<String>, Failure> {
    let (mut findings, files) = {
        // Let go before the long look at the files, so that a crawl's log need not grow so long.
        let reader = reader(archive)?;
        (reader.unsound().map_err(failed)?, reader.answered().map_err(failed)?)
    };
    for file in &files {
        findings.extend(of_file(&archive.join(WARC_FOLDER), file)?);
    }
    Ok(findings)
}

/// What is wrong with one file: its own members, lengths and digests first, then whether the rows point to its records.
fn of_file(folder: &Path, answered: &Answered) -> Result<Vec<String>, Failure> {
    let path = folder.join(&answered.name);
    if !path.is_file() {
        return Ok(vec![format!("{} is not there: bring it back from a copy", path.display())]);
    }
    let report = verify::verify(&path, Some(answered.length))
        .map_err(|e| Failure::new(Exit::Failed, format!("{}: {e}", path.display())))?;
    let mut findings: Vec<String> = report
        .findings
        .iter()
        .map(|f| {
            let record = f.record.map(|r| format!(" (record {r})")).unwrap_or_default();
            format!("{} at byte {}{record}: {}", f.file, f.offset, f.words)
        })
        .collect();
    let seen: HashMap<u64, (u64, String)> =
        report.seen.iter().map(|s| (s.placed.offset, (s.placed.length, s.placed.record_id.to_string()))).collect();
    for (place, length, record) in &answered.records {
        let agrees = seen.get(&place.offset).is_some_and(|(l, r)| l == length && r == record);
        if !agrees {
            findings
                .push(format!("{} at byte {}: record {record} is not there as its row says", place.file, place.offset));
        }
    }
    if seen.len() > answered.records.len() {
        let more = seen.len() - answered.records.len();
        findings.push(format!("{}: {more} records have no row", answered.name));
    }
    Ok(findings)
}
