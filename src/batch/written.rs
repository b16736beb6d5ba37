//! The PDFs that merges wrote into a folder: those of rows that are gone stay there, and nobody
//! should send them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Mail, copies};
use crate::digest::Digest;
use crate::paths::read_start;

/// The file in the folder that tells.
const NAME: &str = ".hongtou-merge.json";
/// What it takes at most, in bytes; a larger one is none of ours.
const LIMIT: u64 = 64 * 1024 * 1024;

/// The names of a folder's PDFs, each with what it was made from, by their notice.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written(BTreeMap<String, BTreeMap<String, Letter>>);

/// What a PDF was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Kept")]
pub struct Letter {
    /// The roster.
    pub roster: String,
    /// Its row; none of a PDF of all rows, or where an older record does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<Sent>,
}

/// The row of a letter, as far as it tells to whom it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Its number.
    pub row: usize,
    /// 主送, where the row has a part in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The digest of the values that the letter asks for.
    pub values: Digest,
    /// 份号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
}

impl Sent {
    /// Of a letter that is to be made.
    pub fn of(mail: &Mail) -> Self {
        let (row, to, values) = (mail.row, mail.to.clone(), mail.values);
        Self { row, to, values, copy: mail.copy_text() }
    }

    /// Its 份号 as a number, whatever zeros it is written with.
    pub fn copy_number(&self) -> Option<u32> {
        copies::number(self.copy.as_deref()?).ok()
    }
}

/// A letter as records have it: older ones have no more than the roster.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Roster(String),
    Letter {
        roster: String,
        #[serde(default)]
        sent: Option<Sent>,
    },
}

impl From<Kept> for Letter {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::Roster(roster) => Self { roster, sent: None },
            Kept::Letter { roster, sent } => Self { roster, sent },
        }
    }
}

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
    pub fn add(&mut self, notice: &str, pdfs: impl Iterator<Item = (String, Letter)>) {
        for (name, letter) in pdfs {
            self.forget(&name);
            self.0.entry(notice.to_owned()).or_default().insert(name, letter);
        }
    }

    fn forget(&mut self, name: &str) {
        self.0.values_mut().for_each(|of| drop(of.remove(name)));
    }

    /// Takes back what was said of PDFs that were not made after all: they are what they were.
    pub fn restore<'a>(&mut self, old: &Self, names: impl Iterator<Item = &'a str>) {
        for name in names {
            self.forget(name);
            if let Some((notice, letter)) = old.owner(name) {
                let letter = std::iter::once((name.to_owned(), letter.clone()));
                self.add(notice, letter);
            }
        }
    }

    /// The notice that a PDF was made of, and what of it.
    pub fn owner(&self, name: &str) -> Option<(&str, &Letter)> {
        self.0.iter().find_map(|(notice, names)| {
            names.get(name).map(|letter| (notice.as_str(), letter))
        })
    }

    /// The PDFs of a notice's rows.
    pub fn sent(&self, notice: &str) -> impl Iterator<Item = (&str, &Letter, &Sent)> {
        let all = self.0.get(notice).into_iter().flatten();
        all.filter_map(|(name, letter)| {
            Some((name.as_str(), letter, letter.sent.as_ref()?))
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
        left.map(|(name, letter)| (name.as_str(), letter.roster.as_str())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(roster: &str) -> Letter {
        Letter { roster: roster.to_owned(), sent: None }
    }

    #[test]
    fn a_record_of_rosters_alone_is_read_as_well() {
        let old = r#"{"通知.yaml": {"甲.pdf": "名册.csv"}}"#;
        let mut written: Written = serde_json::from_str(old).expect("a record");
        assert_eq!(written.owner("甲.pdf"), Some(("通知.yaml", &letter("名册.csv"))));
        let sent =
            Sent { row: 2, to: None, values: Digest::of(b""), copy: Some("1".into()) };
        let made = Letter { sent: Some(sent), ..letter("名册.csv") };
        written.add("通知.yaml", std::iter::once(("乙.pdf".into(), made)));
        assert_eq!(
            serde_json::from_slice::<Written>(&written.bytes()).ok(),
            Some(written)
        );
    }

    #[test]
    fn what_was_not_made_is_what_it_was() {
        let mut old = Written::default();
        old.add("一.yaml", std::iter::once(("甲.pdf".into(), letter("旧.csv"))));
        let mut new = old.clone();
        let made = ["甲.pdf", "乙.pdf"].map(|it| (it.to_owned(), letter("新.csv")));
        new.add("二.yaml", made.into_iter());
        new.restore(&old, ["甲.pdf", "乙.pdf"].into_iter());
        assert_eq!(new.owner("甲.pdf"), Some(("一.yaml", &letter("旧.csv"))));
        assert_eq!(new.owner("乙.pdf"), None);
    }
}
