use super::*;
use jiff::civil::date;

fn context(zone: &TimeZone) -> Context<'_> {
    Context { zone, language: "fr", captured_at: "2026-01-15T12:00:00Z".parse().unwrap() }
}

fn at(text: &str, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap();
    match read_date(text, &context(&zone)) {
        Ok(PrintedDate { at: Some(at), .. }) => at.to_string(),
        Ok(PrintedDate { on, .. }) => on.to_string(),
        Err(Misread::Unknown(_)) => "unread".into(),
        Err(Misread::Impossible(_)) => "impossible".into(),
        Err(Misread::Future(_)) => "future".into(),
    }
}

#[track_caller]
fn check(zone: &str, pairs: &[(&str, &str)]) {
    for (text, expected) in pairs {
        assert_eq!(at(text, zone), *expected, "{text}");
    }
}

#[test]
fn french_press_dates() {
    check(
        "Africa/Bamako",
        &[
            ("Publié vendredi 24 janvier 2025 à 07:31", "2025-01-24T07:31:00Z"),
            ("Publié le 1er novembre 2023 à 16h28", "2023-11-01T16:28:00Z"),
            ("mercredi 1er fevrier 2023", "2023-02-01"),
            ("le 3 févr. 2024 à 7h31", "2024-02-03T07:31:00Z"),
            ("10 decembre 2025", "2025-12-10"),
            ("Le 08 Déc 2014 15:11", "2014-12-08T15:11:00Z"),
            ("samedi 4 juillet 2020 à 07 h 31", "2020-07-04T07:31:00Z"),
            ("15 Mai 2019 à 06h00", "2019-05-15T06:00:00Z"),
            ("Publié sur 18/02/2020", "2020-02-18"),
            ("lundi 9 décembre 2019 à 09h08", "2019-12-09T09:08:00Z"),
            ("22 juin 2018 @11h13", "2018-06-22T11:13:00Z"),
            ("11 f?vrier 2021", "2021-02-11"),
            ("11 ao\u{fffd}t 2021 à 9h", "2021-08-11T09:00:00Z"),
            ("vendredi, décembre 5 2014.", "2014-12-05"),
            ("Mis à jour le 23/10/17 à 05h03", "2017-10-23T05:03:00Z"),
        ],
    );
    check(
        "Europe/Paris",
        &[
            ("Publié le 30 août 2023 à 14h52, modifié le 30 août 2023 à 15h54", "2023-08-30T12:52:00Z"),
            ("le 07 mai 2019 à 13h59 - Mis à jour le 08 mai 2019 à 09h03", "2019-05-07T11:59:00Z"),
            ("Publié le 02/11/23 à 16h33", "2023-11-02T15:33:00Z"),
        ],
    );
}

#[test]
fn what_machines_write() {
    check(
        "Europe/Paris",
        &[
            ("2025-01-24T07:31:00Z", "2025-01-24T07:31:00Z"),
            ("2025-01-24T07:31:00.123+01:00", "2025-01-24T06:31:00Z"),
            ("2025-01-24T07:31:00+0100", "2025-01-24T06:31:00Z"),
            ("2024-04-30 16:00:34 +02:00", "2024-04-30T14:00:34Z"),
            ("2023-11-02T1643", "2023-11-02T15:43:00Z"),
            ("2020-08-25|00h23", "2020-08-24T22:23:00Z"),
            ("Tue Aug 25 2020 00:23:33 GMT+0000 (Coordinated Universal Time)", "2020-08-25T00:23:33Z"),
            ("Fri, 24 Jan 2025 07:31:00 +0100", "2025-01-24T06:31:00Z"),
            ("14/01/2020", "2020-01-14"),
            ("20250124", "2025-01-24"),
        ],
    );
}

#[test]
fn other_languages() {
    check(
        "Europe/Berlin",
        &[
            ("24. Januar 2025, 07:31 Uhr", "2025-01-24T06:31:00Z"),
            ("Stand: 03.03.2024 11:05 Uhr", "2024-03-03T10:05:00Z"),
            ("Jan. 24, 2025 at 7:31 p.m. EST", "2025-01-25T00:31:00Z"),
            ("24 de enero de 2025", "2025-01-24"),
            ("24 gennaio 2025 alle 07:31", "2025-01-24T06:31:00Z"),
            ("24 de março de 2025 às 12h05", "2025-03-24T11:05:00Z"),
            ("24 maart 2025", "2025-03-24"),
        ],
    );
    let zone = TimeZone::get("America/New_York").unwrap();
    let american = Context { language: "en-US", ..context(&zone) };
    assert_eq!(read_date("05/06/2024", &american).unwrap().on, date(2024, 5, 6));
}

#[test]
fn relative_dates_are_not_absolute() {
    let zone = TimeZone::get("Africa/Bamako").unwrap();
    let read = |text| read_date(text, &context(&zone)).unwrap();
    let yesterday = read("hier à 19h25");
    assert_eq!(yesterday.at.unwrap().to_string(), "2026-01-14T19:25:00Z");
    assert!(!yesterday.absolute);
    let ago = read("il y a 3 heures");
    assert_eq!((ago.at, ago.on, ago.precision), (None, date(2026, 1, 15), Precision::Day));
    assert_eq!(read("Publié il y a 20 minutes").at.unwrap().to_string(), "2026-01-15T11:40:00Z");
}

#[test]
fn prose_and_nonsense_stay_unread() {
    check(
        "Africa/Bamako",
        &[
            ("ce jeudi 25 décembre", "unread"),
            ("la visite au Mali, le 29 janvier 2024 et la tenue de la commission", "unread"),
            ("le 29 janvier 2024 et la tenue", "unread"),
            ("les 17 et 18 avril 2024 à Ankara", "unread"),
            ("15è session", "unread"),
            ("31 février 2024", "impossible"),
            ("24 janvier 2025 à 27:31", "impossible"),
            ("24 janvier 2027", "future"),
            ("2024", "unread"),
            ("janvier 2025", "unread"),
            ("", "unread"),
        ],
    );
}

#[test]
fn an_hour_that_exists_twice_is_the_earlier() {
    check("Europe/Paris", &[("26 octobre 2025 à 2h30", "2025-10-26T00:30:00Z")]);
}
