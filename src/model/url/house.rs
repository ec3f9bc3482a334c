//! Hosts of one house.

/// Second-level names under which a country registers houses: "bbc.co.uk" is one, "co.uk" is none.
const REGISTRIES: &[&str] = &["co", "com", "org", "net", "gov", "gouv", "ac", "edu", "presse"];

/// The part of a host name that one house registers: two names, or three where the second is a registry's.
pub(crate) fn house(host: &str) -> &str {
    let mut dots = host.rmatch_indices('.').map(|(at, _)| at);
    let Some(last) = dots.next() else { return host };
    let Some(second) = dots.next() else { return host };
    let registry = host.len() - last <= 3 && REGISTRIES.contains(&&host[second + 1..last]);
    match (registry, dots.next()) {
        (true, Some(third)) => &host[third + 1..],
        (true, None) => host,
        (false, _) => &host[second + 1..],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_house_is_what_is_registered() {
        for (host, registered) in [
            ("www.bbc.co.uk", "bbc.co.uk"),
            ("edition.cnn.com", "cnn.com"),
            ("journal.presse.ml", "journal.presse.ml"),
            ("le.fleuve.ml", "fleuve.ml"),
            ("localhost", "localhost"),
        ] {
            assert_eq!(house(host), registered);
        }
    }
}
