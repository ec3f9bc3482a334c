//! From the client library's errors to griot's classes of failure.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, ErrorKind};

use super::resolve::Refused;
use crate::model::answer::{Failure, FailureKind};

/// Details longer than this tell no more and fill logs.
const MAX_DETAIL: usize = 300;
/// A chain of causes is followed this far.
const MAX_CAUSES: usize = 16;

/// Classes an error that came instead of a status line.
pub(super) fn classed(error: &reqwest::Error) -> Failure {
    if let Some(Refused(failure)) = causes(error).find_map(|c| c.downcast_ref::<Refused>()) {
        return failure.clone();
    }
    let kind = if error.is_timeout() {
        FailureKind::Timeout
    } else if error.is_builder() {
        FailureKind::BadUrl
    } else if causes(error).any(holds_rustls) {
        FailureKind::Tls
    } else if error.is_connect() {
        at_connect(error)
    } else {
        in_talk(error)
    };
    Failure { kind, detail: folded(error) }
}

/// Was the connection ended by the other side before a single byte of the answer? Only that is worth a second try.
pub(super) fn ended_silently(error: &reqwest::Error) -> bool {
    !error.is_connect() && !error.is_timeout() && in_talk(error) == FailureKind::Reset
}

/// TCP came to nothing, or TLS broke off without an alert.
fn at_connect(error: &reqwest::Error) -> FailureKind {
    // A name that no certificate can bear is a name that no resolver can know.
    if causes(error).any(<dyn Error>::is::<rustls::pki_types::InvalidDnsNameError>) {
        return FailureKind::Dns;
    }
    // The connector's own error has no public type; its words for "no TCP connection" have been stable for years, and
    // a change would show in `tests/it/http.rs`.
    let no_tcp = causes(error).any(|c| c.to_string().starts_with("tcp "));
    let broken_off = causes(error).filter_map(io_kind).any(|k| {
        matches!(k, ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe | ErrorKind::Other)
    });
    if !no_tcp && broken_off { FailureKind::Tls } else { FailureKind::Connect }
}

/// The connection stood; what went over it was no answer.
fn in_talk(error: &reqwest::Error) -> FailureKind {
    for cause in causes(error) {
        if let Some(hyper) = cause.downcast_ref::<hyper::Error>() {
            if hyper.is_incomplete_message() || hyper.is_canceled() || hyper.is_closed() {
                return FailureKind::Reset;
            }
            if hyper.is_parse() || hyper.is_parse_too_large() {
                return FailureKind::Protocol;
            }
        }
        if let Some(kind) = io_kind(cause) {
            return if matches!(kind, ErrorKind::InvalidData | ErrorKind::InvalidInput) {
                FailureKind::Protocol
            } else {
                FailureKind::Reset
            };
        }
        // HTTP/2's errors have no type here: one that the server sent is its refusal, one found by us its mistake.
        if cause.to_string().contains("error received") {
            return FailureKind::Reset;
        }
    }
    FailureKind::Protocol
}

fn io_kind(cause: &(dyn Error + 'static)) -> Option<ErrorKind> {
    cause.downcast_ref::<io::Error>().map(io::Error::kind)
}

/// TLS errors travel inside an `io::Error`, whose `source` skips them.
fn holds_rustls(cause: &(dyn Error + 'static)) -> bool {
    if cause.is::<rustls::Error>() {
        return true;
    }
    let mut inner = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    for _ in 0..MAX_CAUSES {
        match inner {
            Some(e) if e.is::<rustls::Error>() => return true,
            Some(e) => inner = e.downcast_ref::<io::Error>().and_then(io::Error::get_ref),
            None => return false,
        }
    }
    false
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |e| (*e).source()).take(MAX_CAUSES)
}

/// The whole chain on one line, each cause once, without control characters.
pub(super) fn folded(error: &(dyn Error + 'static)) -> String {
    let mut line = String::new();
    for cause in causes(error) {
        let words = cause.to_string();
        if !line.contains(&words) {
            let between = if line.is_empty() { "" } else { ": " };
            let _infallible = write!(line, "{between}{words}");
        }
    }
    let clean = line.chars().map(|c| if c.is_control() { ' ' } else { c });
    clean.take(MAX_DETAIL).collect()
}
