//! Whose a PDF is: what the records of its folder and of the folders above it say of it, and
//! what a merge wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use super::origin::whole;
use super::{Entry, Origins, Record, Written};
use crate::diag::Diagnostic;
use crate::digest::Digest;
use crate::paths::{PDF, folder_of, is_other_than, seen, shown};

/// The way out where a PDF that is in the way is not needed any more.
pub const UNWANTED: &str = "那样的 PDF 不要了的，先删去，再生成一次";
/// The way out where a notice's PDF can go elsewhere.
pub const ELSEWHERE: &str = "用 -o 写到别的文件夹，或给通知改名";
/// So many folders above a PDF are asked for records.
const LEVELS: usize = 8;

/// What is written down of PDFs wherever it may be.
pub struct Owners {
    homes: Vec<Home>,
    /// What merges wrote, by their folders.
    merges: BTreeMap<PathBuf, (Written, Origins)>,
}

/// A folder with a record.
struct Home {
    folder: PathBuf,
    record: Record,
    origins: Origins,
    /// Whether it may have told of one of the PDFs that are asked for.
    lacks: bool,
}

/// A notice and the PDF it is to become.
pub struct Wanted<'a> {
    /// The notice's file.
    pub source: &'a Path,
    /// What is in it.
    pub notice: Digest,
    /// The PDF.
    pub target: &'a Path,
    /// The roster and its sheet, where a merge names PDFs after nothing else of a row than its
    /// number.
    pub roster: Option<(&'a Path, Option<&'a str>)>,
}

/// Whose a PDF is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// Another notice's.
    Notice(PathBuf),
    /// The same notice's, of another roster.
    Roster(String),
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Notice(path) => write!(f, "是另一份通知“{}”的", shown(&seen(path))),
            Self::Roster(name) => write!(f, "是按另一张名册“{name}”生成的"),
        }
    }
}

impl Owners {
    /// Asks all folders around these PDFs but `without`, whose record is known.
    pub fn around(
        targets: impl Iterator<Item = PathBuf>,
        without: Option<&Path>,
    ) -> Self {
        let targets: Vec<PathBuf> = targets.collect();
        let near: BTreeSet<PathBuf> =
            targets.iter().map(|it| folder_of(it).to_owned()).collect();
        let near: BTreeSet<PathBuf> = near.iter().map(|it| whole(it)).collect();
        let above = near.iter().flat_map(|it| it.ancestors().take(LEVELS + 1));
        let folders: BTreeSet<&Path> = above.collect();
        let known = without.map(whole);
        let homes = folders.into_iter().filter(|it| known.as_deref() != Some(*it));
        let told = |it: &Home| !it.record.is_empty() || it.is_damaged();
        let homes = homes.map(|it| Home::read(it, &targets)).filter(told).collect();
        let merged = near.into_iter().filter(|it| Written::path(it).is_file());
        let merges = merged.map(|it| {
            let read = (Written::read(&it), Origins::new(&it));
            (it, read)
        });
        Self { homes, merges: merges.collect() }
    }

    /// The folder of a PDF's nearest record, its own before those above; that of a merge does
    /// as well.
    pub fn home_of(&self, target: &Path) -> Option<&Path> {
        let folder = whole(folder_of(target));
        let within = self.homes.iter().map(|it| it.folder.as_path());
        let nearest = within.filter(|it| folder.starts_with(it));
        let merged =
            self.merges.get_key_value(&folder).map(|(folder, _)| folder.as_path());
        nearest.max_by_key(|it| it.components().count()).or(merged)
    }

    /// The folders whose records cannot be read in part or at all.
    pub fn damaged(&self) -> impl Iterator<Item = &Path> {
        let damaged = self.homes.iter().filter(|it| it.is_damaged());
        let merges = self.merges.keys().filter(|it| Written::is_damaged(it));
        let folders = damaged.map(|it| &it.folder).chain(merges);
        folders.map(PathBuf::as_path).collect::<BTreeSet<_>>().into_iter()
    }

    /// The newest word on a PDF, with what its notice's name is seen from.
    pub fn newest(&self, target: &Path) -> Option<(&Entry, &Origins)> {
        let target = real(target);
        let words =
            self.homes.iter().filter_map(|it| Some((it.entry(&target)?, &it.origins)));
        words.max_by_key(|(entry, _)| entry.time)
    }

    /// A PDF's name in the record of a folder above it.
    pub fn key(home: &Path, target: &Path) -> String {
        let target = real(target);
        let name = shown(target.strip_prefix(home).unwrap_or(&target));
        if cfg!(windows) { name.replace('\\', "/") } else { name }
    }

    /// When the last word on any PDF was written.
    pub fn last(&self) -> u64 {
        self.homes.iter().map(|it| it.record.newest()).max().unwrap_or_default()
    }

    /// Whether the newest word on a PDF is that it is this notice's.
    pub fn knows(&self, wanted: &Wanted) -> bool {
        self.newest(wanted.target).is_some_and(|word| is_own(word, wanted.source))
    }

    /// The other notice, or roster, that a PDF is of: nobody may lose it for this one. `known`
    /// is what another record says.
    pub fn whose(
        &self,
        wanted: &Wanted,
        known: Option<(&Entry, &Origins)>,
    ) -> Option<Owner> {
        if !wanted.target.is_file() {
            return None;
        }
        let merged = self.merged(wanted.target);
        // What a merge wrote over a build's is the merge's.
        let built = |(entry, _): &(&Entry, &Origins)| {
            merged.is_none() || entry.pdf_at(wanted.target).is_ok_and(|same| same)
        };
        let words = self.newest(wanted.target).into_iter().chain(known);
        match (words.max_by_key(|(entry, _)| entry.time).filter(built), merged) {
            (Some((entry, origins)), _) => {
                let from = origins.path(entry.from.as_deref().unwrap_or_default());
                let other = origins.is_of_other(entry, wanted.source, wanted.notice);
                other.then_some(Owner::Notice(from))
            }
            (None, Some(merged)) => merged.other_than(wanted),
            // A notice that is built by itself leaves no record; its PDF lies beside it.
            (None, None) => beside(wanted.target, wanted.source).map(Owner::Notice),
        }
    }

    /// What to say of a PDF that is another's; `way` is the way out.
    pub fn refusal(
        &self,
        wanted: &Wanted,
        known: Option<(&Entry, &Origins)>,
        way: &str,
    ) -> Option<Diagnostic> {
        let owner = self.whose(wanted, known)?;
        let message = format!("“{}”{owner}，没有盖掉", shown(wanted.target));
        Some(Diagnostic::error("B104", message).hint(way).hint(UNWANTED))
    }

    /// What a merge says of a PDF.
    fn merged(&self, target: &Path) -> Option<Merged<'_>> {
        let target = real(target);
        let (written, origins) = self.merges.get(folder_of(&target))?;
        let (notice, letter) = written.owner(&shown(Path::new(target.file_name()?)))?;
        Some(Merged { notice, roster: &letter.roster, origins })
    }
}

/// The notice and the roster that a merge made a PDF of.
struct Merged<'a> {
    notice: &'a str,
    roster: &'a str,
    origins: &'a Origins,
}

impl Merged<'_> {
    fn other_than(&self, wanted: &Wanted) -> Option<Owner> {
        let Self { notice, roster, origins } = self;
        if origins.is_other(notice, wanted.source) {
            return Some(Owner::Notice(origins.path(notice)));
        }
        let (data, sheet) = wanted.roster?;
        let other = origins.is_other_roster(roster, data, sheet);
        other.then(|| Owner::Roster(origins.roster_told(roster)))
    }
}

impl Home {
    fn read(folder: &Path, targets: &[PathBuf]) -> Self {
        let record = Record::read(folder, &super::record_name(None));
        let lacks = |target: &PathBuf| {
            let target = real(target);
            let key = Owners::key(folder, &target);
            target.starts_with(folder) && record.may_lack(&key, &target)
        };
        let lacks = record.is_unfinished() && targets.iter().any(lacks);
        Self { folder: folder.to_owned(), record, origins: Origins::new(folder), lacks }
    }

    fn is_damaged(&self) -> bool {
        self.record.is_damaged() || self.lacks
    }

    fn entry(&self, target: &Path) -> Option<&Entry> {
        let inside = target.starts_with(&self.folder);
        inside.then(|| self.record.get(&Owners::key(&self.folder, target)))?
    }
}

fn is_own((entry, origins): (&Entry, &Origins), source: &Path) -> bool {
    entry.from.as_deref() == Some(&*origins.name(source))
}

/// The notice other than `source` that a PDF lies beside, under its name.
fn beside(target: &Path, source: &Path) -> Option<PathBuf> {
    let origins = Origins::new(folder_of(target));
    let mut notices = ["yaml", "yml"].into_iter().map(|it| target.with_extension(it));
    notices.find(|it| it.is_file() && origins.is_other(&origins.name(it), source))
}

/// A PDF's path without links above it.
fn real(target: &Path) -> PathBuf {
    whole(folder_of(target)).join(target.file_name().unwrap_or_default())
}

/// What to say of a file in a PDF's place that is none: no program of ours wrote it.
pub fn no_pdf(target: &Path) -> Option<Diagnostic> {
    is_other_than(target, PDF).then(|| {
        let message = format!("“{}”不是 PDF，没有盖掉", shown(target));
        Diagnostic::error("B105", message).hint("把它移走，或给它改名，再运行一次")
    })
}
