//! The archive's WARC files in the hands of the tools that everybody else uses: `gzip`, warcio and pywb.
//!
//! `GRIOT_PYTHON` names a Python that has warcio and pywb (see `support::tools`).

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use bytes::Bytes;
use griot::model::answer::{Answer, Response, Validators, Wire};
use griot::warc::About;
use griot::warc::visit::{Prior, VisitFacts, payload_digest, response};
use griot::warc::writer::{Rotation, Writer};
use jiff::Timestamp;
use uuid::Uuid;

use crate::support::tools::{has, run_python};

const ARTICLE: &str = "<!doctype html><html><head><title>Le marché</title></head><body><h1>Le marché de nuit</h1>\
    <p>Il rouvre samedi.</p></body></html>";
/// Replayed in this order: an article, the same payload again, and "not modified".
const INSTANTS: [&str; 3] = ["2026-03-01T08:00:00Z", "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z"];

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn answer(path: &str, status: u16, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
    Answer {
        url: format!("https://journal.example/{path}").parse().unwrap(),
        validators: Validators::default(),
        asked_at: INSTANTS[0].parse().unwrap(),
        took: Duration::from_millis(120),
        wire: Wire::Response(Response {
            status,
            protocol: "HTTP/1.1",
            headers: headers.iter().map(|(n, v)| ((*n).to_owned(), v.as_bytes().to_vec())).collect(),
            body: Bytes::from(body),
            truncated: None,
            peer: Some("192.0.2.7:443".parse().unwrap()),
            tls_verified: Some(true),
        }),
    }
}

fn visit(number: u8, at: &str, prior: Option<&Prior>) -> VisitFacts {
    VisitFacts {
        record_id: Uuid::from_bytes([number; 16]),
        captured_at: at.parse::<Timestamp>().unwrap(),
        clock_adjusted: false,
        run: Uuid::from_u128(1),
        prior: prior.cloned(),
    }
}

/// A file with the three captures of two pages: one sent chunked and compressed, one plain.
fn archive(dir: &Path) -> PathBuf {
    let about = About {
        software: "griot/test".into(),
        user_agent: "griot/test (+mailto:archive@example.org)".into(),
        contact: "archive@example.org".into(),
    };
    let mut writer = Writer::open(dir, Uuid::from_u128(7), &[], about, Rotation::default()).unwrap();
    let packed = [
        ("content-type", "text/html; charset=utf-8"),
        ("content-encoding", "gzip"),
        ("transfer-encoding", "chunked"),
        ("etag", "\"1\""),
    ];
    let pages = [
        answer("compresse", 200, &packed, gzip(ARTICLE.as_bytes())),
        answer("simple", 200, &[("content-type", "text/html; charset=utf-8")], ARTICLE.into()),
    ];
    for (page, number) in pages.iter().zip([10, 20]) {
        let Wire::Response(sent) = &page.wire else { unreachable!() };
        let first = visit(number, INSTANTS[0], None);
        let prior = Prior {
            record_id: first.record_id,
            target_uri: page.url.to_string(),
            captured_at: first.captured_at,
            payload_digest: payload_digest(sent),
        };
        let path = page.url.path().trim_start_matches('/');
        let unchanged = answer(path, 304, &[("etag", "\"1\""), ("server", "test")], Vec::new());
        let mut records = response(&first, page);
        records.extend(response(&visit(number + 1, INSTANTS[1], Some(&prior)), page));
        records.extend(response(&visit(number + 2, INSTANTS[2], Some(&prior)), &unchanged));
        for record in &records {
            writer.append(record).unwrap();
        }
    }
    let synced = writer.sync().unwrap();
    dir.join(&synced.files[0].0)
}

#[test]
fn gzip_and_warcio_find_nothing_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let file = archive(dir.path());
    let gzip = Command::new("gzip").arg("-t").arg(&file).output().unwrap();
    assert!(gzip.status.success() && gzip.stderr.is_empty(), "{gzip:?}");
    if has("warcio") {
        let check = run_python("import sys; from warcio.cli import main; main(['check', '-v', sys.argv[1]])", &[&file]);
        let said = String::from_utf8_lossy(&check.stdout);
        assert!(check.status.success() && said.contains("digest pass"), "{check:?}");
    }
}

#[test]
fn pywb_replays_an_article_an_identical_payload_and_a_304() {
    if !has("pywb") {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let file = archive(dir.path());
    let replayed = run_python(REPLAY, &[file.as_path(), dir.path()]);
    let said = String::from_utf8_lossy(&replayed.stdout);
    let lines: Vec<_> = said.lines().filter(|line| line.starts_with("replayed ")).collect();
    assert_eq!(lines.len(), 6, "{replayed:?}");
    for line in lines {
        assert!(
            line.contains(" 200 ") && line.ends_with(" True"),
            "{said}\n{}",
            String::from_utf8_lossy(&replayed.stderr)
        );
    }
}

/// Indexes the file and asks pywb's own application, without a browser, for each capture.
const REPLAY: &str = r"
import gevent.monkey; gevent.monkey.patch_all()
import os, sys
from pywb.indexer.cdxindexer import main as index
from pywb.apps.frontendapp import FrontEndApp
warc, folder = sys.argv[1], sys.argv[2]
cdx = os.path.join(folder, 'index.cdxj')
index(['-j', '-s', '-o', cdx, warc])
os.chdir(folder)
config = {'collections': {'griot': {'index_paths': cdx, 'archive_paths': os.path.dirname(warc) + '/'}}}
open('config.yaml', 'w').close()
app = FrontEndApp(config_file='config.yaml', custom_config=config)
def get(path):
    seen = {}
    def start(status, headers, exc_info=None):
        seen['status'] = status
        return lambda data: None
    env = {'REQUEST_METHOD': 'GET', 'PATH_INFO': path, 'SCRIPT_NAME': '', 'QUERY_STRING': '', 'SERVER_NAME': 'localhost',
           'SERVER_PORT': '80', 'SERVER_PROTOCOL': 'HTTP/1.1', 'HTTP_HOST': 'localhost', 'wsgi.url_scheme': 'http', 'REQUEST_URI': path,
           'wsgi.input': None, 'wsgi.errors': sys.stderr}
    body = b''.join(app(env, start))
    return seen['status'], body
for page in ['compresse', 'simple']:
    for day in ['20260301080000', '20260302080000', '20260303080000']:
        status, body = get('/griot/%smp_/https://journal.example/%s' % (day, page))
        right = 'Le marché de nuit'.encode() in body and 'Il rouvre samedi.'.encode() in body
        print('replayed', page, day, status, right, flush=True)
        if not right: print(body.decode(errors='replace')[:1500], file=sys.stderr)
os._exit(0)
";
