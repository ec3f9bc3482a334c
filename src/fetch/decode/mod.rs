//! From the bytes of a body to text: the content-coding undone, the charset found. Pure, capped, never panics.

mod charset;
mod coding;
mod engine;
mod prescan;

pub use charset::{CharsetSource, Text, text};
pub use coding::{DecodeError, Inflated, inflate};
