//! How the web is reached: what tests and archives inside a house need beside the defaults.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::{Exit, Failure};
use crate::clock::SystemClock;
use crate::fetch::{HttpConfig, HttpFetch, ResolveOverride};

/// How the web is reached.
#[derive(Debug, Args)]
pub(super) struct Reach {
    /// Ask HOST:PORT at this address, as curl does: lessor.ml:443:127.0.0.1, or with a port of its own.
    #[arg(long, value_name = "HOST:PORT:ADDR", hide_short_help = true)]
    resolve: Vec<ResolveOverride>,
    /// Trust the certificates in this PEM file too.
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    cacert: Option<PathBuf>,
    /// Ask addresses that are not on the public internet.
    #[arg(long, hide_short_help = true)]
    pub allow_private: bool,
}

/// What every request says of its sender.
pub(super) fn user_agent(contact: &str) -> String {
    format!("griot/{} (newspaper archive; {contact})", env!("CARGO_PKG_VERSION"))
}

impl Reach {
    /// The client that asks.
    pub(super) fn fetch(&self, contact: &str) -> Result<HttpFetch, Failure> {
        let config = HttpConfig {
            from: Some(contact.to_owned()).filter(|c| c.contains('@')),
            resolve: self.resolve.clone(),
            cacert: self.cacert.clone(),
            allow_private: self.allow_private,
            connect_timeout: Duration::from_secs(10),
            ..HttpConfig::new(user_agent(contact))
        };
        HttpFetch::new(&config, Arc::new(SystemClock)).map_err(|e| Failure::new(Exit::Configuration, e))
    }
}
