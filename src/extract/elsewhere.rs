//! Other pages of one article, where the layout says how they are named: the view on which it stands whole, and the page
//! on which it goes on.

use url::Url;

use super::fields::{Read, first};
use super::sight::Sight;
use crate::profile::rules::Field;

/// The view of the whole article that this page names; `None` where the page is that view, or names none that may be
/// asked in its stead.
pub(super) fn whole(sight: &Sight<'_>) -> Read<Url> {
    address(sight, Field::SinglePage)
}

/// The page on which the article goes on; `None` where it ends here.
pub(super) fn next(sight: &Sight<'_>) -> Read<Url> {
    address(sight, Field::NextPage)
}

fn address(sight: &Sight<'_>, field: Field) -> Read<Url> {
    first(sight, field, Url::to_string, |values| {
        let mut reason = String::new();
        for value in values {
            match own(sight, &value.text, field) {
                Ok(url) => return Ok(url),
                Err(why) => reason = why,
            }
        }
        Err(reason)
    })
}

/// An address as another page of the site. A view of the whole is an article's page and has its shape; a later part may
/// have another.
fn own(sight: &Sight<'_>, said: &str, field: Field) -> Result<Url, String> {
    let mut url = sight.absolute(said).ok_or_else(|| format!("`{}` is no address", super::text::head(said, 60)))?;
    url.set_fragment(None);
    let (profile, here) = (sight.profile, sight.page.url);
    if !profile.canon.owns(&url) {
        return Err(format!("{url} is on no host of {}", profile.site));
    }
    if url.scheme() == "http" && here.scheme() == "https" {
        return Err(format!("{url} is http, this page https"));
    }
    let key = profile.page(&url).map_err(|e| format!("{url}: {e}"))?;
    if profile.page(here).is_ok_and(|own| own == key) {
        return Err("is this page".to_owned());
    }
    let refused = profile.article.never.iter().any(|never| never.is_match(key.path_and_query()));
    if refused || field == Field::SinglePage && !profile.is_article(&key) {
        return Err(format!("{url} has not the shape of an article"));
    }
    Ok(url)
}
