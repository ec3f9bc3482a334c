//! Which sites and pages a command means.

use std::path::{Path, PathBuf};

use url::Url;

use super::reader::{failed, reader_if_any};
use super::{Exit, Failure};
use crate::profile::{Profile, find, names};

/// The sites meant, and single pages of theirs.
#[derive(Debug)]
pub(super) struct Wanted {
    /// In the order named.
    pub profiles: Vec<Profile>,
    /// Pages to take now; with them, nothing else is asked for.
    pub only: Vec<Url>,
}

/// The profile of this name; the archive's own goes before the one built in.
pub(super) fn profile(site: &str, archive: &Path) -> Result<Profile, Failure> {
    find(site, Some(&own(archive))).map_err(|e| Failure::new(Exit::Configuration, e))
}

/// Is there a profile of this name, with or without mistakes?
pub(super) fn is_known(site: &str, archive: &Path) -> bool {
    names(Some(&own(archive))).iter().any(|name| name == site)
}

/// Does the word look like the name of a saved page, and not of a profile?
pub(super) fn is_named_as_file(word: &str) -> bool {
    word.contains(['/', '\\']) || [".html", ".htm", ".gz", ".toml"].iter().any(|end| word.ends_with(end))
}

/// What `words` name: sites by their profiles, pages by their addresses. No words mean every site of the archive.
pub(super) fn wanted(words: &[String], archive: &Path) -> Result<Wanted, Failure> {
    let mut wanted = Wanted { profiles: Vec::new(), only: Vec::new() };
    for word in words {
        if word.contains("://") {
            let url = Url::parse(word).map_err(|e| Failure::new(Exit::Usage, format!("`{word}` is no URL: {e}")))?;
            if !wanted.profiles.iter().any(|p| p.canon.owns(&url)) {
                wanted.profiles.push(owner(&url, archive)?);
            }
            wanted.only.push(url);
        } else if !wanted.profiles.iter().any(|p| p.site == *word) {
            wanted.profiles.push(profile(word, archive)?);
        }
    }
    if words.is_empty() {
        wanted.profiles = all(archive)?;
    }
    Ok(wanted)
}

/// Where the archive keeps its own profiles.
pub(super) fn own(archive: &Path) -> PathBuf {
    archive.join("selectors")
}

/// The profile that a page's host belongs to, the archive's own before those built in.
fn owner(url: &Url, archive: &Path) -> Result<Profile, Failure> {
    if let Some(profile) = owner_if_any(url, archive)? {
        return Ok(profile);
    }
    let words = format!("no profile owns {url}; write {}/NAME.toml for its paper", own(archive).display());
    Err(Failure::new(Exit::Configuration, words))
}

/// The same, where a page without one is read all the same.
pub(super) fn owner_if_any(url: &Url, archive: &Path) -> Result<Option<Profile>, Failure> {
    let mut mistake = None;
    for site in names(Some(&own(archive))) {
        match profile(&site, archive) {
            Ok(profile) if profile.canon.owns(url) => return Ok(Some(profile)),
            Ok(_) => {}
            Err(failure) => mistake = mistake.or(Some(failure)),
        }
    }
    // The profile that was meant may be the one that cannot be read.
    mistake.map_or(Ok(None), Err)
}

/// The sites that the archive crawls as a whole.
fn all(archive: &Path) -> Result<Vec<Profile>, Failure> {
    let known = match reader_if_any(archive)? {
        Some(reader) => reader.sites().map_err(failed)?,
        None => Vec::new(),
    };
    if known.is_empty() {
        let words = format!(
            "no site is named, and {} has none yet; name one, as griot crawl lessor; `griot profile list` lists those \
             that griot knows",
            archive.display()
        );
        return Err(Failure::new(Exit::Usage, words));
    }
    known.iter().map(|site| profile(site, archive)).collect()
}
