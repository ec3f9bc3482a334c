//! How often a sound page of a real paper is doubted, and how often one that is read by broken rules is: each page held
//! against the other pages of its paper.

use griot::extract::{Page as Captured, read, signs};
use griot::model::health::{Opinion, Recent, Seen, Signs, Standing};
use griot::model::timeline::Moment;
use griot::profile::Profile;

use crate::score::learnt::papers;
use crate::score::sets::Page;
use crate::shared;

/// A memory has so many pages at least; those of a small paper are remembered under several addresses.
const MEMORY: usize = 12;
/// Papers left out between two that are looked at: what an unoptimised build can do in seconds.
const EVERY: usize = 4;

fn signs_of(page: &Page, profile: &Profile) -> Signs {
    let html = page.html();
    let captured =
        Captured { url: &page.url, html: &html, captured_at: page.saved_at, status: 200, headers: &[], names: &[] };
    signs(&captured, profile, &read(&captured, profile).article)
}

/// A site's memory of these, each as often as it takes.
fn memory(all: &[Signs], but: usize) -> Recent {
    let mut recent = Recent::default();
    let others: Vec<&Signs> = all.iter().enumerate().filter(|(n, _)| *n != but).map(|(_, signs)| signs).collect();
    for (n, signs) in others.iter().cycle().take(MEMORY.max(others.len())).enumerate() {
        let own = |name: &Option<String>| name.as_ref().map(|name| format!("{name} {n}"));
        let signs = Signs { title: own(&signs.title), body: own(&signs.body), ..(*signs).clone() };
        let moment = Moment { at: "2026-11-01T00:00:00Z".parse().unwrap(), record: format!("{n:03}") };
        let (page, standing) = (format!("page {n}"), Standing::Sound);
        recent.see(Seen { page, moment, by_todays_rules: true, signs, standing });
    }
    recent
}

/// The profile with another rule for the body in all of its layouts.
fn broken(profile: &Profile, body: &str) -> Option<Profile> {
    let start = profile.toml.find("\nbody = [")? + 1;
    let end =
        start + profile.toml[start..].find("\n]").map_or_else(|| profile.toml[start..].find(']'), |at| Some(at + 1))?;
    let toml = format!("{}body = [{{ css = \"{body}\" }}]{}", &profile.toml[..start], &profile.toml[end + 1..]);
    Profile::parse(&profile.site, "broken.toml", &toml).ok()
}

#[test]
fn real_pages_are_seldom_doubted_and_those_read_by_broken_rules_nearly_always() {
    let Some(shared) = shared::folder() else { return };
    let (mut sound, mut doubted, mut bad, mut caught) = (0, 0, 0, 0);
    for (profile, pages, _) in papers(&shared).into_iter().step_by(EVERY) {
        let all: Vec<Signs> = pages.iter().map(|page| signs_of(page, &profile)).collect();
        let others = ["p:first-of-type", "aside, nav, footer"].map(|body| broken(&profile, body));
        for (n, page) in pages.iter().enumerate().filter(|(n, _)| all[*n].is_whole()) {
            let recent = memory(&all, n);
            sound += 1;
            if let Opinion::Doubtful(doubt) = recent.opinion("new", &all[n]) {
                doubted += 1;
                println!("{}: {doubt}", page.id);
            }
            for other in others.iter().flatten() {
                let read = signs_of(page, other);
                // Some papers have their text in such elements.
                if read.of("body").is_some_and(|body| body.agrees == Some(true)) {
                    continue;
                }
                bad += 1;
                caught += usize::from(matches!(recent.opinion("new", &read), Opinion::Doubtful(_)));
            }
        }
    }
    println!("sound pages doubted: {doubted} of {sound}; pages read by broken rules doubted: {caught} of {bad}");
    assert!(sound >= 20 && bad >= 20, "{sound}, {bad}");
    // The sets have a paper's pages from several years and designs, which no memory of a crawl has.
    assert!(10 * doubted <= sound + 10, "{doubted} of {sound}");
    assert!(20 * caught >= 17 * bad, "{caught} of {bad}");
}
