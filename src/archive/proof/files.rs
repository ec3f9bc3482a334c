//! The WARC files: every one that the rows answer for, byte by byte and row by row; and no other.

use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::path::Path;

use super::{Proof, record};
use crate::store::sqlite::{Answered, KeptRecord, Reader, plain};
use crate::warc::digest;
use crate::warc::naming::serial;
use crate::warc::record::{Kind, Record};
use crate::warc::verify::{Finding, walk};
use crate::warc::writer::Placed;

/// Rows asked for at a time.
const AT_ONCE: usize = 500;
/// Records of one file that disagree with their rows; more tell nothing new.
const MOST: usize = 200;

/// Every file against its rows.
pub(super) fn with_rows(reader: &Reader, warc: &Path, proof: &mut Proof) {
    let known = match reader.answered() {
        Ok(known) => known,
        Err(error) => {
            proof.findings.push(plain(&error));
            return alone(warc, proof);
        }
    };
    for file in &known {
        proof.files += 1;
        of_file(reader, warc, file, proof);
    }
    strangers(reader, warc, &known, proof);
}

/// Every file that is there, without rows: what its own records tell.
pub(super) fn alone(warc: &Path, proof: &mut Proof) {
    match names(warc) {
        Ok(names) => {
            for name in names {
                proof.files += 1;
                let mut records = 0;
                let found = walk(&warc.join(name), None, &mut |_, _| records += 1);
                proof.records += records;
                proof.findings.extend(found.iter().map(words));
            }
        }
        Err(error) => proof.findings.push(format!("{}: {error}", warc.display())),
    }
}

/// WARC files that no row tells of. One behind the last that is known waits to be adopted; any other is a stranger.
fn strangers(reader: &Reader, warc: &Path, known: &[Answered], proof: &mut Proof) {
    let (names, archive) = match (names(warc), reader.identity()) {
        (Ok(names), Ok(identity)) => (names, identity.uuid),
        (Err(error), _) => return proof.findings.push(format!("{}: {error}", warc.display())),
        (_, Err(error)) => return proof.findings.push(plain(&error)),
    };
    let last = known.iter().filter_map(|file| serial(archive, &file.name)).max().unwrap_or(0);
    for name in names.iter().filter(|name| !known.iter().any(|file| file.name == **name)) {
        if serial(archive, name).is_some_and(|number| number > last) {
            proof.notes.push(format!("{name} has no rows yet: the next crawl adopts what is whole in it"));
        } else {
            proof
                .findings
                .push(format!("{name} is of no row: it is another archive's, or the rows that told of it are lost"));
        }
    }
}

/// The folder's WARC files, in order. An index that another tool laid beside them is that tool's.
fn names(warc: &Path) -> io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(warc) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if [".warc.gz", ".warc", ".arc.gz", ".arc"].iter().any(|end| name.ends_with(end)) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// What is wrong with one file: its own members, lengths and digests, its rows, and its whole digest once it is closed.
fn of_file(reader: &Reader, warc: &Path, file: &Answered, proof: &mut Proof) {
    let path = warc.join(&file.name);
    match path.metadata() {
        Ok(there) if file.closed && there.len() > file.length => proof.findings.push(format!(
            "{} at byte {}: {} bytes stand behind the end of a closed file",
            file.name,
            file.length,
            there.len() - file.length
        )),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return proof.findings.push(format!("{} is not there: bring it back from a copy", path.display()));
        }
        // Any other error shows when the file is walked.
        _ => {}
    }
    let mut rows = Rows::of(reader, file);
    let found = walk(&path, Some(file.length), &mut |placed, record| rows.meet(placed, record));
    proof.findings.extend(found.iter().map(words));
    proof.records += rows.met;
    proof.findings.extend(rows.rest());
    if let (true, Some(wanted)) = (file.closed, &file.sha256) {
        match File::open(&path).and_then(digest::sha256_of) {
            Ok(is) if is == *wanted => {}
            Ok(is) => proof.findings.push(format!("{} is closed with {wanted}, and is {is}", file.name)),
            Err(error) => proof.findings.push(format!("{} cannot be read to its end: {error}", file.name)),
        }
    }
}

fn words(finding: &Finding) -> String {
    let record = finding.record.map(|r| format!(" (record {r})")).unwrap_or_default();
    format!("{} at byte {}{record}: {}", finding.file, finding.offset, finding.words)
}

/// A file's rows, met by its records in order of their places.
struct Rows<'r> {
    reader: &'r Reader,
    file: &'r Answered,
    ahead: VecDeque<KeptRecord>,
    /// Rows before this were asked for.
    asked: u64,
    /// The headers of a 304 stand before it.
    headers: Option<Record>,
    /// Records without a row: a crawl may be about to write it.
    bare: Vec<(u64, String)>,
    found: Vec<String>,
    met: usize,
    silent: bool,
}

impl<'r> Rows<'r> {
    fn of(reader: &'r Reader, file: &'r Answered) -> Self {
        let (ahead, headers, bare, found) = (VecDeque::new(), None, Vec::new(), Vec::new());
        Self { reader, file, ahead, asked: 0, headers, bare, found, met: 0, silent: false }
    }

    fn meet(&mut self, placed: &Placed, record: Option<&Record>) {
        self.met += 1;
        while let Some(row) = self.next_before(placed.offset) {
            self.missing(&row);
        }
        match self.ahead.pop_front_if(|row| row.location.offset == placed.offset) {
            Some(row) if row.record_id == placed.record_id.to_string() => {
                // What is damaged was found already.
                let Some(record) = record else { return };
                for words in record::disagreements(&row, placed, record, self.headers.as_ref()) {
                    self.find(format!("{} at byte {} (record {}): {words}", self.file.name, placed.offset, record.id));
                }
            }
            Some(row) => self.missing(&row),
            None if self.bare.len() > MOST => {}
            None => self.bare.push((placed.offset, placed.record_id.to_string())),
        }
        if let Some(record) = record.filter(|record| record.kind == Kind::Metadata) {
            self.headers = Some(record.clone());
        }
    }

    /// The next row that stands before `offset`; afterwards the next row, if there is one, is at hand.
    fn next_before(&mut self, offset: u64) -> Option<KeptRecord> {
        if self.ahead.is_empty() && self.asked < self.file.length {
            match self.reader.records(&self.file.name, self.asked, self.file.length, AT_ONCE) {
                Ok(rows) => {
                    self.asked = match rows.last() {
                        Some(last) if rows.len() == AT_ONCE => last.location.offset + 1,
                        _ => self.file.length,
                    };
                    self.ahead.extend(rows);
                }
                Err(error) => {
                    self.asked = self.file.length;
                    self.silent = true;
                    self.found.push(format!("{}: its rows cannot be read: {}", self.file.name, plain(&error)));
                }
            }
        }
        self.ahead.pop_front_if(|row| row.location.offset < offset)
    }

    /// What was found, with the rows that no record met and the records that still have none.
    fn rest(mut self) -> Vec<String> {
        while let Some(row) = self.next_before(u64::MAX) {
            self.missing(&row);
        }
        for (offset, record) in std::mem::take(&mut self.bare) {
            let now = self.reader.records(&self.file.name, offset, offset + 1, 1);
            if !self.silent && !now.is_ok_and(|rows| rows.iter().any(|row| row.record_id == record)) {
                self.find(format!("{} at byte {offset}: record {record} has no row", self.file.name));
            }
        }
        self.found
    }

    fn missing(&mut self, row: &KeptRecord) {
        let (file, offset, record) = (&self.file.name, row.location.offset, &row.record_id);
        self.find(format!("{file} at byte {offset}: record {record} is not there as its row says"));
    }

    fn find(&mut self, words: String) {
        match self.found.len() {
            0..MOST => self.found.push(words),
            MOST => self.found.push(format!("{}: more records disagree with their rows", self.file.name)),
            _ => {}
        }
    }
}
