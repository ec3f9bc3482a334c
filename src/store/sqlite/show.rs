//! One version of an article, with everything that was read of it, and where its bytes are.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use super::read::Reader;
use super::row::{at, unsigned};
use crate::model::article::Author;
use crate::store::{ArticleId, Location, Result, StoreError};

/// One version.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// The article's first address.
    pub url: String,
    /// The site's profile.
    pub site: String,
    /// For the eye: 1 is the first.
    pub version: i64,
    /// Its public name: address, instant of its first capture, text digest.
    pub name: String,
    /// Why it began.
    pub cause: String,
    /// The last visit that showed the former text.
    pub changed_after: Option<String>,
    /// First seen.
    pub first_seen_at: String,
    /// Last seen.
    pub last_seen_at: String,
    /// What names the text.
    pub text_digest: String,
    /// The article is believed gone.
    pub removed: bool,
    /// The headline.
    pub title: String,
    /// The lead.
    pub lead: Option<String>,
    /// The body, blocks parted by an empty line.
    pub body: String,
    /// Names in the order printed, each with what it stands for.
    pub authors: Vec<Author>,
    /// What was read beside the text, as at its latest sighting.
    pub attributes: ShownAttributes,
    /// "Lire aussi" and the like, as printed when this version was seen last.
    pub related: Vec<ShownLink>,
}

/// What makes no version.
#[derive(Debug, Clone, Serialize)]
pub struct ShownAttributes {
    /// Publication: the instant, if the printed text tells one.
    pub published_at: Option<String>,
    /// The day at the paper.
    pub published_on: Option<String>,
    /// second, minute or day.
    pub published_precision: Option<String>,
    /// IANA name, or the offset as printed.
    pub published_zone: Option<String>,
    /// printed or profile.
    pub published_zone_source: Option<String>,
    /// As printed.
    pub published_text: Option<String>,
    /// Last change as the page tells it.
    pub modified_at: Option<String>,
    /// The day of it at the paper.
    pub modified_on: Option<String>,
    /// As printed.
    pub modified_text: Option<String>,
    /// Creation, where the address tells it.
    pub url_created_at: Option<String>,
    /// Two sources of the publication disagree.
    pub date_conflict: Option<String>,
    /// The paper's own section.
    pub section: Option<String>,
    /// In the order printed.
    pub tags: Vec<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// The page's own canonical address.
    pub canonical: Option<String>,
    /// In document order.
    pub images: Vec<ShownImage>,
}

/// An image.
#[derive(Debug, Clone, Serialize)]
pub struct ShownImage {
    /// Where it stands.
    pub url: String,
    /// Its `alt`.
    pub alt: Option<String>,
    /// Its caption.
    pub caption: Option<String>,
    /// Its credit, where that stands apart.
    pub credit: Option<String>,
}

/// A link as printed.
#[derive(Debug, Clone, Serialize)]
pub struct ShownLink {
    /// inline, end, side, author.
    pub kind: String,
    /// "Lire aussi" …
    pub label: Option<String>,
    /// Its text.
    pub title: String,
    /// The teaser under it.
    pub teaser: Option<String>,
    /// Where it leads.
    pub url: String,
    /// The whole site shows it.
    pub sitewide: bool,
    /// From when on it stood there.
    pub first_seen_at: String,
    /// Until when.
    pub last_seen_at: String,
}

/// Where a version's bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The record that holds the body; the version's first capture, or the one that it repeats.
    pub location: Location,
    /// `sha256:` and 64 hex digits over the body as sent.
    pub payload_digest: Option<String>,
}

impl Reader {
    /// One version of an article, by its number.
    ///
    /// # Errors
    /// The engine's.
    pub fn show(&self, article: ArticleId, number: i64) -> Result<Option<Shown>> {
        type Columns = (Shown, String, String, Option<String>);
        let of = |r: &Row<'_>| -> rusqlite::Result<Columns> {
            let attributes = ShownAttributes {
                published_at: r.get(14)?,
                published_on: r.get(15)?,
                published_precision: r.get(16)?,
                published_zone: r.get(17)?,
                published_zone_source: r.get(18)?,
                published_text: r.get(19)?,
                modified_at: r.get(20)?,
                modified_on: r.get(21)?,
                modified_text: r.get(22)?,
                url_created_at: r.get(23)?,
                date_conflict: r.get(24)?,
                section: r.get(25)?,
                tags: Vec::new(),
                language: r.get(26)?,
                canonical: r.get(27)?,
                images: Vec::new(),
            };
            let shown = Shown {
                url: r.get(0)?,
                site: r.get(1)?,
                version: r.get(2)?,
                name: r.get(3)?,
                cause: r.get(4)?,
                changed_after: r.get(5)?,
                first_seen_at: r.get(6)?,
                last_seen_at: r.get(7)?,
                text_digest: r.get(8)?,
                removed: r.get(9)?,
                title: r.get(10)?,
                lead: r.get(11)?,
                body: r.get(12)?,
                authors: Vec::new(),
                attributes,
                related: Vec::new(),
            };
            Ok((shown, r.get(13)?, r.get::<_, Option<String>>(28)?.unwrap_or_else(|| "[]".into()), r.get(29)?))
        };
        let found = self
            .connection
            .query_row(VERSION, params![article.0, number], of)
            .optional()
            .map_err(at("showing a version"))?;
        let Some((mut shown, authors, tags, attributes)) = found else { return Ok(None) };
        let damaged = |e: serde_json::Error| StoreError::Damaged(format!("{}: {e}", shown.name));
        let (authors, tags) =
            (serde_json::from_str(&authors).map_err(damaged)?, serde_json::from_str(&tags).map_err(damaged)?);
        shown.authors = authors;
        shown.attributes.tags = tags;
        shown.attributes.images = self.images(attributes.as_deref())?;
        shown.related = self.links_at(article, &shown.last_seen_at)?;
        Ok(Some(shown))
    }

    fn images(&self, attributes: Option<&str>) -> Result<Vec<ShownImage>> {
        let sql = "SELECT url, alt, caption, credit FROM image WHERE attributes_digest = ?1 ORDER BY position";
        self.rows_with(sql, params![attributes], |r| {
            Ok(ShownImage { url: r.get(0)?, alt: r.get(1)?, caption: r.get(2)?, credit: r.get(3)? })
        })
    }

    fn links_at(&self, article: ArticleId, instant: &str) -> Result<Vec<ShownLink>> {
        self.rows_with(
            "SELECT kind, label, title, teaser, url, sitewide, first_seen_at, last_seen_at FROM related_link
             WHERE article_id = ?1 AND first_seen_at <= ?2 AND last_seen_at >= ?2 ORDER BY rank, id",
            params![article.0, instant],
            |r| {
                Ok(ShownLink {
                    kind: r.get(0)?,
                    label: r.get(1)?,
                    title: r.get(2)?,
                    teaser: r.get(3)?,
                    url: r.get(4)?,
                    sitewide: r.get(5)?,
                    first_seen_at: r.get(6)?,
                    last_seen_at: r.get(7)?,
                })
            },
        )
    }

    /// Where the bytes of a version's first capture are.
    ///
    /// # Errors
    /// The engine's.
    pub fn kept(&self, article: ArticleId, number: i64) -> Result<Option<Kept>> {
        self.connection
            .query_row(
                "SELECT f.name, w.offset, h.payload_digest
                 FROM version v
                 JOIN capture c ON c.id = v.first_capture_id
                 JOIN capture h ON h.id = coalesce(c.refers_to, c.id)
                 JOIN warc_record w ON w.capture_id = h.id AND w.type = 'response'
                 JOIN warc_file f ON f.id = w.file_id
                 WHERE v.article_id = ?1 AND v.number = ?2",
                params![article.0, number],
                |r| {
                    let location = Location { file: r.get(0)?, offset: unsigned(r.get(1)?) };
                    Ok(Kept { location, payload_digest: r.get(2)? })
                },
            )
            .optional()
            .map_err(at("finding a record"))
    }
}

const VERSION: &str = "
    SELECT a.url, a.site, v.number, a.url || ' @ ' || v.first_seen_at || ' ' || v.text_digest, v.cause, v.changed_after,
           v.first_seen_at, v.last_seen_at, v.text_digest,
           EXISTS (SELECT 1 FROM removal r
                   WHERE r.article_id = a.id AND r.confirmed_at IS NOT NULL AND r.returned_at IS NULL),
           t.title, t.lead, t.body, t.authors,
           x.published_at, coalesce(x.published_on, t.published_on), x.published_precision, x.published_zone,
           x.published_zone_source, x.published_text, x.modified_at, x.modified_on, x.modified_text, x.url_created_at,
           x.date_conflict, x.section, x.language, x.canonical, x.tags, x.digest
    FROM version v
    JOIN article a ON a.id = v.article_id
    JOIN text t ON t.digest = v.text_digest
    LEFT JOIN attributes x ON x.digest = v.attributes_digest
    WHERE v.article_id = ?1 AND v.number = ?2";
