//! Other people's programs that judge what griot wrote. `GRIOT_PYTHON` names the Python; a missing tool is told and its
//! test passed over, unless `GRIOT_TEST_PYTHON=required` makes that a failure.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

pub(crate) fn python() -> String {
    std::env::var("GRIOT_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

pub(crate) fn run_python(script: &str, args: &[impl AsRef<OsStr>]) -> Output {
    Command::new(python()).arg("-c").arg(script).args(args).output().expect("python starts")
}

/// Is the Python module there?
pub(crate) fn has(module: &str) -> bool {
    answers(Command::new(python()).args(["-c", &format!("import {module}")]), &format!("{} has no {module}", python()))
}

/// Is the `sqlite3` shell there?
pub(crate) fn has_sqlite3() -> bool {
    answers(Command::new("sqlite3").arg("--version"), "there is no sqlite3")
}

fn answers(command: &mut Command, missing: &str) -> bool {
    let found = command.output().is_ok_and(|output| output.status.success());
    let required = std::env::var("GRIOT_TEST_PYTHON").is_ok_and(|v| v == "required");
    assert!(found || !required, "{missing}");
    if !found {
        eprintln!("skipped: {missing}");
    }
    found
}

/// The rows of a statement by the `sqlite3` shell, a line each, values parted by ` | `, NULL as `∅`.
pub(crate) fn by_sqlite3(database: &Path, sql: &str) -> String {
    let mut command = Command::new("sqlite3");
    command.args(["-init", "/dev/null", "-readonly", "-batch", "-bail", "-list", "-noheader"]);
    command.args(["-separator", " | ", "-nullvalue", "∅"]).arg(database);
    said(&mut command, sql)
}

/// The same by Python's `sqlite3` module.
pub(crate) fn by_python(database: &Path, sql: &str) -> String {
    const SCRIPT: &str = "
import sqlite3, sys
archive = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
for row in archive.execute(sys.stdin.read()):
    print(' | '.join('∅' if value is None else str(value) for value in row))
";
    said(Command::new(python()).env("PYTHONUTF8", "1").args(["-c", SCRIPT]).arg(database), sql)
}

fn said(command: &mut Command, input: &str) -> String {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the tool starts");
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && wrong.is_empty(), "{wrong}\n{input}");
    String::from_utf8(output.stdout).unwrap()
}
