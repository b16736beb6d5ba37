//! PDFs of other notices, or of another roster, that a merge must not write over.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::args;
use crate::batch::{Origins, Owners, UNWANTED, Written, beside, of_notice};
use crate::commands::batch::tell_damaged;
use crate::diag::{Diagnostic, Error, LISTED};
use crate::paths::{seen, shown};
use crate::terminal;

/// What PDFs are made of.
pub struct Claim<'a> {
    file: &'a Path,
    data: &'a Path,
    sheet: Option<&'a str>,
    /// Whether names of files have nothing of a row in them but its number.
    by_number: bool,
}

impl<'a> Claim<'a> {
    /// Of a command line.
    pub fn new(args: &'a args::Merge, by_number: bool) -> Self {
        let (file, data, sheet) = (&args.file, &args.data, args.sheet.as_deref());
        Self { file, data, sheet, by_number }
    }

    /// The same of one PDF of all rows, whose name was chosen for it.
    pub fn of_all(&self) -> Self {
        Self { by_number: false, ..*self }
    }

    /// The notice and the roster as a folder's record names them.
    pub fn names(&self, origins: &Origins) -> (String, String) {
        let sheet = self.sheet.map(|it| format!("“{it}”")).unwrap_or_default();
        let roster = origins.name(self.data).into_string() + &sheet;
        (origins.name(self.file).into_string(), roster)
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
        let Ok(real) = folder_or_here(folder).canonicalize() else { return Ok(()) };
        let there = There::read(self, &real);
        let mut others: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
        for name in names {
            if let Some(whose) = there.whose(name) {
                others.entry(whose).or_default().push(folder.join(name));
            }
        }
        if others.is_empty() {
            return Ok(());
        }
        let told = |(whose, pdfs): (String, Vec<PathBuf>)| {
            let more = match pdfs.len() {
                1 => String::new(),
                count => format!("等 {count} 份 PDF "),
            };
            format!("“{}”{more}{whose}，没有盖掉", shown(&pdfs[0]))
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
}

fn folder_or_here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// What the records tell of a folder's PDFs.
struct There<'a> {
    claim: &'a Claim<'a>,
    folder: &'a Path,
    origins: Origins,
    roster: String,
    written: Written,
    /// Those of builds; the folder may lie in the tree of one.
    owners: Owners,
}

impl<'a> There<'a> {
    fn read(claim: &'a Claim, folder: &'a Path) -> Self {
        let origins = Origins::new(folder);
        let (_, roster) = claim.names(&origins);
        let owners = Owners::around(std::iter::once(folder.join("甲.pdf")), None);
        tell_damaged(owners.damaged().map(Path::to_owned));
        let written = Written::read(folder);
        Self { claim, folder, origins, roster, written, owners }
    }

    /// Whose a PDF is if it is not this merge's to write, in words.
    fn whose(&self, name: &str) -> Option<String> {
        let path = self.folder.join(name);
        if !path.is_file() {
            return None;
        }
        let owner = self.written.owner(name);
        if let Some((notice, roster)) = owner {
            if self.origins.is_other(notice, self.claim.file) {
                return Some(of_notice(&self.origins.path(notice)));
            }
            if self.claim.by_number && self.is_other_roster(roster) {
                let roster = roster_told(&self.origins, roster);
                return Some(format!("是按另一张名册“{roster}”生成的"));
            }
        }
        // A notice that is built by itself leaves no record; its PDF lies beside it.
        let beside = owner.is_none().then(|| beside(&path, self.claim.file)).flatten();
        if let Some(notice) = beside {
            return Some(of_notice(&notice));
        }
        let (entry, origins) = self.owners.newest(&path)?;
        let from = entry.from.as_deref()?;
        // What a merge wrote over a build's is the merge's.
        let builds = owner.is_none() || entry.pdf_at(&path).is_ok_and(|same| same);
        (builds && origins.is_other(from, self.claim.file))
            .then(|| of_notice(&origins.path(from)))
    }

    /// Whether a roster is another that is still there; one that is not was renamed.
    fn is_other_roster(&self, roster: &str) -> bool {
        let file = roster.split_once('“').map_or(roster, |(file, _)| file);
        roster != self.roster && self.origins.path(file).is_file()
    }
}

/// A roster's name in a record as it is told.
pub fn roster_told(origins: &Origins, roster: &str) -> String {
    shown(&seen(&origins.path(roster)))
}
