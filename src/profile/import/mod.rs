//! Profiles out of other people's rule files: those of Full-Text RSS, `ftr-site-config`, one a site, in lines of
//! `directive: value` with XPath in most values.
//!
//! Text in, text out: nothing is read from the disk or the web. What a profile cannot say is told line by line, and
//! whatever the file holds, what comes out is a profile that loads.

mod carry;
mod css;
mod draft;
mod lines;
mod site;
#[cfg(test)]
mod tests;
mod write;
mod xpath;

use std::collections::BTreeMap;

use url::Url;

use super::{Profile, ProfileError};
use draft::Draft;
pub use draft::{Left, Tally};

/// What came of a rule file.
#[derive(Debug, Clone)]
pub struct Imported {
    /// What people type: the file's host, `any.` before it where the file is for every host under that.
    pub site: String,
    /// The profile; it loads.
    pub toml: String,
    /// How many lines of each directive went where; tests are not counted.
    pub tally: BTreeMap<String, Tally>,
    /// What needs a person, in the order of the lines.
    pub left: Vec<Left>,
}

/// Makes a profile of a rule file. `file_name` names the site, as `example.org.txt`.
///
/// # Errors
/// When the profile does not load, which is a defect of the import; the error says what of it.
pub fn import(file_name: &str, text: &str) -> Result<Imported, ProfileError> {
    let name = file_name.strip_suffix(".txt").unwrap_or(file_name);
    let lines = lines::lines(text);
    let tests = lines.iter().flatten().filter(|line| line.directive == "test_url");
    let tests: Vec<Url> = tests.filter_map(|line| Url::parse(&line.value).ok()).collect();
    let hosts = site::hosts(name, &tests);
    let paths = site::paths(&tests, &hosts.names);
    let draft = Draft::of(lines, &tests, &hosts.names);
    let toml = write::toml(file_name, &hosts, paths.as_deref(), &draft);
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    let bare: String = name.trim_start_matches('.').chars().take(100).map(plain).collect();
    let site = match (bare.is_empty(), hosts.every_subdomain) {
        (true, _) => "site".to_owned(),
        (false, true) => format!("any.{bare}"),
        (false, false) => bare,
    };
    Profile::parse(&site, &format!("{site}.toml"), &toml)?;
    let mut left = draft.left;
    left.sort_by_key(|left| left.line);
    Ok(Imported { site, toml, tally: draft.tally, left })
}

impl Imported {
    /// Was everything carried over that has a meaning here?
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.left.is_empty()
    }

    /// The sums over all directives.
    #[must_use]
    pub fn sums(&self) -> Tally {
        self.tally.values().fold(Tally::default(), |sum, one| Tally {
            carried: sum.carried + one.carried,
            unneeded: sum.unneeded + one.unneeded,
            left: sum.left + one.left,
        })
    }
}
