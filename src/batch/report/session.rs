//! One run of the program: where it was, what it had to do, and which share of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Made;
use crate::batch::Shard;
use crate::digest::Digest;
use crate::paths::plain;

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
    /// What its PDFs were made with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<Made>,
    /// Whether it was begun and did not come to its end.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unfinished: bool,
    /// PDFs that are there still while their notices are gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_over: Vec<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(it: &bool) -> bool {
    !*it
}

impl Session {
    /// A path of its own, whole.
    pub fn whole(&self, path: &str) -> PathBuf {
        plain(&Path::new(&self.folder).join(path))
    }

    /// The folders and files that it was about, wherever it ran; where it does not say, the
    /// folder it ran in.
    pub fn places(&self) -> BTreeSet<PathBuf> {
        if self.paths.is_empty() {
            return BTreeSet::from([self.whole("")]);
        }
        self.paths.iter().map(|it| self.whole(it)).collect()
    }
}

/// Runs, by their positions, whose shares belong to one whole: of one task and of equal lists
/// of notices. Where one machine has such shares of several places, each place is a whole.
pub fn wholes(runs: &[&Session]) -> Vec<Vec<usize>> {
    let mut lists: BTreeMap<(&str, Digest), Vec<usize>> = BTreeMap::new();
    for (at, run) in runs.iter().enumerate() {
        if let Some(share) = &run.share {
            lists.entry((&run.task, share.list)).or_default().push(at);
        }
    }
    let apart = |whole: Vec<usize>| {
        let mut machines: BTreeMap<&str, BTreeSet<_>> = BTreeMap::new();
        let mut places: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for at in &whole {
            let place = runs[*at].places();
            machines.entry(&runs[*at].machine).or_default().insert(place.clone());
            places.entry(place).or_default().push(*at);
        }
        match machines.values().any(|it| it.len() > 1) {
            true => places.into_values().collect(),
            false => vec![whole],
        }
    };
    lists.into_values().flat_map(apart).collect()
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
