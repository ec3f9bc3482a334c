//! A page's marks: each field that its set says something about, by the set's own rule; and what a set makes of them.

use super::measure::Said;
use super::reader::Sheet;
use super::rules::exact::{When, same, same_letters};
use super::rules::{Points, images, names, rouge_lsum, segments, shingles, total, word_f1};
use super::sets::{Body, Page, Wanted};

/// The fields in the order of the table.
pub(crate) const FIELDS: [&str; 7] = ["title", "instant", "day", "authors", "no author", "body", "images"];

/// What a page scores in one field, with what was found and wanted for people to see.
pub(crate) struct Mark {
    field: &'static str,
    pub(crate) points: Points,
    found: String,
    wanted: String,
}

/// All marks of one reader over a set, page by page.
pub(crate) struct Marked<'p>(Vec<(&'p Page, Vec<Mark>)>);

impl<'p> Marked<'p> {
    /// `sheets` in the order of `pages`.
    pub(crate) fn of(pages: &'p [Page], sheets: &[Option<Sheet>], exact: bool) -> Self {
        let silent = Said::default();
        let marked = pages.iter().zip(sheets).map(|(page, sheet)| {
            let said = sheet.as_ref().map_or(&silent, |sheet| &sheet.said);
            (page, marks(page, said, exact))
        });
        Self(marked.collect())
    }

    pub(crate) fn points(&self, field: &str) -> Vec<Points> {
        let marks = self.0.iter().flat_map(|(_, marks)| marks);
        marks.filter(|mark| mark.field == field).map(|mark| mark.points).collect()
    }

    /// Every field that the set says something about, with its score and on how many pages.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'static str, f64, usize)> {
        let scored = FIELDS.iter().map(|field| (*field, self.points(field)));
        scored.filter(|(_, points)| !points.is_empty()).map(|(field, points)| (field, total(&points), points.len()))
    }
}

/// Does the reader have this field at all? trafilatura tells no hour.
pub(crate) fn tells(said: &Said, field: &str) -> bool {
    match field {
        "title" => !said.title.is_empty(),
        "instant" => said.instant.is_some(),
        "day" => said.day.is_some(),
        "authors" | "no author" => !said.authors.is_empty(),
        "body" => !said.body.is_empty(),
        "images" => !said.images.is_empty(),
        other => panic!("no field is called {other}"),
    }
}

fn marks(page: &Page, said: &Said, exact: bool) -> Vec<Mark> {
    let wanted = &page.wanted;
    let mut out = Vec::new();
    let mut mark = |field, points, found: String, wanted: String| out.push(Mark { field, points, found, wanted });
    if let Some(title) = &wanted.title {
        let right = if exact { same(title, &said.title) } else { same_letters(title, &said.title) };
        mark("title", Points::Right(right), said.title.clone(), title.clone());
    }
    if let Some(when) = wanted.published {
        let found = said.day.map(|day| When { day, second: said.second() });
        let shown = found.map_or_else(String::new, |found| found.to_string());
        if when.second.is_some() {
            let right = found.is_some_and(|found| found.second == when.second);
            mark("instant", Points::Right(right), shown.clone(), when.to_string());
        }
        mark("day", Points::Right(when.same_day(found)), shown, when.to_string());
    }
    if let Some(authors) = &wanted.authors {
        let field = if authors.is_empty() { "no author" } else { "authors" };
        let right = names(authors, &said.authors, !exact);
        mark(field, Points::Right(right), said.authors.join("; "), authors.join("; "));
    }
    if let Some((points, wanted)) = body(wanted, said) {
        mark("body", points, printed(said), wanted);
    }
    if let Some(all) = &wanted.images {
        let first: Vec<&str> = all.iter().filter_map(|sizes| sizes.first()).map(String::as_str).collect();
        mark("images", Points::F1(images(all, &said.images)), said.images.join(" "), first.join(" "));
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
            let lost = must.iter().filter(|s| segments(std::slice::from_ref(s), &[], &printed).alone() < 1.0);
            let extra = must_not.iter().filter(|s| segments(&[], std::slice::from_ref(s), &printed).is_alarm());
            let shown = format!("lost {:?}, too much {:?}", lost.collect::<Vec<_>>(), extra.collect::<Vec<_>>());
            Some((segments(must, must_not, &printed), shown))
        }
    }
}

/// The pages that score least in each field, worst first: for people who tune.
pub(crate) fn print_worst(marked: &Marked<'_>, most: usize) {
    for field in FIELDS {
        let all = marked.0.iter().flat_map(|(page, marks)| marks.iter().map(move |mark| (*page, mark)));
        let of_field = all.filter(|(_, mark)| mark.field == field);
        let mut worst: Vec<(&Page, &Mark)> = of_field.filter(|(_, mark)| mark.points.alone() < 0.995).collect();
        worst.sort_by(|a, b| a.1.points.alone().total_cmp(&b.1.points.alone()));
        for (page, mark) in worst.into_iter().take(most) {
            let (score, found, wanted) = (mark.points.alone(), ends(&mark.found), ends(&mark.wanted));
            println!("  {field} {score:.3} {} {}\n    found  {found}\n    wanted {wanted}", page.id, page.url);
        }
    }
}

/// The beginning and the end of a text, on one line.
fn ends(text: &str) -> String {
    let text: Vec<char> = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    let part = |range: std::ops::Range<usize>| text[range].iter().collect::<String>();
    if text.len() <= 300 {
        return part(0..text.len());
    }
    format!("{} … {} ({} letters)", part(0..180), part(text.len() - 110..text.len()), text.len())
}
