//! The content-codings of a body undone in the order that the header names, or that the bytes themselves show.

use std::borrow::Cow;

use super::engine::{Coding, End, undo};

/// Codings undone for one body; a longer chain is a bomb's.
const MAX_CODINGS: usize = 4;
/// So many bytes tell whether a body is plain text.
const SAMPLE: usize = 512;

/// A body with its content-coding undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inflated {
    /// The payload.
    pub bytes: Vec<u8>,
    /// What was odd and yet readable (wrong label, bytes after the end), for the record.
    pub note: Option<String>,
}

/// Why a content-coding could not be undone; what came out before is kept in `bytes`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// More came out than the cap allows; `bytes` holds exactly the cap.
    #[error("the body grows beyond {cap} bytes when its {coding} coding is undone")]
    TooLong {
        /// The cap, in bytes.
        cap: u64,
        /// The coding at which it was reached.
        coding: &'static str,
        /// The first `cap` bytes.
        bytes: Vec<u8>,
    },
    /// The coded stream ends before its end.
    #[error("the {coding} stream is cut after {} decoded bytes", .bytes.len())]
    Cut {
        /// The coding.
        coding: &'static str,
        /// What came out.
        bytes: Vec<u8>,
    },
    /// The coded stream is damaged (or its checksum says so).
    #[error("the {coding} stream is broken after {} decoded bytes: {reason}", .bytes.len())]
    Broken {
        /// The coding.
        coding: &'static str,
        /// The decoder's words.
        reason: String,
        /// What came out.
        bytes: Vec<u8>,
    },
    /// A coding that griot does not know, or more of them than it undoes, on bytes that are no text.
    #[error("content-coding `{coding}` is not known")]
    Unknown {
        /// As sent.
        coding: String,
    },
}

impl DecodeError {
    /// What came out before the error; nothing may be made an article of it.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::TooLong { bytes, .. } | Self::Cut { bytes, .. } | Self::Broken { bytes, .. } => bytes,
            Self::Unknown { .. } => Vec::new(),
        }
    }
}

/// Undoes the content-codings of `body`, RFC 9110 §8.4, last applied first.
///
/// Labels lie, so the bytes have the last word: a body that is not coded as labelled but readable is read, with a
/// note. At most `cap` bytes come out of each coding; memory stays below the cap and the input together.
///
/// # Errors
/// When the stream is cut, damaged, unknown or grows beyond `cap`.
pub fn inflate(body: &[u8], content_encoding: Option<&str>, cap: u64) -> Result<Inflated, DecodeError> {
    let named = content_encoding.unwrap_or("").split(',').map(str::trim);
    let labels: Vec<&str> = named.filter(|l| !l.is_empty() && !l.eq_ignore_ascii_case("identity")).collect();
    if labels.len() > MAX_CODINGS {
        return Err(DecodeError::Unknown { coding: shortened(&labels.join(", ")) });
    }
    let mut peeler = Peeler { bytes: Cow::Borrowed(body), notes: Vec::new(), fault: None, cap };
    let mut undone = 0;
    for label in labels.into_iter().rev() {
        undone += 1;
        peeler.labelled(label)?;
    }
    while undone < MAX_CODINGS && peeler.unlabelled()? {
        undone += 1;
    }
    peeler.done()
}

/// Takes one coding after the other off.
struct Peeler<'a> {
    bytes: Cow<'a, [u8]>,
    notes: Vec<String>,
    /// The first bad end; peeling goes on with what came, the answer is an error all the same.
    fault: Option<(Coding, End)>,
    cap: u64,
}

impl Peeler<'_> {
    fn labelled(&mut self, label: &str) -> Result<(), DecodeError> {
        let coding = match label.to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => Coding::Gzip,
            "deflate" => Coding::Deflate,
            "br" => Coding::Brotli,
            "zstd" => Coding::Zstd,
            // Left as it is: text is readable, and what has a magic number is recognised afterwards.
            _ if looks_like_text(&self.bytes) || Coding::by_magic(&self.bytes).is_some() => {
                self.notes.push(format!("content-coding `{}` is not known", shortened(label)));
                return Ok(());
            }
            _ => return Err(DecodeError::Unknown { coding: shortened(label) }),
        };
        if self.bytes.is_empty() {
            return Ok(());
        }
        let proven = Coding::by_magic(&self.bytes);
        match (coding, proven) {
            (Coding::Gzip | Coding::Zstd, Some(other)) if other != coding => self.mislabelled(coding, other),
            (Coding::Gzip | Coding::Zstd, None) => self.without_magic(coding),
            _ => {
                let peeled = undo(coding, &self.bytes, self.room());
                let clean = peeled.1 == End::Whole { trailing: 0 };
                match proven.filter(|p| *p != coding) {
                    Some(other) if !clean => self.mislabelled(coding, other),
                    _ if !clean && looks_like_text(&self.bytes) => self.not_coded(coding),
                    _ => self.take(coding, peeled),
                }
            }
        }
    }

    /// Labelled with a coding that has a magic number, which is missing.
    fn without_magic(&mut self, coding: Coding) -> Result<(), DecodeError> {
        if looks_like_text(&self.bytes) {
            return self.not_coded(coding);
        }
        for other in [Coding::Deflate, Coding::Brotli] {
            let peeled = undo(other, &self.bytes, self.room());
            if peeled.1 == (End::Whole { trailing: 0 }) && !peeled.0.is_empty() {
                self.notes.push(format!("labelled {}, coded with {}", coding.name(), other.name()));
                return self.take(other, peeled);
            }
        }
        self.take(coding, undo(coding, &self.bytes, self.room()))
    }

    fn mislabelled(&mut self, label: Coding, proven: Coding) -> Result<(), DecodeError> {
        self.notes.push(format!("labelled {}, coded with {}", label.name(), proven.name()));
        self.take(proven, undo(proven, &self.bytes, self.room()))
    }

    #[expect(clippy::unnecessary_wraps, reason = "one of four ways that a label can end")]
    fn not_coded(&mut self, label: Coding) -> Result<(), DecodeError> {
        self.notes.push(format!("labelled {}, not coded", label.name()));
        Ok(())
    }

    /// Takes off a coding that no label named but the bytes prove: a `.gz` file, or a body coded twice.
    fn unlabelled(&mut self) -> Result<bool, DecodeError> {
        let Some(coding) = Coding::by_magic(&self.bytes) else { return Ok(false) };
        let peeled = undo(coding, &self.bytes, self.room());
        if peeled.0.is_empty() && !matches!(peeled.1, End::Whole { .. }) {
            return Ok(false);
        }
        self.notes.push(format!("coded with {}, which no label said", coding.name()));
        self.take(coding, peeled)?;
        Ok(true)
    }

    fn take(&mut self, coding: Coding, (bytes, end): (Vec<u8>, End)) -> Result<(), DecodeError> {
        match end {
            End::TooLong => return Err(DecodeError::TooLong { cap: self.cap, coding: coding.name(), bytes }),
            End::Whole { trailing: 0 } => {}
            End::Whole { trailing } => self.notes.push(format!("{trailing} bytes after the {} stream", coding.name())),
            bad => self.fault = self.fault.take().or(Some((coding, bad))),
        }
        self.bytes = Cow::Owned(bytes);
        Ok(())
    }

    fn room(&self) -> usize {
        usize::try_from(self.cap).unwrap_or(usize::MAX)
    }

    fn done(self) -> Result<Inflated, DecodeError> {
        let cap = self.room();
        let mut bytes = self.bytes.into_owned();
        match self.fault {
            Some((coding, End::Broken(reason))) => {
                return Err(DecodeError::Broken { coding: coding.name(), reason, bytes });
            }
            Some((coding, _)) => return Err(DecodeError::Cut { coding: coding.name(), bytes }),
            None => {}
        }
        if bytes.len() > cap {
            bytes.truncate(cap);
            return Err(DecodeError::TooLong { cap: self.cap, coding: "identity", bytes });
        }
        Ok(Inflated { bytes, note: (!self.notes.is_empty()).then(|| self.notes.join("; ")) })
    }
}

/// No control characters but white space; a short sample must be ASCII besides, since chance may do the first.
fn looks_like_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let calm = sample.iter().all(|b| *b >= 0x20 && *b != 0x7f || matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b));
    calm && !sample.is_empty() && (sample.len() >= 64 || sample.is_ascii())
}

fn shortened(label: &str) -> String {
    label.chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect()
}

#[cfg(test)]
mod tests;
