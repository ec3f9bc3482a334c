//! Is it them, or is it us? When everything fails at once, no site is to blame.

use std::collections::BTreeSet;

use crate::model::answer::FailureKind;

/// Failures in a row before anything is concluded.
const ENOUGH: u32 = 3;

/// Hosts remembered of a row of failures: more prove nothing more.
const HOSTS: usize = 16;

/// What the run has seen of the network, as a row of failures without a good answer between them.
#[derive(Debug, Clone, Default)]
pub struct Connectivity {
    /// Has any server answered in this run?
    answered: bool,
    row: u32,
    hosts: BTreeSet<String>,
    names_fail: bool,
}

impl Connectivity {
    /// A server answered, whatever it said.
    pub fn answered(&mut self) {
        *self = Self { answered: true, ..Self::default() };
    }

    /// A request to `host` failed. Kinds that are decided before a packet leaves say nothing.
    pub fn failed(&mut self, host: &str, kind: FailureKind) {
        if matches!(kind, FailureKind::ForbiddenAddress | FailureKind::BadUrl) {
            return;
        }
        self.row = self.row.saturating_add(1);
        self.names_fail |= kind == FailureKind::Dns;
        if self.hosts.len() < HOSTS {
            self.hosts.insert(host.to_owned());
        }
    }

    /// May a failure of this kind be our own line's? While nobody has answered in this run there is nothing to tell it by.
    /// Who refuses a handshake, or speaks no HTTP, is there.
    #[must_use]
    pub fn may_be_ours(&self, kind: FailureKind) -> bool {
        let silent =
            matches!(kind, FailureKind::Dns | FailureKind::Connect | FailureKind::Timeout | FailureKind::Reset);
        silent && (!self.answered || self.is_offline())
    }

    /// Offline: at least three failures in a row, and of more than one host; or of one host where its name stopped to
    /// resolve, or where nothing at all has answered in this run. Then no penalty is given and nothing counts as removed.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        self.row >= ENOUGH && (self.hosts.len() > 1 || self.names_fail || !self.answered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(steps: &[Option<(&str, FailureKind)>]) -> bool {
        let mut seen = Connectivity::default();
        for step in steps {
            match step {
                None => seen.answered(),
                Some((host, kind)) => seen.failed(host, *kind),
            }
        }
        seen.is_offline()
    }

    #[test]
    fn everything_fails_at_once() {
        use FailureKind::{Connect, Dns, Timeout};
        assert!(after(&[None, Some(("a", Timeout)), Some(("b", Connect)), Some(("a", Timeout))]));
        assert!(after(&[None, Some(("a", Timeout)), Some(("a", Dns)), Some(("a", Dns))]));
        assert!(after(&[Some(("a", Connect)), Some(("a", Connect)), Some(("a", Connect))]));
    }

    #[test]
    fn one_host_that_answered_and_then_fell_silent_is_its_own_trouble() {
        use FailureKind::{BadUrl, Connect, Timeout, Tls};
        assert!(!after(&[None, Some(("a", Timeout)), Some(("a", Connect)), Some(("a", Timeout)), Some(("a", Tls))]));
        assert!(!after(&[
            Some(("a", Timeout)),
            Some(("b", Timeout)),
            None,
            Some(("a", Timeout)),
            Some(("b", Timeout))
        ]));
        let mut seen = Connectivity::default();
        assert!(seen.may_be_ours(Timeout) && !seen.may_be_ours(Tls) && !seen.may_be_ours(BadUrl));
        seen.answered();
        assert!(!seen.may_be_ours(Timeout));
        assert!(!after(&[Some(("a", BadUrl)), Some(("b", BadUrl)), Some(("c", BadUrl))]));
    }
}
