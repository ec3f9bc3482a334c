//! Maps and sets of a page's nodes. A node's number is nothing that a page can choose, so that it is hashed quickly.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use rustc_hash::FxBuildHasher;

pub(super) type NodeMap<V> = HashMap<NodeId, V, FxBuildHasher>;
pub(super) type NodeSet = HashSet<NodeId, FxBuildHasher>;
