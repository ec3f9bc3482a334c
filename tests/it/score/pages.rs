//! Real pages of real papers, where the shared sets are at hand: their bytes, their addresses, what they should say.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::Path;

use griot::profile::{self, Profile};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use url::Url;

/// The set whose expected values are reviewed parsers' of its own.
pub(crate) const FUNDUS: &str = "fundus";
/// The set of French-language pages.
pub(crate) const FRANCOPHONE: &str = "francophone";

/// One saved page.
pub(crate) struct Case {
    /// The sets it belongs to.
    pub(crate) sets: Vec<&'static str>,
    /// Names it in what the tests print.
    pub(crate) name: String,
    /// Its own address.
    pub(crate) url: Url,
    /// As saved: gzip.
    pub(crate) gzip: Vec<u8>,
    /// The end of the day on which it was saved, where its set tells.
    pub(crate) saved_at: Option<Timestamp>,
    /// What it should say, in the form of fundus.
    pub(crate) expected: Option<Value>,
}

impl Case {
    /// The page's text, decoded as a crawl decodes it.
    pub(crate) fn html(&self) -> String {
        let mut bytes = Vec::new();
        flate2::read::MultiGzDecoder::new(self.gzip.as_slice()).read_to_end(&mut bytes).unwrap();
        griot::fetch::decode::text(&bytes, None).text
    }
}

/// The profiles that griot ships.
pub(crate) fn shipped() -> Vec<Profile> {
    profile::shipped().iter().map(|site| profile::find(site, None).unwrap()).collect()
}

/// The profile that owns an address.
pub(crate) fn owner<'p>(profiles: &'p [Profile], url: &Url) -> Option<&'p Profile> {
    profiles.iter().find(|p| p.canon.owns(url))
}

/// The pages of fundus, each with its expected values.
pub(crate) fn fundus(shared: &Path) -> Vec<Case> {
    let folder = shared.join("fundus");
    let case = |row: &HashMap<String, String>| {
        let path = folder.join(&row["path"]);
        let expected = path.to_string_lossy().replace(".html.gz", ".expected.json");
        let saved: Date = row["crawl_date"].parse().unwrap();
        Case {
            sets: vec![FUNDUS],
            name: row["path"].clone(),
            url: Url::parse(&row["url"]).unwrap(),
            gzip: std::fs::read(&path).unwrap(),
            saved_at: Some(saved.at(23, 59, 59, 0).in_tz("UTC").unwrap().timestamp()),
            expected: Some(serde_json::from_str(&std::fs::read_to_string(expected).unwrap()).unwrap()),
        }
    };
    rows(&folder.join("index.tsv")).iter().map(case).collect()
}

/// The French-language pages that have an address. Nobody wrote down what they should say.
pub(crate) fn francophone(shared: &Path) -> Vec<Case> {
    let case = |row: &HashMap<String, String>| {
        // The index gives one address without its host, which is in the copy's name.
        let url = Url::parse("https://ici.radio-canada.ca").unwrap().join(&row["url"]).unwrap();
        Case {
            sets: vec![FRANCOPHONE],
            name: row["copy"].clone(),
            url,
            gzip: std::fs::read(shared.join(&row["copy"])).unwrap(),
            saved_at: None,
            expected: None,
        }
    };
    let rows = rows(&shared.join("francophone/index.tsv"));
    rows.iter().filter(|row| !row["url"].is_empty()).map(case).collect()
}

/// The rows of a table, each by column.
pub(crate) fn rows(index: &Path) -> Vec<HashMap<String, String>> {
    let text = std::fs::read_to_string(index).unwrap();
    let mut lines = text.lines().map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    let head = lines.next().unwrap();
    lines.map(|line| head.iter().cloned().zip(line).collect()).collect()
}
