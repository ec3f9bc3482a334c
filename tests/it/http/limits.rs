//! Seconds, and bombs (C3, C4, C6).

use std::io::Write as _;
use std::time::Instant;

use griot::fetch::decode::{DecodeError, inflate};

use super::*;

/// A limit of 300 ms must not take seconds, whatever else the machine does.
const SOON: Duration = Duration::from_secs(5);

async fn hurried(server: &Server, path: &str) -> Answer {
    let limits = Limits { total: SHORT, ..ROOMY };
    let start = Instant::now();
    let answer = fetcher(server).fetch(Request { limits, ..request(&format!("https://paper.example{path}")) }).await;
    assert!(start.elapsed() >= SHORT && start.elapsed() < SOON, "{path}: {:?}", start.elapsed());
    assert!(answer.took >= SHORT);
    answer
}

#[tokio::test]
async fn the_deadline_covers_headers_and_body() {
    let server = Server::start(|ask| match ask.target.as_str() {
        "/late" => Reply::html("x").delay(Duration::from_mins(1)),
        "/slow-head" => Reply::html("x").drip(1, Duration::from_millis(40)),
        _ => Reply::html(vec![b'z'; 4000]).drip(200, Duration::from_millis(40)),
    });
    for path in ["/late", "/slow-head"] {
        let (kind, detail) = failure(hurried(&server, path).await);
        assert_eq!((kind, detail.as_str()), (FailureKind::Timeout, "no answer within 0.3 s"), "{path}");
    }
    let got = response(hurried(&server, "/slow-body").await);
    assert_eq!((got.status, got.truncated), (200, Some(Truncation::Time)));
    assert!(!got.body.is_empty() && got.body.len() < 4000);
}

#[tokio::test]
async fn the_deadline_covers_the_handshake() {
    let server = Server::start_talker(&[], |connection| {
        let crate::support::Connection::Tls(mut stream) = connection else { return Ok(()) };
        // Swallows the hello and says nothing.
        std::io::copy(&mut stream.sock, &mut std::io::sink()).map(|_| ())
    });
    assert_eq!(failure(hurried(&server, "/").await).0, FailureKind::Timeout);
    let config = HttpConfig { connect_timeout: SHORT, ..config(&server) };
    let fetch = HttpFetch::new(&config, Arc::new(SystemClock)).unwrap();
    assert_eq!(failure(fetch.fetch(request("https://paper.example/")).await).0, FailureKind::Timeout);
}

#[tokio::test]
async fn fifty_slow_servers_hold_up_nobody() {
    let slow = Server::start(|_| Reply::html("x".repeat(9000)).drip(1, Duration::from_millis(50)));
    let quick = Server::start(|_| Reply::html("x"));
    let (slowly, quickly) = (fetcher(&slow), fetcher(&quick));
    let limits = Limits { total: Duration::from_secs(3), ..ROOMY };
    let slow_ones = (0..50).map(|_| slowly.fetch(Request { limits, ..request("http://paper.example/s") }));
    let quick_ones = async {
        let start = Instant::now();
        for _ in 0..20 {
            response(quickly.fetch(request("http://paper.example/q")).await);
        }
        start.elapsed()
    };
    let (stuck, elapsed) = tokio::join!(futures_util::future::join_all(slow_ones), quick_ones);
    assert!(elapsed < limits.total, "20 quick pages took {elapsed:?}");
    for answer in stuck {
        assert_eq!(failure(answer).0, FailureKind::Timeout);
    }
}

fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let zeros = vec![0; 16 << 20];
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&zeros).unwrap();
    let mut deflate = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    deflate.write_all(&zeros).unwrap();
    let mut brotli = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() };
    brotli::BrotliCompress(&mut zeros.as_slice(), &mut brotli, &params).unwrap();
    let zstd = zstd::encode_all(zeros.as_slice(), 3).unwrap();
    let gzip = gzip.finish().unwrap();
    let twice = zstd::encode_all(gzip.as_slice(), 3).unwrap();
    vec![("gzip", gzip), ("deflate", deflate.finish().unwrap()), ("br", brotli), ("zstd", zstd), ("gzip, zstd", twice)]
}

#[tokio::test]
async fn bombs_arrive_as_sent_and_burst_at_the_cap() {
    for (coding, bomb) in bombs() {
        assert!(bomb.len() < 200_000, "{coding} is no bomb");
        let sent = bomb.clone();
        let got = response(plainly(move |_| Reply::html(sent.clone()).header("Content-Encoding", coding)).await);
        assert_eq!(got.body, bomb, "{coding}: not the bytes sent");
        match inflate(&got.body, got.header("content-encoding"), 1 << 20) {
            Err(DecodeError::TooLong { cap: 1_048_576, bytes, .. }) => assert_eq!(bytes.len(), 1 << 20, "{coding}"),
            other => panic!("{coding}: {}", other.map_or_else(|e| e.to_string(), |i| i.bytes.len().to_string())),
        }
    }
}
