//! One page's marks: each field that its set says something about, by the set's own rule.

use super::measure::Said;
use super::rules::exact::{When, same, same_letters};
use super::rules::{Points, images, names, rouge_lsum, segments, shingles, word_f1};
use super::sets::{Body, Page, Wanted};

/// What a page scores in one field, with what was found and wanted for people to see.
pub(crate) struct Mark {
    pub(crate) field: &'static str,
    pub(crate) points: Points,
    pub(crate) found: String,
    pub(crate) wanted: String,
}

/// Marks what was said of a page. `exact`: the set's values are the page's own to the letter, and not typed by people.
pub(crate) fn marks(page: &Page, said: &Said, exact: bool) -> Vec<Mark> {
    let wanted = &page.wanted;
    let mut out = Vec::new();
    let mut mark = |field, points, found: String, wanted: String| out.push(Mark { field, points, found, wanted });
    if let Some(title) = &wanted.title {
        let right = if exact { same(title, &said.title) } else { same_letters(title, &said.title) };
        mark("title", Points::Right(right), said.title.clone(), title.clone());
    }
    if let Some(when) = wanted.published {
        let found = said.day.map(|day| When { day, second: said.second() });
        let shown = (format!("{:?} {:?}", said.day, said.instant), format!("{when:?}"));
        if when.second.is_some() {
            let right = found.is_some_and(|found| found.second == when.second);
            mark("instant", Points::Right(right), shown.0.clone(), shown.1.clone());
        }
        mark("day", Points::Right(when.same_day(found)), shown.0, shown.1);
    }
    if let Some(authors) = &wanted.authors {
        let field = if authors.is_empty() { "no author" } else { "authors" };
        mark(field, Points::Right(names(authors, &said.authors, !exact)), said.authors.join("; "), authors.join("; "));
    }
    if let Some((points, wanted)) = body(wanted, said) {
        mark("body", points, printed(said), wanted);
    }
    if let Some(all) = &wanted.images {
        mark("images", Points::F1(images(all, &said.images)), said.images.join(" "), format!("{all:?}"));
    }
    out
}

/// Lead and body: no set tells them apart.
fn printed(said: &Said) -> String {
    let lead = said.lead.as_deref().filter(|lead| !lead.is_empty());
    lead.into_iter().chain([said.body.as_str()]).collect::<Vec<_>>().join("\n\n")
}

fn body(wanted: &Wanted, said: &Said) -> Option<(Points, String)> {
    let printed = printed(said);
    let blocks = || printed.split('\n').filter(|block| !block.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    match &wanted.body {
        Body::Unknown => None,
        Body::Paragraphs(all) => Some((Points::F1(rouge_lsum(all, &blocks())), all.join("\n\n"))),
        Body::Shingles(text) => Some((shingles(text, &printed), text.clone())),
        Body::Words(text) => Some((Points::F1(word_f1(text, &printed)), text.clone())),
        Body::Segments { must, must_not } => {
            let shown = format!("must {must:?}\n      must not {must_not:?}");
            Some((segments(must, must_not, &printed), shown))
        }
    }
}
