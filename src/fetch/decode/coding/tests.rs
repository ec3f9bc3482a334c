use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use proptest::prelude::*;

use super::*;

const PAGE: &str = "<!DOCTYPE html><p>La pluie est tombée sur Ségou, et l'on a semé le mil avant l'aube.</p>";
const CAP: u64 = 1 << 20;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn raw_deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn br(mut bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut out, &brotli::enc::BrotliEncoderParams::default()).unwrap();
    out
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

fn all() -> Vec<(&'static str, Vec<u8>)> {
    let page = PAGE.as_bytes();
    vec![
        ("gzip", gzip(page)),
        ("deflate", zlib(page)),
        ("deflate", raw_deflate(page)),
        ("br", br(page)),
        ("zstd", zst(page)),
    ]
}

/// The page comes out; the note says this, or there is none.
fn check(name: &str, body: &[u8], label: Option<&str>, note: Option<&str>) {
    let got = inflate(body, label, CAP).unwrap_or_else(|e| panic!("{name}: {e}"));
    assert_eq!(String::from_utf8_lossy(&got.bytes), PAGE, "{name}");
    assert_eq!(got.note.as_deref(), note, "{name}");
}

#[test]
fn each_coding_is_undone_without_a_word() {
    for (label, body) in all() {
        check(label, &body, Some(label), None);
        check(label, &body, Some(&format!(" {} , identity", label.to_uppercase())), None);
    }
    check("x-gzip", &gzip(PAGE.as_bytes()), Some("x-gzip"), None);
    for label in [None, Some(""), Some("identity"), Some(",")] {
        check("plain", PAGE.as_bytes(), label, None);
    }
}

#[test]
fn chains_are_undone_from_the_last_to_the_first() {
    for (first, inner) in all() {
        for (second, outer) in
            [("gzip", gzip(&inner)), ("br", br(&inner)), ("zstd", zst(&inner)), ("deflate", zlib(&inner))]
        {
            check("chain", &outer, Some(&format!("{first}, {second}")), None);
        }
    }
    assert!(matches!(inflate(b"x", Some("gzip, gzip, gzip, gzip, gzip"), CAP), Err(DecodeError::Unknown { .. })));
}

#[test]
fn members_and_frames_that_follow_are_one_body() {
    let (head, tail) = PAGE.as_bytes().split_at(30);
    check("gzip", &[gzip(head), gzip(b""), gzip(tail)].concat(), Some("gzip"), None);
    let skippable = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];
    check("zstd", &[&skippable[..], &zst(head), &skippable, &zst(tail)].concat(), Some("zstd"), None);
}

#[test]
fn labels_that_lie_are_noted_and_the_bytes_believed() {
    let page = PAGE.as_bytes();
    for label in ["gzip", "deflate", "br", "zstd"] {
        check(label, page, Some(label), Some(&format!("labelled {label}, not coded")));
    }
    check("zstd for gzip", &zst(page), Some("gzip"), Some("labelled gzip, coded with zstd"));
    check("gzip for br", &gzip(page), Some("br"), Some("labelled br, coded with gzip"));
    check("gzip for deflate", &gzip(page), Some("deflate"), Some("labelled deflate, coded with gzip"));
    check("zlib for gzip", &zlib(page), Some("gzip"), Some("labelled gzip, coded with deflate"));
    check("br for gzip", &br(page), Some("gzip"), Some("labelled gzip, coded with br"));
    check("no label", &gzip(page), None, Some("coded with gzip, which no label said"));
    check("twice", &gzip(&gzip(page)), Some("gzip"), Some("coded with gzip, which no label said"));
    check("once of two", &gzip(page), Some("gzip, gzip"), Some("labelled gzip, not coded"));
    check("charset as coding", page, Some("utf-8"), Some("content-coding `utf-8` is not known"));
    assert!(matches!(inflate(&[0, 1, 2, 3], Some("compress"), CAP), Err(DecodeError::Unknown { .. })));
    for label in ["gzip", "deflate", "br", "zstd"] {
        assert_eq!(inflate(b"", Some(label), CAP).unwrap().bytes, b"", "an empty body has no coding");
    }
}

#[test]
fn bytes_after_the_end_are_noted() {
    for (label, body) in all() {
        for garbage in [&b"<!-- cached -->"[..], &[0; 512]] {
            let note = format!("{} bytes after the {label} stream", garbage.len());
            check(label, &[&body, garbage].concat(), Some(label), Some(&note));
        }
    }
}

#[test]
fn a_cut_stream_is_an_error_that_gives_what_came() {
    let long: Vec<String> = (0..20_000_u32).map(|i| i.wrapping_mul(2_654_435_761).to_string()).collect();
    let long = long.join(" ");
    let long = long.as_bytes();
    for (label, body) in [
        ("gzip", gzip(long)),
        ("deflate", zlib(long)),
        ("deflate", raw_deflate(long)),
        ("br", br(long)),
        ("zstd", zst(long)),
    ] {
        for percent in [1, 10, 50, 90, 99] {
            match inflate(&body[..body.len() * percent / 100], Some(label), CAP) {
                Err(DecodeError::Cut { coding, bytes }) => {
                    assert_eq!(coding, label);
                    assert!(long.starts_with(&bytes), "{label} {percent} %: not a beginning");
                    assert!(percent < 90 || bytes.len() > long.len() / 2, "{label} {percent} %: {}", bytes.len());
                }
                other => panic!("{label} {percent} %: {:?}", other.map(|i| i.bytes.len())),
            }
        }
        assert!(inflate(&body[..body.len() - 1], Some(label), CAP).is_err(), "{label}: the last byte counts");
    }
}

#[test]
fn a_flipped_byte_is_seen_where_there_is_a_checksum() {
    for (label, body) in [("gzip", gzip(PAGE.as_bytes())), ("deflate", zlib(PAGE.as_bytes()))] {
        for at in 10..body.len() {
            let mut flipped = body.clone();
            flipped[at] ^= 0x20;
            match inflate(&flipped, Some(label), CAP) {
                Err(_) => {}
                Ok(got) => panic!("{label}, byte {at}: {:?}", got.note),
            }
        }
    }
}

#[test]
fn the_cap_is_exact() {
    let body = vec![b'a'; 100_000];
    let codings: [(&str, Vec<u8>); 5] =
        [("gzip", gzip(&body)), ("deflate", zlib(&body)), ("br", br(&body)), ("zstd", zst(&body)), ("identity", body)];
    for (label, coded) in codings {
        assert_eq!(inflate(&coded, Some(label), 100_000).unwrap().bytes.len(), 100_000, "{label}");
        for cap in [99_999, 32_768, 1, 0] {
            match inflate(&coded, Some(label), cap) {
                Err(error @ DecodeError::TooLong { .. }) => assert_eq!(error.into_bytes().len() as u64, cap, "{label}"),
                other => panic!("{label} {cap}: {other:?}"),
            }
        }
    }
}

#[test]
fn what_an_output_costs_in_memory_is_bounded_by_the_cap() {
    let coded = gzip(&vec![0; 40 << 20]);
    let bytes = inflate(&coded, Some("gzip"), 16 << 20).unwrap_err().into_bytes();
    assert!(bytes.capacity() <= 16 << 20, "{} reserved for 16 MiB", bytes.capacity());
}

#[test]
fn tricks_to_burn_time_end() {
    let empty_members = gzip(b"").repeat(60_000);
    assert!(matches!(inflate(&empty_members, Some("gzip"), CAP), Err(DecodeError::Broken { .. })));
    let mut nested = gzip(PAGE.as_bytes());
    for _ in 0..12 {
        nested = gzip(&nested);
    }
    let got = inflate(&nested, Some("gzip"), CAP).unwrap();
    assert!(got.bytes.starts_with(&[0x1f, 0x8b]), "four layers and no more");
}

proptest! {
    #[test]
    fn any_bytes_under_any_label_give_an_answer(
        bytes in proptest::collection::vec(any::<u8>(), 0..600),
        label in proptest::option::of("(gzip|br|zstd|deflate|identity|junk)(, ?(gzip|br|zstd|deflate))?"),
    ) {
        match inflate(&bytes, label.as_deref(), 4096) {
            Ok(got) => prop_assert!(got.bytes.len() <= 4096),
            Err(error) => prop_assert!(error.into_bytes().len() <= 4096),
        }
    }

    #[test]
    fn a_damaged_stream_never_exceeds_the_cap(at in 0_usize..80, byte in any::<u8>(), which in 0_usize..5) {
        let (label, mut body) = all().swap_remove(which);
        let at = at % body.len();
        body[at] = byte;
        let bytes = inflate(&body, Some(label), 64).map_or_else(DecodeError::into_bytes, |i| i.bytes);
        prop_assert!(bytes.len() <= 64);
    }
}
