//! Whose a PDF is: what the records of its folder and of the folders above it say of it, and
//! what a merge wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::origin::whole;
use super::{Entry, Origins, Record, Written};
use crate::diag::Diagnostic;
use crate::digest::Digest;
use crate::paths::{PDF, folder_of, is_other_than, seen, shown};

/// The way out where a PDF that is in the way is not needed any more.
pub const UNWANTED: &str = "那样的 PDF 不要了的，先删去，再生成一次";
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
}

/// A notice and the PDF it is to become.
pub struct Wanted<'a> {
    /// The notice's file.
    pub source: &'a Path,
    /// What is in it.
    pub notice: Digest,
    /// The PDF.
    pub target: &'a Path,
}

impl Owners {
    /// Asks all folders around these PDFs but `without`, whose record is known.
    pub fn around(
        targets: impl Iterator<Item = PathBuf>,
        without: Option<&Path>,
    ) -> Self {
        let near: BTreeSet<PathBuf> =
            targets.map(|it| folder_of(&it).to_owned()).collect();
        let near: BTreeSet<PathBuf> = near.iter().map(|it| whole(it)).collect();
        let above = near.iter().flat_map(|it| it.ancestors().take(LEVELS + 1));
        let folders: BTreeSet<&Path> = above.collect();
        let known = without.map(whole);
        let homes = folders.into_iter().filter(|it| known.as_deref() != Some(*it));
        let told = |it: &Home| !it.record.is_empty() || it.record.is_damaged();
        let homes = homes.map(Home::read).filter(told).collect();
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
        let damaged = self.homes.iter().filter(|it| it.record.is_damaged());
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

    /// What to say of a PDF that is another notice's: nobody may lose it for this one. `known`
    /// is what another record says.
    pub fn refusal(
        &self,
        wanted: &Wanted,
        known: Option<(&Entry, &Origins)>,
    ) -> Option<Diagnostic> {
        if !wanted.target.exists() {
            return None;
        }
        let words = self.newest(wanted.target).into_iter().chain(known);
        let word = words.max_by_key(|(entry, _)| entry.time);
        let other = word.and_then(|(entry, origins)| {
            let other = origins.is_of_other(entry, wanted.source, wanted.notice);
            other.then(|| origins.path(entry.from.as_deref().unwrap_or_default()))
        });
        let built = |(entry, _): (&Entry, &Origins)| {
            entry.pdf_at(wanted.target).is_ok_and(|same| same)
        };
        let own = word.is_some_and(|it| is_own(it, wanted.source) && built(it));
        if other.is_none() && own {
            return None;
        }
        // A notice that is built by itself leaves no record; its PDF lies beside it.
        let beside = || word.is_none().then(|| beside(wanted.target, wanted.source))?;
        let other = other.or_else(|| self.merged(wanted)).or_else(beside)?;
        let pdf = shown(wanted.target);
        let message = format!("“{pdf}”{}，没有盖掉", of_notice(&other));
        let finding =
            Diagnostic::error("B104", message).hint("用 -o 写到别的文件夹，或给通知改名");
        Some(finding.hint(UNWANTED))
    }

    /// The other notice that a merge made the PDF of.
    fn merged(&self, wanted: &Wanted) -> Option<PathBuf> {
        let target = real(wanted.target);
        let (written, origins) = self.merges.get(folder_of(&target))?;
        let (notice, _) = written.owner(&shown(Path::new(target.file_name()?)))?;
        origins.is_other(notice, wanted.source).then(|| origins.path(notice))
    }
}

impl Home {
    fn read(folder: &Path) -> Self {
        let record = Record::read(folder, &super::record_name(None));
        Self { folder: folder.to_owned(), record, origins: Origins::new(folder) }
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
pub fn beside(target: &Path, source: &Path) -> Option<PathBuf> {
    let origins = Origins::new(folder_of(target));
    let mut notices = ["yaml", "yml"].into_iter().map(|it| target.with_extension(it));
    notices.find(|it| it.is_file() && origins.is_other(&origins.name(it), source))
}

/// That a PDF is of another notice, in words.
pub fn of_notice(notice: &Path) -> String {
    format!("是另一份通知“{}”的", shown(&seen(notice)))
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
