use super::*;
use crate::model::article::ZoneSource;
use jiff::civil::date;

mod press;
mod properties;

/// Read as a paper of that language in that zone would have it, on 15 January 2026 at noon.
fn read_as(text: &str, language: &str, zone: &str) -> Result<PrintedDate, Misread> {
    let zone = TimeZone::get(zone).unwrap();
    let context = Context { zone: &zone, language, captured_at: "2026-01-15T12:00:00Z".parse().unwrap() };
    read_date(text, &context)
}

/// The instant, the day, or why there is none.
fn told(text: &str, language: &str, zone: &str) -> String {
    match read_as(text, language, zone) {
        Ok(PrintedDate { at: Some(at), .. }) => at.to_string(),
        Ok(PrintedDate { on, .. }) => on.to_string(),
        Err(Misread::Unknown(_)) => "unread".into(),
        Err(Misread::Impossible(_)) => "impossible".into(),
        Err(Misread::Ambiguous(_)) => "ambiguous".into(),
        Err(Misread::Contradictory(_)) => "contradictory".into(),
        Err(Misread::Future { .. }) => "future".into(),
    }
}

#[track_caller]
fn check(language: &str, zone: &str, pairs: &[(&str, &str)]) {
    let wrong: Vec<String> = pairs
        .iter()
        .map(|(text, expected)| (text, told(text, language, zone), expected))
        .filter(|(_, told, expected)| told != *expected)
        .map(|(text, told, expected)| format!("{text:?}: {told}, not {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn bamako(text: &str) -> PrintedDate {
    read_as(text, "fr", "Africa/Bamako").unwrap()
}

#[test]
fn a_weekday_that_disagrees_is_said() {
    let sound = bamako("Publié vendredi 24 janvier 2025 à 07:31");
    assert_eq!(sound.doubt, None);
    let slip = bamako("Publié lundi 24 janvier 2025 à 07:31");
    assert_eq!(slip.on, date(2025, 1, 24));
    assert_eq!(slip.doubt.unwrap(), "printed as a Monday, but 2025-01-24 is a Friday");
    // 1 February 2024 was a Thursday, 2 January a Tuesday: the paper writes the month first.
    assert_eq!(told("mardi 01/02/2024", "fr", "Africa/Bamako"), "contradictory");
    assert!(bamako("lundi 01/02/2024").doubt.is_some());
}

#[test]
fn the_text_stays_as_printed() {
    let date = bamako(" Publié  le 11 fÃ©vrier 2021\n");
    assert_eq!((date.text.as_str(), date.on), ("Publié le 11 fÃ©vrier 2021", jiff::civil::date(2021, 2, 11)));
}

#[test]
fn day_and_month_are_told_apart_by_language_and_place() {
    let may = [("05/06/2024", "2024-05-06")];
    let june = [("05/06/2024", "2024-06-05")];
    check("en-US", "UTC", &may);
    check("en", "America/New_York", &may);
    check("en", "Asia/Manila", &may);
    check("en-GB", "UTC", &june);
    check("en", "Africa/Johannesburg", &june);
    check("en", "Europe/London", &june);
    check("fr", "America/Toronto", &june);
    let open = [
        ("05/06/2024", "ambiguous"),
        ("05/05/2024", "2024-05-05"),
        ("25/06/2024", "2024-06-25"),
        ("06/25/2024", "2024-06-25"),
        ("05.06.2024", "2024-06-05"),
        ("Thursday 06/06/2024", "2024-06-06"),
        ("Wednesday 05/06/2024", "2024-06-05"),
        ("Monday 05/06/2024", "2024-05-06"),
        ("2024/05/06", "2024-05-06"),
    ];
    check("en", "UTC", &open);
    check("und", "UTC", &open);
    check("en-CA", "America/Toronto", &open);
}

#[test]
fn zones_are_kept() {
    let printed = |text: &str| {
        let date = read_as(text, "en", "America/New_York").unwrap();
        (date.at.map(|at| at.to_string()), date.on.to_string(), date.zone, date.zone_source)
    };
    let said = |at: &str, on: &str, zone: &str, source| (Some(at.to_owned()), on.to_owned(), zone.to_owned(), source);
    let own = ZoneSource::Profile;
    let theirs = ZoneSource::Printed;
    assert_eq!(printed("Jan 24, 2025 10:31 PM"), said("2025-01-25T03:31:00Z", "2025-01-24", "America/New_York", own));
    assert_eq!(printed("2025-01-25T03:31:00Z"), said("2025-01-25T03:31:00Z", "2025-01-24", "+00", theirs));
    assert_eq!(
        printed("Jan 24, 2025 7:31 PM PT"),
        said("2025-01-25T03:31:00Z", "2025-01-24", "America/Los_Angeles", theirs)
    );
    // Midnight of Greenwich is how machines write a day.
    assert_eq!(printed("2025-01-25T00:00:00Z"), said("2025-01-25T00:00:00Z", "2025-01-25", "+00", theirs));
    // India's, Israel's or Ireland's: the day is sure, the hour is not.
    assert_eq!(read_as("Jan 24, 2025 7:31 PM IST", "en", "America/New_York").unwrap().at, None);
    assert_eq!(told("Jan 24, 2025 7:31 PM IST", "en", "Asia/Kolkata"), "2025-01-24T14:01:00Z");
    let paris = bamako("24 janvier 2025 à 7h31 (heure de Paris)");
    assert_eq!((paris.at.unwrap().to_string(), paris.zone.as_str()), ("2025-01-24T06:31:00Z".into(), "Europe/Paris"));
    // Where the profile knows of no zone, the day is the one that is written.
    assert_eq!(read_as("2025-01-24T22:31:00-05:00", "und", "UTC").unwrap().on, date(2025, 1, 24));
}

#[test]
fn an_hour_that_exists_twice_is_the_earlier() {
    check("fr", "Europe/Paris", &[("26 octobre 2025 à 2h30", "2025-10-26T00:30:00Z")]);
}

#[test]
fn relative_dates_are_not_absolute_and_say_how_fine_they_are() {
    use Precision::{Day, Hour, Minute, Month, Week, Year};
    for (text, on, precision) in [
        ("hier à 19h25", date(2026, 1, 14), Minute),
        ("hier soir", date(2026, 1, 14), Day),
        ("avant-hier", date(2026, 1, 13), Day),
        ("Publié il y a 20 minutes", date(2026, 1, 15), Minute),
        ("il y a 3 heures", date(2026, 1, 15), Hour),
        ("il y a une heure", date(2026, 1, 15), Hour),
        ("il y a 2 jours", date(2026, 1, 13), Day),
        ("il y a trois semaines", date(2025, 12, 25), Week),
        ("il y a 1 mois", date(2025, 12, 15), Month),
        ("Il y a 2 ans", date(2024, 1, 15), Year),
        ("ce matin à 7h31", date(2026, 1, 15), Minute),
        ("Publié mardi à 11h", date(2026, 1, 13), Minute),
        ("Publié le 3 mars à 7h31", date(2025, 3, 3), Minute),
        ("lundi 12 janvier à 07:31", date(2026, 1, 12), Minute),
    ] {
        let date = bamako(text);
        assert_eq!((date.on, date.precision, date.absolute), (on, precision, false), "{text}");
    }
    assert_eq!(bamako("hier à 19h25").at.unwrap().to_string(), "2026-01-14T19:25:00Z");
    assert_eq!(bamako("il y a 3 heures").at.unwrap().to_string(), "2026-01-15T09:00:00Z");
}

#[test]
fn the_day_that_is_refused_is_told() {
    let refused = read_as("24 janvier 2027", "fr", "Africa/Bamako").unwrap_err();
    assert_eq!(refused, Misread::Future { text: "24 janvier 2027".into(), on: date(2027, 1, 24) });
}
