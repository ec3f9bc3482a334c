//! Articles' readings: what is known of one, and where its texts and attributes are kept.

use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::facts::SETTLED;
use super::frontier::word;
use super::row::{at, instant, signed, unsigned};
use crate::model::article::{Attributes, PrintedDate, Text};
use crate::model::instant::written;
use crate::model::reading::Outcome;
use crate::model::timeline::{Moment, Shown, Shows, Sighting};
use crate::store::{
    ArticleId, CaptureId, FormerReading, History, PageId, ReadAttributes, ReadText, Result, RulesId, RunId, StoreError,
};

/// The article that a page shows now.
pub(super) fn of_page(tx: &Transaction<'_>, page: PageId) -> Result<Option<ArticleId>> {
    tx.prepare_cached("SELECT article_id FROM page_article WHERE page_id = ?1 AND until_at IS NULL")
        .and_then(|mut statement| statement.query_row([page.0], |r| r.get(0)).optional())
        .map(|found| found.map(ArticleId))
        .map_err(at("finding a page's article"))
}

/// Every reading of a page's article.
pub(super) fn history(tx: &Transaction<'_>, page: PageId) -> Result<History> {
    let Some(article) = of_page(tx, page)? else { return Ok(History::default()) };
    history_of(tx, article)
}

/// Captures that have a say in an article: those of its readings, and those of its former pages since they began another
/// story, for then they are negative answers.
const HEARD: &str = "SELECT capture_id FROM reading WHERE article_id = ?1
    UNION SELECT r.capture_id FROM page_article pa
          JOIN reading r ON r.page_id = pa.page_id AND r.article_id IS NOT pa.article_id AND r.stranger = 0
          JOIN capture c ON c.id = r.capture_id AND c.captured_at >= pa.until_at
          WHERE pa.article_id = ?1 AND r.outcome IN ('article', 'gone', 'soft-gone')";

/// Refuses a history that was not folded from all that has a say in it.
pub(super) fn refuse_stale(tx: &Transaction<'_>, article: ArticleId, seen: usize) -> Result<()> {
    let heard: i64 = tx
        .prepare_cached(&format!("SELECT count(*) FROM ({HEARD})"))
        .and_then(|mut statement| statement.query_row([article.0], |r| r.get(0)))
        .map_err(at("counting an article's readings"))?;
    if heard == signed(seen as u64) { Ok(()) } else { Err(StoreError::Stale) }
}

/// All that has a say in an article; a text as the latest rules tell it that read it, or another capture of the same text.
pub(super) fn history_of(tx: &Transaction<'_>, article: ArticleId) -> Result<History> {
    let mut statement = tx
        .prepare_cached(&format!(
            "SELECT c.captured_at, c.record_id, p.key, r.outcome, e.text_digest, e.length, r.ended, r.stranger,
                    r.host_alive, r.moved_to, e.rules_id, e.extractor, r.article_id IS ?1
             FROM ({HEARD}) heard JOIN reading r ON r.capture_id = heard.capture_id
             JOIN reading e ON e.capture_id = coalesce(r.read_as, r.capture_id)
             JOIN capture c ON c.id = r.capture_id JOIN page p ON p.id = r.page_id"
        ))
        .map_err(at("reading an article's history"))?;
    let rows: Vec<Seen> = statement
        .query_map([article.0], Seen::of)
        .and_then(Iterator::collect)
        .map_err(at("reading an article's history"))?;
    let sightings = rows.into_iter().map(Seen::sighting).collect::<Result<_>>()?;
    Ok(History { article: Some(article), sightings })
}

/// A reading's row as the timeline needs it.
struct Seen {
    captured: String,
    record: String,
    page: String,
    outcome: String,
    digest: Option<String>,
    length: i64,
    ended: bool,
    stranger: bool,
    host_alive: bool,
    moved_to: Option<String>,
    rules: Option<i64>,
    extractor: String,
    own: bool,
}

impl Seen {
    fn of(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            captured: r.get(0)?,
            record: r.get(1)?,
            page: r.get(2)?,
            outcome: r.get(3)?,
            digest: r.get(4)?,
            length: r.get(5)?,
            ended: r.get(6)?,
            stranger: r.get(7)?,
            host_alive: r.get(8)?,
            moved_to: r.get(9)?,
            rules: r.get(10)?,
            extractor: r.get(11)?,
            own: r.get(12)?,
        })
    }

    fn sighting(self) -> Result<Sighting> {
        let shows = match (word(&self.outcome)?, self.digest, self.moved_to) {
            (Outcome::Article, ..) if !self.own => Shows::Absence { host_alive: true },
            (Outcome::Article, Some(digest), _) => Shows::Text(Shown {
                digest,
                length: usize::try_from(unsigned(self.length)).unwrap_or(usize::MAX),
                ended: self.ended,
                rules: RulesId::name(self.rules.map(RulesId), &self.extractor),
                stranger: self.stranger,
            }),
            (Outcome::Gone | Outcome::SoftGone, ..) => Shows::Absence { host_alive: self.host_alive },
            (Outcome::Redirect, _, Some(to)) => Shows::Moved { to },
            _ => Shows::SetAside,
        };
        Ok(Sighting { moment: Moment { at: instant(&self.captured)?, record: self.record }, page: self.page, shows })
    }
}

/// The reading of one capture.
pub(super) fn reading_of(tx: &Transaction<'_>, capture: CaptureId) -> Result<Option<FormerReading>> {
    type Columns = (String, Option<String>, Option<String>, i64, bool, Option<String>, Option<i64>, String);
    let columns: Option<Columns> = tx
        .query_row(
            "SELECT outcome, reason, text_digest, length, ended, attributes_digest, rules_id, extractor
             FROM reading WHERE capture_id = ?1",
            [capture.0],
            |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?, r.get(6)?, r.get(7)?)),
        )
        .optional()
        .map_err(at("finding a reading"))?;
    let former = |(outcome, reason, text, length, ended, attributes, rules, extractor): Columns| {
        Ok(FormerReading {
            outcome: word(&outcome)?,
            reason,
            text: text.map(|digest| (digest, usize::try_from(unsigned(length)).unwrap_or(usize::MAX), ended)),
            attributes,
            rules: rules.map(RulesId),
            extractor,
        })
    };
    columns.map(former).transpose()
}

/// Keeps a text once; says its digest and length.
pub(super) fn keep_text(tx: &Transaction<'_>, text: Option<&ReadText>) -> Result<(Option<String>, usize)> {
    match text {
        None => Ok((None, 0)),
        Some(ReadText::Kept(digest, length)) => Ok((Some(digest.clone()), *length)),
        Some(ReadText::New(text)) => {
            let (digest, length) = (text.digest(), text.length());
            insert_text(tx, &digest, length, text)?;
            Ok((Some(digest), length))
        }
    }
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Engine { doing: "writing JSON", reason: e.to_string() })
}

fn insert_text(tx: &Transaction<'_>, digest: &str, length: usize, text: &Text) -> Result<()> {
    let body = text.body.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join("\n\n");
    tx.prepare_cached(
        "INSERT INTO text (digest, title, lead, body, blocks, authors, published_on, length, very)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
    )
    .and_then(|mut statement| {
        let (blocks, authors) = (json(&text.body), json(&text.authors));
        statement.execute(params![
            digest,
            text.title,
            text.lead,
            body,
            blocks.unwrap_or_else(|_| "[]".into()),
            authors.unwrap_or_else(|_| "[]".into()),
            text.published_on.map(|d| d.to_string()),
            signed(length as u64),
            text.very(),
        ])
    })
    .map_err(at("keeping a text"))?;
    Ok(())
}

/// Keeps attributes once; says their digest.
pub(super) fn keep_attributes(tx: &Transaction<'_>, attributes: Option<&ReadAttributes>) -> Result<Option<String>> {
    match attributes {
        None => Ok(None),
        Some(ReadAttributes::Kept(digest)) => Ok(Some(digest.clone())),
        Some(ReadAttributes::New(attributes)) => {
            let digest = attributes.digest();
            insert_attributes(tx, &digest, attributes)?;
            Ok(Some(digest))
        }
    }
}

fn insert_attributes(tx: &Transaction<'_>, digest: &str, it: &Attributes) -> Result<()> {
    let at_of = |d: &Option<PrintedDate>| d.as_ref().and_then(|d| d.at).map(written);
    let on_of = |d: &Option<PrintedDate>| d.as_ref().map(|d| d.on.to_string());
    let text_of = |d: &Option<PrintedDate>| d.as_ref().map(|d| d.text.clone());
    let new = tx
        .prepare_cached(
            "INSERT INTO attributes (digest, published_at, published_on, published_precision, published_zone,
                 published_zone_source, published_text, modified_at, modified_on, modified_text, url_created_at,
                 date_conflict, section, tags, language, canonical)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) ON CONFLICT DO NOTHING",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                digest,
                at_of(&it.published),
                on_of(&it.published),
                it.published.as_ref().map(|d| d.precision.word()),
                it.published.as_ref().map(|d| d.zone.clone()),
                it.published.as_ref().map(|d| d.zone_source.word()),
                text_of(&it.published),
                at_of(&it.modified),
                on_of(&it.modified),
                text_of(&it.modified),
                it.url_created_at.map(written),
                it.date_conflict,
                it.section,
                json(&it.tags).unwrap_or_else(|_| "[]".into()),
                it.language,
                it.canonical,
            ])
        })
        .map_err(at("keeping attributes"))?;
    if new == 0 {
        return Ok(());
    }
    for (position, image) in it.images.iter().enumerate() {
        tx.execute(
            "INSERT INTO image (attributes_digest, position, url, alt, caption, credit) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![digest, signed(position as u64), image.url, image.alt, image.caption, image.credit],
        )
        .map_err(at("keeping an image"))?;
    }
    Ok(())
}

/// What a run tells of absences only when it ends, and what killed runs before it left unsaid; says whose history moves.
pub(super) fn settle_absences(tx: &Transaction<'_>, run: RunId) -> Result<Vec<ArticleId>> {
    let mut articles = believe_absences(tx, run)?;
    articles.extend(replaced(tx, run)?);
    articles.sort_unstable();
    articles.dedup();
    Ok(articles.into_iter().map(ArticleId).collect())
}

/// Articles one of whose pages was seen with another story, and that are not yet believed gone.
fn replaced(tx: &Transaction<'_>, run: RunId) -> Result<Vec<i64>> {
    tx.prepare(&format!(
        "SELECT DISTINCT pa.article_id
         FROM visit v JOIN capture c ON c.visit_id = v.id
         JOIN reading r ON r.capture_id = c.id
         JOIN page_article pa ON pa.page_id = r.page_id AND pa.until_at <= c.captured_at
         WHERE v.run_id > {SETTLED} AND v.run_id <= ?1 AND r.article_id IS NOT pa.article_id
           AND NOT EXISTS (SELECT 1 FROM removal m WHERE m.article_id = pa.article_id
                           AND m.confirmed_at IS NOT NULL AND m.returned_at IS NULL)"
    ))
    .and_then(|mut statement| statement.query_map([run.0], |r| r.get(0)).and_then(Iterator::collect))
    .map_err(at("finding articles whose page shows another"))
}

/// Absences in a run whose host served another page in that run are evidence after all.
fn believe_absences(tx: &Transaction<'_>, run: RunId) -> Result<Vec<i64>> {
    let (own_host, other_host) = (host_of("v.url"), host_of("w.url"));
    let absent = format!(
        "article_id IS NOT NULL AND outcome IN ('gone', 'soft-gone')
         AND capture_id IN (SELECT c.id FROM capture c JOIN visit v ON v.id = c.visit_id
                            WHERE v.run_id > {SETTLED} AND v.run_id <= ?1)"
    );
    let settled = tx.execute(
        &format!(
            "UPDATE reading SET host_alive = 1
         WHERE host_alive = 0 AND {absent}
           AND EXISTS (SELECT 1 FROM capture own JOIN visit v ON v.id = own.visit_id
                       JOIN visit w ON w.run_id = v.run_id
                       JOIN capture c ON c.visit_id = w.id
                       JOIN reading o ON o.capture_id = c.id
                       WHERE own.id = reading.capture_id AND o.outcome IN ('article', 'listing')
                         AND o.page_id <> reading.page_id AND {own_host} = {other_host})"
        ),
        [run.0],
    );
    settled.map_err(at("settling absences"))?;
    // A run that was killed between this and the judgement leaves both to the next.
    tx.prepare(&format!("SELECT DISTINCT article_id FROM reading WHERE host_alive = 1 AND {absent}"))
        .and_then(|mut statement| statement.query_map([run.0], |r| r.get(0)).and_then(Iterator::collect))
        .map_err(at("settling absences"))
}

/// The host of a URL as SQL: what stands between `://` and the next slash.
fn host_of(url: &str) -> String {
    let rest = format!("substr({url}, instr({url}, '://') + 3)");
    format!("substr({rest}, 1, instr({rest} || '/', '/') - 1)")
}
