//! `griot profile`: profiles that nobody has to write from their first line.

use clap::{Args, Subcommand};

use super::Done;

mod import;

/// What `profile` is told.
#[derive(Debug, Args)]
pub(super) struct ProfileArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make profiles of rule files of Full-Text RSS (ftr-site-config).
    Import(import::ImportArgs),
}

/// Runs `griot profile`.
pub(super) fn run(args: &ProfileArgs) -> Done {
    match &args.command {
        Command::Import(args) => import::run(args),
    }
}
