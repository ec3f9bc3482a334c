//! Where links lead: articles of the house, its tags and sections, or somewhere else.

use url::Url;

use super::Finder;
use crate::model::url::{house, is_named_as_story};

/// Path segments that stand before the name of a tag or of a person.
#[rustfmt::skip]
const TAGS: &[&str] = &[
    "tag", "tags", "taxonomy", "mot", "mots", "mot-cle", "mots-cles", "keyword", "author", "authors", "auteur",
    "auteurs", "autor", "autores", "autoren", "profil", "profils", "profile", "profiles", "signataires", "journaliste",
    "thema", "themen", "tema", "temas", "search", "recherche", "newsletter", "newsletters", "signin", "login", "register",
    "connexion", "inscription", "abonnement", "abonnements",
];

/// Path segments that stand before the name of a section, and on some sites in an article's own address.
#[rustfmt::skip]
const SECTIONS: &[&str] = &[
    "dossier", "dossiers", "theme", "themes", "thematique", "thematiques", "topic", "topics", "category", "categorie",
    "categories", "rubrique", "rubriques", "section", "sections",
];

impl Finder<'_, '_> {
    /// An article of the site or of one under the same name: what lists without a link of another house hold.
    pub(super) fn leads_to_sibling(&self, href: &str) -> bool {
        let Some(url) = self.sight.absolute(href) else { return false };
        let own = self.sight.page.url.host_str().map(house);
        own == url.host_str().map(house) && self.leads_to_article(&url)
    }

    /// Another page of the web that is no listing; where the profile knows the site's own articles by their path, one of
    /// those, or one whose name is as long as a headline: profiles know articles, and papers print videos and lives too.
    fn leads_to_article(&self, url: &Url) -> bool {
        if url.path() == "/" || is_listing(url) {
            return false;
        }
        let own_page = self.sight.page.url;
        if url.path() == own_page.path() && url.query() == own_page.query() {
            return false;
        }
        let host = url.host_str().unwrap_or_default();
        let own = self.sight.profile.canon.hosts.iter().any(|h| h.split(':').next() == Some(host));
        let path = url.query().map_or_else(|| url.path().to_owned(), |q| format!("{}?{q}", url.path()));
        let article = &self.sight.profile.article;
        !own || article.paths.is_empty() || article.matches(&path) || is_named_as_story(url)
    }

    /// Does the address end as those of stories do?
    pub(super) fn is_named_as_story(&self, href: &str) -> bool {
        self.sight.absolute(href).is_some_and(|url| is_named_as_story(&url))
    }

    /// A tag, a section, an author's page.
    pub(super) fn leads_to_listing(&self, href: &str) -> bool {
        self.sight.absolute(href).is_some_and(|url| is_listing(&url))
    }
}

/// Does the address name a tag, a section, an author?
fn is_listing(url: &Url) -> bool {
    let Some(segments) = url.path_segments() else { return false };
    let segments: Vec<&str> = segments.filter(|s| !s.is_empty()).collect();
    let Some((name, before)) = segments.split_last() else { return true };
    let plain = name.to_ascii_lowercase();
    let among = |words: &[&str]| before.iter().any(|s| words.contains(&s.to_ascii_lowercase().as_str()));
    among(TAGS)
        || (among(SECTIONS) && !is_named_as_story(url))
        || TAGS.contains(&plain.as_str())
        || name.starts_with('@')
}

/// The address without campaigns, sessions and the place on the page.
pub(super) fn cleaned(mut url: Url) -> Url {
    url.set_fragment(None);
    crate::model::url::drop_noise(&mut url);
    url
}
