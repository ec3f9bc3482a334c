//! The file that `griot export sqlite` writes, in the hands of those it is for: Debian's `sqlite3`, pandas, Datasette.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::questions::scenes;
use crate::support::tools::{by_python, by_sqlite3, has, has_sqlite3, run_python};

/// An export of an archive, in a folder of its own.
pub(crate) fn export_of(archive: &Path) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.sqlite");
    let made = Command::new(env!("CARGO_BIN_EXE_griot"))
        .args(["export", "sqlite"])
        .arg(&file)
        .arg("--archive")
        .arg(archive)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    (folder, file)
}

fn export() -> (tempfile::TempDir, PathBuf) {
    export_of(scenes::archive().path())
}

/// Every view with the number of its rows.
fn views(file: &Path) -> Vec<(String, usize)> {
    let connection = rusqlite::Connection::open(file).unwrap();
    let mut names = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name").unwrap();
    let names: Vec<String> = names.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    let rows = |name: &String| {
        connection.query_row(&format!("SELECT count(*) FROM {name}"), [], |r| r.get::<_, i64>(0)).unwrap()
    };
    let counted: Vec<_> = names.iter().map(|name| (name.clone(), usize::try_from(rows(name)).unwrap())).collect();
    assert!(counted.len() >= 10 && counted.iter().filter(|(_, rows)| *rows > 0).count() >= 9, "{counted:?}");
    counted
}

/// Runs a script that prints `view rows` for each view it is given.
fn counted_by(script: &str, file: &Path, views: &[(String, usize)]) {
    let names = views.iter().map(|(name, _)| name.as_str());
    let args: Vec<&str> = std::iter::once(file.to_str().unwrap()).chain(names).collect();
    let output = run_python(script, &args);
    let said = String::from_utf8_lossy(&output.stdout);
    let right: Vec<String> = views.iter().map(|(name, rows)| format!("{name} {rows}")).collect();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(said.lines().collect::<Vec<_>>(), right);
}

#[test]
fn debians_shell_finds_it_sound_searches_it_and_answers_every_view() {
    if !has_sqlite3() | !has("sqlite3") {
        return;
    }
    let (_folder, file) = export();
    assert_eq!(by_sqlite3(&file, "PRAGMA integrity_check; PRAGMA foreign_key_check;"), "ok\n");
    for (view, rows) in views(&file) {
        let sql = format!("SELECT 1 FROM (SELECT * FROM {view});");
        assert_eq!(by_sqlite3(&file, &sql).lines().count(), rows, "{view}");
    }
    // "ecole" finds "école": the accents are off in the index, whatever tool asks.
    let search = "SELECT l.url FROM search JOIN version v ON v.id = search.rowid JOIN latest l USING (article_id)
                  WHERE search MATCH 'title : ecole' ORDER BY rank;";
    for said in [by_sqlite3(&file, search), by_python(&file, search)] {
        assert_eq!(said, "https://journal.example/articles/ecole\n");
    }
    let told = by_sqlite3(&file, "SELECT count(*) > 250 FROM about; SELECT count(*) FROM frontier;");
    assert_eq!(told, "1\n0\n", "the file explains itself and holds no state");
}

#[test]
fn pandas_reads_every_view_and_its_dates() {
    if !has("pandas") {
        return;
    }
    let (_folder, file) = export();
    counted_by(PANDAS, &file, &views(&file));
}

const PANDAS: &str = "
import sqlite3, sys
import pandas as pd
archive = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
for view in sys.argv[2:]:
    frame = pd.read_sql('select * from ' + view, archive)
    for column in frame.columns:
        if column.endswith('_at'):
            dates = pd.to_datetime(frame[column], utc=True, format='%Y-%m-%dT%H:%M:%S.%fZ')
            assert str(dates.dt.tz) == 'UTC', (view, column, dates.dtype)
            assert dates.notna().sum() == frame[column].notna().sum(), (view, column)
            assert pd.to_datetime(frame[column], utc=True).equals(dates), (view, column)
    print(view, len(frame))
latest = pd.read_sql('select * from latest', archive, parse_dates={'first_seen_at': {'utc': True}})
days = latest.groupby(latest['first_seen_at'].dt.date).size()
assert {str(day): int(count) for day, count in days.items()} == {'2025-03-03': 5, '2025-03-04': 2, '2025-03-07': 2}, days
";

#[test]
fn datasette_answers_every_view() {
    if !has("datasette") {
        return;
    }
    let (_folder, file) = export();
    counted_by(DATASETTE, &file, &views(&file));
}

/// By Datasette's own client, which needs no socket: the table as JSON, and the page that a person sees.
const DATASETTE: &str = "
import asyncio, sys
from datasette.app import Datasette
async def main():
    datasette = Datasette([], immutables=[sys.argv[1]])
    await datasette.invoke_startup()
    for view in sys.argv[2:]:
        page = await datasette.client.get('/journal/' + view)
        assert page.status_code == 200, (view, page.status_code, page.text)
        answer = await datasette.client.get('/journal/' + view + '.json?_shape=array&_size=max')
        assert answer.status_code == 200, (view, answer.status_code, answer.text)
        print(view, len(answer.json()))
    found = await datasette.client.get('/journal.json?sql=select+rowid+from+search+where+search+match+%27ecole%27')
    assert found.status_code == 200 and len(found.json()['rows']) > 0, found.text
asyncio.run(main())
";
