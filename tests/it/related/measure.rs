//! The measure of the shared set's `score.py`, for related links and for what they leave in the body.

use std::collections::BTreeSet;

use griot::model::link::{RelatedKind, RelatedLink};
use serde::Deserialize;
use sha1::{Digest, Sha1};
use unicode_normalization::UnicodeNormalization;
use url::Url;

/// Labels that no running text has, in normal form.
const LABELS: &[&str] = &["lireaussi", "lireégalement", "voiraussi", "rédactionvousconseille"];
/// A title shorter than this in letters may stand in any text by chance.
const TELLING: usize = 15;

/// What a person found on a page.
#[derive(Debug, Deserialize)]
pub(crate) struct Annotated {
    /// The page's file in the shared sets.
    pub(crate) copy: String,
    pub(crate) html_sha256: String,
    /// Sentences of the text that are titles of related links as well.
    pub(crate) body: Vec<Unit>,
    pub(crate) related: Vec<Link>,
}

/// A sentence, as a hash.
#[derive(Debug, Deserialize)]
pub(crate) struct Unit {
    pub(crate) sha1: String,
}

/// A link that a person found; its title is kept as a hash.
#[derive(Debug, Deserialize)]
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) label: Option<String>,
    pub(crate) title_sha1: String,
    pub(crate) title_chars: usize,
    pub(crate) place: String,
}

impl Annotated {
    /// The links of the text and behind it: what is measured.
    pub(crate) fn own(&self) -> impl Iterator<Item = &Link> {
        self.related.iter().filter(|link| link.place != "side")
    }
}

/// Links right, told and true, added up over pages.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Sum {
    pub(crate) right: usize,
    pub(crate) told: usize,
    pub(crate) annotated: usize,
}

impl Sum {
    pub(crate) fn add(&mut self, other: Self) {
        self.right += other.right;
        self.told += other.told;
        self.annotated += other.annotated;
    }

    pub(crate) fn precision(self) -> f64 {
        share(self.right, self.told)
    }

    pub(crate) fn recall(self) -> f64 {
        share(self.right, self.annotated)
    }

    pub(crate) fn f1(self) -> f64 {
        share(2 * self.right, self.told + self.annotated)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred links")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// What was told and is not so, and what was not told.
#[derive(Debug, Default)]
pub(crate) struct Differences {
    pub(crate) sum: Sum,
    pub(crate) wrong: Vec<String>,
    pub(crate) missed: Vec<String>,
}

/// Compares by address, as `score.py` does; an author's list is no choice of the article's.
pub(crate) fn compare(page: &Annotated, told: &[RelatedLink]) -> Differences {
    let annotated: BTreeSet<String> = page.own().map(|link| address(&link.href)).collect();
    let beside = |kind| matches!(kind, RelatedKind::Side | RelatedKind::Author);
    let told: BTreeSet<String> = told.iter().filter(|l| !beside(l.kind)).map(|l| address(&l.url)).collect();
    let sum = Sum { right: annotated.intersection(&told).count(), told: told.len(), annotated: annotated.len() };
    let wrong = told.difference(&annotated).cloned().collect();
    Differences { sum, wrong, missed: annotated.difference(&told).cloned().collect() }
}

/// Titles and labels of related links that stand in a body.
pub(crate) fn leaks(page: &Annotated, body: &[&str]) -> Vec<String> {
    let words: Vec<String> = body.iter().flat_map(|b| b.split_whitespace()).map(normal).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
    let own = |link: &&Link| page.body.iter().any(|unit| unit.sha1 == link.title_sha1);
    let title = |link: &&Link| link.title_chars >= TELLING && !own(link) && stands_in(&words, link);
    let titles = page.own().filter(title).map(|link| format!("title of {}", link.href));
    let blocks: Vec<String> = body.iter().copied().map(normal).collect();
    let own = page.own().filter_map(|link| link.label.as_deref()).map(normal);
    let alone = own.filter(|label| blocks.contains(label)).map(|label| format!("label {label}"));
    let within = LABELS.iter().filter(|label| blocks.iter().any(|block| block.contains(*label)));
    titles.chain(alone).chain(within.map(|label| format!("label {label}"))).collect()
}

/// Does the title stand in the words, from the beginning of one to the end of another?
fn stands_in(words: &[&str], link: &Link) -> bool {
    (0..words.len()).any(|from| {
        let mut run = String::new();
        let mut count = 0;
        for word in &words[from..] {
            run.push_str(word);
            count += word.chars().count();
            if count >= link.title_chars {
                break;
            }
        }
        count == link.title_chars && sha1(&run) == link.title_sha1
    })
}

/// Letters and digits only, of one case.
pub(crate) fn normal(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

pub(crate) fn sha1(text: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha1::digest(text))
}

/// An address without scheme, fragment and campaign.
fn address(href: &str) -> String {
    let Ok(url) = Url::parse(href) else { return href.to_owned() };
    let path = percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy().into_owned();
    let campaign = |name: &str| name.to_lowercase().starts_with("utm_");
    let query = url.query_pairs().filter(|(name, _)| !campaign(name));
    let query: Vec<String> = query.map(|(name, value)| format!("{name}={value}")).collect();
    format!("{}{path}?{}", url.host_str().unwrap_or_default(), query.join("&"))
}
