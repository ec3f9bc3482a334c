//! What an archive holds, what waits, and how its last runs went.

use std::collections::BTreeMap;

use rusqlite::params;
use serde::Serialize;

use super::health;
use super::read::Reader;
use crate::model::health::{FieldHealth, health as added_up};
use crate::model::instant::written;
use crate::store::{Break, Concern, Result};

/// How an archive stands.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Status {
    /// Articles.
    pub articles: i64,
    /// Versions of them.
    pub versions: i64,
    /// Captures.
    pub captures: i64,
    /// Articles of which a doubtful text waits.
    pub held: i64,
    /// Articles believed removed.
    pub removed: i64,
    /// Site by site.
    pub sites: Vec<SiteStatus>,
    /// Pace group by pace group.
    pub paces: Vec<PaceStatus>,
    /// robots.txt, origin by origin.
    pub robots: Vec<RobotsStatus>,
    /// What each site's last run left for a person.
    pub concerns: Vec<Concern>,
    /// The last ten runs, newest first.
    pub runs: Vec<RunRow>,
}

/// How one site stands.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SiteStatus {
    /// Its profile.
    pub site: String,
    /// Articles.
    pub articles: i64,
    /// Versions of them.
    pub versions: i64,
    /// Captures.
    pub captures: i64,
    /// Articles of which a doubtful text waits.
    pub held: i64,
    /// Articles believed removed.
    pub removed: i64,
    /// When a page of it was asked for last.
    pub last_visit: Option<String>,
    /// Pages that are due now.
    pub due: i64,
    /// When the next page falls due.
    pub next_due: Option<String>,
    /// Pages of the archive's last run that could not be read as an article or a listing.
    pub unreadable: i64,
    /// Captures set aside until the pages after them tell whether they are alone.
    pub waiting: i64,
    /// Captures that stay set aside until the rules are others, of pages that were not read well since.
    pub aside: i64,
    /// Its pages are not read as they always were.
    pub broken: Option<Break>,
    /// How the last run that read articles of it read each field.
    pub health: Vec<FieldHealth>,
    /// How each field is read when all is well, by the same rules.
    pub usual: Vec<FieldHealth>,
}

/// How one pace group stands.
#[derive(Debug, Clone, Serialize)]
pub struct PaceStatus {
    /// Its name: a site, unless profiles share one.
    pub group: String,
    /// No request leaves before.
    pub next_allowed: String,
    /// How many times longer than usual the delay is; 1: as usual.
    pub penalty: f64,
    /// The server asked for silence until then.
    pub blocked_until: Option<String>,
}

/// What robots.txt says at an origin.
#[derive(Debug, Clone, Serialize)]
pub struct RobotsStatus {
    /// Scheme and host.
    pub origin: String,
    /// rules, allow-all or unreachable.
    pub access: String,
    /// Since when it says so.
    pub from_at: String,
    /// When it was looked at last.
    pub checked_at: String,
}

/// One run.
#[derive(Debug, Clone, Serialize)]
pub struct RunRow {
    /// Which command.
    pub command: String,
    /// Began.
    pub started_at: String,
    /// Ended.
    pub ended_at: Option<String>,
    /// Why.
    pub end_reason: Option<String>,
}

type Sites = BTreeMap<String, SiteStatus>;

impl Reader {
    /// How the archive stands at `now`, an instant as rows write it; of one site, or of all.
    ///
    /// # Errors
    /// The engine's.
    pub fn status(&self, now: &str, only: Option<&str>) -> Result<Status> {
        let mut sites = Sites::new();
        self.count(&mut sites, "SELECT DISTINCT site, 0 FROM rules", |_, _| {})?;
        self.count(&mut sites, "SELECT site, count(*) FROM article GROUP BY site", |s, n| s.articles = n)?;
        self.count(&mut sites, VERSIONS, |s, n| s.versions = n)?;
        self.count(&mut sites, CAPTURES, |s, n| s.captures = n)?;
        self.count(&mut sites, HELD, |s, n| s.held = n)?;
        self.count(&mut sites, REMOVED, |s, n| s.removed = n)?;
        self.count(&mut sites, UNREADABLE, |s, n| s.unreadable = n)?;
        self.count(&mut sites, WAITING, |s, n| s.waiting = n)?;
        self.count(&mut sites, ASIDE, |s, n| s.aside = n)?;
        self.visits(&mut sites)?;
        self.due(&mut sites, now)?;
        let mut sites: Vec<SiteStatus> =
            sites.into_values().filter(|s| only.is_none_or(|only| only == s.site)).collect();
        for site in &mut sites {
            site.broken = health::break_of(&self.connection, &site.site)?;
            let (last, usual) = health::of_last_run(&self.connection, &site.site)?;
            (site.health, site.usual) = (added_up(&last), added_up(&usual));
        }
        let sum = |of: fn(&SiteStatus) -> i64| sites.iter().map(of).sum();
        Ok(Status {
            articles: sum(|s| s.articles),
            versions: sum(|s| s.versions),
            captures: sum(|s| s.captures),
            held: sum(|s| s.held),
            removed: sum(|s| s.removed),
            paces: self.paces()?,
            robots: self.robots()?,
            concerns: self.concerns(only)?,
            runs: self.runs()?,
            sites,
        })
    }

    /// Every site that was ever crawled into the archive, a single page of it or more.
    ///
    /// # Errors
    /// The engine's.
    pub fn sites_read(&self) -> Result<Vec<String>> {
        self.rows("SELECT DISTINCT site FROM rules ORDER BY site", |r| r.get(0))
    }

    fn concerns(&self, only: Option<&str>) -> Result<Vec<Concern>> {
        self.rows_with(CONCERNS, params![only], |r| {
            Ok(Concern { site: r.get(0)?, kind: r.get(1)?, words: r.get(2)?, runs: r.get(3)? })
        })
    }

    fn count(&self, sites: &mut Sites, sql: &str, set: fn(&mut SiteStatus, i64)) -> Result<()> {
        for (site, number) in self.rows(sql, |r| Ok((r.get::<_, String>(0)?, r.get(1)?)))? {
            set(of(sites, site), number);
        }
        Ok(())
    }

    fn visits(&self, sites: &mut Sites) -> Result<()> {
        let sql = "SELECT p.site, max(v.asked_at) FROM visit v JOIN page p ON p.id = v.page_id GROUP BY p.site";
        for (site, last) in self.rows(sql, |r| Ok((r.get::<_, String>(0)?, r.get(1)?)))? {
            of(sites, site).last_visit = last;
        }
        Ok(())
    }

    fn due(&self, sites: &mut Sites, now: &str) -> Result<()> {
        let sql = "SELECT site, count(*) FILTER (WHERE due_at <= ?1), min(due_at) FILTER (WHERE due_at > ?1)
                   FROM frontier GROUP BY site";
        let rows = self.rows_with(sql, params![now], |r| Ok((r.get::<_, String>(0)?, r.get(1)?, r.get(2)?)))?;
        for (site, due, next) in rows {
            let status = of(sites, site);
            (status.due, status.next_due) = (due, next);
        }
        Ok(())
    }

    fn paces(&self) -> Result<Vec<PaceStatus>> {
        self.rows(
            "SELECT name, next_allowed, coalesce(json_extract(state, '$.penalty'), 100) / 100.0,
                    json_extract(state, '$.blocked_until')
             FROM pace ORDER BY name",
            |r| {
                Ok(PaceStatus {
                    group: r.get(0)?,
                    next_allowed: r.get(1)?,
                    penalty: r.get(2)?,
                    blocked_until: r.get::<_, Option<String>>(3)?.map(|at| at.parse().map_or(at, written)),
                })
            },
        )
    }

    fn robots(&self) -> Result<Vec<RobotsStatus>> {
        self.rows(
            "SELECT origin, access, from_at, checked_at FROM robots WHERE until_at IS NULL ORDER BY origin",
            |r| Ok(RobotsStatus { origin: r.get(0)?, access: r.get(1)?, from_at: r.get(2)?, checked_at: r.get(3)? }),
        )
    }

    fn runs(&self) -> Result<Vec<RunRow>> {
        self.rows("SELECT command, started_at, ended_at, end_reason FROM run ORDER BY id DESC LIMIT 10", |r| {
            Ok(RunRow { command: r.get(0)?, started_at: r.get(1)?, ended_at: r.get(2)?, end_reason: r.get(3)? })
        })
    }
}

fn of(sites: &mut Sites, site: String) -> &mut SiteStatus {
    let new = SiteStatus { site: site.clone(), ..SiteStatus::default() };
    sites.entry(site).or_insert(new)
}

const VERSIONS: &str = "SELECT a.site, count(*) FROM version v JOIN article a ON a.id = v.article_id GROUP BY a.site";
const CAPTURES: &str = "SELECT p.site, count(*) FROM capture c JOIN page p ON p.id = c.page_id GROUP BY p.site";
const HELD: &str = "
    SELECT h.site, count(DISTINCT h.article_id) FROM held h
    WHERE h.captured_at > (SELECT max(last_seen_at) FROM version WHERE article_id = h.article_id) GROUP BY h.site";
const REMOVED: &str = "SELECT site, count(DISTINCT article_id) FROM removed WHERE returned_at IS NULL GROUP BY site";
const WAITING: &str = "SELECT site, count(*) FROM sign WHERE standing = 'waiting' GROUP BY site";
const ASIDE: &str = "
    SELECT site, count(*) FROM sign s WHERE standing = 'over' AND NOT EXISTS (
        SELECT 1 FROM sign l WHERE l.site = s.site AND l.page_id = s.page_id AND l.capture_id > s.capture_id
            AND l.standing IN ('sound', 'forgiven'))
    GROUP BY site";
const UNREADABLE: &str = "
    SELECT p.site, count(*) FROM visit v
    JOIN capture c ON c.visit_id = v.id
    JOIN reading r ON r.capture_id = c.id
    JOIN page p ON p.id = v.page_id
    WHERE v.run_id = (SELECT max(id) FROM run) AND r.outcome IN ('extraction-failed', 'parse-limit') GROUP BY p.site";

/// A concern stands until a later run of its site ends without it; a break, until what it set aside is read.
const CONCERNS: &str = "
    SELECT c.site, c.kind, c.words, c.runs FROM concern c
    WHERE (?1 IS NULL OR c.site = ?1)
      AND NOT EXISTS (SELECT 1 FROM visit v JOIN page p ON p.id = v.page_id WHERE p.site = c.site AND v.run_id > c.run_id)
      AND (c.kind <> 'broken' OR EXISTS (SELECT 1 FROM sign s WHERE s.site = c.site AND s.standing = 'broken'))
    ORDER BY c.site, c.kind";
