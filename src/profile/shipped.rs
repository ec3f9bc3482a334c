//! Where profiles come from: the operator's own folder first, then those built in.

use std::io::ErrorKind;
use std::path::Path;

use super::Profile;
use super::error::ProfileError;

macro_rules! shipped {
    ($($site:literal),* $(,)?) => {
        const SHIPPED: &[(&str, &str)] = &[$(($site, include_str!(concat!("../../selectors/", $site, ".toml")))),*];
    };
}

shipped![
    "20min-ch",
    "20minutes",
    "9news-au",
    "abc-es",
    "abendblatt",
    "apnews",
    "bbc",
    "berliner-zeitung",
    "bild",
    "boersen-zeitung",
    "br-de",
    "braunschweiger-zeitung",
    "businessinsider",
    "businessinsider-de",
    "cbc",
    "citizen-za",
    "clubic",
    "cnbc",
    "corriere",
    "courrierinternational",
    "cric-grenoble",
    "dagbladet",
    "daily-maverick",
    "dailymail",
    "dailynews-tz",
    "dailystar-uk",
    "derstandard",
    "diepresse",
    "dizindaba",
    "durbanlocal",
    "dw",
    "eldiario-es",
    "elmundo",
    "elpais",
    "euronews-de",
    "euronews-en",
    "euronews-fr",
    "express-uk",
    "expressen",
    "eyethunews",
    "faz",
    "focus",
    "foxnews",
    "fr-de",
    "framablog",
    "freiepresse",
    "freitag",
    "gamestar",
    "globeandmail",
    "golem",
    "guardian",
    "habarileo",
    "heise",
    "hessenschau",
    "ilanga",
    "ilgiornale",
    "independent-uk",
    "inews-uk",
    "isolezwe",
    "isolezwelesixhosa",
    "jungewelt",
    "jyllands-posten",
    "kicker",
    "kleinezeitung",
    "krautreporter",
    "la-bas",
    "lavanguardia",
    "lefigaro",
    "lemonde",
    "leparisien",
    "lepoint",
    "lesechos",
    "lesotho-times",
    "lessor",
    "liberation",
    "loldf",
    "lto",
    "malaymail",
    "mallorcamagazin",
    "mallorcazeitung",
    "mdr",
    "mediapart-club",
    "merkur-de",
    "metro-uk",
    "mexiconewsdaily",
    "mirror-uk",
    "morgenpost",
    "motorsport-magazin",
    "mz",
    "namibian",
    "nationalpost",
    "nature-news",
    "ndr",
    "nettavisen",
    "netzpolitik",
    "newyorker",
    "nieuwsblad",
    "nrk",
    "ntv",
    "nzz",
    "orf",
    "ouest-france",
    "paris-luttes",
    "politico-eu",
    "postillon",
    "publico-es",
    "radio-canada",
    "rbb24",
    "repubblica",
    "reuters",
    "revolutionpermanente",
    "rp-online",
    "rp-pl",
    "ruhrnachrichten",
    "salzburger-nachrichten",
    "seznamzpravy",
    "slate-fr",
    "spiegel",
    "sportschau",
    "srf",
    "standard-uk",
    "stern",
    "stuttgarter-zeitung",
    "sueddeutsche",
    "tageblatt",
    "tagesanzeiger",
    "tagesschau",
    "tagesspiegel",
    "tageszeitung-it",
    "taipeitimes",
    "taz",
    "telegraph-uk",
    "thesun-uk",
    "thewest-au",
    "timeslive",
    "vg-no",
    "voanews",
    "vogue-de",
    "wara",
    "washingtonpost",
    "washingtontimes",
    "waz",
    "wdr",
    "welt",
    "winfuture",
    "wired",
    "wort",
    "zdfheute",
    "zeit",
];

/// The names of the profiles built in, in alphabetical order.
#[must_use]
pub fn shipped() -> Vec<&'static str> {
    SHIPPED.iter().map(|(site, _)| *site).collect()
}

/// The names of all profiles in alphabetical order: those of `own_dir` and those built in.
#[must_use]
pub fn names(own_dir: Option<&Path>) -> Vec<String> {
    let files = own_dir.and_then(|dir| std::fs::read_dir(dir).ok()).into_iter().flatten().flatten();
    let own = files.filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".toml").map(str::to_owned));
    let mut names: Vec<String> = own.chain(shipped().into_iter().map(str::to_owned)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The profile of a site: `<own_dir>/<site>.toml` where it exists, else the one built in.
///
/// # Errors
/// When there is none, or it has mistakes.
pub fn find(site: &str, own_dir: Option<&Path>) -> Result<Profile, ProfileError> {
    let plain = !site.is_empty() && site.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if plain && let Some(dir) = own_dir {
        let path = dir.join(format!("{site}.toml"));
        let file = path.display().to_string();
        match std::fs::read_to_string(&path) {
            Ok(toml) => return Profile::parse(site, &file, &toml),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(error) => return Err(ProfileError::Unreadable { file, reason: error.to_string() }),
        }
    }
    if let Some((name, toml)) = SHIPPED.iter().find(|(name, _)| *name == site) {
        return Profile::parse(name, &format!("selectors/{name}.toml"), toml);
    }
    let known = names(own_dir);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let near = super::table::nearest(site, &known).map(str::to_owned);
    Err(ProfileError::Unknown { site: site.to_owned(), near })
}
