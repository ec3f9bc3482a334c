use proptest::prelude::*;

use super::super::facts::{Unreplayable, facts, needs, replay};
use super::super::samples::{answer, prior_of, story, visit};
use super::*;
use crate::model::answer::{Truncation, Validators};

fn same(a: &Answer, b: &Answer) {
    // `Response` has no equality of its own; its debug form shows every field.
    assert_eq!(format!("{a:?}"), format!("{b:?}"));
}

#[test]
fn an_article_a_repeat_and_a_304_come_back_as_they_were() {
    let records = story();
    let kinds: Vec<_> = records.iter().map(|r| r.kind.word()).collect();
    assert_eq!(kinds, ["response", "revisit", "metadata", "revisit", "response"]);
    let find = |id| records.iter().find(|r| r.id == id);

    let article = replay(&records[0], None).unwrap();
    assert_eq!(needs(&records[0]), None);
    let again = replay(&records[1], needs(&records[1]).and_then(find)).unwrap();
    same(&article, &again);

    let unchanged = replay(&records[3], needs(&records[3]).and_then(find)).unwrap();
    same(&unchanged, &answer(304, &[("etag", "\"1\""), ("x-served-by", "caf\u{e9}")], b""));
    assert!(records[3].block.is_empty(), "a block with the 304's head replays as a bare 304 page");
    assert_eq!(records[2].concurrent_to, Some(records[3].id));
}

#[test]
fn both_revisits_name_the_first_capture_and_the_rows_facts() {
    let records = story();
    for (revisit, profile) in [(&records[1], Profile::IdenticalPayload), (&records[3], Profile::NotModified)] {
        let facts = facts(revisit).unwrap();
        let (said, refers) = facts.revisit.clone().unwrap();
        assert_eq!((said, refers.id, refers.date), (profile, Some(records[0].id), Some(records[0].date)));
        assert_eq!(refers.target_uri, records[0].target_uri);
        assert_eq!(facts.validators.etag.as_deref(), Some("\"1\""));
        assert_eq!(facts.payload_digest, records[0].payload().map(|p| digest::sha256(&p)));
    }
    assert_eq!(facts(&records[1]).unwrap().body_bytes, 19);
    assert_eq!(facts(&records[3]).unwrap().body_bytes, 0);
    assert_eq!(facts(&records[3]).unwrap().status, 304);
    assert_eq!(facts(&records[2]), Err(Unreplayable::Kind(Kind::Metadata)));
}

#[test]
fn only_a_whole_body_that_is_the_same_becomes_a_revisit() {
    let page = answer(200, &[], b"corps");
    let prior = Some(prior_of(&visit(1), &page));
    let kind = |answer: &Answer| response(&VisitFacts { prior: prior.clone(), ..visit(2) }, answer)[0].kind;
    assert_eq!(kind(&page), Kind::Revisit);
    assert_eq!(kind(&answer(200, &[], b"Corps")), Kind::Response);
    let mut cut = page.clone();
    if let Wire::Response(response) = &mut cut.wire {
        response.truncated = Some(Truncation::Time);
    }
    assert_eq!(kind(&cut), Kind::Response);
    assert_eq!(response(&visit(3), &answer(304, &[], b""))[0].kind, Kind::Response, "a 304 that nobody asked for");
}

#[test]
fn another_record_than_the_one_repeated_is_refused() {
    let records = story();
    let other = &records[4];
    assert_eq!(replay(&records[1], Some(other)).unwrap_err(), Unreplayable::Missing(records[0].id));
    let mut disguised = other.clone();
    disguised.id = records[0].id;
    assert_eq!(replay(&records[1], Some(&disguised)).unwrap_err(), Unreplayable::OtherBody(records[0].id));
}

#[test]
fn a_failure_on_the_wire_leaves_no_record() {
    use crate::model::answer::{Failure, FailureKind};
    let mut failed = answer(200, &[], b"");
    failed.wire = Wire::Failure(Failure { kind: FailureKind::Dns, detail: "no such host".into() });
    assert!(response(&visit(1), &failed).is_empty());
}

fn any_response() -> impl Strategy<Value = Response> {
    let name = prop_oneof![
        Just("transfer-encoding".to_owned()),
        Just("content-length".to_owned()),
        Just("x-archive-orig-x".to_owned()),
        "[a-z][a-z0-9-]{0,20}",
    ];
    // What the HTTP library lets through: no controls but tabs inside, no white space at the ends.
    let value = proptest::collection::vec(prop_oneof![Just(b'\t'), 0x20..=0x7e_u8, 0x80..=0xff_u8], 0..40)
        .prop_map(|v| v.trim_ascii().to_vec());
    let headers = proptest::collection::vec((name, value), 0..12);
    let body = proptest::collection::vec(any::<u8>(), 0..300).prop_map(Bytes::from);
    let truncated = proptest::option::of(prop_oneof![
        Just(Truncation::Length),
        Just(Truncation::Time),
        Just(Truncation::Disconnect)
    ]);
    let peer = proptest::option::of((any::<std::net::IpAddr>(), any::<u16>()).prop_map(std::net::SocketAddr::from));
    let wire = (100..=999_u16, prop_oneof![Just("h2"), Just("HTTP/1.1"), Just("HTTP/1.0")]);
    (wire, headers, body, truncated, peer, any::<Option<bool>>()).prop_map(
        |((status, protocol), headers, body, truncated, peer, tls_verified)| Response {
            status,
            protocol,
            headers,
            // A 304 ends with its head, RFC 9110 §15.4.5: no client hands out more.
            body: if status == 304 { Bytes::new() } else { body },
            truncated,
            peer,
            tls_verified,
        },
    )
}

proptest! {
    #[test]
    fn every_answer_comes_back_from_the_bytes_of_its_records(
        wire in any_response(), etag in proptest::option::of("\\PC{0,30}"), path in "\\PC{0,40}",
        ms in 0..4_102_444_800_000_i64, took in 0..100_000_u64, adjusted: bool, repeat: bool,
    ) {
        let mut url = url::Url::parse("https://journal.example/").unwrap();
        url.set_path(&path);
        let asked = Answer {
            url,
            validators: Validators { last_modified: etag.clone(), etag },
            asked_at: Timestamp::from_millisecond(ms).unwrap(),
            took: std::time::Duration::from_millis(took),
            wire: Wire::Response(wire),
        };
        let mut facts_of = VisitFacts { clock_adjusted: adjusted, ..visit(1) };
        let first = response(&facts_of, &asked);
        if repeat {
            facts_of = VisitFacts { record_id: Uuid::from_u128(77), prior: Some(prior_of(&visit(1), &asked)), ..facts_of };
        }
        let records = response(&facts_of, &asked);
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("one.warc.gz");
        for record in &records {
            std::fs::write(&path, super::super::member::pack(&record.encode(None)).unwrap()).unwrap();
            let stored = super::super::reader::read_at(&path, 0).unwrap();
            prop_assert_eq!(&stored.flaws, &[]);
            prop_assert_eq!(&stored.record().unwrap(), record);
        }
        let capture = records.last().unwrap();
        let others: Vec<_> = first.iter().chain(&records).collect();
        let other = needs(capture).and_then(|id| others.iter().find(|r| r.id == id)).copied();
        let back = replay(capture, other).unwrap();
        prop_assert_eq!(format!("{back:?}"), format!("{asked:?}"));
        prop_assert_eq!(facts(capture).unwrap().clock_adjusted, adjusted);
    }
}
