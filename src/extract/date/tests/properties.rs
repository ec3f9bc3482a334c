//! What holds of any text.

use jiff::Span;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const SHORT: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
const WEEKDAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// A day as French papers print it, in one of ten ways.
fn printed(on: Date, style: usize) -> String {
    let index = |n: i8| usize::try_from(n - 1).unwrap();
    let (month, short) = (MONTHS[index(on.month())], SHORT[index(on.month())]);
    let weekday = WEEKDAYS[index(on.weekday().to_monday_one_offset())];
    let first = if on.day() == 1 { "1er".to_owned() } else { on.day().to_string() };
    let bare: String = words::bare(month);
    match style {
        0 => format!("{weekday} {first} {month} {}", on.year()),
        1 => format!("Publié le {} {month} {} à 07h31", on.day(), on.year()),
        2 => format!("{:02} {short} {}", on.day(), on.year()),
        3 => format!("{:02}/{:02}/{}", on.day(), on.month(), on.year()),
        4 => format!("{}.{}.{}", on.day(), on.month(), on.year()),
        5 => format!("{first} {bare} {} à 7 h 31", on.year()),
        6 => on.to_string(),
        7 => format!("{} {} {}", weekday.to_uppercase(), on.day(), format!("{month} {}", on.year()).to_uppercase()),
        8 => format!("Mis à jour le {:02}-{:02}-{} - 07:31", on.day(), on.month(), on.year()),
        _ => format!("{weekday}, {month} {} {}", on.day(), on.year()),
    }
}

const STYLES: usize = 10;

#[test]
fn every_day_printed_in_french_is_read_back() {
    let zone = TimeZone::get("Africa/Bamako").unwrap();
    let captured_at = "2031-01-02T00:00:00Z".parse().unwrap();
    let context = Context { zone: &zone, language: "fr", captured_at };
    let (mut on, mut days) = (date(1950, 1, 1), 0);
    while on.year() <= 2030 {
        // Three ways a day: all ten in ten days.
        for style in (0..3).map(|way| (way * 3 + days) % STYLES) {
            let text = printed(on, style);
            // The day on which Unix time begins is what machines write into an empty field.
            if style == 6 && on == date(1970, 1, 1) {
                continue;
            }
            let read = read_date(&text, &context).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!((read.on, read.absolute, read.doubt), (on, true, None), "{text}");
        }
        (on, days) = (on.tomorrow().unwrap(), days + 1);
    }
}

/// Words of a sentence, not only of those that may announce a date ("à la date de").
fn prose() -> impl Strategy<Value = String> {
    let words = "le ministre a inauguré pont de Kayes et la délégation depuis du jusqu'au qui dans ville pour session sera \
                 était L’Assemblée selon Bamako au né signé en";
    let words: Vec<&str> = words.split_whitespace().collect();
    let nouns = vec!["ministre", "pont", "délégation", "session", "ville", "L’Assemblée"];
    let some = proptest::collection::vec(proptest::sample::select(words), 2..8);
    (proptest::sample::select(nouns), some).prop_map(|(noun, words)| format!("{noun} {}", words.join(" ")))
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,80}", language in "[a-z]{0,3}(-[A-Z]{2})?") {
        let _ = read_as(&text, &language, "Africa/Bamako");
    }

    #[test]
    fn no_text_of_the_words_of_dates_makes_it_panic(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "1", "24", "31", "99", "2025", "20250124", "999999999999999999999", "janvier", "f?vrier", "mar", "lundi", "à",
                "h", "7h31", ":", ".", "/", "-", ",", "|", "il y a", "ago", "dans", "ans", "mois", "midi", "GMT", "+0200",
                "Publié", "par", "Awa", "(", ")", " ", " ", "\u{fffd}", "Ã©", "&eacute;", "hier", "T", "Z", "minuit", "heure de",
            ]),
            0..14,
        )
    ) {
        let _ = read_as(&pieces.concat(), "fr", "Africa/Bamako");
    }

    #[test]
    fn a_date_in_a_sentence_stays_unread(
        before in prose(), after in prose(), days in 0..27_000_i64, style in 0..STYLES, comma in any::<bool>()
    ) {
        let on = date(1950, 1, 1).checked_add(Span::new().days(days)).unwrap();
        let day = printed(on, style);
        let sign = if comma { "," } else { "" };
        for text in [format!("{before} {day}{sign} {after}"), format!("{before} {day}"), format!("{day}{sign} {after}")] {
            let read = read_as(&text, "fr", "Africa/Bamako");
            prop_assert!(matches!(read, Err(Misread::Unknown(_))), "{text}: {read:?}");
        }
    }
}
