//! What a predicate asks of an element, as conditions that a selector can have.

use super::super::xpath::{Axis, Expr, Operator, Step, Test};
use super::subject::{Here, How, Subject, attribute, subject, words};
use super::{ALTERNATIVES, Because, Ending, Spot, follow, sized, written};

/// Holds places to a predicate; one that is met in several ways makes several of each.
pub(super) fn hold(spots: &[Spot], predicate: &Expr) -> Result<Vec<Spot>, Because> {
    let conditions = conditions(predicate, Here::Element)?;
    each(spots, &conditions)
}

/// Holds places to having an attribute, and to what its predicates ask of it.
pub(super) fn on_attribute(spots: Vec<Spot>, name: &str, predicates: &[Expr]) -> Result<Vec<Spot>, Because> {
    predicates.iter().try_fold(spots, |spots, predicate| each(&spots, &conditions(predicate, Here::Attribute(name))?))
}

/// Holds places to what is asked of their own text.
pub(super) fn on_own_text(spots: Vec<Spot>, predicates: &[Expr]) -> Result<Vec<Spot>, Because> {
    if predicates.iter().any(|p| super::position::of(p).is_some()) {
        return Err("one of several pieces of text".to_owned());
    }
    predicates.iter().try_fold(spots, |spots, predicate| each(&spots, &conditions(predicate, Here::OwnText)?))
}

fn each(spots: &[Spot], conditions: &[Spot]) -> Result<Vec<Spot>, Because> {
    if spots.len() * conditions.len() > ALTERNATIVES {
        return Err(format!("more than {ALTERNATIVES} alternatives"));
    }
    let pairs = spots.iter().flat_map(|spot| conditions.iter().map(move |condition| spot.clone().and(condition)));
    sized(pairs.collect::<Result<Vec<Spot>, Because>>()?)
}

/// The ways in which an expression is true of an element.
fn conditions(expr: &Expr, here: Here<'_>) -> Result<Vec<Spot>, Because> {
    match expr {
        Expr::Or(all) => {
            let each: Result<Vec<_>, Because> = all.iter().map(|one| conditions(one, here)).collect();
            Ok(any_of(each?.concat()))
        }
        Expr::And(all) => {
            let start = vec![Spot::default()];
            all.iter().try_fold(start, |so_far, one| each(&so_far, &conditions(one, here)?))
        }
        Expr::Compare(operator, left, right) => compared(*operator, left, right, here),
        Expr::Call(name, arguments) => called(name, arguments, here),
        Expr::Path(path) if !path.absolute => exists(&path.steps, here),
        Expr::Path(_) => Err("it asks for something elsewhere on the page".to_owned()),
        Expr::Union(all) => {
            let each: Result<Vec<_>, Because> = all.iter().map(|one| conditions(one, here)).collect();
            Ok(any_of(each?.concat()))
        }
        Expr::Number(_) | Expr::Sum { .. } => Err("a position beside something else".to_owned()),
        Expr::Text(_) | Expr::Filtered { .. } => Err("it asks nothing of the element".to_owned()),
    }
}

/// Alternatives as one condition, where a selector or a pattern can say "or".
fn any_of(all: Vec<Spot>) -> Vec<Spot> {
    let plain = all.iter().all(|one| one.is_plain() && one.tag.is_none() && !one.conditions.is_empty());
    if plain && all.len() > 1 {
        let conditions: Vec<&str> = all.iter().map(|one| one.conditions.as_str()).collect();
        return vec![Spot { conditions: format!(":is({})", conditions.join(", ")), ..Spot::default() }];
    }
    let only = |words: fn(&Spot) -> Option<&String>| {
        let each: Option<Vec<&String>> = all.iter().map(words).collect();
        each.filter(|_| all.iter().all(|one| one.conditions.is_empty() && one.has.is_empty() && one.tag.is_none()))
    };
    let joined = |patterns: Vec<&String>| {
        Some(patterns.iter().map(|p| format!("(?:{p})")).collect::<Vec<_>>().join("|")).filter(|_| patterns.len() > 1)
    };
    if let Some(says) = only(|one| one.says.as_ref().filter(|_| one.says_itself.is_none())).and_then(joined) {
        return vec![Spot { says: Some(says), ..Spot::default() }];
    }
    if let Some(says) = only(|one| one.says_itself.as_ref().filter(|_| one.says.is_none())).and_then(joined) {
        return vec![Spot { says_itself: Some(says), ..Spot::default() }];
    }
    all
}

fn compared(operator: Operator, left: &Expr, right: &Expr, here: Here<'_>) -> Result<Vec<Spot>, Because> {
    let (of, value) = match (left, right) {
        (of, Expr::Text(value)) | (Expr::Text(value), of) => (of, value),
        (Expr::Call(name, arguments), Expr::Number(0)) if name == "count" && arguments.len() == 1 => {
            return match operator {
                Operator::Equal => none_of(&conditions(&arguments[0], here)?),
                Operator::More | Operator::Unequal => conditions(&arguments[0], here),
                _ => Err("a count of elements".to_owned()),
            };
        }
        _ => return Err("it compares with what is no text".to_owned()),
    };
    if let Expr::Call(name, arguments) = of
        && matches!(name.as_str(), "name" | "local-name")
        && arguments.is_empty()
        && operator == Operator::Equal
    {
        return Ok(vec![Spot { tag: Some(written::name(&value.to_lowercase())), ..Spot::default() }]);
    }
    let equal = asked(of, How::Equal, value, here)?;
    match operator {
        Operator::Equal => Ok(equal),
        // Of an attribute that is not there nothing is unequal.
        Operator::Unequal => each(&conditions(of, here)?, &none_of(&equal)?),
        _ => Err("it asks which text is greater".to_owned()),
    }
}

fn called(name: &str, arguments: &[Expr], here: Here<'_>) -> Result<Vec<Spot>, Because> {
    match (name, arguments) {
        ("contains", [of, Expr::Text(value)]) => asked(of, How::Contains, value, here),
        ("starts-with", [of, Expr::Text(value)]) => asked(of, How::Begins, value, here),
        ("ends-with", [of, Expr::Text(value)]) => asked(of, How::Ends, value, here),
        ("not", [of]) => none_of(&conditions(of, here)?),
        ("boolean", [of]) => conditions(of, here),
        ("string" | "normalize-space", _) => {
            let of = Expr::Call(name.to_owned(), arguments.to_vec());
            match subject(&of, here)? {
                Subject::Attribute { name, .. } => {
                    let name = written::name(&name);
                    let conditions = format!("[{name}]:not([{name}=\"\"])");
                    Ok(vec![Spot { conditions, ..Spot::default() }])
                }
                Subject::Words { itself, .. } => Ok(vec![words(itself, false, How::Contains, "").with_any_words()]),
                Subject::Inner { .. } => Err("it asks whether an attribute elsewhere is empty".to_owned()),
            }
        }
        _ => Err(format!("`{name}()` has no equal in a selector")),
    }
}

/// A comparison with a text.
fn asked(of: &Expr, how: How, value: &str, here: Here<'_>) -> Result<Vec<Spot>, Because> {
    match subject(of, here)? {
        Subject::Attribute { name, any_case, padded } => {
            Ok(vec![Spot { conditions: attribute(&name, any_case, padded, how, value), ..Spot::default() }])
        }
        Subject::Words { itself, any_case } => Ok(vec![words(itself, any_case, how, value)]),
        Subject::Inner { steps, name, any_case } => {
            let condition = attribute(&name, any_case, (false, false), how, value);
            inside(&steps, Some(condition))
        }
    }
}

/// That there is something on a path from here.
fn exists(steps: &[Step], here: Here<'_>) -> Result<Vec<Spot>, Because> {
    if let [Step { axis: Axis::Attribute, test: Test::Name(name), deep: false, predicates }] = steps {
        let has = Spot { conditions: format!("[{}]", written::name(name)), ..Spot::default() };
        return on_attribute(vec![has], name, predicates);
    }
    if let [Step { axis: Axis::Child, test: Test::Text, deep, predicates }] = steps {
        if predicates.is_empty() {
            return Ok(vec![words(!deep, false, How::Contains, "").with_any_words()]);
        }
        return on_own_text(vec![Spot::default()], predicates);
    }
    if here != Here::Element {
        return Err("it asks for something inside an attribute".to_owned());
    }
    inside(steps, None)
}

/// An element on a path from here, as a condition on the element here.
fn inside(steps: &[Step], condition: Option<String>) -> Result<Vec<Spot>, Because> {
    let (first, rest) = steps.split_first().ok_or_else(|| "it asks for nothing".to_owned())?;
    let with = |spots: Vec<Spot>| -> Vec<Spot> {
        let condition = condition.as_deref().unwrap_or_default();
        spots.into_iter().map(|spot| Spot { conditions: spot.conditions.clone() + condition, ..spot }).collect()
    };
    let beyond = |relation: &str, first: &Step| -> Result<Vec<Spot>, Because> {
        let start = Spot { document: true, ..Spot::default() };
        // A path that begins inside: its first step stands where `relation` says.
        let from = Step { deep: true, axis: Axis::Child, ..first.clone() };
        let all: Vec<Step> = std::iter::once(from).chain(rest.iter().cloned()).collect();
        let (spots, ending) = follow(vec![start], &all)?;
        let spots = match ending {
            None => with(spots),
            Some(Ending::Attr(name)) if condition.is_none() => {
                let has = format!("[{}]", written::name(&name));
                spots.into_iter().map(|s| Spot { conditions: s.conditions.clone() + &has, ..s }).collect()
            }
            Some(_) => return Err("it asks the words of an element other than the one it means".to_owned()),
        };
        let has = |spot: &Spot| {
            spot.without_words()?;
            Ok(Spot { has: vec![format!("{relation}{}", spot.flat()?)], ..Spot::default() })
        };
        spots.iter().map(has).collect()
    };
    match (first.axis, first.deep) {
        (Axis::Child, false) => beyond("> ", first),
        (Axis::Child | Axis::Descendant, _) => beyond("", first),
        (Axis::FollowingSibling, false) => match first.predicates.split_first() {
            Some((Expr::Number(1), others)) if first.test == Test::Any => {
                beyond("+ ", &Step { predicates: others.to_vec(), ..first.clone() })
            }
            _ => beyond("~ ", first),
        },
        (Axis::Itself, false) if first.predicates.is_empty() || rest.is_empty() => {
            let mut spots = vec![Spot::default()];
            if let Test::Name(tag) = &first.test {
                spots = vec![Spot { tag: Some(written::name(tag)), ..Spot::default() }];
            }
            for predicate in &first.predicates {
                spots = hold(&spots, predicate)?;
            }
            if rest.is_empty() { Ok(with(spots)) } else { each(&spots, &inside(rest, condition)?) }
        }
        (axis @ (Axis::Parent | Axis::Ancestor | Axis::PrecedingSibling), false) if rest.is_empty() => {
            above(axis, first, condition.as_deref().unwrap_or_default())
        }
        _ => Err("it asks for something around the element".to_owned()),
    }
}

/// Something above or before the element, as a condition on the element.
fn above(axis: Axis, step: &Step, condition: &str) -> Result<Vec<Spot>, Because> {
    let nearest = matches!(step.predicates.first(), Some(Expr::Number(1))) && step.test == Test::Any;
    let predicates = &step.predicates[usize::from(nearest)..];
    let combinator = match (axis, nearest) {
        (Axis::Parent, _) | (Axis::Ancestor, true) => " > ",
        (Axis::Ancestor, false) => " ",
        (_, true) => " + ",
        (_, false) => " ~ ",
    };
    let mut spots = vec![Spot::default()];
    if let Test::Name(tag) = &step.test {
        spots = vec![Spot { tag: Some(written::name(tag)), ..Spot::default() }];
    }
    for predicate in predicates {
        if super::position::of(predicate).is_some() {
            return Err("a position among what stands around the element".to_owned());
        }
        spots = hold(&spots, predicate)?;
    }
    let around = |spot: Spot| {
        spot.without_words()?;
        let spot = Spot { conditions: spot.conditions.clone() + condition, ..spot };
        Ok(Spot { conditions: format!(":is({}{combinator}*)", spot.compound()), ..Spot::default() })
    };
    spots.into_iter().map(around).collect()
}

/// That none of these is true.
fn none_of(all: &[Spot]) -> Result<Vec<Spot>, Because> {
    let mut conditions = String::new();
    for one in all {
        one.without_words().map_err(|_| "it asks that an element does not say something".to_owned())?;
        if one.is_plain() && one.tag.is_none() && one.conditions.is_empty() {
            return Err("it asks for what is never true".to_owned());
        }
        conditions = format!("{conditions}:not({})", one.compound());
    }
    Ok(vec![Spot { conditions, ..Spot::default() }])
}

impl Spot {
    /// The element has words at all.
    fn with_any_words(mut self) -> Self {
        for words in [&mut self.says, &mut self.says_itself].into_iter().flatten() {
            ".".clone_into(words);
        }
        self
    }

    /// A path inside an element, as `:has()` takes it.
    fn flat(&self) -> Result<String, Because> {
        let element = format!("{}{}", self.before, self.bare());
        match self.has.as_slice() {
            [] => Ok(element),
            [inside] => Ok(format!("{element} {inside}")),
            _ => Err("CSS has no `:has()` inside another".to_owned()),
        }
    }
}
