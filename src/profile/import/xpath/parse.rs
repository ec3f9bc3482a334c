//! Tokens as a tree: a descent as deep as an expression may be nested, and no deeper.

use super::token::{Token, tokens};
use super::{Axis, Expr, NotRead, Operator, Path, Step, Test};

/// Bytes of an expression: the longest that people write have a few hundred.
const LONGEST: usize = 4096;
/// Parentheses and brackets inside one another.
const DEEPEST: usize = 24;

/// Reads an expression.
///
/// # Errors
/// When it is not XPath 1.0, or longer or deeper than anybody writes it.
pub(in super::super) fn parse(said: &str) -> Result<Expr, NotRead> {
    if said.len() > LONGEST {
        return Err(NotRead(format!("it is longer than {LONGEST} bytes")));
    }
    let mut reader = Reader { tokens: tokens(said)?, at: 0, depth: 0 };
    let expr = reader.or()?;
    match reader.peek() {
        None => Ok(expr),
        Some(token) => Err(NotRead(format!("{} stands where it should end", shown(token)))),
    }
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

fn shown(token: &Token) -> String {
    match token {
        Token::Name(name) => format!("`{name}`"),
        Token::Text(text) => format!("'{text}'"),
        Token::Number(number) => format!("`{number}`"),
        Token::Sign(sign) => format!("`{sign}`"),
    }
}

impl Reader {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn is(&self, sign: &str) -> bool {
        matches!(self.peek(), Some(Token::Sign(s)) if *s == sign)
    }

    fn take(&mut self, sign: &str) -> bool {
        let is = self.is(sign);
        self.at += usize::from(is);
        is
    }

    fn word(&mut self, word: &str) -> bool {
        let is = matches!(self.peek(), Some(Token::Name(name)) if name == word);
        self.at += usize::from(is);
        is
    }

    fn expect(&mut self, sign: &str) -> Result<(), NotRead> {
        if self.take(sign) { Ok(()) } else { Err(self.missing(sign)) }
    }

    fn missing(&self, what: &str) -> NotRead {
        let there = self.peek().map_or_else(|| "its end".to_owned(), shown);
        NotRead(format!("`{what}` is missing before {there}"))
    }

    fn or(&mut self) -> Result<Expr, NotRead> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(NotRead(format!("it is nested more than {DEEPEST} deep")));
        }
        let mut all = vec![self.and()?];
        while self.word("or") {
            all.push(self.and()?);
        }
        self.depth -= 1;
        Ok(one_or(all, Expr::Or))
    }

    fn and(&mut self) -> Result<Expr, NotRead> {
        let mut all = vec![self.comparison()?];
        while self.word("and") {
            all.push(self.comparison()?);
        }
        Ok(one_or(all, Expr::And))
    }

    fn comparison(&mut self) -> Result<Expr, NotRead> {
        const OPERATORS: [(&str, Operator); 6] = [
            ("=", Operator::Equal),
            ("!=", Operator::Unequal),
            ("<", Operator::Less),
            ("<=", Operator::LessOrEqual),
            (">", Operator::More),
            (">=", Operator::MoreOrEqual),
        ];
        let left = self.sum()?;
        match OPERATORS.iter().find(|(sign, _)| self.take(sign)) {
            Some((_, operator)) => Ok(Expr::Compare(*operator, Box::new(left), Box::new(self.sum()?))),
            None => Ok(left),
        }
    }

    fn sum(&mut self) -> Result<Expr, NotRead> {
        let of = self.union()?;
        let add = self.is("+");
        if self.take("+") || self.take("-") {
            return Ok(Expr::Sum { of: Box::new(of), add, to: Box::new(self.union()?) });
        }
        Ok(of)
    }

    fn union(&mut self) -> Result<Expr, NotRead> {
        let mut all = vec![self.path()?];
        while self.take("|") {
            all.push(self.path()?);
        }
        Ok(one_or(all, Expr::Union))
    }

    fn path(&mut self) -> Result<Expr, NotRead> {
        let primary = match self.peek() {
            Some(Token::Text(text)) => Some(Expr::Text(text.clone())),
            Some(Token::Number(number)) => Some(Expr::Number(*number)),
            _ => None,
        };
        if let Some(primary) = primary {
            self.at += 1;
            return Ok(primary);
        }
        if self.take("(") {
            let of = self.or()?;
            self.expect(")")?;
            return self.filtered(of);
        }
        if let Some(call) = self.call()? {
            return self.filtered(call);
        }
        let (absolute, deep) = if self.take("//") { (true, true) } else { (self.take("/"), false) };
        let steps = self.steps(deep)?;
        Ok(Expr::Path(Path { absolute, steps }))
    }

    fn filtered(&mut self, of: Expr) -> Result<Expr, NotRead> {
        let predicates = self.predicates()?;
        let mut then = Vec::new();
        if self.is("/") || self.is("//") {
            let deep = self.take("//");
            if !deep {
                self.expect("/")?;
            }
            then = self.steps(deep)?;
        }
        if predicates.is_empty() && then.is_empty() {
            return Ok(of);
        }
        Ok(Expr::Filtered { of: Box::new(of), predicates, then })
    }

    /// A call of a function; tests of nodes look like one and are none.
    fn call(&mut self) -> Result<Option<Expr>, NotRead> {
        let (Some(Token::Name(name)), Some(Token::Sign("("))) = (self.peek(), self.tokens.get(self.at + 1)) else {
            return Ok(None);
        };
        if matches!(name.as_str(), "text" | "node" | "comment" | "processing-instruction") {
            return Ok(None);
        }
        let name = name.clone();
        self.at += 2;
        let mut arguments = Vec::new();
        if !self.take(")") {
            loop {
                arguments.push(self.or()?);
                if !self.take(",") {
                    break;
                }
            }
            self.expect(")")?;
        }
        Ok(Some(Expr::Call(name, arguments)))
    }

    fn steps(&mut self, deep: bool) -> Result<Vec<Step>, NotRead> {
        let mut steps = vec![self.step(deep)?];
        loop {
            if self.take("//") {
                steps.push(self.step(true)?);
            } else if self.take("/") {
                steps.push(self.step(false)?);
            } else {
                return Ok(steps);
            }
        }
    }

    fn step(&mut self, deep: bool) -> Result<Step, NotRead> {
        if self.take("..") {
            return Ok(Step { deep, axis: Axis::Parent, test: Test::Any, predicates: Vec::new() });
        }
        if self.take(".") {
            return Ok(Step { deep, axis: Axis::Itself, test: Test::Any, predicates: self.predicates()? });
        }
        let axis = self.axis()?;
        let test = self.test()?;
        Ok(Step { deep, axis, test, predicates: self.predicates()? })
    }

    fn axis(&mut self) -> Result<Axis, NotRead> {
        if self.take("@") {
            return Ok(Axis::Attribute);
        }
        let (Some(Token::Name(name)), Some(Token::Sign("::"))) = (self.peek(), self.tokens.get(self.at + 1)) else {
            return Ok(Axis::Child);
        };
        let axis = match name.as_str() {
            "child" => Axis::Child,
            "descendant" => Axis::Descendant,
            "descendant-or-self" => Axis::DescendantOrSelf,
            "self" => Axis::Itself,
            "parent" => Axis::Parent,
            "ancestor" => Axis::Ancestor,
            "ancestor-or-self" => Axis::AncestorOrSelf,
            "following-sibling" => Axis::FollowingSibling,
            "preceding-sibling" => Axis::PrecedingSibling,
            "following" => Axis::Following,
            "preceding" => Axis::Preceding,
            "attribute" => Axis::Attribute,
            other => return Err(NotRead(format!("`{other}::` is no axis that is known here"))),
        };
        self.at += 2;
        Ok(axis)
    }

    fn test(&mut self) -> Result<Test, NotRead> {
        if self.take("*") {
            return Ok(Test::Any);
        }
        let Some(Token::Name(name)) = self.peek() else { return Err(self.missing("a name")) };
        let name = name.clone();
        self.at += 1;
        if !self.is("(") {
            return Ok(Test::Name(name.to_lowercase()));
        }
        self.expect("(")?;
        self.expect(")")?;
        match name.as_str() {
            "text" => Ok(Test::Text),
            "node" => Ok(Test::Any),
            other => Err(NotRead(format!("`{other}()` is no element and no text"))),
        }
    }

    fn predicates(&mut self) -> Result<Vec<Expr>, NotRead> {
        let mut all = Vec::new();
        while self.take("[") {
            all.push(self.or()?);
            self.expect("]")?;
        }
        Ok(all)
    }
}

fn one_or(mut all: Vec<Expr>, many: impl FnOnce(Vec<Expr>) -> Expr) -> Expr {
    if all.len() == 1 { all.remove(0) } else { many(all) }
}
