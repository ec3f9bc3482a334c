//! What speaks for a learnt profile and what against it, for people and for programs.

use std::fmt::Write as _;

use serde_json::json;

use super::adopt::Adopted;
use crate::cli::Failure;
use crate::cli::out::{Out, print_json};
use crate::cli::words::{counted, harmless};
use crate::learn::{Break, Learnt, Row, Rule, Side, Tried};

/// Pages left out that are told by name.
const NAMED: usize = 12;

/// What was learnt and tried.
pub(super) struct Report {
    pub(super) learnt: Learnt,
    /// The redesign.
    pub(super) found: Option<Break>,
    /// Old and new on stored captures.
    pub(super) tried: Option<Tried>,
    /// What `--adopt` wrote.
    pub(super) adopted: Option<Adopted>,
}

impl Report {
    pub(super) fn of(learnt: Learnt) -> Self {
        Self { learnt, found: None, tried: None, adopted: None }
    }

    /// Did the trial find it better?
    pub(super) fn is_better(&self) -> bool {
        self.tried.as_ref().is_some_and(Tried::is_better)
    }

    pub(super) fn tell_json(&self, out: &mut Out, toml: &str) -> Result<(), Failure> {
        let trial = self.tried.as_ref().map(|tried| {
            json!({ "rows": tried.rows, "better": tried.is_better(),
            "read_otherwise": tried.read_otherwise })
        });
        let whole = json!({
            "profile": toml,
            "learnt": self.learnt,
            "weak": self.learnt.is_weak(),
            "redesign": self.found,
            "trial": trial,
            "adopted": self.adopted,
        });
        print_json(out, &whole)
    }

    /// For people, line by line.
    pub(super) fn told(&self) -> String {
        let mut out = String::new();
        let learnt = &self.learnt;
        let _ = writeln!(out, "learnt from {}", counted(learnt.pages.len() as u64, "page"));
        for (page, why) in learnt.left_out.iter().take(NAMED) {
            let _ = writeln!(out, "left out: {page}: {why}");
        }
        if learnt.left_out.len() > NAMED {
            let _ = writeln!(out, "left out: {} more", learnt.left_out.len() - NAMED);
        }
        if learnt.is_weak() {
            out.push_str("weak: fewer than three pages cannot tell a rule from chance; learn again from a dozen\n");
        }
        if let Some(found) = &self.found {
            redesign(&mut out, found);
        }
        for rule in learnt.rules.iter().chain(&learnt.drop).chain(&learnt.ends) {
            one(&mut out, rule);
        }
        if learnt.rules.is_empty() {
            out.push_str("no rule adds to griot's own: its own rules read these pages\n");
        }
        for block in &learnt.related {
            let shown =
                format!("on {} of {} pages, {} % link", block.evidence.held, block.evidence.tried, block.linked);
            let place = block.css.as_deref().map(|css| format!(" in {css}")).unwrap_or_default();
            let _ = writeln!(out, "  {:10} {}{place}  [{shown}]", "related", block.label);
        }
        for (pattern, evidence) in &learnt.shapes.paths {
            let _ = writeln!(out, "  {:10} {pattern}  [{} of {}]", "address", evidence.held, evidence.tried);
        }
        if let Some(tried) = &self.tried {
            table(&mut out, tried, self.found.is_some());
            self.verdict(&mut out, tried);
        }
        harmless(&out)
    }

    fn verdict(&self, out: &mut String, tried: &Tried) {
        match &self.adopted {
            Some(adopted) => {
                let former = adopted.former.as_ref().map(|kept| format!("; the former is {}", kept.display()));
                let _ = writeln!(out, "adopted as {}{}", adopted.file.display(), former.unwrap_or_default());
            }
            None if tried.is_better() => out.push_str("better; take it over with --adopt, or from standard output\n"),
            None => out.push_str("not better in one field and as good in all: it is not to be taken over\n"),
        }
    }
}

fn redesign(out: &mut String, found: &Break) {
    let (page, at) = &found.last_good;
    let _ = writeln!(out, "redesign: read as before until {at}, {page}");
    let _ = writeln!(out, "          not from {} on, {}", found.at, found.first_bad);
    for (what, captures) in &found.lost {
        let _ = writeln!(out, "          {what}: {} of {}", captures, counted(found.after as u64, "capture"));
    }
}

fn one(out: &mut String, rule: &Rule) {
    let attr = rule.attr.as_deref().map(|attr| format!(" @{attr}")).unwrap_or_default();
    let _ = writeln!(out, "  {:10} {}{attr}  [{}]", rule.field, rule.css, rule.evidence.told());
    for (page, found) in &rule.evidence.contradictions {
        let _ = writeln!(out, "  {:10} {page}: `{found}`", "");
    }
}

/// Old and new side by side.
fn table(out: &mut String, tried: &Tried, parted: bool) {
    let head = ["", "captures", "old found", "agrees", "new found", "agrees"];
    let mut lines: Vec<[String; 6]> = vec![head.map(str::to_owned)];
    for row in &tried.rows {
        let place = match (parted, row.after) {
            (false, _) => "",
            (true, false) => " before",
            (true, true) => " since",
        };
        let [old, old_agreed] = side(row, row.old);
        let [new, new_agreed] = side(row, row.new);
        lines.push([format!("{}{place}", row.field), row.tried.to_string(), old, old_agreed, new, new_agreed]);
    }
    let width = |n: usize| lines.iter().map(|line| line[n].chars().count()).max().unwrap_or(0);
    let widths: [usize; 6] = std::array::from_fn(width);
    for line in &lines {
        let cells = line.iter().zip(widths).enumerate();
        let cell = |(n, (text, width)): (usize, (&String, usize))| match n {
            0 => format!("{text:width$}"),
            _ => format!("  {text:>width$}"),
        };
        let _ = writeln!(out, "{}", cells.map(cell).collect::<String>().trim_end());
    }
    for page in &tried.read_otherwise {
        let _ = writeln!(out, "read otherwise, though from before: {page}");
    }
}

fn side(row: &Row, side: Side) -> [String; 2] {
    let agreed = if row.known > 0 { format!("{:.3}", side.agreed) } else { "–".to_owned() };
    [side.found.to_string(), agreed]
}
