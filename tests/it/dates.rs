//! Dates as they really stand: the public sets of French date strings, and pages of our own, each for one trap. Pages of
//! other people's are held to their days in `score`.

mod found;
pub(crate) mod strings;
