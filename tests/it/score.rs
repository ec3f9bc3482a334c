//! Real pages of real papers against what the public set of fundus expects of them. Prints what was found and right per
//! field and holds the targets; says that it was passed over where the set is not at hand.

pub(crate) mod measure;
pub(crate) mod pages;

use griot::extract::{Page, read};
use griot::model::reading::Outcome;
use griot::profile::Profile;
use measure::{Mark, Said, mark, table};
use pages::Case;
use url::Url;

pub(crate) const TITLE: f64 = 0.95;
pub(crate) const DAY: f64 = 0.95;
pub(crate) const BODY: f64 = 0.90;

#[test]
fn pages_with_a_profile_reach_the_targets() {
    let Some(folder) = crate::shared::folder() else { return };
    let profiles = pages::shipped();
    let cases = pages::fundus(&folder);
    let owned = cases.iter().filter_map(|case| Some((case, pages::owner(&profiles, &case.url)?)));
    let marks: Vec<(Outcome, Mark)> = owned.map(|(case, profile)| read_case(case, profile)).collect();
    let shares = table("pages with a profile", marks.iter().map(|(_, mark)| mark));
    assert!(marks.len() >= 14, "only {} pages have a profile", marks.len());
    let lost = names(&marks, |outcome| outcome != Outcome::Article);
    assert!(lost.is_empty(), "no article: {lost:?}");
    assert!(shares.reach(TITLE, DAY, BODY), "{shares:?}");
}

#[test]
fn pages_without_a_profile_are_no_walls() {
    let Some(folder) = crate::shared::folder() else { return };
    let cases = pages::fundus(&folder);
    let marks: Vec<(Outcome, Mark)> = cases.iter().map(|case| read_case(case, &minimal(&case.url))).collect();
    let what = "the same rules for every page: structured data and HTML's own elements";
    let shares = table(what, marks.iter().map(|(_, mark)| mark));
    let wrong = names(&marks, |outcome| matches!(outcome, Outcome::Challenge | Outcome::Consent | Outcome::SoftGone));
    assert!(wrong.is_empty(), "articles taken for walls: {wrong:?}");
    assert!(shares.reach(0.80, 0.85, 0.75), "{shares:?}");
}

/// A profile that says nothing but where the page is from.
fn minimal(url: &Url) -> Profile {
    let host = url.host_str().unwrap();
    let toml = format!("name = '{host}'\nzone = 'UTC'\nlanguage = 'und'\nhosts = ['{host}']\n[article]\npaths = []\n");
    Profile::parse(host, host, &toml).unwrap()
}

fn read_case(case: &Case, profile: &Profile) -> (Outcome, Mark) {
    let (html, captured_at) = (case.html(), case.saved_at.unwrap());
    let page = Page { url: &case.url, html: &html, captured_at, status: 200, headers: &[] };
    let article = read(&page, profile).article;
    let name = format!("{}/{} {:?}", case.name, profile.site, article.outcome);
    (article.outcome, mark(name, case.expected.as_ref(), &Said::from(&article)))
}

fn names(marks: &[(Outcome, Mark)], wanted: impl Fn(Outcome) -> bool) -> Vec<&str> {
    marks.iter().filter(|(outcome, _)| wanted(*outcome)).map(|(_, mark)| mark.name.as_str()).collect()
}
