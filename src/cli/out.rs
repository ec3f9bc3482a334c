//! Standard output: buffered, one JSON object a line, and quiet when nobody listens any more.

use std::io::{self, BufWriter, StdoutLock, Write};

use serde::Serialize;

use super::words::has_power;
use super::{Exit, Failure};

/// Standard output.
pub(super) type Out = BufWriter<StdoutLock<'static>>;

/// Standard output, for the whole of a command; it must be flushed at the end.
pub(super) fn out() -> Out {
    BufWriter::new(io::stdout().lock())
}

/// Prints one result as one line of JSON.
pub(super) fn print_json(out: &mut Out, value: &impl Serialize) -> Result<(), Failure> {
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, Harmless)).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// JSON whose strings keep every character of a text from the web, and give none of them power over a terminal.
struct Harmless;

impl serde_json::ser::Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| has_power(*c)) {
            let (before, from) = rest.split_at(at);
            write!(writer, "{before}\\u{:04x}", u32::from(c))?;
            rest = &from[c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_what_a_terminal_would_obey_as_escapes() {
        let text = "é\u{1b}[31m\u{9b}31m\u{202e}fin\u{7f}";
        let mut out = Vec::new();
        text.serialize(&mut serde_json::Serializer::with_formatter(&mut out, Harmless)).unwrap();
        let said = String::from_utf8(out).unwrap();
        assert_eq!(said, "\"é\\u001b[31m\\u009b31m\\u202efin\\u007f\"");
        assert_eq!(serde_json::from_str::<String>(&said).unwrap(), text);
    }
}
