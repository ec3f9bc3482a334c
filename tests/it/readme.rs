//! The README tells the truth: its transcript, its commands, its exit codes.

use std::path::Path;
use std::process::Command;

use regex::Regex;

use crate::crawl::{BODY, FIRST, SECOND, fast_profile, griot, page, paper};

const README: &str = include_str!("../../README.md");

/// Blocks of commands and of what they print: the lines that are indented.
pub(crate) fn blocks(text: &str) -> Vec<Vec<&str>> {
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match line.strip_prefix("    ") {
            Some(line) if open => blocks.last_mut().unwrap().push(line),
            Some(line) => blocks.push(vec![line]),
            None if line.is_empty() && open => {
                blocks.last_mut().unwrap().push("");
                continue;
            }
            None => {}
        }
        open = line.starts_with("    ");
    }
    blocks
}

/// What differs from run to run: instants, names of records and archives, counts of bytes.
fn masked(text: &str) -> String {
    let masks = [
        (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", "INSTANT"),
        (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "RECORD"),
        (r"[0-9a-f]{8}-\d{5}\.warc\.gz at byte \d+", "FILE at byte N"),
        (r"\d+ bytes", "N bytes"),
    ];
    masks.iter().fold(text.to_owned(), |text, (mask, name)| Regex::new(mask).unwrap().replace_all(&text, *name).into())
}

/// Holds a transcript to what was printed, line after line. "…" stands for lines left out, or for a part of one.
pub(crate) fn assert_shows(printed: &str, transcript: &[&str]) {
    let printed = masked(printed);
    let mut rest = printed.lines().filter(|line| !line.is_empty());
    let mut left_out = true;
    for line in transcript.iter().filter(|line| !line.is_empty()) {
        if *line == "…" {
            left_out = true;
            continue;
        }
        let line = masked(line);
        let fits = |printed: &str| match line.split_once(" …") {
            Some((begin, end)) => printed.starts_with(begin) && printed.ends_with(end),
            None => printed == line,
        };
        let shown = if left_out { rest.any(fits) } else { rest.next().is_some_and(fits) };
        assert!(shown, "`{line}` is not printed, or not at its place, in\n{printed}");
        left_out = false;
    }
}

/// Every `griot …` of the README, without the words that explain it.
fn command_lines() -> Vec<&'static str> {
    let lines = blocks(README).into_iter().flatten();
    let commands =
        lines.filter_map(|line| line.find("griot ").filter(|at| *at == 0 || line.contains('*')).map(|at| &line[at..]));
    commands.map(|line| line.split("   ").next().unwrap().trim()).collect()
}

/// A command line as words; what stands in brackets may be said, so it is said.
fn words(line: &str) -> Vec<String> {
    line.replace(['[', ']'], "")
        .split_whitespace()
        .skip(1)
        .map(|word| if word == "N" { "1" } else { word }.to_owned())
        .collect()
}

#[test]
fn the_transcript_is_what_the_demo_prints() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
    let output = command.args(["demo", "--archive"]).arg(folder.path().join("demo")).output().unwrap();
    let transcript = blocks(README).into_iter().find(|block| block[0].starts_with("pass 1")).expect("a transcript");
    assert!(transcript.len() > 20, "{transcript:?}");
    assert_shows(&String::from_utf8(output.stdout).unwrap(), &transcript);
}

#[test]
fn every_command_line_shown_can_be_said() {
    let lines = command_lines();
    assert!(lines.len() >= 14, "{lines:?}");
    for line in lines {
        // clap reads from the left: with --help at the end everything before it was understood.
        let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
        let output = command.args(words(line)).arg("--help").output().unwrap();
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_commands_that_ask_nobody_run() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    fast_profile(&archive, "0.01");
    let site = paper();
    let server = site.serve();
    griot(&archive, &server, &["crawl", "lessor"]);
    site.edit(FIRST, |html| html.replace("deux ans", "trois ans"));
    griot(&archive, &server, &["crawl", "lessor", "--revisit", "all"]);
    std::fs::write(folder.path().join("page.html"), page("Le pont est ouvert", &BODY, SECOND)).unwrap();
    std::fs::write(folder.path().join("lefleuve.example.txt"), "body: //div[@class='texte']\n").unwrap();
    let today = README.split("\n## ").find(|section| section.starts_with("What it does today")).unwrap();
    let mut ran = 0;
    let live = |line: &str| line.starts_with("griot check") && !line.contains(".html");
    let asks = |line: &str| ["crawl", "demo", "://"].iter().any(|word| line.contains(word)) || live(line);
    for line in blocks(today)[0].iter().filter(|line| line.starts_with("griot ") && !asks(line)) {
        let line = line.split("   ").next().unwrap().replace("URL", &format!("https://lessor.ml{FIRST}"));
        run(folder.path(), &archive, &line);
        ran += 1;
    }
    assert!(ran >= 9, "only {ran} were run");
}

fn run(folder: &Path, archive: &Path, line: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
    let output = command.args(words(line)).env("GRIOT_ARCHIVE", archive).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(!output.stdout.is_empty(), "{line} says nothing");
}

#[test]
fn the_exit_codes_are_those_of_the_program() {
    let rows: Vec<(u8, &str)> = README
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "))
        .filter_map(|(code, meaning)| Some((code.parse().ok()?, meaning)))
        .collect();
    let ours: Vec<(u8, &str)> = griot::cli::Exit::ALL.iter().map(|exit| (exit.code(), exit.meaning())).collect();
    assert_eq!(rows, ours, "the README's table (left) and src/cli/exit.rs (right)");
}

#[test]
fn every_command_is_shown_and_every_profile_counted() {
    for command in crate::help::commands() {
        let name = format!("griot {}", command.join(" "));
        assert!(README.contains(name.trim_end()), "`{name}` is not in the README");
    }
    let profiles = griot::profile::shipped().len();
    assert!(README.contains(&format!("{profiles} profiles come with it")), "{profiles} profiles come with it");
}
