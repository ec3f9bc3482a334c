//! griot run as a user runs it, with a test's server as the whole of the web.

use std::path::Path;
use std::process::{Command, Output};

use super::server::Server;

/// `griot crawl …` that asks `server` for `hosts`; the run's sums come as JSON.
pub(crate) fn crawl(archive: &Path, server: &Server, hosts: &[&str], words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
    command.arg("crawl").args(words).args(["--contact", "archive@example.org", "--json", "--allow-private"]);
    command.arg("--archive").arg(archive).arg("--cacert").arg(server.cacert_path()).args(server.resolve_args(hosts));
    command.env_remove("GRIOT_CONTACT").stdin(std::process::Stdio::null());
    command
}

/// Any other command on an archive.
pub(crate) fn griot(archive: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
    command.args(words).arg("--archive").arg(archive).output().expect("the built binary starts")
}

/// Runs to the end and takes the sums; the exit code must be 0.
pub(crate) fn sums(command: &mut Command) -> serde_json::Value {
    let output = command.output().expect("the built binary starts");
    let (said, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{said}{told}");
    serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}{told}"))
}

/// Asserts that `griot verify` finds nothing wrong.
pub(crate) fn verified(archive: &Path) {
    let verified = griot(archive, &["verify"]);
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
}

/// All rows of a query, columns joined by `|`; NULL is empty.
pub(crate) fn rows(archive: &Path, sql: &str) -> Vec<String> {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE;
    let database = rusqlite::Connection::open_with_flags(archive.join("archive.sqlite"), flags).unwrap();
    let mut statement = database.prepare(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    let columns = statement.column_count();
    let text = |row: &rusqlite::Row<'_>, n| match row.get_ref_unwrap(n) {
        rusqlite::types::ValueRef::Integer(i) => i.to_string(),
        rusqlite::types::ValueRef::Text(t) => String::from_utf8_lossy(t).into_owned(),
        _ => String::new(),
    };
    let lines = statement.query_map([], |row| Ok((0..columns).map(|n| text(row, n)).collect::<Vec<_>>().join("|")));
    lines.unwrap().map(Result::unwrap).collect()
}

/// The lines that only one side has, at most twenty, for a failed comparison.
pub(crate) fn difference(left: &[String], right: &[String]) -> String {
    let only = |sign: &str, a: &[String], b: &[String]| {
        let mut rest = b.to_vec();
        let missing = a.iter().filter(|line| match rest.iter().position(|other| other == *line) {
            Some(at) => {
                rest.swap_remove(at);
                false
            }
            None => true,
        });
        missing.map(|line| format!("{sign} {line}\n")).collect::<Vec<_>>()
    };
    let mut lines = only("-", left, right);
    lines.extend(only("+", right, left));
    lines.truncate(20);
    lines.concat()
}
