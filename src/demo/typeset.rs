//! French typography, so that the files can be typed on any keyboard.

/// Sets typed text as a French daily prints it: the apostrophe `’`, U+202F before `; ! ?` and inside numbers,
/// U+00A0 before `: » %` and after `«`; newlines become spaces.
pub(super) fn typeset(typed: &str) -> String {
    let letters: Vec<char> = typed.chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
    let set = |(at, &c): (usize, &char)| match c {
        '\'' => '’',
        ' ' => space(&letters[..at], &letters[at + 1..]),
        other => other,
    };
    letters.iter().enumerate().map(set).collect()
}

fn space(before: &[char], after: &[char]) -> char {
    match (before.last(), after) {
        (_, [';' | '!' | '?', ..]) => '\u{202f}',
        (Some('«'), _) | (_, [':' | '»' | '%', ..]) => '\u{a0}',
        (Some('0'..='9'), _) if is_group(after) => '\u{202f}',
        _ => ' ',
    }
}

/// Do the text's next characters end a number of thousands?
fn is_group(after: &[char]) -> bool {
    after.iter().take_while(|c| c.is_ascii_digit()).count() == 3
}

#[cfg(test)]
mod tests {
    use super::typeset;

    #[test]
    fn spaces_and_apostrophes_are_set_the_french_way() {
        let set = typeset("« L'eau ? » : 12 500 m, 8 %, 24 h ; et 3 vols en 2026 !\nVoilà");
        assert_eq!(
            set,
            "«\u{a0}L’eau\u{202f}?\u{a0}»\u{a0}: 12\u{202f}500 m, 8\u{a0}%, 24 h\u{202f}; et 3 vols en 2026\u{202f}! Voilà"
        );
    }
}
