//! Which article a page shows: what ties pages to articles, and what ends it.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::row::at;
use super::{article, frontier};
use crate::model::article::Text;
use crate::model::instant::written;
use crate::store::{ArticleId, Bond, Claim, How, Judged, PageId, Result, StoreError};

/// The article that a claim names; of several the latest that began, but the first that showed a text.
pub(super) fn article_of(tx: &Transaction<'_>, claim: &Claim) -> Result<Option<ArticleId>> {
    let (sql, parameters) = match claim {
        Claim::Id { site, id } => {
            ("SELECT id FROM article WHERE site = ?1 AND ident = ?2 ORDER BY id DESC LIMIT 1", [site.as_str(), id])
        }
        Claim::Page(page) => (
            "SELECT pa.article_id FROM page p JOIN page_article pa ON pa.page_id = p.id
             WHERE p.key = ?1 AND pa.until_at IS NULL AND ?2 = ''",
            [page.as_str(), ""],
        ),
        Claim::Text { site, digest } => (
            "SELECT a.id FROM version v JOIN article a ON a.id = v.article_id
             WHERE a.site = ?1 AND v.text_digest = ?2 ORDER BY a.id LIMIT 1",
            [site.as_str(), digest],
        ),
    };
    tx.prepare_cached(sql)
        .and_then(|mut statement| statement.query_row(parameters, |r| r.get(0)).optional())
        .map(|found| found.map(ArticleId))
        .map_err(at("finding the article of a claim"))
}

/// A text that is kept.
pub(super) fn text(tx: &Transaction<'_>, digest: &str) -> Result<Option<Text>> {
    type Columns = (String, Option<String>, String, String, Option<String>);
    let columns: Option<Columns> = tx
        .prepare_cached("SELECT title, lead, blocks, authors, published_on FROM text WHERE digest = ?1")
        .and_then(|mut statement| {
            let of = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?));
            statement.query_row([digest], of).optional()
        })
        .map_err(at("reading a text"))?;
    let damaged = |what: String| StoreError::Damaged(format!("the text {digest}: {what}"));
    let whole = |(title, lead, blocks, authors, day): Columns| {
        Ok(Text {
            title,
            lead,
            body: serde_json::from_str(&blocks).map_err(|e| damaged(e.to_string()))?,
            authors: serde_json::from_str(&authors).map_err(|e| damaged(e.to_string()))?,
            published_on: day.map(|day| day.parse()).transpose().map_err(|e: jiff::Error| damaged(e.to_string()))?,
        })
    };
    columns.map(whole).transpose()
}

/// The article a page shows, with its ties as judged; refuses what moved since it was judged.
pub(super) fn bind(tx: &Transaction<'_>, page: PageId, judged: &Judged, now: Timestamp) -> Result<ArticleId> {
    let shown = article::of_page(tx, page)?;
    let article = match (&judged.bond, judged.article) {
        (Bond::Own, Some(article)) => {
            article::refuse_stale(tx, article, judged.seen)?;
            reach_back(tx, page, article, now)?;
            article
        }
        (Bond::Joined(how), Some(article)) if shown.is_none() => {
            article::refuse_stale(tx, article, judged.seen)?;
            tie(tx, page, article, now, *how)?;
            article
        }
        (Bond::Own, None) if shown.is_none() && !is_taken(tx, page, judged)? => begin(tx, page, judged, now, How::Own)?,
        (Bond::Begun { after, seen, takes, from }, None) if shown == Some(*after) => {
            article::refuse_stale(tx, *after, *seen)?;
            end(tx, page, *after, *from)?;
            let article = begin(tx, page, judged, *from, How::Reuse)?;
            take(tx, page, article, takes)?;
            article
        }
        _ => return Err(StoreError::Stale),
    };
    for also in &judged.also {
        let site: String = tx
            .query_row("SELECT site FROM page WHERE id = ?1", [page.0], |r| r.get(0))
            .map_err(at("finding a page's site"))?;
        let other = frontier::page(tx, &site, &also.page, &also.url)?;
        if article::of_page(tx, other)?.is_none() {
            tie(tx, other, article, now, also.how)?;
        }
    }
    Ok(article)
}

/// Did an article with this id begin since it was looked for?
fn is_taken(tx: &Transaction<'_>, page: PageId, judged: &Judged) -> Result<bool> {
    tx.prepare_cached("SELECT 1 FROM article WHERE ident = ?2 AND site = (SELECT site FROM page WHERE id = ?1)")
        .and_then(|mut statement| statement.exists(params![page.0, judged.ident]))
        .map_err(at("looking for an id"))
}

fn begin(tx: &Transaction<'_>, page: PageId, judged: &Judged, from: Timestamp, how: How) -> Result<ArticleId> {
    tx.execute(
        "INSERT INTO article (site, url, provisional, ident)
         SELECT p.site, coalesce(f.url, p.first_url), ?2, ?3 FROM page p LEFT JOIN frontier f ON f.page_id = p.id
         WHERE p.id = ?1",
        params![page.0, judged.provisional, judged.ident],
    )
    .map_err(at("making an article"))?;
    let article = ArticleId(tx.last_insert_rowid());
    tie(tx, page, article, from, how)?;
    Ok(article)
}

fn tie(tx: &Transaction<'_>, page: PageId, article: ArticleId, from: Timestamp, how: How) -> Result<()> {
    tx.execute(
        "INSERT INTO page_article (page_id, article_id, from_at, how) VALUES (?1, ?2, ?3, ?4)",
        params![page.0, article.0, written(from), how.word()],
    )
    .map_err(at("giving a page its article"))?;
    Ok(())
}

/// A page that is tied to its article by a later capture than one that is read only now was so from that one on.
fn reach_back(tx: &Transaction<'_>, page: PageId, article: ArticleId, from: Timestamp) -> Result<()> {
    tx.prepare_cached(
        "UPDATE page_article SET from_at = ?3
         WHERE page_id = ?1 AND article_id = ?2 AND until_at IS NULL AND from_at > ?3",
    )
    .and_then(|mut statement| statement.execute(params![page.0, article.0, written(from)]))
    .map_err(at("giving a page its article"))?;
    Ok(())
}

fn end(tx: &Transaction<'_>, page: PageId, article: ArticleId, until: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE page_article SET until_at = ?3 WHERE page_id = ?1 AND article_id = ?2 AND until_at IS NULL",
        params![page.0, article.0, written(until)],
    )
    .map_err(at("ending what a page showed"))?;
    Ok(())
}

/// Readings that were held as strangers of the article before belong to this one.
fn take(tx: &Transaction<'_>, page: PageId, article: ArticleId, records: &[String]) -> Result<()> {
    for record in records {
        tx.execute(
            "UPDATE reading SET article_id = ?2, stranger = 0
             WHERE page_id = ?1 AND capture_id = (SELECT id FROM capture WHERE record_id = ?3)",
            params![page.0, article.0, record],
        )
        .map_err(at("giving readings their article"))?;
    }
    Ok(())
}

/// A page is gone and others of its article may stand: they are looked at now.
pub(super) fn ask_others(tx: &Transaction<'_>, page: PageId, article: ArticleId, now: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE frontier SET due_at = min(due_at, ?3)
         WHERE page_id IN (SELECT page_id FROM page_article
                           WHERE article_id = ?2 AND until_at IS NULL AND page_id <> ?1)",
        params![page.0, article.0, written(now)],
    )
    .map_err(at("asking for an article's other pages"))?;
    Ok(())
}
