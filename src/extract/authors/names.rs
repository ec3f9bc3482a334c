//! The names in one printed byline: what stands before, between and behind them is cut off.

use std::sync::LazyLock;

use crate::extract::pattern::pattern;
use regex::{Captures, Regex};

use crate::extract::date::is_month;
use crate::model::article::normal;

/// A longer text is no name.
const LONGEST: usize = 100;
/// Nor is one of more words.
const WORDS: usize = 10;

/// How the paper signs, so that its own name can be told from a person's.
pub(super) struct House<'p> {
    /// The site's names, in the form of [`normal`], lower case.
    pub(super) names: Vec<String>,
    pub(super) hosts: &'p [String],
    /// As the profile writes it.
    pub(super) language: &'p str,
    /// The paper signs unsigned pieces with its own name, and the profile says that this is kept.
    pub(super) signs: bool,
}

/// "Par", "Propos recueillis par", "Eine Analyse von": all that may stand before a name.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let kinds = r"texte|article|reportage|enquête|interview|entretien|analyse|chronique|tribune|récit|portrait|kommentar|bericht|essay|gastbeitrag|kolumne|porträt|text|words|story|analysis|opinion|photo";
    let done = r"propos\s+recueillis|recueillis?|écrit|rédigé|réalisée?|publiée?|posté|written|posted|published|reported|reviewed|geschrieben|verfasst|escrito|publicado|scritto";
    let by = r"par|by|von|por|door|di|da|av|af|przez";
    pattern(&format!(
        r"(?i)^\s*(?:(?:(?:(?:un|une|ein|eine|einer|an?|the)\s+)?(?:{kinds})s?|{done})(?:\s+(?:à|in|en|de)\s+[^,:]{{1,30}}?)?(?:\s+(?:{by})\s+|\s*:\s*)|(?:{by})(?:\s*:\s*|\s+|$)|de\s+nos?\s+(?:envoyés?|correspondante?s?)(?:\s+spécia(?:le?s?|ux))?\s+|(?:authors?|auteure?s?|autore?s?|autor(?:in|en|es)?|autorka|verfasser|redaktion|journaliste?s?)\s*:\s*)"
    ))
});
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\s*(?:[,;]\s*(?:(?:et|and|und|e|y)\s+)?|[|•·\n、]|\s/\s|\s[–—-]\s|\s+(?:et|and|und|e|y|og|och|with|avec|mit|con)\s+|\s+[&+]\s+)\s*",
    )
});
/// "En" joins two Dutch names, and leads to a place in French and Spanish.
static BETWEEN_DUTCH: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s+en\s+"));
/// Mail addresses and handles, with the brackets around them.
static HANDLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[(\[<]?(?:\b[\w.+-]+@[\w-]+\.[\w.-]+|(?:^|\s)@\w+)[)\]>]?"));
/// What a person is, not who.
static ROLE: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"correspondante?s?|envoyée?s?\s+spécia(?:le?s?|ux)|journalistes?|reporters?|rédact(?:eur|rice)(?:\s+en\s+chef.*)?|chroniqueu(?:r|se)|stagiaire|photographe|(?:\w+\s+)*editor(?:ial)?(?:\s+.*)?|(?:\w+\s+)*correspondents?|(?:\w+\s+)*(?:reporter|writer|columnist)s?|\w*redakteur(?:in)?|\w*korrespondent(?:in)?|\w*reporter(?:in)?|corresponsal|redactora?|inviat[oa]|corrispondente|journalist(?:in)?|ph\.?\s?d|m\.?\s?d|dvm|rdn?|mph|mba|jd|cpa|cfp|esq|lcsw|(?:[\w-]+\s+){0,4}(?:expert|manager|analyst|strategist|professor|producer|contributor|director)(?:\s+.*)?";
    pattern(&format!(r"(?i)^(?:{words})(?:\s+(?:à|au|aux|en|pour|in|at|for|of|aus|für|bei|beim|de|da|du|des)\s+.*)?$"))
});
/// What a person is, right behind a name of two words at least: "Awa Diarra envoyée spéciale à Gao".
static GLUED: LazyLock<Regex> = LazyLock::new(|| {
    let french = r"envoyée?s?\s+spécia(?:le?s?|ux)|correspondante?s?|journalistes?|stagiaires?";
    let rank = r"senior|staff|chief|executive|special|associate|contributing|managing|guest|national|political";
    let trade = r"correspondent|reporter|writer|editor|columnist";
    pattern(&format!(
        r"(?i)^(\S+\s+\S+?(?:\s+\S+?)??)\s+(?:(?:{french})|(?:(?:{rank})\s+(?:\S+\s+){{0,3}}(?:{trade})s?))\b.*$"
    ))
});
/// A day behind the names, and all that follows it.
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    let named = r"(?P<first>\p{L}{3,10})\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}(?:er|\.)?\s+(?P<second>\p{L}{3,10})\.?\s+\d{4}";
    pattern(&format!(
        r"(?s)[\s,|•·–—-]*(?:\s(?:on|le|am|el|em))?\s+(?:{named}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}})\b.*$"
    ))
});
/// What stands before a day and is no name.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:publiée?|postée?|mise?\s+(?:à\s+jour|en\s+ligne)|modifiée?|écrit|published|posted|updated|written|le|on|am)[\s:]*$",
    )
});
static BY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s(?:par|by|von|por)\s"));
/// "à Paris", "(à Kidal)", "in London", behind a name of two words at least.
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    let at = r"à|au|aux|en|in|from|aus|desde|pour|for";
    pattern(&format!(r"^(\S+\s+\S.*?)\s+(?:\((?:{at})\s[^)]*\)|(?:{at})\s+\p{{Lu}}[\p{{L}}' -]*)$"))
});
/// A bracket behind a name: a role, a party, an agency.
static BRACKET: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(.*\S)\s*\([^()]*\)$"));
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)://|^www\.|^@|^\S+\.[a-z]{2,}/\S*$|@\S+\.|^\S+\.(?:html?|php)$"));

/// "Zeige alle Beiträge von Awa", "View all posts by Awa", "More about Awa »".
static MORE: LazyLock<Regex> = LazyLock::new(|| {
    let begin = r"zeige|alle|view|see|show|read|more|voir|afficher|lire|tous|toutes|ver|todos|archiv|profil|follow";
    pattern(&format!(r"(?i)^(?:{begin})\s+(?:\p{{L}}+\s+){{0,3}}(?:von|by|of|about|from|par|de|por)\s+"))
});
/// The same without a name.
static NOBODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:view|see|show|afficher|voir|ver|zeige|archiv|more|alle|read|follow)\s.*(?:posts?|articles?|profile?|complet|anzeigen|beiträge|more|us|bio)\b|\blog(?:ged)?\s?(?:in|out)\b|\bsigned\s+in\b",
    )
});

/// "(avec Ali Touré)" names more people.
static WITH: LazyLock<Regex> = LazyLock::new(|| pattern(r"\((?:avec|with|mit|con)\s+([^()]*)\)"));

/// Words that stand where a name should.
const NO_NAMES: [&str; 9] = ["undefined", "null", "none", "nan", "n/a", "unknown", "author", "auteur", "no author"];
const AGENCIES: [&str; 10] = ["afp", "reuters", "apa", "amap", "ap", "dpa", "anp", "sda", "efe", "ansa"];

/// The names in a printed text. `whole`: an office's name is one name, commas and all.
pub(super) fn names(text: &str, house: &House<'_>, whole: bool) -> Vec<String> {
    let text = HANDLE.replace_all(text, " ");
    let bare = WITH.replace_all(&text, ", $1, ").trim().to_owned();
    let named = MORE.replace(&bare, "").into_owned();
    let mut bare = without_day(named.trim_end_matches(['→', '»', '›', '>', ' '])).to_owned();
    while let Some(found) = BEFORE.find(&bare) {
        bare.drain(..found.end());
    }
    // "Awa Diarra/Ali Touré" are two names, "srf/hosb" is one sign.
    if !whole && bare.contains('/') && bare.split('/').all(|piece| piece.trim().contains(' ')) {
        bare = bare.replace('/', ", ");
    }
    let pieces: Vec<String> = if whole || is_joint(&bare, house) {
        vec![bare]
    } else {
        let dutch = ["nl", "af"].iter().any(|l| house.language.starts_with(l));
        let joined = if dutch { BETWEEN_DUTCH.replace_all(&bare, ", ") } else { bare.as_str().into() };
        let bare = |piece: &str| {
            // "AP National Political Writer" names nobody.
            let office = piece.split_whitespace().next().is_some_and(|word| AGENCIES.contains(&&*word.to_lowercase()));
            let person = if office { piece.into() } else { GLUED.replace(piece, "$1") };
            PLACE.replace(&person, "$1").into_owned()
        };
        BETWEEN.split(&joined).map(bare).collect()
    };
    let pieces: Vec<String> = pieces.iter().map(|p| trimmed(p)).filter(|p| is_name(p, house)).collect();
    if whole {
        return pieces;
    }
    let people: Vec<String> =
        pieces.iter().filter(|p| !ROLE.is_match(p)).map(|p| BRACKET.replace(p, "$1").into_owned()).collect();
    // "Guardian staff reporter" alone is how it is signed; behind a name it is a role.
    if people.is_empty() { pieces } else { people }
}

/// The text up to a day; what says by whom behind the day, where nothing but a label stands before it ("Publié le 12 mars
/// 2024 par Awa Diarra").
fn without_day(text: &str) -> &str {
    let is_day = |found: &Captures<'_>| {
        let month = found.name("first").or(found.name("second"));
        month.is_none_or(|month| is_month(month.as_str()))
    };
    let Some(day) = DAY.captures(text).filter(is_day).and_then(|found| found.get(0)) else { return text };
    let before = text[..day.start()].trim();
    if before.is_empty() || LABEL.is_match(before) {
        return BY.find(day.as_str()).map_or(text, |by| day.as_str()[by.start()..].trim_start());
    }
    before
}

/// "Le Figaro et AFP" is how the paper signs what it wrote with an agency: one name.
fn is_joint(text: &str, house: &House<'_>) -> bool {
    let plain = normal(text).to_lowercase();
    let split = [" et ", " avec ", " and ", " with ", " und ", " mit "].iter().find_map(|word| plain.split_once(word));
    let joint = |own: &str, other: &str| {
        let office =
            house.names.iter().any(|n| n == own) || own.split(' ').any(|w| w == "rédaction" || w == "redaktion");
        office && AGENCIES.contains(&other.trim_start_matches("l'"))
    };
    split.is_some_and(|(first, second)| joint(first, second))
}

fn trimmed(piece: &str) -> String {
    let bare = piece.trim_matches(|c: char| c.is_whitespace() || ",:;|*–—-/•·".contains(c));
    // A trailing point ends the line, unless it ends an initial or an abbreviation: "J. D.", "Sammy Davis Jr.".
    let last = bare.rsplit([' ', '.']).find(|word| !word.is_empty()).unwrap_or_default();
    let short = last.chars().count() <= 2 && last.starts_with(char::is_uppercase);
    let bare = if short && !bare.ends_with("..") { bare } else { bare.trim_end_matches('.') };
    // A space that does not break is a matter of setting: the name is the same.
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Neither an address, nor the site itself, nor prose.
fn is_name(name: &str, house: &House<'_>) -> bool {
    let plain = normal(name).to_lowercase();
    let host = house.hosts.iter().any(|h| *h == plain || h.strip_prefix("www.") == Some(&plain));
    let own = (house.names.contains(&plain) || host) && !house.signs;
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let sized = name.chars().count() <= LONGEST && name.split_whitespace().count() <= WORDS;
    letters >= 2
        && sized
        && !own
        && !ADDRESS.is_match(name)
        && !NO_NAMES.contains(&plain.as_str())
        && !NOBODY.is_match(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let hosts = ["www.lefigaro.fr".to_owned()];
        let house = House { names: vec!["le figaro".to_owned()], hosts: &hosts, language: "fr", signs: false };
        names(text, &house, false)
    }

    #[test]
    fn what_stands_around_names_is_cut_off() {
        let cases: [(&str, &[&str]); 40] = [
            ("Par Awa Diarra", &["Awa Diarra"]),
            ("Propos recueillis par Awa Diarra.", &["Awa Diarra"]),
            ("Recueilli par Patrick NOM et Luc D'Or", &["Patrick NOM", "Luc D'Or"]),
            ("Propos recueillis à Bamako par Awa Diarra", &["Awa Diarra"]),
            ("Texte : Awa Diarra", &["Awa Diarra"]),
            ("Par Awa Diarra (à Kidal), Ali Touré (correspondant à Niamey)", &["Awa Diarra", "Ali Touré"]),
            ("Awa Diarra, envoyée spéciale à Gao", &["Awa Diarra"]),
            ("De nos envoyés spéciaux Awa Diarra et Ali Touré", &["Awa Diarra", "Ali Touré"]),
            ("Awa Diarra et Ali Touré, envoyés spéciaux à Gao", &["Awa Diarra", "Ali Touré"]),
            ("Awa Diarra à Paris", &["Awa Diarra"]),
            ("By Jane Doe in London and John Roe, political editor", &["Jane Doe", "John Roe"]),
            ("Von Eva Muster, Redakteurin", &["Eva Muster"]),
            ("Eine Analyse von Eva Muster", &["Eva Muster"]),
            ("Awa Diarra @awadiarra, awa@journal.example", &["Awa Diarra"]),
            ("By Jane Doe, John Roe, and Awa Diarra", &["Jane Doe", "John Roe", "Awa Diarra"]),
            ("By Jane Doe on June 26, 2014 at 9:00a", &["Jane Doe"]),
            ("Par Awa Diarra, le 3 février 2024 à 7h31", &["Awa Diarra"]),
            ("Awa Diarra 03/02/2024", &["Awa Diarra"]),
            ("Publié le 12 mars 2024 par Awa Diarra", &["Awa Diarra"]),
            ("Le 12 mars 2024, par Awa Diarra et Ali Touré", &["Awa Diarra", "Ali Touré"]),
            ("Posted on March 12, 2024 by Jane Doe", &["Jane Doe"]),
            ("Awa Diarra, ALI TOURÉ envoyés spéciaux à Gao", &["Awa Diarra", "ALI TOURÉ"]),
            ("Jane Doe Senior Washington Correspondent", &["Jane Doe"]),
            ("Jane Doe, AP Technology Writers", &["Jane Doe"]),
            ("Jane Doe, AP National Political Writer", &["Jane Doe"]),
            ("Par Awa\u{a0}Diarra", &["Awa Diarra"]),
            ("Awa Diarra avec AFP", &["Awa Diarra", "AFP"]),
            ("Le Figaro et AFP", &["Le Figaro et AFP"]),
            ("Le Figaro avec AFP", &["Le Figaro avec AFP"]),
            ("La Rédaction", &["La Rédaction"]),
            ("E. NURDIN", &["E. NURDIN"]),
            ("John Roe Jr.", &["John Roe Jr."]),
            ("AMAP", &["AMAP"]),
            ("Staff reporter", &["Staff reporter"]),
            ("Vinícius Da Silva", &["Vinícius Da Silva"]),
            ("Awa Diarra | Le Figaro", &["Awa Diarra"]),
            ("Awa Diarra en Syrie", &["Awa Diarra"]),
            ("Awa Diarra/Ali Touré", &["Awa Diarra", "Ali Touré"]),
            ("srf/hosb", &["srf/hosb"]),
            ("Awa Diarra (avec Ali Touré et Bah Sy) Journaliste", &["Awa Diarra", "Ali Touré", "Bah Sy"]),
        ];
        for (text, wanted) in cases {
            assert_eq!(read(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let long = "mot ".repeat(12);
        for text in [
            "",
            "Par ",
            "https://journal.example/awa",
            "facebook.com/awa",
            "Le Figaro",
            "lefigaro.fr",
            "null",
            "Account You're logged in as Account Edit Profile Logout",
            "…",
            &long,
        ] {
            assert_eq!(read(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_paper_that_signs_is_let_sign() {
        let hosts = ["www.lesechos.fr".to_owned()];
        let house = House { names: vec!["les echos".to_owned()], hosts: &hosts, language: "fr", signs: true };
        assert_eq!(names("Les Echos", &house, false), ["Les Echos"]);
        assert_eq!(names("Par lesechos.fr", &house, false), ["lesechos.fr"]);
    }
}
