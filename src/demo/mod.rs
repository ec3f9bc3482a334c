//! The bundled newspaper: *Le Piroguier*, invented from its name to its last line, served on this machine only.
//!
//! It has the structure and the traps of a real state daily, so that `griot demo` shows on the first evening what
//! a year of crawling shows: side blocks that turn without a word changed, an edit, a cut, a removal, a new story.
//! Texts stand in `data/demo/`, one plain file each ([`paper`]); [`edition`] says what the site looks like at each
//! pass; `page` and `listing` print it; [`serve`] hands it out on the loopback interface.

mod bundle;
pub mod edition;
mod html;
mod listing;
mod page;
pub mod paper;
pub mod serve;
mod typeset;
