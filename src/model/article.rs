//! An article as it was read from one capture: the text that makes versions, and the attributes that do not.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::instant::written;
use super::link::RelatedLink;

mod printed;

pub use printed::{Precision, PrintedDate, ZoneSource};

/// What one block of the body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading inside the body.
    Heading,
    /// A quotation set apart.
    Quote,
    /// One item of a list.
    Item,
}

impl BlockKind {
    fn word(self) -> &'static str {
        match self {
            Self::Paragraph => "p",
            Self::Heading => "h",
            Self::Quote => "q",
            Self::Item => "i",
        }
    }
}

/// One block of the body, as printed: inner white space folded, nothing else changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text; never empty.
    pub text: String,
}

/// What an author's name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorRole {
    /// The byline or account the site prints with the article.
    Byline,
    /// The name under the text.
    Signature,
    /// A source, agency or office credited for the text.
    Credit,
}

impl AuthorRole {
    /// The word written to the archive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Byline => "byline",
            Self::Signature => "signature",
            Self::Credit => "credit",
        }
    }
}

/// A name printed with the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// As printed, without "Par" and its like.
    pub name: String,
    /// What it stands for.
    pub role: AuthorRole,
}

/// An image as data; its bytes are another matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Absolute URL, as found.
    pub url: String,
    /// `alt`, white space folded.
    pub alt: Option<String>,
    /// The caption under it.
    pub caption: Option<String>,
    /// The credit, where it stands apart from the caption.
    pub credit: Option<String>,
}

/// The part of an article whose change makes a version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The headline.
    pub title: String,
    /// The lead or standfirst, when it stands apart from the body.
    pub lead: Option<String>,
    /// The body, without lead, captions, related links, bylines and signatures.
    pub body: Vec<Block>,
    /// Names in the order printed.
    pub authors: Vec<Author>,
    /// The day of publication as printed, where it is absolute.
    pub published_on: Option<Date>,
}

/// Everything else that is read of an article: dated, never a version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attributes {
    /// Publication, whole.
    pub published: Option<PrintedDate>,
    /// Last change as the page tells it.
    pub modified: Option<PrintedDate>,
    /// Creation, where the URL tells it.
    pub url_created_at: Option<Timestamp>,
    /// Two sources of the publication differ by more than a day: which, for people.
    pub date_conflict: Option<String>,
    /// The paper's own section.
    pub section: Option<String>,
    /// Tags in the order printed.
    pub tags: Vec<String>,
    /// BCP 47 language, of the page or else of the profile.
    pub language: Option<String>,
    /// In document order.
    pub images: Vec<Image>,
    /// The page's `rel=canonical`, absolute, as found.
    pub canonical: Option<String>,
    /// "Lire aussi" and the like.
    pub related: Vec<RelatedLink>,
}

/// Names the way texts are digested; goes before every digest of one.
pub const DIGEST_SCHEME: &str = "v1";

impl Text {
    /// Characters of lead and body in normal form: what "shorter" is measured by.
    #[must_use]
    pub fn length(&self) -> usize {
        let lead = self.lead.as_deref().map_or(0, |l| normal(l).chars().count());
        lead + self.body.iter().map(|b| normal(&b.text).chars().count()).sum::<usize>()
    }

    /// The digest that names this text: `v1:` and 64 hex digits of SHA-256 over the fields in normal form.
    #[must_use]
    pub fn digest(&self) -> String {
        format!("{DIGEST_SCHEME}:{}", self.hashed(normal))
    }

    /// SHA-256 over the very letters, in hex. The digest is blind to what versions do not tell apart, such as the form of
    /// quotes; damage to a kept text is not.
    #[must_use]
    pub fn very(&self) -> String {
        self.hashed(str::to_owned)
    }

    fn hashed(&self, form: impl Fn(&str) -> String) -> String {
        let mut fields = Fields::default();
        fields.add("title", &form(&self.title));
        fields.add("lead", &self.lead.as_deref().map(&form).unwrap_or_default());
        for block in &self.body {
            fields.add(block.kind.word(), &form(&block.text));
        }
        for author in &self.authors {
            fields.add(author.role.word(), &form(&author.name));
        }
        fields.add("day", &self.published_on.map(|d| d.to_string()).unwrap_or_default());
        fields.hex()
    }

    /// Lead and body as one text, blocks parted by an empty line; for search and diffs.
    #[must_use]
    pub fn plain(&self) -> String {
        let lead = self.lead.as_deref().into_iter();
        lead.chain(self.body.iter().map(|b| b.text.as_str())).collect::<Vec<_>>().join("\n\n")
    }
}

impl Attributes {
    /// Names these attributes, as far as the archive keeps them. Related links have intervals of their own and are left out.
    #[must_use]
    pub fn digest(&self) -> String {
        let images: Vec<_> = self.images.iter().cloned().map(|i| [Some(i.url), i.alt, i.caption, i.credit]).collect();
        name_attributes(&self.kept(), &images)
    }

    /// The values of [`ATTRIBUTE_FIELDS`].
    fn kept(&self) -> Vec<Option<String>> {
        let at = |date: &Option<PrintedDate>| date.as_ref().and_then(|d| d.at).map(written);
        let on = |date: &Option<PrintedDate>| date.as_ref().map(|d| d.on.to_string());
        let text = |date: &Option<PrintedDate>| date.as_ref().map(|d| d.text.clone());
        let published = self.published.as_ref();
        vec![
            at(&self.published),
            on(&self.published),
            published.map(|d| d.precision.word().to_owned()),
            published.map(|d| d.zone.clone()),
            published.map(|d| d.zone_source.word().to_owned()),
            text(&self.published),
            at(&self.modified),
            on(&self.modified),
            text(&self.modified),
            self.url_created_at.map(written),
            self.date_conflict.clone(),
            self.section.clone(),
            Some(serde_json::Value::from(self.tags.clone()).to_string()),
            self.language.clone(),
            self.canonical.clone(),
        ]
    }
}

/// What the archive keeps of attributes beside their images, by the names of its columns: a digest covers this and the
/// images, so that anybody can make it again from the rows.
pub const ATTRIBUTE_FIELDS: [&str; 15] = [
    "published_at",
    "published_on",
    "published_precision",
    "published_zone",
    "published_zone_source",
    "published_text",
    "modified_at",
    "modified_on",
    "modified_text",
    "url_created_at",
    "date_conflict",
    "section",
    "tags",
    "language",
    "canonical",
];

/// Names the way attributes are digested. `v1` covered more than is kept, and cannot be made again.
const ATTRIBUTES_SCHEME: &str = "v2";

/// Can this digest be made again from what is kept?
#[must_use]
pub fn is_name_of_attributes(digest: &str) -> bool {
    digest.strip_prefix(ATTRIBUTES_SCHEME).is_some_and(|rest| rest.starts_with(':'))
}

/// The digest of attributes: `v2:` and 64 hex digits of SHA-256 over the values of [`ATTRIBUTE_FIELDS`], in that order, and
/// over each image's URL, alternative text, caption and credit.
#[must_use]
pub fn name_attributes(values: &[Option<String>], images: &[[Option<String>; 4]]) -> String {
    let mut fields = Fields::default();
    for (name, value) in ATTRIBUTE_FIELDS.iter().zip(values) {
        fields.add_maybe(name, value.as_deref());
    }
    for (name, value) in images.iter().flat_map(|image| ["image", "alt", "caption", "credit"].iter().zip(image)) {
        fields.add_maybe(name, value.as_deref());
    }
    format!("{ATTRIBUTES_SCHEME}:{}", fields.hex())
}

/// A hash over named fields, each with its length, so that no two lists of fields read alike.
#[derive(Default)]
struct Fields(Sha256);

impl Fields {
    fn add(&mut self, name: &str, value: &str) {
        self.0.update(format!("{name}:{}:", value.len()));
        self.0.update(value);
    }

    /// Nothing reads otherwise than an empty value.
    fn add_maybe(&mut self, name: &str, value: Option<&str>) {
        self.add(name, &value.map_or_else(|| "-".to_owned(), |value| format!("={value}")));
    }

    fn hex(self) -> String {
        data_encoding::HEXLOWER.encode(&self.0.finalize())
    }
}

/// The normal form texts are compared in: NFC, white space folded (U+00A0 and U+202F are space), one form of quotes,
/// apostrophes and dashes, no soft hyphens or zero-width characters.
///
/// ```
/// use griot::model::article::normal;
/// assert_eq!(normal("L’Essor\u{a0}: «\u{202f}non\u{202f}» —  dit-il"), normal("L'Essor : \"non\" - dit-il"));
/// ```
#[must_use]
pub fn normal(text: &str) -> String {
    if text.chars().all(is_composed) { in_one_form(text, text.chars()) } else { in_one_form(text, text.nfc()) }
}

/// Is it in NFC whatever stands beside it? What comes before the first combining mark, and general punctuation without
/// its two quads (Unicode Standard Annex 15).
fn is_composed(c: char) -> bool {
    matches!(c, '\0'..'\u{300}' | '\u{2002}'..='\u{2027}')
}

fn in_one_form(text: &str, letters: impl Iterator<Item = char>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut opened = false;
    for c in letters {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            // French quotes stand off from their words by a space, others do not: that space is noise.
            c if c.is_whitespace() => gap = !opened,
            c => {
                if gap && c != '»' && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                opened = c == '«';
                out.push(one_form(c));
            }
        }
    }
    out
}

fn one_form(c: char) -> char {
    match c {
        '’' | '‘' | '‛' | '′' | 'ʼ' | '`' | '´' => '\'',
        '«' | '»' | '“' | '”' | '„' | '‟' | '″' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> Text {
        Text {
            title: "Un titre".into(),
            lead: Some("Le chapeau.".into()),
            body: vec![Block { kind: BlockKind::Paragraph, text: "Il a dit « oui » — enfin.".into() }],
            authors: vec![],
            published_on: None,
        }
    }

    #[test]
    fn what_is_taken_for_composed_is() {
        let composed: String = ('\0'..='\u{2100}').filter(|c| is_composed(*c)).collect();
        assert!(composed.chars().eq(composed.nfc()));
        assert_eq!(normal("e\u{301}te\u{301} \u{2000}"), normal("été"));
    }

    #[test]
    fn typographic_noise_does_not_change_the_digest() {
        let mut noisy = text();
        noisy.body[0].text = "Il  a dit\u{a0}«oui» – en\u{ad}fin.".into();
        assert_eq!(noisy.digest(), text().digest());
    }

    #[test]
    fn one_letter_changes_the_digest() {
        let mut edited = text();
        edited.body[0].text = "Il a dit « ouï » — enfin.".into();
        assert_ne!(edited.digest(), text().digest());
    }

    #[test]
    fn text_that_moves_between_blocks_or_kinds_changes_the_digest() {
        let mut split = text();
        split.body = vec![
            Block { kind: BlockKind::Paragraph, text: "Il a dit".into() },
            Block { kind: BlockKind::Paragraph, text: "« oui » — enfin.".into() },
        ];
        let mut heading = text();
        heading.body[0].kind = BlockKind::Heading;
        assert_ne!(split.digest(), text().digest());
        assert_ne!(heading.digest(), text().digest());
    }
}
