//! What of a rule file a layout can say, and what not.

use std::collections::BTreeMap;

use url::Url;

use super::carry;
use super::lines::{Line, Unread, cut};
use super::write::Rule;

/// A line that a profile cannot say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// From 1.
    pub line: usize,
    /// As it stands, cut to a line.
    pub text: String,
    /// Why.
    pub because: String,
}

/// How many lines of each directive went where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Carried over.
    pub carried: usize,
    /// Nothing to carry: griot does so anyway, or has no such stage.
    pub unneeded: usize,
    /// Left for a person.
    pub left: usize,
}

/// A layout in the making.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) fields: BTreeMap<&'static str, Vec<Rule>>,
    pub(super) drop: Vec<Rule>,
    pub(super) drop_images: Vec<Rule>,
    pub(super) headers: BTreeMap<String, (String, usize)>,
    pub(super) finds: Vec<(String, usize)>,
    pub(super) replaces: Vec<(String, usize)>,
    pub(super) structured: Option<usize>,
    /// The rules stand alone: nothing is found by griot's own where they find nothing.
    pub(super) alone: bool,
    pub(super) tests: Vec<(Url, Vec<String>)>,
    pub(super) unneeded: Vec<(usize, String)>,
    pub(super) left: Vec<Left>,
    pub(super) tally: BTreeMap<String, Tally>,
    hosts: Vec<String>,
    /// Field and how many of its rules the last link gave, for the condition that may follow it.
    last_link: Option<(&'static str, usize)>,
}

/// What became of a line.
pub(super) enum Came {
    Carried,
    Unneeded(&'static str),
    Left(String),
    /// A comment on the tests.
    Noted,
    /// One half of a replacement: judged when all are read.
    Half,
}

impl Draft {
    /// Takes the lines of a file.
    pub(super) fn of(lines: Vec<Result<Line, Unread>>, tests: &[Url], hosts: &[String]) -> Self {
        let mut draft = Self { alone: says_alone(&lines), hosts: hosts.to_vec(), ..Self::default() };
        draft.tests = tests.iter().map(|url| (url.clone(), Vec::new())).collect();
        let mut test = 0;
        for line in lines {
            match line {
                Ok(line) => {
                    test += usize::from(line.directive == "test_url" && Url::parse(&line.value).is_ok());
                    draft.take(&line, test);
                }
                Err(unread) => draft.leave("no directive", unread.number, unread.text, unread.because.to_owned()),
            }
        }
        carry::replacements(&mut draft);
        draft
    }

    fn take(&mut self, line: &Line, test: usize) {
        if line.directive == "test_contains" {
            if let Some((_, contains)) = test.checked_sub(1).and_then(|at| self.tests.get_mut(at)) {
                contains.push(cut(&line.value));
            }
            return;
        }
        let came = carry::line(self, line);
        self.count(line, came);
    }

    /// Books what became of a line.
    pub(super) fn count(&mut self, line: &Line, came: Came) {
        let tally = self.tally.entry(line.directive.clone()).or_default();
        match came {
            Came::Carried => tally.carried += 1,
            Came::Unneeded(why) => {
                tally.unneeded += 1;
                self.unneeded.push((line.number, format!("{}: {why}", line.directive)));
            }
            Came::Left(because) => {
                let argument = line.argument.as_ref().map(|a| format!("({a})")).unwrap_or_default();
                let text = cut(&format!("{}{argument}: {}", line.directive, line.value));
                self.leave(&line.directive.clone(), line.number, text, because);
            }
            Came::Noted | Came::Half => {}
        }
    }

    fn leave(&mut self, directive: &str, line: usize, text: String, because: String) {
        // What a hostile file calls a directive is not told one by one.
        let name = if self.tally.len() < 100 || self.tally.contains_key(directive) { directive } else { "others" };
        self.tally.entry(name.to_owned()).or_default().left += 1;
        self.left.push(Left { line, text, because });
    }

    /// Is the address on a host of the site?
    pub(super) fn is_of_site(&self, address: &str) -> bool {
        let url = Url::parse(address).ok();
        url.as_ref().and_then(Url::host_str).is_some_and(|host| self.hosts.iter().any(|own| own == host))
    }

    /// Adds rules to a field.
    pub(super) fn add(&mut self, field: &'static str, rules: Vec<Rule>) {
        self.last_link = matches!(field, "single_page" | "next_page").then_some((field, rules.len()));
        self.fields.entry(field).or_default().extend(rules);
    }

    /// The rules of the link that stands before a condition; none may be left without it.
    pub(super) fn take_last_link(&mut self) -> Option<(&'static str, Vec<Rule>)> {
        let (field, count) = self.last_link.take()?;
        let rules = self.fields.get_mut(field)?;
        Some((field, rules.split_off(rules.len().checked_sub(count)?)))
    }

    /// The link that a line was is another kind of line.
    pub(super) fn recount(&mut self, field: &str, line: usize, text: String, because: String) {
        let directive = format!("{field}_link");
        if let Some(tally) = self.tally.get_mut(&directive) {
            tally.carried = tally.carried.saturating_sub(1);
        }
        self.leave(&directive, line, text, because);
    }
}

fn says_alone(lines: &[Result<Line, Unread>]) -> bool {
    let off = |line: &&Line| line.directive == "autodetect_on_failure" && carry::is_no(&line.value);
    lines.iter().flatten().any(|line| off(&line))
}
