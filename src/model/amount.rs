//! What requests cost.

use serde::{Deserialize, Serialize};

/// Requests and bytes as sent over the line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// Requests, answered or not.
    pub requests: u64,
    /// Body bytes as sent.
    pub bytes: u64,
}
