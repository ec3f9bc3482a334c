//! The integration tests: one binary, real sockets, loopback only.

mod crawl;
mod demo;
mod http;
mod layering;
mod lessor;
mod score;
mod shared;
mod support;
mod warc;
