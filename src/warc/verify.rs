//! Proves a file: every gzip member's checksum, every record's lengths and digests, and that nothing stands between them.
//!
//! A bit flipped inside a member can be harmless: deflate has unused bits, and more than one way to say the same. Such
//! a flip changes no byte of any record and is not named here; it shows in the digest of a closed file as a whole.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use uuid::Uuid;

use super::digest;
use super::member::HEAD;
use super::reader::{Fault, FaultKind, Reader, Stored};
use super::record::{BLOCK_SHA256, Kind, Record, RefersTo};
use super::visit::field::PAYLOAD_SHA256;
use super::writer::Placed;

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file's name.
    pub file: String,
    /// Where in it.
    pub offset: u64,
    /// The record that it is about, if one could be read.
    pub record: Option<Uuid>,
    /// For people.
    pub words: String,
}

/// A sound or readable record, for comparing with the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Where it stands and what it is.
    pub placed: Placed,
    /// The payload's SHA-256 as its field says.
    pub payload_digest: Option<String>,
    /// What it points to.
    pub refers_to: Option<RefersTo>,
}

/// What walking one file gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Empty when the file is sound.
    pub findings: Vec<Finding>,
    /// Every record that could be read, in order.
    pub seen: Vec<Seen>,
}

/// After this many damaged places the rest of a file is not looked at.
const MAX_RESUMED: usize = 1000;

/// Walks one of the archive's own files up to `end` (the committed length), or to where it ends.
///
/// # Errors
/// When the disk fails. Damage is not an error but a finding.
pub fn verify(path: &Path, end: Option<u64>) -> io::Result<Report> {
    let length = std::fs::metadata(path)?.len();
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut walk = Walk { file, report: Report::default(), ids: HashSet::new(), expected: 0 };
    let end = end.unwrap_or(length);
    if length < end {
        walk.find(length, None, format!("the file has {length} bytes where {end} are committed"));
    }
    let end = end.min(length);
    let mut from = 0;
    for _ in 0..MAX_RESUMED {
        match walk.records(path, from, end)? {
            None => return Ok(walk.finished(end)),
            Some(damaged) => match next_member(path, damaged + 1, end)? {
                Some(next) => {
                    walk.expected = next;
                    from = next;
                }
                None => return Ok(walk.report),
            },
        }
    }
    walk.find(from, None, format!("more than {MAX_RESUMED} damaged places: the rest was not looked at"));
    Ok(walk.report)
}

struct Walk {
    file: String,
    report: Report,
    ids: HashSet<Uuid>,
    /// Where the next record should begin.
    expected: u64,
}

impl Walk {
    /// Walks until the end, or gives where damage begins.
    fn records(&mut self, path: &Path, from: u64, end: u64) -> io::Result<Option<u64>> {
        let disk = |fault: Fault| match fault.kind {
            FaultKind::Io(error) => Err(error),
            kind => Ok((fault.offset, kind)),
        };
        let reader = match Reader::open(path, from, Some(end)).map_err(disk) {
            Ok(reader) => reader,
            Err(fault) => return fault.map(|(offset, _)| Some(offset)),
        };
        for stored in reader {
            match stored.map_err(disk) {
                Ok(stored) => self.record(&stored),
                Err(fault) => {
                    let (offset, kind) = fault?;
                    self.find(offset, None, kind.to_string());
                    return Ok(Some(offset));
                }
            }
        }
        Ok(None)
    }

    fn record(&mut self, stored: &Stored) {
        if stored.offset > self.expected {
            let words = format!("bytes {} to {} hold no record", self.expected, stored.offset);
            self.find(self.expected, None, words);
        }
        if stored.length > 0 {
            self.expected = stored.offset + stored.length;
        }
        let record = match stored.record() {
            Ok(record) => record,
            Err(malformed) => return self.find(stored.offset, None, malformed.to_string()),
        };
        for words in disagreements(stored, &record) {
            self.find(stored.offset, Some(record.id), words);
        }
        if !self.ids.insert(record.id) {
            self.find(stored.offset, Some(record.id), "another record of this file has the same id".to_owned());
        }
        if stored.offset == 0 && record.kind != Kind::Warcinfo {
            self.find(0, Some(record.id), "the file does not begin with a warcinfo record".to_owned());
        }
        let placed = Placed {
            file: self.file.clone(),
            offset: stored.offset,
            length: stored.length,
            kind: record.kind,
            block_digest: digest::sha256(&record.block),
            record_id: record.id,
        };
        let payload_digest = record.extra(PAYLOAD_SHA256).map(str::to_owned);
        self.report.seen.push(Seen { placed, payload_digest, refers_to: record.refers_to });
    }

    fn finished(mut self, end: u64) -> Report {
        if self.expected < end {
            self.find(self.expected, None, format!("bytes {} to {end} hold no record", self.expected));
        }
        self.report
    }

    fn find(&mut self, offset: u64, record: Option<Uuid>, words: String) {
        self.report.findings.push(Finding { file: self.file.clone(), offset, record, words });
    }
}

/// What of a record is not as griot writes it or does not agree with its own digests. Empty for a sound one.
pub(super) fn disagreements(stored: &Stored, record: &Record) -> Vec<String> {
    let mut words: Vec<String> = stored.flaws.iter().map(ToString::to_string).collect();
    let mut must = |what: &str, said: Option<&str>, is: &str| match said {
        Some(said) if said == is => {}
        Some(said) => words.push(format!("{what} is {is}, the record says {said}")),
        None => words.push(format!("the record does not say its {what}")),
    };
    must("WARC-Block-Digest", stored.field("WARC-Block-Digest"), &digest::sha1(&record.block));
    must(BLOCK_SHA256, stored.field(BLOCK_SHA256), &digest::sha256(&record.block));
    if record.kind == Kind::Response {
        match record.payload() {
            Some(payload) => {
                must("WARC-Payload-Digest", record.payload_digest.as_deref(), &digest::sha1(&payload));
                must(PAYLOAD_SHA256, record.extra(PAYLOAD_SHA256), &digest::sha256(&payload));
            }
            None => words.push("the block holds no HTTP answer".to_owned()),
        }
    }
    if stored.version != "WARC/1.1" {
        words.push(format!("the version is {}", stored.version));
    }
    words
}

/// Where the next member that holds a record begins, at or after `from`: found by the bytes that every member begins with.
fn next_member(path: &Path, from: u64, end: u64) -> io::Result<Option<u64>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    let mut window = Vec::with_capacity(HEAD.len());
    for (at, byte) in (from..).zip(BufReader::new(file.take(end.saturating_sub(from))).bytes()) {
        if window.len() == HEAD.len() {
            window.remove(0);
        }
        window.push(byte?);
        if window == HEAD {
            return Ok(Some(at + 1 - HEAD.len() as u64));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests;
