//! `griot export`: files that others open without griot.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::out::{out, print_json};
use super::reader::{failed, reader};
use super::{Done, Exit, Failure, Place, words};
use crate::clock::{Clock, SystemClock};
use crate::export::{self, ExportError};

/// What `export` is told.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    #[command(subcommand)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Format {
    #[command(
        about = "Write one SQLite file that any tool opens, also while a crawl runs",
        after_long_help = "\
The file is a copy of archive.sqlite as one instant shows it: no log beside it, search index and views included, \
checked, synced, and under its name only when it is whole. The table `about` explains every table and column. The \
tables frontier, pace and pattern serve the running archive only and are empty in the copy. The WARC files are not \
copied.

Examples:
  griot export sqlite lessor.sqlite --archive /srv/lessor
  sqlite3 lessor.sqlite 'SELECT url, first_seen_at FROM edits'"
    )]
    Sqlite(SqliteArgs),
}

#[derive(Debug, Args)]
struct SqliteArgs {
    /// The file to write.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
    /// Replace the file if it is there.
    #[arg(long)]
    force: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Print nothing unless something is wrong.
    #[arg(long, short)]
    quiet: bool,
}

/// Runs `griot export`.
pub(super) fn run(args: &ExportArgs) -> Done {
    match &args.format {
        Format::Sqlite(args) => sqlite(args),
    }
}

fn sqlite(args: &SqliteArgs) -> Done {
    // A missing archive is told before anything is made.
    drop(reader(&args.place.archive)?);
    let made = export::sqlite(&args.place.archive, &args.file, args.force, SystemClock.now()).map_err(failure)?;
    let mut out = out();
    if args.json {
        print_json(&mut out, &serde_json::json!({ "file": made.file, "bytes": made.bytes }))?;
    } else if !args.quiet {
        let file = args.file.display().to_string();
        writeln!(out, "{}: {} bytes; its table `about` explains it", words::harmless(&file), made.bytes)?;
    }
    out.flush()?;
    Ok(Exit::Well)
}

fn failure(error: ExportError) -> Failure {
    match error {
        ExportError::Store(error) => failed(error),
        ExportError::Misplaced(_) => Failure::new(Exit::Usage, error),
        ExportError::Busy(_) => Failure::new(Exit::Held, error),
        ExportError::File { ref source, .. } if source.kind() == std::io::ErrorKind::StorageFull => {
            Failure::new(Exit::DiskFull, error)
        }
        ExportError::File { .. } => Failure::new(Exit::Failed, error),
    }
}
