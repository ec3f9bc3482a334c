//! The web itself: one GET over HTTP/1.1 or HTTP/2, capped in bytes and seconds, conditional where it may be.

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ::http::header::{
    ACCEPT, ACCEPT_ENCODING, FROM, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, USER_AGENT,
};
use ::http::{HeaderMap as Headers, Version};
use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::failure::{classed, ended_silently, folded};
use super::resolve::{GuardedResolver, ResolveOverride};
use super::{Fetch, FetchError, guard};
use crate::clock::Clock;
use crate::model::answer::{Answer, Failure, FailureKind, Request, Response, Truncation, Wire};

/// What is asked for when the site has no wish of its own.
const ACCEPTED: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
/// The content-codings that [`super::decode::inflate`] undoes and that servers speak.
const CODINGS: &str = "gzip, br, zstd";
/// An idle connection is kept for the next turn of its group, no longer.
const KEPT_IDLE: Duration = Duration::from_secs(30);
/// HTTP/2 allows 16 KiB of headers by default; newspapers' security policies alone can fill that.
const MAX_HEADER_BYTES: u32 = 256 << 10;
/// Origins remembered as having left a connection open; forgetting one costs a retry that would have helped.
const MAX_KEPT: usize = 4096;
/// Headers that belong to griot or to the framing and that no site may set.
const OWN_HEADERS: [&str; 16] = [
    "user-agent",
    "from",
    "host",
    "accept-encoding",
    "connection",
    "keep-alive",
    "transfer-encoding",
    "te",
    "trailer",
    "upgrade",
    "content-length",
    "range",
    "if-none-match",
    "if-modified-since",
    "if-match",
    "if-unmodified-since",
];

/// Who asks, and what is opened beyond the public internet.
#[derive(Debug, Clone)]
pub struct HttpConfig {
    /// The `User-Agent`, contact and all.
    pub user_agent: String,
    /// The `From` header, RFC 9110 §10.1.2: an address of the person who runs griot.
    pub from: Option<String>,
    /// The `--resolve` overrides.
    pub resolve: Vec<ResolveOverride>,
    /// A PEM file of certificates trusted beside the platform's.
    pub cacert: Option<PathBuf>,
    /// Connect to addresses that are not on the public internet.
    pub allow_private: bool,
    /// For name, TCP and TLS together; the request's own limit applies too.
    pub connect_timeout: Duration,
}

impl HttpConfig {
    /// The public internet only, with the platform's certificates and 10 s to connect.
    #[must_use]
    pub fn new(user_agent: impl Into<String>) -> Self {
        Self {
            user_agent: user_agent.into(),
            from: None,
            resolve: Vec::new(),
            cacert: None,
            allow_private: false,
            connect_timeout: Duration::from_secs(10),
        }
    }
}

/// The [`Fetch`] that goes to the web. Cheap to share behind an `Arc`; connections are pooled inside.
pub struct HttpFetch {
    /// For ports without an override.
    client: reqwest::Client,
    /// One client for each port with overrides, because a resolver hears the name and not the port.
    by_port: HashMap<u16, reqwest::Client>,
    allow_private: bool,
    identity: HeaderMap,
    clock: Arc<dyn Clock>,
    /// Origins whose last answer ended whole, so that a connection may have been kept.
    kept: Mutex<HashSet<String>>,
}

impl std::fmt::Debug for HttpFetch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpFetch").field("identity", &self.identity).finish_non_exhaustive()
    }
}

impl HttpFetch {
    /// Prepares the clients. `clock` stamps the answers; waiting is measured on the monotonic clock.
    ///
    /// # Errors
    /// When the identity cannot stand in a header, or the certificates cannot be read or used.
    pub fn new(config: &HttpConfig, clock: Arc<dyn Clock>) -> Result<Self, FetchError> {
        // The second caller in a process finds it installed, which is as good.
        let _already_installed = rustls::crypto::ring::default_provider().install_default();
        let certificates = config.cacert.as_deref().map(read_certificates).transpose()?.unwrap_or_default();
        let mut named: HashMap<u16, HashMap<String, Vec<SocketAddr>>> = HashMap::new();
        for o in &config.resolve {
            named.entry(o.port).or_default().entry(o.host.clone()).or_default().push(o.address);
        }
        let make = |overrides| client(config, &certificates, overrides);
        Ok(Self {
            client: make(HashMap::new())?,
            by_port: named.into_iter().map(|(port, o)| Ok((port, make(o)?))).collect::<Result<_, FetchError>>()?,
            allow_private: config.allow_private,
            identity: identity(config)?,
            clock,
            kept: Mutex::default(),
        })
    }

    /// The headers of one request: the site's, then griot's own.
    fn headers(&self, request: &Request) -> Result<HeaderMap, Failure> {
        let bad = |name: &str| Failure {
            kind: FailureKind::BadUrl,
            detail: format!("the profile's header `{}` cannot be sent", name.escape_debug()),
        };
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(ACCEPTED));
        for (name, value) in &request.headers {
            let field: HeaderName = name.parse().map_err(|_| bad(name))?;
            if OWN_HEADERS.contains(&field.as_str()) {
                return Err(bad(name));
            }
            headers.insert(field, value.parse().map_err(|_| bad(name))?);
        }
        headers.extend(self.identity.clone());
        let validators = &request.validators;
        for (field, value) in [(IF_NONE_MATCH, &validators.etag), (IF_MODIFIED_SINCE, &validators.last_modified)] {
            // A validator that cannot be sent back is none: the request is then unconditional, which is always right.
            if let Some(value) = value.as_ref().and_then(|v| HeaderValue::from_bytes(v.as_bytes()).ok()) {
                headers.insert(field, value);
            }
        }
        Ok(headers)
    }

    /// Sends once more on a new connection if the server had silently closed the one it kept (RFC 9112 §9.3.1).
    async fn send(&self, url: &Url, headers: HeaderMap) -> Result<reqwest::Response, Failure> {
        let client = url.port_or_known_default().and_then(|p| self.by_port.get(&p)).unwrap_or(&self.client);
        let once = || client.get(url.clone()).headers(headers.clone()).send();
        let was_kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).remove(&origin(url));
        match once().await {
            Err(error) if was_kept && ended_silently(&error) => once().await,
            first => first,
        }
        .map_err(|error| classed(&error.without_url()))
    }

    async fn talk(&self, request: &Request, deadline: Instant) -> Result<Response, Failure> {
        guard::check_url(&request.url, self.allow_private)?;
        let mut url = request.url.clone();
        url.set_fragment(None);
        let headers = self.headers(request)?;
        let Ok(sent) = timeout_at(deadline, self.send(&url, headers)).await else {
            let detail = format!("no answer within {} s", request.limits.total.as_secs_f32());
            return Err(Failure { kind: FailureKind::Timeout, detail });
        };
        let response = received(sent?, request.limits.bytes, deadline, url.scheme() == "https").await;
        if response.truncated.is_none() {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() >= MAX_KEPT {
                kept.clear();
            }
            kept.insert(origin(&url));
        }
        Ok(response)
    }
}

#[async_trait]
impl Fetch for HttpFetch {
    async fn fetch(&self, request: Request) -> Answer {
        let asked_at = self.clock.now();
        let start = Instant::now();
        let wire = match self.talk(&request, start + request.limits.total).await {
            Ok(response) => Wire::Response(response),
            Err(failure) => Wire::Failure(failure),
        };
        Answer { url: request.url, validators: request.validators, asked_at, took: start.elapsed(), wire }
    }
}

/// Reads the body up to its caps; what came before a cut is kept.
async fn received(mut sent: reqwest::Response, cap: u64, deadline: Instant, tls: bool) -> Response {
    let peer = sent.remote_addr();
    let protocol = match sent.version() {
        Version::HTTP_09 => "HTTP/0.9",
        Version::HTTP_10 => "HTTP/1.0",
        Version::HTTP_2 => "h2",
        _ => "HTTP/1.1",
    };
    let headers = copied(sent.headers());
    let status = sent.status().as_u16();
    let (body, truncated) = body_of(&mut sent, cap, deadline).await;
    Response { status, protocol, headers, body, truncated, peer, tls_verified: tls.then_some(true) }
}

async fn body_of(sent: &mut reqwest::Response, cap: u64, deadline: Instant) -> (Bytes, Option<Truncation>) {
    let cap = usize::try_from(cap).unwrap_or(usize::MAX);
    let mut body = BytesMut::new();
    let truncated = loop {
        match timeout_at(deadline, sent.chunk()).await {
            Err(_) => break Some(Truncation::Time),
            Ok(Err(_)) => break Some(Truncation::Disconnect),
            Ok(Ok(None)) => break None,
            Ok(Ok(Some(chunk))) => {
                let room = cap - body.len();
                body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    break Some(Truncation::Length);
                }
            }
        }
    };
    (body.freeze(), truncated)
}

fn copied(headers: &Headers) -> Vec<(String, Vec<u8>)> {
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec())).collect()
}

fn origin(url: &Url) -> String {
    format!("{}://{}:{}", url.scheme(), url.host_str().unwrap_or(""), url.port_or_known_default().unwrap_or(0))
}

/// Everything the library does of its own accord is off: decoding, following, retrying, proxies, cookies, referers.
fn client(
    config: &HttpConfig,
    certificates: &[reqwest::Certificate],
    overrides: HashMap<String, Vec<SocketAddr>>,
) -> Result<reqwest::Client, FetchError> {
    let resolver = GuardedResolver {
        overrides: Arc::new(overrides),
        allow_private: config.allow_private,
        patience: config.connect_timeout * 3 / 4,
    };
    reqwest::Client::builder()
        .dns_resolver(resolver)
        .tls_certs_merge(certificates.iter().cloned())
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .referer(false)
        .connect_timeout(config.connect_timeout)
        .pool_idle_timeout(KEPT_IDLE)
        .pool_max_idle_per_host(1)
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http2_max_header_list_size(MAX_HEADER_BYTES)
        .build()
        .map_err(|error| FetchError::Client { reason: folded(&error) })
}

fn identity(config: &HttpConfig) -> Result<HeaderMap, FetchError> {
    let value = |header, value: &str| {
        HeaderValue::from_str(value)
            .map_err(|_| FetchError::Identity { header, value: value.escape_debug().to_string() })
    };
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, value("User-Agent", &config.user_agent)?);
    if let Some(from) = &config.from {
        headers.insert(FROM, value("From", from)?);
    }
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(CODINGS));
    Ok(headers)
}

fn read_certificates(path: &Path) -> Result<Vec<reqwest::Certificate>, FetchError> {
    let none = |reason: String| FetchError::NoCertificate { path: path.to_owned(), reason };
    let pem = std::fs::read(path).map_err(|source| FetchError::Cacert { path: path.to_owned(), source })?;
    let found = reqwest::Certificate::from_pem_bundle(&pem).map_err(|error| none(folded(&error)))?;
    if found.is_empty() { Err(none("no certificate in it".to_owned())) } else { Ok(found) }
}
