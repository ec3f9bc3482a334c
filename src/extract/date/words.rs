//! The words dates are made of, in the languages papers are read in. All of them are bare: small letters, no accents.

use jiff::civil::Weekday;

/// Small letters without accents, one form of apostrophe; `ß`, `ɛ`, `ɔ` and the like stay.
pub(super) fn bare(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain = |c: char| if is_apostrophe(c) { '\'' } else { c };
    let lower: String = word.to_lowercase().chars().map(plain).collect();
    lower.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).nfc().collect()
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | 'ʼ' | 'ʻ' | 'ʹ' | '՚' | 'ꞌ' | '＇' | '′' | '‵' | '’' | '‘' | '`' | '´')
}

/// Is the word one of a list's, which a space parts?
pub(super) fn is_one(word: &str, list: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

/// In the order of French, English, German, Spanish, Portuguese, Italian, Dutch; the last line is of West Africa:
/// Bambara ("Ntɛnɛ"), Hausa, Wolof, Pulaar, as Unicode's CLDR has them.
const WEEKDAYS: [&str; 7] = [
    "lundi lun monday mon montag mo lunes segunda-feira segunda seg lunedi maandag ma ntɛnɛ ntɛnɛn tɛnɛn litinin \
     altine aaɓnde",
    "mardi mar tuesday tue tues dienstag di die martes terca-feira terca ter martedi dinsdag tarata talata \
     talaata mawbaare",
    "mercredi mer merc wednesday wed mittwoch mi miercoles mie quarta-feira quarta qua mercoledi woensdag wo \
     araba laraba alarba njeslaare",
    "jeudi jeu thursday thu thur thurs donnerstag do jueves jue quinta-feira quinta qui giovedi gio donderdag \
     alamisa alhamis alxamis naasaande",
    "vendredi ven vend friday fri freitag fr viernes vie sexta-feira sexta sex venerdi vrijdag vr juma jumma'a \
     jummaa ajjuma mawnde",
    "samedi sam saturday sat samstag sonnabend sa sabado sab sabato zaterdag za sibiri asabar aseer gaawu",
    "dimanche dim sunday sun sonntag so domingo dom domenica zondag zo kari lahadi dibeer dewo",
];

/// The weekday that a word names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let at = WEEKDAYS.iter().position(|names| is_one(word, names))?;
    i8::try_from(at).ok().and_then(|n| Weekday::from_monday_zero_offset(n).ok())
}

/// Words that say that what follows is when something was printed or changed.
pub(super) const LABELS: &str = "written submitted gespeichert publie publiee publies publication parution paru parue modifie modifiee modification actualise actualisee \
    actualisation cree poste postee redige ecrit maj mis mise published updated update posted created modified \
    edited veroffentlicht aktualisiert erschienen stand erstellt zuletzt publicado publicada actualizado \
    actualizada atualizado atualizada postado criado pubblicato pubblicata aggiornato aggiornata gepubliceerd \
    bijgewerkt geplaatst gewijzigd";

/// Words that may stand before a date and say nothing about it.
pub(super) const BEFORE: &str = "a jour en ligne le du de la date sur derniere initialement heure article on last first at datum am vom den der \
    um el em fecha data il op since as of the";

/// Words before the names of those who wrote.
pub(super) const BYLINE: &[&str] = &["par", "by", "von", "por", "door", "auteur", "author", "autor"];

/// Words that may begin what stands behind a date, beside labels and names.
pub(super) const AFTER: &[&str] =
    &["temps", "lecture", "lesezeit", "derniere", "last", "et", "and", "und", "y", "e", "en", "a"];

/// What is counted behind a date: "3 min de lecture", "12 commentaires".
pub(super) const COUNTED: &str = "min mn mins minute minutes minuten minutos minuti commentaire commentaires comment comments vue vues views \
    view kommentare kommentar comentarios reponses reactions partages shares lectures mots words";

/// A number written out, of those that "il y a …" is printed with.
pub(super) fn number(word: &str) -> Option<i64> {
    const NUMBERS: [&str; 12] = [
        "un une a an one ein eine einer einem una uno um uma een",
        "deux two zwei dos dois duas due twee",
        "trois three drei tres tre drie",
        "quatre four vier cuatro quatro quattro",
        "cinq five funf cinco cinque vijf",
        "six sechs seis sei zes",
        "sept seven sieben siete sete sette zeven",
        "huit eight acht ocho oito otto",
        "neuf nine neun nueve nove negen",
        "dix ten zehn diez dez dieci tien",
        "onze eleven elf once undici",
        "douze twelve zwolf doce doze dodici twaalf",
    ];
    let at = NUMBERS.iter().position(|words| is_one(word, words))?;
    i64::try_from(at + 1).ok()
}

/// Spans of time that relative dates count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// The span that a word names.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "s" | "sec" | "seconde" | "secondes" | "second" | "seconds" | "sekunde" | "sekunden" | "segundo"
        | "segundos" => Unit::Second,
        "m" | "min" | "mn" | "mins" | "minute" | "minutes" | "minuten" | "minuut" | "minuto" | "minutos" | "minuti" => {
            Unit::Minute
        }
        "h" | "hr" | "hrs" | "heure" | "heures" | "hour" | "hours" | "stunde" | "stunden" | "std" | "hora"
        | "horas" | "ora" | "ore" | "uur" => Unit::Hour,
        "j" | "d" | "jour" | "jours" | "day" | "days" | "tag" | "tage" | "tagen" | "dia" | "dias" | "giorno"
        | "giorni" | "dag" | "dagen" => Unit::Day,
        "sem" | "w" | "semaine" | "semaines" | "week" | "weeks" | "woche" | "wochen" | "semana" | "semanas"
        | "settimana" | "settimane" | "weken" => Unit::Week,
        "mois" | "month" | "months" | "monat" | "monate" | "monaten" | "mes" | "meses" | "mese" | "mesi" | "maand"
        | "maanden" => Unit::Month,
        "an" | "ans" | "annee" | "annees" | "year" | "years" | "jahr" | "jahre" | "jahren" | "ano" | "anos"
        | "anni" | "anno" | "jaar" | "jaren" => Unit::Year,
        _ => return None,
    })
}

/// Minutes from UTC of the zones that dates are printed with, by name; names that mean two zones are left out.
pub(super) fn zone(word: &str) -> Option<i32> {
    Some(match word {
        "utc" | "gmt" | "z" | "tu" | "ut" | "wet" => 0,
        "cet" | "mez" | "wat" | "bst" | "west" => 60,
        "cest" | "mesz" | "cat" | "sast" | "eet" => 120,
        "eat" | "eest" | "msk" => 180,
        "pkt" => 300,
        "wib" => 420,
        "sgt" | "hkt" | "awst" => 480,
        "jst" | "kst" => 540,
        "aest" => 600,
        "aedt" => 660,
        "nzst" => 720,
        "nzdt" => 780,
        "brt" | "art" => -180,
        "edt" => -240,
        "est" | "cdt" => -300,
        "mdt" => -360,
        "pdt" => -420,
        "pst" => -480,
        "akst" => -540,
        "hst" => -600,
        _ => return None,
    })
}

/// Zones named by a place, or by what Americans call them all year.
pub(super) fn place(word: &str) -> Option<&'static str> {
    Some(match word {
        "et" => "America/New_York",
        "ct" => "America/Chicago",
        "mt" => "America/Denver",
        "pt" => "America/Los_Angeles",
        "paris" => "Europe/Paris",
        "bruxelles" => "Europe/Brussels",
        "geneve" => "Europe/Zurich",
        "dakar" => "Africa/Dakar",
        "bamako" => "Africa/Bamako",
        "abidjan" => "Africa/Abidjan",
        "ouagadougou" => "Africa/Ouagadougou",
        "niamey" => "Africa/Niamey",
        "alger" => "Africa/Algiers",
        "tunis" => "Africa/Tunis",
        "montreal" => "America/Toronto",
        _ => return None,
    })
}
