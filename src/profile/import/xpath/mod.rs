//! The part of XPath 1.0 that rule files use, as a tree. Nothing is evaluated here.

mod parse;
#[cfg(test)]
mod tests;
mod token;

pub(super) use parse::parse;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    Or(Vec<Expr>),
    And(Vec<Expr>),
    Compare(Operator, Box<Expr>, Box<Expr>),
    /// `|`.
    Union(Vec<Expr>),
    /// `$n + $m` and the like: the second is added, or taken away.
    Sum {
        of: Box<Expr>,
        add: bool,
        to: Box<Expr>,
    },
    Path(Path),
    /// An expression in parentheses with predicates or steps behind it.
    Filtered {
        of: Box<Expr>,
        predicates: Vec<Expr>,
        then: Vec<Step>,
    },
    Call(String, Vec<Expr>),
    Text(String),
    Number(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

/// Steps from a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    /// From the document, not from where the expression stands.
    pub(super) absolute: bool,
    pub(super) steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    /// `//` stands before it.
    pub(super) deep: bool,
    pub(super) axis: Axis,
    pub(super) test: Test,
    pub(super) predicates: Vec<Expr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    Child,
    Descendant,
    DescendantOrSelf,
    Itself,
    Parent,
    Ancestor,
    AncestorOrSelf,
    FollowingSibling,
    PrecedingSibling,
    Following,
    Preceding,
    Attribute,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    /// `*`, or `node()` where only elements can be meant.
    Any,
    Name(String),
    Text,
}

/// Why an expression is none that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NotRead(pub(super) String);
