//! An archive explains itself: every table, view and column is described in it, and every instant has one form.

use std::collections::BTreeSet;
use std::path::Path;

use regex::Regex;
use rusqlite::Connection;

use crate::questions::scenes;

/// The file as a whole is described under this name.
const WHOLE: &str = "griot";

/// All that a reader of the file meets. The index's shadow tables are `SQLite`'s own and no reader's business; the
/// schema's own tables are described by `SQLite`.
const MET: &str = "
    WITH met AS (SELECT name FROM pragma_table_list
                 WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite%')
    SELECT name, '' FROM met
    UNION ALL SELECT met.name, c.name FROM met, pragma_table_xinfo(met.name) c";

/// Instants by other names, as the file says itself.
const OTHER_INSTANTS: [&str; 4] = ["changed_after", "next_allowed", "date_hint", "at"];

fn open(folder: &Path) -> Connection {
    Connection::open(folder.join("archive.sqlite")).unwrap()
}

fn pairs(connection: &Connection, sql: &str) -> BTreeSet<(String, String)> {
    connection
        .prepare(sql)
        .and_then(|mut s| s.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).and_then(Iterator::collect))
        .unwrap()
}

#[test]
fn every_table_view_and_column_is_described_and_nothing_else() {
    let folder = scenes::archive();
    let connection = open(folder.path());
    let met = pairs(&connection, MET);
    let described = pairs(&connection, &format!("SELECT name, field FROM about WHERE name <> '{WHOLE}'"));
    assert!(met.len() > 250, "{}", met.len());
    assert_eq!(met.difference(&described).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "not described");
    assert_eq!(described.difference(&met).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "not there");
    let whole = pairs(&connection, &format!("SELECT field, meaning FROM about WHERE name = '{WHOLE}'"));
    for topic in ["", "citation", "facts", "instants", "integers", "public names", "readings", "state"] {
        assert!(whole.iter().any(|(field, _)| field == topic), "nothing is said of `{topic}`");
    }
    let bare = pairs(&connection, "SELECT name, field FROM about WHERE length(meaning) < 6 OR meaning NOT LIKE '%.'");
    assert_eq!(bare, BTreeSet::new(), "no sentence");
    choices_are_told(&connection);
}

/// Columns of words that no CHECK holds to a set.
const WORDS: [(&str, &str); 9] = [
    ("page_article", "how"),
    ("reading", "outcome"),
    ("reading", "role"),
    ("reading", "verdict"),
    ("run", "end_reason"),
    ("sighting", "source"),
    ("version", "cause"),
    ("visit", "outcome"),
    ("warc_record", "type"),
];

/// The words that a column holds, and those that its CHECK lets in, are told.
fn choices_are_told(connection: &Connection) {
    let choice = Regex::new(r"CHECK \((\w+) IN \(([^)]*)\)\)").unwrap();
    let mut words = BTreeSet::new();
    for (table, sql) in pairs(connection, "SELECT name, sql FROM sqlite_schema WHERE type = 'table'") {
        for found in choice.captures_iter(&sql) {
            let each = found[2].split(", ").map(|w| w.trim_matches('\'').to_owned());
            words.extend(each.map(|word| (table.clone(), found[1].to_owned(), word)));
        }
    }
    for (table, column) in WORDS {
        let met = pairs(connection, &format!("SELECT {column}, '' FROM {table} WHERE {column} IS NOT NULL"));
        words.extend(met.into_iter().map(|(word, _)| (table.to_owned(), column.to_owned(), word)));
    }
    assert!(words.len() > 50, "{}", words.len());
    for (table, column, word) in words {
        let sql = "SELECT meaning FROM about WHERE name = ?1 AND field = ?2";
        let meaning: String = connection.query_row(sql, [&table, &column], |r| r.get(0)).unwrap();
        assert!(meaning.contains(&word), "{table}.{column} may be {word}: {meaning}");
    }
}

#[test]
fn every_instant_has_one_form_and_its_column_is_held_to_it() {
    let folder = scenes::archive();
    let connection = open(folder.path());
    let is_instant = |column: &str| column.ends_with("_at") || OTHER_INSTANTS.contains(&column);
    let instants = pairs(&connection, MET).into_iter().filter(|(_, column)| is_instant(column));
    let (mut held, mut values) = (0, 0);
    for (table, column) in instants {
        values += all_match(&connection, &table, &column, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        let (kind, schema): (String, String) = connection
            .query_row("SELECT type, sql FROM sqlite_schema WHERE name = ?1", [&table], |r| Ok((r.get(0)?, r.get(1)?)))
            .unwrap();
        let check = format!("CHECK ({column} GLOB '????-??-??T??:??:??.???Z')");
        assert!(kind == "view" || schema.contains(&check), "{table}.{column} is not held to the form of an instant");
        held += usize::from(kind == "table");
    }
    assert!(held > 30 && values > 250, "{held} columns, {values} values");
    let days = pairs(&connection, MET).into_iter().filter(|(_, column)| column.ends_with("_on"));
    let days: usize = days.map(|(table, column)| all_match(&connection, &table, &column, r"^\d{4}-\d\d-\d\d$")).sum();
    assert!(days > 20, "{days}");
}

/// How many values a column has; all must have the form.
fn all_match(connection: &Connection, table: &str, column: &str, form: &str) -> usize {
    let form = Regex::new(form).unwrap();
    let sql = format!("SELECT \"{column}\" FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
    let mut statement = connection.prepare(&sql).unwrap();
    let values = statement.query_map([], |r| r.get::<_, String>(0)).unwrap().map(Result::unwrap);
    values.inspect(|value| assert!(form.is_match(value), "{table}.{column} holds `{value}`")).count()
}
