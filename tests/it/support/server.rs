//! A server on loopback: plain HTTP and TLS on one port, any host name, a log of its own.
//!
//! ```ignore
//! let server = Server::start(|ask| match ask.target.as_str() {
//!     "/" => Reply::html("<h1>Une</h1>").with_etag("\"1\"", ask),
//!     _ => Reply::status(404),
//! });
//! command.args(server.resolve_args(&["lessor.ml"])).arg("--cacert").arg(server.cacert_path());
//! let hits = server.hits();
//! ```

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use griot::fetch::ResolveOverride;
use rustls::ServerConfig;

use super::authority::{Authority, Certificates, server_config};
use super::connection::Connection;
use super::reply::Reply;

/// A client that says nothing for so long is let go; [`Server::hits`] waits no longer either.
const PATIENCE: Duration = Duration::from_secs(30);

/// One request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    /// The `Host` header without a port.
    pub(crate) host: String,
    /// Path and query.
    pub(crate) target: String,
    /// "GET".
    pub(crate) method: String,
    /// As sent; names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    /// 0 for the first request of this server, and so on.
    pub(crate) order: usize,
    /// 0 for the first connection, and so on.
    pub(crate) connection: usize,
    /// Did it come over TLS?
    pub(crate) tls: bool,
}

impl Ask {
    /// The first header of that lower-case name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    fn parse(head: &[u8], order: usize, connection: usize, tls: bool) -> io::Result<Self> {
        let head = String::from_utf8_lossy(head);
        let mut lines = head.split("\r\n").filter(|l| !l.is_empty());
        let mut words = lines.next().unwrap_or("").split(' ');
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return Err(io::Error::other("no request line"));
        };
        let headers: Vec<(String, String)> = lines
            .filter_map(|l| l.split_once(':'))
            .map(|(n, v)| (n.to_ascii_lowercase(), v.trim().to_owned()))
            .collect();
        let (method, target) = (method.to_owned(), target.to_owned());
        let mut ask = Self { host: String::new(), target, method, headers, order, connection, tls };
        ask.host = ask.header("host").map_or("", |h| h.split(':').next().unwrap_or("")).to_owned();
        Ok(ask)
    }
}

/// One line of the server's log.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    /// What was asked.
    pub(crate) ask: Ask,
    /// When the request's head was complete.
    pub(crate) arrived: Instant,
    /// When the last byte was handed to the network, or the answer broke off.
    pub(crate) finished: Option<Instant>,
    /// 0 where there was no status line.
    pub(crate) status: u16,
    /// Bytes of the body as framed.
    pub(crate) sent: u64,
}

/// Ends waits when the server is dropped.
#[derive(Debug, Default)]
pub(crate) struct Stop {
    stopped: Mutex<bool>,
    changed: Condvar,
}

impl Stop {
    /// Waits so long; an error when the server is gone.
    pub(super) fn wait(&self, time: Duration) -> io::Result<()> {
        let guard = self.stopped.lock().unwrap();
        let (stopped, _) = self.changed.wait_timeout_while(guard, time, |stopped| !*stopped).unwrap();
        if *stopped { Err(io::Error::other("the server is gone")) } else { Ok(()) }
    }

    fn stop(&self) {
        *self.stopped.lock().unwrap() = true;
        self.changed.notify_all();
    }
}

type Talk = dyn Fn(Connection, usize, &Shared) -> io::Result<()> + Send + Sync;

struct Shared {
    log: Mutex<Vec<Hit>>,
    finished: Condvar,
    open: Mutex<HashMap<usize, TcpStream>>,
    accepted: AtomicUsize,
    stop: Stop,
}

/// The server; it ends, with all its connections, when it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
    cacert: PathBuf,
    _folder: tempfile::TempDir,
}

impl Server {
    /// Good certificates for every name, HTTP/1.1.
    pub(crate) fn start(handler: impl Fn(&Ask) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_with(Certificates::Good, handler)
    }

    /// With such certificates.
    pub(crate) fn start_with(
        certificates: Certificates,
        handler: impl Fn(&Ask) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let talk = move |connection, id, shared: &Shared| converse(connection, id, shared, &handler);
        Self::launch(server_config(certificates, &["http/1.1"]), Box::new(talk))
    }

    /// For protocols that are not HTTP/1.1: `talker` has each connection, after the TLS handshake's offer of `alpn`.
    pub(crate) fn start_talker(
        alpn: &[&str],
        talker: impl Fn(Connection) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        Self::launch(server_config(Certificates::Good, alpn), Box::new(move |connection, _, _| talker(connection)))
    }

    fn launch(tls: Arc<ServerConfig>, talk: Box<Talk>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let cacert = folder.path().join("authority.pem");
        std::fs::write(&cacert, &Authority::shared().pem).unwrap();
        let shared = Arc::new(Shared {
            log: Mutex::default(),
            finished: Condvar::new(),
            open: Mutex::default(),
            accepted: AtomicUsize::new(0),
            stop: Stop::default(),
        });
        let (theirs, talk): (_, Arc<Talk>) = (Arc::clone(&shared), Arc::from(talk));
        let accepting = thread::spawn(move || accept(&listener, &tls, &theirs, &talk));
        Self { address, shared, accepting: Some(accepting), cacert, _folder: folder }
    }

    /// The port on 127.0.0.1.
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// A PEM file with the authority that signed the good certificates.
    pub(crate) fn cacert_path(&self) -> &Path {
        &self.cacert
    }

    /// `--resolve HOST:443:127.0.0.1:PORT` and the same for 80, for each host.
    pub(crate) fn resolve_args(&self, hosts: &[&str]) -> Vec<String> {
        self.overrides(hosts).iter().flat_map(|o| ["--resolve".to_owned(), o.to_string()]).collect()
    }

    /// What [`Self::resolve_args`] says, for the library.
    pub(crate) fn overrides(&self, hosts: &[&str]) -> Vec<ResolveOverride> {
        let written = hosts.iter().flat_map(|h| [443, 80].map(|p| format!("{h}:{p}:{}", self.address)));
        written.map(|o| o.parse().unwrap()).collect()
    }

    /// How many connections were accepted.
    pub(crate) fn connections(&self) -> usize {
        self.shared.accepted.load(Ordering::SeqCst)
    }

    /// How many requests have arrived in this log.
    pub(crate) fn seen(&self) -> usize {
        self.shared.log.lock().unwrap().len()
    }

    /// The log in order of arrival, once no answer is under way any more.
    pub(crate) fn hits(&self) -> Vec<Hit> {
        let log = self.shared.log.lock().unwrap();
        let busy = |log: &mut Vec<Hit>| log.iter().any(|h| h.finished.is_none());
        let (log, waited) = self.shared.finished.wait_timeout_while(log, PATIENCE, busy).unwrap();
        assert!(!waited.timed_out(), "an answer has been under way for {PATIENCE:?}");
        log.clone()
    }

    /// Begins a new log, for instance between two crawls.
    pub(crate) fn forget_hits(&self) {
        drop(self.hits());
        self.shared.log.lock().unwrap().clear();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stop.stop();
        // Wakes `accept`; if that fails the listener is dead already.
        drop(TcpStream::connect(self.address));
        for stream in self.shared.open.lock().unwrap().values() {
            // Already closed by the client is as good.
            let _ = stream.shutdown(Shutdown::Both);
        }
        if let Some(accepting) = self.accepting.take() {
            accepting.join().unwrap();
        }
    }
}

fn accept(listener: &TcpListener, tls: &Arc<ServerConfig>, shared: &Arc<Shared>, talk: &Arc<Talk>) {
    loop {
        let Ok((stream, _)) = listener.accept() else { return };
        if shared.stop.wait(Duration::ZERO).is_err() {
            return;
        }
        let id = shared.accepted.fetch_add(1, Ordering::SeqCst);
        let Ok(copy) = stream.try_clone() else { continue };
        shared.open.lock().unwrap().insert(id, copy);
        let (tls, shared, talk) = (Arc::clone(tls), Arc::clone(shared), Arc::clone(talk));
        thread::spawn(move || {
            let served = prepared(stream, tls).and_then(|connection| talk(connection, id, &shared));
            // A client that goes away, or refuses the certificate, is what many tests are about.
            drop(served);
            shared.open.lock().unwrap().remove(&id);
        });
    }
}

fn prepared(stream: TcpStream, tls: Arc<ServerConfig>) -> io::Result<Connection> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Connection::accept(stream, tls)
}

/// Marks a log line as finished even when the handler panics.
struct Finishing<'a> {
    shared: &'a Shared,
    line: usize,
    status: u16,
    sent: u64,
}

impl Drop for Finishing<'_> {
    fn drop(&mut self) {
        let mut log = self.shared.log.lock().unwrap();
        if let Some(hit) = log.get_mut(self.line) {
            (hit.status, hit.sent, hit.finished) = (self.status, self.sent, Some(Instant::now()));
        }
        self.shared.finished.notify_all();
    }
}

fn converse(
    mut connection: Connection,
    id: usize,
    shared: &Shared,
    handler: &(dyn Fn(&Ask) -> Reply + Send + Sync),
) -> io::Result<()> {
    while let Some(head) = connection.head()? {
        let (ask, line) = {
            let mut log = shared.log.lock().unwrap();
            let ask = Ask::parse(&head, log.len(), id, connection.is_tls())?;
            log.push(Hit { ask: ask.clone(), arrived: Instant::now(), finished: None, status: 0, sent: 0 });
            (ask, log.len() - 1)
        };
        let mut finishing = Finishing { shared, line, status: 0, sent: 0 };
        let reply = handler(&ask);
        finishing.status = reply.status;
        let goes_on = reply.send(&mut connection, &shared.stop, &mut finishing.sent);
        drop(finishing);
        if reply.breaks_off() {
            return Ok(());
        }
        if !goes_on? {
            return connection.close();
        }
    }
    Ok(())
}
