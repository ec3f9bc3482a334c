//! The shared words: plain data and pure functions. No I/O, no clock, no async.

pub mod amount;
pub mod answer;
pub mod article;
pub mod health;
pub mod identity;
pub mod instant;
pub mod link;
pub mod reading;
pub mod timeline;
pub mod title;
pub mod url;
