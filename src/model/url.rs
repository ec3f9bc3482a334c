//! One place makes URLs canonical: a page is one URL without scheme, under the profile's first host name.

mod house;
mod noise;
mod percent;
mod shape;
mod traps;

#[cfg(test)]
mod tests;

use url::Url;

pub(crate) use house::house;
pub(crate) use shape::is_named_as_story;

/// The longest URL that becomes a page.
pub const MAX_URL: usize = 2048;

/// The most segments that the path of a page has.
pub const MAX_DEPTH: usize = 20;

/// A page's key: `host/path?query` in canonical form, no scheme, no fragment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageUrl(String);

impl PageUrl {
    /// Takes back a key that [`Canon::page`] made and the archive kept.
    #[must_use]
    pub fn kept(key: String) -> Self {
        Self(key)
    }

    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path with its query, from the first slash on.
    #[must_use]
    pub fn path_and_query(&self) -> &str {
        self.0.find('/').map_or("/", |slash| &self.0[slash..])
    }

    /// The path alone.
    #[must_use]
    pub fn path(&self) -> &str {
        self.path_and_query().split('?').next().unwrap_or("/")
    }
}

impl std::fmt::Display for PageUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a URL is no page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAPage {
    /// Neither http nor https.
    #[error("`{0}` is not fetched over http or https")]
    Scheme(String),
    /// `user:password@`.
    #[error("an address with a user name or password is not asked")]
    UserInfo,
    /// No host.
    #[error("the address has no host")]
    NoHost,
    /// Over [`MAX_URL`].
    #[error("the address is longer than {MAX_URL} characters")]
    TooLong,
    /// Deeper than any paper's own pages.
    #[error("the path has more than {MAX_DEPTH} segments")]
    TooDeep,
    /// The same path segments again and again: a trap.
    #[error("the path repeats itself")]
    Repeats,
}

/// How one site's URLs become pages.
#[derive(Debug, Clone)]
pub struct Canon {
    /// Host names (lower case, punycode, `:port` where it is not the scheme's own) that serve the same pages; the first is the page's.
    pub hosts: Vec<String>,
    /// "https" or "http": how pages are asked.
    pub scheme: String,
    /// Query parameters that say nothing about the page, beside those known everywhere; `name` or `prefix*`.
    pub drop_params: Vec<String>,
}

impl Canon {
    /// The page that a URL names.
    ///
    /// # Errors
    /// When it can be no page at all; a URL of another site is a page of that site.
    pub fn page(&self, url: &Url) -> Result<PageUrl, NotAPage> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(NotAPage::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(NotAPage::UserInfo);
        }
        if url.as_str().len() > MAX_URL {
            return Err(NotAPage::TooLong);
        }
        let asked = host_key(url).ok_or(NotAPage::NoHost)?;
        let own = self.lists(&asked);
        let host = if own { self.first_host().unwrap_or(asked) } else { asked };
        let path = noise::path(url.path());
        if traps::repeats(&path) {
            return Err(NotAPage::Repeats);
        }
        if path.split('/').filter(|segment| !segment.is_empty()).count() > MAX_DEPTH {
            return Err(NotAPage::TooDeep);
        }
        let mut key = host + &path;
        if let Some(query) = url.query() {
            if traps::encoded_again(query) {
                return Err(NotAPage::Repeats);
            }
            noise::push_query(&mut key, query, if own { &self.drop_params } else { &[] });
        }
        // The address it is asked under must be short enough too: encoding may have lengthened it.
        if "https://".len() + key.len() > MAX_URL {
            return Err(NotAPage::TooLong);
        }
        Ok(PageUrl(key))
    }

    /// Does the URL's host belong to this site?
    #[must_use]
    pub fn owns(&self, url: &Url) -> bool {
        matches!(url.scheme(), "http" | "https") && host_key(url).is_some_and(|host| self.lists(&host))
    }

    /// Where to ask for a page of this site.
    ///
    /// # Errors
    /// When the key is none that [`Canon::page`] made.
    pub fn address(&self, page: &PageUrl) -> Result<Url, url::ParseError> {
        Url::parse(&format!("{}://{page}", self.scheme))
    }

    fn lists(&self, host: &str) -> bool {
        self.hosts.iter().any(|own| without_web_port(own) == host)
    }

    fn first_host(&self) -> Option<String> {
        self.hosts.first().map(|first| without_web_port(first).to_owned())
    }
}

/// Takes out of a query what says nothing about the page: campaigns, sessions. The rest stays as it stands.
pub(crate) fn drop_noise(url: &mut Url) {
    let Some(query) = url.query() else { return };
    let kept = noise::kept(query);
    if kept.len() != query.len() {
        url.set_query(Some(kept.as_str()).filter(|query| !query.is_empty()));
    }
}

/// Host and port as keys write them: no trailing dot, no port 80 or 443 (a key has no scheme to tell them apart by).
fn host_key(url: &Url) -> Option<String> {
    let host = url.host_str()?.trim_end_matches('.');
    if host.is_empty() {
        return None;
    }
    Some(match url.port() {
        None | Some(80 | 443) => host.to_owned(),
        Some(port) => format!("{host}:{port}"),
    })
}

fn without_web_port(host: &str) -> &str {
    host.strip_suffix(":80").or_else(|| host.strip_suffix(":443")).unwrap_or(host)
}
