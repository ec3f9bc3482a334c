use std::path::PathBuf;

use proptest::prelude::*;

use super::super::samples::{story, written};
use super::*;

fn file_of(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.warc.gz");
    std::fs::write(&path, bytes).unwrap();
    (dir, path)
}

fn all(bytes: &[u8]) -> Vec<Result<Stored, Fault>> {
    let (_dir, path) = file_of(bytes);
    Reader::open(&path, 0, None).unwrap().collect()
}

fn plain() -> Vec<u8> {
    story().iter().flat_map(|record| record.encode(None)).collect()
}

#[test]
fn every_record_is_found_by_its_offset_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (file, placed) = written(dir.path());
    let path = dir.path().join(file);
    let read: Vec<_> = Reader::open(&path, 0, None).unwrap().map(Result::unwrap).collect();
    assert_eq!(read.len(), placed.len());
    for (stored, placed) in read.iter().zip(&placed) {
        assert_eq!((stored.offset, stored.length), (placed.offset, placed.length));
        assert_eq!(&read_at(&path, placed.offset).unwrap(), stored);
        assert_eq!(stored.flaws, []);
    }
    let records: Vec<_> = read[1..].iter().map(|stored| stored.record().unwrap()).collect();
    assert_eq!(records, story());
}

#[test]
fn files_that_griot_would_not_write_are_read_and_noted() {
    let expected = story();
    let check = |bytes: &[u8], flaw: Flaw| {
        let read: Vec<_> = all(bytes).into_iter().map(Result::unwrap).collect();
        assert_eq!(read.iter().map(|s| s.record().unwrap()).collect::<Vec<_>>(), expected, "{flaw:?}");
        assert!(read.iter().all(|s| s.flaws.contains(&flaw)), "{flaw:?}");
    };
    check(&plain(), Flaw::Plain);
    check(&member::pack(&plain()).unwrap(), Flaw::NotAlone);
    let each = |change: &dyn Fn(Vec<u8>) -> Vec<u8>| -> Vec<u8> {
        expected.iter().flat_map(|r| member::pack(&change(r.encode(None))).unwrap()).collect()
    };
    check(
        &each(&|mut r| {
            r.truncate(r.len() - 2);
            r
        }),
        Flaw::End,
    );
    check(&each(&|r| [b"\r\n\r\n", &r[..]].concat()), Flaw::StrayLines);
    check(&each(&|r| [b"WARC/1.1\n", &r[10..]].concat()), Flaw::HeadLine);
}

#[test]
fn torn_is_told_from_damaged() {
    let dir = tempfile::tempdir().unwrap();
    let (file, placed) = written(dir.path());
    let bytes = std::fs::read(dir.path().join(file)).unwrap();
    let at = usize::try_from(placed[1].offset).unwrap();
    let fault = |bytes: &[u8]| all(bytes).into_iter().find_map(Result::err).unwrap();
    let torn = fault(&bytes[..at + 40]);
    assert!(matches!(torn, Fault { offset, kind: FaultKind::Torn } if offset == placed[1].offset), "{torn:?}");
    let mut flipped = bytes.clone();
    flipped[at + usize::try_from(placed[1].length).unwrap() - 6] ^= 1;
    let damaged = fault(&flipped);
    assert!(matches!(damaged, Fault { offset, kind: FaultKind::Damaged(_) } if offset == placed[1].offset));
    for other in [&b"nothing of the kind"[..], &[0; 64], b"WARC/1.1\r\nContent-Length: x\r\n\r\n"] {
        assert!(matches!(fault(other).kind, FaultKind::Damaged(_)), "{other:?}");
    }
    assert!(matches!(fault(b"WARC/1.1\r\nContent-Length: 9\r\n\r\nabc").kind, FaultKind::Torn));
    assert!(all(b"").is_empty());
}

#[test]
fn caps_hold_against_bombs() {
    let large = format!("WARC/1.1\r\nContent-Length: {}\r\n\r\n", MAX_BLOCK + 1);
    let many = format!("WARC/1.1\r\n{}", "a: b\r\n".repeat(2000));
    let long = [&b"WARC/1.1\r\nname: "[..], &vec![b'a'; 64 << 20]].concat();
    for bomb in [large.into_bytes(), many.into_bytes(), long] {
        let packed = member::pack(&bomb).unwrap();
        for bytes in [bomb, packed] {
            let first = all(&bytes).remove(0).unwrap_err();
            assert!(matches!(first.kind, FaultKind::TooLarge(_)), "{first}");
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_or_run_for_ever(noise in proptest::collection::vec(any::<u8>(), 0..400), at in 0..2000_usize) {
        let mut mixed = plain();
        let at = at.min(mixed.len());
        mixed.splice(at..(at + noise.len()).min(mixed.len()), noise.iter().copied());
        for bytes in [member::pack(&mixed).unwrap(), [&noise[..], &mixed].concat(), mixed] {
            prop_assert!(all(&bytes).len() < 2000);
        }
    }
}

/// Where the sample files of other tools are, if they are.
fn samples_of_others() -> Option<PathBuf> {
    let given = std::env::var_os("GRIOT_SHARED").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    given.or(Some(beside)).map(|root| root.join("warc")).filter(|folder| folder.is_dir())
}

#[test]
fn sample_files_of_other_tools_are_read() {
    let Some(root) = samples_of_others() else {
        eprintln!("skipped: no sample files of other tools here");
        return;
    };
    let (mut folders, mut sound) = (vec![root], 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.contains(".warc") || name.contains(".arc") {
                let read: Vec<_> = Reader::open(&path, 0, None).unwrap().collect();
                let fault = read.iter().find_map(|stored| stored.as_ref().err());
                let records = read.iter().flatten().filter(|stored| stored.record().is_ok()).count();
                eprintln!(
                    "{name}: {} stored, {records} records, fault {:?}",
                    read.len(),
                    fault.map(ToString::to_string)
                );
                sound += usize::from(fault.is_none() && records > 0 && records == read.len());
            }
        }
    }
    assert!(sound >= 15, "only {sound} files read whole");
}
