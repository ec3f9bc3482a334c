//! One request, one answer. The only place that opens a socket to the web.
//!
//! A redirect is an answer, an error page is an answer, and no answer at all is an answer too: nothing here retries
//! for manners' sake, follows, waits for a turn or judges. Bodies come as they were sent; [`decode`] undoes the
//! content-coding and finds the charset, bounded, away from the socket.

pub mod decode;
mod failure;
pub mod guard;
pub mod http;
pub mod resolve;

use std::path::PathBuf;

use async_trait::async_trait;

pub use self::http::{HttpConfig, HttpFetch};
pub use self::resolve::ResolveOverride;
use crate::model::answer::{Answer, Request};

/// Asks for one page.
///
/// Two implementers: the web ([`HttpFetch`]) and what was kept of it (replay from WARC records).
#[async_trait]
pub trait Fetch: Send + Sync {
    /// Makes one request and tells what came of it, whole or not. Never fails: a failure is an answer.
    async fn fetch(&self, request: Request) -> Answer;
}

/// Why no fetcher can be made from a configuration.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The user agent or the contact holds a character that a header cannot carry.
    #[error("`{value}` cannot be sent as the {header} header; write it in visible ASCII, on one line")]
    Identity {
        /// "User-Agent" or "From".
        header: &'static str,
        /// What was configured.
        value: String,
    },
    /// The file of `--cacert` cannot be read.
    #[error("cannot read the certificates of {path}: {source}")]
    Cacert {
        /// As given.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file of `--cacert` holds no usable certificate.
    #[error(
        "{path} holds no certificate that can be used ({reason}); give a PEM file with `-----BEGIN CERTIFICATE-----`"
    )]
    NoCertificate {
        /// As given.
        path: PathBuf,
        /// The library's words, or "empty".
        reason: String,
    },
    /// The TLS roots or the client cannot be set up.
    #[error("cannot set up the HTTP client: {reason}; is the package ca-certificates installed?")]
    Client {
        /// The library's words on one line.
        reason: String,
    },
}
