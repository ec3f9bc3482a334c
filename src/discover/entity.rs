//! Character references, as HTML reads them: feeds use its names whether XML knows them or not.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The longest reference looked at, between `&` and `;`.
const MAX_NAME: usize = 40;

/// A reference at the head of `text` (which begins with `&`): what it stands for, and its length. `None` where there is none.
pub(super) fn at_head(text: &str) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let end = bytes.iter().take(MAX_NAME).position(|byte| *byte == b';')?;
    let name = text.get(1..end)?;
    let meaning = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => named(text.get(1..=end)?)?,
    };
    Some((meaning, end + 1))
}

fn numbered(number: &str) -> Option<String> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    // Not a number at all is no reference; one that names no character is a reference to nothing.
    let code = match code {
        Ok(code) => code,
        Err(_) if number.bytes().all(|b| b.is_ascii_hexdigit() || b == b'x') && !number.is_empty() => {
            return Some(String::new());
        }
        Err(_) => return None,
    };
    let meant = match code {
        0x80..=0x9f => C1_REPLACEMENTS[usize::try_from(code - 0x80).unwrap_or(0)],
        _ => char::from_u32(code),
    };
    Some(meant.filter(|c| !c.is_control() || c.is_whitespace()).map(String::from).unwrap_or_default())
}

fn named(name_with_end: &str) -> Option<String> {
    let &(first, second) = NAMED_ENTITIES.get(name_with_end)?;
    let text: String = [first, second].into_iter().filter(|c| *c != 0).filter_map(char::from_u32).collect();
    (!text.is_empty()).then_some(text)
}

/// The text with its references replaced, once.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(ampersand) = rest.find('&') {
        out.push_str(&rest[..ampersand]);
        rest = &rest[ampersand..];
        if let Some((meaning, length)) = at_head(rest) {
            out.push_str(&meaning);
            rest = &rest[length..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A headline that may be HTML, as text: tags taken out, references replaced.
pub(super) fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') {
            out.push('<');
            rest = &rest[1..];
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        out.push(' ');
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    unescape(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_as_html_reads_them() {
        for (text, meaning) in [
            ("L&rsquo;&Eacute;tat &amp; &quot;x&quot;", "L’État & \"x\""),
            ("&#233;&#xE9;&#146;", "éé’"),
            ("&#0;&#x110000;&#99999999999;x", "x"),
            ("AT&T & co; &inconnu; &#zz;", "AT&T & co; &inconnu; &#zz;"),
            ("&amp;eacute;", "&eacute;"),
        ] {
            assert_eq!(unescape(text), meaning, "{text}");
        }
    }

    #[test]
    fn headlines_lose_their_tags_and_keep_what_only_looks_like_one() {
        assert_eq!(
            plain("Un <b class=\"x\">titre</b>&nbsp;!").split_whitespace().collect::<Vec<_>>(),
            ["Un", "titre", "!"]
        );
        assert_eq!(plain("2 < 3 et 4 > 1"), "2 < 3 et 4 > 1");
        assert_eq!(plain("coupé <b"), "coupé <b");
    }
}
