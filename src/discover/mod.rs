//! Listings: bytes in, links out, with rank and date hint. Nothing here fetches, and no listing can make it work long.

mod charset;
mod date;
mod entity;
pub mod feed;
mod gather;
pub mod section;
pub mod sitemap;

pub use date::read_date;
pub use feed::read_feed;
pub use section::read_section;
pub use sitemap::read_sitemap;
