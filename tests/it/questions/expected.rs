//! The answers that follow from the scenes: instants to the minute, record ids as `#`.

use std::collections::BTreeMap;

use super::paper::{DOUANE, DRAPEAU, ECOLE, MARCHE, MINE, PONT, PORT, RECOLTE, Story, VIEUX};
use super::scenes::{ECOLE_TURNED, MARCHE_EDITED, PONT_EDITED, PORT_EDITED};

/// Each statement's answer, a line a row, by the statement's name. `@` stands for where the stories live.
pub(crate) fn answers() -> BTreeMap<&'static str, String> {
    let told = TOLD.iter().map(|(name, rows)| (*name, rows.join("\n")));
    told.chain([("12", bytes())]).map(|(name, rows)| (name, rows.replace('@', "journal.example/articles"))).collect()
}

const TOLD: [(&str, &[&str]); 15] = [
    (
        "01",
        &[
            "https://@/marche | 2025-03-03T06:00 | 2025-03-04T06:00 | ∅ | ∅",
            "https://@/port | 2025-03-04T06:00 | 2025-03-07T20:00 | 2025-03-01T23:30 | 2025-03-01T23:30",
        ],
    ),
    (
        "02",
        &[
            "https://@/marche | 2 | edited | 2025-03-03T06:00 | 2025-03-04T06:00 | 24.0 | # | #",
            "https://@/pont | 2 | edited | 2025-03-03T06:00 | 2025-03-04T06:00 | 24.0 | # | #",
            "https://@/port | 2 | edited | 2025-03-04T06:00 | 2025-03-07T20:00 | 86.0 | # | #",
        ],
    ),
    (
        "03",
        &[
            "https://@/douane | 1 | 1 | 1 | 0 | 0 | 2025-03-03T06:00 | 2025-03-03T06:00",
            "https://@/drapeau | 1 | 1 | 1 | 0 | 0 | 2025-03-03T06:00 | 2025-03-03T06:00",
            "https://@/ecole | 1 | 3 | 2 | 0 | 1 | 2025-03-03T06:00 | 2025-03-07T20:00",
            "https://@/marche | 1 | 1 | 1 | 0 | 0 | 2025-03-03T06:00 | 2025-03-03T06:00",
            "https://@/marche | 2 | 2 | 1 | 0 | 1 | 2025-03-04T06:00 | 2025-03-07T20:00",
            "https://@/mine | 1 | 2 | 1 | 0 | 1 | 2025-03-03T06:00 | 2025-03-04T06:00",
            "https://@/pont | 1 | 1 | 1 | 0 | 0 | 2025-03-03T06:00 | 2025-03-03T06:00",
            "https://@/pont | 2 | 2 | 1 | 0 | 1 | 2025-03-04T06:00 | 2025-03-07T20:00",
            "https://@/port | 1 | 2 | 1 | 1 | 0 | 2025-03-03T06:00 | 2025-03-04T06:00",
            "https://@/port | 2 | 1 | 1 | 0 | 0 | 2025-03-07T20:00 | 2025-03-07T20:00",
            "https://@/recolte | 1 | 1 | 1 | 0 | 0 | 2025-03-07T20:00 | 2025-03-07T20:00",
            "https://@/vieux | 1 | 1 | 1 | 0 | 0 | 2025-03-03T06:00 | 2025-03-03T06:00",
        ],
    ),
    (
        "04",
        &[
            "https://@/douane | 2025-03-01T18:00 | 2025-03-03T06:00 | 2025-03-04T06:00 | 2025-03-07T20:00 | ∅ | perhaps",
            "https://@/drapeau | 2025-03-03T01:00 | 2025-03-03T06:00 | 2025-03-04T06:00 | 2025-03-07T20:00 | ∅ | surely",
        ],
    ),
    ("05", &["2025-03-05 | 1 | 1 | 3", "2025-03-06 | 0 | 0 | 0"]),
    (
        "06",
        &[
            "https://@/ecole | inline | Lire aussi | Le pont est ouvert | @/pont | 2025-03-03T06:00 | 2025-03-03T06:00",
            "https://@/ecole | inline | Lire aussi | Le port attend ses grues | @/port | 2025-03-04T06:00 | 2025-03-07T20:00",
        ],
    ),
    ("06b", &["end | Lire aussi | 1 | 8 | 8", "inline | Lire aussi | 0 | 2 | 1"]),
    (
        "07",
        &[
            "2025-03-03T06:00 | inline | Lire aussi | Le pont est ouvert | @/pont | 0",
            "2025-03-03T06:00 | end | Lire aussi | Le marché rouvre | @/marche | 1",
        ],
    ),
    (
        "08",
        &[
            "journal | 2025-01-10 | 1",
            "journal | 2025-03-01 | 1",
            "journal | 2025-03-02 | 3",
            "journal | 2025-03-03 | 3",
            "journal | 2025-03-08 | 1",
        ],
    ),
    ("08b", &["journal | 2025-03-03 | 8", "journal | 2025-03-08 | 1"]),
    (
        "09",
        &[
            "https://@/douane | feed | journal.example/flux.xml | 2025-03-03T06:00 | 2",
            "https://@/drapeau | feed | journal.example/flux.xml | 2025-03-03T06:00 | 1",
            "https://@/ecole | front | journal.example/ | 2025-03-03T06:00 | 2",
            "https://@/marche | front | journal.example/ | 2025-03-03T06:00 | 0",
            "https://@/mine | front | journal.example/ | 2025-03-03T06:00 | 4",
            "https://@/pont | feed | journal.example/flux.xml | 2025-03-03T06:00 | 0",
            "https://@/port | front | journal.example/ | 2025-03-03T06:00 | 3",
            "https://@/recolte | feed | journal.example/flux.xml | 2025-03-07T20:00 | 0",
            "https://@/vieux | feed | journal.example/flux.xml | 2025-03-03T06:00 | 3",
        ],
    ),
    (
        "09b",
        &[
            "article | (other articles) | 0 | 3",
            "feed | journal.example/flux.xml | 5 | 5",
            "front | journal.example/ | 4 | 5",
        ],
    ),
    ("10", &["Awa KANTÉ | 2 | 2025-03-03 | 2025-03-03", "Paul WAMO | 1 | 2025-03-02 | 2025-03-02"]),
    (
        "11",
        &[
            "2025-03-03T06:00 | 2025-03-07T20:00 | rules | User-agent: *\nAllow: /articles\n",
            "2025-03-07T20:00 | ∅ | rules | User-agent: *\nAllow: /articles\nDisallow: /articles/mine",
        ],
    ),
    ("11b", &["2025-03-07T20:00 | refused-by-robots | Disallow: /articles/mine"]),
];

/// A version's number, its sightings, the pages that were sent of it, and those of them that were sent for nothing.
type Cost<'s> = (&'s Story, u8, u8, &'s [&'s Story], &'s [&'s Story]);

const COSTS: [Cost<'_>; 12] = [
    (&DOUANE, 1, 1, &[&DOUANE], &[]),
    (&DRAPEAU, 1, 1, &[&DRAPEAU], &[]),
    (&ECOLE, 1, 3, &[&ECOLE, &ECOLE_TURNED], &[]),
    (&MARCHE, 1, 1, &[&MARCHE], &[]),
    (&MARCHE, 2, 2, &[&MARCHE_EDITED], &[]),
    (&MINE, 1, 2, &[&MINE], &[]),
    (&PONT, 1, 1, &[&PONT], &[]),
    (&PONT, 2, 2, &[&PONT_EDITED], &[]),
    (&PORT, 1, 2, &[&PORT, &PORT], &[&PORT]),
    (&PORT, 2, 1, &[&PORT_EDITED], &[]),
    (&RECOLTE, 1, 1, &[&RECOLTE], &[]),
    (&VIEUX, 1, 1, &[&VIEUX], &[]),
];

/// What each version's pages weigh.
fn bytes() -> String {
    let weight = |pages: &[&Story]| pages.iter().map(|story| story.page().len()).sum::<usize>();
    let row = |(story, number, sightings, sent, again): &Cost<'_>| {
        format!("https://@/{} | {number} | {sightings} | {} | {}", story.slug, weight(sent), weight(again))
    };
    COSTS.iter().map(row).collect::<Vec<_>>().join("\n")
}
