use super::super::member;
use super::super::samples::{story, written};
use super::*;

/// What walking one file gave.
struct Report {
    findings: Vec<Finding>,
    seen: Vec<(Placed, Option<Record>)>,
}

fn verify(path: &Path, end: Option<u64>) -> Report {
    let mut seen = Vec::new();
    let findings = walk(path, end, &mut |placed, record| seen.push((placed.clone(), record.cloned())));
    Report { findings, seen }
}

#[test]
fn a_sound_file_has_no_findings() {
    let dir = tempfile::tempdir().unwrap();
    let (file, placed) = written(dir.path());
    let report = verify(&dir.path().join(file), None);
    assert_eq!(report.findings, []);
    assert_eq!(report.seen.iter().map(|(seen, _)| seen.clone()).collect::<Vec<_>>(), placed);
    let [first, repeated] = [1, 2].map(|n| report.seen[n].1.as_ref().unwrap());
    assert_eq!(repeated.refers_to.as_ref().unwrap().id, Some(first.id));
    assert_eq!(repeated.extra(PAYLOAD_SHA256), first.extra(PAYLOAD_SHA256));
}

/// Every byte of a file, flipped (each bit by itself in what gzip puts around a record): verify names it, or no byte of
/// any record is another.
#[test]
fn every_flip_is_named_or_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (file, placed) = written(dir.path());
    let sound = std::fs::read(dir.path().join(file)).unwrap();
    let records =
        |path: &Path| -> Vec<_> { Reader::open(path, 0, None).unwrap().map(|stored| stored.unwrap()).collect() };
    let path = dir.path().join("flipped.warc.gz");
    std::fs::write(&path, &sound).unwrap();
    let expected = records(&path);
    let (mut named, mut harmless) = (0, 0);
    for at in 0..sound.len() {
        let mut bytes = sound.clone();
        let around = placed.iter().any(|p| {
            at as u64 >= p.offset && (at as u64) < p.offset + 10 || {
                let end = p.offset + p.length;
                at as u64 >= end - 8 && (at as u64) < end
            }
        });
        let masks: Vec<u8> = if around { (0..8).map(|bit| 1 << bit).collect() } else { vec![1 << (at % 8)] };
        for mask in masks {
            bytes[at] = sound[at] ^ mask;
            std::fs::write(&path, &bytes).unwrap();
            let report = verify(&path, None);
            if report.findings.is_empty() {
                assert_eq!(records(&path), expected, "byte {at} mask {mask} changed a record silently");
                harmless += 1;
            } else {
                let hit = placed.iter().find(|p| (p.offset..p.offset + p.length).contains(&(at as u64))).unwrap();
                let first = &report.findings[0];
                assert!(first.offset == hit.offset, "byte {at} mask {mask} of {hit:?} named as {first:?}");
                assert!(report.seen.len() + 1 >= placed.len(), "the rest of the file was not walked");
                named += 1;
            }
        }
    }
    eprintln!("{named} flips named, {harmless} harmless");
    assert!(harmless * 100 < named, "{harmless} of {named}");
}

#[test]
fn bytes_between_and_behind_records_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let (file, placed) = written(dir.path());
    let sound = std::fs::read(dir.path().join(file)).unwrap();
    let path = dir.path().join("odd.warc.gz");
    let cut = usize::try_from(placed[2].offset).unwrap();
    let empty = member::pack(b"").unwrap();
    for between in [&b"\0\0\0\0"[..], b"hello", &empty, &sound[..10]] {
        std::fs::write(&path, [&sound[..cut], between, &sound[cut..]].concat()).unwrap();
        let report = verify(&path, None);
        assert!(!report.findings.is_empty(), "{between:?}");
        assert!(report.findings.iter().all(|f| f.offset == placed[2].offset), "{:?}", report.findings);
        std::fs::write(&path, [&sound, between].concat()).unwrap();
        let report = verify(&path, None);
        assert_eq!(report.findings.len(), 1, "{between:?}: {:?}", report.findings);
        assert_eq!(report.findings[0].offset, sound.len() as u64);
        assert_eq!(verify(&path, Some(sound.len() as u64)).findings, [], "not committed, not looked at");
    }
}

#[test]
fn a_short_file_a_double_and_a_lie_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let (file, placed) = written(dir.path());
    let path = dir.path().join(file);
    let sound = std::fs::read(&path).unwrap();
    let length = sound.len() as u64;
    assert!(verify(&path, Some(length + 1)).findings[0].words.contains("committed"));
    let last = usize::try_from(placed[5].offset).unwrap();
    std::fs::write(&path, [&sound, &sound[last..]].concat()).unwrap();
    let report = verify(&path, None);
    assert_eq!(report.findings[0].record, Some(placed[5].record_id));
    assert!(report.findings[0].words.contains("same id"));
    let lie = String::from_utf8_lossy(&story()[4].encode(None))
        .replace("Griot-Payload-Sha256: sha256:", "Griot-Payload-Sha256: sha256:0");
    std::fs::write(&path, [&sound[..last], &member::pack(lie.as_bytes()).unwrap()].concat()).unwrap();
    assert!(verify(&path, None).findings[0].words.contains("Griot-Payload-Sha256"));
}
