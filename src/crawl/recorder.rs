//! The one place where a visit becomes "saved": WARC records appended and synced, then one commit for the group.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout_at};

use crate::archive::Reserve;
use crate::store::sqlite::SqliteStore;
use crate::store::{self, Fact, Finished, Recorded, RunId, Store, StoreError};
use crate::warc::record::Record;
use crate::warc::writer::{Synced, WriteError, Writer};

/// How long the recorder waits for company before it syncs.
const COMPANY: Duration = Duration::from_millis(5);
/// At most so many visits share a sync and a commit.
const GROUP: usize = 64;

/// A visit on its way to the disk.
pub struct Entry {
    /// Its rows; the records' places are filled in here.
    pub finished: Finished,
    /// Its records, in the order to append them.
    pub records: Vec<Record>,
}

/// Why a visit was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The article's history moved: judge again and save the rows anew; the records are written.
    #[error("the article's history changed while it was judged")]
    Stale(Box<Finished>),
    /// Nothing can be saved any more.
    #[error("{0}")]
    Broken(Broken),
}

/// Why the recorder ended.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Broken {
    /// No room on the disk.
    #[error("{0}")]
    DiskFull(String),
    /// Anything else.
    #[error("{0}")]
    Failed(String),
}

/// Sends visits to the recorder; cheap to clone.
#[derive(Clone)]
pub struct Recorder {
    queue: mpsc::Sender<(Entry, oneshot::Sender<Result<Recorded, SaveError>>)>,
}

impl Recorder {
    /// Saves one visit; answers after its commit.
    ///
    /// # Errors
    /// See [`SaveError`].
    pub async fn save(&self, entry: Entry) -> Result<Recorded, SaveError> {
        let (answer, answered) = oneshot::channel();
        let ended = || SaveError::Broken(Broken::Failed("the recorder has ended".into()));
        self.queue.send((entry, answer)).await.map_err(|_| ended())?;
        answered.await.map_err(|_| ended())?
    }
}

/// What the recorder works on.
struct Desk {
    writer: Option<Writer>,
    store: SqliteStore,
    run: RunId,
    folder: PathBuf,
    reserve: Reserve,
    broken: Option<Broken>,
}

/// Starts the recorder; it ends when the last [`Recorder`] is dropped, and then gives the writer back for closing.
pub(super) fn start(
    writer: Writer,
    store: SqliteStore,
    run: RunId,
    folder: PathBuf,
) -> (Recorder, tokio::task::JoinHandle<()>) {
    let (queue, entries) = mpsc::channel(GROUP);
    let reserve = Reserve::of(&folder);
    let desk = Desk { writer: Some(writer), store, run, folder, reserve, broken: None };
    (Recorder { queue }, tokio::spawn(desk.work(entries)))
}

type Waiting = (Entry, oneshot::Sender<Result<Recorded, SaveError>>);

impl Desk {
    async fn work(mut self, mut entries: mpsc::Receiver<Waiting>) {
        while let Some(first) = entries.recv().await {
            let mut group = vec![first];
            let deadline = Instant::now() + COMPANY;
            while group.len() < GROUP && !entries.is_empty() {
                match timeout_at(deadline, entries.recv()).await {
                    Ok(Some(next)) => group.push(next),
                    _ => break,
                }
            }
            self.save(group).await;
        }
    }

    async fn save(&mut self, group: Vec<Waiting>) {
        let (entries, answers): (Vec<Entry>, Vec<_>) = group.into_iter().unzip();
        if self.broken.is_none() && self.reserve.is_touched(&self.folder) {
            let words = format!(
                "the disk of {} has less than {} MB left: make room and run the same command again, nothing is lost",
                self.folder.display(),
                self.reserve.bytes >> 20
            );
            self.broken = Some(Broken::DiskFull(words));
        }
        let results = match self.broken.clone() {
            Some(broken) => entries.iter().map(|_| Err(SaveError::Broken(broken.clone()))).collect(),
            None => self.append_and_commit(entries).await,
        };
        for (answer, result) in answers.into_iter().zip(results) {
            if let Err(SaveError::Broken(broken)) = &result {
                self.broken.get_or_insert_with(|| broken.clone());
            }
            // A worker that was stopped no longer waits; its visit is saved all the same.
            drop(answer.send(result));
        }
    }

    async fn append_and_commit(&mut self, entries: Vec<Entry>) -> Vec<Result<Recorded, SaveError>> {
        let count = entries.len();
        match self.append(entries).await {
            Ok((finished, synced)) => self.commit(finished, synced).await,
            Err(broken) => (0..count).map(|_| Err(SaveError::Broken(broken.clone()))).collect(),
        }
    }

    /// Appends every record and syncs once, on a blocking thread. The first failure is final.
    async fn append(&mut self, entries: Vec<Entry>) -> Result<(Vec<Finished>, Synced), Broken> {
        let gone = || Broken::Failed("an earlier write to the archive failed".into());
        let mut writer = self.writer.take().ok_or_else(gone)?;
        let written = tokio::task::spawn_blocking(move || {
            let finished = entries.into_iter().map(|entry| placed(&mut writer, entry)).collect::<Result<Vec<_>, _>>();
            let done = finished.and_then(|finished| Ok((finished, writer.sync()?)));
            (writer, done)
        });
        let (writer, done) = written.await.map_err(|e| Broken::Failed(e.to_string()))?;
        self.writer = Some(writer);
        done.map_err(|e| match e {
            WriteError::DiskFull { .. } => Broken::DiskFull(e.to_string()),
            other => Broken::Failed(other.to_string()),
        })
    }

    /// One commit for the group; a stale history is told to its worker alone.
    async fn commit(&mut self, mut finished: Vec<Finished>, synced: Synced) -> Vec<Result<Recorded, SaveError>> {
        let fresh = finished.iter_mut().find_map(|f| match &mut f.fact {
            Fact::Fresh { records, .. } if !records.is_empty() => Some(records),
            _ => None,
        });
        if let Some(records) = fresh {
            records.splice(0..0, synced.warcinfo.iter().map(store::Record::from));
        }
        let at = finished.iter().find_map(|f| match &f.fact {
            Fact::Fresh { visit, .. } => Some(visit.asked_at),
            Fact::Known(_) => None,
        });
        let results = match self.store.record(self.run, finished.clone()).await {
            Ok(recorded) => recorded.into_iter().map(Ok).collect(),
            Err(StoreError::Stale) => self.commit_one_by_one(finished).await,
            Err(other) => {
                let broken = of_store(&other);
                finished.iter().map(|_| Err(SaveError::Broken(broken.clone()))).collect()
            }
        };
        let whole = !results.iter().any(|result| matches!(result, Err(SaveError::Broken(_))));
        // A file is closed once every record in it has its row; else the next opening adopts the rest and closes it.
        for file in synced.closed.into_iter().filter(|_| whole) {
            let closed = self.store.close_warc_file(file.into(), at.unwrap_or(Timestamp::UNIX_EPOCH)).await;
            if let Err(error) = closed {
                self.broken = Some(of_store(&error));
            }
        }
        results
    }

    /// Commits each for itself. The first failure is final: a later record's row would hide that an earlier one has none.
    async fn commit_one_by_one(&mut self, finished: Vec<Finished>) -> Vec<Result<Recorded, SaveError>> {
        let mut results: Vec<Result<Recorded, SaveError>> = Vec::with_capacity(finished.len());
        let mut broken: Option<Broken> = None;
        for one in finished {
            let result = match &broken {
                Some(broken) => Err(SaveError::Broken(broken.clone())),
                None => self.commit_alone(one).await,
            };
            if let Err(SaveError::Broken(why)) = &result {
                broken.get_or_insert_with(|| why.clone());
            }
            results.push(result);
        }
        results
    }

    async fn commit_alone(&self, one: Finished) -> Result<Recorded, SaveError> {
        let broken = |error: StoreError| SaveError::Broken(of_store(&error));
        match self.store.record(self.run, vec![one.clone()]).await {
            Ok(mut recorded) => recorded.pop().ok_or_else(|| broken(StoreError::Stale)),
            Err(StoreError::Stale) => Err(SaveError::Stale(Box::new(self.only_facts(one).await.map_err(broken)?))),
            Err(other) => Err(broken(other)),
        }
    }

    /// Commits what happened and leaves what it means to be judged again: its records have rows from now on, and a crash
    /// before the judgement finds a capture that waits for its reading.
    async fn only_facts(&self, one: Finished) -> Result<Finished, StoreError> {
        if matches!(one.fact, Fact::Known(_)) {
            return Ok(one);
        }
        let bare = Finished {
            page: one.page,
            fact: one.fact.clone(),
            reading: None,
            of: None,
            judged: None,
            found: Vec::new(),
            yielded: None,
            step: None,
            pace: one.pace.clone(),
            robots: None,
        };
        let recorded = self.store.record(self.run, vec![bare]).await?.pop();
        match recorded.and_then(|recorded| recorded.capture) {
            Some(capture) => Ok(Finished { fact: Fact::Known(capture), ..one }),
            // Only a capture is read, and only a reading has a history that can be stale.
            None => Err(StoreError::Damaged("a judgement without a capture".into())),
        }
    }
}

fn of_store(error: &StoreError) -> Broken {
    match error {
        StoreError::Full(_) => Broken::DiskFull(error.to_string()),
        other => Broken::Failed(other.to_string()),
    }
}

fn placed(writer: &mut Writer, entry: Entry) -> Result<Finished, WriteError> {
    let mut finished = entry.finished;
    for record in &entry.records {
        let place = writer.append(record)?;
        if let Fact::Fresh { records, .. } = &mut finished.fact {
            records.push(store::Record::from(&place));
        }
    }
    Ok(finished)
}
