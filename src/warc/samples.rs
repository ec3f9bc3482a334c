//! What the tests of this folder write: a small paper's answers, in all the shapes that matter.

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use url::Url;
use uuid::Uuid;

use super::record::Record;
use super::visit::{Prior, VisitFacts, payload_digest, response};
use super::writer::{Committed, Placed, Rotation, Writer};
use super::{About, naming};
use crate::model::answer::{Answer, Response, Validators, Wire};

pub(super) const ARCHIVE: Uuid = Uuid::from_u128(0x5eed_0001_0000_4000_8000_0000_0000_0001);

pub(super) fn instant() -> Timestamp {
    "2026-03-01T08:00:00.250Z".parse().unwrap()
}

pub(super) fn about() -> About {
    About {
        software: "griot/test".into(),
        user_agent: "griot/test (+mailto:archive@example.org)".into(),
        contact: "archive@example.org".into(),
    }
}

pub(super) fn answer(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    Answer {
        url: Url::parse("https://journal.example/politique/le-marche?page=1").unwrap(),
        validators: Validators { etag: Some("W/\"a%1 \"".into()), last_modified: None },
        asked_at: instant() - SignedDuration::from_millis(900),
        took: Duration::from_millis(321),
        wire: Wire::Response(Response {
            status,
            protocol: "h2",
            headers: headers.iter().map(|(n, v)| ((*n).to_owned(), v.as_bytes().to_vec())).collect(),
            body: Bytes::copy_from_slice(body),
            truncated: None,
            peer: Some("192.0.2.7:443".parse().unwrap()),
            tls_verified: Some(true),
        }),
    }
}

pub(super) fn visit(number: u128) -> VisitFacts {
    VisitFacts {
        record_id: Uuid::from_u128(0xfeed_0000_0000_4000_8000_0000_0000_0000 + number),
        captured_at: instant() + SignedDuration::from_secs(i64::try_from(number).unwrap()),
        clock_adjusted: false,
        run: Uuid::from_u128(9),
        prior: None,
    }
}

pub(super) fn prior_of(visit: &VisitFacts, answer: &Answer) -> Prior {
    let Wire::Response(response) = &answer.wire else { panic!("no answer") };
    Prior {
        record_id: visit.record_id,
        target_uri: answer.url.to_string(),
        captured_at: visit.captured_at,
        payload_digest: payload_digest(response),
    }
}

/// An article, the same again, a 304, and a page that is not there: five records.
pub(super) fn story() -> Vec<Record> {
    let html = ("content-type", "text/html; charset=utf-8");
    let article =
        answer(200, &[html, ("etag", "\"1\""), ("transfer-encoding", "chunked")], b"<h1>Le march\xc3\xa9</h1>");
    let first = visit(1);
    let prior = Some(prior_of(&first, &article));
    let again = VisitFacts { prior: prior.clone(), ..visit(2) };
    let unchanged = VisitFacts { prior, ..visit(3) };
    let mut records = response(&first, &article);
    records.extend(response(&again, &article));
    records.extend(response(&unchanged, &answer(304, &[("etag", "\"1\""), ("x-served-by", "caf\u{e9}")], b"")));
    records.extend(response(&visit(4), &answer(404, &[html], b"<p>Page introuvable</p>")));
    records
}

pub(super) fn writer(dir: &Path, committed: &[Committed]) -> Writer {
    Writer::open(dir, ARCHIVE, committed, about(), Rotation::default()).unwrap()
}

/// Writes [`story`] into a folder; gives the file's name and every record's place, the warcinfo's first.
pub(super) fn written(dir: &Path) -> (String, Vec<Placed>) {
    let mut writer = writer(dir, &[]);
    let mut placed: Vec<_> = story().iter().map(|record| writer.append(record).unwrap()).collect();
    let synced = writer.sync().unwrap();
    placed.splice(0..0, synced.warcinfo);
    (naming::file_name(ARCHIVE, 1), placed)
}
