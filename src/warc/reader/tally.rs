//! A file read in order that knows how far it was read, and whose own errors can be told from a decoder's.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Take};

/// Counts what is consumed, and keeps the first bytes after a mark.
#[derive(Debug)]
pub(super) struct Tally {
    inner: BufReader<Take<File>>,
    position: u64,
    marked: Vec<u8>,
}

/// An error of the disk: what decoders say about the bytes is never wrapped in this.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(super) struct DiskError(pub(super) io::Error);

const MARKED: usize = super::member::HEAD.len();

impl Tally {
    pub(super) fn new(file: Take<File>, position: u64) -> Self {
        Self { inner: BufReader::with_capacity(64 << 10, file), position, marked: Vec::with_capacity(MARKED) }
    }

    /// Bytes from the file's beginning that were consumed.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// From here on the first bytes are kept.
    pub(super) fn mark(&mut self) {
        self.marked.clear();
    }

    /// At most ten bytes that were consumed after the mark.
    pub(super) fn marked(&self) -> &[u8] {
        &self.marked
    }
}

impl BufRead for Tally {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.inner.buffer().is_empty() {
            match self.inner.fill_buf() {
                Ok(_) => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(io::Error::other(DiskError(error))),
            }
        }
        Ok(self.inner.buffer())
    }

    fn consume(&mut self, amount: usize) {
        let kept = amount.min(MARKED - self.marked.len());
        self.marked.extend(self.inner.buffer().iter().take(kept));
        self.position += amount as u64;
        self.inner.consume(amount);
    }
}

impl Read for Tally {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let amount = ready.len().min(out.len());
        out[..amount].copy_from_slice(&ready[..amount]);
        self.consume(amount);
        Ok(amount)
    }
}
