//! `griot profile list`: which papers a profile knows.

use std::path::Path;
use std::process::Output;

use crate::support::run::griot;

fn list(archive: &Path, words: &[&str]) -> (Output, String, String) {
    let output = griot(archive, &[&["profile", "list"], words].concat());
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (told, wrong) = (text(&output.stdout), text(&output.stderr));
    (output, told, wrong)
}

fn write(archive: &Path, site: &str, toml: &str) {
    std::fs::create_dir_all(archive.join("selectors")).unwrap();
    std::fs::write(archive.join("selectors").join(format!("{site}.toml")), toml).unwrap();
}

const OWN: &str = "name = 'Le Fleuve'\nzone = 'Africa/Bamako'\nlanguage = 'fr'\nhosts = ['lefleuve.example']\n\
                   [article]\npaths = []\n";

#[test]
fn profiles_are_listed_by_name_paper_and_host() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "lefleuve", OWN);
    let (output, told, wrong) = list(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{wrong}");
    assert!(told.lines().count() > 100, "{told}");
    for word in ["FLEUVE", "Le Fl", "fleuve.example"] {
        let (_, told, _) = list(folder.path(), &[word]);
        assert!(told.starts_with("lefleuve ") && told.contains("Le Fleuve, lefleuve.example (fr; "), "{word}: {told}");
        assert!(told.trim_end().ends_with("lefleuve.toml)") && told.lines().count() == 1, "{word}: {told}");
    }
    let (_, json, _) = list(folder.path(), &["lessor", "--json"]);
    let listed: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&listed["name"], &listed["file"]), (&"L'Essor".into(), &serde_json::Value::Null), "{listed}");
}

#[test]
fn what_cannot_be_listed_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (output, told, wrong) = list(folder.path(), &["nowhere.example"]);
    assert_eq!((output.status.code(), told.as_str()), (Some(1), ""));
    assert!(wrong.contains("`nowhere.example`"), "{wrong}");
    write(folder.path(), "lefleuve", &OWN.replace("hosts", "host"));
    let (output, told, wrong) = list(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(4));
    assert!(told.lines().count() > 100 && wrong.contains("lefleuve.toml:4: `host`"), "{wrong}");
}

#[test]
fn a_mistyped_name_is_answered_with_the_one_that_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "lefleuve", OWN);
    for (typed, meant) in [("lemond", "lemonde"), ("lefleuv", "lefleuve")] {
        let output = griot(folder.path(), &["crawl", typed]);
        let wrong = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{wrong}");
        let said = format!("there is no profile `{typed}` (did you mean `{meant}`?); `griot profile list`");
        assert!(wrong.contains(&said), "{wrong}");
    }
    let output = griot(folder.path(), &["check", "page.html"]);
    let wrong = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && wrong.contains("page.html: no such file"), "{wrong}");
}
