//! The command line: words in, people's words out on stdout, progress on stderr, and an exit code that cron can use.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

mod address;
mod check;
mod compare;
mod contact;
mod crawl;
mod demo;
mod diff;
mod exit;
mod export;
mod history;
mod ink;
mod list;
mod opening;
mod out;
mod owners;
mod profile;
mod reach;
mod reader;
mod search;
mod show;
mod sites;
mod status;
mod verify;
mod which;
mod words;

pub use exit::Exit;

const CONVENTIONS: &str = "\
Every command that needs an archive takes --archive DIR, or GRIOT_ARCHIVE in the environment. --json prints one object a line. Results go to \
standard output, everything else to standard error. NO_COLOR is obeyed.";

const EXAMPLES: &str = "\
Examples:
  griot demo
  griot crawl lessor --archive /srv/lessor --contact you@example.org
  griot search --archive /srv/lessor inond* niger
  griot export sqlite lessor.sqlite --archive /srv/lessor";

fn long_help() -> String {
    [CONVENTIONS, &exit::table(), EXAMPLES].join("\n\n")
}

/// Keeps what a newspaper prints, and every version of it.
#[derive(Debug, Parser)]
#[command(name = "griot", version, about, disable_help_subcommand = true)]
#[command(max_term_width = 79, after_long_help = long_help())]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Crawl a bundled newspaper on this machine, in four passes, and show what was kept.
    Demo(demo::DemoArgs),
    /// Crawl sites: new articles first, then revisits. Goes on where it stopped.
    Crawl(crawl::CrawlArgs),
    /// Tell what the archive holds, and how its last runs went.
    Status(status::StatusArgs),
    /// List the articles kept, newest first.
    List(list::ListArgs),
    /// Show one article as it stands, or one of its versions.
    Show(show::ShowArgs),
    /// Tell what happened to one article: versions, doubts, removals, on a time line.
    History(history::HistoryArgs),
    /// Compare two versions of an article, word by word.
    Diff(diff::DiffArgs),
    /// Look for words in the texts, without accents.
    Search(search::SearchArgs),
    /// Try a profile on pages of your own; say which rule gave each field.
    Check(check::CheckArgs),
    /// List profiles, or make them of article pages or of rule files.
    Profile(profile::ProfileArgs),
    /// Prove that rows, WARC records and digests agree; name what does not.
    Verify(verify::VerifyArgs),
    /// Write the archive's tables into a file that other tools open.
    Export(export::ExportArgs),
}

/// Where the archive is.
#[derive(Debug, Clone, Args)]
struct Place {
    /// The archive's folder.
    #[arg(long, env = "GRIOT_ARCHIVE", hide_env_values = true, value_name = "DIR", default_value = "data/archive")]
    archive: PathBuf,
}

/// Runs the command of this process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse_from(search::with_exclusions(std::env::args_os())) {
        Ok(cli) => cli,
        Err(error) => {
            // clap knows which stream and which words.
            drop(error.print());
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Well.into() };
        }
    };
    let done = match cli.command {
        Command::Demo(args) => demo::run(&args),
        Command::Crawl(args) => crawl::run(&args),
        Command::Status(args) => status::run(&args),
        Command::List(args) => list::run(&args),
        Command::Show(args) => show::run(&args),
        Command::History(args) => history::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Profile(args) => profile::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Export(args) => export::run(&args),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(failure) => {
            if !failure.words.is_empty() {
                eprintln!("griot: {}", words::harmless(&failure.words));
            }
            failure.exit.into()
        }
    }
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
struct Failure {
    exit: Exit,
    words: String,
}

impl Failure {
    fn new(exit: Exit, words: impl std::fmt::Display) -> Self {
        Self { exit, words: words.to_string() }
    }
}

type Done = Result<Exit, Failure>;
