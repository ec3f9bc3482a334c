//! After a crash: whole records that no row tells about are facts and are adopted; the torn rest is set aside.

use std::path::Path;

use url::Url;
use uuid::Uuid;

use super::told::told;
use super::{ArchiveError, committed};
use crate::model::url::PageUrl;
use crate::store::sqlite::SqliteStore;
use crate::store::{self, Adopted, Store};
use crate::warc::facts;
use crate::warc::record::{Kind, Profile, Record};
use crate::warc::recovery::{self, Recovered};
use crate::warc::writer::Placed;

/// Brings WARC files and rows back together; says what was done.
pub(super) async fn recover(
    store: &SqliteStore,
    warc: &Path,
    archive: Uuid,
    owner: &(dyn Fn(&Url) -> (String, PageUrl) + Sync),
) -> Result<Vec<String>, ArchiveError> {
    let known = committed(store).await?;
    let (mut said, mut headers) = (Vec::new(), None);
    for file in recovery::recover_folder(warc, archive, &known)? {
        let name = file.path.display();
        let adopted = adopted(&file, &mut headers, owner)?;
        if !adopted.is_empty() {
            said.push(format!("{name}: {} records past the last commit are whole and were adopted", adopted.len()));
        }
        if let Some(cut) = &file.cut {
            let tail = cut.tail.display();
            said.push(format!("{name}: {} torn bytes were cut off and kept in {tail} ({})", cut.bytes, cut.why));
        }
        store.adopt(adopted).await?;
    }
    Ok(said)
}

/// The rows of a file's new records. `headers` is the last record of headers met, of whatever file: a file may be closed
/// between the two records of a 304.
fn adopted(
    file: &Recovered,
    headers: &mut Option<Record>,
    owner: &(dyn Fn(&Url) -> (String, PageUrl) + Sync),
) -> Result<Vec<Adopted>, ArchiveError> {
    if file.whole.is_empty() {
        return Ok(Vec::new());
    }
    let fail = |e: &dyn std::fmt::Display| ArchiveError::Adoption(format!("{}: {e}", file.path.display()));
    let mut adopted = Vec::new();
    for item in file.records().map_err(|e| fail(&e))? {
        let (placed, record) = item.map_err(|e| fail(&e))?;
        adopted.push(one(&placed, &record, headers.as_ref(), owner).map_err(|e| fail(&e))?);
        if record.kind == Kind::Metadata {
            *headers = Some(record);
        }
    }
    Ok(adopted)
}

fn one(
    placed: &Placed,
    record: &Record,
    headers: Option<&Record>,
    owner: &(dyn Fn(&Url) -> (String, PageUrl) + Sync),
) -> Result<Adopted, facts::Unreplayable> {
    let row = store::Record::from(placed);
    if !matches!(record.kind, Kind::Response | Kind::Revisit) {
        return Ok(Adopted::Bare { record: row, at: record.date });
    }
    let (facts, visit, capture) = told(record, headers)?;
    let (site, key) = owner(&facts.url);
    Ok(Adopted::Visit {
        run: facts.run.unwrap_or_default(),
        key,
        site,
        visit,
        capture,
        headers: (record.profile == Some(Profile::NotModified)).then(|| facts::needs(record)).flatten(),
        record: row,
    })
}

impl From<crate::warc::writer::ClosedFile> for store::ClosedFile {
    fn from(closed: crate::warc::writer::ClosedFile) -> Self {
        Self { name: closed.file, length: closed.length, sha256: closed.sha256 }
    }
}
