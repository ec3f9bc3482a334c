//! Which readings tell of one text: what makes one capture, read again by other rules, speak for its neighbours.

use std::collections::BTreeMap;

use super::{Shows, Sighting, Timeline};

impl Timeline {
    /// The readings of texts, parted into runs of one text: those of a version together, and those that made none (held
    /// ones, other pages' renderings) by page and by the version that held meanwhile. Indices into `sightings`, each run
    /// in order of time; strangers that made no version are left out.
    ///
    /// A digest alone would not do: of a text that went and came back, other rules may make two.
    #[must_use]
    pub fn runs(&self, sightings: &[Sighting]) -> Vec<Vec<usize>> {
        let mut runs: BTreeMap<(usize, Option<&str>, &str), Vec<usize>> = BTreeMap::new();
        for (index, sighting) in sightings.iter().enumerate() {
            let Shows::Text(shown) = &sighting.shows else { continue };
            let begun = self.versions.partition_point(|version| version.first <= sighting.moment);
            let meanwhile = begun.checked_sub(1).and_then(|n| self.versions.get(n));
            let shows_it = meanwhile.is_some_and(|v| v.digest == shown.digest && sighting.moment <= v.last);
            if shown.stranger && !shows_it {
                continue;
            }
            let page = (!shows_it).then_some(sighting.page.as_str());
            runs.entry((begun, page, &shown.digest)).or_default().push(index);
        }
        let mut runs: Vec<Vec<usize>> = runs.into_values().collect();
        for run in &mut runs {
            run.sort_by_key(|index| &sightings[*index].moment);
        }
        runs
    }
}
