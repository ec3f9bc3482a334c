//! What one request asked and what it saw. An answer is a fact: it is never changed after it was made.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use url::Url;

/// One GET, whole: nothing is added to it later but the client's own identity.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where to ask; http or https, no user-info, no fragment.
    pub url: Url,
    /// Sound validators of the capture this request may be answered "not modified" against.
    pub validators: Validators,
    /// Headers of the site's own (profile), sent to this origin only.
    pub headers: Vec<(String, String)>,
    /// What the answer may cost.
    pub limits: Limits,
}

/// The validators a server gave, RFC 9110 §8.8; both absent on an unconditional request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag` as sent, quotes and `W/` included.
    pub etag: Option<String>,
    /// The `Last-Modified` as sent.
    pub last_modified: Option<String>,
}

impl Validators {
    /// Is there anything to be conditional on?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// What one answer may cost. One table for the whole of griot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Body bytes as sent, content-coding on.
    pub bytes: u64,
    /// Body bytes after the content-coding is undone.
    pub decoded_bytes: u64,
    /// From the start of the connection to the last byte of the body.
    pub total: Duration,
}

impl Limits {
    /// An article or section page.
    pub const PAGE: Self = Self { bytes: 16 << 20, decoded_bytes: 16 << 20, total: Duration::from_secs(30) };
    /// A feed or sitemap: sitemaps.org allows 50 MB.
    pub const LISTING: Self = Self { bytes: 64 << 20, decoded_bytes: 64 << 20, total: Duration::from_mins(1) };
    /// robots.txt: RFC 9309 §2.5 asks for at least 500 KiB.
    pub const ROBOTS: Self = Self { bytes: 1 << 20, decoded_bytes: 1 << 20, total: Duration::from_secs(30) };
}

/// One request's outcome on the wire.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The URL asked.
    pub url: Url,
    /// Conditional on what.
    pub validators: Validators,
    /// When the request left.
    pub asked_at: Timestamp,
    /// From then to the last byte, or to the failure.
    pub took: Duration,
    /// What came.
    pub wire: Wire,
}

/// An HTTP answer, or the reason why there is none.
#[derive(Debug, Clone)]
pub enum Wire {
    /// A status line and headers came; the body may still be cut.
    Response(Response),
    /// No status line came.
    Failure(Failure),
}

/// An HTTP answer as near to the wire as the client gives it.
#[derive(Debug, Clone)]
pub struct Response {
    /// 100–999.
    pub status: u16,
    /// "HTTP/1.1" or "h2".
    pub protocol: &'static str,
    /// In the order received per name; names are lower-cased by the client library, values are bytes.
    pub headers: Vec<(String, Vec<u8>)>,
    /// After transfer-decoding, before content-decoding.
    pub body: Bytes,
    /// Why the body is not whole.
    pub truncated: Option<Truncation>,
    /// The address the bytes came from.
    pub peer: Option<SocketAddr>,
    /// `Some(true)`: TLS and verified; `Some(false)`: TLS, not verified; `None`: plain.
    pub tls_verified: Option<bool>,
}

impl Response {
    /// The first value of a header, if it is visible ASCII or UTF-8. `name` in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).and_then(|(_, v)| std::str::from_utf8(v).ok()).map(str::trim)
    }

    /// The validators that a later request may be conditional on.
    #[must_use]
    pub fn validators(&self) -> Validators {
        let owned = |name| self.header(name).filter(|v| !v.is_empty() && v.len() <= 512).map(str::to_owned);
        Validators { etag: owned("etag"), last_modified: owned("last-modified") }
    }
}

/// Why a body is not whole: the words of `WARC-Truncated`, WARC/1.1 §5.13.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truncation {
    /// Our cap on bytes.
    Length,
    /// Our cap on seconds.
    Time,
    /// The server or the network ended it.
    Disconnect,
}

impl Truncation {
    /// The word of the standard.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::Time => "time",
            Self::Disconnect => "disconnect",
        }
    }
}

/// Why no status line came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The class.
    pub kind: FailureKind,
    /// For people: the library's own words, folded to one line.
    pub detail: String,
}

/// The classes of failure, by who has to do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// The name does not resolve, or the resolver does not answer.
    Dns,
    /// Nobody accepts the connection.
    Connect,
    /// The certificate or the handshake is refused.
    Tls,
    /// The time ran out before the headers came.
    Timeout,
    /// The connection ended before the headers came.
    Reset,
    /// What came is no HTTP.
    Protocol,
    /// The address is one that griot does not knock at (see `fetch::guard`).
    ForbiddenAddress,
    /// The URL cannot be asked (scheme, user-info, port).
    BadUrl,
}

impl FailureKind {
    /// The word written to the archive.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::Reset => "reset",
            Self::Protocol => "protocol",
            Self::ForbiddenAddress => "forbidden-address",
            Self::BadUrl => "bad-url",
        }
    }
}
