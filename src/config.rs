//! The operator's settings: `griot.toml` in the archive's folder, every line of it optional.

use std::io::{ErrorKind, Write};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use serde::Deserialize;

use crate::frontier::budget::Budget;
use crate::warc::writer::Rotation;

/// Its name in the archive's folder.
pub const FILE: &str = "griot.toml";

/// Requests a second of the whole process, over all sites, unless the operator says otherwise.
const CEILING: NonZeroU32 = NonZeroU32::new(20).unwrap();

/// What `griot.toml` may say.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// How a site's owner reaches the operator.
    pub contact: Option<String>,
    /// Requests a second that the process never exceeds, over all sites together.
    pub requests_per_second: NonZeroU32,
    /// What may be spent a day and a month, over all sites together.
    pub budget: Budget,
    /// When a WARC file is closed.
    pub warc: Warc,
}

/// `[warc]`: when a file is closed for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Warc {
    /// Bytes.
    pub max_bytes: u64,
    /// Days from its first record on.
    pub max_days: u32,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file.
    #[error("{path}: {source}")]
    File {
        /// Where.
        path: PathBuf,
        /// The system's words.
        source: std::io::Error,
    },
    /// Its text: line, column and field are in the reason.
    #[error("{path}: {reason}\ngriot.toml may say contact, requests_per_second, [budget.day], [budget.month], [warc]")]
    Text {
        /// Where.
        path: PathBuf,
        /// The parser's words.
        reason: String,
    },
}

impl Default for Config {
    fn default() -> Self {
        Self { contact: None, requests_per_second: CEILING, budget: Budget::default(), warc: Warc::default() }
    }
}

impl Default for Warc {
    fn default() -> Self {
        let Rotation { max_bytes, max_age } = Rotation::default();
        Self { max_bytes, max_days: u32::try_from(max_age.as_hours() / 24).unwrap_or(u32::MAX) }
    }
}

impl From<Warc> for Rotation {
    fn from(warc: Warc) -> Self {
        Self { max_bytes: warc.max_bytes, max_age: SignedDuration::from_hours(24 * i64::from(warc.max_days)) }
    }
}

impl Config {
    /// Reads the settings of the archive in `folder`; an archive without any has the defaults.
    ///
    /// # Errors
    /// The file cannot be read, or says what griot does not know.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join(FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|e| ConfigError::Text { path, reason: e.to_string() }),
            // Where a file stands in place of the folder, the archive's own message says what to do.
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(Self::default()),
            Err(source) => Err(ConfigError::File { path, source }),
        }
    }
}

/// Writes a contact into the settings of the archive in `folder`, before whatever else they say.
///
/// # Errors
/// The file cannot be written; the former one is then left as it was.
pub fn keep_contact(folder: &Path, contact: &str) -> Result<(), ConfigError> {
    let path = folder.join(FILE);
    replace(folder, &path, contact).map_err(|source| ConfigError::File { path, source })
}

fn replace(folder: &Path, path: &Path, contact: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let former = match std::fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        former => former?,
    };
    let fresh = path.with_extension("toml.new");
    let mut file = std::fs::File::create(&fresh)?;
    writeln!(file, "contact = {}", toml::Value::from(contact))?;
    file.write_all(former.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&fresh, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), text).unwrap();
        Config::read(folder.path())
    }

    #[test]
    fn every_line_is_optional_and_a_slip_is_named() {
        assert_eq!(parsed("").unwrap(), Config::default());
        let said = parsed("[budget.day]\nrequests = 500\nbytes = 50_000_000\n[warc]\nmax_bytes = 4_000\n").unwrap();
        assert_eq!((said.budget.day.requests, said.budget.month.bytes), (Some(500), None));
        assert_eq!(Rotation::from(said.warc).max_age, Rotation::default().max_age);
        for slip in ["budgets = 1", "[budget.week]\nrequests = 1", "requests_per_second = 0", "[warc]\nmax_bytes = -1"]
        {
            let words = parsed(slip).unwrap_err().to_string();
            assert!(words.contains(FILE) && words.contains("line"), "{words}");
        }
    }

    #[test]
    fn a_contact_is_kept_beside_what_stands_there() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "[warc]\nmax_days = 7\n").unwrap();
        keep_contact(folder.path(), "a\"b@example.org").unwrap();
        let kept = Config::read(folder.path()).unwrap();
        assert_eq!((kept.contact.as_deref(), kept.warc.max_days), (Some("a\"b@example.org"), 7));
    }
}
