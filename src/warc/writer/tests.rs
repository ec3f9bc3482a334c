use super::super::reader::Reader;
use super::super::samples::{ARCHIVE, about, answer, instant, story, visit, writer, written};
use super::super::visit::response;
use super::*;

fn committed(synced: &Synced) -> Vec<Committed> {
    let closed = |file: &str| synced.closed.iter().any(|closed| closed.file == file);
    synced.files.iter().map(|(f, n)| Committed { file: f.clone(), length: *n, closed: closed(f) }).collect()
}

fn kinds(path: &Path) -> Vec<&'static str> {
    Reader::open(path, 0, None).unwrap().map(|stored| stored.unwrap().record().unwrap().kind.word()).collect()
}

#[test]
fn a_file_is_continued_by_the_next_run_which_says_who_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("warc");
    let mut first = writer(&folder, &[]);
    first.append(&story()[0]).unwrap();
    let synced = first.sync().unwrap();
    assert_eq!(first.sync().unwrap(), Synced::default(), "nothing new");

    let mut second = writer(&folder, &committed(&synced));
    let placed = second.append(&story()[4]).unwrap();
    let more = second.sync().unwrap();
    assert_eq!(more.warcinfo[0].offset, synced.files[0].1);
    assert_eq!(placed.offset, more.warcinfo[0].offset + more.warcinfo[0].length);
    let path = folder.join(&placed.file);
    assert_eq!(std::fs::metadata(&path).unwrap().len(), more.files[0].1);
    assert_eq!(kinds(&path), ["warcinfo", "response", "warcinfo", "response"]);
    let stored = super::super::reader::read_at(&path, placed.offset).unwrap();
    assert_eq!(stored.record().unwrap(), story()[4]);
    assert_eq!(stored.field("WARC-Warcinfo-ID"), Some(format!("<{}>", more.warcinfo[0].record_id.urn()).as_str()));
}

#[test]
fn a_file_closes_by_size_and_by_age_and_is_never_touched_again() {
    let dir = tempfile::tempdir().unwrap();
    let rotation = Rotation { max_bytes: 4000, max_age: SignedDuration::from_hours(24) };
    let mut writer = Writer::open(dir.path(), ARCHIVE, &[], about(), rotation).unwrap();
    let noise: Vec<u8> = (0..2000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()).take(1500).collect();
    let record = |n| response(&visit(n), &answer(200, &[], &noise)).remove(0);
    let first = writer.append(&record(1)).unwrap();
    let second = writer.append(&record(2)).unwrap();
    assert_ne!(first.file, second.file, "2 × 1500 bytes and a head do not fit");
    let old = writer.append(&record(90_000)).unwrap();
    assert_ne!(old.file, second.file, "the day is over");
    let synced = writer.sync().unwrap();
    let names: Vec<_> = synced.files.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(names, [1, 2, 3].map(|n| file_name(ARCHIVE, n)));
    assert_eq!(synced.closed.len(), 2);
    for ClosedFile { file, sha256: whole, .. } in &synced.closed {
        assert_eq!(*whole, digest::sha256(&std::fs::read(dir.path().join(file)).unwrap()));
        assert_eq!(kinds(&dir.path().join(file)), ["warcinfo", "response"]);
    }

    // The next run goes on in the open file and looks at its own beginning for its age.
    let mut next = Writer::open(dir.path(), ARCHIVE, &committed(&synced), about(), rotation).unwrap();
    assert_eq!(next.append(&record(90_001)).unwrap().file, file_name(ARCHIVE, 4), "too large by now");
    assert_eq!(next.sync().unwrap().closed[0].file, file_name(ARCHIVE, 3));
}

#[test]
fn a_folder_that_is_not_as_the_rows_say_is_not_written_to() {
    let dir = tempfile::tempdir().unwrap();
    let (file, placed) = written(dir.path());
    let last = placed.last().unwrap();
    let open = |length, file: &str| {
        let committed = [Committed { file: file.to_owned(), length, closed: false }];
        Writer::open(dir.path(), ARCHIVE, &committed, about(), Rotation::default())
    };
    assert!(matches!(open(last.offset, &file), Err(WriteError::Unrecovered { .. })));
    assert!(matches!(open(0, "another.warc.gz"), Err(WriteError::Unrecovered { committed: 0, .. })));
    assert!(open(last.offset + last.length, &file).is_ok());
}

#[test]
fn a_file_that_recovery_emptied_gets_its_head_again() {
    let dir = tempfile::tempdir().unwrap();
    let file = file_name(ARCHIVE, 3);
    std::fs::write(dir.path().join(&file), b"").unwrap();
    let mut writer = writer(dir.path(), &[Committed { file: file.clone(), length: 0, closed: false }]);
    writer.append(&story()[0]).unwrap();
    assert_eq!(kinds(&dir.path().join(&file)), ["warcinfo", "response"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_apart_and_final() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path(), &[]);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let tail = Tail::over(full, Path::new("/dev/full"));
    writer.current = Some(Current { tail, file: "full".into(), started: Some(instant()), warcinfo: None });
    assert!(matches!(writer.append(&story()[0]), Err(WriteError::DiskFull { .. })));
    assert!(matches!(writer.append(&story()[0]), Err(WriteError::Refused)));
    assert!(matches!(writer.sync(), Err(WriteError::Refused)), "a failed write must not end in a word of safety");
}

#[test]
fn a_failed_sync_is_final() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = writer(dir.path(), &[]);
    writer.append(&story()[0]).unwrap();
    std::fs::remove_dir_all(dir.path()).unwrap();
    assert!(writer.sync().is_err(), "the folder that should be synced is gone");
    assert!(matches!(writer.sync(), Err(WriteError::Refused)));
}

/// The same test binary again, under a limit on the size of files: the write that crosses it is cut in its middle.
#[test]
#[cfg(target_os = "linux")]
fn a_write_cut_in_its_middle_leaves_whole_records_only() {
    const INSIDE: &str = "GRIOT_TEST_UNDER_FILE_LIMIT";
    if let Some(dir) = std::env::var_os(INSIDE) {
        let mut writer = writer(Path::new(&dir), &[]);
        let noise: Vec<u8> = (0..9000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()).collect();
        let results: Vec<_> = (1..5)
            .map(|n| writer.append(&response(&visit(n), &answer(200, &[], &noise[..7000])).remove(0)).is_ok())
            .collect();
        assert_eq!(results, [true, true, false, false]);
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let name = "warc::writer::tests::a_write_cut_in_its_middle_leaves_whole_records_only";
    let limited = std::process::Command::new("bash")
        .arg("-c")
        .arg(format!("trap '' XFSZ; ulimit -f 16; exec \"$0\" --exact {name} --nocapture"))
        .arg(std::env::current_exe().unwrap())
        .env(INSIDE, dir.path())
        .output()
        .unwrap();
    assert!(limited.status.success(), "{limited:?}");
    assert_eq!(kinds(&dir.path().join(file_name(ARCHIVE, 1))), ["warcinfo", "response", "response"]);
}

#[test]
fn a_file_that_a_crash_kept_from_being_closed_is_closed_by_the_next_run() {
    let dir = tempfile::tempdir().unwrap();
    let rotation = Rotation { max_bytes: 1, max_age: SignedDuration::from_hours(24) };
    let mut crashed = Writer::open(dir.path(), ARCHIVE, &[], about(), rotation).unwrap();
    crashed.append(&story()[0]).unwrap();
    crashed.append(&story()[4]).unwrap();
    drop(crashed);
    let recovered = super::super::recovery::recover_folder(dir.path(), ARCHIVE, &[]).unwrap();
    let rows: Vec<_> = recovered.iter().map(super::super::recovery::Recovered::committed).collect();
    let mut next = Writer::open(dir.path(), ARCHIVE, &rows, about(), rotation).unwrap();
    let closed = next.sync().unwrap().closed;
    assert_eq!(closed.len(), 1);
    assert_eq!(closed[0].file, file_name(ARCHIVE, 1));
    assert_eq!(closed[0].sha256, digest::sha256(&std::fs::read(dir.path().join(&closed[0].file)).unwrap()));
}
