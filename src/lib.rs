//! griot keeps what a newspaper prints, and every version of it.
//!
//! The folders follow one article through the house: a listing is read (`discover`), a page falls due (`frontier`),
//! the site is asked for it when it may be (`politeness`, `fetch`), the answer is read by a profile (`profile`,
//! `extract`), the article's timeline judges what the reading means (`model::timeline`), the recorder writes the
//! record (`warc`) and then the rows (`store`), and the commands show what was kept (`cli`) and hand it on (`export`).
//! Where nobody has written a profile yet, or a site has been redesigned, `learn` proposes one out of pages.
//!
//! What never happens: `extract` never fetches; `store` never judges; readers never write; the core reads no clock;
//! only `crawl` knows two stages; nothing but `fetch` opens a socket to the web.

pub mod archive;
pub mod cli;
pub mod clock;
pub mod config;
pub mod crawl;
pub mod demo;
pub mod discover;
pub mod disk;
pub mod export;
pub mod extract;
pub mod fetch;
pub mod frontier;
pub mod learn;
pub mod model;
pub mod politeness;
pub mod profile;
pub mod store;
pub mod warc;
