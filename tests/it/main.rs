//! The integration tests: one binary, real sockets, loopback only.

mod http;
mod support;
