//! HTTP as it is met: well-behaved, odd and evil servers.
