//! `docs/questions.md` answers what it promises: each statement runs as it stands there, in the tools that researchers
//! have, on an archive whose answers are known and on its export.

mod expected;
pub(crate) mod paper;
pub(crate) mod scenes;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::handed_on::export_of;
use crate::support::tools::{by_python, by_sqlite3, has, has_sqlite3};

const PAGE: &str = include_str!("../../docs/questions.md");

/// The statements, named by question and, where a question has two, by their number: "6", "6b".
fn statements() -> BTreeMap<String, &'static str> {
    let mut found = BTreeMap::new();
    for (question, section) in sections() {
        for (index, block) in section.split("```sql\n").skip(1).enumerate() {
            let sql = block.split_once("```").expect("a fence that closes").0;
            let name = format!("{question:02}{}", ["", "b"][index]);
            found.insert(name, sql);
        }
    }
    found
}

fn sections() -> Vec<(usize, &'static str)> {
    let parts = PAGE.split("\n## ").skip(1);
    parts.map(|part| (part.split_once('.').unwrap().0.parse().unwrap(), part)).collect()
}

/// Instants to the minute, and names made by chance as `#`: what stays is known beforehand.
fn known(said: &str) -> String {
    static SECONDS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(T\d\d:\d\d):\d\d\.\d{3}Z").unwrap());
    static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").unwrap());
    NAME.replace_all(&SECONDS.replace_all(said, "$1"), "#").trim_end().to_owned()
}

#[test]
fn every_question_has_its_statement_its_reading_and_its_limits() {
    let sections = sections();
    assert_eq!(sections.iter().map(|(number, _)| *number).collect::<Vec<_>>(), (1..=12).collect::<Vec<_>>());
    for (number, text) in sections {
        for part in ["```sql\n", "\n**Read it:** ", "\n**Limits:** "] {
            assert!(text.contains(part), "question {number} has no `{}`", part.trim());
        }
    }
}

#[test]
fn every_statement_gives_the_known_answer_in_python_and_in_the_shell() {
    if !has("sqlite3") | !has_sqlite3() {
        return;
    }
    let folder = scenes::archive();
    let database = folder.path().join("archive.sqlite");
    let (_copied, copy) = export_of(folder.path());
    let mut expected = expected::answers();
    let mut wrong = Vec::new();
    for (name, sql) in statements() {
        let (python, shell) = (by_python(&database, sql), by_sqlite3(&database, sql));
        assert_eq!(python, shell, "question {name}: the tools disagree");
        assert_eq!(shell, by_sqlite3(&copy, sql), "question {name}: the archive and its export disagree");
        let (said, right) = (known(&python), expected.remove(name.as_str()).unwrap_or_default());
        if said != right {
            wrong.push(format!("question {name} answers\n{said}\n-- and not\n{right}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(expected.is_empty(), "no such questions: {:?}", expected.keys());
}
