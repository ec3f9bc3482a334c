//! Certificates and handshakes that must not be accepted (C12, C13).

use std::io::Write as _;

use super::*;
use crate::support::{Certificates, Connection};

#[tokio::test]
async fn bad_certificates_are_refused_and_named() {
    let cases = [
        (Certificates::Expired, "expired"),
        (Certificates::NotYetValid, "not valid yet"),
        (Certificates::WrongName, "not valid for name"),
        (Certificates::SelfSigned, "certificate"),
        (Certificates::UnknownAuthority, "UnknownIssuer"),
    ];
    for (certificates, word) in cases {
        let server = Server::start_with(certificates, |_| Reply::html("x"));
        let (kind, detail) = failure(fetcher(&server).fetch(request("https://paper.example/")).await);
        assert_eq!(kind, FailureKind::Tls, "{certificates:?}: {detail}");
        assert!(detail.contains(word), "{certificates:?}: {detail}");
        assert!(server.hits().is_empty(), "{certificates:?}: asked before the certificate was verified");
    }
}

#[tokio::test]
async fn without_cacert_the_tests_authority_is_a_stranger() {
    let server = Server::start(|_| Reply::html("x"));
    let fetch = HttpFetch::new(&HttpConfig { cacert: None, ..config(&server) }, Arc::new(SystemClock)).unwrap();
    assert_eq!(failure(fetch.fetch(request("https://paper.example/")).await).0, FailureKind::Tls);
    assert_eq!(response(fetch.fetch(request("http://paper.example/")).await).status, 200);
}

#[tokio::test]
async fn handshakes_that_go_wrong_are_tls_failures() {
    /// `protocol_version`, fatal: what a server answers that speaks TLS 1.0 at most.
    const TOO_OLD: &[u8] = &[0x15, 3, 1, 0, 2, 2, 70];
    for (name, bytes) in
        [("plain text", &b"HTTP/1.1 400 Bad\r\n\r\n"[..]), ("only TLS 1.0", TOO_OLD), ("silent end", b"")]
    {
        let server = Server::start_talker(&[], move |connection| {
            let Connection::Tls(mut stream) = connection else { return Ok(()) };
            stream.sock.write_all(bytes)?;
            stream.sock.shutdown(std::net::Shutdown::Write)?;
            std::io::copy(&mut stream.sock, &mut std::io::sink()).map(|_| ())
        });
        let (kind, detail) = failure(fetcher(&server).fetch(request("https://paper.example/")).await);
        assert_eq!(kind, FailureKind::Tls, "{name}: {detail}");
    }
}
