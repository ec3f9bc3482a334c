//! Reads records from any offset of a file, griot's or another's, and says what is wrong instead of guessing.
//!
//! Strict about what cannot be read, lenient about the rest: line ends, missing blank lines, several records in one
//! gzip member and files that are not compressed at all are read and noted as [`Flaw`]s.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use bytes::Bytes;
use flate2::bufread::GzDecoder;

use super::member;
use super::record::{self, Malformed, Record};

mod fields;
mod tally;

use fields::{Cut, read_record};
use tally::Tally;

/// The longest block that is read: the largest answer that `model::answer::Limits` allows, and its headers.
pub const MAX_BLOCK: u64 = 72 << 20;

/// A record as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Where its gzip member begins (the record itself in a file that is not compressed).
    pub offset: u64,
    /// Bytes it takes in the file; 0 when its member holds others too.
    pub length: u64,
    /// "WARC/1.1".
    pub version: String,
    /// Every field in the order written.
    pub fields: Vec<(String, String)>,
    /// What it holds.
    pub block: Bytes,
    /// What is not as griot writes it.
    pub flaws: Vec<Flaw>,
}

/// Readable, but not as griot writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Flaw {
    /// The file is not compressed.
    #[error("the record is not compressed")]
    Plain,
    /// One member, several records.
    #[error("the gzip member holds more than this one record")]
    NotAlone,
    /// The member's first ten bytes.
    #[error("the gzip member does not begin with the bytes that griot writes")]
    MemberHead,
    /// Bytes before the version line.
    #[error("blank lines stand before the record")]
    StrayLines,
    /// Lines that end with LF alone, are folded, have no colon or are not UTF-8.
    #[error("a line of the record's head is not `Name: value` ended by CR LF")]
    HeadLine,
    /// No CR LF CR LF after the block.
    #[error("the record does not end with two line ends")]
    End,
}

/// Why a record cannot be read, and where it begins.
#[derive(Debug, thiserror::Error)]
#[error("at byte {offset}: {kind}")]
pub struct Fault {
    /// Where the record that cannot be read begins.
    pub offset: u64,
    /// Why.
    #[source]
    pub kind: FaultKind,
}

/// Why a record cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FaultKind {
    /// The file ends inside it, as after a crash.
    #[error("the file ends inside the record")]
    Torn,
    /// The bytes are not what was written.
    #[error("the record is damaged: {0}")]
    Damaged(String),
    /// Over a cap: the record may be sound, but is not read.
    #[error("the record's {0} is larger than griot reads")]
    TooLarge(&'static str),
    /// The disk, not the file.
    #[error("reading failed: {0}")]
    Io(#[source] io::Error),
}

impl Stored {
    /// The first value of a field; letters of either case are the same.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// The record as a value.
    ///
    /// # Errors
    /// When a field that every record must have is not there or not readable.
    pub fn record(&self) -> Result<Record, Malformed> {
        record::decode(&self.fields, self.block.clone())
    }
}

/// Reads the record that begins at `offset`.
///
/// # Errors
/// When no whole record begins there.
pub fn read_at(path: &Path, offset: u64) -> Result<Stored, Fault> {
    let nothing = || Err(Fault { offset, kind: FaultKind::Torn });
    Reader::open(path, offset, None)?.next().unwrap_or_else(nothing)
}

/// Reads record after record; ends after the last one or at the first fault.
#[derive(Debug)]
pub struct Reader {
    state: State,
}

type Member = BufReader<GzDecoder<Tally>>;

#[derive(Debug)]
enum State {
    Between(Tally),
    Inside { member: Box<Member>, offset: u64, records: usize },
    Done,
}

impl Reader {
    /// Begins at `from`, where a record begins, and reads no byte at or past `end`.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn open(path: &Path, from: u64, end: Option<u64>) -> Result<Self, Fault> {
        let fault = |error| Fault { offset: from, kind: FaultKind::Io(error) };
        let mut file = File::open(path).map_err(fault)?;
        file.seek(SeekFrom::Start(from)).map_err(fault)?;
        let left = end.map_or(u64::MAX, |end| end.saturating_sub(from));
        Ok(Self { state: State::Between(Tally::new(file.take(left), from)) })
    }

    fn step(&mut self) -> Result<Option<Stored>, Fault> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Ok(None),
                State::Between(mut source) => {
                    let offset = source.position();
                    let at = |kind| Fault { offset, kind };
                    let begin = source.fill_buf().map_err(|e| at(fault_kind(e)))?;
                    if begin.is_empty() {
                        return Ok(None);
                    }
                    match begin[0] {
                        b'W' | b'\r' | b'\n' => return self.plain(source).map_err(at),
                        first if first == member::HEAD[0] => source.mark(),
                        _ => return Err(at(FaultKind::Damaged("no record begins here".to_owned()))),
                    }
                    let member = Box::new(BufReader::with_capacity(32 << 10, GzDecoder::new(source)));
                    self.state = State::Inside { member, offset, records: 0 };
                }
                State::Inside { member, offset, records } => {
                    if let Some(stored) = self.inside(member, offset, records).map_err(|kind| Fault { offset, kind })? {
                        return Ok(Some(stored));
                    }
                }
            }
        }
    }

    /// The next record of a member; `None` when the member is over.
    fn inside(&mut self, mut member: Box<Member>, offset: u64, records: usize) -> Result<Option<Stored>, FaultKind> {
        let read = read_record(&mut *member).map_err(|cut| match cut {
            Cut::End => FaultKind::Damaged("the gzip member ends inside the record".to_owned()),
            Cut::Fault(kind) => kind,
        })?;
        let over = member.fill_buf().map_err(fault_kind)?.is_empty();
        let head = member.get_ref().get_ref().marked() == member::HEAD;
        let end = member.get_ref().get_ref().position();
        let alone = over && records == 0;
        self.state = if over {
            State::Between((*member).into_inner().into_inner())
        } else {
            State::Inside { member, offset, records: records + 1 }
        };
        Ok(read.map(|mut stored| {
            stored.offset = offset;
            stored.length = if alone { end - offset } else { 0 };
            stored.flaws.extend((!alone).then_some(Flaw::NotAlone));
            stored.flaws.extend((!head).then_some(Flaw::MemberHead));
            stored
        }))
    }

    /// The next record of a file that is not compressed.
    fn plain(&mut self, mut source: Tally) -> Result<Option<Stored>, FaultKind> {
        let offset = source.position();
        let read = read_record(&mut source).map_err(|cut| match cut {
            Cut::End => FaultKind::Torn,
            Cut::Fault(kind) => kind,
        })?;
        let Some(mut stored) = read else { return Ok(None) };
        stored.offset = offset;
        stored.length = source.position() - offset;
        stored.flaws.push(Flaw::Plain);
        self.state = State::Between(source);
        Ok(Some(stored))
    }
}

impl Iterator for Reader {
    type Item = Result<Stored, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}

/// Tells the disk's errors from what decoding says about the bytes.
fn fault_kind(error: io::Error) -> FaultKind {
    match error.downcast::<tally::DiskError>() {
        Ok(disk) => FaultKind::Io(disk.0),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => FaultKind::Torn,
        Err(error) => FaultKind::Damaged(error.to_string()),
    }
}

#[cfg(test)]
mod tests;
