//! One table: a line for each set and field, a column for each reader.

use std::fmt::Write as _;

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

/// Every line under one head, columns as wide as they must be.
pub(crate) fn print(readers: &[String], rows: &[Row]) {
    let mut head = ["set", "field", "of"].map(str::to_owned).to_vec();
    head.extend(readers.iter().cloned());
    head.push("published; aim".to_owned());
    let mut lines = vec![head];
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
        println!("{}", aligned(line, &widths).trim_end());
    }
}

/// Words to the left, numbers to the right.
fn aligned(line: &[String], widths: &[usize]) -> String {
    let mut out = String::new();
    for (column, (cell, width)) in line.iter().zip(widths).enumerate() {
        let pad = " ".repeat(width - cell.chars().count());
        let number = column >= 2 && column + 1 < line.len();
        let _ = if number { write!(out, "{pad}{cell}  ") } else { write!(out, "{cell}{pad}  ") };
    }
    out
}
