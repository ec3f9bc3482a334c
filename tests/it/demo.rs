//! The first hour: what `griot demo` promises to show.

use std::process::Command;

#[test]
fn the_demo_shows_what_it_promises() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("demo");
    let run = || Command::new(env!("CARGO_BIN_EXE_griot")).args(["demo", "--archive"]).arg(&archive).output().unwrap();
    let output = run();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let passes: Vec<&str> = said.lines().filter(|l| l.contains(" new version")).map(str::trim).collect();
    assert_eq!(
        passes,
        [
            "31 new articles, 0 new versions, 0 held, 0 removed",
            "0 new articles, 0 new versions, 0 held, 0 removed",
            "1 new article, 1 new version, 1 held, 0 removed",
            "0 new articles, 1 new version, 0 held, 1 removed",
        ]
    );
    for promise in [
        "confirmed-cut: ",
        "\nedited: ",
        "changed after",
        "answered 404",
        "(the editor's) Lire aussi",
        "(the whole site's)",
        "one byte flipped",
        "at byte",
    ] {
        assert!(said.contains(promise), "{promise} is missing in\n{said}");
    }
    let verified =
        Command::new(env!("CARGO_BIN_EXE_griot")).args(["verify", "--archive"]).arg(&archive).output().unwrap();
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
    assert_eq!(run().status.code(), Some(2), "a folder that is there is not written over");
}
