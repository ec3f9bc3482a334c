//! One record out of a stream that is no longer compressed.

use std::io::{BufRead, Read};

use bytes::Bytes;

use super::{FaultKind, Flaw, MAX_BLOCK, Stored, fault_kind};

/// The longest head, version line and blank line included.
const MAX_HEAD: u64 = 256 << 10;
/// The most fields of a head.
const MAX_FIELDS: usize = 1000;

/// Why no record was read.
pub(super) enum Cut {
    /// The stream ended, in good order, inside the record.
    End,
    /// It is not a record.
    Fault(FaultKind),
}

impl From<std::io::Error> for Cut {
    fn from(error: std::io::Error) -> Self {
        Self::Fault(fault_kind(error))
    }
}

fn damaged(words: &str) -> Cut {
    Cut::Fault(FaultKind::Damaged(words.to_owned()))
}

/// Reads one record and the two line ends after it; `None` when the stream holds nothing more.
pub(super) fn read_record(source: &mut impl BufRead) -> Result<Option<Stored>, Cut> {
    let mut flaws = Vec::new();
    let mut left = MAX_HEAD;
    let version = loop {
        let Some(line) = line(source, &mut left)? else { return Ok(None) };
        if !line.text.is_empty() {
            break line;
        }
        flaw(&mut flaws, Flaw::StrayLines);
    };
    if !version.text.starts_with(b"WARC/") {
        return Err(damaged("no WARC record begins here"));
    }
    let fields = head_fields(source, &mut left, &mut flaws)?;
    if !version.strict {
        flaw(&mut flaws, Flaw::HeadLine);
    }
    let block = block(source, &fields)?;
    if !ends_well(source)? {
        flaw(&mut flaws, Flaw::End);
    }
    let version = String::from_utf8_lossy(&version.text).into_owned();
    Ok(Some(Stored { offset: 0, length: 0, version, fields, block, flaws }))
}

struct Line {
    text: Vec<u8>,
    /// Ended by CR LF.
    strict: bool,
}

/// The next line within what is left of the head; `None` at the stream's end.
fn line(source: &mut impl BufRead, left: &mut u64) -> Result<Option<Line>, Cut> {
    let mut text = Vec::new();
    let read = source.by_ref().take(*left).read_until(b'\n', &mut text)? as u64;
    *left -= read;
    if text.pop_if(|b| *b == b'\n').is_none() {
        return match (*left, read) {
            (0, _) => Err(Cut::Fault(FaultKind::TooLarge("head"))),
            (_, 0) => Ok(None),
            _ => Err(Cut::End),
        };
    }
    let strict = text.pop_if(|b| *b == b'\r').is_some();
    Ok(Some(Line { text, strict }))
}

fn head_fields(source: &mut impl BufRead, left: &mut u64, flaws: &mut Vec<Flaw>) -> Result<Vec<(String, String)>, Cut> {
    let mut fields: Vec<(String, String)> = Vec::new();
    loop {
        let line = line(source, left)?.ok_or(Cut::End)?;
        if !line.strict {
            flaw(flaws, Flaw::HeadLine);
        }
        if line.text.is_empty() {
            return Ok(fields);
        }
        if fields.len() == MAX_FIELDS {
            return Err(Cut::Fault(FaultKind::TooLarge("head")));
        }
        let text = String::from_utf8(line.text).unwrap_or_else(|error| {
            flaw(flaws, Flaw::HeadLine);
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        });
        if text.starts_with([' ', '\t']) {
            flaw(flaws, Flaw::HeadLine);
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(text.trim());
            }
        } else if let Some((name, value)) = text.split_once(':') {
            fields.push((name.trim().to_owned(), value.trim().to_owned()));
        } else {
            flaw(flaws, Flaw::HeadLine);
        }
    }
}

fn block(source: &mut impl BufRead, fields: &[(String, String)]) -> Result<Bytes, Cut> {
    let length = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case("Content-Length"));
    let length = length.filter(|(_, v)| !v.is_empty() && v.bytes().all(|b| b.is_ascii_digit()));
    let length: u64 = length.and_then(|(_, v)| v.parse().ok()).ok_or_else(|| damaged("no Content-Length"))?;
    if length > MAX_BLOCK {
        return Err(Cut::Fault(FaultKind::TooLarge("block")));
    }
    let mut block = Vec::new();
    source.by_ref().take(length).read_to_end(&mut block)?;
    if (block.len() as u64) < length { Err(Cut::End) } else { Ok(Bytes::from(block)) }
}

/// Takes the line ends after a block, at most two.
fn ends_well(source: &mut impl BufRead) -> Result<bool, Cut> {
    let mut taken = Vec::with_capacity(4);
    while taken.len() < 4 {
        match source.fill_buf()?.first() {
            Some(&byte @ (b'\r' | b'\n')) => taken.push(byte),
            _ => break,
        }
        source.consume(1);
    }
    Ok(taken == b"\r\n\r\n")
}

fn flaw(flaws: &mut Vec<Flaw>, flaw: Flaw) {
    if !flaws.contains(&flaw) {
        flaws.push(flaw);
    }
}
