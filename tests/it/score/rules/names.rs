//! Authors as a set of names.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::exact::letters;

/// What parts names where a set gives several as one text.
static PARTS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)[,;&/|]|\s(?:and|und|et|y|e|og|och|en)\s").unwrap());

/// The same names, in any order, letters and digits compared. `apart`: names that the set gives as one text, or the
/// reader does, are cut before they are compared.
pub(crate) fn names(wanted: &[String], said: &[String], apart: bool) -> bool {
    let whole = |names: &[String]| set(names.iter().map(String::as_str));
    let cut = |names: &[String]| set(names.iter().flat_map(|name| PARTS.split(name)));
    whole(wanted) == whole(said) || (apart && cut(wanted) == cut(said))
}

fn set<'n>(names: impl Iterator<Item = &'n str>) -> BTreeSet<String> {
    names.map(letters).filter(|name| !name.is_empty()).collect()
}
