//! Standard output: buffered, one JSON object a line, and quiet when nobody listens any more.

use std::io::{self, BufWriter, StdoutLock, Write};

use serde::Serialize;

use super::{Exit, Failure};

/// Standard output.
pub(super) type Out = BufWriter<StdoutLock<'static>>;

/// Standard output, for the whole of a command; it must be flushed at the end.
pub(super) fn out() -> Out {
    BufWriter::new(io::stdout().lock())
}

/// Prints one result as one line of JSON.
pub(super) fn print_json(out: &mut Out, value: &impl Serialize) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

impl From<io::Error> for Failure {
    /// `griot list | head` has got what it wanted: that is no failure.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::new(Exit::Well, ""),
            io::ErrorKind::StorageFull => Self::new(Exit::DiskFull, format!("standard output: {error}")),
            _ => Self::new(Exit::Failed, format!("standard output: {error}")),
        }
    }
}
