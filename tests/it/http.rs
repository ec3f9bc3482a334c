//! HTTP as it is met: well-behaved, odd and evil servers, each answer in its documented class.

mod doors;
mod framing;
mod headers;
mod http2;
mod identity;
mod kept;
mod limits;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use griot::clock::SystemClock;
use griot::fetch::{Fetch, HttpConfig, HttpFetch};
use griot::model::answer::{Answer, FailureKind, Limits, Request, Response, Truncation, Validators, Wire};

use crate::support::{Ask, Reply, Server};

/// The host that every server of these tests answers for.
pub(crate) const HOST: &str = "paper.example";
/// Enough for loopback on a busy machine; nothing waits for it unless something is broken.
pub(crate) const ROOMY: Limits = Limits { bytes: 4 << 20, decoded_bytes: 4 << 20, total: Duration::from_secs(20) };
/// Short enough to be waited for.
const SHORT: Duration = Duration::from_millis(300);

pub(crate) fn config(server: &Server) -> HttpConfig {
    HttpConfig {
        resolve: server.overrides(&[HOST]),
        cacert: Some(server.cacert_path().to_owned()),
        ..HttpConfig::new("griot-test/1 (+mailto:test@paper.example)")
    }
}

pub(crate) fn fetcher(server: &Server) -> HttpFetch {
    HttpFetch::new(&config(server), Arc::new(SystemClock)).unwrap()
}

pub(crate) fn request(url: &str) -> Request {
    Request { url: url.parse().unwrap(), validators: Validators::default(), headers: Vec::new(), limits: ROOMY }
}

pub(crate) fn response(answer: Answer) -> Response {
    match answer.wire {
        Wire::Response(response) => response,
        Wire::Failure(failure) => panic!("{}: no response: {failure:?}", answer.url),
    }
}

pub(crate) fn failure(answer: Answer) -> (FailureKind, String) {
    match answer.wire {
        Wire::Failure(failure) => {
            assert!(!failure.detail.is_empty() && !failure.detail.contains(['\n', '\r', '\u{1b}']), "{failure:?}");
            (failure.kind, failure.detail)
        }
        Wire::Response(response) => panic!("{}: answered {}", answer.url, response.status),
    }
}

/// One server, one plain request, one answer.
async fn plainly(handler: impl Fn(&Ask) -> Reply + Send + Sync + 'static) -> Answer {
    let server = Server::start(handler);
    fetcher(&server).fetch(request("http://paper.example/a")).await
}

/// The same over TLS.
async fn securely(handler: impl Fn(&Ask) -> Reply + Send + Sync + 'static) -> Answer {
    let server = Server::start(handler);
    fetcher(&server).fetch(request("https://paper.example/a")).await
}

/// The class of what comes of these raw bytes: "200", "200 disconnect", "protocol" …
async fn class_of(raw: Vec<u8>) -> (String, Vec<u8>) {
    match plainly(move |_| Reply::raw(raw.clone())).await.wire {
        Wire::Failure(failure) => (failure.kind.word().to_owned(), Vec::new()),
        Wire::Response(r) => {
            let cut = r.truncated.map(Truncation::word).unwrap_or_default();
            (format!("{} {cut}", r.status).trim_end().to_owned(), r.body.to_vec())
        }
    }
}

/// Every raw behaviour in its class, with the body that was saved.
async fn check_raw(cases: &[(&str, Vec<u8>, &str, &[u8])]) {
    for (name, raw, class, body) in cases {
        let (got, saved) = class_of(raw.clone()).await;
        assert_eq!((got.as_str(), saved.as_slice()), (*class, *body), "{name}");
    }
}

#[tokio::test]
async fn a_page_comes_whole_over_plain_and_tls() {
    for (scheme, verified) in [("http", None), ("https", Some(true))] {
        let server = Server::start(|ask| Reply::html(format!("<h1>{}{}</h1>", ask.host, ask.target)));
        let answer = fetcher(&server).fetch(request(&format!("{scheme}://paper.example/a?b=1#frag"))).await;
        assert!(answer.took > Duration::ZERO && answer.url.as_str().ends_with("#frag"));
        let got = response(answer);
        assert_eq!((got.status, got.protocol, got.truncated, got.tls_verified), (200, "HTTP/1.1", None, verified));
        assert_eq!(got.body, "<h1>paper.example/a?b=1</h1>");
        assert_eq!(got.peer.unwrap().port(), server.port());
        assert_eq!(got.header("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(server.hits().len(), 1);
    }
}
