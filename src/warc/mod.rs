//! The archive's WARC files: what the sites sent, kept so that any other tool can read it, in 2050 too.
//!
//! WARC/1.1 (ISO 28500:2017), one gzip member a record, so that a record is found by its offset and read alone.
//! A file is only ever appended to, by one [`writer::Writer`]; [`recovery`] mends what a crash left behind,
//! [`reader`] reads, [`verify`] proves. [`record`] says what a record is, [`visit`] how an answer becomes records,
//! and [`facts`] how the records become the answer and the rows again.
//!
//! The order that makes "saved" true: append, [`writer::Writer::sync`], then commit the rows with the length that
//! `sync` gave. What lies past the committed length is looked at by [`recovery::recover_folder`] on the next opening.

mod block;
pub mod digest;
pub mod facts;
mod member;
pub mod naming;
pub mod reader;
pub mod record;
pub mod recovery;
pub mod verify;
pub mod visit;
mod warcinfo;
pub mod writer;

pub use warcinfo::About;

#[cfg(test)]
mod samples;
