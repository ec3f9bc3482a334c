//! May we ask, and when: robots.txt and the pace of a group of hosts. Pure states; the caller keeps them between runs.

pub mod ceiling;
pub mod connectivity;
pub mod pace;
pub mod retry_after;
pub mod robots;
