//! What the site is called: by its profile, by the page itself, by its host, and by what many of its pages were titled.

use unicode_normalization::UnicodeNormalization;

use super::sight::Sight;

/// Signs that part a headline from the name of the site.
const SIGNS: [&str; 12] = [" - ", " – ", " — ", " ― ", " | ", " ｜ ", " • ", " · ", " :: ", " » ", " « ", " // "];
/// Names that may stand behind one another: "… | Sport | Le Fleuve".
const MOST_NAMES: usize = 3;
/// A shorter host in bytes is a word like others.
const HOST: usize = 6;
/// Words of a site's name: "Journal officiel de la République du Mali et de ses …".
const MOST_WORDS: usize = 8;

/// The names of a site, as letters and digits alone.
#[derive(Debug, Default)]
pub(super) struct Called {
    names: Vec<String>,
    /// What its hosts are called by: `presse-augsburg.de` by "presseaugsburg" too.
    hosts: Vec<String>,
}

impl Called {
    pub(super) fn of(sight: &Sight<'_>) -> Self {
        let path = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
        let site = ["WebSite", "NewsMediaOrganization"].map(str::to_owned);
        let said = &sight.structured;
        // Some systems write the headline where the site's name should stand.
        let is_name = |name: &String| name.split_whitespace().count() <= MOST_WORDS;
        let names = said
            .meta("og:site_name")
            .into_iter()
            .chain(said.meta("application-name"))
            .chain(said.values(&path(&["publisher", "name"]), &[]))
            .chain(said.microdata(&path(&["publisher", "name"]), &[]))
            .chain(said.values(&path(&["name"]), &site))
            .filter(is_name)
            .chain(sight.page.names.iter().cloned())
            .chain([sight.profile.name.clone()]);
        let host = |host: &String| {
            let bare = host.split(':').next().unwrap_or_default().trim_start_matches("www.").to_owned();
            let label = bare.rsplit_once('.').map(|(label, _)| label.to_owned());
            [Some(bare), label].into_iter().flatten()
        };
        let hosts = sight.profile.canon.hosts.iter().flat_map(host).map(|name| letters(&name));
        Self { names: names.map(|name| letters(&name)).filter(|n| !n.is_empty()).collect(), hosts: hosts.collect() }
    }

    /// Is this text nothing but a name of the site?
    pub(super) fn is(&self, text: &str) -> bool {
        let bare = unaccented(text);
        // "Archive of Our Own beta": the host's name and little else.
        let little = |host: &&String| host.len() >= HOST && host.len() * 4 >= bare.len() * 3;
        self.names.contains(&letters(text)) || self.hosts.iter().filter(little).any(|host| bare.contains(host.as_str()))
    }

    fn is_at_all(&self, text: &str) -> bool {
        let (text, bare) = (letters(text), unaccented(text));
        text.len() > 2 && (self.names.contains(&text) || self.hosts.contains(&bare))
    }

    /// A headline without the names of the site before and behind it.
    pub(super) fn without(&self, text: &str) -> String {
        let mut text = text.trim();
        for _ in 0..MOST_NAMES {
            let last = SIGNS.iter().filter_map(|sign| text.rsplit_once(sign)).min_by_key(|(_, tail)| tail.len());
            let first = SIGNS.iter().filter_map(|sign| text.split_once(sign)).min_by_key(|(head, _)| head.len());
            match (last, first) {
                (Some((head, tail)), _) if self.is_at_all(tail) && !head.trim().is_empty() => text = head.trim(),
                (_, Some((head, tail))) if self.is_at_all(head) && !tail.trim().is_empty() => text = tail.trim(),
                _ => break,
            }
        }
        text.to_owned()
    }
}

/// The pieces of a text that signs part from one another: what each sign leaves before and behind it.
pub(super) fn pieces(text: &str) -> Vec<&str> {
    let of = |sign: &'static str| {
        text.match_indices(sign).flat_map(move |(at, _)| [text[..at].trim(), text[at + sign.len()..].trim()])
    };
    SIGNS.into_iter().flat_map(of).filter(|piece| !piece.is_empty()).collect()
}

/// Letters and digits alone, small.
pub(super) fn letters(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// The same without accents, as in the names of hosts.
fn unaccented(text: &str) -> String {
    text.nfkd().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_site_are_taken_off_a_headline() {
        let called =
            Called { names: vec!["lefleuve".into()], hosts: vec!["presseaugsburgde".into(), "presseaugsburg".into()] };
        for (text, bare) in [
            ("Le bac reprend – Le Fleuve", "Le bac reprend"),
            ("Le Fleuve | Le bac reprend | Presse Augsburg", "Le bac reprend"),
            ("Le bac | Sport | Le Fleuve", "Le bac | Sport"),
            ("Le bac - enfin - reprend", "Le bac - enfin - reprend"),
            ("Sur le fleuve", "Sur le fleuve"),
            ("Le Fleuve", "Le Fleuve"),
            ("Le bac-fleuve", "Le bac-fleuve"),
            ("Le bac | Présse Augsburg", "Le bac"),
        ] {
            assert_eq!(called.without(text), bare);
        }
    }
}
