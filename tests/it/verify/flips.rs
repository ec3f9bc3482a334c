//! One byte changed, at 200 places of the database and 200 of a WARC file: how much of it is found, and that nothing panics.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::os::unix::fs::FileExt;
use std::panic::catch_unwind;
use std::path::Path;

use griot::archive::proof::prove;
use griot::warc::reader::Reader;

use super::{copy, warc};

const PLACES: usize = 200;

/// The same places in every run: a linear congruential generator, its upper bits.
struct Places(u64);

impl Places {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// With one bit of one byte changed, does `verify` find anything? And what else is to be asked meanwhile?
fn flipped<T>(archive: &Path, file: &Path, at: u64, mask: u8, ask: impl FnOnce(&[String]) -> T) -> (Vec<String>, T) {
    let open = OpenOptions::new().read(true).write(true).open(file).unwrap();
    let mut byte = [0];
    open.read_exact_at(&mut byte, at).unwrap();
    open.write_all_at(&[byte[0] ^ mask], at).unwrap();
    let folder = archive.to_path_buf();
    let found = catch_unwind(move || match prove(&folder) {
        Ok(proof) => proof.findings,
        Err(refused) => vec![refused.to_string()],
    });
    let found =
        found.unwrap_or_else(|_| panic!("verify panics with byte {at} of {} changed by {mask}", file.display()));
    let asked = ask(&found);
    open.write_all_at(&byte, at).unwrap();
    (found, asked)
}

#[test]
fn what_is_changed_in_a_warc_file_is_found() {
    let archive = copy();
    let file = warc(archive.path());
    let length = file.metadata().unwrap().len();
    let records = || Reader::open(&file, 0, None).unwrap().map(Result::ok).collect::<Vec<_>>();
    let sound = records();
    let (mut places, mut found, mut harmless) = (Places(1), 0, 0);
    for _ in 0..PLACES {
        let (at, mask) = (places.next(length), 1 << places.next(8));
        let (findings, now) = flipped(archive.path(), &file, at, mask, |_| records());
        // Deflate has bits that mean nothing.
        assert!(!findings.is_empty() || now == sound, "byte {at} by {mask} changed a record and was not found");
        if findings.is_empty() { harmless += 1 } else { found += 1 }
    }
    eprintln!("WARC: {found} of {PLACES} found, {harmless} changed nothing");
    assert!(found >= 197, "{found} of {PLACES}");
}

/// Everything that an SQL tool can read, by table and column; `None` where it cannot be read.
fn dump(archive: &Path) -> BTreeMap<String, Option<String>> {
    let open = || rusqlite::Connection::open(archive.join("archive.sqlite"));
    let tables = || -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')";
        open()?.prepare(sql)?.query_map([], |r| r.get(0))?.collect()
    };
    let Ok(tables) = tables() else { return BTreeMap::new() };
    let values = |table: &str| -> rusqlite::Result<Vec<(String, String)>> {
        let database = open()?;
        let mut statement = database.prepare(&format!("SELECT * FROM \"{table}\""))?;
        let names = statement.column_names().map(|name| format!("{table}.{name}"));
        let mut columns: Vec<(String, String)> = names.map(|name| (name, String::new())).collect();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for (n, (_, text)) in columns.iter_mut().enumerate() {
                use std::fmt::Write;
                write!(text, "{:?}|", row.get_ref(n)?).unwrap();
            }
        }
        Ok(columns)
    };
    let mut all = BTreeMap::new();
    for table in tables {
        match values(&table) {
            Ok(columns) => all.extend(columns.into_iter().map(|(name, text)| (name, Some(text)))),
            Err(_) => drop(all.insert(table, None)),
        }
    }
    all
}

/// What stands in the archive once and is told by no record, digest or history: state, names of pages as first met, what a
/// run says of itself, why a visit went as it did, and words for people; by table or column.
const UNPROVEN: [&str; 21] = [
    "about",
    "archive",
    "article",
    "frontier",
    "page",
    "page_article.how",
    "pace",
    "pattern",
    "reading.host_alive",
    "reading.stranger",
    "reading.verdict",
    "related_link.rank",
    "related_link.sightings",
    "related_link.sitewide",
    "robots",
    "rules.first_used_at",
    "rules.site",
    "run",
    "search_config",
    "visit",
    "warc_file.created_at",
];

fn is_unproven(column: &str) -> bool {
    let table = column.split('.').next().unwrap_or_default();
    UNPROVEN.iter().any(|name| *name == column || *name == table)
}

/// Of the places that hold something, so many are found at least.
const FLOOR: usize = 185;

#[test]
fn what_is_changed_in_the_database_is_found() {
    let archive = copy();
    let file = archive.path().join("archive.sqlite");
    let length = file.metadata().unwrap().len();
    let sound = dump(archive.path());
    assert!(sound.len() > 25 && sound.values().all(Option::is_some), "{:?}", sound.keys());
    let (mut places, mut live, mut found) = (Places(2), 0, 0);
    let mut missed: BTreeMap<String, u32> = BTreeMap::new();
    while live < PLACES {
        let (at, mask) = (places.next(length), 1 << places.next(8));
        let look = |findings: &[String]| findings.is_empty().then(|| dump(archive.path()));
        let (findings, now) = flipped(archive.path(), &file, at, mask, look);
        let differs = |now: &BTreeMap<String, Option<String>>, name: &String| now.get(name) != sound.get(name);
        let mut changed = now.iter().flat_map(|now| sound.keys().filter(|name| differs(now, name)));
        match (findings.is_empty(), changed.next()) {
            // Room that no row uses.
            (true, None) => continue,
            (true, Some(column)) => *missed.entry(column.clone()).or_default() += 1,
            (false, _) => found += 1,
        }
        live += 1;
    }
    eprintln!("archive.sqlite: {found} of {live} found; not found in {missed:?}");
    assert!(found >= FLOOR, "{found} of {live}, {missed:?}");
    let strange: Vec<_> = missed.keys().filter(|column| !is_unproven(column)).collect();
    assert!(strange.is_empty(), "{strange:?}");
}
