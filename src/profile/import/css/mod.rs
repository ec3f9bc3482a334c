//! XPath as CSS: what elements an expression means, as a profile's rules name them, or why they cannot.
//!
//! A path is followed step by step; [`Spot`] is the place that it has reached. What CSS has no words for (a position
//! among ancestors, words of an element inside another) is said and never guessed.

mod axis;
mod condition;
mod position;
mod spot;
mod subject;
#[cfg(test)]
mod tests;
mod value;
mod written;

use super::xpath::{Axis, Expr, NotRead, Path, Step, Test};
use spot::Spot;
pub(super) use value::{Value, values};
pub(super) use written::string;

/// More alternatives than this are no rule that anybody reads.
const ALTERNATIVES: usize = 24;

/// A selector of more bytes is read by nobody. Each step and each position may repeat all that stands before it.
const LONGEST: usize = 8 << 10;

/// Why an expression has no equal in a profile.
pub(super) type Because = String;

impl From<NotRead> for Because {
    fn from(not_read: NotRead) -> Self {
        format!("it is not XPath: {}", not_read.0)
    }
}

/// Elements, and what of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picked {
    pub(super) css: String,
    /// A pattern that the element's text matches.
    pub(super) says: Option<String>,
    /// A pattern that the element's own text matches, the elements inside it left out.
    pub(super) says_itself: Option<String>,
    /// The attribute meant, where it is not the element.
    pub(super) attr: Option<String>,
    /// Its own text is meant, and not that of the elements inside it.
    pub(super) itself: bool,
}

/// The places that a path means, with the attribute or own text of them if it ends so.
fn places(path: &Path) -> Result<(Vec<Spot>, Option<Ending>), Because> {
    let document = vec![Spot::document()];
    match path.steps.split_first() {
        _ if path.absolute => follow(document, &path.steps),
        // `.//p`: the rule files begin at the document.
        Some((Step { axis: Axis::Itself, test: Test::Any, .. }, rest)) if !rest.is_empty() => follow(document, rest),
        _ => Err("it does not begin at the document".to_owned()),
    }
}

/// What of an element a path ends in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Ending {
    Attr(String),
    OwnText,
}

fn follow(spots: Vec<Spot>, steps: &[Step]) -> Result<(Vec<Spot>, Option<Ending>), Because> {
    let mut spots = spots;
    for (at, step) in steps.iter().enumerate() {
        let last = at + 1 == steps.len();
        match (step.axis, &step.test) {
            (Axis::Attribute, Test::Name(name)) if last && !step.deep => {
                let spots = condition::on_attribute(spots, name, &step.predicates)?;
                return Ok((spots, Some(Ending::Attr(name.clone()))));
            }
            (Axis::Child, Test::Text) if last && !step.deep => {
                let spots = condition::on_own_text(spots, &step.predicates)?;
                return Ok((spots, Some(Ending::OwnText)));
            }
            (Axis::Child, Test::Text) if last => return Ok((spots, None)),
            (Axis::Attribute, _) => return Err("an attribute of elements that it does not name".to_owned()),
            (_, Test::Text) => return Err("text that something else is asked of".to_owned()),
            _ => spots = axis::step(spots, step)?,
        }
    }
    Ok((spots, None))
}

/// Places that a selector can still be written for.
fn sized(spots: Vec<Spot>) -> Result<Vec<Spot>, Because> {
    if spots.len() > ALTERNATIVES {
        return Err(format!("more than {ALTERNATIVES} alternatives"));
    }
    if spots.iter().any(|spot| spot.length() > LONGEST) {
        return Err(format!("a selector of more than {} KB", LONGEST >> 10));
    }
    Ok(spots)
}

/// The elements that an expression means.
fn picked(expr: &Expr) -> Result<Vec<Picked>, Because> {
    let (spots, ending) = match expr {
        Expr::Path(path) => places(path)?,
        Expr::Union(all) => {
            let each: Result<Vec<_>, _> = all.iter().map(picked).collect();
            return Ok(joined(each?.concat()));
        }
        Expr::Filtered { of, predicates, then } => {
            let Expr::Path(path) = of.as_ref() else { return Err("steps behind what is no path".to_owned()) };
            let (mut spots, None) = places(path)? else { return Err("steps behind an attribute".to_owned()) };
            for predicate in predicates {
                if position::of(predicate).is_some() {
                    return Err("steps behind one element of many".to_owned());
                }
                spots = condition::hold(&spots, predicate)?;
            }
            follow(spots, then)?
        }
        _ => return Err("it means no elements".to_owned()),
    };
    let (attr, itself) = match ending {
        Some(Ending::Attr(name)) => (Some(name), false),
        Some(Ending::OwnText) => (None, true),
        None => (None, false),
    };
    let of = |spot: Spot| {
        let css = spot.written();
        Picked { css, says: spot.says, says_itself: spot.says_itself, attr: attr.clone(), itself }
    };
    Ok(joined(spots.into_iter().map(of).collect()))
}

/// Elements of which the same is asked are one selector.
fn joined(all: Vec<Picked>) -> Vec<Picked> {
    let mut out: Vec<Picked> = Vec::new();
    for one in all {
        let asked = |p: &Picked| (p.says.clone(), p.says_itself.clone(), p.attr.clone(), p.itself);
        match out.iter_mut().find(|other| asked(other) == asked(&one)) {
            Some(other) => other.css = format!("{}, {}", other.css, one.css),
            None => out.push(one),
        }
    }
    out
}
