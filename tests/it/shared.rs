//! Public test sets that are never copied into the project: read where they lie, passed over where they do not.

use std::path::PathBuf;

/// The folder of the sets: `GRIOT_SHARED`, or `../shared/data` beside the repository.
pub(crate) fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("GRIOT_SHARED").map(PathBuf::from);
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = named.unwrap_or_else(beside);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: the shared sets are not at {}", folder.display());
    None
}

/// One text file of the sets.
pub(crate) fn read(path: &str) -> Option<String> {
    let path = folder()?.join(path);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) => {
            println!("skipped: {} ({error})", path.display());
            None
        }
    }
}
