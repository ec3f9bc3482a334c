//! The peers, run on the same pages in the same run by `tests/peers/run.py`. What they say is marked by the same code.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{ChildStdin, Command, Stdio};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::measure::Said;
use super::reader::Sheet;
use super::rules::exact::When;
use super::set::{FUNDUS, Set};
use super::sets::Page;

const RUNNER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/run.py");

pub(crate) struct Peer {
    name: String,
    python: String,
    version: String,
}

/// The peers that `GRIOT_PEERS` names, each with the Python that has it: `trafilatura=target/peers/bin/python3 …`.
pub(crate) fn installed() -> Vec<Peer> {
    let named = std::env::var("GRIOT_PEERS").unwrap_or_default();
    named
        .split_whitespace()
        .filter_map(|pair| pair.split_once('='))
        .filter_map(|(name, python)| {
            let output = Command::new(python).args([RUNNER, name, "--version"]).output();
            let Some(output) = output.ok().filter(|output| output.status.success()) else {
                println!("{name} is left out: {python} does not run it");
                return None;
            };
            let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
            Some(Peer { name: name.to_owned(), python: python.to_owned(), version })
        })
        .collect()
}

impl Peer {
    /// Its name at the head of its column.
    pub(crate) fn head(&self) -> String {
        format!("{} {}", self.name, self.version)
    }

    /// fundus has rules for its own papers only.
    pub(crate) fn covers(&self, set: &Set) -> bool {
        self.name != "fundus" || set.name.starts_with(FUNDUS)
    }

    /// What it says of each page, and the processor's time from the decoded page on.
    pub(crate) fn read_all(&self, pages: &[Page]) -> Vec<Option<Sheet>> {
        let mut command = Command::new(&self.python);
        command.args([RUNNER, &self.name]).env("PYTHONUTF8", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let sheets: Vec<Option<Sheet>> = std::thread::scope(|scope| {
            scope.spawn(move || tell(stdin, pages));
            BufReader::new(stdout).lines().map(|line| sheet(&line.unwrap())).collect()
        });
        let status = child.wait().unwrap();
        assert!(status.success() && sheets.len() == pages.len(), "{}: {status}, {} pages", self.name, sheets.len());
        sheets
    }
}

/// Hands out the pages; a peer that ends early is noticed by who reads.
fn tell(mut stdin: ChildStdin, pages: &[Page]) {
    for page in pages {
        let (url, saved_at) = (page.url.as_str(), page.saved_at.to_string());
        let line = json!({ "id": page.id, "url": url, "html": page.html(), "saved_at": saved_at });
        if writeln!(stdin, "{line}").is_err() {
            return;
        }
    }
}

fn sheet(line: &str) -> Option<Sheet> {
    let value: Value = serde_json::from_str(line).unwrap();
    let texts = |key: &str| {
        let all = value[key].as_array().into_iter().flatten().filter_map(Value::as_str);
        all.filter(|text| !text.trim().is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let date = value["date"].as_str();
    let said = Said {
        title: value["title"].as_str().unwrap_or_default().to_owned(),
        body: texts("body").join("\n\n"),
        day: date.and_then(When::parse).map(|when| when.day),
        instant: date.and_then(|date| date.parse::<Timestamp>().ok()),
        authors: texts("authors"),
        images: texts("images"),
        ..Said::default()
    };
    let time = Duration::from_secs_f64(value["cpu"].as_f64()?);
    Some(Sheet { said, outcome: None, time })
}
