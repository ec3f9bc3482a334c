use super::*;

fn parsed(text: &str) -> ResolveOverride {
    text.parse().unwrap_or_else(|e: BadOverride| panic!("{e}"))
}

#[test]
fn overrides_are_read_as_curl_writes_them_and_written_back() {
    for (text, host, port, address, written) in [
        ("lessor.ml:443:127.0.0.1", "lessor.ml", 443, "127.0.0.1:0", "lessor.ml:443:127.0.0.1"),
        ("LESSOR.ml:80:127.0.0.1:8080", "lessor.ml", 80, "127.0.0.1:8080", "lessor.ml:80:127.0.0.1:8080"),
        ("lessor.ml:443:[::1]", "lessor.ml", 443, "[::1]:0", "lessor.ml:443:[::1]"),
        ("lessor.ml:443:::1", "lessor.ml", 443, "[::1]:0", "lessor.ml:443:[::1]"),
        ("lessor.ml:443:[::1]:8443", "lessor.ml", 443, "[::1]:8443", "lessor.ml:443:[::1]:8443"),
        ("lessor.ml:8080:10.0.0.7:8080", "lessor.ml", 8080, "10.0.0.7:0", "lessor.ml:8080:10.0.0.7"),
        ("quotidién.ml:443:10.0.0.7", "xn--quotidin-h1a.ml", 443, "10.0.0.7:0", "xn--quotidin-h1a.ml:443:10.0.0.7"),
    ] {
        let one = parsed(text);
        assert_eq!((one.host.as_str(), one.port, one.address), (host, port, address.parse().unwrap()), "{text}");
        assert_eq!(one.to_string(), written);
        assert_eq!(parsed(written), one);
    }
}

#[test]
fn a_bad_override_says_what_is_wrong_and_what_to_write() {
    for (text, word) in [
        ("", "two colons"),
        ("lessor.ml", "two colons"),
        ("lessor.ml:443", "two colons"),
        ("lessor.ml:https:127.0.0.1", "`https` is not a port"),
        ("lessor.ml:0:127.0.0.1", "`0` is not a port"),
        ("lessor.ml:70000:127.0.0.1", "`70000` is not a port"),
        ("lessor.ml:443:localhost", "`localhost` is not an IP address"),
        ("lessor.ml:443:127.0.0.1:0", "is not an IP address"),
        ("lessor.ml:443:", "is not an IP address"),
        ("lessor.ml:443:[::1", "is not an IP address"),
        ("127.0.0.1:443:127.0.0.1", "--allow-private"),
        ("a b:443:127.0.0.1", "is not a host name"),
        (":443:127.0.0.1", "is not a host name"),
        ("lessor.ml:8080:127.0.0.1:9000", "only 80 and 443"),
    ] {
        let said = text.parse::<ResolveOverride>().unwrap_err().to_string();
        assert!(said.contains(word) && said.contains("HOST:PORT:ADDR"), "{text}: {said}");
    }
}

#[test]
fn one_forbidden_address_refuses_the_whole_answer() {
    let of = |list: &[&str]| list.iter().map(|a| SocketAddr::new(a.parse().unwrap(), 0)).collect::<Vec<_>>();
    let public = of(&["1.1.1.1", "2606:4700::1111"]);
    assert_eq!(judge("paper.example", public.clone(), false).unwrap(), public);
    for bad in ["127.0.0.1", "0.0.0.0", "10.0.0.1", "::1", "fd00::1", "::ffff:192.168.0.1"] {
        for mixed in [of(&["1.1.1.1", bad]), of(&[bad, "1.1.1.1"]), of(&[bad])] {
            let Refused(failure) = judge("paper.example", mixed.clone(), false).unwrap_err();
            assert_eq!(failure.kind, FailureKind::ForbiddenAddress);
            assert!(failure.detail.starts_with("paper.example leads to "), "{}", failure.detail);
            assert_eq!(judge("paper.example", mixed.clone(), true).unwrap(), mixed);
        }
    }
    assert_eq!(judge("paper.example", Vec::new(), true).unwrap_err().0.kind, FailureKind::Dns);
}

#[test]
fn a_thousand_addresses_are_all_judged_and_few_are_tried() {
    let thousand = |last: [u8; 4]| {
        let mut many: Vec<SocketAddr> = (0..=255).map(|i| ([1, 1, 1, i], 0).into()).collect();
        many.push((last, 0).into());
        many
    };
    assert_eq!(judge("a", thousand([8, 8, 8, 8]), false).unwrap().len(), MAX_ADDRESSES);
    assert!(judge("a", thousand([127, 0, 0, 1]), false).is_err(), "the last one counts too");
}

#[test]
fn localhost_is_loopback_without_asking_anybody() {
    for name in ["localhost", "localhost.", "LocalHost", "a.localhost", "a.b.localhost."] {
        assert!(is_localhost(name), "{name}");
    }
    for name in ["localhost.example", "mylocalhost", "", "."] {
        assert!(!is_localhost(name), "{name}");
    }
}
