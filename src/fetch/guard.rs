//! Which addresses, schemes and ports may be knocked at. A page must not make griot reach into the operator's network.
//!
//! The same [`connectable`] is asked twice: on the URL, because no resolver is called for a literal address, and on
//! the resolver's answer, because a name may point anywhere and change its mind between two lookups.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::model::answer::{Failure, FailureKind};

/// Ports that no browser connects to, because they speak other protocols (WHATWG Fetch §2.9 "bad port").
const BAD_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
    532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
    5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

/// May griot connect to this address? Only what IANA's special-purpose registries call globally reachable unicast.
///
/// An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) is judged as the IPv4 address it leads to; Teredo, which
/// nobody serves from, is refused whole.
#[must_use]
pub fn connectable(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => connectable_v4(v4),
        IpAddr::V6(v6) => connectable_v6(v6),
    }
}

/// IANA IPv4 Special-Purpose Address Registry, RFC 6890 and its successors.
fn connectable_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let special = match a {
        100 => (64..128).contains(&b), // shared address space, RFC 6598
        169 => b == 254,
        172 => (16..32).contains(&b),
        192 => matches!((b, c), (0, 0 | 2) | (88, 99) | (168, _)),
        198 => matches!((b, c), (18 | 19, _) | (51, 100)),
        203 => (b, c) == (0, 113),
        0 | 10 | 127 | 224.. => true, // this network, private, loopback; multicast, reserved, broadcast
        _ => false,
    };
    !special
}

/// IANA IPv6 Special-Purpose Address Registry; outside `2000::/3` nothing is assigned to the public.
fn connectable_v6(v6: Ipv6Addr) -> bool {
    let s = v6.segments();
    let embedded = |high: u16, low: u16| connectable_v4((u32::from(high) << 16 | u32::from(low)).into());
    match s {
        // IPv4-mapped (RFC 4291 §2.5.5.2), NAT64 (RFC 6052), 6to4 (RFC 3056).
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            embedded(high, low)
        }
        // Protocol assignments with Teredo and ORCHID, documentation, documentation (RFC 9637).
        [0x2001, 0..0x200 | 0xdb8, ..] | [0x3fff, 0..0x1000, ..] => false,
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

/// Looks at a URL before anything is resolved or connected: scheme, user-info, port and literal address.
///
/// # Errors
/// `BadUrl` or, for a literal address that must not be knocked at and no `allow_private`, `ForbiddenAddress`.
pub fn check_url(url: &Url, allow_private: bool) -> Result<(), Failure> {
    let refuse = |kind, detail: String| Err(Failure { kind, detail });
    if !matches!(url.scheme(), "http" | "https") {
        return refuse(FailureKind::BadUrl, format!("scheme `{}` is neither http nor https", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse(FailureKind::BadUrl, "the URL carries a user name or a password".to_owned());
    }
    let port = url.port_or_known_default().unwrap_or(0);
    if BAD_PORTS.binary_search(&port).is_ok() {
        return refuse(FailureKind::BadUrl, format!("port {port} belongs to another protocol"));
    }
    let literal = match url.host() {
        None => return refuse(FailureKind::BadUrl, "the URL names no host".to_owned()),
        Some(Host::Domain(_)) => return Ok(()),
        Some(Host::Ipv4(v4)) => IpAddr::V4(v4),
        Some(Host::Ipv6(v6)) => IpAddr::V6(v6),
    };
    if allow_private || connectable(literal) { Ok(()) } else { Err(forbidden(literal, "")) }
}

/// The failure that names a refused address and what opens it. `name` is the host that led there, if it was a name.
pub(super) fn forbidden(address: IpAddr, name: &str) -> Failure {
    let leads = if name.is_empty() { String::new() } else { format!("{name} leads to ") };
    let detail = format!("{leads}{address}, which is not on the public internet; --allow-private opens it");
    Failure { kind: FailureKind::ForbiddenAddress, detail }
}

#[cfg(test)]
mod tests;
