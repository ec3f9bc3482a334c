//! The page as its layout would have it: text that is another before it is parsed.

use std::borrow::Cow;

use crate::profile::rules::Replacement;

/// A page may grow to twice its size and this many bytes.
const MORE: usize = 1 << 20;

/// The page with every replacement made, one after the other, each in one pass.
///
/// # Errors
/// With the replacement that would make the page larger than any mended page is.
pub(super) fn all<'p>(page: &'p str, replacements: &[Replacement]) -> Result<Cow<'p, str>, String> {
    let most = page.len().saturating_mul(2).saturating_add(MORE);
    let mut out = Cow::Borrowed(page);
    for Replacement { find, with } in replacements {
        let found = out.matches(find.as_str()).count();
        if found == 0 {
            continue;
        }
        let size = out.len() - found * find.len() + found.saturating_mul(with.len());
        if size > most {
            let reason = format!("replacing `{find}` {found} times would make the page {size} bytes long");
            return Err(reason);
        }
        out = Cow::Owned(out.replace(find.as_str(), with));
    }
    Ok(out)
}
