//! Names of months, whole, shortened, or with a letter lost on the way.

/// Without accents: French, English, German, Spanish, Portuguese, Italian, Dutch; then, as Unicode's CLDR and the
/// papers have them, Bambara, Wolof, Hausa, Pulaar. Short forms that name two months in two languages are left out,
/// as are those of West Africa that are words elsewhere ("sam", "me", "set").
const MONTHS: [&str; 12] = [
    "janvier janv jan january januar janner jaenner enero ene janeiro gennaio gen januari zanwuye samwiyee \
     sanwiyee janairu siilo",
    "fevrier fevr fev february feb februar feber febrero fevereiro febbraio febr februari fvrier feburuye \
     fewuruye fewriyee faburairu colte",
    "mars mar march marz maerz mrz marzo marco maart mrt marisi maris marsa mbooy",
    "avril avr april apr abril abr aprile awirili awril awiril afirilu afrilu seeɗto",
    "mai may mayo maio maggio mag mei mɛ mee mayu duujal",
    "juin june jun juni junio junho giugno giu zuwɛn zuwen suwe yuni korse",
    "juillet juil juill july jul juli julio julho luglio lug zuluye sulet sulyee yuli morso",
    "aout aou august aug agosto ago augustus aot uti ut agusta juko",
    "septembre sept sep september septiembre setiembre setembro set settembre sɛtanburu setanburu sattumbar \
     satumbar satumba siilto",
    "octobre oct october oktober okt octubre outubro out ottobre ott ɔkutɔburu okutoburu oktɔburu oktoobar oktoba \
     yarkomaa",
    "novembre nov november noviembre novembro nowanburu nowambar nowembar nuwamba jolal",
    "decembre dec december dezember dez diciembre dic dezembro dicembre dcembre desanburu desambar desembar \
     disamba bowte",
];

/// The month that a bare word names, from 1. Letters lost to a wrong charset ("f?vrier") may be any, as long as all
/// that fits is one month. Bambara may add its word for month ("zanwuyekalo").
pub(crate) fn month(word: &str) -> Option<i8> {
    let word = word.strip_suffix("kalo").unwrap_or(word);
    let lost = word.contains(is_lost);
    let is = |name: &str| name == word || (lost && same_but_lost(word, name));
    let mut fitting = (1..).zip(MONTHS).filter(|(_, names)| names.split(' ').any(is)).map(|(at, _)| at);
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

fn is_lost(c: char) -> bool {
    matches!(c, '?' | '\u{fffd}')
}

/// A run of lost signs stands for one letter: its bytes were lost one by one.
fn same_but_lost(word: &str, name: &str) -> bool {
    let mut letters: Vec<char> = word.chars().map(|c| if is_lost(c) { '?' } else { c }).collect();
    letters.dedup_by(|a, b| *a == '?' && *b == '?');
    letters.iter().filter(|c| **c == '?').count() == 1
        && letters.len() >= 3
        && letters.len() == name.chars().count()
        && letters.iter().zip(name.chars()).all(|(w, n)| *w == n || *w == '?')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_months() {
        for (at, names) in (1..).zip(MONTHS) {
            assert!(names.split(' ').all(|name| month(name) == Some(at)), "{names:?}");
        }
    }

    #[test]
    fn lost_letters_are_found_where_one_month_fits() {
        for (word, at) in [("f?vrier", 2), ("ao\u{fffd}\u{fffd}t", 8), ("d?c", 12), ("d?cembre", 12), ("f\u{fffd}v", 2)]
        {
            assert_eq!(month(word), Some(at), "{word}");
        }
        for word in ["ma?", "?", "j??n", "?????", "m?"] {
            assert_eq!(month(word), None, "{word}");
        }
    }
}
