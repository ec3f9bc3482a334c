//! Whether the rows agree with themselves, and what they say of the WARC files and of the articles' histories.
//!
//! Each question is a read of its own: who proves an archive looks for hours at its WARC files, and a crawl's log must not
//! grow all the while.

use std::path::Path;

use rusqlite::Row;

use super::migrate;
use super::read::Reader;
use super::row::at;
use crate::store::{Identity, Result, StoreError};

mod agreement;
mod digests;
mod histories;
mod index;
mod records;

pub use histories::{KeptHistory, KeptRemoval, KeptVersion};
pub use records::{Answered, KeptRecord};

/// So many findings of one kind are enough to know that something is wrong.
const MOST: usize = 100;

impl Reader {
    /// Opens the archive in `folder` to be proven: beside a crawl, each answer is of its own instant.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn to_prove(folder: &Path) -> Result<Self> {
        Ok(Self { connection: super::open::to_read(folder)? })
    }

    /// Who the archive is.
    ///
    /// # Errors
    /// The engine's, or [`StoreError::Damaged`].
    pub fn identity(&self) -> Result<Identity> {
        super::facts::identity(&self.connection)
    }

    /// What is wrong with the rows, in words; nothing when they are sound. A question that cannot be answered is a finding
    /// too, and the others are asked all the same.
    #[must_use]
    pub fn unsound(&self) -> Vec<String> {
        let mut found = Vec::new();
        for question in [
            Self::unsound_pages,
            Self::unsound_references,
            Self::unsound_schema,
            Self::disagreements,
            Self::misnamed_texts,
            Self::misnamed_attributes,
            Self::misnamed_rules,
            Self::unsealed,
            Self::misindexed,
        ] {
            match question(self) {
                Ok(words) => found.extend(words),
                Err(error) => found.push(plain(&error)),
            }
        }
        found.dedup();
        found
    }

    fn unsound_pages(&self) -> Result<Vec<String>> {
        let mut found = self.rows("PRAGMA integrity_check", |r| lossy(r, 0))?;
        found.retain(|said| said != "ok");
        Ok(found)
    }

    fn unsound_references(&self) -> Result<Vec<String>> {
        self.rows("PRAGMA foreign_key_check", |r| {
            Ok(format!(
                "a row of {} points to a row of {} that is not there",
                r.get::<_, String>(0)?,
                r.get::<_, String>(2)?
            ))
        })
    }

    /// Tables, views and indexes that are not as this schema's number says. What others added is theirs, and what the search
    /// index is made of is `SQLite`'s.
    fn unsound_schema(&self) -> Result<Vec<String>> {
        const SCHEMA: &str = "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema
                              WHERE tbl_name NOT GLOB 'search_[a-su-z]*' ORDER BY 1";
        let of = |r: &Row<'_>| Ok((lossy(r, 0)?, lossy(r, 1)?));
        let wanted = Self { connection: migrate::model()? }.rows(SCHEMA, of)?;
        let found = self.rows(SCHEMA, of)?;
        let changed = wanted.iter().filter(|part| !found.contains(part));
        Ok(changed.map(|(name, _)| format!("the schema's {name} is not as griot makes it")).collect())
    }
}

/// What went wrong, without the advice to run what is running.
#[must_use]
pub fn plain(error: &StoreError) -> String {
    match error {
        StoreError::Damaged(words) => words.clone(),
        other => other.to_string(),
    }
}

/// A value as text, whatever stands there: damaged letters must not end the look at the others.
fn lossy(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    Ok(maybe_lossy(row, column)?.unwrap_or_default())
}

fn maybe_lossy(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<String>> {
    use rusqlite::types::ValueRef;
    Ok(match row.get_ref(column)? {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
    })
}

/// Looks at the rows of a question one at a time, and keeps what is said of them.
fn look(
    reader: &Reader,
    sql: &str,
    of: &mut dyn FnMut(&Row<'_>) -> rusqlite::Result<Option<String>>,
) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut statement = reader.connection.prepare(sql).map_err(at("proving the archive"))?;
    let mut rows = statement.query([]).map_err(at("proving the archive"))?;
    while let Some(row) = rows.next().map_err(at("proving the archive"))? {
        found.extend(of(row).map_err(at("proving the archive"))?);
        if found.len() == MOST {
            found.push("there may be more of the same kind".to_owned());
            break;
        }
    }
    Ok(found)
}
