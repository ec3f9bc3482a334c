//! Who may use whom. The map stands in `src/lib.rs`; this holds the code to it.

use std::path::{Path, PathBuf};

/// Each folder of `src/`, and the folders it may use.
const MAY_USE: [(&str, &[&str]); 18] = [
    ("archive", &["disk", "model", "store", "warc"]),
    (
        "cli",
        &[
            "archive",
            "clock",
            "config",
            "crawl",
            "demo",
            "export",
            "extract",
            "fetch",
            "frontier",
            "learn",
            "model",
            "politeness",
            "profile",
            "store",
            "warc",
        ],
    ),
    ("clock", &["model"]),
    ("config", &["frontier", "warc"]),
    (
        "crawl",
        &[
            "archive",
            "clock",
            "discover",
            "extract",
            "fetch",
            "frontier",
            "model",
            "politeness",
            "profile",
            "store",
            "warc",
        ],
    ),
    ("demo", &["model"]),
    ("discover", &["model", "profile"]),
    ("disk", &[]),
    ("export", &["model", "store"]),
    ("extract", &["model", "profile"]),
    ("fetch", &["clock", "model"]),
    ("frontier", &["model"]),
    ("learn", &["extract", "model", "profile"]),
    ("model", &[]),
    ("politeness", &["clock", "model"]),
    ("profile", &["model"]),
    ("store", &["disk", "model"]),
    ("warc", &["model"]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let nested = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    nested.filter(|path| path.extension().is_some_and(|e| e == "rs")).collect()
}

/// The folders that a file names after `crate::`.
fn used(text: &str) -> impl Iterator<Item = &str> {
    text.split("crate::").skip(1).map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap())
}

#[test]
fn every_folder_uses_only_what_stands_below_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut looked_at = 0;
    for path in sources(&src) {
        let inside = path.strip_prefix(&src).unwrap();
        let folder = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        if matches!(folder, "lib" | "main") {
            continue;
        }
        let (_, allowed) =
            MAY_USE.iter().find(|(name, _)| *name == folder).unwrap_or_else(|| panic!("{folder} is new"));
        for other in used(&std::fs::read_to_string(&path).unwrap()) {
            let known = MAY_USE.iter().any(|(name, _)| *name == other);
            let fine = !known || other == folder || allowed.contains(&other);
            assert!(fine, "{}: `{folder}` must not use `{other}`", inside.display());
        }
        looked_at += 1;
    }
    assert!(looked_at > 100, "{looked_at} files");
}

#[test]
fn only_fetch_opens_sockets_to_the_web_and_only_store_speaks_sql() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in sources(&src) {
        let inside = path.strip_prefix(&src).unwrap().display().to_string();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(inside.starts_with("fetch/") || !text.contains("reqwest::"), "{inside} uses reqwest");
        assert!(inside.starts_with("store/") || !text.contains("rusqlite"), "{inside} uses rusqlite");
    }
}
