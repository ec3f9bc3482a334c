//! The exit codes, told by `griot --help` and in the README: cron and scripts depend on them.

use std::process::ExitCode;

/// One table: name, number, meaning.
macro_rules! exits {
    ($($name:ident = $code:literal, $meaning:literal;)*) => {
        /// How a command ended.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Exit {
            $(#[doc = $meaning] $name,)*
        }

        impl Exit {
            /// Every way to end.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The number.
            #[must_use]
            pub fn code(self) -> u8 {
                match self { $(Self::$name => $code),* }
            }

            /// What it tells, for people.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning),* }
            }
        }
    };
}

exits! {
    Well = 0, "well";
    Failed = 1, "failed";
    Usage = 2, "the command line makes no sense";
    DiskFull = 3, "the disk is full; what was saved is kept";
    Configuration = 4, "profile, configuration, newer archive, network file system, or no contact and no terminal to ask on";
    Damage = 5, "damage found";
    Person = 10, "finished, but something needs a person: told when it is new, and on each seventh run that it lasts";
    Held = 75, "another command holds the archive";
    HungUp = 129, "stopped by SIGHUP, state saved";
    Interrupted = 130, "stopped by SIGINT, state saved";
    Terminated = 143, "stopped by SIGTERM, state saved";
}

/// The codes as `griot --help` shows them.
pub(super) fn table() -> String {
    let lines = Exit::ALL.iter().map(|exit| format!("\n  {:3}  {}", exit.code(), exit.meaning()));
    std::iter::once("Exit codes:".to_owned()).chain(lines).collect()
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}
