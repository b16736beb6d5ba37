//! PDFs of earlier merges of a notice that this one does not make again.

use std::collections::BTreeSet;
use std::path::Path;

use super::kept::Claim;
use crate::batch::{Origins, Written};
use crate::diag::{Error, reason};
use crate::files;
use crate::terminal;

/// What is known of a notice's PDFs in a folder.
pub struct Left<'a> {
    folder: &'a Path,
    origins: Origins,
    notice: String,
    written: Written,
}

impl<'a> Left<'a> {
    /// Reads the folder's record and adds what is about to be made: a run that is killed may
    /// have made any of it.
    ///
    /// # Errors
    /// The record cannot be written: nobody could tell afterwards whose these PDFs are.
    pub fn open<'n>(
        folder: &'a Path,
        claim: &Claim,
        names: impl Iterator<Item = &'n str>,
    ) -> Result<Self, Error> {
        let origins = Origins::new(folder);
        let (notice, roster) = claim.names(&origins);
        let mut written = Written::read(folder);
        written.add(&notice, &roster, names);
        let path = Written::path(folder);
        files::write(&path, &written.bytes()).map_err(|error| {
            let (path, why) = (path.display(), reason(&error));
            Error::command(format!("记录“{path}”写不了：{why}"))
                .hint("检查文件夹的权限；或删去它：以前合并生成的 PDF 是谁的，就不再知道")
        })?;
        Ok(Self { folder, origins, notice, written })
    }

    /// Names those that are not among `now`.
    pub fn tell(&self, now: &BTreeSet<&str>) {
        let told = |(name, roster): &(&str, &str)| {
            let path = self.folder.join(name);
            let roster = self.origins.roster_told(roster);
            format!(
                "{} 是以前按名册“{roster}”生成的，这次没有再生成；不再用的请自己删去",
                path.display()
            )
        };
        let left = self.written.left_over(self.folder, &self.notice, now);
        let left: Vec<String> = left.iter().map(told).collect();
        terminal::note_first(&left, |more| format!("另有 {more} 份 PDF 也是这样"));
    }
}
