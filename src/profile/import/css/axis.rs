//! One step of a path.

use super::condition::hold;
use super::position::{self, Position};
use super::spot::Spot;
use super::written::name;
use super::{Axis, Because, Step, Test, sized};

/// The places that a step leads to.
pub(super) fn step(spots: Vec<Spot>, step: &Step) -> Result<Vec<Spot>, Because> {
    let mut out = Vec::new();
    for spot in spots {
        out.extend(from(&spot, step)?);
    }
    sized(out)
}

fn from(spot: &Spot, step: &Step) -> Result<Vec<Spot>, Because> {
    let axis = match (step.deep, step.axis) {
        (false, axis) => axis,
        (true, Axis::Itself) if !spot.document => return from_deep_self(spot, step),
        (true, Axis::Child | Axis::Descendant | Axis::DescendantOrSelf | Axis::Itself) => Axis::Child,
        (true, _) => return Err("`//` before an axis other than child".to_owned()),
    };
    if spot.document && !matches!(axis, Axis::Child | Axis::Descendant | Axis::DescendantOrSelf) {
        return Err("nothing stands beside or above the document".to_owned());
    }
    let new = tested(&step.test);
    let written = |combinator: &str| -> Result<Spot, Because> {
        spot.without_words()?;
        Ok(Spot { before: format!("{}{combinator}", spot.written()), ..new.clone() })
    };
    match axis {
        Axis::Child if spot.document && step.deep => predicated(new, step),
        Axis::Child if spot.document => match new.tag.as_deref() {
            Some("html") => predicated(new, step),
            _ => Err("the document has no child but `html`".to_owned()),
        },
        Axis::Child if step.deep => predicated(written(" ")?, step),
        Axis::Child => predicated(written(" > ")?, step),
        Axis::Descendant | Axis::DescendantOrSelf if step.predicates.iter().any(|p| position::of(p).is_some()) => {
            Err("a position among all descendants".to_owned())
        }
        Axis::Descendant if spot.document => predicated(new, step),
        Axis::Descendant => predicated(written(" ")?, step),
        Axis::DescendantOrSelf => Ok([itself(spot, step)?, predicated(written(" ")?, step)?].concat()),
        Axis::Itself => itself(spot, step),
        Axis::Parent => around(new, spot, "> ", step),
        Axis::Ancestor => ancestor(new, spot, step),
        Axis::AncestorOrSelf => Ok([itself(spot, step)?, ancestor(new, spot, step)?].concat()),
        Axis::FollowingSibling => following(&new, spot, step),
        Axis::PrecedingSibling => preceding(&new, spot, step),
        Axis::Following => {
            let cur = spot.inside("")?;
            let roots = [written(" ~ ")?, Spot { before: format!(":has({cur}) ~ "), ..new.clone() }];
            with_descendants(&roots, &new, step)
        }
        Axis::Preceding => {
            let near = Spot { has: vec![spot.inside("~ ")?], ..new.clone() };
            let far = Spot { has: vec![spot.inside("~ * ")?], ..new.clone() };
            with_descendants(&[near, far], &new, step)
        }
        Axis::Attribute => Err("an attribute of elements that it does not name".to_owned()),
    }
}

/// `X//.`: the element and everything inside it.
fn from_deep_self(spot: &Spot, step: &Step) -> Result<Vec<Spot>, Because> {
    spot.without_words()?;
    let inner = Spot { before: format!("{} ", spot.written()), ..tested(&step.test) };
    Ok([itself(spot, step)?, predicated(inner, step)?].concat())
}

fn tested(test: &Test) -> Spot {
    let tag = match test {
        Test::Name(tag) => Some(name(tag)),
        Test::Any | Test::Text => None,
    };
    Spot { tag, ..Spot::default() }
}

fn predicated(spot: Spot, step: &Step) -> Result<Vec<Spot>, Because> {
    let mut spots = vec![spot];
    for predicate in &step.predicates {
        spots = match position::of(predicate) {
            Some(position) => {
                let placed: Result<Vec<Spot>, Because> =
                    spots.into_iter().map(|spot| position.among_siblings(spot)).collect();
                sized(placed?)?
            }
            None => hold(&spots, predicate)?,
        };
    }
    Ok(spots)
}

/// The element itself, under another condition. Of one element the first is the element.
fn itself(spot: &Spot, step: &Step) -> Result<Vec<Spot>, Because> {
    let mut spots = vec![match &step.test {
        Test::Name(tag) => spot.clone().with_tag(&name(tag))?,
        Test::Any | Test::Text => spot.clone(),
    }];
    for predicate in &step.predicates {
        match position::of(predicate) {
            Some(Position::Nth(1) | Position::FromLast(1)) => {}
            Some(_) => return Err("a position of one element".to_owned()),
            None => spots = hold(&spots, predicate)?,
        }
    }
    Ok(spots)
}

/// The elements that have the spot where `relation` says.
fn around(new: Spot, spot: &Spot, relation: &str, step: &Step) -> Result<Vec<Spot>, Because> {
    let around = Spot { has: vec![spot.inside(relation)?], ..new };
    let mut spots = vec![around];
    for predicate in &step.predicates {
        match position::of(predicate) {
            // Of one parent the first is the parent.
            Some(Position::Nth(1) | Position::FromLast(1)) => {}
            Some(_) => return Err("a position among what stands above an element".to_owned()),
            None => spots = hold(&spots, predicate)?,
        }
    }
    Ok(spots)
}

fn ancestor(new: Spot, spot: &Spot, step: &Step) -> Result<Vec<Spot>, Because> {
    let (nth, others) = split(step)?;
    match (nth, new.tag.is_none() && others.is_empty()) {
        (None, _) => around(new, spot, "", &Step { predicates: others, ..step.clone() }),
        (Some(1), true) => Ok(vec![Spot { has: vec![spot.inside("> ")?], ..new }]),
        (Some(n @ 2..=6), true) => {
            let relation = "> * ".repeat(n as usize - 1) + "> ";
            Ok(vec![Spot { has: vec![spot.inside(&relation)?], ..new }])
        }
        (Some(1), false) => nearest(&new, spot, "", " ", others),
        (Some(_), _) => Err("a position among what stands above an element".to_owned()),
    }
}

fn following(new: &Spot, spot: &Spot, step: &Step) -> Result<Vec<Spot>, Because> {
    let (nth, others) = split(step)?;
    let written = |combinator: &str| -> Result<Spot, Because> {
        spot.without_words()?;
        Ok(Spot { before: format!("{}{combinator}", spot.written()), ..new.clone() })
    };
    let others = Step { predicates: others, ..step.clone() };
    match (nth, new.tag.is_none() && others.predicates.is_empty()) {
        (None, _) => predicated(written(" ~ ")?, &others),
        (Some(n @ 1..=6), true) => Ok(vec![written(&(" + *".repeat(n as usize - 1) + " + "))?]),
        (Some(1), false) => {
            let mut out = Vec::new();
            for one in predicated(new.clone(), &others)? {
                if !one.is_plain() {
                    return Err("the first that holds among what stands behind an element".to_owned());
                }
                let (cur, bare) = (spot.written(), one.bare());
                let conditions = format!("{}:not({cur} ~ {bare} ~ {bare})", one.conditions);
                out.push(Spot { conditions, ..written(" ~ ")?.and(&Spot { tag: one.tag, ..Spot::default() })? });
            }
            Ok(out)
        }
        (Some(_), _) => Err("a position among what stands behind an element".to_owned()),
    }
}

fn preceding(new: &Spot, spot: &Spot, step: &Step) -> Result<Vec<Spot>, Because> {
    let (nth, others) = split(step)?;
    match (nth, new.tag.is_none() && others.is_empty()) {
        (None, _) => around(new.clone(), spot, "~ ", &Step { predicates: others, ..step.clone() }),
        (Some(n @ 1..=6), true) => {
            let relation = "+ * ".repeat(n as usize - 1) + "+ ";
            Ok(vec![Spot { has: vec![spot.inside(&relation)?], ..new.clone() }])
        }
        (Some(1), false) => nearest(new, spot, "~ ", " ~ ", others),
        (Some(_), _) => Err("a position among what stands before an element".to_owned()),
    }
}

/// The elements around or before a spot that have no other such between them and it.
fn nearest(
    new: &Spot,
    spot: &Spot,
    relation: &str,
    between: &str,
    others: Vec<super::Expr>,
) -> Result<Vec<Spot>, Because> {
    let inside = spot.inside("")?;
    let step = Step { deep: false, axis: Axis::Itself, test: Test::Any, predicates: others };
    let mut out = Vec::new();
    for mut one in itself(new, &step)? {
        if !one.is_plain() {
            return Err("the nearest of those that have something inside them".to_owned());
        }
        let bare = one.bare();
        one.conditions = format!("{}:not(:has({relation}{bare}{between}{inside}))", one.conditions);
        one.has.push(format!("{relation}{inside}"));
        out.push(one);
    }
    Ok(out)
}

/// The position that a step asks for, if it is its last or only predicate, and the others.
fn split(step: &Step) -> Result<(Option<u32>, Vec<super::Expr>), Because> {
    let Some((last, before)) = step.predicates.split_last() else { return Ok((None, Vec::new())) };
    let wrong = || "a position among what stands around an element".to_owned();
    let (nth, others) = match (position::of(last), step.predicates.first().map(position::of)) {
        (Some(Position::Nth(n)), _) => (Some(n), before.to_vec()),
        // Any other position, or the first of all if more holds of it.
        (Some(_), _) | (None, Some(Some(_))) => return Err(wrong()),
        (None, _) => (None, step.predicates.clone()),
    };
    if others.iter().any(|other| position::of(other).is_some()) {
        return Err(wrong());
    }
    Ok((nth, others))
}

/// Elements and what is inside them, each under the step's predicates.
fn with_descendants(roots: &[Spot], new: &Spot, step: &Step) -> Result<Vec<Spot>, Because> {
    if step.predicates.iter().any(|p| position::of(p).is_some()) {
        return Err("a position among everything before or behind an element".to_owned());
    }
    let mut out = Vec::new();
    for root in roots {
        out.extend(predicated(root.clone(), step)?);
        if new.tag.is_some() || !step.predicates.is_empty() {
            let any = Spot { tag: None, ..root.clone() };
            out.extend(predicated(Spot { before: format!("{} ", any.written()), ..new.clone() }, step)?);
        }
    }
    Ok(out)
}
