//! griot's own rules: structured data and the elements whose meaning HTML defines. Every layout begins from them.

use std::sync::LazyLock;

use toml::de::DeTable;

use super::error::Problem;
use super::layout;
use super::rules::Rules;
use super::table::{Sheet, Table};

const SOURCE: &str = include_str!("defaults.toml");

/// griot's own rules, as they read a page of which no profile says anything.
#[must_use]
pub fn plain_rules() -> &'static Rules {
    static NONE: LazyLock<Rules> = LazyLock::new(Rules::default);
    RULES.as_ref().unwrap_or_else(|_| &NONE)
}

/// Read once: every layout has a copy, and the copies of a pattern share what it has learnt of the texts it has met.
static RULES: LazyLock<Result<Rules, Problem>> = LazyLock::new(read);

/// The rules that a layout takes for each field it does not give.
///
/// # Errors
/// Never with the file that is built in; a test holds that.
pub(super) fn rules() -> Result<Rules, Problem> {
    RULES.clone()
}

fn read() -> Result<Rules, Problem> {
    let broken = |what: String| Problem { line: 1, field: "defaults".into(), what, instead: "rebuild griot".into() };
    let parsed = DeTable::parse(SOURCE).map_err(|e| broken(e.to_string()))?;
    let sheet = Sheet::new(SOURCE);
    let table = Table::new(&sheet, "defaults".into(), &(0..0), parsed.get_ref());
    let rules = layout::rules(&table, &Rules::default(), &[]);
    table.finish();
    match sheet.problems().into_iter().next() {
        Some(problem) => Err(problem),
        None => Ok(rules),
    }
}
