//! What the build stands on: no version with a known hole, and none that nobody argued for.

use std::path::Path;

/// The lowest version of a crate without the hole named beside it, from the `RustSec` advisory database as of August 2026.
/// `make advisories` asks the database itself; this holds where it cannot be reached. Crates that are not in the
/// build wait here for the day that somebody adds them.
const LOWEST_SAFE: [(&str, &str, &str); 17] = [
    ("ammonia", "4.1.4", "RUSTSEC-2026-0213"),
    ("anyhow", "1.0.103", "RUSTSEC-2026-0190"),
    ("h2", "0.4.16", "RUSTSEC-2026-0258"),
    ("hickory-proto", "0.26.1", "RUSTSEC-2026-0118, which no version mends where DNSSEC is validated"),
    ("idna", "1.0.3", "RUSTSEC-2024-0421"),
    ("postgres-protocol", "0.6.12", "RUSTSEC-2026-0179"),
    ("quick-xml", "0.41.0", "RUSTSEC-2026-0194 and 0195"),
    ("quinn-proto", "0.11.15", "RUSTSEC-2026-0185"),
    ("rustls", "0.23.18", "RUSTSEC-2024-0399"),
    ("rustls-webpki", "0.103.13", "RUSTSEC-2026-0104"),
    ("sqlx", "0.8.1", "RUSTSEC-2024-0363"),
    ("tar", "0.4.45", "RUSTSEC-2026-0067"),
    ("time", "0.3.47", "RUSTSEC-2026-0009"),
    ("tokio-postgres", "0.7.18", "RUSTSEC-2026-0178"),
    ("tracing-subscriber", "0.3.20", "RUSTSEC-2025-0055"),
    ("url", "2.5.4", "RUSTSEC-2024-0421"),
    ("zip", "2.3.0", "RUSTSEC-2025-0168"),
];

/// Unmaintained or unsound; `.cargo/deny.toml` has the reasons.
const AVOIDED: [&str; 3] = ["serde_yml", "xml-rs", "yaml-rust"];

fn toml(file: &str) -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

/// Every package of the lock file with its version.
fn locked() -> Vec<(String, String)> {
    let lock = toml("Cargo.lock");
    let packages = lock["package"].as_array().unwrap().iter();
    packages.map(|p| (p["name"].as_str().unwrap().to_owned(), p["version"].as_str().unwrap().to_owned())).collect()
}

/// Comparable, for versions without words.
fn numbers(version: &str) -> Vec<u64> {
    let plain = version.split(['+', '-']).next().unwrap();
    plain.split('.').map(|n| n.parse().unwrap()).collect()
}

#[test]
fn no_locked_version_has_a_known_hole() {
    let locked = locked();
    let mut looked_at = 0;
    for (name, lowest, advisory) in LOWEST_SAFE {
        for (_, version) in locked.iter().filter(|(n, _)| n == name) {
            assert!(
                numbers(version) >= numbers(lowest),
                "{name} {version} is open to {advisory}; take {lowest} or later"
            );
            looked_at += 1;
        }
    }
    assert!(looked_at >= 7, "only {looked_at} of the table's crates are in Cargo.lock");
}

#[test]
fn the_bundled_sqlite_has_no_known_hole() {
    // Before 3.51.3 a write-ahead log could be reset under a writer; the store refuses to open with an older one.
    assert!(rusqlite::version_number() >= 3_051_003, "SQLite {} came in", rusqlite::version());
}

#[test]
fn no_avoided_crate_came_in() {
    let locked = locked();
    for name in AVOIDED {
        assert!(locked.iter().all(|(n, _)| n != name), "{name} came in; `cargo tree --invert {name}` says how");
    }
}

#[test]
fn every_direct_dependency_is_argued_for_and_no_other() {
    let manifest = toml("Cargo.toml");
    let names = ["dependencies", "dev-dependencies"].map(|table| manifest[table].as_table().unwrap().keys());
    let mut declared: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("CONTRIBUTING.md")).unwrap();
    let (_, section) = text.split_once("\n## Dependencies\n").expect("CONTRIBUTING.md argues for dependencies");
    let rows: Vec<Vec<&str>> = section
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    for row in &rows {
        assert!(row.len() == 4 && row.iter().all(|cell| cell.len() > 3), "a row without all of its words: {row:?}");
    }
    let mut argued: Vec<&str> = rows.iter().map(|row| row[0].trim_matches('`')).collect();
    declared.sort_unstable();
    argued.sort_unstable();
    assert_eq!(argued, declared, "the table in CONTRIBUTING.md (left) and Cargo.toml (right)");
}
