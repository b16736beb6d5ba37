//! One run of the program: where it was, what it had to do, and which share of it.

use serde::{Deserialize, Serialize};

use crate::batch::Shard;
use crate::digest::Digest;

/// One run of the program. Paths of its rows are as seen from its folder on its machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// `build`, `check`, `dry-run` or `merge`.
    pub task: String,
    /// The machine's name.
    pub machine: String,
    /// The folder it ran in.
    pub folder: String,
    /// What was named on the command line.
    pub paths: Vec<String>,
    /// When it was over, in UTC.
    pub time: String,
    /// Its share, where it did not have the whole.
    #[serde(flatten)]
    pub share: Option<Share>,
    /// PDFs that are there still while their notices are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_over: Vec<String>,
}

/// A share, and of what.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Share {
    /// Which: `2/8`.
    pub shard: Shard,
    /// How many notices all shares have.
    pub notices: usize,
    /// A digest of their names: it tells whether two machines share the same.
    pub list: Digest,
}
