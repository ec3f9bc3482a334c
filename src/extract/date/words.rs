//! The words dates are made of, in the languages papers are read in.

/// Letters in lower case, without accents; `ß` and the like stay.
pub(super) fn bare(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let lower = word.to_lowercase().replace(['ʼ', 'ʻ', '՚', 'ꞌ', '＇', '′', '‵', '’', '‘', '`', '´'], "'");
    lower.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect()
}

/// Full names and usual short forms, without accents: French, English, German, Spanish, Portuguese, Italian, Dutch,
/// Bambara. Short forms that name two months in two languages are left out.
const MONTHS: [&[&str]; 12] = [
    &[
        "janvier", "janv", "jan", "january", "januar", "janner", "enero", "ene", "janeiro", "gennaio", "gen",
        "januari", "zanwuye",
    ],
    &[
        "fevrier",
        "fevr",
        "fev",
        "february",
        "feb",
        "februar",
        "feber",
        "febrero",
        "fevereiro",
        "febbraio",
        "februari",
        "feburuye",
    ],
    &["mars", "mar", "march", "marz", "maerz", "mrz", "marzo", "marco", "maart", "mrt", "marisi"],
    &["avril", "avr", "april", "apr", "abril", "abr", "aprile", "awirili"],
    &["mai", "may", "mayo", "maio", "maggio", "mag", "mei"],
    &["juin", "june", "jun", "juni", "junio", "junho", "giugno", "giu"],
    &["juillet", "juil", "july", "jul", "juli", "julio", "julho", "luglio", "lug", "zuluye"],
    &["aout", "aou", "august", "aug", "agosto", "ago", "augustus", "uti"],
    &["septembre", "sept", "sep", "september", "septiembre", "setiembre", "setembro", "set", "settembre", "setanburu"],
    &["octobre", "oct", "october", "oktober", "okt", "octubre", "outubro", "out", "ottobre", "ott"],
    &["novembre", "nov", "november", "noviembre", "novembro", "nowanburu"],
    &["decembre", "dec", "december", "dezember", "dez", "diciembre", "dic", "dezembro", "dicembre", "desanburu"],
];

/// The month a bare word names, from 1. A letter lost to a wrong charset ("f?vrier") may be any.
pub(super) fn month(word: &str) -> Option<i8> {
    let is = |name: &&str| *name == word || (word.contains(['?', '\u{fffd}']) && same_but_lost(word, name));
    MONTHS.iter().position(|names| names.iter().any(&is)).and_then(|at| i8::try_from(at + 1).ok())
}

fn same_but_lost(word: &str, name: &str) -> bool {
    let lost = |c: char| matches!(c, '?' | '\u{fffd}');
    word.chars().filter(|c| lost(*c)).count() == 1
        && word.chars().count() == name.chars().count()
        && name.len() >= 4
        && word.chars().zip(name.chars()).all(|(w, n)| w == n || lost(w))
}

const WEEKDAYS: [&[&str]; 7] = [
    &["lundi", "lun", "monday", "mon", "montag", "mo", "lunes", "segunda-feira", "lunedi", "maandag"],
    &["mardi", "tuesday", "tue", "tues", "dienstag", "di", "martes", "terca-feira", "martedi", "dinsdag"],
    &["mercredi", "mer", "wednesday", "wed", "mittwoch", "mi", "miercoles", "quarta-feira", "mercoledi", "woensdag"],
    &[
        "jeudi",
        "jeu",
        "thursday",
        "thu",
        "thur",
        "thurs",
        "donnerstag",
        "do",
        "jueves",
        "quinta-feira",
        "giovedi",
        "donderdag",
    ],
    &["vendredi", "ven", "friday", "fri", "freitag", "fr", "viernes", "sexta-feira", "venerdi", "vrijdag"],
    &["samedi", "sam", "saturday", "sat", "samstag", "sonnabend", "sa", "sabado", "sabato", "zaterdag"],
    &["dimanche", "dim", "sunday", "sun", "sonntag", "so", "domingo", "domenica", "zondag"],
];

/// The weekday a bare word names.
pub(super) fn weekday(word: &str) -> Option<jiff::civil::Weekday> {
    let at = WEEKDAYS.iter().position(|names| names.contains(&word))?;
    i8::try_from(at).ok().and_then(|n| jiff::civil::Weekday::from_monday_zero_offset(n).ok())
}

/// Words that may stand before a date and say nothing about it.
pub(super) const BEFORE: &[&str] = &[
    "publie",
    "publiee",
    "publies",
    "publication",
    "parution",
    "paru",
    "mis",
    "mise",
    "a",
    "jour",
    "modifie",
    "modifiee",
    "modification",
    "actualise",
    "cree",
    "poste",
    "redige",
    "ecrit",
    "en",
    "ligne",
    "le",
    "du",
    "de",
    "la",
    "date",
    "sur",
    "derniere",
    "maj",
    "initialement",
    "published",
    "updated",
    "posted",
    "created",
    "on",
    "last",
    "modified",
    "first",
    "at",
    "veroffentlicht",
    "aktualisiert",
    "stand",
    "am",
    "vom",
    "den",
    "erstellt",
    "zuletzt",
    "publicado",
    "publicada",
    "actualizado",
    "atualizado",
    "el",
    "em",
    "pubblicato",
    "aggiornato",
    "il",
    "gepubliceerd",
    "bijgewerkt",
    "op",
    "der",
];

/// Words that may begin what stands behind a date, beside punctuation.
pub(super) const AFTER: &[&str] = &[
    "par",
    "mis",
    "mise",
    "modifie",
    "actualise",
    "maj",
    "temps",
    "lecture",
    "updated",
    "by",
    "aktualisiert",
    "von",
    "actualizado",
    "atualizado",
    "aggiornato",
];

/// Hours from UTC of zones by the names that dates are printed with; names that mean two zones are left out.
pub(super) fn zone(word: &str) -> Option<i8> {
    Some(match word {
        "utc" | "gmt" | "z" | "tu" | "wet" => 0,
        "cet" | "mez" | "wat" | "bst" | "west" => 1,
        "cest" | "mesz" | "cat" | "sast" => 2,
        "eat" => 3,
        "edt" => -4,
        "est" => -5,
        "pdt" => -7,
        "pst" => -8,
        "jst" | "kst" => 9,
        _ => return None,
    })
}
