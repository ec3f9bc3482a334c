//! The time of a paper, as far as its address tells it: by the country, where that has one time.

/// Countries of one time, or of one for nearly all who live there, with their IANA zone.
const ZONES: &str = "\
    at Europe/Vienna, be Europe/Brussels, bf Africa/Ouagadougou, bg Europe/Sofia, bj Africa/Porto-Novo, \
    cg Africa/Brazzaville, ch Europe/Zurich, ci Africa/Abidjan, cm Africa/Douala, cz Europe/Prague, de Europe/Berlin, \
    dj Africa/Djibouti, dk Europe/Copenhagen, dz Africa/Algiers, ee Europe/Tallinn, es Europe/Madrid, fi Europe/Helsinki, \
    fr Europe/Paris, ga Africa/Libreville, gn Africa/Conakry, gr Europe/Athens, hr Europe/Zagreb, ht America/Port-au-Prince, \
    hu Europe/Budapest, ie Europe/Dublin, in Asia/Kolkata, it Europe/Rome, jp Asia/Tokyo, ke Africa/Nairobi, lt Europe/Vilnius, \
    lu Europe/Luxembourg, lv Europe/Riga, ma Africa/Casablanca, mg Indian/Antananarivo, ml Africa/Bamako, mr Africa/Nouakchott, \
    na Africa/Windhoek, ne Africa/Niamey, ng Africa/Lagos, nl Europe/Amsterdam, no Europe/Oslo, pl Europe/Warsaw, \
    pt Europe/Lisbon, ro Europe/Bucharest, rs Europe/Belgrade, rw Africa/Kigali, se Europe/Stockholm, si Europe/Ljubljana, \
    sk Europe/Bratislava, sn Africa/Dakar, td Africa/Ndjamena, tg Africa/Lome, tn Africa/Tunis, tr Europe/Istanbul, \
    tz Africa/Dar_es_Salaam, uk Europe/London, za Africa/Johannesburg";

/// The zone of the country that all hosts end in.
pub(super) fn of_country<'h>(hosts: impl Iterator<Item = &'h str>) -> Option<&'static str> {
    let mut found = None;
    for host in hosts {
        let country = host.split(':').next()?.rsplit('.').next()?;
        let zone = ZONES.split(", ").find_map(|pair| pair.trim().strip_prefix(country)?.strip_prefix(' '))?;
        if found.is_some_and(|known| known != zone) {
            return None;
        }
        found = Some(zone);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_of_one_time_tells_it() {
        assert_eq!(of_country(["www.journal.ml", "journal.ml"].into_iter()), Some("Africa/Bamako"));
        assert_eq!(of_country(["journal.ml", "journal.fr"].into_iter()), None);
        for host in ["journal.com", "journal.us", "localhost:8000", "127.0.0.1"] {
            assert_eq!(of_country([host].into_iter()), None, "{host}");
        }
    }

    #[test]
    fn every_zone_is_one() {
        for pair in ZONES.split(", ") {
            let (country, zone) = pair.trim().split_once(' ').unwrap();
            assert!(country.len() == 2 && jiff::tz::TimeZone::get(zone).is_ok(), "{pair}");
        }
    }
}
