//! What the integration tests share: a server on loopback that can behave badly, its certificates, and a site of
//! pages that can change between two crawls.
#![allow(dead_code, reason = "each test takes what it needs")]

pub(crate) mod authority;
pub(crate) mod connection;
pub(crate) mod faults;
pub(crate) mod reply;
pub(crate) mod run;
pub(crate) mod server;
pub(crate) mod site;
pub(crate) mod tools;

pub(crate) use authority::Certificates;
pub(crate) use connection::Connection;
pub(crate) use reply::Reply;
pub(crate) use server::{Ask, Server};
pub(crate) use site::Site;

mod tests;
