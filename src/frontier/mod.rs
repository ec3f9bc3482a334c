//! What is due when: pure policy. The rows it decides about are kept by the store.

pub mod barren;
pub mod budget;
pub mod order;
pub mod place;
pub mod retry;
pub mod revisit;
