//! The embedded store: one `SQLite` file, write-ahead log, full sync. All of its SQL stands in this folder.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use url::Url;
use uuid::Uuid;

use self::row::Journal;
use self::standing::Standing;
use super::{
    Adopted, ArticleId, Before, Candidate, CaptureId, Claim, ClosedFile, Concern, Doubted, Due, Finished,
    FormerReading, History, Identity, Location, OldReading, PaceRow, PageId, Pattern, Payload, Recorded, Rejudged,
    Result, RobotsRow, RulesId, RunBegun, RunId, RunStart, Selection, Spending, Store, StoreError, Tally, Unread,
    Wanted, WarcFile, WayOfReading,
};
use crate::model::article::Text;
use crate::model::health as signs;
use crate::model::url::PageUrl;

mod article;
mod captured;
mod concern;
mod copy;
mod facts;
mod find;
mod frontier;
mod health;
mod identity;
mod links;
mod manners;
mod migrate;
mod names;
mod open;
mod parts;
mod past;
mod pattern;
mod proof;
mod read;
mod record;
mod reread;
mod row;
mod seal;
mod search;
mod selection;
mod show;
mod spending;
mod standing;
mod status;
mod text;
mod told;
mod unread;
mod version;
mod waiting;

pub use captured::Captured;
pub use copy::copy;
pub use find::PageState;
pub use past::{Evidence, Past, PastChange, PastHeld, PastRemoval, PastVersion};
pub use proof::{Answered, KeptHistory, KeptRecord, KeptRemoval, KeptVersion, plain};
pub use read::{Listed, Reader, Wish};
pub use search::{Hit, Piece, Query, Scope};
pub use show::{Kept, Shown};
pub use status::{PaceStatus, RobotsStatus, RunRow, SiteStatus, Status};
pub use text::KeptText;
pub use told::{Edit, Printed};
pub use waiting::{Question, Reach, WaitingPage};

/// The archive's database in its folder.
pub const FILE: &str = "archive.sqlite";

/// Where the WARC files that its rows tell of lie, beside it.
pub const WARC_FOLDER: &str = "warc";

/// The first `SQLite` without the write-ahead log's reset bug.
const OLDEST_SQLITE: i32 = 3_051_003;

/// The embedded store. Cheap to clone; one connection, so one writer.
#[derive(Clone)]
pub struct SqliteStore {
    connection: Arc<Mutex<Connection>>,
    path: PathBuf,
    journal: Journal,
}

/// Closing the last connection folds the log into the file, unless this is said.
fn keep_log(connection: &Connection, kept: bool) -> Result<()> {
    let set = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, kept);
    set.map(drop).map_err(row::at("opening the archive"))
}

impl SqliteStore {
    /// Refuses what [`SqliteStore::open`] would refuse, as far as a look tells that takes no lock and writes nothing.
    ///
    /// # Errors
    /// As [`SqliteStore::open`].
    pub fn refuse(folder: &Path) -> Result<()> {
        let found = standing::of(folder)?;
        // The file itself may be older than what its log has.
        if found == (Standing::Database { log: true }) && Journal::of(folder) == Journal::Ahead {
            match open::to_read(folder) {
                Ok(_) | Err(StoreError::Absent(_) | StoreError::Engine { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Opens the archive's database in `folder`, makes it if there is none, and brings its schema up to date.
    ///
    /// `confirm_after` is kept at the archive's making and ignored after.
    ///
    /// # Errors
    /// [`StoreError::Newer`], [`StoreError::NotAnArchive`], [`StoreError::Lost`], [`StoreError::Broken`],
    /// [`StoreError::Denied`], [`StoreError::OldSqlite`], or the engine's.
    pub fn open(folder: &Path, now: Timestamp, confirm_after: SignedDuration) -> Result<Self> {
        if rusqlite::version_number() < OLDEST_SQLITE {
            return Err(StoreError::OldSqlite(rusqlite::version()));
        }
        standing::of(folder)?;
        let path = folder.join(FILE);
        let journal = Journal::of(folder);
        let ended_badly = standing::is_cut_off(folder);
        let open = || {
            let mut connection = Connection::open(&path).map_err(row::at("opening the archive"))?;
            row::set_up_lock(&connection, journal)?;
            // A refused archive's log stays as it is: it is not ours to fold into the file.
            keep_log(&connection, true)?;
            migrate::refuse_newer_or_foreign(&connection, &path)?;
            if ended_badly || open::has_open_run(&connection) {
                open::refuse_unsound(&connection, &path)?;
            }
            keep_log(&connection, false)?;
            row::set_up(&connection, journal)?;
            migrate::up(&mut connection, &path)?;
            facts::identify(&connection, now, confirm_after)?;
            Ok(connection)
        };
        let connection = open().map_err(|e| row::name_disk(e, &path))?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)), path, journal })
    }

    /// Runs `verb` as one transaction on a blocking thread.
    async fn write<T: Send + 'static>(
        &self,
        verb: impl FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let store = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let mut connection = store.connection.lock().unwrap_or_else(PoisonError::into_inner);
            let transaction = connection
                .transaction_with_behavior(TransactionBehavior::Immediate)
                .map_err(row::at("beginning a transaction"))?;
            let value = verb(&transaction)?;
            transaction.commit().map_err(row::at("committing"))?;
            Ok(value)
        });
        let result = match done.await {
            Ok(result) => result,
            Err(panic) => Err(StoreError::Engine { doing: "a transaction", reason: panic.to_string() }),
        };
        result.map_err(|e| row::name_disk(e, &self.path))
    }

    /// Folds the write-ahead log into the file, so that a run leaves it short.
    ///
    /// # Errors
    /// The engine's.
    pub async fn checkpoint(&self) -> Result<()> {
        if self.journal == Journal::Rollback {
            return Ok(());
        }
        let store = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let connection = store.connection.lock().unwrap_or_else(PoisonError::into_inner);
            connection
                .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
                .map_err(row::at("folding the write-ahead log into the file"))
        });
        done.await.map_err(|e| StoreError::Engine { doing: "a checkpoint", reason: e.to_string() })?
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn identity(&self) -> Result<Identity> {
        self.write(|tx| facts::identity(tx)).await
    }

    async fn begin_run(&self, start: RunStart) -> Result<RunBegun> {
        self.write(move |tx| facts::begin_run(tx, &start)).await
    }

    async fn tally(&self, run: RunId, site: String, attempts: u32) -> Result<Tally> {
        self.write(move |tx| concern::tally(tx, run, &site, attempts)).await
    }

    async fn end_run(&self, run: RunId, at: Timestamp, reason: String, found: Vec<Concern>) -> Result<Vec<Concern>> {
        let end = move |tx: &Transaction<'_>| {
            facts::end_run(tx, run, at, &reason)?;
            concern::keep(tx, run, found)
        };
        self.write(end).await
    }

    async fn keep_rules(&self, site: String, digest: String, toml: String, at: Timestamp) -> Result<RulesId> {
        self.write(move |tx| facts::keep_rules(tx, &site, &digest, &toml, at)).await
    }

    async fn rules_of(&self, site: String) -> Result<Vec<(RulesId, String)>> {
        self.write(move |tx| facts::rules_of(tx, &site)).await
    }

    async fn enqueue(&self, found: Vec<Candidate>) -> Result<usize> {
        self.write(move |tx| frontier::enqueue(tx, &found)).await
    }

    async fn next(&self, wanted: Wanted) -> Result<Option<Due>> {
        self.write(move |tx| frontier::next(tx, &wanted)).await
    }

    async fn unknown(&self, keys: Vec<PageUrl>) -> Result<usize> {
        self.write(move |tx| frontier::unknown(tx, &keys)).await
    }

    async fn page(&self, site: String, key: PageUrl, url: Url) -> Result<(PageId, Option<Payload>)> {
        self.write(move |tx| frontier::page_and_payload(tx, &site, &key, &url)).await
    }

    async fn next_due(&self, sites: Vec<String>, selection: Selection, now: Timestamp) -> Result<Option<Timestamp>> {
        self.write(move |tx| selection::next_due(tx, &sites, selection, now)).await
    }

    async fn history(&self, page: PageId) -> Result<History> {
        self.write(move |tx| article::history(tx, page)).await
    }

    async fn article_of(&self, claim: Claim) -> Result<Option<ArticleId>> {
        self.write(move |tx| identity::article_of(tx, &claim)).await
    }

    async fn history_of(&self, article: ArticleId) -> Result<History> {
        self.write(move |tx| article::history_of(tx, article)).await
    }

    async fn old_readings(&self, article: ArticleId, rules: RulesId, extractor: String) -> Result<Vec<OldReading>> {
        self.write(move |tx| reread::old_readings(tx, article, rules, &extractor)).await
    }

    async fn parts_before(&self, page: PageId, at: Timestamp) -> Result<Before> {
        self.write(move |tx| parts::before(tx, page, at)).await
    }

    async fn text(&self, digest: String) -> Result<Option<Text>> {
        self.write(move |tx| identity::text(tx, &digest)).await
    }

    async fn reading_of(&self, capture: CaptureId) -> Result<Option<FormerReading>> {
        self.write(move |tx| article::reading_of(tx, capture)).await
    }

    async fn recent_signs(&self, site: String, way: WayOfReading) -> Result<signs::Recent> {
        self.write(move |tx| health::recent(tx, &site, &way)).await
    }

    async fn good_signs_before(&self, capture: CaptureId) -> Result<Option<signs::Signs>> {
        self.write(move |tx| health::good_before(tx, capture)).await
    }

    async fn doubted(&self, site: String) -> Result<Vec<Doubted>> {
        self.write(move |tx| health::doubted(tx, &site)).await
    }

    async fn settle_doubts(&self, captures: Vec<CaptureId>, standing: signs::Standing) -> Result<()> {
        self.write(move |tx| health::settle(tx, &captures, standing)).await
    }

    async fn forget_signs(&self, capture: CaptureId) -> Result<()> {
        self.write(move |tx| health::forget(tx, capture)).await
    }

    async fn locate(&self, capture: CaptureId) -> Result<Option<Location>> {
        self.write(move |tx| facts::locate(tx, capture)).await
    }

    async fn record(&self, run: RunId, finished: Vec<Finished>) -> Result<Vec<Recorded>> {
        self.write(move |tx| finished.iter().map(|one| record::record(tx, run, one)).collect()).await
    }

    async fn robots(&self, origin: String) -> Result<Option<RobotsRow>> {
        self.write(move |tx| manners::robots(tx, &origin)).await
    }

    async fn pace(&self, group: String) -> Result<Option<PaceRow>> {
        self.write(move |tx| manners::pace(tx, &group)).await
    }

    async fn keep_pace(&self, pace: PaceRow) -> Result<()> {
        self.write(move |tx| manners::keep_pace(tx, &pace)).await
    }

    async fn spending(&self, now: Timestamp) -> Result<Spending> {
        self.write(move |tx| spending::spending(tx, now)).await
    }

    async fn last_visit(&self) -> Result<Option<Timestamp>> {
        self.write(facts::last_visit).await
    }

    async fn warc_files(&self) -> Result<Vec<WarcFile>> {
        self.write(facts::warc_files).await
    }

    async fn close_warc_file(&self, file: ClosedFile, at: Timestamp) -> Result<()> {
        self.write(move |tx| facts::close_warc_file(tx, &file, at)).await
    }

    async fn adopt(&self, records: Vec<Adopted>) -> Result<()> {
        self.write(move |tx| records.iter().try_for_each(|one| facts::adopt(tx, one))).await
    }

    async fn unread(&self) -> Result<Vec<Unread>> {
        self.write(unread::unread).await
    }

    async fn make_due(&self, sites: Vec<String>, now: Timestamp) -> Result<()> {
        self.write(move |tx| frontier::make_due(tx, &sites, now)).await
    }

    async fn leave_alone(&self, pattern: Pattern, before: u32, until: Timestamp, note: String) -> Result<bool> {
        self.write(move |tx| pattern::leave_alone(tx, &pattern, before, until, &note)).await
    }

    async fn settle_absences(&self, run: RunId) -> Result<Vec<ArticleId>> {
        self.write(move |tx| article::settle_absences(tx, run)).await
    }

    async fn rejudge(&self, article: ArticleId, seen: usize, judged: Rejudged) -> Result<()> {
        self.write(move |tx| {
            article::refuse_stale(tx, article, seen)?;
            reread::take(tx, article, &judged.reread, judged.at)?;
            version::write(tx, article, &judged.timeline)
        })
        .await
    }

    async fn names(&self, site: String) -> Result<Vec<String>> {
        self.write(move |tx| names::names(tx, &site)).await
    }

    async fn learn_names(&self, site: String, at: Timestamp) -> Result<Vec<ArticleId>> {
        self.write(move |tx| names::learn(tx, &site, at)).await
    }

    async fn mark_sitewide(&self, run: RunId) -> Result<()> {
        self.write(move |tx| links::mark_sitewide(tx, run)).await
    }
}

/// An identifier for a fresh archive, run or record.
#[must_use]
pub fn new_uuid() -> Uuid {
    Uuid::new_v4()
}
