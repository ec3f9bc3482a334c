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
