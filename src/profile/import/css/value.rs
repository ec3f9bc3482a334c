//! What an expression gives: elements, a text cut out of them, or one text for every page.

use super::super::xpath::Expr;
use super::{Because, Picked, picked, position, written};

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Value {
    /// Of elements, cut by a pattern.
    Of {
        picked: Picked,
        /// A pattern whose first group is the value.
        text: Option<String>,
        /// Only the nth, from 1.
        nth: Option<u32>,
        /// A text into which the value is put, at `{}`.
        into: Option<String>,
    },
    /// The same everywhere.
    Fixed(String),
}

/// What an expression gives, in the order tried.
pub(in super::super) fn values(expr: &Expr) -> Result<Vec<Value>, Because> {
    cut(expr, &[])
}

/// A cut: behind a text, or before one.
#[derive(Debug, Clone, Copy)]
enum Cut<'e> {
    After(&'e str),
    Before(&'e str),
}

/// The values of an expression; `cuts` are made in their outcome, the last one first.
fn cut<'e>(expr: &'e Expr, cuts: &[Cut<'e>]) -> Result<Vec<Value>, Because> {
    let with = |more: Cut<'e>| [cuts, &[more]].concat();
    match expr {
        Expr::Text(text) if cuts.is_empty() => Ok(vec![Value::Fixed(text.clone())]),
        Expr::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
            ("string" | "normalize-space", [of]) => Ok(cut(of, cuts)?.into_iter().map(Value::only_first).collect()),
            ("substring-after", [of, Expr::Text(mark)]) => cut(of, &with(Cut::After(mark))),
            ("substring-before", [of, Expr::Text(mark)]) => cut(of, &with(Cut::Before(mark))),
            ("concat", all) if cuts.is_empty() => concat(all),
            (name, _) => Err(format!("`{name}()` has no equal in a profile")),
        },
        Expr::Filtered { of, predicates, then } if then.is_empty() => match predicates.as_slice() {
            [position] if position::of(position).is_some() => match position::of(position) {
                Some(position::Position::Nth(n)) if n > 0 => {
                    let mut all = of_elements(of, cuts)?;
                    match all.as_mut_slice() {
                        [Value::Of { nth, .. }] => *nth = Some(n),
                        _ => return Err("one element of several alternatives".to_owned()),
                    }
                    Ok(all)
                }
                _ => Err("a position from the end of the page".to_owned()),
            },
            _ => of_elements(expr, cuts),
        },
        _ => of_elements(expr, cuts),
    }
}

/// A text put together: out of fixed ones, or around one value.
fn concat(parts: &[Expr]) -> Result<Vec<Value>, Because> {
    const HOLE: &str = "{}";
    let mut frame = String::new();
    let mut found = None;
    for part in parts {
        match part {
            Expr::Text(text) if text.contains(HOLE) => return Err("it writes `{}`".to_owned()),
            Expr::Text(text) => frame.push_str(text),
            _ if found.is_some() => return Err("it puts a text together out of several values".to_owned()),
            other => {
                found = Some(cut(other, &[])?);
                frame.push_str(HOLE);
            }
        }
    }
    let Some(values) = found else { return Ok(vec![Value::Fixed(frame)]) };
    let framed = |value: Value| match value {
        Value::Of { picked, text, nth, into: None } => {
            Ok(Value::Of { picked, text, nth: nth.or(Some(1)), into: Some(frame.clone()) })
        }
        _ => Err("it puts together what was put together".to_owned()),
    };
    values.into_iter().map(framed).collect()
}

fn of_elements(expr: &Expr, cuts: &[Cut<'_>]) -> Result<Vec<Value>, Because> {
    let text = pattern(cuts)?;
    Ok(picked(expr)?
        .into_iter()
        .map(|picked| Value::Of { picked, text: text.clone(), nth: None, into: None })
        .collect())
}

/// The pattern of cuts: the innermost, which is made first, stands last.
fn pattern(cuts: &[Cut<'_>]) -> Result<Option<String>, Because> {
    let mark = |text: &str| {
        let found = written::pattern(text);
        if found.is_empty() {
            return r"\s+".to_owned();
        }
        let front = if text.starts_with(char::is_whitespace) { r"(?:^|\s+)" } else { "" };
        let back = if text.ends_with(char::is_whitespace) { r"(?:\s+|$)" } else { "" };
        format!("{front}{found}{back}")
    };
    if cuts.iter().any(|cut| matches!(cut, Cut::After("") | Cut::Before(""))) {
        return Err("it cuts at nothing".to_owned());
    }
    Ok(match cuts {
        [] => None,
        [Cut::After(a)] => Some(format!("(?s){}(.+)$", mark(a))),
        [Cut::Before(b)] => Some(format!("(?s)^(.+?){}", mark(b))),
        [Cut::Before(b), Cut::After(a)] | [Cut::After(a), Cut::Before(b)] => {
            Some(format!("(?s){}(.+?){}", mark(a), mark(b)))
        }
        [Cut::After(b), Cut::After(a)] => Some(format!("(?s){}.*?{}(.+)$", mark(a), mark(b))),
        [Cut::Before(c), Cut::After(b), Cut::After(a)] => {
            Some(format!("(?s){}.*?{}(.+?){}", mark(a), mark(b), mark(c)))
        }
        _ => return Err("it cuts a text more than three times".to_owned()),
    })
}

impl Value {
    /// A text is asked of elements: it is that of the first.
    fn only_first(self) -> Self {
        match self {
            Self::Of { picked, text, nth, into } => Self::Of { picked, text, nth: nth.or(Some(1)), into },
            fixed @ Self::Fixed(_) => fixed,
        }
    }
}
