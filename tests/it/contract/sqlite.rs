//! The embedded store: a file on a disk, never in memory, where it would have neither a log nor a second connection.

use std::path::PathBuf;

use griot::store::Store;
use griot::store::sqlite::SqliteStore;
use jiff::{SignedDuration, Timestamp};

use super::{Backend, contract};

/// A folder that goes away.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }
}

#[async_trait::async_trait]
impl Backend for Folder {
    async fn open(&self, now: Timestamp, confirm_after: SignedDuration) -> Box<dyn Store> {
        Box::new(SqliteStore::open(self.0.path(), now, confirm_after).unwrap())
    }

    async fn handed_on(&self) -> PathBuf {
        self.0.path().to_path_buf()
    }
}

contract!(Folder::new());
