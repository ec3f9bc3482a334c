//! Which version is meant: by number, by text digest, or by an instant at which it stood.

use std::collections::BTreeMap;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::reader::failed;
use super::{Exit, Failure};
use crate::model::instant::written;
use crate::store::ArticleId;
use crate::store::sqlite::{PastVersion, Reader};

/// Fewer hex digits than this name nothing.
const FEWEST: usize = 4;

/// A version as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Which {
    /// For the eye: 1 is the first.
    Number(i64),
    /// `v1:` and the first digits of a digest.
    Digest(String),
    /// The version that stood then.
    Instant(Timestamp),
    /// The version that stood at the end of this day at the paper.
    Day(Date),
}

impl FromStr for Which {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{typed}` names no version; write a number (2), a text digest (v1:4d9ca44d…), a day (2026-03-16) or an \
                 instant (2026-03-16T08:00:00Z)"
            )
        };
        if let Ok(number) = typed.parse() {
            return Ok(Self::Number(number));
        }
        if let Some((scheme, digits)) = typed.split_once(':').filter(|(scheme, _)| scheme.starts_with('v')) {
            let digits = digits.trim_end_matches(['…', '.']).to_ascii_lowercase();
            let sound = digits.len() >= FEWEST && digits.chars().all(|c| c.is_ascii_hexdigit());
            return sound.then(|| Self::Digest(format!("{scheme}:{digits}"))).ok_or_else(wrong);
        }
        if let Ok(at) = typed.parse() {
            return Ok(Self::Instant(at));
        }
        typed.parse().map(Self::Day).map_err(|_| wrong())
    }
}

/// The version that is meant, of these in order; `zone` is the paper's.
pub(super) fn pick<'v>(
    reader: &Reader,
    article: ArticleId,
    versions: &'v [PastVersion],
    which: &Which,
    zone: &TimeZone,
) -> Result<&'v PastVersion, Failure> {
    let stood = |until: &str| versions.iter().rev().find(|v| v.first_seen_at.as_str() < until);
    let found = match which {
        Which::Number(number) => versions.iter().find(|v| v.number == *number),
        // An instant is kept to the millisecond, so that the next one ends it.
        Which::Instant(at) => stood(&written(at.saturating_add(jiff::SignedDuration::from_millis(1)).unwrap_or(*at))),
        Which::Day(day) => {
            let end = day.tomorrow().and_then(|next| zone.to_timestamp(next.at(0, 0, 0, 0)));
            end.ok().and_then(|end| stood(&written(end)))
        }
        Which::Digest(begin) => {
            let digest = resolve(reader, article, versions, begin)?;
            digest.and_then(|digest| versions.iter().rev().find(|v| v.text_digest == digest))
        }
    };
    found.ok_or_else(|| Failure::new(Exit::Failed, none_such(versions, which)))
}

/// The one digest in force that is meant; a superseded one leads to the one that took its place.
fn resolve(
    reader: &Reader,
    article: ArticleId,
    versions: &[PastVersion],
    begin: &str,
) -> Result<Option<String>, Failure> {
    let mut meant: Vec<String> =
        versions.iter().map(|v| v.text_digest.clone()).filter(|d| d.starts_with(begin)).collect();
    if meant.is_empty() {
        let superseded = reader.superseded(article).map_err(failed)?;
        // Where one digest has become two, the later one is meant, as with a text that came back.
        let latest: BTreeMap<String, String> =
            superseded.into_iter().filter(|(old, _)| old.starts_with(begin)).collect();
        meant.extend(latest.into_values());
    }
    meant.sort();
    meant.dedup();
    if meant.len() > 1 {
        let words = format!(
            "`{begin}` begins {} digests of this article ({}); write more of it",
            meant.len(),
            meant.join(", ")
        );
        return Err(Failure::new(Exit::Failed, words));
    }
    Ok(meant.pop())
}

fn none_such(versions: &[PastVersion], which: &Which) -> String {
    let kept = match versions {
        [] => "no version of it is kept".to_owned(),
        [only] => format!("one version is kept, first seen {}", only.first_seen_at),
        [first, .., last] => {
            format!("versions {} to {} are kept, the first seen {}", first.number, last.number, first.first_seen_at)
        }
    };
    let asked = match which {
        Which::Number(number) => format!("there is no version {number}"),
        Which::Digest(begin) => format!("no version's text digest begins with {begin}"),
        Which::Instant(at) => format!("no version was kept at {}", written(*at)),
        Which::Day(day) => format!("no version was kept on {day}"),
    };
    format!("{asked}: {kept}; `griot history URL` tells more")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_digests_days_and_instants_are_told_apart() {
        assert_eq!("2".parse(), Ok(Which::Number(2)));
        assert_eq!("v1:4D9ca4…".parse(), Ok(Which::Digest("v1:4d9ca4".into())));
        assert_eq!("2026-03-16".parse(), Ok(Which::Day("2026-03-16".parse().unwrap())));
        let instant = "2026-03-16T08:00:00.5Z";
        assert_eq!(instant.parse(), Ok(Which::Instant(instant.parse().unwrap())));
        for wrong in ["", "v1:", "v1:abc", "v1:xyzt", "last", "2026-13-01", "-"] {
            assert!(wrong.parse::<Which>().is_err(), "{wrong}");
        }
    }
}
