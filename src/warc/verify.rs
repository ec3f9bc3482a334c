//! Proves a file: every gzip member's checksum, every record's lengths and digests, and that nothing stands between them.
//!
//! A bit flipped inside a member can be harmless: deflate has unused bits, and more than one way to say the same. Such
//! a flip changes no byte of any record and is not named here; it shows in the digest of a closed file as a whole.

use std::collections::HashSet;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use uuid::Uuid;

use super::digest;
use super::member::HEAD;
use super::reader::{Fault, Reader, Stored};
use super::record::{BLOCK_SHA256, Kind, Record};
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

/// After this many damaged places the rest of a file is not looked at.
const MAX_RESUMED: usize = 1000;
/// After this many findings the rest of a file is walked in silence.
const MAX_FINDINGS: usize = 1000;

/// Walks one of the archive's own files up to `end` (the committed length), or to where it ends, and shows each record that
/// can be read to `look`, in order and one at a time, whatever the file's size; of one that does not agree with its own
/// digests, the place alone. Says what is wrong, the disk's errors included.
pub fn walk(path: &Path, end: Option<u64>, look: &mut dyn FnMut(&Placed, Option<&Record>)) -> Vec<Finding> {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut walk = Walk { file, findings: Vec::new(), look, ids: HashSet::new(), expected: 0 };
    let length = match std::fs::metadata(path) {
        Ok(metadata) => metadata.len(),
        Err(error) => {
            walk.find(0, None, format!("the file cannot be read: {error}"));
            return walk.findings;
        }
    };
    let end = end.unwrap_or(length);
    if length < end {
        walk.find(length, None, format!("the file has {length} bytes where {end} are committed"));
    }
    walk.resuming(path, end.min(length));
    walk.findings
}

struct Walk<'l> {
    file: String,
    findings: Vec<Finding>,
    look: &'l mut dyn FnMut(&Placed, Option<&Record>),
    ids: HashSet<Uuid>,
    /// Where the next record should begin.
    expected: u64,
}

impl Walk<'_> {
    /// Walks to the end, over every damaged place.
    fn resuming(&mut self, path: &Path, end: u64) {
        let mut from = 0;
        for _ in 0..MAX_RESUMED {
            let Some(damaged) = self.records(path, from, end) else {
                if self.expected < end {
                    self.find(self.expected, None, format!("bytes {} to {end} hold no record", self.expected));
                }
                return;
            };
            let Some(next) = next_member(path, damaged + 1, end) else { return };
            self.expected = next;
            from = next;
        }
        self.find(from, None, format!("more than {MAX_RESUMED} damaged places: the rest was not looked at"));
    }

    /// Walks until the end, or gives where damage begins.
    fn records(&mut self, path: &Path, from: u64, end: u64) -> Option<u64> {
        let reader = match Reader::open(path, from, Some(end)) {
            Ok(reader) => reader,
            Err(fault) => return Some(self.stopped(&fault)),
        };
        for stored in reader {
            match stored {
                Ok(stored) => self.record(&stored),
                Err(fault) => return Some(self.stopped(&fault)),
            }
        }
        None
    }

    fn stopped(&mut self, fault: &Fault) -> u64 {
        self.find(fault.offset, None, fault.kind.to_string());
        fault.offset
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
        let disagreements = disagreements(stored, &record);
        let sound = disagreements.is_empty();
        for words in disagreements {
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
        (self.look)(&placed, Some(&record).filter(|_| sound));
    }

    fn find(&mut self, offset: u64, record: Option<Uuid>, words: String) {
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(Finding { file: self.file.clone(), offset, record, words });
        }
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

/// Bytes looked through at a time for the next member; what a disk cannot read of a piece is passed over with it.
const PIECE: usize = 64 << 10;

/// Where the next member that holds a record begins, at or after `from`: found by the bytes that every member begins with.
fn next_member(path: &Path, from: u64, end: u64) -> Option<u64> {
    let file = File::open(path).ok()?;
    let mut piece = vec![0; PIECE];
    let mut at = from;
    while at < end {
        let wanted = usize::try_from(end - at).unwrap_or(PIECE).min(PIECE);
        let got = match file.read_at(&mut piece[..wanted], at) {
            Ok(0) => return None,
            Ok(got) => got,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => {
                at += wanted as u64;
                continue;
            }
        };
        if let Some(found) = piece[..got].windows(HEAD.len()).position(|bytes| bytes == HEAD) {
            return Some(at + found as u64);
        }
        // A member's head may lie across two pieces.
        at += (got + 1).saturating_sub(HEAD.len()).max(1) as u64;
    }
    None
}

#[cfg(test)]
mod tests;
