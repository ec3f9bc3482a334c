//! What may stand behind a date: nothing, a label, a name, a count. What reads on as a sentence makes it none.

use super::cursor::{STRONG, Token};
use super::words;

/// Words behind a label, a name or a strong sign; more are prose.
const MOST_WORDS: usize = 12;
/// Words behind a dash or in brackets.
const FEW_WORDS: usize = 3;

/// Is what follows plainly another piece than the date?
pub(super) fn is_apart(rest: &[Token]) -> bool {
    let rest = trimmed(rest);
    let Some((first, behind)) = rest.split_first() else { return true };
    let behind = trimmed(behind);
    match first {
        Token::Word { .. } => is_labelled(rest) || is_another_label(behind),
        Token::Number(_) => is_counted(rest),
        Token::Sign(s) if ends(*s) && behind.is_empty() => true,
        Token::Sign(s) if STRONG.contains(*s) => !glued(*s, rest) && count(behind) <= MOST_WORDS && !is_date(behind),
        Token::Sign('-' | '–' | '—' | '(' | '[') => {
            is_labelled(behind) || is_counted(behind) || (starts_with_word(behind) && count(behind) <= FEW_WORDS)
        }
        Token::Sign(s) if ",.;:)".contains(*s) => {
            let again = behind
                .first()
                .is_some_and(|t| matches!(t, Token::Sign(s) if (STRONG.contains(*s) || "-–—(".contains(*s))));
            is_labelled(behind) || is_counted(behind) || (again && is_apart(behind))
        }
        Token::Sign(_) => count(behind) <= FEW_WORDS,
    }
}

fn trimmed(tokens: &[Token]) -> &[Token] {
    let first = tokens.iter().position(|t| *t != Token::Sign(' ')).unwrap_or(tokens.len());
    tokens.get(first..).unwrap_or_default()
}

fn ends(sign: char) -> bool {
    ".,;:)]»…|•·-–—>/".contains(sign)
}

/// A number right behind a slash is the rest of a date that was cut wrongly.
fn glued(sign: char, rest: &[Token]) -> bool {
    sign == '/' && matches!(rest.get(1), Some(Token::Number(_)))
}

/// Another date behind a strong sign ("24 janvier 2025 / 26 janvier 2025") makes it a span; a time does not come here.
fn is_date(tokens: &[Token]) -> bool {
    let year = |t: &Token| matches!(t, Token::Number(n) if n.len() == 4);
    matches!(tokens.first(), Some(Token::Number(_))) && tokens.iter().take(8).any(year)
}

fn count(tokens: &[Token]) -> usize {
    tokens.iter().filter(|t| !matches!(t, Token::Sign(_))).count()
}

fn starts_with_word(tokens: &[Token]) -> bool {
    matches!(tokens.first(), Some(Token::Word { .. }))
}

/// "mis à jour le …", "et modifié à …", "par Awa Diarra", "lecture 3 min".
fn is_labelled(tokens: &[Token]) -> bool {
    let Some(Token::Word { bare, .. }) = tokens.first() else { return false };
    let behind = trimmed(tokens.get(1..).unwrap_or_default());
    let few = count(tokens) <= MOST_WORDS;
    let is = |list: &[&str]| list.contains(&bare.as_str());
    if is(words::BYLINE) {
        return few && matches!(behind.first(), None | Some(Token::Word { capital: true, .. } | Token::Sign(_)));
    }
    let labelled = |t: &Token| matches!(t, Token::Word { bare, .. } if words::is_one(bare, words::LABELS));
    // "mis", "et" and the like are words of any sentence: the label must be whole.
    let whole = |t: &[Token]| t.iter().take(6).any(labelled);
    few && (words::is_one(bare, words::LABELS)
        || (is(words::AFTER) && (whole(behind) || is_counted(behind) || is(&["temps", "lecture", "lesezeit"]))))
}

/// "Vues : 61", "Catégorie : Sport": a word that a colon follows says what comes next.
fn is_another_label(behind: &[Token]) -> bool {
    matches!(behind.first(), Some(Token::Sign(':'))) && count(behind) < MOST_WORDS
}

/// "3 min de lecture", "12 commentaires", "5 minutes read".
fn is_counted(tokens: &[Token]) -> bool {
    let Some(Token::Number(_)) = tokens.first() else { return false };
    let behind = trimmed(tokens.get(1..).unwrap_or_default());
    matches!(behind.first(), Some(Token::Word { bare, .. }) if words::is_one(bare, words::COUNTED))
        && count(tokens) <= MOST_WORDS
}
