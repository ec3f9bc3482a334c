//! Images as a set: an image is the same when one of the addresses that a page offers it under is.

use crate::score::measure::ratio;

/// F1 over images. Each wanted image has the addresses of all its sizes, any of which will do; each said image counts once.
pub(crate) fn images(wanted: &[Vec<String>], said: &[String]) -> f64 {
    if wanted.is_empty() && said.is_empty() {
        return 1.0;
    }
    let mut said: Vec<&str> = said.iter().map(|url| bare(url)).collect();
    said.sort_unstable();
    said.dedup();
    let total = wanted.len() + said.len();
    let mut hits = 0;
    for sizes in wanted {
        if let Some(at) = said.iter().position(|url| sizes.iter().any(|size| bare(size) == *url)) {
            said.swap_remove(at);
            hits += 1;
        }
    }
    ratio(2 * hits, total)
}

/// An address without its scheme, and without the query unless the query names the file: what it asks is the size.
fn bare(url: &str) -> &str {
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let url = url.trim_start_matches('/');
    let url = url.split('#').next().unwrap_or_default();
    match url.split_once('?') {
        Some((path, query)) if !query.contains('/') && !query.to_ascii_lowercase().contains("%2f") => path,
        _ => url,
    }
}
