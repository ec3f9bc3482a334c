//! Which page of which site a URL is: asked for records that a crash left without rows, of whatever site they are.

use std::path::PathBuf;
use std::sync::OnceLock;

use url::Url;

use crate::model::url::PageUrl;
use crate::profile::{Profile, find, names};

/// The profiles of a run and, where those do not know a URL, all others.
pub(super) struct Owners<'p> {
    run: &'p [Profile],
    own_dir: PathBuf,
    others: OnceLock<Vec<Profile>>,
}

impl<'p> Owners<'p> {
    /// `own_dir` holds the operator's own profiles.
    pub(super) fn new(run: &'p [Profile], own_dir: PathBuf) -> Self {
        Self { run, own_dir, others: OnceLock::new() }
    }

    /// Every profile that can be used.
    fn all(&self) -> Vec<Profile> {
        let own_dir = Some(self.own_dir.as_path());
        names(own_dir).iter().filter_map(|site| find(site, own_dir).ok()).collect()
    }

    /// The site's name and the page; the bare address where no profile owns it any more.
    pub(super) fn page(&self, url: &Url) -> (String, PageUrl) {
        let of_run = self.run.iter().find(|p| p.canon.owns(url));
        let owner = of_run.or_else(|| self.others.get_or_init(|| self.all()).iter().find(|p| p.canon.owns(url)));
        let bare = || PageUrl::kept(url.as_str().split_once("://").map_or("", |(_, rest)| rest).to_owned());
        match owner {
            Some(profile) => (profile.site.clone(), profile.page(url).unwrap_or_else(|_| bare())),
            None => ("unknown".to_owned(), bare()),
        }
    }
}
