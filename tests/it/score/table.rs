//! One table: a line for each set and field, a column for each reader.

use std::fmt::Write as _;

use super::marks::{Mark, marks};
use super::measure::Said;
use super::reader::Sheet;
use super::rules::{Points, total};
use super::sets::Page;

/// The fields in the order of the table.
const FIELDS: [&str; 7] = ["title", "instant", "day", "authors", "no author", "body", "images"];

/// One line.
pub(crate) struct Row {
    pub(crate) set: String,
    pub(crate) field: String,
    /// Pages whose wanted value is known.
    pub(crate) of: usize,
    /// griot's first, then the peers', as printed.
    pub(crate) values: Vec<String>,
    /// What others published, and what is aimed at.
    pub(crate) beside: String,
}

/// All marks of one reader over a set, page by page.
pub(crate) struct Marked<'p> {
    pub(crate) pages: Vec<(&'p Page, Vec<Mark>)>,
}

impl<'p> Marked<'p> {
    /// `sheets` in the order of `pages`; a page without one said nothing.
    pub(crate) fn of(pages: &'p [Page], sheets: &[Option<&Sheet>], exact: bool) -> Self {
        let silent = Said::default();
        let pages = pages.iter().zip(sheets).map(|(page, sheet)| {
            let said = sheet.map_or(&silent, |sheet| &sheet.said);
            (page, marks(page, said, exact))
        });
        Self { pages: pages.collect() }
    }

    fn points(&self, field: &str) -> Vec<Points> {
        let marks = self.pages.iter().flat_map(|(_, marks)| marks);
        marks.filter(|mark| mark.field == field).map(|mark| mark.points).collect()
    }

    /// The set's score in a field, and on how many pages; `None` where the set does not say.
    pub(crate) fn score(&self, field: &str) -> Option<(f64, usize)> {
        let points = self.points(field);
        (!points.is_empty()).then(|| (total(&points), points.len()))
    }

    /// Every field that the set says something about.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'static str, f64, usize)> {
        FIELDS.iter().filter_map(|field| self.score(field).map(|(score, of)| (*field, score, of)))
    }

    /// The pages that score least, worst first, with what was found and wanted: for people who tune.
    pub(crate) fn print_worst(&self, most: usize) {
        for field in FIELDS {
            let mut worst: Vec<(&Page, &Mark, f64)> = self
                .pages
                .iter()
                .flat_map(|(page, marks)| {
                    marks.iter().filter(|mark| mark.field == field).map(|mark| (*page, mark, mark.points.alone()))
                })
                .filter(|(_, _, score)| *score < 0.995)
                .collect();
            worst.sort_by(|a, b| a.2.total_cmp(&b.2));
            for (page, mark, score) in worst.into_iter().take(most) {
                println!(
                    "  {field} {score:.3} {} {}\n      found  {}\n      wanted {}",
                    page.id,
                    page.url,
                    head(&mark.found),
                    head(&mark.wanted)
                );
            }
        }
    }
}

/// The beginning and the end of a text on one line.
fn head(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let all: Vec<char> = text.chars().collect();
    if all.len() <= 300 {
        return text;
    }
    let (head, tail): (String, String) = (all[..180].iter().collect(), all[all.len() - 110..].iter().collect());
    format!("{head} … {tail} ({} letters)", all.len())
}

/// Every line under one head, columns as wide as they must be.
pub(crate) fn print(readers: &[String], rows: &[Row]) {
    let mut lines = vec![["set", "field", "pages"].map(str::to_owned).to_vec()];
    lines[0].extend(readers.iter().cloned());
    lines[0].push("published; aim".to_owned());
    for row in rows {
        let mut line = vec![row.set.clone(), row.field.clone(), row.of.to_string()];
        line.extend(row.values.iter().cloned());
        line.resize(3 + readers.len(), String::new());
        line.push(row.beside.clone());
        lines.push(line);
    }
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..lines[0].len()).map(width).collect();
    for line in &lines {
        let mut out = String::new();
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let pad = " ".repeat(width - cell.chars().count());
            let number = (2..2 + 1 + readers.len()).contains(&column);
            let _ = if number { write!(out, "{pad}{cell}  ") } else { write!(out, "{cell}{pad}  ") };
        }
        println!("{}", out.trim_end());
    }
}

/// Three digits, as the published figures have them.
pub(crate) fn share(value: f64) -> String {
    format!("{value:.3}")
}
