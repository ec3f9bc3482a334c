//! What a condition asks something of: an attribute, an element's words, or something inside it.

use super::super::xpath::{Axis, Expr, Step, Test};
use super::written;
use super::{Because, Spot};

/// What `.` is where the condition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Here<'n> {
    Element,
    Attribute(&'n str),
    OwnText,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Subject {
    Attribute {
        name: String,
        /// Upper case is as good as lower case.
        any_case: bool,
        /// A space was put before it, and behind it.
        padded: (bool, bool),
    },
    /// The element's text, or its own text only.
    Words { itself: bool, any_case: bool },
    /// An attribute of elements on a path from here.
    Inner { steps: Vec<Step>, name: String, any_case: bool },
}

/// Reads what a condition's first argument means.
pub(super) fn subject(expr: &Expr, here: Here<'_>) -> Result<Subject, Because> {
    match expr {
        Expr::Path(path) if path.absolute => Err("it compares with another place of the page".to_owned()),
        Expr::Path(path) => of_steps(&path.steps, here),
        Expr::Call(name, arguments) => of_call(name, arguments, here),
        _ => Err("it asks something of what is neither an attribute nor words".to_owned()),
    }
}

fn of_steps(steps: &[Step], here: Here<'_>) -> Result<Subject, Because> {
    let words = |itself| Ok(Subject::Words { itself, any_case: false });
    let plain = |name: &str| Subject::Attribute { name: name.to_owned(), any_case: false, padded: (false, false) };
    let bare = |step: &&Step| !step.deep && step.predicates.is_empty();
    let steps: Vec<&Step> = steps.iter().collect();
    let is_here = |step: &Step| step.axis == Axis::Itself && step.test == Test::Any && step.predicates.is_empty();
    let steps = match steps.as_slice() {
        [first, rest @ ..] if is_here(first) && !rest.is_empty() => rest.to_vec(),
        _ => steps,
    };
    match steps.as_slice() {
        [step] if is_here(step) => match here {
            Here::Element => words(false),
            Here::OwnText => words(true),
            Here::Attribute(name) => Ok(plain(name)),
        },
        [step] if bare(step) && step.axis == Axis::Attribute => match &step.test {
            Test::Name(name) => Ok(plain(name)),
            _ => Err("it asks any attribute".to_owned()),
        },
        [step] if step.axis == Axis::Child && step.test == Test::Text && step.predicates.is_empty() => {
            words(!step.deep)
        }
        [before @ .., last] if last.axis == Axis::Attribute && bare(last) => match &last.test {
            Test::Name(name) => Ok(Subject::Inner {
                steps: before.iter().map(|step| (*step).clone()).collect(),
                name: name.clone(),
                any_case: false,
            }),
            _ => Err("it asks any attribute".to_owned()),
        },
        _ => Err("it asks the words of an element other than the one it means".to_owned()),
    }
}

fn of_call(name: &str, arguments: &[Expr], here: Here<'_>) -> Result<Subject, Because> {
    let here_itself = || Ok(Subject::Words { itself: here == Here::OwnText, any_case: false });
    match (name, arguments) {
        ("normalize-space" | "string", []) => match here {
            Here::Attribute(_) => Err("it asks an attribute's words".to_owned()),
            _ => here_itself(),
        },
        ("normalize-space" | "string", [inner]) => subject(inner, here),
        ("lower-case" | "upper-case", [inner]) => Ok(subject(inner, here)?.in_any_case()),
        ("translate", [inner, Expr::Text(from), Expr::Text(to)]) if from.to_lowercase() == to.to_lowercase() => {
            Ok(subject(inner, here)?.in_any_case())
        }
        ("concat", [Expr::Text(before), inner, Expr::Text(behind)]) if before == " " && behind == " " => {
            subject(inner, here)?.padded(true, true)
        }
        ("concat", [Expr::Text(before), inner]) if before == " " => subject(inner, here)?.padded(true, false),
        ("concat", [inner, Expr::Text(behind)]) if behind == " " => subject(inner, here)?.padded(false, true),
        _ => Err(format!("`{name}()` has no equal in a selector")),
    }
}

impl Subject {
    fn in_any_case(mut self) -> Self {
        match &mut self {
            Self::Attribute { any_case, .. } | Self::Words { any_case, .. } | Self::Inner { any_case, .. } => {
                *any_case = true;
            }
        }
        self
    }

    fn padded(self, front: bool, back: bool) -> Result<Self, Because> {
        match self {
            Self::Attribute { name, any_case, .. } => Ok(Self::Attribute { name, any_case, padded: (front, back) }),
            _ => Err("it puts spaces around what is no attribute".to_owned()),
        }
    }
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Equal,
    Contains,
    Begins,
    Ends,
}

/// A condition on an attribute.
pub(super) fn attribute(name: &str, any_case: bool, padded: (bool, bool), how: How, value: &str) -> String {
    let flag = if any_case { " i" } else { "" };
    let written_name = written::name(name);
    let is = |sign: &str, value: &str| format!("[{written_name}{sign}{}{flag}]", written::string(value));
    if how == How::Contains {
        let (front, back) = (padded.0 && value.starts_with(' '), padded.1 && value.ends_with(' '));
        let inner = value.trim_matches(' ');
        match (front, back, inner.contains(char::is_whitespace)) {
            (true, true, false) if !inner.is_empty() => {
                return match name {
                    "class" if !any_case && written::is_plain(inner) => format!(".{inner}"),
                    _ => is("~=", inner),
                };
            }
            (true, false, _) => return format!(":is({}, {})", is("^=", inner), is("*=", value)),
            (false, true, _) => return format!(":is({}, {})", is("$=", inner), is("*=", value)),
            (true, true, _) => return is("*=", inner),
            (false, false, _) => {}
        }
    }
    match how {
        How::Equal if name == "id" && !any_case && written::is_plain(value) => format!("#{value}"),
        How::Equal => is("=", value),
        // Everything contains nothing, and CSS says that nothing does.
        _ if value.is_empty() => format!("[{written_name}]"),
        How::Contains => is("*=", value),
        How::Begins => is("^=", value),
        How::Ends => is("$=", value),
    }
}

/// A condition on an element's words.
pub(super) fn words(itself: bool, any_case: bool, how: How, value: &str) -> Spot {
    let found = written::pattern(value);
    let found = match how {
        How::Equal => format!("^{found}$"),
        How::Contains => found,
        How::Begins => format!("^{found}"),
        How::Ends => format!("{found}$"),
    };
    let found = if any_case { format!("(?i){found}") } else { found };
    if itself {
        Spot { says_itself: Some(found), ..Spot::default() }
    } else {
        Spot { says: Some(found), ..Spot::default() }
    }
}
