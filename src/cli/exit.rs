//! The exit codes, documented in the README: cron and scripts depend on them.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Well.
    Well,
    /// Failed.
    Failed,
    /// The command line makes no sense.
    Usage,
    /// The disk is full; what was saved is kept.
    DiskFull,
    /// Profile, configuration, newer schema, network file system, or no contact.
    Configuration,
    /// Damage was found.
    Damage,
    /// Finished, but something needs a person.
    Person,
    /// Another command holds the archive.
    Held,
    /// Stopped by SIGINT, state saved.
    Interrupted,
}

impl Exit {
    /// The number.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Well => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::DiskFull => 3,
            Self::Configuration => 4,
            Self::Damage => 5,
            Self::Person => 10,
            Self::Held => 75,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}
