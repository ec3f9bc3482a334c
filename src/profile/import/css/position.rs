//! Positions: `[1]`, `[last()]`, `[position() > 2]`.

use super::super::xpath::Operator;
use super::spot::Spot;
use super::{Because, Expr};

/// Higher positions than this have no selector that anybody reads.
const HIGHEST: u32 = 6;

/// Which of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// The nth, from 1.
    Nth(u32),
    /// The nth from the end, from 1.
    FromLast(u32),
    /// Those behind the nth.
    After(u32),
    /// The first n.
    UpTo(u32),
    /// All but the nth.
    Not(u32),
    /// All but the last.
    NotLast,
}

/// The position that a predicate asks for, if it asks for one.
pub(super) fn of(predicate: &Expr) -> Option<Position> {
    match predicate {
        Expr::Number(n) => Some(Position::Nth(*n)),
        Expr::Call(name, arguments) if name == "last" && arguments.is_empty() => Some(Position::FromLast(1)),
        Expr::Call(name, arguments) if name == "not" => match of(arguments.first()?)? {
            Position::Nth(n) => Some(Position::Not(n)),
            Position::FromLast(1) => Some(Position::NotLast),
            Position::After(n) => Some(Position::UpTo(n)),
            Position::UpTo(n) => Some(Position::After(n)),
            _ => None,
        },
        Expr::Sum { .. } => last(predicate).map(Position::FromLast),
        Expr::Compare(operator, left, right) if is_position(left) => compared(*operator, right),
        Expr::Compare(operator, left, right) if is_position(right) => compared(turned(*operator), left),
        _ => None,
    }
}

fn is_position(expr: &Expr) -> bool {
    matches!(expr, Expr::Call(name, arguments) if name == "position" && arguments.is_empty())
}

/// `last()` is 1, `last() - 1` is 2.
fn last(expr: &Expr) -> Option<u32> {
    match expr {
        Expr::Call(name, _) if name == "last" => Some(1),
        Expr::Sum { of, add: false, to } => match (last(of)?, to.as_ref()) {
            (1, Expr::Number(n)) => n.checked_add(1),
            _ => None,
        },
        _ => None,
    }
}

fn compared(operator: Operator, with: &Expr) -> Option<Position> {
    let Expr::Number(n) = with else {
        return match (operator, last(with)?) {
            (Operator::Equal, n) => Some(Position::FromLast(n)),
            (Operator::Unequal | Operator::Less, 1) => Some(Position::NotLast),
            _ => None,
        };
    };
    match operator {
        Operator::Equal => Some(Position::Nth(*n)),
        Operator::Unequal => Some(Position::Not(*n)),
        Operator::More => Some(Position::After(*n)),
        Operator::MoreOrEqual => Some(Position::After(n.checked_sub(1)?)),
        Operator::Less => Some(Position::UpTo(n.checked_sub(1)?)),
        Operator::LessOrEqual => Some(Position::UpTo(*n)),
    }
}

fn turned(operator: Operator) -> Operator {
    match operator {
        Operator::Less => Operator::More,
        Operator::LessOrEqual => Operator::MoreOrEqual,
        Operator::More => Operator::Less,
        Operator::MoreOrEqual => Operator::LessOrEqual,
        same => same,
    }
}

impl Position {
    /// Holds a place to its position among those of its siblings that hold what was asked so far.
    pub(super) fn among_siblings(self, spot: Spot) -> Result<Spot, Because> {
        let condition = if spot.conditions.is_empty() && spot.is_plain_but_for_before() {
            self.counted(spot.tag.is_some())
        } else if spot.is_plain_but_for_before() {
            self.chained(&spot.bare())?
        } else {
            return Err("a position among elements that have something inside them".to_owned());
        };
        Ok(Spot { conditions: spot.conditions.clone() + &condition, ..spot })
    }

    fn counted(self, of_type: bool) -> String {
        let kind = if of_type { "of-type" } else { "child" };
        match self {
            Self::Nth(n) => format!(":nth-{kind}({n})"),
            Self::FromLast(1) => format!(":last-{kind}"),
            Self::FromLast(n) => format!(":nth-last-{kind}({n})"),
            Self::After(n) => format!(":nth-{kind}(n+{})", n.saturating_add(1)),
            Self::UpTo(n) => format!(":nth-{kind}(-n+{n})"),
            Self::Not(n) => format!(":not(:nth-{kind}({n}))"),
            Self::NotLast => format!(":not(:last-{kind})"),
        }
    }

    /// CSS counts siblings by their type only: among others, one is behind as many of its like.
    fn chained(self, like: &str) -> Result<String, Because> {
        let behind = |n: u32| vec![like; n as usize + 1].join(" ~ ");
        match self {
            Self::Nth(1) | Self::UpTo(1) => Ok(format!(":not({})", behind(1))),
            Self::Nth(n @ 2..=HIGHEST) => Ok(format!(":is({}):not({})", behind(n - 1), behind(n))),
            Self::UpTo(n @ 2..=HIGHEST) => Ok(format!(":not({})", behind(n))),
            Self::After(n @ 1..=HIGHEST) | Self::Not(n @ 1) => Ok(format!(":is({})", behind(n))),
            Self::FromLast(1) => Ok(format!(":not(:has(~ {like}))")),
            Self::NotLast => Ok(format!(":has(~ {like})")),
            _ => Err("a position that CSS cannot count".to_owned()),
        }
    }
}

impl Spot {
    fn is_plain_but_for_before(&self) -> bool {
        self.has.is_empty() && self.says.is_none() && self.says_itself.is_none()
    }
}
