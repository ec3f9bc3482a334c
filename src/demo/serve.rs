//! Hands the newspaper out on the loopback interface, and counts what that costs.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use jiff::fmt::rfc2822;
use sha2::{Digest, Sha256};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::edition::{Edition, Resource, Site};
use super::paper::HOSTS;

/// How long open connections get to end when the server stops.
const GRACE: Duration = Duration::from_secs(1);

/// What was asked and answered so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Requests answered, of any kind.
    pub requests: u64,
    /// Bytes of bodies sent; status lines and headers are not counted.
    pub bytes: u64,
    /// Requests answered 304.
    pub not_modified: u64,
}

impl std::ops::Sub for Tally {
    type Output = Self;

    /// What came between two looks; the earlier one is subtracted.
    fn sub(self, earlier: Self) -> Self {
        Self {
            requests: self.requests.saturating_sub(earlier.requests),
            bytes: self.bytes.saturating_sub(earlier.bytes),
            not_modified: self.not_modified.saturating_sub(earlier.not_modified),
        }
    }
}

/// The newspaper, on 127.0.0.1 at a free port, on a thread of its own until it is stopped or dropped.
#[derive(Debug)]
pub struct Server {
    addr: SocketAddr,
    desk: Arc<Desk>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts serving [`Edition::First`].
    ///
    /// # Errors
    /// When no port or thread can be had.
    pub fn start() -> io::Result<Self> {
        let site = Site::print().map_err(io::Error::other)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let addr = listener.local_addr()?;
        let desk =
            Arc::new(Desk { site, edition: AtomicU8::new(0), requests: 0.into(), bytes: 0.into(), same: 0.into() });
        let (stop, stopped) = watch::channel(false);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = runtime.block_on(async { tokio::net::TcpListener::from_std(listener) })?;
        let serving = accept(listener, Arc::clone(&desk), stopped);
        let thread = std::thread::Builder::new().name("demo-paper".into()).spawn(move || runtime.block_on(serving))?;
        Ok(Self { addr, desk, stop, thread: Some(thread) })
    }

    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// From the next request on, the site is as in this edition.
    pub fn show(&self, edition: Edition) {
        self.desk.edition.store(edition as u8, Ordering::Release);
    }

    /// What was asked and answered so far.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally {
            requests: self.desk.requests.load(Ordering::Acquire),
            bytes: self.desk.bytes.load(Ordering::Acquire),
            not_modified: self.desk.same.load(Ordering::Acquire),
        }
    }

    /// Answers what is under way, closes every connection and frees the port.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.send_replace(true);
        // A panic in that thread was already printed by it, and there is nothing left to save.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// What every connection shares.
#[derive(Debug)]
struct Desk {
    site: Site,
    edition: AtomicU8,
    requests: AtomicU64,
    bytes: AtomicU64,
    same: AtomicU64,
}

async fn accept(listener: tokio::net::TcpListener, desk: Arc<Desk>, mut stopped: watch::Receiver<bool>) {
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            () = told(&mut stopped) => break,
            // A connection that failed before it was accepted is its client's matter; the next one is not.
            accepted = listener.accept() => if let Ok((stream, _)) = accepted {
                open.spawn(connection(stream, Arc::clone(&desk), stopped.clone()));
            },
            Some(_) = open.join_next() => {}
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, async { while open.join_next().await.is_some() {} }).await;
}

async fn connection(stream: tokio::net::TcpStream, desk: Arc<Desk>, mut stopped: watch::Receiver<bool>) {
    let service = service_fn(move |request: Request<Incoming>| {
        let answer = desk.answer(request.method(), request.uri(), request.headers());
        std::future::ready(Ok::<_, Infallible>(answer))
    });
    let mut http = hyper::server::conn::http1::Builder::new();
    let serving = http.timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    let mut serving = std::pin::pin!(serving);
    // How a connection ended is its client's matter.
    tokio::select! {
        _ = serving.as_mut() => {}
        () = told(&mut stopped) => {
            serving.as_mut().graceful_shutdown();
            let _ = serving.await;
        }
    }
}

/// Ends when the server is told to stop, or is gone.
async fn told(stopped: &mut watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stop| *stop).await;
}

impl Desk {
    fn answer(&self, method: &Method, uri: &http::Uri, asked: &HeaderMap) -> Response<Full<Bytes>> {
        let path = uri.path_and_query().map_or("/", |p| p.as_str());
        let edition = Edition::ALL[usize::from(self.edition.load(Ordering::Acquire)) % Edition::ALL.len()];
        let answer = if matches!(*method, Method::GET | Method::HEAD) {
            match self.site.resource(edition, path) {
                Some(resource) => found(resource, asked),
                None => plain(StatusCode::NOT_FOUND, self.site.missing()),
            }
        } else {
            plain(StatusCode::METHOD_NOT_ALLOWED, b"")
        };
        self.requests.fetch_add(1, Ordering::AcqRel);
        if answer.status() == StatusCode::NOT_MODIFIED {
            self.same.fetch_add(1, Ordering::AcqRel);
        }
        if *method == Method::GET {
            self.bytes.fetch_add(size(&answer), Ordering::AcqRel);
        }
        answer
    }
}

fn size(answer: &Response<Full<Bytes>>) -> u64 {
    hyper::body::Body::size_hint(answer.body()).lower()
}

fn plain(status: StatusCode, body: &[u8]) -> Response<Full<Bytes>> {
    let mut answer = Response::new(Full::from(body.to_vec()));
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=UTF-8"));
    answer
}

fn found(resource: &Resource, asked: &HeaderMap) -> Response<Full<Bytes>> {
    let body = at_origin(&resource.body, asked);
    let etag = format!("\"{}\"", &data_encoding::HEXLOWER.encode(&Sha256::digest(&body))[..32]);
    let modified = resource.modified;
    let fresh = is_fresh(asked, &etag, modified.as_second());
    let mut answer = Response::new(if fresh { Full::default() } else { Full::from(body) });
    let headers = answer.headers_mut();
    // Digits, letters and quotes: both values are always legal.
    headers.extend(HeaderValue::from_str(&etag).ok().map(|v| (header::ETAG, v)));
    let date = rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&modified).ok();
    headers.extend(date.and_then(|d| HeaderValue::from_str(&d).ok()).map(|v| (header::LAST_MODIFIED, v)));
    if fresh {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(resource.media_type));
    }
    answer
}

/// Preconditions of RFC 9110 §13.1: an `If-None-Match` decides alone, else `If-Modified-Since` does.
fn is_fresh(asked: &HeaderMap, etag: &str, modified: i64) -> bool {
    let text = |name| asked.get(name).and_then(|v: &HeaderValue| v.to_str().ok());
    if let Some(tags) = text(header::IF_NONE_MATCH) {
        return tags.split(',').map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag);
    }
    text(header::IF_MODIFIED_SINCE)
        .and_then(|since| rfc2822::DateTimeParser::new().parse_timestamp(since).ok())
        .is_some_and(|since| modified <= since.as_second())
}

/// The bytes with `{origin}` replaced by the name that was asked for, so that absolute addresses lead back here.
fn at_origin(body: &[u8], asked: &HeaderMap) -> Vec<u8> {
    let Some(text) = std::str::from_utf8(body).ok().filter(|t| t.contains(super::listing::ORIGIN)) else {
        return body.to_vec();
    };
    let host = asked
        .get(header::HOST)
        .and_then(|h| h.to_str().ok())
        .filter(|h| !h.is_empty() && h.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':')));
    text.replace(super::listing::ORIGIN, &format!("http://{}", host.unwrap_or(HOSTS[0]))).into_bytes()
}

#[cfg(test)]
mod tests;
