use super::super::naming::file_name;
use super::super::samples::{ARCHIVE, story, writer, written};
use super::super::verify::walk;
use super::*;

#[test]
fn a_cut_at_every_byte_keeps_exactly_the_whole_records() {
    let dir = tempfile::tempdir().unwrap();
    let (file, placed) = written(dir.path());
    let bytes = std::fs::read(dir.path().join(file)).unwrap();
    let ends: Vec<_> = placed.iter().map(|p| p.offset + p.length).collect();
    let path = dir.path().join("cut.warc.gz");
    let tail = dir.path().join("cut.warc.gz.tail");
    for (committed, step) in [(0, 1), (ends[1], 7)] {
        for length in (committed..=bytes.len() as u64).step_by(step) {
            std::fs::write(&path, &bytes[..usize::try_from(length).unwrap()]).unwrap();
            let recovered = recover(&path, committed).unwrap();
            let kept: Vec<_> = ends.iter().copied().filter(|&end| end > committed && end <= length).collect();
            let adopted: Vec<_> = recovered.whole.iter().map(|p| p.offset + p.length).collect();
            assert_eq!(adopted, kept, "cut at {length}");
            let good = kept.last().copied().unwrap_or(committed);
            assert_eq!((recovered.length, std::fs::metadata(&path).unwrap().len()), (good, good));
            assert_eq!(recovered.cut.is_some(), length > good);
            if let Some(cut) = recovered.cut {
                assert_eq!((cut.tail, cut.bytes), (tail.clone(), length - good));
                let aside = usize::try_from(good).unwrap()..usize::try_from(length).unwrap();
                assert_eq!(std::fs::read(&tail).unwrap(), bytes[aside]);
                std::fs::remove_file(&tail).unwrap();
            }
            assert_eq!(recover(&path, good).unwrap().cut, None, "mended once is mended");
        }
    }
}

#[test]
fn adopted_records_come_back_with_their_blocks() {
    let dir = tempfile::tempdir().unwrap();
    let (file, placed) = written(dir.path());
    let committed = placed[2].offset;
    let recovered = recover(&dir.path().join(file), committed).unwrap();
    let records: Vec<_> = recovered.records().unwrap().map(Result::unwrap).collect();
    assert_eq!(records.iter().map(|(p, _)| p.clone()).collect::<Vec<_>>(), placed[2..]);
    assert_eq!(records.iter().map(|(_, r)| r.clone()).collect::<Vec<_>>(), story()[1..]);
}

#[test]
fn what_a_power_cut_leaves_is_cut_and_kept_aside() {
    let dir = tempfile::tempdir().unwrap();
    let (file, placed) = written(dir.path());
    let path = dir.path().join(&file);
    let whole = std::fs::read(&path).unwrap();
    let third = usize::try_from(placed[3].offset).unwrap();
    let mut zeroed = whole.clone();
    zeroed[third..third + 64].fill(0);
    let mut behind = whole.clone();
    behind.extend_from_slice(&[0; 512]);
    let mut flipped = whole.clone();
    flipped[third + 30] ^= 0x10;
    for (number, (bytes, kept)) in [(zeroed, 3), (behind, placed.len()), (flipped, 3)].into_iter().enumerate() {
        std::fs::write(&path, bytes).unwrap();
        let recovered = recover(&path, 0).unwrap();
        assert_eq!(recovered.whole, placed[..kept]);
        let suffix = if number == 0 { ".tail".to_owned() } else { format!(".tail.{}", number + 1) };
        assert_eq!(recovered.cut.unwrap().tail, dir.path().join(format!("{file}{suffix}")), "older tails stay");
        assert_eq!(walk(&path, None, &mut |_, _| {}), []);
    }
}

#[test]
fn a_record_that_disagrees_with_its_digests_is_not_adopted() {
    let dir = tempfile::tempdir().unwrap();
    let (file, placed) = written(dir.path());
    let path = dir.path().join(file);
    let mut bytes = std::fs::read(&path).unwrap();
    let text = String::from_utf8_lossy(&story()[4].encode(None)).replace("introuvable", "retrouvable");
    bytes.extend(super::super::member::pack(text.as_bytes()).unwrap());
    std::fs::write(&path, bytes).unwrap();
    let recovered = recover(&path, 0).unwrap();
    assert_eq!(recovered.whole, placed);
    assert!(recovered.cut.unwrap().why.contains("WARC-Block-Digest"));
}

#[test]
fn missing_committed_bytes_are_damage_and_not_repaired() {
    let dir = tempfile::tempdir().unwrap();
    let (file, placed) = written(dir.path());
    let path = dir.path().join(&file);
    let length = std::fs::metadata(&path).unwrap().len();
    let error = recover(&path, length + 1).unwrap_err();
    assert!(matches!(error, RecoveryError::Short { found, committed, .. } if found + 1 == committed));
    assert!(error.to_string().contains(&file), "{error}");
    assert!(matches!(recover(&dir.path().join("gone"), 9), Err(RecoveryError::Short { found: 0, .. })));
    let closed = [Committed { file, length: placed[4].offset, closed: true }];
    assert!(matches!(recover_folder(dir.path(), ARCHIVE, &closed), Err(RecoveryError::Grown { .. })));
    assert_eq!(std::fs::metadata(&path).unwrap().len(), length);
}

#[test]
fn a_file_that_no_row_knows_is_adopted_and_continued() {
    let dir = tempfile::tempdir().unwrap();
    let (file, placed) = written(dir.path());
    std::fs::write(dir.path().join("foreign.warc.gz"), b"not ours").unwrap();
    std::fs::write(dir.path().join(file_name(ARCHIVE, 2)), b"\x1f\x8b\x08").unwrap();
    let recovered = recover_folder(dir.path(), ARCHIVE, &[]).unwrap();
    assert_eq!(recovered.len(), 2);
    assert_eq!(recovered[0].whole, placed);
    assert_eq!((recovered[1].length, recovered[1].whole.len()), (0, 0));

    let committed: Vec<_> = recovered.iter().map(Recovered::committed).collect();
    let placed = writer(dir.path(), &committed).append(&story()[0]).unwrap();
    assert_eq!(placed.file, file_name(ARCHIVE, 2));
    assert_eq!(std::fs::read(dir.path().join("foreign.warc.gz")).unwrap(), b"not ours");
    assert_eq!(committed[0].file, file);
}

#[test]
fn a_folder_that_is_not_there_has_nothing_to_recover() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(recover_folder(&dir.path().join("warc"), ARCHIVE, &[]).unwrap(), []);
}
