//! What is wrong with a profile, said so that the next step is clear.

use std::fmt;

/// One mistake in a profile's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line it stands on, from 1.
    pub line: usize,
    /// The key, with its place: `layout[1].title[2].css`.
    pub field: String,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub instead: String,
}

/// Why a profile cannot be used: every mistake of the file at once, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// The file has mistakes.
    #[error("{}", said(file, problems))]
    Mistakes {
        /// The file's name as it was given.
        file: String,
        /// Never empty.
        problems: Vec<Problem>,
    },
    /// There is no profile of that name.
    #[error(
        "there is no profile `{site}`{}; `griot profile list` lists those there are; write your own as \
         selectors/{site}.toml in the archive",
        meant(near.as_deref())
    )]
    Unknown {
        /// What was asked for.
        site: String,
        /// The name that was meant, if one is near.
        near: Option<String>,
    },
    /// The operator's own file cannot be read.
    #[error("{file}: cannot be read ({reason})")]
    Unreadable {
        /// Its path.
        file: String,
        /// The system's words.
        reason: String,
    },
}

fn meant(near: Option<&str>) -> String {
    near.map(|name| format!(" (did you mean `{name}`?)")).unwrap_or_default()
}

fn said(file: &str, problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(|p| format!("{file}:{p}")).collect();
    lines.join("\n")
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: `{}` {}; {}", self.line, self.field, self.what, self.instead)
    }
}
