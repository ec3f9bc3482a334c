//! "Lire aussi" and its kin: the labels that related links stand under, in the forms papers print them.

mod plain;
#[cfg(test)]
mod tests;
mod words;

use std::sync::LazyLock;

use super::pattern::pattern;
use plain::Plain;
use regex::{Captures, Regex};

/// A label begins a line within so many characters.
const HEAD: usize = 160;
/// A longer line is searched for labels up to here.
const LINE: usize = 20_000;
/// Labels looked at in one line.
const MOST: usize = 12;

/// The kinds of links that a label announces by itself, before anybody looks where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LabelKind {
    /// "Lire aussi": where it stands tells whether it is inline or at the end.
    ReadAlso,
    /// "Les articles de l'auteur".
    Author,
    /// "Les plus lus".
    Side,
}

/// A label found in a line; bytes of the line.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    pub(crate) kind: LabelKind,
    /// Where the label with the signs before it begins.
    pub(crate) start: usize,
    /// Where the label with the signs behind it ends.
    pub(crate) end: usize,
    /// As printed, without those signs.
    pub(crate) text: String,
    /// A sign that announces something (colon, arrow, quotation mark) follows.
    pub(crate) announced: bool,
    /// The label is too common a word to be believed without a link right behind it.
    pub(crate) weak: bool,
}

const BEFORE: &str = r"^[^a-z0-9]{0,8}";
const BEHIND: &str = r" ?(?P<sign>(?:[:»>→►▶…|]|\.{2,3}|[-–—])(?: ?[:»>→►▶])*)?[.*)\]]? ?";

static LABELS: LazyLock<[(LabelKind, bool, Regex); 5]> = LazyLock::new(|| {
    let built = |words: &[&str]| pattern(&format!("{BEFORE}(?P<label>{}){BEHIND}", words.join("|")));
    let phrase = format!(r"{BEFORE}(?P<label>{}) ?(?P<sign>[:>»→►]+) ?", words::PHRASE);
    [
        (LabelKind::Author, false, built(words::AUTHOR)),
        (LabelKind::Side, false, built(words::SIDE)),
        (LabelKind::ReadAlso, false, built(words::STRONG)),
        (LabelKind::ReadAlso, true, pattern(&phrase)),
        (LabelKind::ReadAlso, true, built(words::WEAK)),
    ]
});

/// Is the whole text, signs around it aside, made of these words?
fn is_all(text: &str, words: &Regex) -> bool {
    let plain = Plain::of(text, HEAD);
    words.is_match(plain.text.trim_matches(|c: char| !c.is_alphanumeric() && c != '+'))
}

/// The label a line begins with. `own` are the profile's.
pub(crate) fn at_start(line: &str, own: &[String]) -> Option<Label> {
    static SOURCE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("{BEFORE}(?:{})", words::SOURCE)));
    // Nearly no line begins with a label: one look tells so.
    static ANY: LazyLock<Regex> = LazyLock::new(|| {
        let all = [words::AUTHOR, words::SIDE, words::STRONG, words::WEAK].concat();
        pattern(&format!("{BEFORE}(?:{}|{})", all.join("|"), words::PHRASE))
    });
    if let Some(label) = own.iter().find_map(|label| own_label(line, label)) {
        return Some(label);
    }
    let plain = Plain::of(line, HEAD);
    if !ANY.is_match(&plain.text) || SOURCE.is_match(&plain.text) {
        return None;
    }
    LABELS.iter().find_map(|(kind, weak, words)| {
        let found = words.captures(&plain.text)?;
        let mut label = label(line, &plain, &found, *kind)?;
        (label.start, label.weak) = (0, *weak);
        Some(label)
    })
}

fn own_label(line: &str, label: &str) -> Option<Label> {
    let end = starts_with(line, label)?;
    let behind = line[end..].len() - line[end..].trim_start_matches([' ', ':', '»', '>', '\u{a0}', '…']).len();
    Some(Label {
        kind: LabelKind::ReadAlso,
        start: 0,
        end: end + behind,
        text: line[..end].trim().to_owned(),
        announced: behind > 0,
        weak: false,
    })
}

/// What a pattern found, in the line's own bytes; nothing where the word goes on.
fn label(line: &str, plain: &Plain, found: &Captures<'_>, kind: LabelKind) -> Option<Label> {
    let (whole, words) = (found.get(0)?, found.name("label")?);
    if plain.text.get(words.end()..)?.starts_with(char::is_alphanumeric) {
        return None;
    }
    Some(Label {
        kind,
        start: plain.place(found.name("whole").unwrap_or(whole).start()),
        end: plain.place(whole.end()),
        text: line.get(plain.place(words.start())..plain.place(words.end()))?.trim().to_owned(),
        announced: found.name("sign").is_some(),
        weak: false,
    })
}

/// Labels inside a line, in order: behind the end of a sentence or a bracket ("… la ville. Lire aussi"), or in capitals.
/// Each is one only where a link follows at once.
pub(crate) fn inside(line: &str) -> Vec<Label> {
    static INSIDE: LazyLock<Regex> = LazyLock::new(|| {
        let (end, words, phrase) = (r#"[.!?…»”")\]\[(>] ?"#, words::STRONG.join("|"), words::PHRASE);
        let strong = format!("(?P<lead>{end}| )(?P<whole>(?P<label>{words}) ?(?P<sign>[:»>→►]+)?[.]? ?)");
        pattern(&format!("{strong}|{end}(?P<phrase>{phrase}) ?[:»>→►]+ ?"))
    });
    let plain = Plain::of(line, LINE);
    let mut labels = Vec::new();
    for found in INSIDE.captures_iter(&plain.text).take(4 * MOST) {
        if let Some(phrase) = found.name("phrase") {
            labels.extend(phrase_inside(line, &plain, phrase.start()..phrase.end(), found.get(0).map(|m| m.end())));
            continue;
        }
        let Some(label) = label(line, &plain, &found, LabelKind::ReadAlso) else { continue };
        let capital = label.text.starts_with(char::is_uppercase);
        let shouted = label.text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let parted = found.name("lead").is_some_and(|lead| lead.as_str() != " ");
        let believed = if parted { label.announced || capital } else { shouted || (capital && label.announced) };
        if believed && labels.len() < MOST {
            labels.push(label);
        }
    }
    labels
}

/// "… la ville. Lire notre enquête : …"
fn phrase_inside(line: &str, plain: &Plain, words: std::ops::Range<usize>, end: Option<usize>) -> Option<Label> {
    let text = line.get(plain.place(words.start)..plain.place(words.end))?.trim().to_owned();
    text.starts_with(char::is_uppercase).then(|| Label {
        kind: LabelKind::ReadAlso,
        start: plain.place(words.start),
        end: plain.place(end.unwrap_or(words.end)),
        text,
        announced: true,
        weak: true,
    })
}

/// Where a label at the start of a line ends; letters of either case, signs before it passed over.
pub(crate) fn starts_with(line: &str, label: &str) -> Option<usize> {
    let skipped = line.len() - line.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let mut rest = line[skipped..].char_indices();
    let mut end = skipped;
    for wanted in label.trim().chars() {
        let (at, c) = rest.next()?;
        let same = c == wanted || c.to_lowercase().eq(wanted.to_lowercase()) || alike(c, wanted);
        if !same {
            return None;
        }
        end = skipped + at + c.len_utf8();
    }
    let whole_word = !line[end..].starts_with(char::is_alphanumeric);
    whole_word.then_some(end)
}

fn alike(a: char, b: char) -> bool {
    let apostrophe = |c| matches!(c, '\'' | '’' | 'ʼ' | '`');
    (apostrophe(a) && apostrophe(b)) || (a.is_whitespace() && b.is_whitespace())
}

/// Link texts that name no article.
pub(crate) fn is_generic(text: &str) -> bool {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"^(?:\+ )?(?:{})$", words::GENERIC)));
    is_all(text, &WORDS)
}

/// "Latest news", "En continu": a link that leads to a list and to no story.
pub(crate) fn is_name_of_list(text: &str) -> bool {
    at_start(text, &[]).is_some_and(|label| label.kind == LabelKind::Side && label.end >= text.len())
}

/// Short lines that name no list though they stand over one: a date, the mark of an advertisement.
pub(crate) fn is_no_name(text: &str) -> bool {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^(?:{})$", words::ADVERTISEMENT)));
    text.starts_with(|c: char| c.is_ascii_digit()) || is_all(text, &WORDS)
}

/// Words between a label and its link that belong to neither: "Article réservé à nos abonnés".
pub(crate) fn is_access_mark(text: &str) -> bool {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^(?:{})$", words::ACCESS)));
    is_all(text, &WORDS)
}
