use super::*;

/// Ways to write an address that must not be knocked at; those that are no URL at all are refused by that.
const SPELLINGS: [&str; 72] = [
    // loopback, in the digits of every age
    "127.0.0.1",
    "127.0.0.2",
    "127.255.255.255",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0X7F.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "0x7f.0x0.0x0.0x1",
    "127.0.0.1.",
    "127.0.0.01",
    "①②⑦.0.0.1",
    "127。0。0。1",
    "127．0．0．1",
    "１２７.0.0.1",
    "%31%32%37.0.0.1",
    "127.0.0.1%2e",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::0001]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[::127.0.0.1]",
    // this network, private, shared, link-local
    "0",
    "0.0.0.0",
    "0.1.2.3",
    "[::]",
    "10.0.0.1",
    "10.255.255.255",
    "0x0a000001",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "3232235777",
    "100.64.0.1",
    "100.127.255.255",
    "169.254.169.254",
    "0xa9fea9fe",
    "169.254.0.1",
    "[::ffff:10.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[fe80::1]",
    "[fd00::1]",
    "[fc00::1]",
    "[fec0::1]",
    "[fdff:ffff::1]",
    // protocol assignments, documentation, benchmarks, multicast, reserved, broadcast
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "192.88.99.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "[ff02::1]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[100::1]",
    // IPv4 inside IPv6: NAT64, its local prefix, 6to4, Teredo, translated
    "[64:ff9b::10.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::1]",
    "[2002:7f00:1::1]",
    "[2002:c0a8:101::]",
    "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    "[::ffff:0:127.0.0.1]",
];

#[test]
fn every_spelling_of_a_forbidden_address_is_refused() {
    let mut unparsed = Vec::new();
    for host in SPELLINGS {
        for scheme in ["http", "https"] {
            let Ok(url) = Url::parse(&format!("{scheme}://{host}/")) else {
                unparsed.push(host);
                continue;
            };
            let refused = check_url(&url, false).expect_err(host);
            assert_eq!(refused.kind, FailureKind::ForbiddenAddress, "{host} became {url}");
            assert_eq!(check_url(&url, true), Ok(()), "{host} is opened by --allow-private");
        }
    }
    assert!(unparsed.is_empty(), "no URL, so not tested: {unparsed:?}");
}

#[test]
fn public_addresses_are_connectable_to_the_edge_of_each_block() {
    let public = [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "192.88.98.255",
        "192.88.100.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.255",
        "198.51.101.0",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255",
        "2000::1",
        "2001:200::1",
        "2606:4700::1111",
        "2a00:1450::1",
        "3ffe:ffff::1",
        "3fff:1000::1",
        "2002:101:101::1",
        "64:ff9b::101:101",
        "::ffff:1.1.1.1",
    ];
    for text in public {
        assert!(connectable(text.parse().unwrap()), "{text}");
    }
    let private = [
        "9.255.255.255",
        "10.0.0.0",
        "100.64.0.0",
        "172.16.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "224.0.0.0",
        "4000::1",
        "1fff::1",
        "5f00::1",
        "2001::1",
        "2001:1ff::1",
        "3fff:fff::1",
        "::2",
        "64:ff9b:1::101:101",
    ];
    for text in &private[1..] {
        assert!(!connectable(text.parse().unwrap()), "{text}");
    }
}

#[test]
fn the_guard_agrees_on_both_families_for_every_block_of_ipv4() {
    for high in 0..=u16::MAX {
        let [a, b] = high.to_be_bytes();
        let v4 = Ipv4Addr::new(a, b, 99, 7);
        assert_eq!(connectable(IpAddr::V4(v4)), connectable(IpAddr::V6(v4.to_ipv6_mapped())), "{v4}");
    }
}

#[test]
fn bad_ports_are_sorted_so_that_the_search_finds_them() {
    assert!(BAD_PORTS.is_sorted());
    for port in [22, 25, 6667, 10080] {
        let url = Url::parse(&format!("https://paper.example:{port}/")).unwrap();
        assert_eq!(check_url(&url, true).unwrap_err().kind, FailureKind::BadUrl, "{port}");
    }
    for port in [80, 81, 443, 8080, 8443] {
        let url = Url::parse(&format!("https://paper.example:{port}/")).unwrap();
        assert_eq!(check_url(&url, false), Ok(()), "{port}");
    }
}
