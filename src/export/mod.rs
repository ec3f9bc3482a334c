//! What is handed on: files that others open without griot. The archive is only read.

mod place;
mod sqlite;

pub use place::Misplaced;
pub use sqlite::{ExportError, Exported, sqlite};
