//! A page and a profile in, a reading out. Pure: nothing here fetches, keeps or reads the time of day.

pub mod date;
mod flow;
mod parse;
mod text;

pub use parse::{ParseLimit, parse};
