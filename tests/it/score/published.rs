//! What others published of the same sets, and what griot aims at: printed beside what is measured.

use super::set::{BENCHMARK, FUNDUS, PROFILES, TRAFILATURA, WCXB};

/// Each figure as its set's home or its author published it; `run here` is told where nobody published one.
const BESIDE: [(&str, &str, &str); 10] = [
    (PROFILES, "title", "fundus's own parsers made the truth; aim .990"),
    (PROFILES, "instant", "aim .990"),
    (PROFILES, "authors", "aim .950"),
    (PROFILES, "body", "fundus .977, trafilatura .898 (another 80 pages); aim .980"),
    (PROFILES, "images", "aim .900"),
    (FUNDUS, "body", "trafilatura .898 (another 80 pages)"),
    (
        BENCHMARK,
        "body",
        "rs_trafilatura .970, AutoExtract .970, trafilatura .958, newspaper4k .949, readability_js .947, dom_smoothie .865; \
         aim .972",
    ),
    (TRAFILATURA, "body", "trafilatura .924, readability-lxml .826; aim .930"),
    (WCXB, "body", "rs-trafilatura .932, trafilatura .926, dom-smoothie .908; aim .935"),
    (POOLED, "day", "htmldate .949 (its own set); aim .960"),
];

/// The days of all sets together that have them.
pub(crate) const POOLED: &str = "dates, no profile";

pub(crate) fn beside(set: &str, field: &str) -> String {
    let found = BESIDE.iter().find(|(of, what, _)| *of == set && *what == field);
    found.map(|(_, _, text)| (*text).to_owned()).unwrap_or_default()
}
