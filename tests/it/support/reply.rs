//! What a server answers, well or badly.

use std::io::{self, Write};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::connection::Connection;
use super::server::{Ask, Stop};

/// How the body is delimited, if there is an answer at all.
#[derive(Debug, Clone)]
enum Framing {
    /// `Content-Length`.
    Length,
    /// Chunks of at most this many bytes.
    Chunked(usize),
    /// By the end of the connection.
    UntilClose,
    /// The body again and again until the client has enough.
    Endless,
    /// These bytes instead of any HTTP, then the end of the connection.
    Raw(Vec<u8>),
    /// Not one byte.
    HangUp,
}

/// These bytes coded with gzip.
pub(crate) fn gzipped(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

/// One answer. Made by [`Reply::html`] and the like, bent by the other functions.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    /// The status.
    pub(crate) status: u16,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
    framing: Framing,
    delay: Duration,
    drip: Option<(usize, Duration)>,
    cut: Option<usize>,
    close: bool,
}

impl Reply {
    /// 200 with this type and body.
    pub(crate) fn new(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::status(200).header("Content-Type", content_type).body(body)
    }

    /// 200, `text/html; charset=utf-8`.
    pub(crate) fn html(body: impl Into<Vec<u8>>) -> Self {
        Self::new("text/html; charset=utf-8", body)
    }

    /// An answer without headers and body.
    pub(crate) fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            framing: Framing::Length,
            delay: Duration::ZERO,
            drip: None,
            cut: None,
            close: false,
        }
    }

    /// A redirect with this `Location`.
    pub(crate) fn redirect(status: u16, location: &str) -> Self {
        Self::status(status).header("Location", location)
    }

    /// These bytes as they are, then the connection ends.
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { framing: Framing::Raw(bytes.into()), ..Self::status(0) }
    }

    /// The connection ends without an answer.
    pub(crate) fn hang_up() -> Self {
        Self { framing: Framing::HangUp, ..Self::status(0) }
    }

    /// Sets the body.
    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Adds a header.
    pub(crate) fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    /// With `ETag`; a 304 without a body if the request was conditional on it.
    pub(crate) fn with_etag(self, etag: &str, ask: &Ask) -> Self {
        let same = ask.header("if-none-match") == Some(etag);
        let tagged = self.header("ETag", etag);
        if same { Self { status: 304, body: Vec::new(), ..tagged } } else { tagged }
    }

    /// With `Last-Modified`; a 304 if the request named that very date.
    pub(crate) fn with_last_modified(self, date: &str, ask: &Ask) -> Self {
        let same = ask.header("if-modified-since") == Some(date);
        let dated = self.header("Last-Modified", date);
        if same { Self { status: 304, body: Vec::new(), ..dated } } else { dated }
    }

    /// The body coded with gzip and labelled so.
    pub(crate) fn gzip(mut self) -> Self {
        self.body = gzipped(&self.body);
        self.header("Content-Encoding", "gzip")
    }

    /// In chunks of this size.
    pub(crate) fn chunked(mut self, size: usize) -> Self {
        self.framing = Framing::Chunked(size.max(1));
        self
    }

    /// Without `Content-Length`, ended by the end of the connection.
    pub(crate) fn no_length(mut self) -> Self {
        self.framing = Framing::UntilClose;
        self
    }

    /// The body again and again, without end.
    pub(crate) fn endless(mut self) -> Self {
        self.framing = Framing::Endless;
        self
    }

    /// So long after the request.
    pub(crate) fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// So many bytes at a time, with a pause before each but the first, head included.
    pub(crate) fn drip(mut self, bytes: usize, pause: Duration) -> Self {
        self.drip = Some((bytes.max(1), pause));
        self
    }

    /// The connection ends after so many bytes of the body's wire form.
    pub(crate) fn cut_after(mut self, bytes: usize) -> Self {
        self.cut = Some(bytes);
        self
    }

    /// The connection ends after the answer although nothing in it says so: a keep-alive silently closed.
    pub(crate) fn then_close(mut self) -> Self {
        self.close = true;
        self
    }

    /// Sends it. Tells whether the connection goes on; counts the body's bytes in `sent`.
    pub(super) fn send(&self, to: &mut Connection, stop: &Stop, sent: &mut u64) -> io::Result<bool> {
        stop.wait(self.delay)?;
        match &self.framing {
            Framing::HangUp => return Ok(false),
            Framing::Raw(bytes) => {
                self.write(to, bytes, stop)?;
                *sent += bytes.len() as u64;
                return Ok(false);
            }
            _ => self.write(to, &self.head(), stop)?,
        }
        if matches!(self.status, 100..200 | 204 | 304) {
            return Ok(!self.close);
        }
        let body = self.wire_body();
        let end = self.cut.unwrap_or(body.len()).min(body.len());
        loop {
            self.write(to, &body[..end], stop)?;
            *sent += end as u64;
            if !matches!(self.framing, Framing::Endless) || body.is_empty() {
                break;
            }
            stop.wait(Duration::ZERO)?;
        }
        Ok(!self.close && end == body.len() && !matches!(self.framing, Framing::UntilClose))
    }

    /// Was the end of this answer an accident? Then no TLS goodbye is said either.
    pub(super) fn breaks_off(&self) -> bool {
        self.cut.is_some() || matches!(self.framing, Framing::HangUp | Framing::Endless)
    }

    fn head(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} Said\r\n", self.status).into_bytes();
        for (name, value) in &self.headers {
            head.extend_from_slice(name.as_bytes());
            head.extend_from_slice(b": ");
            head.extend_from_slice(value);
            head.extend_from_slice(b"\r\n");
        }
        match self.framing {
            Framing::Length if !matches!(self.status, 100..200 | 204 | 304) => {
                head.extend_from_slice(format!("Content-Length: {}\r\n", self.body.len()).as_bytes());
            }
            Framing::Chunked(_) => head.extend_from_slice(b"Transfer-Encoding: chunked\r\n"),
            Framing::UntilClose | Framing::Endless => head.extend_from_slice(b"Connection: close\r\n"),
            _ => {}
        }
        head.extend_from_slice(b"\r\n");
        head
    }

    fn wire_body(&self) -> Vec<u8> {
        let Framing::Chunked(size) = self.framing else { return self.body.clone() };
        let mut wire = Vec::new();
        for chunk in self.body.chunks(size) {
            wire.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
            wire.extend_from_slice(chunk);
            wire.extend_from_slice(b"\r\n");
        }
        wire.extend_from_slice(b"0\r\n\r\n");
        wire
    }

    fn write(&self, to: &mut Connection, bytes: &[u8], stop: &Stop) -> io::Result<()> {
        let Some((size, pause)) = self.drip else {
            to.write_all(bytes)?;
            return to.flush();
        };
        for (i, piece) in bytes.chunks(size).enumerate() {
            if i > 0 {
                stop.wait(pause)?;
            }
            to.write_all(piece)?;
            to.flush()?;
        }
        Ok(())
    }
}
