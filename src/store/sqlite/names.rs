//! What a site's pages taught of its names: titles that many different texts share.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};

use super::read::Reader;
use super::row::at;
use crate::model::instant::written;
use crate::model::title::{LATEST, shared};
use crate::store::{ArticleId, Result};

const DOING: &str = "reading the names of a site";

/// The names learnt of a site, in order.
pub(super) fn names(connection: &Connection, site: &str) -> Result<Vec<String>> {
    let mut statement =
        connection.prepare_cached("SELECT name FROM site_name WHERE site = ?1 ORDER BY name").map_err(at(DOING))?;
    statement.query_map([site], |r| r.get(0)).and_then(Iterator::collect).map_err(at(DOING))
}

/// Learns what the latest articles share as their title; the articles that any version of has a name learnt just now.
pub(super) fn learn(tx: &Transaction<'_>, site: &str, now: Timestamp) -> Result<Vec<ArticleId>> {
    let mut statement = tx
        .prepare_cached(
            "SELECT t.title, t.body
             FROM (SELECT id FROM article WHERE site = ?1 ORDER BY id DESC LIMIT ?2) a
             JOIN version v ON v.article_id = a.id
                 AND v.number = (SELECT max(number) FROM version WHERE article_id = a.id)
             JOIN text t ON t.digest = v.text_digest",
        )
        .map_err(at(DOING))?;
    let latest: Vec<(String, String)> = statement
        .query_map(params![site, LATEST], |r| Ok((r.get(0)?, r.get(1)?)))
        .and_then(Iterator::collect)
        .map_err(at(DOING))?;
    let mut titled = Vec::new();
    for name in shared(&latest) {
        let new = tx
            .execute(
                "INSERT OR IGNORE INTO site_name (site, name, learnt_at) VALUES (?1, ?2, ?3)",
                params![site, name, written(now)],
            )
            .map_err(at("keeping a name of a site"))?;
        if new > 0 {
            titled.extend(titled_so(tx, site, &name)?);
        }
    }
    Ok(titled)
}

impl Reader {
    /// The names learnt of a site: titles that are none.
    ///
    /// # Errors
    /// The engine's.
    pub fn names(&self, site: &str) -> Result<Vec<String>> {
        names(&self.connection, site)
    }
}

fn titled_so(tx: &Transaction<'_>, site: &str, name: &str) -> Result<Vec<ArticleId>> {
    let mut statement = tx
        .prepare_cached(
            "SELECT DISTINCT a.id FROM article a JOIN version v ON v.article_id = a.id
             JOIN text t ON t.digest = v.text_digest WHERE a.site = ?1 AND t.title = ?2",
        )
        .map_err(at(DOING))?;
    let ids = statement.query_map([site, name], |r| r.get(0).map(ArticleId));
    ids.and_then(Iterator::collect).map_err(at(DOING))
}
