//! The papers name files that are there, and functions that stand in them.

use std::path::Path;

const PAPERS: [&str; 3] = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn paper(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// What stands between backquotes, line by line; the blocks that are indented are commands and no prose.
fn quoted(text: &str) -> Vec<(usize, String)> {
    let prose = text.lines().enumerate().filter(|(_, line)| !line.starts_with("    "));
    prose.flat_map(|(n, line)| line.split('`').skip(1).step_by(2).map(move |q| (n + 1, q.to_owned()))).collect()
}

/// A path of the repository, or one with a place-holder: it begins with a folder or file that every checkout has.
fn is_path(quoted: &str) -> bool {
    let first = quoted.split('/').next().unwrap_or_default();
    let ours = ["src", "tests", "selectors", "data", ".cargo", ".ci"].contains(&first) && quoted.contains('/');
    let file = !quoted.contains('/') && [".md", ".toml", ".lock"].iter().any(|end| quoted.ends_with(end));
    ours || file
}

/// Files of an archive and names that a reader is to fill in.
fn is_elsewhere(quoted: &str) -> bool {
    quoted == "griot.toml" || quoted.contains("NAME") || quoted.starts_with("data/archive")
}

#[test]
fn every_path_in_the_papers_is_there() {
    let mut looked_at = 0;
    for name in PAPERS {
        for (line, path) in quoted(&paper(name)).into_iter().filter(|(_, q)| is_path(q) && !is_elsewhere(q)) {
            assert!(root().join(&path).exists(), "{name}:{line} names {path}, which is not there");
            looked_at += 1;
        }
    }
    assert!(looked_at > 40, "only {looked_at} paths were found");
}

#[test]
fn every_function_in_the_walk_stands_in_the_file_named_beside_it() {
    let text = paper("ARCHITECTURE.md").replace('\n', " ");
    let mut looked_at = 0;
    for pair in text.split("` in `").collect::<Vec<_>>().windows(2) {
        let function = pair[0].rsplit('`').next().unwrap();
        let file = pair[1].split('`').next().unwrap();
        let source = std::fs::read_to_string(root().join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        let name = function.rsplit("::").next().unwrap();
        let stands = ["fn ", "struct ", "enum ", "trait "].iter().any(|kind| {
            let declared = format!("{kind}{name}");
            source
                .match_indices(&declared)
                .any(|(at, _)| !source[at + declared.len()..].starts_with(char::is_alphanumeric))
        });
        assert!(stands, "ARCHITECTURE.md says that `{function}` stands in {file}");
        looked_at += 1;
    }
    assert!(looked_at >= 12, "only {looked_at} functions were found");
}
