//! PDFs of other notices, or of another roster, that a merge must not write over.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::args;
use crate::batch::{Origins, Owner, Owners, UNWANTED, Wanted};
use crate::commands::batch::tell_damaged;
use crate::diag::{Diagnostic, Error, LISTED};
use crate::digest::Digest;
use crate::paths::shown;
use crate::terminal;

/// What PDFs are made of.
pub struct Claim<'a> {
    file: &'a Path,
    notice: Digest,
    data: &'a Path,
    sheet: Option<&'a str>,
    /// Whether names of files have nothing of a row in them but its number.
    by_number: bool,
}

impl<'a> Claim<'a> {
    /// Of a command line whose notice has this digest.
    pub fn new(args: &'a args::Merge, notice: Digest, by_number: bool) -> Self {
        let (file, data, sheet) = (&args.file, &args.data, args.sheet.as_deref());
        Self { file, notice, data, sheet, by_number }
    }

    /// The same of one PDF of all rows, whose name was chosen for it.
    pub fn of_all(&self) -> Self {
        Self { by_number: false, ..*self }
    }

    /// The notice and the roster as a folder's record names them.
    pub fn names(&self, origins: &Origins) -> (String, String) {
        (origins.name(self.file).into_string(), origins.roster(self.data, self.sheet))
    }

    /// Whether the names of files tell nothing of their rows but the numbers.
    pub fn is_by_number(&self) -> bool {
        self.by_number
    }

    /// Whether a roster is another that is still there; one that is not was renamed.
    pub fn is_other_roster(&self, origins: &Origins, roster: &str) -> bool {
        origins.is_other_roster(roster, self.data, self.sheet)
    }

    /// Whether the PDFs of these names may be written into a folder.
    ///
    /// # Errors
    /// Some are another notice's that is still there, or of another roster and have its names by
    /// chance; `way` is the way out.
    pub fn free<'n>(
        &self,
        folder: &Path,
        names: impl Iterator<Item = &'n str>,
        way: &str,
    ) -> Result<(), Error> {
        let owners = Owners::around(std::iter::once(folder.join("甲.pdf")), None);
        tell_damaged(owners.damaged().map(Path::to_owned));
        let mut others: BTreeMap<Owner, Vec<PathBuf>> = BTreeMap::new();
        for name in names {
            let target = folder.join(name);
            if let Some(owner) = owners.whose(&self.wanted(&target), None) {
                others.entry(owner).or_default().push(target);
            }
        }
        if others.is_empty() {
            return Ok(());
        }
        let told = |(owner, pdfs): (Owner, Vec<PathBuf>)| {
            let more = match pdfs.len() {
                1 => String::new(),
                count => format!("等 {count} 份 PDF "),
            };
            format!("“{}”{more}{owner}，没有盖掉", shown(&pdfs[0]))
        };
        let count = others.len();
        let mut lines: Vec<String> = others.into_iter().take(LISTED).map(told).collect();
        if count > LISTED {
            lines.push(format!("另有 {} 份通知的 PDF 也是这样", count - LISTED));
        }
        let finding = Diagnostic::error("B104", lines.join("；\n"))
            .hint(format!("{way}；一份也没有写"))
            .hint(UNWANTED);
        terminal::show(&[finding]);
        Err(Error::document())
    }

    fn wanted<'t>(&'t self, target: &'t Path) -> Wanted<'t> {
        let roster = self.by_number.then_some((self.data, self.sheet));
        Wanted { source: self.file, notice: self.notice, target, roster }
    }
}
