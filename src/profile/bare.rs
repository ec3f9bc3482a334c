//! A profile that nobody wrote: for a page whose paper has none.

use url::Url;

use super::Profile;
use super::error::ProfileError;

impl Profile {
    /// Says nothing but where a page is from: its host under both of its usual names, every path an article's. Fields are
    /// read by griot's own rules, dates in the zone that they tell themselves, in the language that the page says it has.
    ///
    /// # Errors
    /// When the address has no host that a profile can name.
    pub fn bare(page: &Url) -> Result<Self, ProfileError> {
        let host = page.host_str().unwrap_or_default();
        let other = match host.strip_prefix("www.") {
            Some(rest) => Some(rest.to_owned()),
            None => page.domain().map(|_| format!("www.{host}")),
        };
        let port = page.port().map(|port| format!(":{port}")).unwrap_or_default();
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let hosts: Vec<String> =
            [Some(host), other.as_deref()].into_iter().flatten().map(|host| quoted(&format!("{host}{port}"))).collect();
        let (name, hosts) = (quoted(host), hosts.join(", "));
        let rules = format!(
            "name = {name}\nzone = \"UTC\"\nlanguage = \"und\"\nhosts = [{hosts}]\nscheme = {}\nprovisional = false\n\
             [article]\npaths = ['^/']\n",
            quoted(page.scheme())
        );
        Self::parse(host, host, &rules)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_a_profile_has_its_host_for_one() {
        for (page, hosts) in [
            ("https://www.journal.example/a/b?c", vec!["www.journal.example", "journal.example"]),
            ("http://journal.example:8080/", vec!["journal.example:8080", "www.journal.example:8080"]),
            ("https://l'essor.example/", vec!["l'essor.example", "www.l'essor.example"]),
            ("http://127.0.0.1:8080/a", vec!["127.0.0.1:8080"]),
            ("http://[::1]/a", vec!["[::1]"]),
        ] {
            let url = Url::parse(page).unwrap();
            let profile = Profile::bare(&url).unwrap();
            assert_eq!(profile.canon.hosts, hosts);
            assert!(profile.canon.owns(&url) && profile.is_article(&profile.page(&url).unwrap()), "{page}");
        }
    }
}
