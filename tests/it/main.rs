//! The integration tests: one binary, real sockets, loopback only.

mod about;
mod budget;
mod check;
mod concern;
mod crawl;
mod demo;
mod dependencies;
mod docs;
mod ends;
mod handed_on;
mod help;
mod http;
mod kills;
mod layering;
mod lessor;
mod newspaper;
mod plan;
mod questions;
mod reading;
mod readme;
mod real;
mod score;
mod shared;
mod support;
mod traps;
mod warc;
