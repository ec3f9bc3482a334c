//! What people ask of an archive. Readers never write.

use std::path::Path;

use rusqlite::Connection;

use crate::store::Result;

/// A read-only view of an archive.
pub struct Reader {
    connection: Connection,
}

impl Reader {
    /// Opens the archive in `folder` for reading.
    ///
    /// # Errors
    /// [`crate::store::StoreError::NotAnArchive`], [`crate::store::StoreError::Newer`], or the engine's.
    pub fn open(folder: &Path) -> Result<Self> {
        Ok(Self { connection: super::open_to_read(folder)? })
    }
}
