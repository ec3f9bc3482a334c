//! trafilatura's rule: short texts that must stand in the result, and others that must not.

use super::Points;

/// White space is one space on both sides, nothing else is folded.
pub(crate) fn segments(must: &[String], must_not: &[String], said: &str) -> Points {
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = fold(said);
    let found = |segments: &[String]| segments.iter().filter(|s| said.contains(&fold(s))).count();
    let (hits, alarms) = (found(must), found(must_not));
    Points::Counts { hits, alarms, misses: must.len() - hits }
}
