//! PDFs of earlier merges of a notice that this one does not make again.

use std::collections::BTreeSet;
use std::path::Path;

use super::kept::Claim;
use crate::batch::{Letter, Mail, Origins, Sent, Written};
use crate::diag::{Error, reason};
use crate::files;
use crate::terminal;

/// What is known of a notice's PDFs in a folder.
pub struct Left<'a> {
    folder: &'a Path,
    origins: Origins,
    notice: String,
    /// Before anything was made.
    old: Written,
    written: Written,
}

impl<'a> Left<'a> {
    /// Reads the folder's record and adds the PDFs of rows that are about to be made: a run
    /// that is killed may have made any of them.
    ///
    /// # Errors
    /// The record cannot be written: nobody could tell afterwards whose these PDFs are.
    pub fn open<'n>(
        folder: &'a Path,
        claim: &Claim,
        mails: impl Iterator<Item = &'n Mail>,
    ) -> Result<Self, Error> {
        let pdfs = mails.map(|mail| (mail.name.clone(), Some(Sent::of(mail))));
        Self::with(folder, claim, pdfs)
    }

    /// The same with the one PDF of all rows.
    ///
    /// # Errors
    /// As for [`open`](Self::open).
    pub fn of_all(folder: &'a Path, claim: &Claim, name: &str) -> Result<Self, Error> {
        Self::with(folder, claim, std::iter::once((name.to_owned(), None)))
    }

    fn with(
        folder: &'a Path,
        claim: &Claim,
        pdfs: impl Iterator<Item = (String, Option<Sent>)>,
    ) -> Result<Self, Error> {
        let origins = Origins::new(folder);
        let (notice, roster) = claim.names(&origins);
        let old = Written::read(folder);
        let mut written = old.clone();
        let letter = |sent| Letter { roster: roster.clone(), sent };
        written.add(&notice, pdfs.map(|(name, sent)| (name, letter(sent))));
        let left = Self { folder, origins, notice, old, written };
        left.write()?;
        Ok(left)
    }

    fn write(&self) -> Result<(), Error> {
        let path = Written::path(self.folder);
        files::write(&path, &self.written.bytes()).map_err(|error| {
            let (path, why) = (path.display(), reason(&error));
            Error::command(format!("记录“{path}”写不了：{why}"))
                .hint("检查文件夹的权限；或删去它：以前合并生成的 PDF 是谁的，就不再知道")
        })
    }

    /// Takes back what was said of PDFs that were not made after all.
    ///
    /// # Errors
    /// The record cannot be written.
    pub fn not_made<'n>(
        &mut self,
        mut names: impl Iterator<Item = &'n str>,
    ) -> Result<(), Error> {
        let Some(first) = names.next() else { return Ok(()) };
        self.written.restore(&self.old, std::iter::once(first).chain(names));
        self.write()
    }

    /// Names those that are not among `now`; those of rows that are `hidden` wait for a run
    /// of their own.
    pub fn tell(&self, now: &BTreeSet<&str>, hidden: &BTreeSet<usize>) {
        let told = |(name, roster): &(&str, &str)| {
            let path = self.folder.join(name);
            let roster = self.origins.roster_told(roster);
            format!(
                "{} 是以前按名册“{roster}”生成的，这次没有再生成；不再用的请自己删去",
                path.display()
            )
        };
        let left = self.written.left_over(self.folder, &self.notice, now);
        let waits = |name: &str| {
            let sent = self.written.owner(name).and_then(|(_, it)| it.sent.as_ref());
            sent.is_some_and(|it| hidden.contains(&it.row))
        };
        let left = left.iter().filter(|(name, _)| !waits(name));
        let left: Vec<String> = left.map(told).collect();
        terminal::note_first(&left, |more| format!("另有 {more} 份 PDF 也是这样"));
    }
}
