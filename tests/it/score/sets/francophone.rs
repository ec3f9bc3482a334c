//! The French-language pages, for their related links.

use std::path::Path;

use super::{Page, Wanted, url};
use crate::score::pages;

/// All of them, also those without an address.
pub(crate) fn francophone(shared: &Path) -> Vec<Page> {
    let rows = pages::rows(&shared.join("francophone/index.tsv"));
    let page = |row: &std::collections::HashMap<String, String>| Page {
        id: row["copy"].rsplit('/').next().unwrap().replace(".html.gz", ""),
        // One address is told without its host.
        url: match row["url"].as_str() {
            path if path.starts_with('/') => url(&format!("https://ici.radio-canada.ca{path}")),
            address => url(address),
        },
        file: shared.join(&row["copy"]),
        content_type: None,
        saved_at: "2026-01-01T00:00:00Z".parse().unwrap(),
        wanted: Wanted::default(),
    };
    rows.iter().map(page).collect()
}
