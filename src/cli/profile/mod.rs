//! `griot profile`: the profiles there are, and some that nobody has to write from their first line.

use clap::{Args, Subcommand};

use super::{Done, Exit, Failure, Place, reader, sites};

mod import;
mod learn;
mod list;

/// What `profile` is told.
#[derive(Debug, Args)]
pub(super) struct ProfileArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the papers that a profile knows.
    List(list::ListArgs),
    /// Learn a profile from article pages of one site, or a new layout after a redesign.
    Learn(learn::LearnArgs),
    /// Make profiles of rule files of Full-Text RSS (ftr-site-config).
    Import(import::ImportArgs),
}

/// Runs `griot profile`.
pub(super) fn run(args: &ProfileArgs) -> Done {
    match &args.command {
        Command::List(args) => list::run(args),
        Command::Learn(args) => learn::run(args),
        Command::Import(args) => import::run(args),
    }
}
