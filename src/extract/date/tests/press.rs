//! A table of dates as papers and their machines print them.

use super::check;

#[test]
fn french() {
    check(
        "fr",
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
            ("15 mai 2019 à 7h", "2019-05-15T07:00:00Z"),
            ("15 mai 2019 à 7 heures 31", "2019-05-15T07:31:00Z"),
            ("15 mai 2019 - 07H31min", "2019-05-15T07:31:00Z"),
            ("15 mai 2019 à midi", "2019-05-15T12:00:00Z"),
            ("15 mai 2019 à minuit", "2019-05-15T00:00:00Z"),
            ("15 mai 2019 à midi moins le quart", "unread"),
            ("Publié sur 18/02/2020", "2020-02-18"),
            ("17/03/2020", "2020-03-17"),
            ("17.03.20", "2020-03-17"),
            ("17-03-2020 à 09:05", "2020-03-17T09:05:00Z"),
            ("17 03 2020", "2020-03-17"),
            ("31/10/74", "1974-10-31"),
            ("31 octobre 74", "1974-10-31"),
            ("lundi 9 décembre 2019 à 09h08", "2019-12-09T09:08:00Z"),
            ("lun. 9 déc. 2019", "2019-12-09"),
            ("MARDI 10 DÉCEMBRE 2019", "2019-12-10"),
            ("mar. 10 déc. 2019 – 9 h", "2019-12-10T09:00:00Z"),
            ("22 juin 2018 @11h13", "2018-06-22T11:13:00Z"),
            ("vendredi, décembre 5 2014.", "2014-12-05"),
            ("Mis à jour le 23/10/17 à 05h03", "2017-10-23T05:03:00Z"),
            ("Publié le : 24/01/2025 - 07:31", "2025-01-24T07:31:00Z"),
            ("Publié le : 24/01/2025 - 07:31Modifié le : 24/01/2025 - 09:12", "2025-01-24T07:31:00Z"),
            ("Par Awa DIARRA, publié le 24 janvier 2025 à 07:31", "2025-01-24T07:31:00Z"),
            ("Par AFP et Moussa Traoré | 24 janvier 2025", "2025-01-24"),
            ("24 janvier 2025 par Awa Diarra", "2025-01-24"),
            ("24 janvier 2025 | Politique", "2025-01-24"),
            ("Politique | 24 janvier 2025 | 3 commentaires", "2025-01-24"),
            ("24 janvier 2025 · Lecture 3 min.", "2025-01-24"),
            ("24 janvier 2025, mis à jour à 9h12", "2025-01-24"),
            ("le premier mars 2013", "2013-03-01"),
            ("à 07h31 le 24 janvier 2025", "2025-01-24T07:31:00Z"),
            ("07:31, 24 janvier 2025", "2025-01-24T07:31:00Z"),
            ("24 janvier 2025 à 07:31 (GMT+1)", "2025-01-24T06:31:00Z"),
            ("24 janvier 2025 à 07h31 TU", "2025-01-24T07:31:00Z"),
            ("24 janvier 2025 à 07h31, heure locale", "2025-01-24T07:31:00Z"),
        ],
    );
    check(
        "fr",
        "Europe/Paris",
        &[
            ("Publié le 30 août 2023 à 14h52, modifié le 30 août 2023 à 15h54", "2023-08-30T12:52:00Z"),
            ("le 07 mai 2019 à 13h59 - Mis à jour le 08 mai 2019 à 09h03", "2019-05-07T11:59:00Z"),
            ("Publié le 02/11/23 à 16h33", "2023-11-02T15:33:00Z"),
            ("Publié le 2 nov. 2023 à 16:00Mis à jour le 2 nov. 2023 à 16:16", "2023-11-02T15:00:00Z"),
        ],
    );
}

#[test]
fn letters_lost_on_the_way() {
    check(
        "fr",
        "Africa/Bamako",
        &[
            ("11 f?vrier 2021", "2021-02-11"),
            ("11 ao?t 2021", "2021-08-11"),
            ("11 d?c. 2021", "2021-12-11"),
            ("11 fÃ©vrier 2021", "2021-02-11"),
            ("11 aoÃ»t 2021 Ã 9h", "2021-08-11T09:00:00Z"),
            ("11 DÃ‰CEMBRE 2021", "2021-12-11"),
            ("11 fÃƒÂ©vrier 2021", "2021-02-11"),
            ("11 ao\u{fffd}t 2021 à 9h", "2021-08-11T09:00:00Z"),
            ("11 f\u{fffd}\u{fffd}vrier 2021", "2021-02-11"),
            ("11 aoï¿½t 2021", "2021-08-11"),
            ("11 d&eacute;cembre 2021", "2021-12-11"),
            ("11 fvrier 2021", "2021-02-11"),
            ("11 m?? 2021", "unread"),
        ],
    );
}

#[test]
fn west_africa() {
    check(
        "bm",
        "Africa/Bamako",
        &[
            ("24 zanwuye 2025", "2025-01-24"),
            ("Zanwuyekalo tile 24 san 2025", "2025-01-24"),
            ("Juma zanwuye kalo tile 24 san 2025 lɛrɛ 07:31", "2025-01-24T07:31:00Z"),
            ("araba 24 desanburu 2025", "2025-12-24"),
            ("3 ɔkutɔburu 2025", "2025-10-03"),
            ("14 mɛ 2025", "2025-05-14"),
            ("Juma, 24 ga Janairu, 2025", "2025-01-24"),
            ("Laraba 24 Disamba, 2025", "2025-12-24"),
            ("24 Fewriyee 2025", "2025-02-24"),
            ("24 desàmbar, 2025", "2025-12-24"),
            ("24 siilo 2025", "2025-01-24"),
            ("3 seeɗto 2025", "2025-04-03"),
        ],
    );
}

#[test]
fn english() {
    check(
        "en-US",
        "America/New_York",
        &[
            ("Jan. 24, 2025 at 7:31 p.m. EST", "2025-01-25T00:31:00Z"),
            ("January 24th, 2025", "2025-01-24"),
            ("Friday, January 24, 2025 7:31 PM", "2025-01-25T00:31:00Z"),
            ("Updated 7:31 PM EST, Fri January 24, 2025", "2025-01-25T00:31:00Z"),
            ("Published: 1:05 PM EDT July 4, 2025", "2025-07-04T17:05:00Z"),
            ("July 4, 2025 / 1:05 PM EDT / CBS News", "2025-07-04T17:05:00Z"),
            ("July 4, 2025, 1:05 p.m. ET", "2025-07-04T17:05:00Z"),
            ("By Jane Doe and John Roe | Jan 24, 2025", "2025-01-24"),
            ("Last updated on Mar 24, 2025", "2025-03-24"),
            ("Sept. 5, 2025", "2025-09-05"),
            ("Jan 24, 2025 • 5 min read", "2025-01-24"),
            ("01/24/2025 7:31 AM", "2025-01-24T12:31:00Z"),
            ("24 Jan 2025", "2025-01-24"),
            ("24-Jan-25", "2025-01-24"),
            ("24 January 2025 0731 GMT", "2025-01-24T07:31:00Z"),
            ("2 hours ago", "2026-01-15T10:00:00Z"),
            ("an hour ago", "2026-01-15T11:00:00Z"),
            ("2 days ago", "2026-01-13"),
            ("yesterday at 7:25 pm", "2026-01-15T00:25:00Z"),
            ("Posted 3 weeks ago", "2025-12-25"),
            ("5 min read", "unread"),
            ("Jan 24", "unread"),
            ("13:31 PM, Jan 24, 2025", "unread"),
            ("February 30, 2025", "impossible"),
        ],
    );
    check(
        "en-GB",
        "Europe/London",
        &[("Fri 24 Jan 2025 07.31 GMT", "2025-01-24T07:31:00Z"), ("1 July 2025 at 7:31am BST", "2025-07-01T06:31:00Z")],
    );
}

#[test]
fn german() {
    check(
        "de",
        "Europe/Berlin",
        &[
            ("24. Januar 2025, 07:31 Uhr", "2025-01-24T06:31:00Z"),
            ("Stand: 03.03.2024 11:05 Uhr", "2024-03-03T10:05:00Z"),
            ("24.01.2025 - 7 Uhr", "2025-01-24T06:00:00Z"),
            ("Di., 24.01.2023", "2023-01-24"),
            ("Freitag, 24.1.2025 | 07.31 Uhr", "2025-01-24T06:31:00Z"),
            ("Veröffentlicht am 3. März 2024", "2024-03-03"),
            ("Von Anna Schmidt, 3. Mrz. 2024", "2024-03-03"),
            ("Aktualisiert am 24.01.25 um 07:31", "2025-01-24T06:31:00Z"),
            ("24. Jänner 2025", "2025-01-24"),
            ("Gestern, 19:25 Uhr", "2026-01-14T18:25:00Z"),
            ("vor 2 Tagen", "2026-01-13"),
            ("vor einer Stunde", "2026-01-15T11:00:00Z"),
            ("24.01.2025, 07:31 Uhr • Lesezeit 3 Min.", "2025-01-24T06:31:00Z"),
            ("24.13.2025", "impossible"),
            ("24.01.2025 – 26.01.2025", "unread"),
        ],
    );
}

#[test]
fn spanish_portuguese_italian_dutch() {
    check(
        "es",
        "Europe/Madrid",
        &[
            ("24 de enero de 2025", "2025-01-24"),
            ("24 de enero del 2025 a las 07:31", "2025-01-24T06:31:00Z"),
            ("Publicado el viernes, 24 de enero de 2025", "2025-01-24"),
            ("Actualizado 24 ENE 2025 - 07:31 CET", "2025-01-24T06:31:00Z"),
            ("mié, 3 sept 2025", "2025-09-03"),
            ("24/01/2025 07:31h", "2025-01-24T06:31:00Z"),
            ("hace 2 horas", "2026-01-15T10:00:00Z"),
            ("ayer", "2026-01-14"),
            ("1º de mayo de 2025", "2025-05-01"),
        ],
    );
    check(
        "pt-BR",
        "America/Sao_Paulo",
        &[
            ("24 de março de 2025 às 12h05", "2025-03-24T15:05:00Z"),
            ("24/01/2025 07h31", "2025-01-24T10:31:00Z"),
            ("Publicado em 24/01/2025 às 07:31", "2025-01-24T10:31:00Z"),
            ("sexta-feira, 24 de janeiro de 2025", "2025-01-24"),
            ("24 jan 2025 - 07h31 (atualizado às 09h12)", "2025-01-24T10:31:00Z"),
            ("há 2 horas", "2026-01-15T10:00:00Z"),
            ("2 dias atrás", "2026-01-13"),
            ("ontem", "2026-01-14"),
        ],
    );
    check(
        "it",
        "Europe/Rome",
        &[
            ("24 gennaio 2025 alle 07:31", "2025-01-24T06:31:00Z"),
            ("Pubblicato il 24 gennaio 2025", "2025-01-24"),
            ("venerdì 24 gennaio 2025 ore 7.31", "2025-01-24T06:31:00Z"),
            ("2 ore fa", "2026-01-15T10:00:00Z"),
            ("24 GEN 2025", "2025-01-24"),
        ],
    );
    check(
        "nl",
        "Europe/Amsterdam",
        &[
            ("24 maart 2025", "2025-03-24"),
            ("24-01-2025 07:31", "2025-01-24T06:31:00Z"),
            ("Gepubliceerd op vrijdag 24 januari 2025 om 07.31 uur", "2025-01-24T06:31:00Z"),
            ("2 uur geleden", "2026-01-15T10:00:00Z"),
            ("Bijgewerkt 24 mrt. 2025", "2025-03-24"),
        ],
    );
    check("ko", "Asia/Seoul", &[("2025.01.24. 07:31", "2025-01-23T22:31:00Z"), ("2025년 1월 24일", "2025-01-24")]);
    check("en", "UTC", &[("2023 Jan 7", "2023-01-07"), ("2024-Jun-30", "2024-06-30")]);
    check("ja", "Asia/Tokyo", &[("2025年1月24日 7:31", "2025-01-23T22:31:00Z")]);
}

#[test]
fn machines() {
    check(
        "fr",
        "Europe/Paris",
        &[
            ("2025-01-24T07:31:00Z", "2025-01-24T07:31:00Z"),
            ("2025-01-24T07:31:00.123+01:00", "2025-01-24T06:31:00Z"),
            ("2025-01-24T07:31:00.1234567Z", "2025-01-24T07:31:00Z"),
            ("2025-01-24T07:31:00:123Z", "2025-01-24T07:31:00Z"),
            ("2025-01-24T07:31:00+0100", "2025-01-24T06:31:00Z"),
            ("2025-01-24T07:31+01", "2025-01-24T06:31:00Z"),
            ("2025-01-24T07:31:00+01:00[Europe/Paris]", "2025-01-24T06:31:00Z"),
            ("2025-01-24T24:00:00Z", "2025-01-25T00:00:00Z"),
            ("2024-04-30 16:00:34 +02:00", "2024-04-30T14:00:34Z"),
            ("2024-04-30 16:00:34 UTC", "2024-04-30T16:00:34Z"),
            ("2023-11-02T1643", "2023-11-02T15:43:00Z"),
            ("2020-08-25|00h23", "2020-08-24T22:23:00Z"),
            ("Tue Aug 25 2020 00:23:33 GMT+0000 (Coordinated Universal Time)", "2020-08-25T00:23:33Z"),
            ("Tue Aug 25 2020 00:23:33 GMT+0200 (heure d’été d’Europe centrale)", "2020-08-24T22:23:33Z"),
            ("Fri, 24 Jan 2025 07:31:00 +0100", "2025-01-24T06:31:00Z"),
            ("Fri, 24 Jan 2025 07:31:00 GMT", "2025-01-24T07:31:00Z"),
            ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"),
            ("Sun Nov  6 08:49:37 1994", "1994-11-06T07:49:37Z"),
            ("Fri Jan 24 07:31:00 CET 2025", "2025-01-24T06:31:00Z"),
            ("14/01/2020", "2020-01-14"),
            ("20250124", "2025-01-24"),
            ("20250124T073100Z", "2025-01-24T07:31:00Z"),
            ("1737703860", "2025-01-24T07:31:00Z"),
            ("1737703860000", "2025-01-24T07:31:00Z"),
            ("/Date(1737703860000)/", "2025-01-24T07:31:00Z"),
            ("2025-01-24 07:31 AM", "2025-01-24T06:31:00Z"),
            ("0", "unread"),
            ("1234567890123456789012", "unread"),
            ("1970-01-01T00:00:00Z", "impossible"),
            ("0000-00-00 00:00:00", "impossible"),
            ("0001-01-01T00:00:00", "impossible"),
            ("2025-02-30", "impossible"),
            ("2025-01-24T07:61:00Z", "impossible"),
            ("2027-01-24", "future"),
            ("2025-01", "unread"),
            ("2025", "unread"),
        ],
    );
}

#[test]
fn prose_and_nonsense_stay_unread() {
    check(
        "fr",
        "Africa/Bamako",
        &[
            ("ce jeudi 25 décembre", "unread"),
            ("L’Assemblée le a dimanche 1er janvier 1950", "unread"),
            ("L’Assemblée, le 3 mars 2025", "unread"),
            ("la visite au Mali, le 29 janvier 2024 et la tenue de la commission", "unread"),
            ("le 29 janvier 2024 et la tenue", "unread"),
            ("24 janvier 2025, le ministre a inauguré le pont", "unread"),
            ("24 janvier 2025 (Amap) Le ministre de l’Eau a inauguré le pont de Kayes", "unread"),
            ("Le 24 janvier 2025, Bamako a reçu la délégation", "unread"),
            ("du 24 janvier 2025 au 26 janvier 2025", "unread"),
            ("24 janvier 2025 / 26 janvier 2025", "unread"),
            ("les 17 et 18 avril 2024 à Ankara", "unread"),
            ("15è session", "unread"),
            ("© 2025 Lessor", "unread"),
            ("31 février 2024", "impossible"),
            ("24 janvier 2025 à 27:31", "impossible"),
            ("24 janvier 2027", "future"),
            ("2024", "unread"),
            ("janvier 2025", "unread"),
            ("lundi", "unread"),
            ("3 mars", "unread"),
            ("3 min", "unread"),
            ("2 ans", "unread"),
            ("demain à 11h", "unread"),
            ("jeudi à 11h", "unread"),
            ("", "unread"),
        ],
    );
}
