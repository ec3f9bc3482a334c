//! What can go wrong with an archive's store, in words for people.

use std::path::PathBuf;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk is full: the last whole transaction is kept.
    #[error("the disk that holds {0} is full; what was saved is kept: make room and run the same command again")]
    Full(PathBuf),
    /// The file is of a newer griot.
    #[error(
        "{path} has schema {found}, this griot knows up to {known}; use the griot that wrote it or a newer one \
         (nothing was changed)"
    )]
    Newer {
        /// The archive's file.
        path: PathBuf,
        /// Its `user_version`.
        found: i64,
        /// The newest schema this binary knows.
        known: i64,
    },
    /// There is nothing to read.
    #[error(
        "there is no archive in {0}; name one with --archive DIR or GRIOT_ARCHIVE, or make it with `griot crawl SITE`"
    )]
    Absent(PathBuf),
    /// The database is gone, and the WARC files beside it are not.
    #[error(
        "{path} {how}, but WARC files or a log lie beside it: bring archive.sqlite back from a copy, or name a new folder \
         (nothing was changed)"
    )]
    Lost {
        /// The archive's file.
        path: PathBuf,
        /// "is not there", "is empty" …
        how: &'static str,
    },
    /// The database is damaged so that it cannot be opened.
    #[error("{path} is damaged ({reason}): bring it back from a copy; the WARC files beside it were not touched")]
    Broken {
        /// The archive's file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The system lets nobody look.
    #[error(
        "{0}: permission denied; run griot as the user whose archive it is, or let this one read the folder and its files \
         (and write them, to crawl)"
    )]
    Denied(PathBuf),
    /// Another command has the database for itself.
    #[error("{path} is held by another command{why}; try again when it has ended")]
    Busy {
        /// The archive's file.
        path: PathBuf,
        /// Why nobody else can look.
        why: &'static str,
    },
    /// The file is no griot archive.
    #[error("{0} is no griot archive; name an empty or new folder, or one that griot made")]
    NotAnArchive(PathBuf),
    /// The `SQLite` library is too old to be trusted with a write-ahead log.
    #[error("SQLite {0} has a bug that can corrupt a write-ahead log; griot needs 3.51.3 or newer")]
    OldSqlite(&'static str),
    /// The article's history is not the one that was judged against: judge again.
    #[error("the article's history changed while it was judged")]
    Stale,
    /// Rows that cannot be what griot wrote.
    #[error("the archive's rows do not agree: {0}; run `griot verify`")]
    Damaged(String),
    /// Anything else of the engine's.
    #[error("the store failed at {doing}: {reason}")]
    Engine {
        /// What was being done.
        doing: &'static str,
        /// The engine's words.
        reason: String,
    },
}

/// What store verbs return.
pub type Result<T> = std::result::Result<T, StoreError>;
