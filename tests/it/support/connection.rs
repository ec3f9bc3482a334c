//! One accepted connection, plain or TLS, told apart by its first byte, so that one port serves both.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// The first byte of a TLS handshake record.
const TLS_HANDSHAKE: u8 = 0x16;

/// Read and write what the client sends and gets.
pub(crate) enum Connection {
    /// HTTP as it is.
    Plain(TcpStream),
    /// Behind TLS.
    Tls(Box<StreamOwned<ServerConnection, TcpStream>>),
}

impl Connection {
    /// Waits for the first byte to know what the client speaks.
    pub(crate) fn accept(stream: TcpStream, tls: Arc<ServerConfig>) -> io::Result<Self> {
        let mut first = [0];
        if stream.peek(&mut first)? == 1 && first[0] == TLS_HANDSHAKE {
            let session = ServerConnection::new(tls).map_err(io::Error::other)?;
            return Ok(Self::Tls(Box::new(StreamOwned::new(session, stream))));
        }
        Ok(Self::Plain(stream))
    }

    pub(crate) fn is_tls(&self) -> bool {
        matches!(self, Self::Tls(_))
    }

    /// Ends it as a well-behaved server does; dropping it is how a broken one does.
    pub(crate) fn close(mut self) -> io::Result<()> {
        if let Self::Tls(stream) = &mut self {
            stream.conn.send_close_notify();
            stream.flush()?;
        }
        let socket = match &self {
            Self::Plain(socket) => socket,
            Self::Tls(stream) => &stream.sock,
        };
        socket.shutdown(std::net::Shutdown::Write)
    }

    /// Reads a request's head, blank line included; `None` when the client closed between two requests.
    pub(crate) fn head(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            if self.read(&mut byte)? == 0 {
                return Ok(None);
            }
            head.push(byte[0]);
            if head.len() > 1 << 20 {
                return Err(io::Error::other("a request's head without an end"));
            }
        }
        Ok(Some(head))
    }
}

impl Read for Connection {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(buffer),
            Self::Tls(stream) => stream.read(buffer),
        }
    }
}

impl Write for Connection {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.write(bytes),
            Self::Tls(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.flush(),
            Self::Tls(stream) => stream.flush(),
        }
    }
}
