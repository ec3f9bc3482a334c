//! Every command's help, as the built binary prints it.

use std::process::Command;

/// What `griot WORDS…` prints.
fn said(words: &[String]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_griot"))
        .args(words)
        .env_remove("GRIOT_ARCHIVE")
        .env_remove("GRIOT_CONTACT")
        .env_remove("COLUMNS")
        .output()
        .unwrap();
    assert!(output.status.success(), "griot {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn help(command: &[String], flag: &str) -> String {
    said(&[command, &[flag.to_owned()]].concat())
}

/// Every command and every command's own commands, griot itself first.
pub(crate) fn commands() -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    let mut next = 0;
    while next < all.len() {
        let (parent, text) = (all[next].clone(), help(&all[next], "-h"));
        let listed = text.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
        let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        all.extend(names.map(|line| {
            let name = line.split_whitespace().next().unwrap();
            [parent.as_slice(), &[name.to_owned()]].concat()
        }));
        next += 1;
    }
    all
}

#[test]
fn a_short_help_fits_a_screen() {
    let commands = commands();
    assert!(commands.len() > 8, "{commands:?}");
    for command in commands {
        let text = help(&command, "-h");
        let name = format!("griot {} -h", command.join(" "));
        let wide = text.lines().find(|line| line.chars().count() > 79);
        assert_eq!(wide, None, "{name} has a line of more than 79 columns");
        assert!(text.lines().count() <= 24, "{name} has {} lines:\n{text}", text.lines().count());
    }
}

#[test]
fn every_flag_and_every_command_has_words() {
    for command in commands() {
        let text = help(&command, "--help");
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.trim_start().starts_with('-')) {
            let beside = line.trim().split_once("  ").is_some();
            let below = lines.get(at + 1).is_some_and(|next| next.trim().len() > 3);
            assert!(beside || below, "griot {}: `{line}` says nothing", command.join(" "));
        }
        assert!(!lines[0].trim().is_empty(), "griot {} says nothing", command.join(" "));
    }
}

#[test]
fn the_whole_help_tells_each_exit_code_that_the_readme_tells() {
    let told = said(&["--help".to_owned()]);
    let rows: Vec<(&str, &str)> = include_str!("../../README.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "))
        .filter(|(code, _)| code.parse::<u8>().is_ok())
        .collect();
    assert!(rows.len() > 8, "{rows:?}");
    let unwrapped = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for (code, meaning) in rows {
        assert!(unwrapped.contains(&format!("{code} {meaning}")), "{code} {meaning}: {told}");
    }
}
