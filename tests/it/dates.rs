//! Dates as they really stand: the public sets of French date strings, pages with their day of publication, and pages of
//! our own, each for one trap.

mod found;
mod pages;
mod strings;

/// Each share is what griot's own rules reach, less what a changed page or two may cost.
#[test]
fn fundus_pages_tell_their_day_without_a_profile() {
    let Some(shared) = crate::shared::folder() else { return };
    pages::measure("fundus", &pages::of_fundus(&shared)).hold("fundus", 200, 0.97);
}

#[test]
fn pages_of_trafilatura_tell_their_day_without_a_profile() {
    let Some(shared) = crate::shared::folder() else { return };
    pages::measure("trafilatura", &pages::of_trafilatura(&shared)).hold("trafilatura", 700, 0.70);
}

#[test]
fn pages_of_wcxb_tell_their_day_without_a_profile() {
    let Some(shared) = crate::shared::folder() else { return };
    pages::measure("wcxb", &pages::of_wcxb(&shared)).hold("wcxb", 650, 0.70);
}
