//! What griot says of itself and of what it has (C11, C14, J7).

use super::*;

#[tokio::test]
async fn a_request_carries_the_contact_and_no_more_than_it_must() {
    let server = Server::start(|_| Reply::html("x").header("Set-Cookie", "session=1"));
    let config = HttpConfig { from: Some("test@paper.example".to_owned()), ..config(&server) };
    let fetch = HttpFetch::new(&config, Arc::new(SystemClock)).unwrap();
    for _ in 0..2 {
        response(fetch.fetch(request("https://paper.example/a")).await);
    }
    for hit in server.hits() {
        let mut sent: Vec<_> = hit.ask.headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        sent.sort_unstable();
        let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        let expected = [
            ("accept", accept),
            ("accept-encoding", "gzip, br, zstd"),
            ("from", "test@paper.example"),
            ("host", "paper.example"),
            ("user-agent", "griot-test/1 (+mailto:test@paper.example)"),
        ];
        assert_eq!(sent, expected);
        assert_eq!(hit.ask.method, "GET");
    }
}

#[tokio::test]
async fn a_conditional_request_is_answered_not_modified() {
    let date = "Fri, 24 Jan 2025 07:31:00 GMT";
    let server = Server::start(move |ask| Reply::html("text").with_last_modified(date, ask).with_etag("W/\"é1\"", ask));
    let fetch = fetcher(&server);
    let first = response(fetch.fetch(request("https://paper.example/a")).await);
    assert_eq!((first.status, first.body.len()), (200, 4));
    let validators = first.validators();
    assert_eq!(validators.etag.as_deref(), Some("W/\"é1\""));
    let again = fetch.fetch(Request { validators: validators.clone(), ..request("https://paper.example/a") }).await;
    assert_eq!(again.validators, validators);
    let again = response(again);
    assert_eq!((again.status, again.body.len(), again.truncated), (304, 0, None));
    let hits = server.hits();
    assert_eq!(hits[0].ask.header("if-none-match"), None);
    assert_eq!(hits[1].ask.header("if-modified-since"), Some(date));
    assert_eq!((hits[1].sent, hits[1].ask.connection), (0, 0), "no bytes, same connection");
}

#[tokio::test]
async fn a_validator_that_cannot_be_sent_makes_the_request_unconditional() {
    let server = Server::start(|ask| Reply::html("x").with_etag("\"1\"", ask));
    let validators = Validators { etag: Some("\"1\"\r\nX-Evil: 1".to_owned()), last_modified: None };
    let got = fetcher(&server).fetch(Request { validators, ..request("http://paper.example/a") }).await;
    assert_eq!(response(got).status, 200);
    assert_eq!(server.hits()[0].ask.header("x-evil"), None);
}

#[tokio::test]
async fn headers_of_a_site_are_sent_and_cannot_replace_griots_own() {
    let server = Server::start(|_| Reply::html("x"));
    let fetch = fetcher(&server);
    let asked = |name: &str, value: &str| Request {
        headers: vec![(name.to_owned(), value.to_owned())],
        ..request("https://paper.example/a")
    };
    response(fetch.fetch(asked("Accept-Language", "fr-ML,fr;q=0.8")).await);
    response(fetch.fetch(asked("Accept", "application/rss+xml")).await);
    let hits = server.hits();
    assert_eq!(hits[0].ask.header("accept-language"), Some("fr-ML,fr;q=0.8"));
    assert_eq!(hits[1].ask.header("accept"), Some("application/rss+xml"));
    assert_eq!(hits[1].ask.header("accept-language"), None, "each request has its own");
    for (name, value) in [("User-Agent", "Mozilla"), ("Host", "x"), ("Range", "bytes=0-1"), ("a b", "x"), ("X", "a\nb")]
    {
        assert_eq!(failure(fetch.fetch(asked(name, value)).await).0, FailureKind::BadUrl, "{name}");
    }
    assert_eq!(server.hits().len(), 2);
}

#[test]
fn an_identity_that_no_header_can_carry_is_refused_at_once() {
    let made = |config: HttpConfig| HttpFetch::new(&config, Arc::new(SystemClock)).map(|_| ()).unwrap_err().to_string();
    assert!(made(HttpConfig::new("griot\r\nX: 1")).contains("User-Agent"));
    let from = Some("a\u{7f}b".to_owned());
    assert!(made(HttpConfig { from, ..HttpConfig::new("griot") }).contains("From"));
    let folder = tempfile::tempdir().unwrap();
    let missing = Some(folder.path().join("missing.pem"));
    assert!(made(HttpConfig { cacert: missing, ..HttpConfig::new("griot") }).contains("missing.pem"));
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "nothing\n").unwrap();
    assert!(made(HttpConfig { cacert: Some(empty), ..HttpConfig::new("griot") }).contains("BEGIN CERTIFICATE"));
}
