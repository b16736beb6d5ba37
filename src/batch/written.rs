//! The PDFs that merges wrote into a folder: those of rows that are gone stay there, and nobody
//! should send them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::paths::read_start;

/// The file in the folder that tells.
const NAME: &str = ".hongtou-merge.json";
/// What it takes at most, in bytes; a larger one is none of ours.
const LIMIT: u64 = 64 * 1024 * 1024;

/// The names of a folder's PDFs, each with the roster it was made from, by their notice.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written(BTreeMap<String, BTreeMap<String, String>>);

impl Written {
    /// The record's path in a folder.
    pub fn path(folder: &Path) -> PathBuf {
        folder.join(NAME)
    }

    /// What a folder's record tells of PDFs that are there still; one that is damaged tells
    /// nothing.
    pub fn read(folder: &Path) -> Self {
        let Self(mut notices) = Self::whole(folder).unwrap_or_default();
        for names in notices.values_mut() {
            names.retain(|name, _| folder.join(name).is_file());
        }
        notices.retain(|_, names| !names.is_empty());
        Self(notices)
    }

    /// Whether there is a record that cannot be read.
    pub fn is_damaged(folder: &Path) -> bool {
        Self::path(folder).exists() && Self::whole(folder).is_none()
    }

    fn whole(folder: &Path) -> Option<Self> {
        let bytes = read_start(&Self::path(folder), LIMIT).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Takes PDFs that are about to be made: they are no other notice's any more.
    pub fn add<'a>(
        &mut self,
        notice: &str,
        roster: &str,
        names: impl Iterator<Item = &'a str>,
    ) {
        for name in names {
            self.0.values_mut().for_each(|of| drop(of.remove(name)));
            let own = self.0.entry(notice.to_owned()).or_default();
            own.insert(name.to_owned(), roster.to_owned());
        }
    }

    /// The notice and the roster that a PDF was made from.
    pub fn owner(&self, name: &str) -> Option<(&str, &str)> {
        self.0.iter().find_map(|(notice, names)| {
            names.get(name).map(|roster| (notice.as_str(), roster.as_str()))
        })
    }

    /// As it is kept.
    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The PDFs of a notice that are not among these, each with its roster.
    pub fn left_over(
        &self,
        folder: &Path,
        notice: &str,
        now: &BTreeSet<&str>,
    ) -> Vec<(&str, &str)> {
        let all = self.0.get(notice).into_iter().flatten();
        let left = all.filter(|(name, _)| {
            !now.contains(name.as_str()) && folder.join(name).is_file()
        });
        left.map(|(name, roster)| (name.as_str(), roster.as_str())).collect()
    }
}
