//! Dates as they really stand: the public sets of French date strings and of pages with their day of publication.

mod pages;

#[test]
fn real_pages_without_a_profile_tell_their_day() {
    let Some(shared) = crate::shared::folder() else { return };
    let sets = [
        ("fundus", pages::of_fundus(&shared)),
        ("trafilatura", pages::of_trafilatura(&shared)),
        ("wcxb", pages::of_wcxb(&shared)),
    ];
    for (set, cases) in sets {
        let tally = pages::measure(set, &cases);
        tally.print(set);
    }
}

mod strings;
