//! From a name to the addresses that may be connected to, and the overrides of `--resolve`.

use std::collections::HashMap;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::Host;

use super::guard;
use crate::model::answer::{Failure, FailureKind};

/// More addresses than this are not tried: a name with a thousand of them is no reason to knock a thousand times.
const MAX_ADDRESSES: usize = 8;

/// One `--resolve HOST:PORT:ADDR`, as curl writes it: connections to that host and port go to that address.
///
/// The address may carry a port of its own (`lessor.ml:443:127.0.0.1:8443`), which curl does not know; it works for
/// the scheme's own port (80, 443), because a port that the URL spells out always wins.
///
/// ```
/// let one: griot::fetch::ResolveOverride = "lessor.ml:443:[::1]:8443".parse().unwrap();
/// assert_eq!(one.address.port(), 8443);
/// assert!("lessor.ml:8080:127.0.0.1:9000".parse::<griot::fetch::ResolveOverride>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolveOverride {
    /// The host, lower case, as the URL parser writes it.
    pub host: String,
    /// The port of the URL.
    pub port: u16,
    /// Where to connect; port 0 stands for the URL's own.
    pub address: SocketAddr,
}

/// What is wrong with a `--resolve`, and what to write.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}`: {reason}; write HOST:PORT:ADDR, for example lessor.ml:443:127.0.0.1 or lessor.ml:443:[::1]:8443")]
pub struct BadOverride {
    /// As given.
    pub given: String,
    /// The part that is wrong.
    pub reason: String,
}

impl FromStr for ResolveOverride {
    type Err = BadOverride;

    fn from_str(given: &str) -> Result<Self, BadOverride> {
        let bad = |reason: String| BadOverride { given: given.to_owned(), reason };
        let mut parts = given.splitn(3, ':');
        let (Some(host), Some(port), Some(address)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(bad("two colons are needed".to_owned()));
        };
        let host = match Host::parse(host) {
            Ok(Host::Domain(name)) => name,
            Ok(_) => return Err(bad(format!("`{host}` is an address already (--allow-private opens it)"))),
            Err(reason) => return Err(bad(format!("`{host}` is not a host name ({reason})"))),
        };
        let port = match port.parse() {
            Ok(0) | Err(_) => return Err(bad(format!("`{port}` is not a port (1 to 65535)"))),
            Ok(port) => port,
        };
        let address = read_address(address).ok_or_else(|| bad(format!("`{address}` is not an IP address")))?;
        if address.port() == port {
            return Ok(Self { host, port, address: SocketAddr::new(address.ip(), 0) });
        }
        if address.port() != 0 && !matches!(port, 80 | 443) {
            return Err(bad(format!("port {port} cannot be led to another one, only 80 and 443 can")));
        }
        Ok(Self { host, port, address })
    }
}

/// `1.2.3.4`, `1.2.3.4:80`, `[::1]`, `[::1]:80`, and `::1`, which curl takes too.
fn read_address(text: &str) -> Option<SocketAddr> {
    let bare = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    let without_port = bare.parse::<IpAddr>().ok().map(|ip| SocketAddr::new(ip, 0));
    without_port.or_else(|| text.parse().ok().filter(|a: &SocketAddr| a.port() != 0))
}

impl fmt::Display for ResolveOverride {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:", self.host, self.port)?;
        match self.address {
            SocketAddr::V6(a) if a.port() == 0 => write!(f, "[{}]", a.ip()),
            a if a.port() == 0 => write!(f, "{}", a.ip()),
            a => write!(f, "{a}"),
        }
    }
}

/// Names the failure inside a library's chain of errors, where only the type survives.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.detail)]
pub(super) struct Refused(pub(super) Failure);

/// The operating system's resolver behind the guard. One of these serves one port, since a resolver is not told it.
pub(super) struct GuardedResolver {
    /// Host to addresses that the operator named: not judged.
    pub(super) overrides: Arc<HashMap<String, Vec<SocketAddr>>>,
    pub(super) allow_private: bool,
    /// Shorter than the time to connect, so that a silent resolver is told apart from a silent host.
    pub(super) patience: Duration,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        if let Some(named) = self.overrides.get(name.as_str()) {
            let named: Addrs = Box::new(named.clone().into_iter());
            return Box::pin(async move { Ok(named) });
        }
        let (allow_private, patience) = (self.allow_private, self.patience);
        Box::pin(async move {
            let found = look_up(name.as_str(), patience).await?;
            let judged = judge(name.as_str(), found, allow_private)?;
            Ok(Box::new(judged.into_iter()) as Addrs)
        })
    }
}

/// All the addresses of a name, or why there are none.
async fn look_up(name: &str, patience: Duration) -> Result<Vec<SocketAddr>, Refused> {
    let refused = |detail: String| Refused(Failure { kind: FailureKind::Dns, detail });
    if is_localhost(name) {
        return Ok(vec![(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()]);
    }
    match tokio::time::timeout(patience, tokio::net::lookup_host((name, 0))).await {
        Ok(Ok(found)) => Ok(found.collect()),
        Ok(Err(reason)) => Err(refused(format!("{name} does not resolve: {reason}"))),
        Err(_) => Err(refused(format!("the resolver said nothing about {name} for {} s", patience.as_secs_f32()))),
    }
}

/// RFC 6761 §6.3: these names are loopback whatever a resolver says, and no resolver need hear of them.
fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name.rsplit('.').next().is_some_and(|last| last.eq_ignore_ascii_case("localhost"))
}

/// One forbidden address in the set refuses the whole: such a set is a trap or a mistake, and either may rotate.
fn judge(name: &str, found: Vec<SocketAddr>, allow_private: bool) -> Result<Vec<SocketAddr>, Refused> {
    if found.is_empty() {
        return Err(Refused(Failure { kind: FailureKind::Dns, detail: format!("{name} has no address") }));
    }
    if !allow_private && let Some(bad) = found.iter().find(|a| !guard::connectable(a.ip())) {
        return Err(Refused(guard::forbidden(bad.ip(), name)));
    }
    Ok(found.into_iter().take(MAX_ADDRESSES).collect())
}

#[cfg(test)]
mod tests;
